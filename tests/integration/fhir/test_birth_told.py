"""A hospital's system tells of a birth, and a worker of the hospital finds its draft: `$process-message`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.births_told import ENDPOINT, a_message, header_of, resources
from tests.factories.ehr_family import related
from tests.factories.fhir import System, a_system
from tests.factories.hostile import hostile
from tests.shared_data import shared_data

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.exchange.families.dividing import MOST_NEWBORNS
from careloom.fhir.models import Taken
from careloom.infra import clock
from careloom.infra.access import System as SystemRole
from careloom.infra.access import acting_as, system
from careloom.kernel.agency_kinds import AgencyKind
from careloom.notifications.models import Notification, ReceivedNotification, SealedOutgoing
from careloom.people.models import PersonRecord
from careloom.work.models import Obligation

pytestmark = pytest.mark.django_db
SCOPE = "system/Bundle.c"


@dataclass
class Ward:
    """`renee` works at the hospital whose `system` tells."""

    hospital: Agency
    renee: Membership
    system: System

    def tell(self, message: Any, *, by: System | None = None, **headers: str) -> HttpResponse:
        teller = by or self.system
        data = message if isinstance(message, str | bytes) else json.dumps(message)
        return teller.http.post("/fhir/$process-message", data, content_type="application/fhir+json", headers=teller.headers(**headers))

    def rows(self, model: Any) -> list[Any]:
        with acting_as(system(SystemRole.JOB, holder_id=self.hospital.pk)):
            return list(model.objects.filter(holder_id=self.hospital.pk))


@pytest.fixture
def ward(db: None) -> Ward:
    hospital = an_agency(kind=AgencyKind.HOSPITAL, name="St. Agnes Hospital")
    renee = a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=hospital)
    return Ward(hospital=hospital, renee=renee, system=a_system(hospital, role=Role.HOSPITAL_SOCIAL_WORKER, scope=SCOPE))


def words(answer: HttpResponse) -> str:
    return str(answer.json()["issue"][0]["diagnostics"])


def test_a_birth_that_a_system_told_is_a_draft_that_a_worker_takes_and_opens(ward: Ward, sign_in: Callable[[Any], Client]) -> None:
    answer = ward.tell(a_message(today=clock.today(), sent_as="m-1"))
    assert answer.status_code == 200, answer.content
    header = answer.json()["entry"][0]["resource"]
    assert header["response"]["identifier"] == "m-1"
    assert header["response"]["code"] == "ok"
    (row,) = ward.rows(Notification)
    assert row.status == "DRAFT"
    assert {one["substance"] for one in row.facts["exposures"]}, "what the chart says of exposures is filled in"
    assert not ward.rows(ReceivedNotification)
    assert not ward.rows(SealedOutgoing)

    browser = sign_in(ward.renee)
    assert browser.get(f"/births/{row.pk}/").status_code == 404, "nobody works with her yet"
    (owed,) = ward.rows(Obligation)
    day = browser.get("/today/").content.decode()
    assert "Finish the birth notification" in day
    assert browser.post(f"/today/{owed.pk}/take/").status_code in {200, 302}
    page = browser.get(f"/births/{row.pk}/").content.decode()
    assert "Your record system began this draft" in page
    with acting_as(viewer(ward.renee)):
        assert PersonRecord.objects.filter(identity_id__in=[row.identity_id, *row.infant_ids]).count() == 2, "the infant came with her"


def test_the_same_message_again_changes_nothing_and_has_the_same_answer(ward: Ward) -> None:
    message = a_message(today=clock.today(), sent_as="m-2")
    first, second = ward.tell(message), ward.tell(message)
    assert first.status_code == second.status_code == 200
    assert [one["resource"] for one in first.json()["entry"]] == [one["resource"] for one in second.json()["entry"]]
    again = ward.tell(a_message(today=clock.today(), sent_as="m-3"))
    assert again.status_code == 200
    assert len(ward.rows(Notification)) == len(ward.rows(Obligation)) == 1
    assert len(ward.rows(PersonRecord)) == 2


def test_another_content_under_the_same_id_is_a_conflict(ward: Ward) -> None:
    message = a_message(today=clock.today(), sent_as="m-4")
    assert ward.tell(message).status_code == 200
    resources(message, "Patient")[0]["gender"] = "unknown"
    answer = ward.tell(message)
    assert answer.status_code == 409
    assert words(answer).startswith("Bundle.entry[0].resource.id")


def test_twins_share_one_draft(ward: Ward) -> None:
    assert ward.tell(a_message("twins", today=clock.today())).status_code == 200
    (row,) = ward.rows(Notification)
    assert len(row.infant_ids) == len(row.birth_ids) == 2


def test_what_is_wrong_is_told_where_it_stood_in_the_message(ward: Ward) -> None:
    message = a_message(today=clock.today())
    place = next(n for n, one in enumerate(message["entry"]) if one["resource"]["resourceType"] == "Condition")
    message["entry"][place]["resource"]["clinicalStatus"] = ""
    answer = ward.tell(message)
    assert answer.status_code == 422
    assert f"Bundle.entry[{place}].resource.clinicalStatus: The text is empty." in words(answer)
    assert not ward.rows(PersonRecord)
    assert not Taken.objects.exists(), "it may be mended and sent again under the same id"


def _no_link(message: Any) -> None:
    for one in resources(message, "Patient"):
        one.pop("link", None)


def _two_mothers(message: Any) -> None:
    hers = next(one for one in resources(message, "Patient") if "link" in one)
    other = {**json.loads(json.dumps(hers)), "id": "another"}
    message["entry"].append({"fullUrl": "urn:uuid:0b6de8a5-2f5a-4d20-8f4e-0c8f4f0b1c11", "resource": other})


def _stranger(message: Any) -> None:
    person = {"resourceType": "Patient", "id": "father", "birthDate": "1990-01-01"}
    message["entry"].append({"fullUrl": "urn:uuid:0b6de8a5-2f5a-4d20-8f4e-0c8f4f0b1c12", "resource": person})


def _nobody(message: Any) -> None:
    resources(message, "Observation")[0]["subject"] = {"reference": "Patient/elsewhere"}


def _no_newborn(message: Any) -> None:
    born = [one for one in resources(message, "Patient") if "link" not in one]
    message["entry"] = [one for one in message["entry"] if one["resource"] not in born and "patient" not in one["resource"]]


def _two_births(message: Any) -> None:
    born = next(one for one in resources(message, "Patient") if "link" not in one)
    other = {**json.loads(json.dumps(born)), "id": "sooner", "birthDate": str(clock.today() - timedelta(days=340))}
    message["entry"].append({"fullUrl": f"{ENDPOINT}/Patient/sooner", "resource": other})
    message["entry"].append({"fullUrl": f"{ENDPOINT}/RelatedPerson/of-sooner", "resource": related("of-sooner", "sooner")})
    hers = next(one for one in resources(message, "Patient") if "link" in one)
    hers["link"].append({"other": {"reference": "RelatedPerson/of-sooner"}, "type": "seealso"})


def _too_many(message: Any) -> None:
    born = next(one for one in resources(message, "Patient") if "link" not in one)
    for number in range(MOST_NEWBORNS):
        message["entry"].append({"fullUrl": f"{ENDPOINT}/Patient/n{number}", "resource": {**born, "id": f"n{number}"}})


def _no_birthday(message: Any) -> None:
    resources(message, "Patient")[0]["birthDate"] = "1994"


@pytest.mark.parametrize(
    ("ill", "said"),
    [
        (_no_link, "It does not say who the mother is."), (_two_mothers, "more than one mother"), (_stranger, "neither the mother nor her newborn"),
        (_nobody, "Whom it is about is not in the message."), (_no_newborn, "no Patient born within a year"),
        (_two_births, "The newborns are not of one birth."), (_no_birthday, "A person needs a whole birth date."),
        (_too_many, "one birth has at most 12"),
    ],
)  # fmt: skip
def test_who_belongs_together_is_never_guessed(ward: Ward, ill: Callable[[Any], None], said: str) -> None:
    message = a_message(today=clock.today())
    ill(message)
    answer = ward.tell(message)
    assert answer.status_code == 422
    assert said in words(answer)
    assert words(answer).startswith("Bundle.entry")
    assert not ward.rows(PersonRecord)


def test_a_message_of_another_kind_is_refused_with_its_path(ward: Ward) -> None:
    message = a_message(today=clock.today())
    assert words(ward.tell(message | {"type": "collection"})).startswith("Bundle.type")
    assert words(ward.tell(message | {"entry": message["entry"][1:]})).startswith("Bundle.entry[0].resource")
    assert words(ward.tell(message | {"entry": [3, {}]})).startswith("Bundle.entry[0].resource")
    header_of(message)["eventCoding"]["code"] = "death"
    assert "eventCoding" in words(ward.tell(message))
    del header_of(message)["source"]
    assert "source: it is needed" in words(ward.tell(message))


def test_only_a_system_that_was_registered_for_it_may_tell(ward: Ward) -> None:
    message = a_message(today=clock.today())
    reader = a_system(ward.hospital, role=Role.HOSPITAL_SOCIAL_WORKER, scope="system/*.rs")
    assert ward.tell(message, by=reader).status_code == 403
    assert ward.system.http.post("/fhir/$process-message", "{}", content_type="application/fhir+json").status_code == 401
    assert ward.system.get("$process-message").status_code == 405
    with pytest.raises(AssertionError):
        a_system(ward.hospital, role=Role.CLINICIAN, scopes=[SCOPE], scope=SCOPE)


def test_the_answer_says_nothing_of_whom_the_hospital_knew_before(ward: Ward) -> None:
    """The same for a mother whose record was here under another number, and for one whom nobody knew."""
    known = ward.tell(a_message(today=clock.today(), sent_as="m-5")).json()
    other = an_agency(kind=AgencyKind.HOSPITAL, name="Quillstone Hospital")
    theirs = a_system(other, role=Role.HOSPITAL_SOCIAL_WORKER, scope=SCOPE)
    fresh = ward.tell(a_message(today=clock.today(), sent_as="m-5"), by=theirs).json()
    again = ward.tell(a_message(today=clock.today(), sent_as="m-6")).json()
    for one in (known, fresh, again):
        assert one["entry"][1]["resource"]["issue"] == known["entry"][1]["resource"]["issue"]
        assert set(one["entry"][0]["resource"]) == set(known["entry"][0]["resource"])
    with acting_as(system(SystemRole.JOB, holder_id=other.pk)):
        assert PersonRecord.objects.filter(holder_id=other.pk).count() == 2, "each hospital has records of its own"


def test_hostile_messages_are_refused_or_taken_and_never_fail(ward: Ward) -> None:
    whole = a_message(today=clock.today())
    for name, data in hostile(whole).items():
        answer = ward.tell(data)
        assert answer.status_code in {200, 400, 409, 413, 415, 422}, (name, answer.status_code)
        assert answer.status_code == 200 or "passwd" not in words(answer)


def test_every_official_bundle_is_refused_with_its_path_or_taken(ward: Ward) -> None:
    """None of them is a message about a birth; as the content of one, each is refused with the path of what it lacks."""
    seen = 0
    header = a_message(today=clock.today())["entry"][0]
    for path in sorted(shared_data("fhir_examples").rglob("*.json")):
        if path.stat().st_size > 2_000_000:
            continue
        held = json.loads(path.read_text(encoding="utf-8"))
        entries = held.get("entry") or [{"resource": held}]
        as_sent = ward.tell(path.read_bytes())
        assert as_sent.status_code in {400, 413, 422}, path.name
        within = ward.tell({"resourceType": "Bundle", "type": "message", "entry": [header, *entries]})
        assert within.status_code == 422, (path.name, within.status_code, words(within))
        assert "Bundle.entry" in words(within), path.name
        seen += 1
    assert seen > 300
    assert not ward.rows(PersonRecord)
