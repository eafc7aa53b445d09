"""What she reads and writes on her own pages, and what her team sees of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.factories.agencies import viewer
from tests.integration.portal.conftest import World
from tests.integration.portal.reading import text

from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.kernel.referral import Kind, State
from careloom.messages.actions import plan_appointment
from careloom.messages.models import Appointment
from careloom.people.models import FamilyMember
from careloom.plans.models import Goal, HerView, NeedStep, PlanOfSafeCare, Referral
from careloom.plans.queries import plan_parts
from careloom.plans.referrals.actions import answer_referral, send_referral
from careloom.plans.referrals.answers import Answer, Ask, Moved
from careloom.portal import words
from careloom.portal.models import PortalPerson
from careloom.work.models import Obligation

PAGES = (
    "", "plan/", "print/", "goals/new/", "visits/", "looked/", "supporters/", "card/", "expect/", "rights/", "facts/", "skills/", "family/", "call/",
    "told/", "keep/", "rights/ask/ACCESS/", "rights/ask/AMENDMENT/", "rights/ask/RESTRICTION/", "rights/ask/CONFIDENTIAL/",
)  # fmt: skip
PLAIN_WORDS_INSIDE = {"expect/", "rights/", "facts/"}  # Learn and Rights, after the PIN (mockups BRIEF section 4)


def form_key(page: str) -> str:
    return page.split('name="request_key" value="')[1].split('"')[0]


def test_the_home_page_shows_her_next_visit_wants_team_and_who_can_see(world: World) -> None:
    page = text(world.signed_in(), "")
    for words_ in ("Visit with Sam", "A door I can lock.", "Sam Peer", "Dana Whitlock", "Home visits", "Stop sharing", "988"):
        assert words_ in page
    assert "Riverbend" not in page


def test_everybody_she_can_call_is_on_one_page(world: World) -> None:
    page = text(world.signed_in(), "call/")
    assert {"tel:988", "tel:18338526262", "tel:5550101"} <= {part.split('"')[0] for part in page.split('href="')[1:]}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_says_a_telling_word(world: World, path: str, language: str) -> None:
    # A token of random letters says nothing, whatever three of them happen to spell.
    page = re.sub(r"[a-z0-9_-]{24,}", "", text(world.signed_in(), path, language).lower())
    title = page.split("<title>")[1].split("</title>")[0]
    assert title == ("plan familiar" if language == "es" else "family plan")
    checked = title if path in PLAIN_WORDS_INSIDE else page
    assert [word for word in words.FORBIDDEN if word in checked] == []


def test_addresses_and_messages_say_nothing_either(world: World) -> None:
    from careloom.messages.sentences import SENTENCES
    from careloom.portal.urls import urlpatterns

    said = [str(p.pattern) for p in urlpatterns] + [s for both in SENTENCES.values() for s in both.values()]
    assert [(word, line) for line in said for word in words.FORBIDDEN if word in line.lower()] == []


def test_she_changes_a_goal_and_the_old_words_stay_and_the_coordinator_sees_it(world: World) -> None:
    phone = world.signed_in()
    key = form_key(text(phone, f"goals/{world.goal.pk}/"))
    for _ in range(2):
        phone.post(f"/my/goals/{world.goal.pk}/", {"words": "A home with a door that locks.", "request_key": key})
    assert "A home with a door that locks." in text(phone, "")
    assert "A door I can lock." in text(phone, "plan/")
    by = world.coordinator
    with acting_as(by):
        (goal,) = plan_parts(viewer=by, plan_id=world.plan.pk).goals
        assert (goal.row.words, goal.was, goal.changed_by_her) == ("A home with a door that locks.", "A door I can lock.", True)
        assert Obligation.objects.filter(kind="HER_GOAL", met_at=None).count() == 1


def test_she_writes_a_goal_of_her_own(world: World) -> None:
    phone = world.signed_in()
    phone.post("/my/goals/new/", {"words": "Finish school.", "request_key": "one"})
    assert "Finish school." in text(phone, "")
    with acting_as(world.coordinator):
        assert Goal.objects.filter(words="Finish school.", provenance="self_reported").count() == 1


def test_a_no_ends_in_calm(world: World) -> None:
    phone = world.signed_in()
    assert "Do you want this?" in text(phone, "")
    phone.post(f"/my/wants/{world.housing.pk}/", {"choice": "NO", "request_key": "no"})
    page = text(phone, f"wants/{world.housing.pk}/")
    assert "That is your choice. Your care stays the same." in page
    phone.post(f"/my/wants/{world.housing.pk}/", {"choice": "NO", "words": "I live with my mother.", "request_key": "why"})
    assert "Do you want this?" not in text(phone, "")
    with acting_as(world.coordinator):
        last = NeedStep.objects.filter(need_id=world.housing.pk).order_by("-at").first()
        assert last is not None
        assert (last.value, last.words, last.hers) == ("NO", "I live with my mother.", True)
        assert PlanOfSafeCare.objects.get(pk=world.plan.pk).status == world.plan.status


def test_she_disagrees_beside_a_sentence(world: World) -> None:
    phone = world.signed_in()
    phone.post(f"/my/plan/NEED/{world.housing.pk}/", {"says": "DISAGREE", "words": "I have a home.", "request_key": "v"})
    assert "My view: I do not agree" in text(phone, "plan/")
    with acting_as(world.coordinator):
        row = HerView.objects.get(item_id=world.housing.pk)
    assert (row.says, row.words) == ("DISAGREE", "I have a home.")


def test_she_asks_for_a_ride_once(world: World) -> None:
    phone = world.signed_in()
    for _ in range(2):
        phone.post(f"/my/visits/{world.visit.pk}/ride/")
    assert "We asked for your ride" in text(phone, "visits/")
    with acting_as(world.coordinator):
        assert Appointment.objects.get(pk=world.visit.pk).ride_wanted
        assert Obligation.objects.filter(kind="RIDE_ASKED", about_id=world.visit.pk).count() == 1


def test_two_visits_at_one_hour_are_pointed_out(world: World) -> None:
    by = world.coordinator
    with acting_as(by):
        plan_appointment(
            by=by, at=clock.now(), identity_id=world.mother, kind="COURT", title="Hearing", neutral_title="A meeting",
            starts_at=world.visit.starts_at + timedelta(minutes=30),
        )  # fmt: skip
    assert text(world.signed_in(), "visits/").count("Another visit is at the same time") == 2


def test_what_to_expect_names_the_next_meeting_and_she_says_that_she_read_it(world: World) -> None:
    by = world.coordinator
    with acting_as(by):
        plan_appointment(
            by=by, at=clock.now(), identity_id=world.mother, kind="COURT", title="Hearing", neutral_title="A meeting", place="Room 4",
            starts_at=world.visit.starts_at + timedelta(days=3),
        )  # fmt: skip
    phone = world.signed_in()
    page = text(phone, "expect/")
    assert "Room 4" in page
    assert "Bring with you" in page
    assert "They want babies to be with their moms." in page
    phone.post("/my/expect/")
    with acting_as(by):
        assert PortalPerson.objects.get(identity_id=world.mother).expect_read_at is not None


@pytest.mark.requirement("R-159")
def test_her_own_dates_outcomes_and_rights_are_shown(world: World) -> None:
    phone = world.signed_in()
    page = text(phone, "expect/")
    assert "Your plan began" in page
    assert "How it can end" in page
    assert "You can see who looked." in text(phone, "rights/")


@pytest.mark.requirement("R-161")
def test_her_own_list_is_kept_and_scored_by_nobody(world: World) -> None:
    phone = world.signed_in()
    phone.post("/my/skills/", {"skills": ["CAR_SEAT", "REST"]})
    assert text(phone, "skills/").count("checked") == 2


@pytest.mark.requirement("R-118")
def test_she_says_who_is_family_and_whom_nobody_may_call(world: World) -> None:
    phone = world.signed_in()
    phone.post("/my/family/", {"name": "Elena", "relation": "mi mamá", "contact": "OK", "request_key": "a"})
    phone.post("/my/family/", {"name": "Ramiro", "relation": "mi ex", "contact": "DO_NOT_CONTACT", "request_key": "b"})
    page = text(phone, "family/")
    assert "Elena" in page
    assert "mi mamá" in page
    assert "Ramiro" not in page
    with acting_as(world.coordinator):
        assert {"Elena", "Ramiro"} <= set(FamilyMember.objects.filter(identity_id=world.mother).values_list("name", flat=True))
    with acting_as(viewer(world.bea)):
        assert [m.name for m in FamilyMember.objects.filter(identity_id=world.mother)] == ["Elena"]


def test_did_you_get_help_closes_or_opens_the_loop(world: World) -> None:
    """Her yes closes the referral, her no opens it again (J4.7)."""
    by, at = world.coordinator, clock.now()
    with acting_as(by):
        ask = Ask(kind=Kind.LOGGED, organization="County Housing Office")
        sent = send_referral(by=by, at=at, need_id=world.housing.pk, ask=ask, request_key="r")
        assert isinstance(sent, Moved)
        for state, key in ((State.ACCEPTED, "a"), (State.ATTENDED, "b")):
            done = answer_referral(by=by, at=clock.now(), referral_id=sent.referral.pk, answer=Answer(state=state), request_key=key)
            assert isinstance(done, Moved), done
    phone = world.signed_in()
    assert "Did you get help?" in text(phone, "")
    phone.post(f"/my/helped/{sent.referral.pk}/", {"helped": "NO", "words": "The room was gone.", "request_key": "h"})
    assert "Did you get help?" not in text(phone, "")
    with acting_as(by):
        row = Referral.objects.get(pk=sent.referral.pk)
    assert (row.state, row.got_help) == (State.REOPENED, "NO")


def test_the_worker_gives_a_link_and_starts_again_on_screen(world: World) -> None:
    worker, stranger = Client(), Client()
    worker.force_login(world.dana.worker.user)
    stranger.force_login(world.nurse.worker.user)
    path = f"/my/invite/{world.mother}/"
    form = {"language": "en", "phone": "555-0164", "how": "SHOW", "request_key": "screen"}
    page = worker.post(path, form).content.decode()
    assert "/my/in/" in page
    assert "<svg" in page
    assert "She has not opened it yet." in worker.get(path).content.decode()
    assert worker.post(f"{path}again/").status_code == 302
    assert (stranger.get(path).status_code, stranger.post(path, form).status_code, stranger.post(f"{path}again/").status_code) == (404, 404, 404)
