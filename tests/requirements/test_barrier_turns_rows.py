"""A barrier turns into guidance or a pilot and comes back: drafted from it, issued, acknowledged, applied, and read by who raised it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.factories.barriers import House
from tests.requirements.conftest import SignIn, text_of
from tests.requirements.test_barriers_rows import at_oversight
from tests.requirements.test_structure_rows import a_partner, day, send

from careloom.agencies.roles import Role
from careloom.barriers.models import Barrier, Step
from careloom.changes.models import Addressee, Guidance, GuidanceVersion, Pilot
from careloom.infra import clock
from careloom.meetings.models import AgendaItem, Decision, Meeting

pytestmark = pytest.mark.django_db
WHERE = {"minutes": "60", "mode": "VIRTUAL", "link": "https://video.example/oversight"}


@pytest.fixture
def house(sign_in: SignIn) -> House:
    return House(sign_in)


def decided(house: House, judge: Client, row: Barrier, words: str = "No mile limit in pregnancy.") -> Barrier:
    later = clock.today() + timedelta(days=60)
    return house.act(judge, row, "decide", decision="RESOLVE", words=words, due_on=later.isoformat())


def a_day_passes(version: GuidanceVersion) -> None:
    """Comments were open until today."""
    GuidanceVersion.objects.filter(pk=version.pk).update(consult_until=clock.today())


def in_an_hour() -> dict[str, str]:
    """The day and the hour of a meeting, as a form asks for them: where the county's clocks stand."""
    at = clock.now().astimezone(clock.zone()) + timedelta(hours=1)
    return {"on": at.date().isoformat(), "hour": f"{at:%H:%M}"}


def value_of(page: str, name: str) -> str:
    """What stands in a field of a form."""
    after = page.split(f'name="{name}"', 1)[1]
    return after.split('value="', 1)[1].split('"', 1)[0]


@pytest.mark.requirement("R-005", "R-006")
def test_guidance_is_drafted_from_a_barrier_and_its_way_stands_on_both_pages(house: House, sign_in: SignIn) -> None:
    group, core, judge = house.chair(house.group), house.chair(house.core), house.chair(house.oversight)
    row = decided(house, judge, at_oversight(house, group, core))
    row.refresh_from_db()
    answer = core.post(
        house.url(row, "outcome/"),
        {"request_key": uuid4().hex, "version": str(row.row_version), "outcome_kind": "GUIDANCE", "words": "Rides of any length"},
    )
    assert answer["Location"] == house.url(row, "guidance/")
    page = text_of(core.get(house.url(row, "guidance/")))
    assert value_of(page, "title") == "Rides of any length"
    assert "No mile limit in pregnancy." in page  # what was decided is the draft
    assert "Draft the guidance" in text_of(core.get(house.url(row)))
    assert house.renee.get(house.url(row, "guidance/")).status_code == 404
    key, told = uuid4().hex, {"title": "Rides of any length", "body_id": house.oversight.pk, "text": "Book a ride of any length."}
    row.refresh_from_db()
    for _again in range(2):  # a form sent twice is one guidance
        sent = core.post(house.url(row, "guidance/"), {"request_key": key, "version": str(row.row_version), **told})
        assert sent.status_code == 302
    guidance = Guidance.objects.get(barrier_id=row.pk)
    row.refresh_from_db()
    assert (row.outcome_kind, row.outcome_id, row.outcome_words) == ("GUIDANCE", guidance.pk, "Rides of any length")
    assert sent["Location"].endswith(f"/guidance/{guidance.pk}/")
    assert "No ride to the clinic" in text_of(core.get(sent["Location"]))  # the guidance names the barrier
    version = GuidanceVersion.objects.get(guidance=guidance)
    of = f"{house.rooms}guidance/version/{version.pk}/"
    send(judge, f"{of}comments/", version="1", until=(clock.today() + timedelta(days=1)).isoformat())
    a_day_passes(version)
    send(judge, f"{of}issue/", version="2", partners=[house.partner.pk], bodies=[house.group.pk])
    page = text_of(house.renee.get(house.url(row)))
    assert "Guidance issued, version 1: Rides of any length" in page
    assert "0 of 2 acknowledged" in page
    to = Addressee.objects.get(guidance_version=version, partner=house.partner)
    member = sign_in(a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=house.hospital))
    send(member, f"{house.rooms}guidance/to/{to.pk}/applied/", version="1", how="Each nurse books it.", **day("since"))
    page = text_of(house.renee.get(house.url(row)))
    assert f"Version 1 acknowledged by {house.partner.name}" in page
    assert f"Version 1 is applied by {house.partner.name}" in page
    assert "Each nurse books it." in page


