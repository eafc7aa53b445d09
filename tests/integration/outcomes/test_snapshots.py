"""A snapshot keeps figures, curves and inputs; it is computed again to the same digits; nothing is kept of one that fails."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.made_extract import write_extract

from careloom.agencies.roles import Role
from careloom.infra.access import acting_as
from careloom.kernel.agency_kinds import AgencyKind
from careloom.outcomes.models import Curve, Figure, Snapshot
from careloom.outcomes.snapshots import places, taking

AT = datetime(2026, 11, 2, 3, tzinfo=UTC)


def child(number: int, *, county: str, race: str | None) -> dict[str, object]:
    return {"realm": 98, "subject": number, "role": "child", "family": number, "born_on": date(2024, 1, 1), "county": county, "race": race}


def stay(number: int, entered: date, left: date | None) -> dict[str, object]:
    reason = None if left is None else "reunification"
    return {"realm": 98, "subject": number, "episode": 1, "entered_on": entered, "left_on": left, "reason": reason}


@pytest.fixture
def extracts(tmp_path: Path, settings: object) -> Path:
    """Two places' extracts: three children in one, one in the other."""
    settings.CARELOOM_HOME = tmp_path  # type: ignore[attr-defined]
    here = {
        "subjects": [child(1, county="Alder", race="WHITE"), child(2, county="Alder", race="BLACK"), child(3, county="Alder", race=None)],
        "episodes": [stay(1, date(2024, 2, 1), date(2024, 8, 1)), stay(2, date(2024, 3, 1), None), stay(3, date(2024, 4, 1), date(2024, 4, 5))],
    }
    there = {"subjects": [child(4, county="Sumac", race="WHITE")], "episodes": [stay(4, date(2024, 5, 1), date(2024, 7, 1))]}
    for folder, tables in ((places.own(), here), (places.received() / "sumac", there)):
        write_extract(folder, tables)
        told = {"data_until": "2026-10-31", "tables": {name: {"rows": len(rows), "sha256": ""} for name, rows in tables.items()}}
        (folder / places.MANIFEST).write_text(json.dumps(told), encoding="utf-8")
    return tmp_path


def the_state_lead() -> object:
    return viewer(a_worker(Role.STATE_LEAD, agency=an_agency(kind=AgencyKind.STATE_OVERSIGHT)))


@pytest.mark.django_db
def test_figures_are_added_over_all_extracts_and_by_what_one_may_look_at(extracts: Path) -> None:
    snapshot = taking.take(at=AT, request_key="one")
    with acting_as(the_state_lead()):
        found = {(f.by, f.value): (f.part, f.whole) for f in Figure.objects.filter(indicator="P1", variant="days365", period="2024")}
        quarter = {f.by for f in Figure.objects.filter(indicator="P1", period="2024-Q2")}
        curve = Curve.objects.get(indicator="REUNTIME", period="2024", by="")
    # The stay of four days is invisible; whose race is not known stands in no line of it.
    assert found == {("", ""): (2, 3), ("county", "Alder"): (1, 2), ("county", "Sumac"): (1, 1), ("race", "WHITE"): (2, 2), ("race", "BLACK"): (0, 1)}
    assert quarter == {""}
    assert (curve.seen, curve.came, curve.median) == (3, 2, 182)
    assert snapshot.data_until == date(2026, 10, 31)
    assert [one["name"] for one in snapshot.inputs] == ["own", "sumac"]


@pytest.mark.django_db
def test_nobody_else_reads_a_figure_that_was_not_judged_fit(extracts: Path) -> None:
    taking.take(at=AT, request_key="one")
    other = viewer(a_worker(Role.PARTNERSHIP_COORDINATOR))
    with acting_as(other):
        assert not Figure.objects.exists()
        assert not Curve.objects.exists()
        assert taking.newest(viewer=other) is None


@pytest.mark.django_db
def test_the_same_key_gives_the_same_snapshot_and_a_second_run_the_same_digits(extracts: Path) -> None:
    snapshot = taking.take(at=AT, request_key="one")
    assert taking.take(at=AT, request_key="one").pk == snapshot.pk
    # The extract goes on; what the snapshot was computed from stays.
    shutil.rmtree(places.own())
    write_extract(places.own(), {})
    assert taking.again(snapshot=snapshot)
    figures = snapshot.figures_hash
    snapshot.figures_hash = "0" * 64
    assert not taking.again(snapshot=snapshot)
    assert Snapshot.objects.get().figures_hash == figures


@pytest.mark.django_db
def test_without_an_extract_or_with_half_of_one_nothing_is_kept(extracts: Path) -> None:
    (places.own() / "episodes.parquet").unlink()
    with pytest.raises(taking.CannotCompute, match="has no table episodes"):
        taking.take(at=AT, request_key="one")
    assert not Snapshot.objects.exists()
    assert not list((places.home() / "snapshots").iterdir())
    for path in (places.own(), places.received() / "sumac"):
        (path / places.MANIFEST).unlink()
    with pytest.raises(taking.CannotCompute, match="no extract"):
        taking.take(at=AT, request_key="two")
