"""A team walks the system and sees where families are lost, says at which stage it works, and reviews its practices."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories.figures import a_snapshot, figure
from tests.requirements.conftest import SignIn, text_of
from tests.requirements.surveys_steps import Place, a_place, days
from tests.requirements.test_structure_rows import day, send

from careloom.infra import clock
from careloom.surveys.models import Rhythm, StageReading, Walk, WalkStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(sign_in: SignIn) -> Place:
    return a_place(sign_in)


@pytest.mark.requirement("R-214")
def test_a_walk_shows_where_families_are_lost_and_hides_small_counts(place: Place) -> None:
    where = send(
        place.browser, f"{place.rooms}walks/new/", title="From notice to help", scope="Infants with a plan", sponsor_id=place.hub.pk,
        groups="Pine, Harbor", root_cause="The phone rings in the wrong office.", **day("walked_on"),
    )  # fmt: skip
    facts = (
        ("Notified", 120, 80, 40, ""),
        ("With a plan", 96, 60, 36, ""),
        ("Referred", 70, 40, 30, "Nobody knows whom to call."),
        ("Enrolled", 8, 4, 4, ""),
    )
    for place_no, (name, count, pine, harbor, barrier) in enumerate(facts, 1):
        send(
            place.browser, f"{where}steps/new/", name=name, place=str(place_no), count=str(count), group_0=str(pine), group_1=str(harbor),
            barrier=barrier, barrier_kind="COMMUNICATION" if barrier else "", who="The hub",
        )  # fmt: skip
    last = WalkStep.objects.get(name="Enrolled")
    assert last.small
    assert last.count is None  # eight is not even kept
    assert last.by_group == {}
    page = text_of(place.browser.get(where))
    assert "Most are lost between With a plan and Referred: 27 of 100 do not arrive." in page
    assert "cl-funnel" in page
    assert "73 of 100 went on, between 63 and 81" in page
    assert "Hidden" in page.split("cl-funnel")[1]
    groups = page.split("By group")[1].split("</section>")[0]
    assert ">80<" in groups
    send(
        place.browser,
        f"{place.room}actions/walk/{Walk.objects.get().pk}/",
        what="One list of whom to call",
        owner_id=place.hub.pk,
        **days("due_on", 30),
    )
    assert "One list of whom to call" in text_of(place.browser.get(where))
    assert place.browser.post(f"{where}steps/{last.pk}/drop/").status_code == 302
    assert "Enrolled" not in text_of(place.browser.get(where))


@pytest.mark.requirement("R-214")
def test_a_walk_takes_its_counts_from_the_published_numbers(place: Place) -> None:
    snapshot = a_snapshot()
    for code, met in (("CAPTA_A", 240), ("POSC", 180), ("CASCADE_STARTED", 41)):
        figure(snapshot, code, "2024", (met, 240))
    figure(snapshot, "CASCADE_KEPT90", "2024", (12, 41), hidden="PROTECTS_PEOPLE")
    where = send(
        place.browser, f"{place.rooms}walks/new/", title="A year of the state", scope="All", sponsor_id=place.hub.pk, year="2024", **day("walked_on"),
    )  # fmt: skip
    for number, source in enumerate(("IDENTIFIED", "WITH_PLAN", "STARTED", "KEPT90"), 1):
        send(place.browser, f"{where}steps/new/", name=f"Step {number}", place=str(number), source=source)
    page = text_of(place.browser.get(where))
    for words in ("240", "180", "41", "Infants whose family a service began with, as the state counts them", "Hidden"):
        assert words in page, words
    assert "Most are lost between Step 2 and Step 3: 77 of 100 do not arrive." in page


@pytest.mark.requirement("R-062", "R-063")
def test_the_stage_rests_on_evidence_and_may_fall_back(place: Place) -> None:
    new = f"{place.rooms}stage/new/"
    form = text_of(place.browser.get(new))
    assert "The directory: 2 partners" in form
    first = {f"paper_{code}": f"Paper {code}" for code in ("GLOSSARY", "ATTENDANCE")} | {"record_DIRECTORY": f"PARTNERS:{place.hub.collaborative_id}"}
    second = {f"paper_{code}": f"Paper {code}" for code in ("CHARTER", "JOINT_PILOT", "CO_LOCATED")}
    words = {"why": "We meet and we have a pilot.", "next_steps": "A data agreement."}
    send(place.browser, new, **first, **second, **words)
    page = text_of(place.browser.get(f"{place.rooms}stage/"))
    assert "Joint projects since" in page
    assert "Paper GLOSSARY" in page
    assert "A data agreement." in page
    fallen = {"request_key": "back", "version": "0", **first, "why": "The pilot ended.", "next_steps": "Begin again."}
    refused = place.browser.post(new, fallen)
    assert refused.status_code == 422
    assert "The stage is lower than before." in refused.content.decode()
    send(place.browser, new, **first, why="The pilot ended.", next_steps="Begin again.", moved_back="The grant was not renewed.")
    assert list(StageReading.objects.order_by("made_at").values_list("stage", flat=True)) == [2, 1]
    page = text_of(place.hers.get(f"{place.rooms}stage/"))
    assert "The grant was not renewed." in page
    assert "it had moved back to: exchanging information" in page
    assert "cl-stairs" in page
    send(place.hers, new, **first, **words, partner_id=place.hub.pk, other_id=place.court.pk)
    assert "Between two partners" in text_of(place.browser.get(f"{place.rooms}stage/"))
    pair = text_of(place.browser.get(f"{place.rooms}stage/?partner={place.court.pk}&other={place.hub.pk}"))
    assert "Exchanging information since" in pair


@pytest.mark.requirement("R-217")
def test_practices_are_reviewed_again_and_what_does_not_fit_is_acted_on(place: Place) -> None:
    send(place.browser, f"{place.room}rhythm/", kind="REVIEW", every_months="6", **days("next_on", 10))
    assert "Practice alignment review" in text_of(place.browser.get(place.room)).split("To look at again")[1]
    facts = {
        "practice_0": "We test all mothers",
        "goal_0": "The same for each family",
        "fits_0": "NO",
        "shows_0": "Two hospitals test twice as often",
    }
    wrong = place.browser.post(
        f"{place.rooms}practices/new/", {"request_key": "w", "version": "0", "practice_0": "x", **day("reviewed_on"), **days("next_on", 180)}
    )
    assert wrong.status_code == 422
    send(place.browser, f"{place.rooms}practices/new/", **facts, finding_0="One rule is missing", **day("reviewed_on"), **days("next_on", 180))
    page = text_of(place.hers.get(f"{place.rooms}practices/"))
    assert "Two hospitals test twice as often" in page
    assert "It does not" in page
    assert Rhythm.objects.get(kind="REVIEW").next_on == clock.today() + timedelta(days=180)
    review = page.split("/actions/review/")[1].split("/")[0]
    send(place.hers, f"{place.room}actions/review/{review}/", what="Write one rule", owner_id=place.hub.pk, **days("due_on", 30))
    assert "Write one rule" in text_of(place.browser.get(f"{place.rooms}practices/"))


@pytest.mark.requirement("R-214")
def test_what_stands_in_the_way_goes_up_as_a_barrier(place: Place) -> None:
    where = send(place.browser, f"{place.rooms}walks/new/", title="One walk", scope="All", sponsor_id=place.hub.pk, **day("walked_on"))
    send(place.browser, f"{where}steps/new/", name="Referred", place="1", barrier="Nobody knows whom to call.", barrier_kind="COMMUNICATION")
    page = text_of(place.browser.get(where))
    link = page.split("Send it up as a barrier")[0].rsplit('href="', 1)[1].split('"')[0]
    assert "Nobody knows whom to call." in text_of(place.browser.get(link))
