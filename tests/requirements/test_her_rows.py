"""What the mother reads, says and shows on her own pages, and what her coordinator learns of it."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.formats import date_format
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.integration.portal.conftest import World
from tests.integration.portal.reading import text
from tests.requirements.conftest import saved, text_of

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra.access import acting_as
from careloom.kernel.agency_kinds import AgencyKind
from careloom.messages.actions import plan_appointment
from careloom.portal.words import FACTS_REVIEWED_ON

CARE_LINE = "555-0100"


def browser(who: Membership) -> Client:
    client = Client()
    client.force_login(who.worker.user)
    return client


@pytest.mark.requirement("R-157")
def test_she_reads_what_child_welfare_wants_and_her_coordinator_learns_that_she_did(her_world: World) -> None:
    phone, coordinator = her_world.signed_in(), browser(her_world.dana)
    page = text(phone, "expect/")
    for told in (
        "A child welfare worker may meet you after the birth.",
        "They have two goals: your baby is safe, and you get help to stay well.",
        "To stay with your care and your medicine is a good thing. No one may ask you to stop it.",
        "They want babies to be with their moms.",
        "they work to bring you back together soon.",
    ):
        assert told in page
    noted = "She read what to expect at meetings on"
    assert noted not in text_of(coordinator.get(f"/my/invite/{her_world.mother}/"))
    saved(phone.post("/my/expect/"))
    assert noted in text_of(coordinator.get(f"/my/invite/{her_world.mother}/"))
    assert "You told us that you read this." in text(phone, "expect/")


@pytest.mark.requirement("R-158")
@pytest.mark.parametrize("who", ["county", "court"])
def test_her_next_meeting_says_with_whom_when_why_and_what_to_bring(her_world: World, who: str) -> None:
    """Child welfare plans its own meeting; a court date is written down by her coordinator, and is with the court all the same."""
    county = a_worker(Role.CPS_WORKER, agency=an_agency(kind=AgencyKind.CPS_AGENCY))
    writer = viewer(county if who == "county" else her_world.dana)
    starts_at = her_world.visit.starts_at.replace(hour=15, minute=0) + timedelta(days=3)
    phone = her_world.signed_in()
    assert "No meeting is planned that we know of." in text(phone, "expect/")
    with acting_as(writer):
        plan_appointment(
            by=writer, at=her_world.plan.started_at, identity_id=her_world.mother, kind="OTHER" if who == "county" else "COURT",
            title="First meeting", neutral_title="A meeting", starts_at=starts_at, place="Room 4",
        )  # fmt: skip
    meeting = text(phone, "expect/").split("What happens")[0]
    assert ("With: The county" in meeting) is (who == "county")
    assert ("With: The court" in meeting) is (who == "court")
    assert f"{starts_at:%A, %B} {starts_at.day}" in meeting
    assert re.search(r"\d+:00 in the (morning|afternoon)", meeting)
    for told in ("Where: Room 4", "Why: to talk about how you and your baby are", "Bring with you", "A person you trust"):
        assert told in meeting


@pytest.mark.requirement("R-162")
def test_her_peer_her_sponsor_and_the_help_lines_are_one_tap_away(her_world: World) -> None:
    sponsor = {
        "name": "Practice Sponsor", "relation": "my sponsor", "kind": "SPONSOR", "contact": "OK", "phone": "555-0177", "wants_services": "NOT_ASKED",
        "member_id": str(uuid4()),
    }  # fmt: skip
    saved(browser(her_world.dana).post(f"/plans/{her_world.plan.pk}/family/", sponsor))
    page = text(her_world.signed_in(), "call/")
    calls = set(re.findall(r'href="(tel:[0-9+]+)"', page))
    assert {"tel:988", "tel:18338526262", "tel:18006624357", "tel:5550101", "tel:5550177"} <= calls
    for listed in ("Sam Peer", "Practice Sponsor", "my sponsor", "If you are in crisis", "Help to stay well, day and night"):
        assert listed in page


@pytest.mark.requirement("R-160")
def test_her_card_is_a_code_on_the_phone_and_a_letter_on_paper_with_the_number_of_her_care_team(her_world: World) -> None:
    phone = her_world.signed_in()
    page = text(phone, "card/")
    letter = page.split('id="letter"')[1].split("</section>")[0]
    assert "I take part in a family care plan." in letter
    assert f"You can call my care team line: {CARE_LINE}" in letter
    assert "I choose what else you can see." in letter
    assert "Riverbend" not in page
    shown = text_of(phone.post("/my/card/", {"ticks": []}))
    assert re.search(r'class="cl-code">[A-Z0-9]{4} [A-Z0-9]{4}<', shown)
    assert "<svg" in shown
    assert CARE_LINE in shown
    assert "They will see nothing more." in shown
    assert "They will see your plan." in text_of(phone.post("/my/card/", {"ticks": ["PLAN"]}))


FACTS = {
    "works": "With methadone or buprenorphine people stay in care longer, and they use less.",
    "how it works": "It takes away cravings and the pain of stopping.",
    "is no substitution": "It does not trade one drug for another",
    "is not for other substances": "It does not treat the use of other drugs or alcohol.",
}
PROTECTS = ("An overdose", "HIV, hepatitis and other infections", "Losing the baby before birth", "lasts for life, like diabetes or heart disease")


def pages_of_facts(her_world: World) -> list[str]:
    """The page as the mother finds it from her own page, and as a child welfare worker opens it."""
    county = a_worker(Role.CPS_WORKER, agency=an_agency(kind=AgencyKind.CPS_AGENCY))
    phone = her_world.signed_in()
    assert 'href="/my/facts/"' in text(phone, "")
    return [text(phone, "facts/"), text_of(browser(county).get("/my/facts/workers/"))]


@pytest.mark.requirement("R-150")
def test_mother_and_child_welfare_read_the_same_facts_about_medicine(her_world: World) -> None:
    for page in pages_of_facts(her_world):
        assert [what for what, words in FACTS.items() if words not in page] == []


@pytest.mark.requirement("R-227")
def test_what_medicine_protects_from_is_told_with_its_sources_and_the_day_of_its_review(her_world: World) -> None:
    for page in pages_of_facts(her_world):
        assert [words for words in PROTECTS if words not in page] == []
        sources = page.split('id="f7"')[1]
        assert sources.count('<li lang="en">') == 4
        assert f"Reviewed against these on {date_format(FACTS_REVIEWED_ON, 'DATE_FORMAT')}." in sources
    in_spanish = text(her_world.signed_in(), "facts/", "es")
    assert "De una sobredosis" in in_spanish
    assert "Comparado con estas fuentes el" in in_spanish
