"""A partnership says what it aims at, how it knows, and what comes of it: goals, crosswalk, measures, savings, purposes, data points."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.factories.figures import a_snapshot, figure, figures
from tests.requirements.changing import House
from tests.requirements.conftest import SignIn
from tests.requirements.knowing import on, read, refused
from tests.requirements.meeting_group import Group
from tests.requirements.test_inventory_rows import line
from tests.requirements.test_structure_rows import send

from careloom.agencies.roles import Role
from careloom.aims.models import Aim, Desire, Look, Proposal
from careloom.infra import clock
from careloom.kernel.agency_kinds import AgencyKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(sign_in: SignIn) -> House:
    return House(sign_in)


def told(house: House, **facts: object) -> dict[str, object]:
    today = clock.today()
    return {
        "outcome": "Babies grow up at home", "success": "More infants at home on their first birthday.", "indicator": "RH12", "goal": "UP",
        "baseline": "84", "baseline_period": "2024", "baseline_source": "Placement records", "target": "90",
        **on("target_by", today + timedelta(days=700)), "owner_id": house.partners[0].pk, "owner_name": "Delia Quinn",
        "body_id": house.core.pk, **on("agreed_on", today), **on("review_on", today + timedelta(days=90)),
    } | facts  # fmt: skip


def an_aim(house: House, client: Client | None = None, **facts: object) -> Aim:
    page = send(client or house.manager, house.at("aims/new/"), **told(house, **facts))
    return Aim.objects.get(pk=page.strip("/").rpartition("/")[2])


def row_of(house: House, path: str, *words: str) -> str:
    """The row of a table on a page, with its marks."""
    return unescape(line(house.member.get(house.at(path)).content.decode(), *words))


@pytest.mark.requirement("R-082")
def test_an_outcome_has_success_measure_baseline_target_owner_and_next_look(house: House) -> None:
    at = house.at("aims/new/")
    assert house.member.get(at).status_code == 404  # a partner's worker without a seat reads
    assert "Give all three or none." in refused(house.manager, at, **told(house, baseline_source=""))
    assert "Give both or none." in refused(house.manager, at, **told(house, target=""))
    assert "wrong side of the baseline" in refused(house.manager, at, **told(house, target="80"))
    assert "A share lies between 0 and 100" in refused(house.manager, at, **told(house, target="101", baseline="101"))
    assert "could tell of a family" in refused(house.manager, at, **told(house, indicator="REUNIFIED", baseline="7", target="40"))
    assert "and not both" in refused(house.manager, at, **told(house, indicator=""))
    aim = an_aim(house, candidates=["RH6", "CARE_DAYS"])
    page = house.page(house.member, f"aims/{aim.pk}/")
    for words in (
        "More infants at home on their first birthday.", "At home with a parent at twelve months", "84 of 100 infants, 2024", "Placement records",
        "90 of 100 infants by", "Delia Quinn", house.core.name, "At home with a parent at six months", "More is better",
        "Infants notified in the period",
    ):  # fmt: skip
        assert words in page, words
    assert "Not final yet" not in page  # the manager is an officer of the core team
    facts = {"seen": "It moves in Pine.", "value": "86", "period": "2025", "source": "Records", "follows": "Harbor joins."}
    send(house.manager, house.at(f"aims/{aim.pk}/look/"), **facts, **on("on", clock.today()), **on("next_on", clock.today() + timedelta(days=30)))
    page = house.page(house.member, f"aims/{aim.pk}/")
    for words in ("It moves in Pine.", "86 of 100 infants, 2025. Records", "What follows: Harbor joins."):
        assert words in page
    assert Aim.objects.get().review_on == clock.today() + timedelta(days=30)
    assert house.stranger.get(house.at(f"aims/{aim.pk}/")).status_code == 404


@pytest.mark.requirement("R-091")
def test_goals_baselines_and_results_stand_in_one_line(house: House) -> None:
    assert "No shared outcome yet." in house.page(house.member, "aims/")
    aim = an_aim(house, house.browser)  # who runs it holds no office in the core team
    row = row_of(house, "aims/", "Babies grow up at home")
    for words in ("84 of 100 infants, 2024", "No figure yet, or too few to show.", "90 of 100 infants by", "Not final yet"):
        assert words in row
    body = house.at(f"bodies/{house.core.pk}/confirm/")
    noted = re.search(r'name="noted_id" value="([0-9a-f-]+)"', house.manager.get(house.at(f"bodies/{house.core.pk}/")).content.decode())
    assert noted
    assert house.manager.post(body, {"noted_id": noted[1]}).status_code == 302
    assert "Not final yet" not in row_of(house, "aims/", "Babies grow up at home")
    snapshot = a_snapshot()
    figures(snapshot, "RH12", {"2023": (850, 1000), "2024": (880, 1000)})
    figure(snapshot, "RH12", "2025", (400, 600), unripe=400)  # the year is over, and its infants are not a year old yet
    row = row_of(house, "aims/", "Babies grow up at home")
    for words in ("84 of 100 infants, 2024", "88.0 of 100 infants, 2024", "Between 85.8 and 89.9, as far as chance goes.", "90 of 100 infants by"):
        assert words in row
    hidden = a_snapshot()
    figure(hidden, "RH12", "2024", (880, 1000), hidden="PROTECTS_PEOPLE")
    assert "No figure yet, or too few to show." in row_of(house, "aims/", "Babies grow up at home")
    ends = house.at(f"aims/end/aim/{aim.pk}/")
    assert house.member.get(ends).status_code == 404
    send(house.manager, ends, version=1, **on("on", clock.today()))
    assert "Babies grow up at home" not in house.page(house.member, "aims/")
    assert "Ended" in house.page(house.member, f"aims/{aim.pk}/")


@pytest.mark.requirement("R-062", "R-091")
def test_an_outcome_that_is_surely_better_shows_a_stage_and_a_lucky_year_does_not(house: House) -> None:
    aim, snapshot = an_aim(house), a_snapshot()
    figure(snapshot, "RH12", "2024", (850, 1000))  # between 82.7 and 87.1: it was 84 of 100 at the beginning
    asked = house.page(house.manager, "stage/new/")
    assert "The numbers that all partners read, counted" in asked
    assert "Babies grow up at home: " not in asked
    figure(a_snapshot(), "RH12", "2024", (880, 1000))
    words = "Babies grow up at home: 88.0 of 100 infants in 2024, 84 of 100 infants at the beginning"
    assert words in house.page(house.manager, "stage/new/")
    records = {"record_BETTER_OUTCOMES": f"AIM:{aim.pk}", "record_SHARED_DATA": f"NUMBERS:{aim.collaborative_id}"}
    send(house.manager, house.at("stage/new/"), **records, why="The figures moved.", next_steps="Keep on.")
    page = house.member.get(house.at("stage/")).content.decode()
    assert words in page
    assert f'href="{house.at(f"aims/{aim.pk}/")}"' in page
    figure(a_snapshot(), "RH12", "2024", (880, 1000), hidden="PROTECTS_PEOPLE")
    assert "Babies grow up at home: " not in house.page(house.manager, "stage/new/")  # what is hidden shows nothing


@pytest.mark.requirement("R-089")
def test_oversight_puts_an_outcome_first_for_a_year(house: House) -> None:
    aim, year = an_aim(house), clock.today().year
    at = house.at(f"aims/{aim.pk}/first/")
    assert house.manager.get(at).status_code == 404  # she is no officer of oversight
    facts = {"year": year, "body_id": house.oversight.pk, "why": "Mothers fear this most."}
    assert "from this one to five years on" in refused(house.chair, at, **facts | {"year": year - 1})
    send(house.chair, at, **facts)
    assert "It comes first in that year already." in refused(house.chair, at, **facts)
    assert f"First in {year}" in row_of(house, "aims/", "Babies grow up at home")
    assert "Mothers fear this most." in house.page(house.member, f"aims/{aim.pk}/")


@pytest.mark.requirement("R-089", "R-091")
def test_what_oversight_decides_about_any_indicator_stands_beside_its_figure(house: House) -> None:
    today = clock.today()
    facts = {
        "indicator": "RH12", "course": "FIX", "why": "Harbor stands still.", "plan": "Harbor’s liaison sits with the birth group.",
        "owner_id": house.partners[2].pk, "body_id": house.oversight.pk, **on("decided_on", today), **on("review_on", today + timedelta(days=90)),
    }  # fmt: skip
    send(house.chair, house.at("changes/priorities/new/"), **facts)
    assert "At home with a parent at twelve months" in house.page(house.member, "changes/priorities/")
    an_aim(house)
    figures(a_snapshot(), "RH12", {"2024": (850, 1000), "2025": (880, 1000)})
    page = read(house.browser.get("/numbers/"))
    assert f"Decided: Fix it: Harbor’s liaison sits with the birth group. ({house.partners[2].name})" in page


@pytest.mark.requirement("R-083")
def test_each_agency_says_what_it_wants_and_the_gaps_show(house: House) -> None:
    home, again = an_aim(house), an_aim(house, outcome="No child is hurt again", indicator="S2", goal="DOWN", baseline="9", target="8")
    at = house.at("aims/agencies/")
    own, other = house.partners[3], house.partners[1]
    facts = {"partner_id": own.pk, "words": "Mother and baby go home together.", "measured_by": "Nights", "aims": [str(home.pk)]}
    assert house.member.post(f"{at}new/", {"request_key": "k", "version": "0", **facts | {"partner_id": other.pk}}).status_code == 422
    send(house.member, f"{at}new/", **facts)
    send(house.manager, f"{at}new/", partner_id=other.pk, words="A healthy birth at term.")
    page = read(house.lead.get(at))
    assert f"No agency names it as its own: {again.outcome}." in page
    assert f"{other.name} wants it, and it is no shared outcome yet: A healthy birth at term." in page
    silent = page.split("have not said what they want.")[1].split("No agency")[0]
    assert house.partners[0].name in silent
    assert own.name not in silent
    walk = row_of(house, "aims/agencies/", own.name)
    assert re.findall(r"<td>(.*?)</td>", walk) == ["Mother and baby go home together.", "-"]
    row = Desire.objects.get(partner=own)
    assert house.manager.get(f"{at}{row.pk}/").status_code == 404  # nobody speaks for another agency
    send(house.member, f"{at}{row.pk}/", **facts | {"version": 1, "aims": [str(home.pk), str(again.pk)]})
    assert "No agency names it as its own" not in read(house.lead.get(at))


MEASURE = {
    "name": "Asked before a test", "question": "How many were asked?", "counted": "Mothers who were asked", "among": "Mothers who answer",
    "source": "The circle", "whom": "ADULT", "kind": "SHARE", "goal": "UP", "why": "We count tests only.",
}  # fmt: skip


@pytest.mark.requirement("R-084")
def test_a_measure_is_proposed_tested_and_decided_and_becomes_an_aim(house: House) -> None:
    page = send(house.lead, house.at("aims/measures/new/"), **MEASURE)
    row = Proposal.objects.get()
    assert page == house.at(f"aims/measures/{row.pk}/")
    decide = house.at(f"aims/measures/{row.pk}/decide/")
    yes = {"result": "ADOPTED", "becomes": "AIM", "why": "No other number says it.", "body_id": house.core.pk, **on("decided_on", clock.today())}
    assert "It is not judged on every point yet" in refused(house.manager, decide, **yes)
    for facet, judged in (("valid", "YES"), ("available", "NO"), ("timely", "YES"), ("by-group", "PARTLY")):
        send(house.lead, house.at(f"aims/measures/{row.pk}/judge/{facet}/"), judged=judged, evidence=f"Seen: {facet}")
    assert "Not good enough to decide on" in house.page(house.member, f"aims/measures/{row.pk}/")
    assert "It is not judged on every point yet, or it is not valid or not available." in refused(house.manager, decide, **yes)
    send(house.lead, house.at(f"aims/measures/{row.pk}/judge/available/"), judged="PARTLY", evidence="The circle gives it.")
    assert house.member.get(decide).status_code == 404
    send(house.browser, decide, **yes)  # she holds no office
    page = house.page(house.member, f"aims/measures/{row.pk}/")
    for words in ("Can be used with care", "Accepted", "Not final yet", "The circle gives it.", "Seen: available", "Judged before"):
        assert words in page
    assert house.lead.get(house.at(f"aims/measures/{row.pk}/edit/")).status_code == 404  # decided is decided
    ways = [client.get(house.at(f"aims/measures/{row.pk}/")).content.decode() for client in (house.manager, house.member)]
    assert [f"?proposal={row.pk}" in way for way in ways] == [True, False]  # the core team makes it an aim
    aim = an_aim(house, indicator="", proposal_id=row.pk, outcome="Mothers are asked first", baseline="40", target="80")
    assert "40 of 100, 2024" in row_of(house, "aims/", "Mothers are asked first")
    assert "Asked before a test (proposed)" in house.page(house.member, f"aims/{aim.pk}/")


def test_a_form_sent_twice_makes_one_row_and_an_older_version_loses_nothing(house: House) -> None:
    once = {"request_key": uuid4().hex, "version": "0", **told(house)}
    for _press in range(2):
        assert house.manager.post(house.at("aims/new/"), once).status_code == 302
    aim = Aim.objects.get()
    look = {
        "request_key": uuid4().hex,
        "version": "0",
        "seen": "Once.",
        **on("on", clock.today()),
        **on("next_on", clock.today() + timedelta(days=9)),
    }
    for _press in range(2):
        assert house.manager.post(house.at(f"aims/{aim.pk}/look/"), look).status_code == 302
    assert Look.objects.count() == 1
    aim.refresh_from_db()
    edit = house.at(f"aims/{aim.pk}/edit/")
    send(house.manager, edit, **told(house, version=aim.row_version, target="91"))
    answer = house.browser.post(edit, {"request_key": uuid4().hex, **told(house, version=aim.row_version, outcome="Other words")})
    older = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody changed this meanwhile." in older
    assert "Other words" in older
    assert str(Aim.objects.get().target) == "91.000"


@pytest.mark.requirement("R-082", "R-084")
def test_an_outcome_that_is_due_and_a_measure_that_is_tested_come_on_the_agenda(sign_in: SignIn) -> None:
    group = Group(sign_in(a_worker(Role.PARTNERSHIP_COORDINATOR, agency=an_agency(kind=AgencyKind.COORDINATION_HUB, name=f"Hub {uuid4()}"))))
    today, rooms = clock.today(), f"{group.rooms}aims/"
    facts = {
        "outcome": "Babies grow up at home", "success": "More at home.", "indicator": "RH12", "goal": "UP", "owner_id": group.hospital.pk,
        "owner_name": "Delia Quinn", "body_id": group.body.pk, **on("agreed_on", today), **on("review_on", today + timedelta(days=20)),
    }  # fmt: skip
    send(group.browser, f"{rooms}new/", **facts)
    aim = Aim.objects.get()
    send(group.browser, f"{rooms}measures/new/", **MEASURE)
    row = Proposal.objects.get()
    for facet in ("valid", "available", "timely", "by-group"):
        send(group.browser, f"{rooms}measures/{row.pk}/judge/{facet}/", judged="YES", evidence="Seen.")
    early = group.step(group.a_meeting(), "build")
    titles = set(early.items.values_list("title", flat=True))
    assert "Decide about a measure: Asked before a test" in titles
    assert "Look at: Babies grow up at home" not in titles  # not due by then
    later = group.step(group.a_meeting(hours=24 * 21), "build")
    point = later.items.get(about_id=aim.pk)
    assert (point.title, point.for_families, point.who) == ("Look at: Babies grow up at home", "More at home.", "Delia Quinn")
    assert f'href="{rooms}{aim.pk}/"' in group.browser.get(group.at(later)).content.decode()
