"""A question for more: one answer and the same statements for who asks, whoever it reaches. Source: 42 CFR 2.13(c)."""

from __future__ import annotations

from html import unescape
from typing import Any
from uuid import UUID

from tests.factories.plans import a_key
from tests.integration.disclosures.conftest import Disclosing
from tests.silence.same import ask

from careloom.disclosures.actions import pass_on
from careloom.disclosures.models import MoreAsked, MoreReached
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def form(**changes: Any) -> dict[str, Any]:
    return {"topics": ["HEALTH"], "why": "So that we plan the birth together", "request_key": a_key()} | changes


def reached(holder_id: UUID) -> list[MoreReached]:
    with acting_as(system(System.JOB, holder_id=holder_id)):
        return list(MoreReached.objects.filter(holder_id=holder_id))


def test_the_sentence_and_the_question_stand_on_the_family_page(told: Disclosing) -> None:
    for who in (told.world.dana, told.world.maria, told.officer):
        page = text_of(told.client(who).get(f"/families/{told.mother}/"))
        assert "There may be more; ask the care team line." in page
        assert f"/disclosures/of/{told.mother}/more/" in page


def test_it_reaches_the_mother_and_the_holder_and_the_asker_hears_nothing(told: Disclosing) -> None:
    her = told.world.her(told.plan)
    asker = told.client(told.world.maria)
    done = asker.post(f"/disclosures/of/{told.mother}/more/", form(), follow=True)
    assert "Your request was sent to whoever may answer it." in text_of(done)
    assert reached(told.world.riverbend.pk) == []  # nothing but its own row is written while she waits
    assert pass_on(at=clock.now()) == 1
    assert pass_on(at=clock.now()) == 0
    (at_program,), (at_hers,) = reached(told.world.riverbend.pk), reached(her.principal_id)
    assert at_hers.asker_id == told.world.st_agnes.pk
    # The program does not know that the hospital works with her: it hears neither its name nor its words.
    assert (at_program.asker_id, at_program.why) == (None, "")
    (duty,) = told.owed(told.world.riverbend.pk, "MORE_ASKED")
    page = text_of(told.client(told.officer).get(duty.link))
    assert "Somebody who works with her" in page
    assert told.world.st_agnes.name not in page
    assert told.client(told.officer).post(duty.link).status_code == 302
    assert told.owed(told.world.riverbend.pk, "MORE_ASKED") == []
    assert asker.get(duty.link).status_code == 404
    assert told.client(told.their_officer).get(duty.link).status_code == 404


def test_the_question_goes_to_who_leads_her_plan_and_opens_for_her(told: Disclosing) -> None:
    """J3.4: the coordinator talks with her; she need not keep the agency's papers for it, and who works with another family finds nothing."""
    told.client(told.world.maria).post(f"/disclosures/of/{told.mother}/more/", form())
    pass_on(at=clock.now())
    (duty,) = told.owed(told.world.riverbend.pk, "MORE_ASKED")
    assert duty.worker_id == told.world.dana.worker_id
    coordinator = told.client(told.world.dana)
    assert "Talk with her." in text_of(coordinator.get(duty.link))
    for stranger in (told.world.colleague, told.world.bea):
        assert told.client(stranger).get(duty.link).status_code == 404
    assert coordinator.post(duty.link).status_code == 302
    assert told.owed(told.world.riverbend.pk, "MORE_ASKED") == []


def test_where_a_consent_joins_the_two_the_holder_hears_who_asks(told: Disclosing) -> None:
    told.share()
    told.client(told.world.maria).post(f"/disclosures/of/{told.mother}/more/", form())
    pass_on(at=clock.now())
    (row,) = reached(told.world.riverbend.pk)
    assert (row.asker_id, row.why) == (told.world.st_agnes.pk, "So that we plan the birth together")


def test_a_double_click_asks_once(told: Disclosing) -> None:
    client = told.client(told.world.maria)
    for _ in range(2):
        client.post(f"/disclosures/of/{told.mother}/more/", form(request_key="same"))
    with acting_as(system(System.JOB, holder_id=told.world.st_agnes.pk)):
        assert MoreAsked.objects.count() == 1


def test_asking_about_one_of_whom_others_hold_more_and_about_one_of_whom_nobody_does_is_the_same(told: Disclosing) -> None:
    alone = told.register_at_hospital(told.world.maria, None, given_name="Marisol", family_name="Valdeluna", number="MRN-2")
    told.world.her(told.plan)
    client = told.client(told.world.maria)
    with clock.at(clock.now()):
        for person in (told.mother, alone):
            client.get(f"/disclosures/of/{person}/more/")
        answers = [ask(client, f"/disclosures/of/{person}/more/", method="post", data=form()) for person in (told.mother, alone)]
    first, second = answers
    assert first.status == second.status == 302
    assert first.statements == second.statements
    assert [h for h in first.headers if h[0] != "Location"] == [h for h in second.headers if h[0] != "Location"]


def test_asking_a_holder_who_has_something_and_one_who_has_nothing_is_the_same(told: Disclosing) -> None:
    """42 CFR 2.13(c): the answer, its statements and what the asker reads afterwards are equal, also after a denial."""
    client = told.client(told.world.maria)
    with clock.at(clock.now()):
        answers = []
        for holder in (told.world.riverbend, told.nobody_s):
            data = {
                "holder": str(holder.pk), "categories": ["part2.medication"], "purpose": "treatment", "why": "She is here to give birth",
                "papers": "", "request_key": a_key(),
            }  # fmt: skip
            answers.append(ask(client, f"/disclosures/of/{told.mother}/ask/", method="post", data=data))
        first, second = answers
        assert first.status == 302
        assert (first.status, first.headers, first.statements) == (second.status, second.headers, second.statements)
        row = told.request_at(told.world.riverbend.pk)
        officer = told.client(told.officer)
        officer.post(f"/disclosures/requests/{row.pk}/answer/", {"row_version": row.row_version, "codes": ["NOT_PERMITTED"]})
        page = text_of(client.get(f"/disclosures/of/{told.mother}/"))
    lines = [part.split("</li>")[0] for part in page.split('<ul class="cl-list">')[1].split("<li>")[1:3]]
    masked = [line.replace(told.world.riverbend.name_outside, "X").replace(told.nobody_s.name_outside, "X") for line in lines]
    assert len(masked) == 2
    assert masked[0].strip().removesuffix("</ul>") == masked[1].strip().removesuffix("</ul>")
    assert "Sent" in masked[0]
