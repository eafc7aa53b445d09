"""What an emergency opened is one worker's: her colleagues' pages of the patient are those of a patient about whom nobody holds anything.

Source: 42 CFR 2.13(a), (c), 2.51; DESIGN section 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, viewer
from tests.integration.disclosures.conftest import MEDICINE, Disclosing
from tests.silence.same import Answer, ask

from careloom.agencies.models import Agency
from careloom.agencies.roles import Role, opens_of
from careloom.agencies.words import CATEGORIES
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.accounting import account
from careloom.infra.access.caseload import assign
from careloom.people.models import PersonRecord

pytestmark = pytest.mark.django_db
PAGES = (
    "/families/{}/", "/consents/of/{}/", "/consents/of/{}/looked/", "/consents/of/{}/history/", "/consents/of/{}/why/", "/disclosures/of/{}/",
)  # fmt: skip
NAMES = {"given_name": "Marisol", "family_name": "Valdeluna"}


@pytest.fixture
def there(db: None) -> Iterator[Disclosing]:
    with clock.at(clock.now()):
        yield Disclosing()


def opened(there: Disclosing, identity: UUID, *, number: str) -> str:
    """The doctor names the patient, opens and looks. The body of the look."""
    doctor = there.client(there.doctor)
    doctor.post("/disclosures/emergency/", {"number": number})
    told = {"facility": "St. Agnes", "nature": "Unconscious at home", "why_no_consent": "She cannot speak", "request_key": str(uuid4())}
    led = doctor.post(f"/disclosures/emergency/of/{identity}/", told)
    assert led.status_code == 302, led.content.decode()
    return doctor.get(led["Location"]).content.decode()


def page(client: Client, path: str, identity: UUID) -> tuple[int, list[str]]:
    """Its status and its parts; the clock stands still here, and rows of one instant come in any order."""
    found: Answer = ask(client, path.format(identity))
    return found.status, sorted(found.body.replace(str(identity), "ID").replace("</tbody>", "<tr>").split("<tr>"))


@pytest.mark.parametrize("path", PAGES)
def test_a_colleague_sees_no_trace_of_what_an_emergency_opened(there: Disclosing, path: str) -> None:
    other = there.register_at_hospital(there.world.maria, None, number="MRN-78", **NAMES)
    assert MEDICINE in opened(there, there.mother, number="MRN-77")
    assert MEDICINE not in opened(there, other, number="MRN-78")
    for colleague in (there.world.maria, there.their_officer):
        client = there.client(colleague)
        assert page(client, path, there.mother) == page(client, path, other)


def test_who_opened_still_has_what_she_opened_in_her_agency_s_log(there: Disclosing) -> None:
    """The pair: silence on the patient's pages takes nothing from the log that the privacy officer keeps."""
    opened(there, there.mother, number="MRN-77")
    assert "treatment medication" in there.client(there.their_officer).get("/agency/looks/").content.decode()
    assert "medical emergency" in there.client(there.world.dana).get(f"/consents/of/{there.mother}/looked/").content.decode()


def test_looks_of_colleagues_tell_no_kind_of_record_that_a_role_does_not_open(there: Disclosing) -> None:
    """A role that does not open toxicology learns from nobody's looks that there is any; a role that opens it sees the look."""
    hospital = there.world.st_agnes
    shut, wide = a_worker(Role.CARE_COORDINATOR, agency=hospital), a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=hospital)
    opens = sorted(opens_of(Role.CARE_COORDINATOR, opens={}) - {"hipaa.toxicology"})
    Agency.objects.filter(pk=hospital.pk).update(opens={"CARE_COORDINATOR": {"version": 1, "categories": opens}})
    maria = viewer(there.world.maria)
    with acting_as(maria):
        for member in (shut, wide):
            assign(by=maria, worker_id=member.worker_id, identity_ids=[there.mother], at=clock.now())
        facts = {"holder_id": hospital.pk, "identity_id": there.mother, "provenance": "originating"}
        rows = [PersonRecord(category=kind, **facts) for kind in ("hipaa.toxicology", "hipaa.ob_record")]
        account(viewer=maria, place="desk:family", rows=rows[:1], at=clock.now())
        account(viewer=maria, place="desk:family", rows=rows, at=clock.now())
    path = f"/consents/of/{there.mother}/looked/"
    word = str(CATEGORIES["hipaa.toxicology"])
    assert word in there.client(wide).get(path).content.decode()
    assert word not in there.client(shut).get(path).content.decode()
