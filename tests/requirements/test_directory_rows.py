"""What a partner says of its services, brought in by its own steward, and what a care coordinator finds by it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.requirements.conftest import saved, text_of
from tests.shared_data import shared_data

from careloom.agencies.roles import Role
from careloom.directory.models import Service
from careloom.kernel.agency_kinds import AgencyKind

pytestmark = pytest.mark.django_db


def entered(role: Role) -> Client:
    client = Client()
    client.force_login(a_worker(role).worker.user)
    return client


def brought_in(data: bytes, *, source: str = "partner") -> None:
    """The file of a partner, checked and then brought in by a directory steward on the screens."""
    steward = entered(Role.DIRECTORY_STEWARD)
    check = steward.post("/import/directory/", {"source": source, "file": SimpleUploadedFile("d.json", data)})
    saved(check)
    saved(steward.post(check.headers["Location"]))


def a_service(name: str, *terms: str, languages: tuple[str, ...] = ("en",)) -> dict[str, Any]:
    """A service of an HSDS 3 file with attributes by these names."""
    key = name.lower().replace(" ", "-")
    return {
        "id": key, "name": name, "status": "active", "description": "Given with care.",
        "languages": [{"id": f"{key}-{code}", "name": {"en": "English", "es": "Spanish"}[code], "code": code} for code in languages],
        "attributes": [
            {"id": f"{key}-{n}", "taxonomy_term": {"id": f"term-{term}", "code": term, "name": term, "taxonomy": "partner"}}
            for n, term in enumerate(terms)
        ],
    }  # fmt: skip


def a_file(*services: dict[str, Any]) -> bytes:
    partner = {"id": "partner", "name": "Practice Partner", "description": "A partner.", "services": list(services)}
    return json.dumps({"contents": [partner]}).encode()


def found(worker: Client, **asked: str) -> tuple[str, dict[str, str]]:
    """The result page, and the address of each service on it by name."""
    page = text_of(worker.get("/directory/", asked))
    links = [part.split("</a>")[0] for part in page.split('<h3><a href="')[1:]]
    return page, {link.split('">')[1]: link.split('">')[0] for link in links}


ATTRIBUTES = {
    "Women only": ("For women", "women_specific"), "Trauma-informed care": ("Trauma-informed", "trauma_informed"),
    "Child care on site": ("Children on site", "children_on_site"), "Tribal program of the Nation": ("Tribal program", ""),
}  # fmt: skip


@pytest.mark.requirement("R-126")
def test_a_partner_says_for_whom_and_how_a_service_works_and_it_is_found_by_that() -> None:
    brought_in(a_file(a_service("Plain House"), a_service("Cedar House", *ATTRIBUTES, languages=("en", "es"))))
    coordinator = entered(Role.CARE_COORDINATOR)
    _, all_of_them = found(coordinator)
    assert set(all_of_them) == {"Plain House", "Cedar House"}
    cedar, plain = (text_of(coordinator.get(all_of_them[name])) for name in ("Cedar House", "Plain House"))
    assert "English, Spanish" in cedar
    assert "Spanish" not in plain.split("<main")[1].split("</main>")[0]
    for shown, wish in ATTRIBUTES.values():
        assert f"<li>{shown}</li>" in cedar
        assert f"<li>{shown}</li>" not in plain
        if wish:
            assert set(found(coordinator, **{wish: "on"})[1]) == {"Cedar House"}
    assert set(found(coordinator, language="es")[1]) == {"Cedar House"}
    assert set(found(coordinator, need="TRIBAL_WELLNESS")[1]) == {"Cedar House"}


FUNDING = {
    "SABG": "Paid by: substance use block grant (SABG)", "Accepts Medicaid": "Takes Medicaid", "EPSDT": "Paid by: EPSDT, for people under 21",
    "Title IV-E (FFPSA)": "Paid by: Title IV-E (Family First)", "Funded by TANF": "Paid by: TANF", "MIECHV": "Paid by: MIECHV",
    "IDEA Part C": "Paid by: IDEA Part C",
}  # fmt: skip


@pytest.mark.requirement("R-131")
def test_a_partner_says_who_pays_for_a_service() -> None:
    brought_in(a_file(*(a_service(f"Service {n}", term) for n, term in enumerate(FUNDING)), a_service("Plain House")))
    coordinator = entered(Role.CARE_COORDINATOR)
    _, links = found(coordinator)
    pages = {name: text_of(coordinator.get(link)) for name, link in links.items()}
    for n, shown in enumerate(FUNDING.values()):
        assert {name for name, page in pages.items() if f"<li>{shown}</li>" in page} == {f"Service {n}"}


TYPES = {
    "BEHAVIORAL_THERAPY": "Therapy for thoughts and habits", "MOTIVATIONAL_COUNSELING": "Talking about what she wants to change",
    "MEDICINE_FOR_RECOVERY": "Medicine and care for recovery", "CASE_MANAGEMENT": "Someone who keeps it all together",
}  # fmt: skip


@pytest.mark.requirement("R-125")
def test_therapy_motivation_medicine_and_case_management_are_kinds_of_service_that_one_finds() -> None:
    """In the national locator's own words: what it calls cognitive behavioral therapy or motivational interviewing is found here by need."""
    brought_in(shared_data("samhsa", "findtreatment_locator_sample.json").read_bytes())
    coordinator = entered(Role.CARE_COORDINATOR)
    everything = found(coordinator)[0]
    for code, words in TYPES.items():
        page, links = found(coordinator, need=code)
        assert links, code
        assert f"Why it is here: {words}." in page
        assert page.split('id="found-title">')[1].split("<")[0] != everything.split('id="found-title">')[1].split("<")[0]
        assert f"<li>{words}</li>" in text_of(coordinator.get(next(iter(links.values()))))


