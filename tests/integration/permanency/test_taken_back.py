"""What was written by mistake in a case is taken back with the reason: it stays, marked, and what it had ended goes on (issue 4, correction)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.factories.agencies import viewer
from tests.integration.permanency.conftest import ENOUGH, World, text, text_of

from careloom.infra.access import System, acting_as, system
from careloom.permanency import models, queries
from careloom.permanency.models.row import CaseRow

WHY = "Written for the wrong child"


def back(world: World, row: CaseRow, *, words: str = WHY, version: int | None = None, worker: Any = None) -> Any:
    told = {"request_key": "k", "words": words, "row_version": str(version or gone(world, row).row_version)}
    return world.client(worker or world.lena).post(f"/cases/row/{row.pk}/take-back/", told)


def gone(world: World, row: Any) -> Any:
    """The row as it stands, also where it was taken back."""
    with acting_as(system(System.JOB, holder_id=row.holder_id)):
        return type(row).every.get(pk=row.pk)


def test_the_rows_that_stand_are_those_that_nobody_took_back() -> None:
    for model in CaseRow.__subclasses__():
        assert model._default_manager.name == "every", model


def test_a_visit_is_taken_back_and_counted_no_more(world: World) -> None:
    world.opened()
    assert world.send("visit", child=str(world.baby), on=world.days(-2), hour="10:00", place="At home", who="Her").status_code == 302
    (row,) = world.rows(models.Visit)
    assert world.on(row, "visit", state="MISSED", whose="PARENT", words="Nobody came").status_code == 302
    assert back(world, row, words="").status_code == 422
    assert back(world, row, version=1).status_code == 409
    assert back(world, row).status_code == 302
    kept = gone(world, row)
    assert (kept.taken_back_because, kept.state) == (WHY, "MISSED")
    assert world.rows(models.Visit) == []
    assert world.owed(world.cps, "VISIT_OUTCOME") == []
    page = text(world.client(world.lena).get(f"/cases/of/{world.mother}/list/visits/"))
    assert "Taken back" in page
    assert WHY in page
    assert "Nobody came" not in text(world.client(world.lena).get(f"/cases/of/{world.mother}/"))
    assert world.client(world.lena).get(f"/cases/row/{row.pk}/take-back/").status_code == 404


def test_who_does_not_write_the_case_takes_nothing_back(world: World) -> None:
    world.opened()
    assert world.send("effort", what="KIN", words="Asked her grandmother", on=world.days(-1)).status_code == 302
    (row,) = world.rows(models.Effort)
    for stranger in (world.dana, world.other, world.nora):
        assert back(world, row, worker=stranger).status_code == 404
    assert gone(world, row).taken_back_at is None


def test_a_placement_and_a_custody_that_were_written_by_mistake_give_way_to_the_one_before(world: World) -> None:
    removal = world.removed()
    told = {"setting": "WITH_PARENT", "with_whom": "Riverbend house", "siblings": "NONE", "starts_on": world.days(-20)}
    assert world.on(removal, "place", **told).status_code == 302
    (first,) = world.rows(models.Placement)
    wrong = told | {"setting": "RELATIVE", "with_whom": "An aunt", "starts_on": world.days(-5), "ended_because": "OTHER", "why_with_parent": ENOUGH}
    assert world.on(removal, "place", **wrong).status_code == 302
    assert "A later one follows it" in text_of(back(world, first))
    (second,) = [row for row in world.rows(models.Placement) if row.pk != first.pk]
    assert back(world, second).status_code == 302
    (now,) = world.rows(models.Placement)
    assert (now.pk, now.ends_on, now.ended_because) == (first.pk, None, "")
    (agency,) = world.rows(models.Custody)
    assert world.send("custody", child=str(world.baby), to="TEMPORARY_RELATIVE", whom="An aunt", starts_on=world.days(-4)).status_code == 302
    (aunt,) = [row for row in world.rows(models.Custody) if row.pk != agency.pk]
    assert back(world, aunt).status_code == 302
    assert [(row.pk, row.ends_on) for row in world.rows(models.Custody)] == [(agency.pk, None)]


def test_a_removal_goes_with_all_that_it_brought_and_counts_no_day(world: World) -> None:
    removal = world.removed(days=40)
    assert world.on(removal, "place", setting="WITH_PARENT", with_whom="House", siblings="NONE", starts_on=world.days(-40)).status_code == 302
    kin = {"name": "Rosa", "relation": "grandmother", "how_found": "The mother named her"}
    assert world.on(removal, "kin", **kin).status_code == 302
    assert len(world.owed(world.cps, "KIN_NOTICE")) == len(world.owed(world.cps, "SIX_MONTH_REVIEW")) == 1
    assert back(world, removal).status_code == 302
    for model in (models.Removal, models.Placement, models.KinContact, models.Custody):
        assert world.rows(model) == [], model
    for kind in ("KIN_NOTICE", "COURT_RECOMMENDATION", "SIX_MONTH_REVIEW"):
        assert world.owed(world.cps, kind) == [], kind
    by = viewer(world.lena)
    with acting_as(by):
        assert queries.in_care(viewer=by, identity_id=world.mother, on=world.today) == []
    # The right removal can be recorded now, and the child was in care for the first time.
    sent = world.send(
        "remove", child=str(world.baby), insufficient=ENOUGH, authority="COURT_ORDER", removed_on=world.days(-3), found_on=world.days(-2)
    )
    assert sent.status_code == 302, text_of(sent)
    assert world.only(models.Removal).re_entry is False


def test_a_notice_to_relatives_that_rested_on_a_mistake_is_owed_again(world: World) -> None:
    removal = world.removed()
    kin = {"name": "Rosa", "relation": "grandmother", "how_found": "The mother named her", "told_on": world.days(-1), "told_how": "PHONE"}
    assert world.on(removal, "kin", **kin).status_code == 302
    assert world.owed(world.cps, "KIN_NOTICE") == []
    (row,) = world.rows(models.KinContact)
    assert back(world, row).status_code == 302
    (owed,) = world.owed(world.cps, "KIN_NOTICE")
    assert owed.due_at is not None
    assert abs(owed.due_at.date() - (removal.removed_on + timedelta(days=31))) <= timedelta(days=1)
