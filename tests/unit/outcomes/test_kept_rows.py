"""Rows that are kept in order are found by the number of their person, across batches, and nobody else's are."""

from __future__ import annotations

import random
from pathlib import Path

import duckdb
import pytest

from careloom.outcomes.measures import kept


@pytest.mark.requirement("R-087")
def test_the_rows_of_a_few_people_are_found_whatever_batch_they_stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_BATCH", 2048)
    rng = random.Random(7)
    rows = sorted((rng.randrange(3_000), place) for place in range(20_000))
    with duckdb.connect() as db:
        db.execute("CREATE TABLE found (subject BIGINT, place BIGINT)")
        db.execute("INSERT INTO found SELECT unnest($subjects), unnest($places)", {"subjects": [s for s, _ in rows], "places": [p for _, p in rows]})
        kept.keep(db, "SELECT * FROM found ORDER BY subject", tmp_path / "rows.arrow")
    for wanted in ([], [rows[0][0], rows[-1][0]], [-1, 3_001], sorted(rng.sample(range(3_000), 400))):
        found = kept.looked_up(tmp_path / "rows.arrow", wanted)
        assert sorted(zip(found["subject"].to_pylist(), found["place"].to_pylist(), strict=True)) == [row for row in rows if row[0] in set(wanted)]


def test_nobody_is_found_where_nothing_was_kept(tmp_path: Path) -> None:
    with duckdb.connect() as db:
        kept.keep(db, "SELECT 1::BIGINT AS subject, 'P1' AS code WHERE false", tmp_path / "rows.arrow")
    found = kept.looked_up(tmp_path / "rows.arrow", [1])
    assert (len(found), found.column_names) == (0, ["subject", "code"])
