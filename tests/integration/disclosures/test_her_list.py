"""She reads what was told about her, by hand, on paper, and in an emergency; and answers who asks to see more."""

from __future__ import annotations

from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import a_key
from tests.integration.portal.conftest import World
from tests.integration.portal.conftest import world as her_world  # noqa: F401  (a fixture)
from tests.integration.portal.reading import text
from tests.integration.portal.test_reading import grade, running_text

from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.consents.actions import EmergencyDraft, Opened
from careloom.disclosures import actions
from careloom.disclosures.models import MoreReached
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.people.actions import PersonFacts, put_person
from careloom.portal import words
from careloom.work.models import Obligation


@pytest.fixture
def hers(her_world: World) -> World:  # noqa: F811
    subscriptions.join()
    return her_world


def told_by_hand(world: World, **changes: Any) -> None:
    by = world.coordinator
    facts = {
        "identity_id": world.mother, "to_kind": "court", "to_name": "Clerk of the court", "to_address": "", "to_agency_id": None, "how": "PHONE",
        "categories": ("posc.plan_core",), "purpose": "dependency_proceeding", "what": "Told when the plan began", "papers": "", "facts": (),
        "given_at": clock.now(),
    } | changes  # fmt: skip
    with acting_as(by):
        assert isinstance(actions.note_given(by=by, at=clock.now(), told=actions.ByHand(**facts), request_key=a_key()), actions.Done)


def opened(world: World) -> None:
    doctor = a_worker(Role.CLINICIAN, agency=world.hospital)
    nurse = viewer(world.nurse)
    with acting_as(nurse):
        facts = PersonFacts(role="MOTHER", given_name="Marisol", family_name="Valdeluna")
        put_person(by=nurse, at=clock.now(), facts=facts, category="hipaa.ob_record", identity_id=world.mother)
    by = viewer(doctor)
    draft = EmergencyDraft(identity_id=world.mother, facility="St. Agnes", nature="Unconscious at home", why_no_consent="She cannot speak")
    with acting_as(by):
        assert isinstance(actions.open_for_patient(by=by, at=clock.now(), draft=draft, request_key=a_key()), Opened)


def asked(world: World, why: str = "So that we plan the visits together") -> MoreReached:
    by = viewer(world.bea)
    with acting_as(by):
        actions.ask_for_more(by=by, at=clock.now(), identity_id=world.mother, topics=("HEALTH", "PLAN"), why=why, request_key=a_key())
    actions.pass_on(at=clock.now())
    her = world.her()
    with acting_as(her.viewer):
        (row,) = MoreReached.objects.filter(holder_id=her.principal.pk)
    return row


def test_she_reads_what_was_told_and_why_in_plain_words(hers: World) -> None:
    phone = hers.signed_in()
    told_by_hand(hers)
    opened(hers)
    page = text(phone, "given/")
    for line in (
        "Care program told: The court, on the phone",
        "The hospital looked in an emergency",
        "your plan and visits",
        "Told when the plan began",
    ):
        assert line in page
    assert "This should not have happened." in page  # the law did not allow it, and she is told so
    assert not words.tells(page.split("<main")[-1].split("</main>")[0].lower().replace("safe", ""))
    assert "What was told about me" in text(phone, "looked/")
    spanish = text(phone, "given/", "es")
    assert "in an emergency" not in spanish
    assert "What was told about me" not in spanish


def test_her_new_pages_read_at_grade_six_or_below(hers: World) -> None:
    phone = hers.signed_in()
    told_by_hand(hers)
    opened(hers)
    row = asked(hers)
    grades = {path: grade(running_text(text(phone, path))) for path in ("given/", f"more/{row.pk}/")}
    assert [path for path, value in grades.items() if value > 6] == []


def test_words_that_tell_too_much_are_left_out(hers: World) -> None:
    phone = hers.signed_in()
    told_by_hand(hers, to_kind="other_private", to_name="Methadone Clinic", what="Told the methadone dose")
    page = text(phone, "given/")
    assert "methadone" not in page.lower()
    assert "A helper you chose" in page


def test_a_supporter_and_another_mother_read_nothing_of_it(hers: World) -> None:
    from tests.silence.hidden import another_mother

    told_by_hand(hers)
    assert "Nothing was told this way." in text(another_mother(), "given/")


def test_what_the_police_asked_to_wait_is_not_in_her_list_yet(hers: World) -> None:
    from datetime import timedelta

    phone = hers.signed_in()
    told_by_hand(hers, waits_until=clock.today() + timedelta(days=10))
    assert "Nothing was told this way." in text(phone, "given/")


@pytest.mark.parametrize("answer", ["YES", "NOT_NOW", "NO"])
def test_her_answer_opens_nothing_and_a_yes_asks_who_leads_to_bring_the_form(hers: World, answer: str) -> None:
    phone = hers.signed_in()
    row = asked(hers)
    home = text(phone, "")
    assert "Home visits asks to see more" in home
    page = text(phone, f"more/{row.pk}/")
    assert "your health, your plan" in unescape(page)
    assert "So that we plan the visits together" in page
    done = phone.post(f"/my/more/{row.pk}/", {"answer": answer})
    assert done.status_code == 302
    assert "asks to see more" not in text(phone, "")
    assert phone.post(f"/my/more/{row.pk}/", {"answer": "YES"}).status_code == 404  # answered once
    with acting_as(system(System.JOB, holder_id=hers.riverbend.pk)):
        owed = list(Obligation.objects.filter(kind="MORE_SHE_SAID_YES", met_at=None))
    assert len(owed) == (1 if answer == "YES" else 0)
    if owed:
        assert owed[0].worker_id == hers.dana.worker_id
        coordinator = Client()
        coordinator.force_login(hers.dana.worker.user)
        assert coordinator.get(owed[0].link).status_code == 200


def test_an_answer_that_is_none_and_somebody_else_s_question_are_not_there(hers: World) -> None:
    phone = hers.signed_in()
    row = asked(hers)
    assert phone.post(f"/my/more/{row.pk}/", {"answer": "MAYBE"}).status_code == 404
    assert phone.get(f"/my/more/{uuid4()}/").status_code == 404
