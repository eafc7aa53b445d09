"""A publication: who may, what is shown of it, that it stays, and that taking it back or correcting it tells of nobody. O5, R-087."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.figures import a_curve, a_snapshot, figure

from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import NotVisible, System, Viewer, acting_as, system
from careloom.infra.answers import Done, Refused
from careloom.kernel.agency_kinds import AgencyKind
from careloom.outcomes.models import Curve, Figure, Publication, Snapshot
from careloom.outcomes.publishing.actions import approve, prepare, withdraw
from careloom.outcomes.publishing.leaves import end_leave, keep_leave
from careloom.outcomes.publishing.protecting import OTHERS, UNKNOWN
from careloom.outcomes.queries import numbers

pytestmark = pytest.mark.django_db


def lead() -> Viewer:
    return viewer(a_worker(Role.STATE_LEAD, agency=an_agency(kind=AgencyKind.STATE_OVERSIGHT)))


def entries(snapshot: Snapshot, year: str = "2024", *, more: int = 0) -> None:
    """P1 by county: two large counties, three small ones; by race only what nobody needs to hide."""
    for value, counts in {
        "": (210 + more, 450),
        "Alder": (90, 200),
        "Sumac": (80 + more, 160),
        "Larch": (20, 40),
        "Aspen": (5, 20),
        "Linden": (15, 30),
    }.items():
        figure(snapshot, "P1", year, counts, by="county" if value else "", value=value, hidden=None)


def published(snapshot: Snapshot, by: Viewer) -> UUID:
    ready = prepare(snapshot_id=snapshot.pk, by=by, at=clock.now(), request_key=uuid.uuid4().hex)
    assert isinstance(ready, Done), ready
    done = approve(publication_id=ready.row_id, by=by, at=clock.now(), alone_because="The only one in office this week")
    assert isinstance(done, Done), done
    return ready.row_id


def read_by_anybody(code: str = "P1") -> dict[tuple[str, str, str], int]:
    """What a partner reads: numbers by period, stratum and group."""
    partner = viewer(a_worker(Role.PARTNERSHIP_COORDINATOR))
    with acting_as(partner):
        snapshot = numbers.newest_snapshot(viewer=partner)
        if snapshot is None:
            return {}
        rows, _curves = numbers.of_indicator(viewer=partner, snapshot=snapshot, code=code)
    return {(row.period, row.by, row.group): row.met for row in rows if not row.hidden}


def test_nothing_is_read_before_approval_and_afterwards_large_groups_and_one_pool() -> None:
    snapshot, who = a_snapshot(sealed=False), lead()
    entries(snapshot)
    ready = prepare(snapshot_id=snapshot.pk, by=who, at=clock.now(), request_key="one")
    assert isinstance(ready, Done)
    assert read_by_anybody() == {}
    assert approve(publication_id=ready.row_id, by=who, at=clock.now()) == Refused(codes=("ALONE",))
    second = lead()
    assert approve(publication_id=ready.row_id, by=second, at=clock.now()) == ready
    shown = read_by_anybody()
    # Aspen is small. Alder joins so that nobody knows which member is; Larch so that no member learns the other's numbers.
    assert shown[("2024", "", "")] == 210
    assert ("2024", "county", "Aspen") not in shown
    assert shown[("2024", "county", OTHERS)] == 210 - sum(count for (_, by, value), count in shown.items() if by == "county" and value != OTHERS)
    row = Publication.objects.get(pk=ready.row_id)
    assert (row.approved_by, row.alone_because) == (second.worker_id, "")


def test_only_who_keeps_exact_counts_publishes_or_takes_back() -> None:
    snapshot, who = a_snapshot(sealed=False), lead()
    entries(snapshot)
    row = published(snapshot, who)
    partner = viewer(a_worker(Role.PARTNERSHIP_COORDINATOR))
    for call in (
        lambda: prepare(snapshot_id=snapshot.pk, by=partner, at=clock.now(), request_key="other"),
        lambda: approve(publication_id=row, by=partner, at=clock.now()),
        lambda: withdraw(publication_id=row, by=partner, at=clock.now(), because="No"),
        lambda: keep_leave(
            nation="Eagle", given_by="x", starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1), by=partner, at=clock.now(), request_key="l"
        ),
    ):
        with pytest.raises(NotVisible):
            call()


def test_a_year_that_was_told_stays_when_late_records_come() -> None:
    who = lead()
    first = a_snapshot(sealed=False)
    entries(first)
    published(first, who)
    before = read_by_anybody()
    later = a_snapshot(sealed=False)
    entries(later, more=3)
    entries(later, "2025", more=0)
    published(later, who)
    after = read_by_anybody()
    assert {key: count for key, count in after.items() if key[0] == "2024"} == before
    assert ("2025", "", "") in after
    with acting_as(who):
        exact = numbers.of_indicator(viewer=who, snapshot=later, code="P1")[0]
    assert {row.met for row in exact if row.period == "2024" and not row.by} == {213}
    assert not any(row.group in (OTHERS, UNKNOWN) for row in exact)


def test_a_correction_that_would_tell_of_three_children_is_refused_and_names_the_cells() -> None:
    who = lead()
    first = a_snapshot(sealed=False)
    entries(first)
    row = published(first, who)
    assert withdraw(publication_id=row, by=who, at=clock.now(), because=" ") == Refused(codes=("NOTE",))
    assert withdraw(publication_id=row, by=who, at=clock.now(), because="Sumac had counted twice") == Done(row_id=row)
    assert read_by_anybody() == {}
    corrected = a_snapshot(sealed=False)
    entries(corrected, more=3)
    told = prepare(snapshot_id=corrected.pk, by=who, at=clock.now(), request_key="again")
    assert isinstance(told, Refused)
    assert told.codes[0] == "TELLS"
    assert "P1 2024 met" in told.codes
    large = a_snapshot(sealed=False)
    entries(large, more=30)
    published(large, who)
    assert read_by_anybody()[("2024", "", "")] == 240


def test_a_year_waits_until_every_answer_is_known() -> None:
    snapshot, who = a_snapshot(sealed=False), lead()
    figure(snapshot, "P1", "2025", (100, 300), hidden=None, unripe=1)
    assert prepare(snapshot_id=snapshot.pk, by=who, at=clock.now(), request_key="one") == Refused(codes=("NOTHING_NEW",))
    with acting_as(who):
        assert Figure.objects.get().hidden == "TOO_EARLY"


def test_a_nation_stands_apart_only_while_its_leave_is_in_force() -> None:
    who, today = lead(), clock.today()
    first = a_snapshot(sealed=False)
    for value, counts in {"": (300, 600), "Eagle Nation": (100, 200), "Heron Nation": (60, 120)}.items():
        figure(first, "P1", "2024", counts, by="nation" if value else "", value=value, hidden=None)
    published(first, who)
    # Without leave no row says that there are such.
    assert set(read_by_anybody()) == {("2024", "", "")}
    keep_leave(
        nation="Eagle Nation",
        given_by="Council resolution 12",
        starts_on=today,
        ends_on=today + timedelta(days=365),
        by=who,
        at=clock.now(),
        request_key="l",
    )
    second = a_snapshot(sealed=False)
    for value, counts in {"": (310, 620), "Eagle Nation": (100, 200), "Heron Nation": (60, 120)}.items():
        figure(second, "P1", "2025", counts, by="nation" if value else "", value=value, hidden=None)
    published(second, who)
    shown = read_by_anybody()
    assert shown[("2025", "nation", "Eagle Nation")] == 100
    assert shown[("2025", "nation", UNKNOWN)] == 210
    assert not any(value == "Heron Nation" for _, _, value in shown)
    end_leave(nation="Eagle Nation", by=who, at=clock.now())
    assert not any(by == "nation" for _, by, _ in read_by_anybody())


def test_a_curve_is_told_in_steps_that_speak_of_nobody() -> None:
    snapshot, who = a_snapshot(sealed=False), lead()
    steps = [(10, "0.9900", 100), (40, "0.8000", 99), (45, "0.7900", 80), (200, "0.4000", 60), (500, "0.2000", 30)]
    a_curve(snapshot, "REUNTIME", "2023", steps, seen=100, came=80, median=190)
    with acting_as(system(System.EXTRACT)):
        Curve.objects.update(hidden=None)
    published(snapshot, who)
    with acting_as(who):
        curve = Curve.objects.get()
    assert curve.steps == [[45, "0.79", 80], [200, "0.40", 60]]
    assert (curve.median, curve.hidden) == (189, "")


def test_pressing_twice_makes_one_publication() -> None:
    snapshot, who = a_snapshot(sealed=False), lead()
    entries(snapshot)
    made: list[Any] = [prepare(snapshot_id=snapshot.pk, by=who, at=clock.now(), request_key="one") for _ in range(2)]
    assert made[0] == made[1]
    for _ in range(2):
        assert approve(publication_id=made[0].row_id, by=who, at=clock.now(), alone_because="Alone") == made[0]
    assert Publication.objects.count() == 1
