"""The question about a Tribe, its notice, its time before a hearing, its answer on its own page, and active efforts (25 USC 1912, 1915)."""

from __future__ import annotations

from typing import Any

from tests.integration.permanency.conftest import World, text, text_of

from careloom.permanency import models


def asked(world: World) -> None:
    told = {"child": str(world.baby), "asked": ["MOTHER"], "signs": ["SAID"], "tribe": "Eagle Nation", "asked_on": world.days(-15)}
    sent = world.send("tribe", **told)
    assert sent.status_code == 302, text_of(sent)


def a_notice(world: World, **facts: Any) -> models.TribeNotice:
    told = {
        "child": str(world.baby), "tribe_agency": str(world.tribe.pk), "tribe": "Eagle Nation", "court": "Pine County Family Court",
        "proceeding": "FOSTER_CARE", "sent_on": world.days(-14), "receipt": "RR 123 456",
    }  # fmt: skip
    sent = world.send("notice", **told | facts)
    assert sent.status_code == 302, text_of(sent)
    row: models.TribeNotice = world.only(models.TribeNotice)
    return row


def hearing(world: World, day: int) -> Any:
    return world.send("hearing", kind="DISPOSITION", child=str(world.baby), court="Pine County Family Court", on=world.days(day), hour="10:00")


def test_no_notice_without_reason_and_no_banner(world: World) -> None:
    world.removed()
    told = {
        "child": str(world.baby),
        "tribe": "Eagle Nation",
        "court": "Court",
        "proceeding": "FOSTER_CARE",
        "sent_on": world.today,
        "receipt": "RR1",
    }
    assert world.send("notice", **told).status_code == 422
    assert world.send("tribe", child=str(world.baby), asked=[], asked_on=world.today).status_code == 422
    assert world.send("tribe", child=str(world.baby), asked=["MOTHER"], asked_on=world.today).status_code == 302
    page = world.page()
    assert "no reason to know" in page
    assert "Separate standards apply" not in page


def test_a_hearing_waits_for_the_tribe(world: World) -> None:
    world.removed()
    asked(world)
    assert "Separate standards apply" in world.page()
    assert len(world.owed(world.cps, "TRIBE_NOTICE_DUE")) == 1
    assert "notice has not been received" in text_of(hearing(world, 5))
    row = a_notice(world)
    assert world.owed(world.cps, "TRIBE_NOTICE_DUE") == []
    assert "notice has not been received" in text_of(hearing(world, 5))
    assert world.on(row, "receipt", received_on=world.days(-4), more_time="").status_code == 302
    assert "at least ten days" in text_of(hearing(world, 5))
    assert hearing(world, 6).status_code == 302


def test_the_tribe_reads_its_notice_and_answers_and_nothing_else_opens(world: World) -> None:
    world.removed()
    asked(world)
    row = a_notice(world)
    (came,) = world.owed(world.tribe, "TRIBE_NOTICE_CAME")
    nora = world.client(world.nora)
    page = text(nora.get(came.link))
    for said in ("Mateo Valdeluna", "Marisol Valdeluna", "RR 123 456", "Foster care placement"):
        assert said in page
    assert nora.get(f"/cases/of/{world.mother}/").status_code == 404
    answer = {
        "answer": "JOINS",
        "contact": "",
        "more_time": "on",
        "preferences": "Grandmother, then other kin",
        "row_version": str(row.row_version),
        "request_key": "answer-1",
    }
    assert nora.post(came.link, answer).status_code == 422
    assert nora.post(came.link, answer | {"contact": "Nora Eagle, 555-0146"}).status_code == 302
    assert world.owed(world.tribe, "TRIBE_NOTICE_CAME") == []
    assert len(world.owed(world.cps, "TRIBE_ANSWERED")) == 1
    page = world.page()
    for said in ("The Tribe takes part", "Nora Eagle, 555-0146", "Grandmother, then other kin", "No hearing before"):
        assert said in page
    # Twenty more days were asked for: thirty after receipt, which is today.
    assert "at least ten days" in text_of(hearing(world, 29))
    assert hearing(world, 30).status_code == 302


def test_a_notice_is_shown_to_its_tribe_alone(world: World) -> None:
    world.removed()
    asked(world)
    row = a_notice(world)
    for stranger in (world.dana, world.other, world.lena):
        assert world.client(stranger).get(f"/cases/notice/{row.pk}/").status_code == 404
    from django.db import DatabaseError, transaction
    from tests.factories.agencies import viewer

    from careloom.infra.access import acting_as

    with acting_as(viewer(world.nora)):
        try:
            with transaction.atomic():
                changed = models.TribeNotice.objects.filter(pk=row.pk).update(court="Another court")
        except DatabaseError:
            changed = 0
    assert changed == 0


def test_active_efforts_are_logged(world: World) -> None:
    world.removed()
    asked(world)
    assert world.send("effort", what="CULTURE", words="Went to the circle together", on=world.days(-1), with_tribe="on").status_code == 302
    assert world.send("effort", what="CULTURE", words="x", on=world.days(-1)).status_code == 422
    assert "Went to the circle together" in world.page()


def test_a_reason_to_know_invites_the_workers_of_the_tribe_and_the_letter_is_owed_all_the_same(world: World) -> None:
    """J3.11: they read who the child is, answer, and see nothing else; a hearing still waits for the notice in law."""
    world.removed()
    told = {"child": str(world.baby), "asked": ["MOTHER"], "tribe": "Eagle Nation", "tribe_agency": str(world.tribe.pk), "asked_on": world.days(-1)}
    assert world.send("tribe", **told).status_code == 302
    assert world.owed(world.tribe, "TRIBE_INVITED") == []  # nobody is invited where there is no reason to know
    for _again in range(2):
        assert world.send("tribe", **told, signs=["SAID"]).status_code == 302
    (came,) = world.owed(world.tribe, "TRIBE_INVITED")
    assert len(world.owed(world.cps, "TRIBE_NOTICE_DUE")) == 2
    nora = world.client(world.nora)
    page = text(nora.get(came.link))
    assert "A question about a child" in page
    assert "Mateo Valdeluna" in page
    assert "Registered letter" not in page
    assert nora.get(f"/cases/of/{world.mother}/").status_code == 404
    row = world.only(models.TribeNotice)
    answer = {"answer": "JOINS", "contact": "Nora Eagle, 555-0146", "preferences": "Grandmother", "row_version": str(row.row_version)}
    assert nora.post(came.link, answer | {"request_key": "answer-2"}).status_code == 302
    assert world.owed(world.tribe, "TRIBE_INVITED") == []
    assert len(world.owed(world.cps, "TRIBE_ANSWERED")) == 1
    page = world.page()
    assert "Invited" in page
    assert "Nora Eagle, 555-0146" in page
    assert "No hearing before" not in page
    assert "notice has not been received" in text_of(hearing(world, 40))
    assert world.on(row, "receipt", received_on=world.today, more_time="").status_code in {302, 404}
    assert world.fresh(row).receipt == ""


def test_a_tribe_whose_child_it_is_not_holds_nothing_up(world: World) -> None:
    world.removed()
    asked(world)
    row = a_notice(world)
    told = {"answer": "NOT_OURS", "contact": "", "preferences": "", "row_version": str(row.row_version), "request_key": "answer-3"}
    assert world.client(world.nora).post(f"/cases/notice/{row.pk}/", told).status_code == 302
    assert hearing(world, 1).status_code == 302
