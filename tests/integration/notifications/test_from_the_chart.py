"""A birth begun from the hospital's own files: found by its number, told without a false hour, and led on to her plan (J1.2 to J1.8)."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.test import Client
from tests.factories.agencies import a_worker, viewer
from tests.factories.births import a_birth, sent

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.health.models import Exposure
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.models import AccessLog
from careloom.people.actions import PersonFacts, put_names, put_person
from careloom.people.models import PersonRecord
from careloom.plans.models import PlanInfant, PlanOfSafeCare

BUNDLES = Path(__file__).resolve().parents[2] / "worlds" / "bundles"
URINE = "Opiates [Presence]"


def bring_in(night: Client, *, without: str = "") -> None:
    """Take in the mother's and the infant's files, without what the story has not."""
    files: dict[str, Any] = {}
    for name in ("mother", "infant"):
        told = json.loads((BUNDLES / f"{name}.json").read_text())
        told["entry"] = [entry for entry in told["entry"] if not without or without not in json.dumps(entry)]
        files[name] = SimpleUploadedFile(f"{name}.json", json.dumps(told).encode(), content_type="application/json")
    assert night.post("/import/family/?then=birth", files).status_code == 302


def begun(night: Client) -> str:
    """The page of the birth that waits."""
    page = night.post("/births/new/", {"record": "MRN-001"}).content.decode()
    fields = dict(re.findall(r'name="(mother|births|request_key)" value="([^"]+)"', page))
    return night.post("/births/new/", fields, follow=True).content.decode()


def hers() -> QuerySet[Exposure]:
    """What the mother's own file tells of exposures; the infant's diagnosis is told by the infant's."""
    return Exposure.objects.exclude(known_from__contains=["INFANT_TOXICOLOGY"])


@pytest.mark.parametrize("number", ["MRN-001", "MRN-110", " MRN-001 "])
def test_a_birth_is_found_by_the_number_on_the_wristband_of_either(night: Client, number: str) -> None:
    bring_in(night)
    page = night.post("/births/new/", {"record": number}).content.decode()
    assert "Marisol Ana Quill" in page
    assert "number MRN-001" in page


def test_the_number_of_a_colleague_s_patient_is_the_answer_to_no_number_at_all(night: Client, hospital: Agency) -> None:
    other = a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=hospital)
    born = a_birth(other)

    def told(number: str) -> str:
        page = night.post("/births/new/", {"record": number}).content.decode()
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|data-[a-z-]+="[^"]*"', "", page).replace(number, "N")

    assert told(born.mother.source_id) == told("MRN-no-such")


def test_no_hour_is_told_that_the_chart_does_not_have(night: Client) -> None:
    bring_in(night)
    page = begun(night)
    assert re.search(r"born Apr 8, 39 weeks", page)
    assert "7:00 AM" not in page


def test_what_her_medicine_treats_is_no_other_substance(night: Client, worker: Membership) -> None:
    bring_in(night, without=URINE)
    with acting_as(viewer(worker)):
        assert list(hers().values_list("substance", "prescribed")) == [("BUPRENORPHINE", "YES")]


def test_a_test_that_found_something_is_still_asked_about(night: Client, worker: Membership) -> None:
    bring_in(night)
    with acting_as(viewer(worker)):
        assert set(hers().values_list("substance", "prescribed")) == {("BUPRENORPHINE", "YES"), ("OTHER_SUBSTANCE", "UNSURE")}


def test_the_receipt_leads_on_to_her_plan(night: Client, worker: Membership) -> None:
    born = a_birth(worker)
    page = night.get(f"/births/{sent(born).notification.pk}/receipt/").content.decode()
    assert f'href="/plans/start/{born.mother_id}/"' in page
    shown = a_birth(worker, given_name="Bea")
    page = night.get(f"/births/{sent(shown, plan_status='HAS_CARD').notification.pk}/receipt/").content.decode()
    assert f'href="/families/{shown.mother_id}/"' in page
    assert "/plans/start/" not in page


def test_a_plan_after_birth_takes_the_newest_babies_and_not_an_older_child(night: Client, worker: Membership) -> None:
    born, by = a_birth(worker, babies=2), viewer(worker)
    today = clock.today()
    with acting_as(by):
        rows = PersonRecord.objects.filter(mother_identity_id=born.mother_id).order_by("made_at")
        for row, day in zip(rows, (today - timedelta(days=1), today), strict=True):
            PersonRecord.objects.filter(pk=row.pk).update(birth_date=day)
        facts = PersonFacts(role="INFANT", given_name="Old", birth_date=today - timedelta(days=700), mother_identity_id=born.mother_id)
        older = put_person(by=by, at=clock.now(), facts=facts, category="hipaa.newborn_record").identity_id
    assert night.get(f"/plans/start/{born.mother_id}/").status_code == 200
    form = {"language": "en", "lead": str(by.worker_id), "label": "Family care plan", "wish": "", "request_key": "one"}
    assert night.post(f"/plans/start/{born.mother_id}/", form).status_code == 302
    with acting_as(system(System.JOB, holder_id=worker.agency_id)):
        plan = PlanOfSafeCare.objects.get(identity_id=born.mother_id)
        babies = set(PlanInfant.objects.filter(plan_id=plan.pk).values_list("identity_id", flat=True))
        named = set(PersonRecord.objects.filter(category="posc.plan_core").values_list("identity_id", flat=True))
    assert plan.born_on == today - timedelta(days=1)
    assert (len(babies), older in babies) == (2, False)
    # Whom she lets read the plan can call them by name; the older child is not in it.
    assert named == babies | {born.mother_id}


def test_names_follow_the_chart_and_nothing_else_of_it_comes_along(worker: Membership) -> None:
    born, by = a_birth(worker, given_name="Ada", address="33 Example Street", phone="555-0101"), viewer(worker)
    with acting_as(by):
        for _ in range(2):
            put_names(by=by, at=clock.now(), identity_ids=[born.mother_id])
        facts = PersonFacts(role="MOTHER", given_name="Adela", family_name="Example", address="36 Example Street", phone="555-0102")
        put_person(by=by, at=clock.now(), facts=facts, category="hipaa.ob_record", source_id=born.mother.source_id)
        (row,) = PersonRecord.objects.filter(identity_id=born.mother_id, category="posc.plan_core")
    assert (row.given_name, row.phone, row.address, row.record_number) == ("Adela", "555-0102", "", "")
    assert row.search_key == "adela example"


def test_a_name_that_is_looked_for_in_vain_is_in_the_log_without_the_name(night: Client, worker: Membership) -> None:
    night.post("/families/search/", {"q": "Farwell"}, follow=True)
    with acting_as(system(System.JOB, holder_id=worker.agency_id)):
        rows = list(AccessLog.objects.filter(worker_id=worker.worker_id, place="desk:search"))
    assert [(row.found, row.identity_id) for row in rows] == [(False, None)]
