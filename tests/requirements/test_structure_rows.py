"""A coordinator sets up a collaborative from nothing, through the screens, and the screens say what is missing."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.requirements.conftest import SignIn, text_of

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.partnership import Sector
from careloom.partnership.models import Body, Charter, Collaborative, Partner, Seat, Vision

pytestmark = pytest.mark.django_db


def day(name: str) -> dict[str, str]:
    """Today in the three parts of a date."""
    today = clock.today()
    return {f"{name}_0": str(today.month), f"{name}_1": str(today.day), f"{name}_2": str(today.year), name: today.isoformat()}


@pytest.fixture
def ruth() -> Membership:
    hub = an_agency(kind=AgencyKind.COORDINATION_HUB, name=f"Hub {uuid4()}")
    return a_worker(Role.PARTNERSHIP_COORDINATOR, agency=hub)


@pytest.fixture
def browser(ruth: Membership, sign_in: SignIn) -> Client:
    return sign_in(ruth)


def send(client: Client, path: str, **facts: object) -> str:
    """Send a form; where it leads."""
    answer = client.post(path, {"request_key": uuid4().hex, "version": "0", **facts})
    assert answer.status_code == 302, re.findall(r"usa-error-message[^>]*>(.*?)<", answer.content.decode())
    return answer["Location"]


def begun(client: Client, **facts: object) -> str:
    """The address of a new collaborative."""
    return send(client, "/partnership/new/", name=f"Together {uuid4()}", reach="COUNTY", places="Pine, Harbor", new="1", **day("starts_on"), **facts)


def a_partner(client: Client, rooms: str, name: str, *sectors: str, **facts: object) -> Partner:
    send(client, f"{rooms}partners/new/", name=name, sectors=list(sectors), **day("joined_on"), **facts)
    return Partner.objects.get(name=name)


def a_body(client: Client, rooms: str, name: str, tier: str, **facts: object) -> Body:
    send(client, f"{rooms}bodies/new/", name=name, tier=tier, **day("starts_on"), **facts)
    return Body.objects.get(name=name)


def a_seat(client: Client, rooms: str, body: Body, name: str, partner: Partner, **facts: object) -> Seat:
    send(client, f"{rooms}bodies/{body.pk}/seats/new/", name=name, partner_id=partner.pk, **({"office": "MEMBER"} | day("starts_on") | facts))
    return Seat.objects.get(name=name)


@pytest.mark.requirement("R-001", "R-002", "R-022")
def test_three_tiers_are_set_up_and_what_is_lacking_shows(browser: Client) -> None:
    rooms = begun(browser)
    page = text_of(browser.get(rooms))
    assert "The structure is incomplete." in page
    assert "No oversight committee yet." in page
    court = a_partner(browser, rooms, f"Court {uuid4()}", "COURTS")
    refused = browser.post(f"{rooms}bodies/new/", {"request_key": "k", "version": "0", "name": "Oversight", "tier": "OVERSIGHT", **day("starts_on")})
    assert refused.status_code == 422
    assert "Say what convenes the oversight committee" in refused.content.decode()
    assert not Body.objects.filter(name="Oversight").exists()
    oversight = a_body(
        browser,
        rooms,
        f"Oversight {uuid4()}",
        "OVERSIGHT",
        lead_id=court.pk,
        convened_by="Executive Order 12",
        reports_to="The governor",
        stood_before="on",
    )
    a_body(browser, rooms, f"Core {uuid4()}", "CORE")
    a_body(browser, rooms, f"Rides {uuid4()}", "WORK_GROUP")
    page = text_of(browser.get(rooms))
    assert "The structure is incomplete." not in page
    page = text_of(browser.get(f"{rooms}bodies/{oversight.pk}/"))
    assert "Executive Order 12" in page
    assert "The governor" in page


@pytest.mark.requirement("R-003", "R-018", "R-019", "R-033", "R-035")
def test_who_is_missing_is_said_for_each_body(browser: Client) -> None:
    rooms = begun(browser)
    hospital = a_partner(browser, rooms, f"Hospital {uuid4()}", "HOSPITALS")
    families = a_partner(browser, rooms, f"Families {uuid4()}", "FAMILIES")
    oversight = a_body(browser, rooms, f"Oversight {uuid4()}", "OVERSIGHT", lead_id=hospital.pk, convened_by="A charter", reports_to="The governor")
    core, group = a_body(browser, rooms, f"Core {uuid4()}", "CORE"), a_body(browser, rooms, f"Group {uuid4()}", "WORK_GROUP")
    a_seat(browser, rooms, core, "Ada Reed", hospital, level="MANAGER", authority="POLICY_AND_MONEY")
    page = text_of(browser.get(f"{rooms}missing/"))
    assert "One partner of the core team has no key decision maker on oversight:" in page
    assert "Nobody knows budgets and financing." in page
    assert "No family member on: Work group." in page
    assert f"Missing on {group.name}:" in page
    lacking = text_of(browser.get(f"{rooms}bodies/{core.pk}/"))
    assert "Courts" in lacking
    a_seat(browser, rooms, oversight, "Bo Lane", hospital, decides="on", authority="DIRECTS_RESOURCES")
    a_seat(browser, rooms, core, "Cy Moss", hospital, money="on")
    for body, name in ((oversight, "Di Nash"), (core, "Ed Oak"), (group, "Fay Pine")):
        a_seat(browser, rooms, body, name, families, lived=["CHILD_WELFARE", "TREATMENT"], supports=["STIPEND", "CHILD_CARE"])
    page = text_of(browser.get(f"{rooms}missing/"))
    assert "no key decision maker" not in page
    assert "Nobody knows budgets" not in page
    assert "No family member on" not in page
    assert "Made possible by: Stipend, Child care" in text_of(browser.get(f"{rooms}bodies/{group.pk}/"))


@pytest.mark.requirement("R-017", "R-009", "R-010", "R-040")
def test_a_partner_is_of_at_least_one_kind_and_its_services_count(browser: Client) -> None:
    rooms = begun(browser)
    refused = browser.post(f"{rooms}partners/new/", {"request_key": "k", "version": "0", "name": "Rides for all", **day("joined_on")})
    assert refused.status_code == 422
    assert not Partner.objects.filter(name="Rides for all").exists()
    core = a_body(browser, rooms, f"Core {uuid4()}", "CORE")
    rides = a_partner(
        browser, rooms, f"Rides {uuid4()}", "ABUSE_PREVENTION", kinds=["TRANSPORTATION"], streams=["PREVENTION"], brings="Two vans and a driver"
    )
    a_seat(browser, rooms, core, "Gus Quill", rides)
    assert "Two vans and a driver" in text_of(browser.get(f"{rooms}partners/"))
    page = text_of(browser.get(f"{rooms}missing/"))
    services = re.search(r"Services that nobody here gives:(.*?)See the partners", page)
    assert services is not None
    assert "Maternal and infant health care" in services[1]
    assert "Prevention" not in services[1]
    nobody = re.search(r"Nobody speaks for:(.*?)Add a partner", page)
    assert nobody is not None
    assert "Housing" in nobody[1]
    assert "Transportation" not in nobody[1]
    assert re.search(rf">Transportation</th>\s*<td>\s*{rides.name}", page)


@pytest.mark.requirement("R-030", "R-041", "R-020", "R-080")
def test_authority_level_and_the_line_to_the_leader_are_kept(browser: Client) -> None:
    rooms = begun(browser)
    county = a_partner(browser, rooms, f"County {uuid4()}", "CHILD_WELFARE")
    oversight = a_body(browser, rooms, f"Oversight {uuid4()}", "OVERSIGHT", lead_id=county.pk, convened_by="A statute", reports_to="The governor")
    a_seat(
        browser, rooms, oversight, "Hal Rook", county, level="FRONT_LINE", authority="ON_THE_GROUND", line_to="Director Vale",
        line_how="by a memo", line_days="5", needs_authority="To name staff time",
    )  # fmt: skip
    page = text_of(browser.get(f"{rooms}missing/"))
    assert "What they may decide is not what this tier decides: Hal Rook." in page
    assert county.name in page
    page = text_of(browser.get(f"{rooms}bodies/{oversight.pk}/"))
    assert "Line of decisions: Director Vale (by a memo), 5 business days" in page
    assert "Would have to be allowed: To name staff time" in page


@pytest.mark.requirement("R-031", "R-004", "R-068")
def test_what_is_adopted_keeps_its_versions(browser: Client) -> None:
    rooms = begun(browser)
    core = a_body(browser, rooms, f"Core {uuid4()}", "CORE")
    charter = f"{rooms}bodies/{core.pk}/charter/"
    refused = browser.post(
        charter, {"request_key": "k", "version": "0", "processes": "", "roles": "The hub writes.", "rule": "CONSENSUS", **day("adopted_on")}
    )
    assert refused.status_code == 422
    send(browser, charter, processes="We meet monthly.", roles="The hub writes.", rule="RESERVATIONS", **day("adopted_on"))
    stale = browser.post(
        charter, {"request_key": uuid4().hex, "version": "0", "processes": "Other words.", "roles": "All.", "rule": "VOTE", **day("adopted_on")}
    )
    assert stale.status_code == 422
    assert "Somebody changed this meanwhile" in stale.content.decode()
    assert "Other words." in stale.content.decode()
    send(browser, charter, version="1", processes="We meet twice a month.", roles="The hub writes.", rule="CONSENSUS", **day("adopted_on"))
    assert list(Charter.objects.filter(body=core).order_by("version").values_list("version", "rule")) == [(1, "RESERVATIONS"), (2, "CONSENSUS")]
    words = {"mission": "Families stay together.", "vision": "Every plan is read.", "principles": "Nothing without her.", **day("adopted_on")}
    review = {"review_on": f"{clock.today().year + 1}-01-15"}
    no_equity = browser.post(f"{rooms}vision/", {"request_key": "k", "version": "0", "equity": "", **words, **review})
    assert no_equity.status_code == 422
    assert Vision.objects.count() == 0
    send(browser, f"{rooms}vision/", equity="The same access for all.", **words, **review)
    assert "Families stay together." in text_of(browser.get(rooms))


@pytest.mark.requirement("R-043")
def test_a_member_says_why_she_takes_part(browser: Client, sign_in: SignIn) -> None:
    rooms = begun(browser)
    agency = an_agency(name=f"Hospital {uuid4()}")
    renee = a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=agency)
    stranger = sign_in(a_worker(Role.HOSPITAL_SOCIAL_WORKER))
    assert stranger.get(rooms).status_code == 404
    partner = a_partner(browser, rooms, f"Hospital {uuid4()}", "HOSPITALS", agency_id=agency.pk)
    core = a_body(browser, rooms, f"Core {uuid4()}", "CORE")
    seat = a_seat(browser, rooms, core, "Renee", partner, worker_id=renee.worker_id)
    hers = sign_in(renee)
    assert "Your seats" in text_of(hers.get(rooms))
    send(hers, f"{rooms}seats/{seat.pk}/commit/", words="So that no mother waits alone.")
    assert "So that no mother waits alone." in text_of(hers.get(f"{rooms}bodies/{core.pk}/"))
    assert browser.get(f"{rooms}seats/{seat.pk}/commit/").status_code == 404  # nobody says it for her
    assert hers.get(f"{rooms}partners/new/").status_code == 404  # a member does not run the collaborative
    assert stranger.post(f"{rooms}seats/{seat.pk}/commit/", {"words": "x"}).status_code == 404


def test_a_form_that_is_sent_twice_makes_one(browser: Client) -> None:
    facts = {"request_key": "once", "version": "0", "name": f"Once {uuid4()}", "reach": "STATE", "places": "", "new": "0", **day("starts_on")}
    first, second = browser.post("/partnership/new/", facts), browser.post("/partnership/new/", facts)
    assert first["Location"] == second["Location"]
    assert Collaborative.objects.filter(name=facts["name"]).count() == 1
    rooms = first["Location"]
    partner = {"request_key": "p", "version": "0", "name": "One", "sectors": [Sector.COURTS.value], **day("joined_on")}
    for _again in range(2):
        assert browser.post(f"{rooms}partners/new/", partner).status_code == 302
    assert Partner.objects.filter(name="One").count() == 1