@pytest.mark.requirement("R-202")
def test_a_pilot_starts_from_the_last_try_with_its_measure(house: House) -> None:
    group = house.chair(house.group)
    row = house.raised(house.renee, kind="ENGAGEMENT", title="They leave after two visits")
    house.act(group, row, "triage", does="TRIAGE", body_id=house.group.pk)
    later = clock.today() + timedelta(days=40)
    dates = day("starts_on") | {"due_on": later.isoformat()}
    house.act(
        group, row, "tries/new", change="A peer calls", stakeholders="Two mothers, two peers", measure="Missed visits", before="14", aim="7", **dates
    )
    house.act(group, row, "outcome", outcome_kind="PILOT", words="A peer calls the day before")
    page = text_of(group.get(house.url(row, "pilot/")))
    assert [value_of(page, name) for name in ("title", "measure", "baseline", "target")] == [
        "A peer calls the day before",
        "Missed visits",
        "14.0",
        "7.0",
    ]
    told = {
        "title": "A peer calls the day before", "kind": "PRACTICE", "body_id": house.group.pk, "what": "A peer calls.", "sites": "Pine, Reed",
        "measure": "Missed visits", "unit": "NUMBER", "higher": "0", "baseline": "14", "target": "7", **day("starts_on"), "until": later.isoformat(),
    }  # fmt: skip
    house.act(group, row, "pilot", **told)
    pilot = Pilot.objects.get(barrier_id=row.pk)
    assert row.outcome_id == pilot.pk
    assert "They leave after two visits" in text_of(house.renee.get(f"{house.rooms}pilots/{pilot.pk}/"))
    page = text_of(house.renee.get(house.url(row)))
    assert "A peer calls the day before" in page
    assert "Proposed" in page
    drawn = house.renee.get(house.url(row)).content.decode()
    assert drawn.count("Pilot proposed") == drawn.count("What it turns into") > 0  # what was said, and its draft, are told apart
    refused = house.refused(group, row, "pilot", **(told | {"sites": " "}))
    assert "A peer calls the day before" in refused
    row.refresh_from_db()
    assert row.outcome_id == pilot.pk  # what is refused leaves no step
    assert Step.objects.filter(barrier=row, deed="OUTCOME").count() == 2


@pytest.mark.requirement("R-005", "R-221")
def test_a_decision_of_a_meeting_about_a_barrier_is_written_once(house: House) -> None:
    group, core, judge = house.chair(house.group), house.chair(house.core), house.chair(house.oversight)
    row = at_oversight(house, group, core)
    send(
        house.ruth,
        f"{house.rooms}bodies/{house.oversight.pk}/charter/",
        processes="Monthly.",
        roles="The hub writes.",
        rule="VOTE",
        **day("adopted_on"),
    )
    place = send(judge, f"{house.rooms}bodies/{house.oversight.pk}/meetings/new/", **in_an_hour(), **WHERE)
    meeting = Meeting.objects.get(pk=place.rstrip("/").rsplit("/", 1)[1])
    here = f"{house.rooms}meetings/{meeting.pk}/"
    judge.post(f"{here}step/", {"does": "build"})
    item = AgendaItem.objects.get(meeting=meeting, about_id=row.pk)
    AgendaItem.objects.filter(meeting=meeting).update(for_families="They get there.")
    judge.post(f"{here}step/", {"does": "publish"})
    judge.post(f"{here}step/", {"does": "begin"})
    room = f"{here}room/?point={item.pk}"
    assert "What becomes of the barrier?" in text_of(judge.get(room))
    told = {
        "does": "decide", "proposal": "No mile limit in pregnancy.", "for_families": "They get there.", "result": "ADOPTED", "votes_for": "6",
        "votes_against": "1", "abstained": "0", "decision": "RESOLVE", "version": str(row.row_version), "request_key": uuid4().hex,
    }  # fmt: skip
    answer = judge.post(room, told | {"due_on": "", "request_key": uuid4().hex})
    assert answer.status_code == 422
    assert "Give a day from today on" in answer.content.decode()
    assert not Decision.objects.filter(about_id=row.pk).exists()  # both or neither
    later = clock.today() + timedelta(days=30)
    for _again in range(2):
        assert judge.post(room, told | {"due_on": later.isoformat()}).status_code == 302
    decision = Decision.objects.get(about_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.decision, row.due_on) == ("DECIDED", "RESOLVE", later)
    step = Step.objects.get(barrier=row, deed="DECIDE")
    assert (step.words, step.request_key) == ("No mile limit in pregnancy.", decision.request_key)
    send(judge, f"{house.rooms}meetings/decisions/{decision.pk}/", kind="DISSENT", seat_id="", words="There should be a ceiling.")
    page = text_of(house.renee.get(house.url(row)))
    assert page.count("No mile limit in pregnancy.") == 1
    assert "6 for, 1 against" in page
    assert "There should be a ceiling." in page


@pytest.mark.requirement("R-006", "R-032")
def test_what_waits_stands_on_the_home_page_and_on_the_agenda(house: House) -> None:
    judge, core = house.chair(house.oversight), house.chair(house.core)
    other = a_partner(house.ruth, house.rooms, f"Court {uuid4()}", "COURTS", agency_id=an_agency().pk)
    send(judge, f"{house.rooms}guidance/new/", title="Ask first", body_id=house.oversight.pk, text="Ask her first.")
    version = GuidanceVersion.objects.get(guidance__title="Ask first", collaborative_id=house.partner.collaborative_id)
    send(judge, f"{house.rooms}guidance/version/{version.pk}/comments/", version="1", until=(clock.today() + timedelta(days=1)).isoformat())
    a_day_passes(version)
    send(judge, f"{house.rooms}guidance/version/{version.pk}/issue/", version="2", partners=[house.partner.pk, other.pk])
    page = text_of(core.get(house.rooms))
    assert "Guidance and pilots that wait" in page
    assert "Ask first" in page
    place = send(judge, f"{house.rooms}bodies/{house.oversight.pk}/meetings/new/", **in_an_hour(), **WHERE)
    judge.post(f"{place}step/", {"does": "build"})
    titles = list(AgendaItem.objects.filter(meeting_id=place.rstrip("/").rsplit("/", 1)[1]).values_list("title", flat=True))
    assert "2 have not acknowledged: Ask first" in titles
