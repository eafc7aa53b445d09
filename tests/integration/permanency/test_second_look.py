"""What a second hand found in cases: each child's own notice, words that no refusal loses, states that are not written over, whole reports."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import a_key
from tests.integration.permanency.conftest import World, a_person, now, text_of

from careloom.agencies.roles import Role
from careloom.infra.access import NotVisible, acting_as
from careloom.infra.answers import Done, Stale
from careloom.permanency import actions, models


def reason_for(world: World, child: UUID) -> None:
    told = {"child": str(child), "asked": ["MOTHER"], "signs": ["SAID"], "tribe": "Eagle Nation", "asked_on": world.days(-40)}
    assert world.send("tribe", **told).status_code == 302


def notice_for(world: World, child: UUID, *, received: int | None, sent: int = -30, **facts: Any) -> models.TribeNotice:
    before = {row.pk for row in world.rows(models.TribeNotice)}
    told = {
        "child": str(child), "tribe_agency": str(world.tribe.pk), "tribe": "Eagle Nation", "court": "Pine County Family Court",
        "proceeding": "FOSTER_CARE", "sent_on": world.days(sent), "receipt": "RR 123 456",
    }  # fmt: skip
    assert world.send("notice", **told | facts).status_code == 302
    (row,) = [row for row in world.rows(models.TribeNotice) if row.pk not in before]
    if received is not None:
        assert world.on(row, "receipt", received_on=world.days(received), more_time="").status_code == 302
    return row


def hearing(world: World, *, child: UUID | None, day: int = 1) -> Any:
    told = {"kind": "DISPOSITION", "child": str(child) if child else "", "court": "Pine County Family Court", "on": world.days(day), "hour": "10:00"}
    return world.send("hearing", **told)


@pytest.fixture
def sister(world: World) -> UUID:
    """A second child of the family."""
    return a_person(viewer(world.lena), role="INFANT", mother=world.mother, given_name="Alma", family_name="Valdeluna")


def test_a_notice_about_one_child_serves_no_hearing_about_another(world: World, sister: UUID) -> None:
    """25 USC 1912(a) asks for notice in each proceeding; a brother's notice is none for her."""
    world.removed()
    for child in (world.baby, sister):
        reason_for(world, child)
    notice_for(world, world.baby, received=-20)
    assert "notice has not been received" in text_of(hearing(world, child=sister))
    assert "notice has not been received" in text_of(hearing(world, child=None))
    assert hearing(world, child=world.baby).status_code == 302
    # A notice that is still under way for the other child holds up nobody else's hearing.
    row = notice_for(world, sister, received=None, sent=-5)
    assert hearing(world, child=world.baby, day=2).status_code == 302
    assert world.on(row, "receipt", received_on=world.days(-1), more_time="").status_code == 302
    assert "at least ten days" in text_of(hearing(world, child=sister))
    assert hearing(world, child=sister, day=9).status_code == 302


def test_where_each_tribe_says_that_the_child_is_none_of_theirs_nothing_waits(world: World) -> None:
    world.removed()
    reason_for(world, world.baby)
    row = notice_for(world, world.baby, received=None, sent=-2)
    assert hearing(world, child=world.baby).status_code == 422
    answer = {"answer": "NOT_OURS", "contact": "", "preferences": "", "row_version": str(row.row_version), "request_key": a_key()}
    assert world.client(world.nora).post(f"/cases/notice/{row.pk}/", answer).status_code == 302
    assert hearing(world, child=world.baby).status_code == 302


def test_more_time_that_a_parent_asked_for_stands_when_the_tribe_asks_for_none(world: World) -> None:
    world.removed()
    reason_for(world, world.baby)
    row = notice_for(world, world.baby, received=None)
    assert world.on(row, "receipt", received_on=world.days(-20), more_time="on").status_code == 302
    answer = {"answer": "NO", "contact": "", "preferences": "", "row_version": str(world.fresh(row).row_version), "request_key": a_key()}
    assert world.client(world.nora).post(f"/cases/notice/{row.pk}/", answer).status_code == 302
    assert world.fresh(row).more_time is True
    assert "at least ten days" in text_of(hearing(world, child=world.baby, day=9))
    assert hearing(world, child=world.baby, day=10).status_code == 302


def test_an_answer_from_outside_meets_a_change_of_the_case_s_agency(world: World) -> None:
    """A Tribe answers without the turn of the case: the statement itself asks for the version that was read."""
    world.removed()
    reason_for(world, world.baby)
    row = notice_for(world, world.baby, received=None)
    by = viewer(world.nora)
    with acting_as(by):
        stale = models.TribeNotice.objects.get(pk=row.pk)
    assert world.on(row, "receipt", received_on=world.days(-20), more_time="on").status_code == 302
    from careloom.permanency.actions.outcomes import change

    with acting_as(by):
        done = change(stale, by=by, at=now(), row_version=stale.row_version, action="tribe_answered", answer="JOINS")
    assert isinstance(done, Stale)
    assert world.fresh(row).answer == ""
    page = world.client(world.nora).post(
        f"/cases/notice/{row.pk}/",
        {"answer": "JOINS", "contact": "Nora Eagle, 555-0146", "preferences": "Grandmother first", "row_version": "1", "request_key": a_key()},
    )
    assert page.status_code == 409
    assert "Grandmother first" in page.content.decode()
    assert f'name="row_version" value="{world.fresh(row).row_version}"' in page.content.decode()


