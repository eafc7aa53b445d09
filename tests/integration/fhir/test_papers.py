"""The plan as a document: what a record system finds, and the paper that it takes, which holds what it may read and no more."""

from __future__ import annotations

import base64
from uuid import uuid4

import pytest
from tests.factories.fhir import FhirWorld, System, a_system

from careloom.agencies.roles import Role
from careloom.infra.access import acting_as
from careloom.infra.access.models import AccessLog

pytestmark = pytest.mark.django_db


def test_a_plan_is_found_as_a_document_and_taken_in_both_languages(made: FhirWorld, reader: System) -> None:
    (found,) = reader.found(f"DocumentReference?patient={made.mother}&type=http://loinc.org|18776-5&category=clinical-note&status=current")
    assert found["id"] == str(made.plan.pk)
    for content, language in zip(found["content"], ("en", "es"), strict=True):
        assert content["attachment"]["language"] == language
        paper = reader.get(content["attachment"]["url"], Accept="application/pdf")
        assert (paper.status_code, paper.headers["Content-Type"]) == (200, "application/pdf")
        assert paper.content.startswith(b"%PDF-")
        assert paper.headers["Cache-Control"] == "no-store"
    with acting_as(reader_viewer(reader)):
        assert AccessLog.objects.filter(place__startswith="fhir:Binary:").exists()


def reader_viewer(system: System) -> object:
    from careloom.fhir.clients.tokens import viewer_of

    return viewer_of(system.row)


def test_as_a_resource_it_is_the_same_paper(made: FhirWorld, keeper: System) -> None:
    whole = keeper.get(f"Binary/{made.plan.pk}-en", Accept="application/fhir+json").json()
    assert (whole["resourceType"], whole["contentType"]) == ("Binary", "application/pdf")
    assert base64.b64decode(whole["data"]).startswith(b"%PDF-")
    assert keeper.get(f"Binary/{made.plan.pk}-en?_format=json").json()["resourceType"] == "Binary"
    both = ("application/fhir+json;q=0.8, application/pdf", "application/pdf;q=1, application/fhir+json", "application/fhir+json, */*;q=0.1")
    for accept in both:
        assert keeper.get(f"Binary/{made.plan.pk}-en", Accept=accept).content.startswith(b"%PDF-"), accept


def test_a_hidden_plan_s_paper_is_absent(made: FhirWorld, reader: System, keeper: System) -> None:
    hidden = made.world.a_plan(mother_id=made.world.a_mother())
    assert keeper.get(f"Binary/{hidden.pk}-en").status_code == 200
    there, nowhere = reader.get(f"Binary/{hidden.pk}-en"), reader.get(f"Binary/{uuid4()}-en")
    assert there.status_code == nowhere.status_code == 404
    assert there.content == nowhere.content
    for wrong in ("x", f"{made.plan.pk}-de", f"{made.plan.pk}", "%00-en"):
        assert reader.get(f"Binary/{wrong}").status_code == 404
    assert reader.http.get(f"/fhir/Binary/{made.plan.pk}-en").status_code == 401
    narrow = a_system(made.world.harbor, role=Role.HOME_VISITOR, scope="system/Patient.rs")
    assert narrow.get(f"Binary/{made.plan.pk}-en").status_code == 403
