"""What changes rest on and what is learned from them: law, practices, strategies, stories, help and priorities."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.requirements.changing import House, drafted, proposed
from tests.requirements.conftest import SignIn, text_of
from tests.requirements.knowing import on, refused
from tests.requirements.test_structure_rows import send

from careloom.changes.models import Assistance, KnownStrategy, Lesson, Practice, Proposal, Statute, Strategy
from careloom.infra import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(sign_in: SignIn) -> House:
    return House(sign_in)


@pytest.mark.requirement("R-012")
def test_a_practice_is_traced_up_to_the_law(house: House) -> None:
    today = clock.today()
    send(
        house.lead,
        house.at("changes/law/new/"),
        citation="State Code 12-3",
        kind="STATE",
        says="A plan for each affected infant.",
        **on("looked_on", today),
    )
    send(
        house.manager,
        house.at("proposals/new/"),
        title="One release for all",
        kind="POLICY",
        body_id=house.core.pk,
        now="Five.",
        new="One.",
        why="She signs once.",
    )
    version = drafted(house, house.manager, "Ask before you test")
    pilot = proposed(house)
    send(house.lead, house.at("changes/practices/new/"), title="The nurse books the ride", what="At noon.", **on("adopted_on", today))
    law, policy = Statute.objects.get(collaborative=house.collaborative), Proposal.objects.get(collaborative=house.collaborative)
    practice = Practice.objects.get(collaborative=house.collaborative)
    assert "Rests on nothing yet" in house.page(house.lead, "trace/")
    chain = [
        (f"PRACTICE:{practice.pk}", f"PILOT:{pilot.pk}"), (f"PILOT:{pilot.pk}", f"PROTOCOL:{version.guidance_id}"),
        (f"PROTOCOL:{version.guidance_id}", f"POLICY:{policy.pk}"), (f"POLICY:{policy.pk}", f"LAW:{law.pk}"),
    ]  # fmt: skip
    for lower, upper in chain:
        send(house.lead, house.at(f"trace/link/?of={lower}"), uppers=[upper])
    assert house.lead.get(house.at(f"trace/link/?of=LAW:{law.pk}")).status_code == 404  # nothing stands above the law
    refused(house.lead, house.at(f"trace/link/?of=POLICY:{policy.pk}"), uppers=[f"PILOT:{pilot.pk}"])
    page = text_of(house.member.get(house.at("trace/")))
    assert page.count('class="h-curve"') == 4
    row = page.partition("<tbody>")[2].partition("</tr>")[0]
    for words in ("The nurse books the ride", "State Code 12-3", "One release for all", "Ask before you test", "A ride booked at discharge"):
        assert words in row
    assert house.member.get(house.at(f"trace/link/?of=PILOT:{pilot.pk}")).status_code == 404
    assert house.stranger.get(house.at("trace/")).status_code == 404


@pytest.mark.requirement("R-007", "R-064", "R-077")
def test_a_strategy_has_an_owner_outcomes_and_an_evaluation_and_comes_from_the_library(house: House) -> None:
    library = house.at("changes/library/")
    refused(house.manager, f"{library}new/", name="Eat, sleep, console", what="In the room first.", source="NEJM", populations=["INFANT"])
    send(
        house.manager, f"{library}new/", name="Eat, sleep, console", what="In the room first.", evidence="BASED", source="NEJM 2023",
        populations=["INFANT", "FAMILY"], systems=["HOSPITALS"],
    )  # fmt: skip
    page = house.page(house.member, "changes/library/")
    for words in ("Evidence-based", "NEJM 2023", "Infants, Families", "Hospitals"):
        assert words in page
    known, strategies = KnownStrategy.objects.get(collaborative=house.collaborative), house.at("changes/strategies/")
    facts = {
        "title": "One release", "what": "One form.", "does": "CREATE", "tier": "CORE", "owner_id": house.partners[0].pk, "stage": "UNDER_WAY",
        "outcomes": "Fewer forms, Faster answers", "known_id": known.pk, "marks": ["UNIVERSAL_PROTOCOL", "SYSTEM_CHANGE"],
    }  # fmt: skip
    assert house.lead.get(f"{strategies}new/").status_code == 404  # the core team's
    send(house.manager, f"{strategies}new/", **facts)
    row = Strategy.objects.get(collaborative=house.collaborative)
    assert "Write what the evaluation found." in refused(house.manager, f"{strategies}{row.pk}/", **facts | {"version": "1", "stage": "EVALUATED"})
    send(
        house.manager,
        f"{strategies}{row.pk}/",
        **facts | {"stage": "EVALUATED", "result": "Half as many."},
        version=1,
        **on("evaluated_on", clock.today()),
    )
    page = house.page(house.member, "changes/strategies/")
    for words in ("Half as many.", "Evaluated", "Fewer forms, Faster answers", house.partners[0].name, "Eat, sleep, console (Evidence-based)"):
        assert words in page
    assert "Rule change: universal protocol" in page
    assert "System change: it stays, and applies beyond grant clients" in page
    assert house.stranger.get(strategies).status_code == 404


@pytest.mark.requirement("R-081")
def test_a_marker_is_adopted_only_with_what_families_said(house: House) -> None:
    at, today = house.at("changes/practices/"), clock.today()
    facts = {"title": "She says who reads", "what": "Nobody else reads it.", "marker": "on"}
    assert "adopted when families were asked" in refused(house.lead, f"{at}new/", **facts, **on("adopted_on", today))
    send(house.lead, f"{at}new/", **facts)
    row = Practice.objects.get(collaborative=house.collaborative)
    assert "Families have not been asked yet." in house.page(house.member, "changes/practices/")
    asked = {"family_how": "Two evenings.", "family_said": "They want a list."}
    late = on("family_on", today) | on("adopted_on", today - timedelta(days=3))
    assert "adopted when families were asked" in refused(house.lead, f"{at}{row.pk}/", **facts, **asked, **late | {"version": "1"})
    send(house.lead, f"{at}{row.pk}/", version=1, **facts, **asked, **on("family_on", today), **on("adopted_on", today))
    assert "They want a list." in house.page(house.member, "changes/practices/")
    row.refresh_from_db()
    assert row.adopted_on == today


@pytest.mark.requirement("R-222")
def test_a_story_is_shared_found_by_its_tag_and_taken_up_elsewhere(house: House, sign_in: SignIn) -> None:
    at = house.at("changes/stories/")
    facts = {
        "title": "Saturdays",
        "words": "A social worker on Saturdays.",
        "place": "St. Agnes",
        "worked": "1",
        "learned": "Plans are finished.",
        "tags": "Weekend",
    }
    send(house.member, f"{at}new/", **facts)
    row = Lesson.objects.get(collaborative=house.collaborative)
    other = House(sign_in)
    assert "Saturdays" not in other.page(other.member, "changes/stories/")
    assert other.lead.get(other.at(f"changes/stories/{row.pk}/take/")).status_code == 404
    assert house.member.post(f"{at}{row.pk}/take/", {"request_key": "k", "version": "0", "words": "x"}).status_code == 404
    send(house.member, f"{at}{row.pk}/", **facts, version=1, shared="on")  # who told it changes it
    assert "Saturdays" in other.page(other.member, "changes/stories/?tag=weekend")
    send(other.lead, other.at(f"changes/stories/{row.pk}/take/"), words="Sundays here.")
    assert "Sundays here." in other.page(other.member, "changes/stories/")
    page = house.page(house.member, "changes/stories/")
    assert other.collaborative.name in page
    assert other.lead.get(other.at(f"changes/stories/{row.pk}/")).status_code == 404  # nobody changes another's story
    assert house.stranger.get(at).status_code == 404


@pytest.mark.requirement("R-230")
def test_help_is_asked_for_answered_and_followed(house: House) -> None:
    at, today = house.at("changes/help/"), clock.today()
    facts = {"title": "Part 2", "asks": "Which units?", "of": "The national center", **on("asked_on", today)}
    assert "together with its day" in refused(house.manager, f"{at}new/", **facts, answer="All.")
    send(house.manager, f"{at}new/", **facts)
    row = Assistance.objects.get(collaborative=house.collaborative)
    answered = {"answer": "Those that hold themselves out.", **on("answered_on", today)}
    assert "Say what follows, and who does it." in refused(
        house.manager, f"{at}{row.pk}/", **facts, **answered, version="1", follows="Look at signs."
    )
    send(
        house.manager,
        f"{at}{row.pk}/",
        **facts,
        **answered,
        version=1,
        follows="Look at signs.",
        follows_who="Helena Albright",
        **on("done_on", today),
    )
    page = house.page(house.member, "changes/help/")
    for words in ("The national center", "Those that hold themselves out.", "Look at signs. (Helena Albright)", "Done"):
        assert words in page
    assert house.stranger.get(at).status_code == 404


@pytest.mark.requirement("R-089")
def test_oversight_decides_a_course_for_each_indicator_beside_the_data(house: House) -> None:
    at, today = house.at("changes/priorities/"), clock.today()
    page = house.page(house.member, "changes/priorities/")
    assert "Not decided yet: Infants notified, Infants with a plan of safe care, Infants with a referral." in page
    assert house.manager.get(f"{at}new/").status_code == 404
    facts = {
        "indicator": "CAPTA_B", "course": "FIX", "why": "Written too late.", "owner_id": house.partners[2].pk, "body_id": house.oversight.pk,
        **on("decided_on", today), **on("review_on", today + timedelta(days=90)),
    }  # fmt: skip
    assert "Say how it is fixed or spread." in refused(house.chair, f"{at}new/", **facts)
    send(house.chair, f"{at}new/", **facts, plan="A day before discharge.")
    page = house.page(house.member, "changes/priorities/")
    for words in ("Fix it", "Written too late.", "A day before discharge.", f"{house.partners[2].name} answers for it."):
        assert words in page
    assert "Not decided yet: Infants notified, Infants with a referral." in page
    assert house.stranger.get(at).status_code == 404


def test_the_definition_and_the_six_answers_keep_their_versions(house: House) -> None:
    today = clock.today()
    meant = {
        "text": "An infant who was exposed.",
        "covers": ["WITHDRAWAL"],
        "citation": "State Code 12-3",
        "body_id": house.core.pk,
        **on("adopted_on", today),
    }
    at = house.at("changes/law/definition/new/")
    assert house.lead.get(at).status_code == 404
    send(house.manager, at, **meant)
    send(house.manager, at, **meant | {"text": "An infant with signs."}, version=1, changed="Signs only.")
    assert "Somebody changed this meanwhile" in refused(house.manager, at, **meant, version="1")
    page = house.page(house.member, "changes/law/")
    assert page.index("An infant with signs.") < page.index("An infant who was exposed.")
    ask = house.at("changes/questions/answer/?question=PRENATAL&place=Pine")
    facts = {
        "question": "PRENATAL", "place": "Pine", "answer": "From the first visit.", "rationale": "Trust.", "approved_by": "The core team",
        **on("answered_on", today),
    }  # fmt: skip
    assert "0 of 12 are answered." in house.page(house.member, "changes/questions/")
    send(house.lead, ask, **facts, choice="NO")
    send(house.lead, ask, **facts, choice="YES", version=1)
    page = house.page(house.member, "changes/questions/")
    assert "1 of 12 are answered." in page
    assert "Approved by The core team" in page
    assert "Before: No" in page