def test_a_hearing_that_was_held_is_not_cancelled_and_one_that_was_cancelled_is_not_held(world: World) -> None:
    world.opened()
    by, at = viewer(world.lena), now()
    with acting_as(by):
        case = models.Case.objects.get(identity_id=world.mother)
        told = {"by": by, "at": at, "case_id": case.pk, "kind": "REVIEW", "court": "Pine Court", "child_id": None}
        first = actions.plan_hearing(**told, starts_at=at - timedelta(hours=2), request_key=a_key())
        second = actions.plan_hearing(**told, starts_at=at - timedelta(hours=1), request_key=a_key())
        assert isinstance(first, Done)
        assert isinstance(second, Done)
        done = actions.hold_hearing(by=by, at=at, hearing_id=first.row_id, decided="CONTINUE", words="It goes on.", row_version=1)
        assert isinstance(done, Done)
        assert actions.cancel_hearing(by=by, at=at, hearing_id=first.row_id, words="No", row_version=2).codes == ("WORDS", "OVER")  # type: ignore[union-attr]
        cancelled = actions.cancel_hearing(by=by, at=at, hearing_id=second.row_id, words="The judge was ill", row_version=1)
        assert isinstance(cancelled, Done)
        for act, more in (
            (actions.hold_hearing, {"decided": "CONTINUE", "words": "It goes on."}),
            (actions.file_recommendation, {"recommends": "CONTINUE", "filed_on": world.today}),
        ):
            assert act(by=by, at=at, hearing_id=second.row_id, row_version=2, **more).codes == ("OVER",)  # type: ignore[operator]
        assert models.Hearing.objects.get(pk=first.row_id).words == "It goes on."


def test_words_stay_where_a_colleague_was_faster(world: World) -> None:
    world.opened()
    assert world.send("item", kind="STEP", words="Ride to the visit", who="AGENCY").status_code == 302
    (row,) = world.rows(models.PlanItem)
    answer = world.on(row, "end-item", version=row.row_version + 6, state="DROPPED", words="She found a ride of her own")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody changed it meanwhile" in page
    assert "She found a ride of her own" in page
    assert f'name="row_version" value="{row.row_version}"' in page
    assert world.fresh(row).state == "OPEN"


def test_only_child_welfare_and_a_tribe_keep_cases(world: World) -> None:
    """A supervisor anywhere may write cases by her role; her agency keeps none unless it is child welfare or a Tribe."""
    hospital = an_agency()
    chief = a_worker(Role.SUPERVISOR, agency=hospital)
    mother = a_person(viewer(chief), role="MOTHER", given_name="Ana", family_name="Practice")
    client = world.client(chief)
    assert client.get(f"/cases/of/{mother}/").status_code == 200
    assert "/open/" not in client.get(f"/cases/of/{mother}/").content.decode()
    told = {
        "kind": "VOLUNTARY_IN_HOME",
        "reason": "She asked for help with the first weeks.",
        "decided_on": world.today.isoformat(),
        "request_key": "k",
    }
    assert client.get(f"/cases/of/{mother}/open/").status_code == 404
    assert client.post(f"/cases/of/{mother}/open/", told).status_code == 404
    by = viewer(chief)
    with acting_as(by), pytest.raises(NotVisible):
        actions.open_case(
            by=by, at=now(), identity_id=mother, kind="VOLUNTARY_IN_HOME", reason="She asked for help at home", decided_on=world.today,
            request_key=a_key(),
        )  # fmt: skip


def test_a_report_counts_every_visit_and_names_all_support(world: World) -> None:
    case = world.opened()
    by, at = viewer(world.lena), now()
    frame = {"holder_id": world.cps.pk, "identity_id": world.mother, "category": "cw.case_plan", "case_id": case.pk, "at": at}
    with acting_as(by):
        for number in range(70):
            models.Visit(
                **frame, starts_at=at - timedelta(days=number), place="At home", who="Her", state="HELD" if number < 45 else "MISSED",
                whose="" if number < 45 else "AGENCY", request_key=a_key(),
            ).save()  # fmt: skip
        for number in range(12):
            given = {key: frame[key] for key in ("holder_id", "identity_id", "category", "case_id", "at")}
            models.Resource(**given, what="RIDES", words=f"Ride number {number:02}", given_on=world.days(-number), request_key=a_key()).save()
    page = text_of(world.client(world.lena).get(f"/cases/of/{world.mother}/report/"))
    assert "Held: 45. Missed: 25, of these for a reason of the parent: 0." in page
    assert "Ride number 00" in page
    assert "Ride number 11" in page


def test_the_lists_of_an_earlier_case_are_its_own(world: World) -> None:
    case = world.opened()
    assert world.send("effort", what="KIN", words="Asked her grandmother", on=world.days(-1)).status_code == 302
    closed = world.send(
        "close", outcome="GOALS_MET", words="They are well and go on alone.", closed_on=world.today, row_version=str(case.row_version)
    )
    assert closed.status_code == 302, text_of(closed)
    again = world.send("open", kind="VOLUNTARY_IN_HOME", reason="She asked for help once more.", decided_on=world.today)
    assert again.status_code == 302
    client = world.client(world.lena)
    assert "Asked her grandmother" not in text_of(client.get(f"/cases/of/{world.mother}/list/efforts/"))
    assert "Asked her grandmother" in text_of(client.get(f"/cases/of/{world.mother}/list/efforts/?case={case.pk}"))