@pytest.mark.requirement("R-036")
def test_a_partners_services_stand_beside_each_other_with_for_whom_who_may_come_room_place_and_payer() -> None:
    baby = a_service("Baby Clinic", "Well child visits", "Accepts Medicaid") | {
        "eligibility_description": "Born at our hospital.", "maximum_age": 3,
        "service_areas": [{"id": "a1", "name": "Pine", "extent_type": "county"}],
        "capacities": [{"id": "c1", "available": 4, "maximum": 9, "unit": {"id": "u1", "name": "place"}}],
    }  # fmt: skip
    mother = a_service("Family House", "Parenting education", "Title IV-E (FFPSA)", "Takes pregnant women") | {
        "eligibility_description": "Any parent.", "service_areas": [{"id": "a2", "name": "Harbor", "extent_type": "county"}],
        "capacities": [{"id": "c2", "available": 0, "maximum": 5, "unit": {"id": "u2", "name": "family"}}],
    }  # fmt: skip
    brought_in(a_file(baby, mother))
    other = json.loads(a_file(a_service("Other House", "Parenting education")))
    other["contents"][0] |= {"id": "other", "name": "Somebody Else"}
    brought_in(json.dumps(other).encode(), source="other")
    admin = a_worker(Role.AGENCY_ADMIN)
    partner = Client()
    partner.force_login(admin.worker.user)
    page, links = found(partner, text="Practice Partner")
    assert set(links) == {"Baby Clinic", "Family House"}
    cards = {name: " ".join(re.sub(r"<[^>]+>", " ", card).split()) for name in links for card in page.split("<h3>") if f">{name}</a>" in card}
    for told in (
        "Room for 4", "For Baby's health and growth", "Who may come Born at our hospital.; Up to 3 years", "Serves Pine", "Who pays Takes Medicaid",
    ):  # fmt: skip
        assert told in cards["Baby Clinic"]
    for told in (
        "No room now", "For Parenting and family; Takes pregnant women", "Who may come Any parent.", "Serves Harbor",
        "Who pays Paid by: Title IV-E (Family First)",
    ):  # fmt: skip
        assert told in cards["Family House"]
    Service.objects.filter(name="Family House").update(agency_id=admin.agency_id)
    saved(partner.post(f"{links['Family House']}room/", {"available": "2", "maximum": "5"}))
    assert "Room for 2" in found(partner, text="Practice Partner")[0]


@pytest.mark.requirement("R-114")
def test_a_child_welfare_worker_reads_how_medicine_works_what_programs_do_and_whom_to_call_in_her_county() -> None:
    here = {"service_areas": [{"id": "a1", "name": "Pine", "extent_type": "county"}], "phones": [{"id": "p1", "number": "555-0191", "type": "voice"}]}
    away = {"service_areas": [{"id": "a2", "name": "Harbor", "extent_type": "county"}]}
    words = {"description": "Sees mother and baby in one visit."}
    brought_in(
        a_file(a_service("Pine Program", "Buprenorphine maintenance") | here | words, a_service("Harbor Program", "Methadone maintenance") | away)
    )
    worker = Client()
    worker.force_login(a_worker(Role.CPS_WORKER, agency=an_agency(kind=AgencyKind.CPS_AGENCY, county="Pine")).worker.user)
    page = text_of(worker.get("/my/facts/workers/"))
    assert "How it works" in page
    assert "It does not trade one drug for another" in page
    programs = page.split("Programs that serve Pine County")[1]
    for told in ("Pine Program", "Practice Partner", "Sees mother and baby in one visit.", 'href="tel:555-0191"'):
        assert told in programs
    assert "Harbor Program" not in page
    other = Client()
    other.force_login(a_worker(Role.CPS_WORKER, agency=an_agency(kind=AgencyKind.CPS_AGENCY, county="Harbor")).worker.user)
    theirs = text_of(other.get("/my/facts/workers/"))
    assert "Harbor Program" in theirs
    assert "Pine Program" not in theirs
