"""Extracts of other places: one that is in order lies beside our own, and one that is not changes nothing and is told why, without its words."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from careloom.config.commands import outcomes as command
from careloom.outcomes.extracting import manifest as manifests
from careloom.outcomes.extracting.manifest import Content, Manifest
from careloom.outcomes.extracting.receiving import NotReceived, Received, receive
from careloom.outcomes.measures.engines import engine, read_extracts
from careloom.outcomes.measures.layout import TABLES, schema_of

UNTIL = date(2026, 10, 31)
PEOPLE = [{"realm": 98, "subject": n, "role": "INFANT", "family": n, "born_on": date(2026, 1, 1 + n % 28), "county": "Alder"} for n in range(40)]
REPORTS = [{"realm": 98, "subject": n, "seq": 1, "on_date": date(2026, 3, 1), "source": "medical", "screened": "in"} for n in range(40)]


def an_extract(folder: Path, **tables: list[dict[str, Any]]) -> Path:
    """An extract in one file for each table, as another place sends it."""
    folder.mkdir(parents=True)
    given = {"subjects": PEOPLE, "reports": REPORTS} | tables
    for name in TABLES:
        pq.write_table(pa.Table.from_pylist(given.get(name, []), schema=schema_of(name)), folder / f"{name}.parquet")
    tell(folder)
    return folder


def tell(folder: Path, **facts: Any) -> None:
    """Write the manifest of what lies in the folder."""
    tables = {
        name: Content(rows=pq.read_metadata(path).num_rows, sha256=manifests.hash_of(path))
        for name in TABLES
        if (path := folder / f"{name}.parquet").is_file()
    }
    told = {"realm": 98, "made_at": datetime(2026, 11, 1, tzinfo=UTC), "data_until": UNTIL, "code_version": "test", "tables": tables}
    manifests.write(folder, Manifest(**(told | facts)))


def taken(home: Path, folder: Path, **facts: Any) -> Received:
    return receive(home=home, folder=folder, realm=98, say=lambda _: None, **facts)


def rows(folder: Path) -> int:
    with engine() as backend:
        return int(read_extracts(backend, [folder])["subjects"].count().execute())


def test_what_is_in_order_lies_beside_our_own(tmp_path: Path) -> None:
    folder = an_extract(tmp_path / "Alder_County")
    got = taken(tmp_path / "home", folder)
    assert got.name == "alder-county"
    link = tmp_path / "home" / "outcomes" / "received" / "alder-county"
    assert link.resolve() == got.folder.resolve()
    assert manifests.read(link) == got.manifest == manifests.read(folder)
    assert rows(link) == 40
    # The sender's folder is no longer needed, and a newer one takes the place of the first.
    shutil.rmtree(folder)
    assert rows(link) == 40
    newer = an_extract(tmp_path / "newer", subjects=PEOPLE[:30], reports=REPORTS[:30])
    taken(tmp_path / "home", newer, name="alder-county")
    assert rows(link) == 30
    other = taken(tmp_path / "home", newer)
    with engine() as backend:
        assert read_extracts(backend, [link, other.folder])["subjects"].count().execute() == 60


def put(folder: Path, table: str, found: pa.Table) -> None:
    pq.write_table(found, folder / f"{table}.parquet")
    tell(folder)


def column(folder: Path, table: str, name: str, values: list[Any]) -> None:
    found = pq.read_table(folder / f"{table}.parquet")
    place = found.schema.get_field_index(name)
    put(folder, table, found.set_column(place, found.schema.field(name), pa.array(values, type=found.schema.field(name).type)))


def forge(folder: Path) -> None:
    path = folder / "reports.parquet"
    pq.write_table(pa.Table.from_pylist(REPORTS[:-1], schema=schema_of("reports")), path)


def more_columns(folder: Path) -> None:
    found = pq.read_table(folder / "subjects.parquet")
    put(folder, "subjects", found.append_column("name", pa.array(["Marisol Vega"] * found.num_rows)))


def with_words(folder: Path) -> None:
    found = pq.read_table(folder / "subjects.parquet")
    put(folder, "subjects", found.replace_schema_metadata({"note": "Marisol Vega"}))


def wrong_format(folder: Path) -> None:
    raw = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(raw | {"format": 2}))


def one_in_a_link(folder: Path) -> None:
    path = folder / "births.parquet"
    shutil.move(path, folder.parent / "elsewhere.parquet")
    path.symlink_to(folder.parent / "elsewhere.parquet")


def away(folder: Path, name: str) -> None:
    (folder / name).unlink()


NAMES = [
    f"{given} {family}" for given in ("Marisol", "Ana", "Kira", "Dana", "Rosa") for family in ("Vega", "Lopez", "Stone", "Frost", "Wood", "Hill")
]
FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "no manifest": (lambda f: away(f, "manifest.json"), "no manifest.json"),
    "another format": (wrong_format, "format 2"),
    "half a manifest": (lambda f: (f / "manifest.json").write_text('{"format": 1'), "cannot be read"),
    "a table is gone": (lambda f: away(f, "plans.parquet"), "plans: the table or its line"),
    "other files than told": (forge, "reports: the files are not those"),
    "no Parquet": (lambda f: ((f / "births.parquet").write_text("Marisol Vega"), tell_as_is(f, "births")), "births: a file is no Parquet file"),
    "a column more": (more_columns, "subjects: the columns are not those"),
    "words beside the rows": (with_words, "words beside its rows"),
    "names for counties": (lambda f: column(f, "subjects", "county", (NAMES * 2)[:40]), "subjects.county has nearly as many values as rows"),
    "a sentence for a county": (lambda f: column(f, "subjects", "county", ["Marisol's house, 12 Elm"] * 40), "subjects.county holds values"),
    "a name for a hospital": (lambda f: column(f, "subjects", "site", ["Marisol Vega"] * 40), "subjects.site holds values"),
    "a name for a source": (lambda f: column(f, "reports", "source", ["Marisol Vega"] * 40), "reports.source holds 1 values that are no codes"),
    "a code nobody knows": (lambda f: column(f, "reports", "screened", ["maybe"] * 40), "reports.screened holds 1 values"),
    "another state": (lambda f: tell(f, realm=39), "of state 39; ours is 98"),
    "rows of another state": (lambda f: column(f, "subjects", "realm", [39] * 40), "not all of state 98"),
    "nobody": (lambda f: column(f, "subjects", "subject", [None] * 40), "no number for whom"),
    "a day that cannot be": (lambda f: column(f, "reports", "on_date", [date(1890, 1, 1)] * 40), "reports.on_date has days"),
    "another file in it": (lambda f: (f / "notes.txt").write_text("Marisol Vega"), "belong to no extract"),
    "a link to elsewhere": (one_in_a_link, "belong to no extract"),
}


def tell_as_is(folder: Path, table: str) -> None:
    made = manifests.read(folder)
    made.tables[table] = Content(rows=0, sha256=manifests.hash_of(folder / f"{table}.parquet"))
    manifests.write(folder, made)


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_not_in_order_changes_nothing(fault: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    before = taken(home, an_extract(tmp_path / "first"), name="alder")
    folder = an_extract(tmp_path / "second")
    spoil, why = FAULTS[fault]
    spoil(folder)
    for name in ("alder", "birch"):
        with pytest.raises(NotReceived) as refused:
            taken(home, folder, name=name)
        assert why in str(refused.value)
        assert "Marisol" not in str(refused.value)
        assert "maybe" not in str(refused.value)
    assert sorted(os.listdir(home / "outcomes" / "received")) == ["alder"]
    assert (home / "outcomes" / "received" / "alder").resolve() == before.folder.resolve()
    assert rows(before.folder) == 40


@pytest.mark.parametrize("name", ["../own", "own", "", "Ä", "a" * 41, "."])
def test_a_place_has_a_plain_name(name: str, tmp_path: Path) -> None:
    folder = an_extract(tmp_path / ((name and "sent") or "--"))
    with pytest.raises(NotReceived, match="small letters"):
        taken(tmp_path / "home", folder, name=name)
    assert not (tmp_path / "home").exists()


def test_a_folder_of_somebody_else_is_not_replaced(tmp_path: Path) -> None:
    from careloom.outcomes.extracting.shelves import Occupied

    (tmp_path / "home" / "outcomes" / "received" / "alder").mkdir(parents=True)
    with pytest.raises(Occupied, match="Move it away"):
        taken(tmp_path / "home", an_extract(tmp_path / "sent"), name="alder")


def test_our_own_reads_back_as_another_places(tmp_path: Path) -> None:
    """What one installation takes, in parts, another receives."""
    folder = tmp_path / "parts"
    folder.mkdir()
    tables = {}
    for name in TABLES:
        (folder / name).mkdir()
        parts = {}
        for part, some in {"none": [], "03": PEOPLE[:20], "07": PEOPLE[20:]}.items():
            if part == "none" or name == "subjects":
                path = folder / name / f"{part}.parquet"
                pq.write_table(pa.Table.from_pylist(some, schema=schema_of(name)), path)
                parts[part] = manifests.Part(rows=len(some), sha256=manifests.hash_of(path))
        tables[name] = manifests.whole(parts)
    tell(folder, tables=tables)
    assert rows(taken(tmp_path / "home", folder).folder) == 40
    away(folder, "subjects/07.parquet")
    with pytest.raises(NotReceived, match="subjects: the files are not those"):
        taken(tmp_path / "home", folder)


def test_a_made_state_is_received(tmp_path: Path) -> None:
    """The state of the demo comes in by the same door as any other, and each of its codes is one that everybody knows."""
    from careloom.demo.population.making import make_population

    made = make_population(tmp_path / "columbia", until=date(2026, 11, 22), people=60_000)
    got = taken(tmp_path / "home", tmp_path / "columbia")
    assert {name: one.rows for name, one in got.manifest.tables.items()} == made
    assert got.manifest.synthetic


def test_the_command_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    from argparse import ArgumentParser

    from careloom.config.commands import CommandProblem

    parser = ArgumentParser()
    command.add_arguments(parser)
    with pytest.raises(CommandProblem, match="careloom outcomes receive FOLDER"):
        command.run(parser.parse_args(["receive"]))
