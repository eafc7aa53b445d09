"""The types of a person's record beside the plan: conditions, medicines, visits, observations and forms that were handed in.

INVARIANT: a system reads of each no more than a worker of its role reads on the page: the treatment record and the forms have permissions of
their own, and what was said about safety at home goes to no machine (34 U.S.C. 12291(b)(2)).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from careloom.agencies.roles import Permission
from careloom.fhir import canonicals
from careloom.fhir.resources import chart, observed
from careloom.fhir.serving.family_kinds import HERS, PATIENT, column, parts
from careloom.fhir.serving.kinds import Kind, Source, at_path
from careloom.fhir.serving.matching import NOTHING, Coded, Column, Fixed, Id, Own, Period, Plain, Ref, Token, When
from careloom.health import models as health
from careloom.infra import clock
from careloom.infra.access import Viewer
from careloom.infra.forms.definitions import OURS
from careloom.kernel.disclosure import Category
from careloom.messages.models import Appointment
from careloom.screening.models import FormResponse
from careloom.treatment.models import Diagnosis, Medicine

INTENT = "http://hl7.org/fhir/CodeSystem/medicationrequest-intent"
PRESCRIBED = "http://hl7.org/fhir/CodeSystem/medicationrequest-status"
Rows = Callable[[Viewer, datetime], Sequence[QuerySet[Any]]]


def _facts(model: Any) -> Rows:
    return lambda viewer, at: parts(model.objects.seen_by(viewer), viewer, at)


def _treatment(model: Any) -> Rows:
    def rows(viewer: Viewer, at: datetime) -> Sequence[QuerySet[Any]]:
        seen = model.objects.seen_by(viewer).filter(taken_back_at=None)
        return parts(seen if viewer.can(Permission.TREATMENT_READ) else seen.none(), viewer, at)

    return rows


def _forms(viewer: Viewer, at: datetime) -> Sequence[QuerySet[Any]]:
    seen = FormResponse.objects.seen_by(viewer).filter(replaced_at=None).exclude(category=Category.DV_VICTIM_RECORD.value)
    return parts(seen if viewer.can(Permission.FORMS_FILL) else seen.none(), viewer, at)


def _scored(viewer: Viewer, at: datetime) -> Sequence[QuerySet[Any]]:
    return [rows.exclude(scores={}) for rows in _forms(viewer, at)]


def _pregnancies(viewer: Viewer, at: datetime) -> Sequence[QuerySet[Any]]:
    told = Coalesce("ended_on", TruncDate("recorded_at", tzinfo=clock.zone()))
    return parts(health.Pregnancy.objects.seen_by(viewer).annotate(effective_on=told), viewer, at)


def _visits(model: Any) -> Rows:
    def rows(viewer: Viewer, at: datetime) -> Sequence[QuerySet[Any]]:
        return parts(model.objects.seen_by(viewer).annotate(over_at=Coalesce("ends_at", "starts_at")), viewer, at)

    return rows


def _code_of(value: str, system: str) -> str:
    named, bar, code = value.rpartition("|")
    return code if not bar or named == system else ""


def _clinical(value: str) -> Q:
    code = _code_of(value, chart.CLINICAL)
    known = Q(status__in=(*chart.LASTING, *chart.OVER))
    if code in chart.OVER:
        untold = Q(ends_on__isnull=False) & ~Q(status__in=chart.OVER)
        return Q(status=code) | (untold if code == "resolved" else NOTHING)
    if code in chart.LASTING:
        return Q(ends_on=None) & (Q(status=code) | (~known if code == "active" else NOTHING))
    return NOTHING


def _prescribed(value: str) -> Q:
    code = _code_of(value, PRESCRIBED)
    if code not in chart.PRESCRIBED:
        return NOTHING
    untold = {"active": Q(status="", ends_on=None), "completed": Q(status="", ends_on__isnull=False)}
    other = ~Q(status__in=("", *chart.PRESCRIBED)) if code == "unknown" else NOTHING
    return Q(status=code) | untold.get(code, NOTHING) | other


def _taken(value: str) -> Q:
    code, over = _code_of(value, PRESCRIBED), Q(ends_on__lte=clock.today())
    return over if code == "completed" else ~over | Q(ends_on=None) if code == "active" else NOTHING


def _intent(ordered: Q) -> Own:
    def read(value: str) -> Q:
        code = _code_of(value, INTENT)
        return ordered if code == "order" else ~ordered if code == "plan" else NOTHING

    return Own(read)


def _met(value: str) -> Q:
    code = _code_of(value, chart.ENCOUNTER_STATUS)
    untold = ~Q(status__in=chart.MET) if code == "unknown" else NOTHING
    return Q(status=code) | untold if code in chart.MET else NOTHING


def _form(value: str) -> Q:
    code = _code_of(value, canonicals.FORM)
    return Q(url=f"{OURS}{code}") if code and "\0" not in code else NOTHING


def _questionnaire(value: str) -> Q:
    url, bar, version = value.partition("|")
    return NOTHING if "\0" in value else Q(url=url, form_version=version) if bar else Q(url=url)


def _amended(*, first: str) -> Own:
    def read(value: str) -> Q:
        code = value.rpartition("|")[2]
        return Q(number=1) if code == first else Q(number__gt=1) if code == "amended" else NOTHING

    return Own(read)


def _final(value: str) -> Q:
    return Q(pk__isnull=False) if value.rpartition("|")[2] == "final" else NOTHING


VISIT_CODES = {status: tuple(state for state, one in chart.VISITS.items() if one == status) for status in dict.fromkeys(chart.VISITS.values())}
PROBLEM: dict[str, Column] = {"_id": Id(), **HERS, "category": Fixed(chart.CONDITION_CATEGORY, "problem-list-item")}
BESIDE = {"patient": PATIENT, "subject": PATIENT}

CHART_KINDS = (
    Kind(
        name="Condition", profile="us-core-condition-problems-health-concerns",
        words="What a person is or was treated for: a chart's diagnoses, and those of a treatment program.",
        sources=(
            Source(
                rows=_facts(health.Condition), shape=chart.conditions, changed=column("recorded_at"),
                columns={
                    **PROBLEM, "code": Coded("system", "code"), "clinical-status": Own(_clinical), "onset-date": When("starts_on", days=True),
                    "abatement-date": When("ends_on", days=True), "recorded-date": When("recorded_at"),
                },
            ),
            Source(
                rows=_treatment(Diagnosis), shape=chart.diagnoses, changed=column("recorded_at"),
                columns={
                    **PROBLEM, "code": Plain("code", chart.ICD10), "clinical-status": Fixed(chart.CLINICAL, "active"),
                    "recorded-date": When("recorded_at"),
                },
            ),
        ),
        includes=BESIDE,
    ),
    Kind(
        name="Observation", profile="us-core-observation-pregnancystatus",
        profiles=("us-core-observation-screening-assessment",),
        words="Pregnancy status (82810-3), the facts of a birth, measured values, and what a form's answers add up to.",
        sources=(
            Source(
                rows=_pregnancies, shape=observed.pregnancies, changed=column("recorded_at"),
                columns={
                    "_id": Id(), **HERS, "category": Fixed(observed.CATEGORY, "social-history"), "code": Fixed(observed.LOINC, observed.PREGNANCY),
                    "date": When("effective_on", days=True), "status": Own(_final),
                },
            ),
            Source(
                rows=_facts(health.Birth), shape=observed.births, changed=column("recorded_at"),
                columns={
                    "_id": Id(), **HERS, "category": Fixed(observed.CATEGORY, "exam"),
                    "code": Fixed(canonicals.OBSERVATION, observed.BIRTH), "date": When("born_at"), "status": Own(_final),
                },
            ),
            Source(
                rows=_facts(health.Observation), shape=observed.observations, changed=column("recorded_at"),
                columns={"_id": Id(), **HERS, "code": Coded("system", "code"), "date": When("observed_at"), "status": Own(_final)},
            ),
            Source(
                rows=_scored, shape=observed.scores, changed=column("handed_in_at"),
                columns={
                    "_id": Id(), **HERS, "category": Fixed(observed.CATEGORY, "survey"), "code": Own(_form), "date": When("handed_in_at"),
                    "status": _amended(first="final"), "derived-from": Ref("pk", "QuestionnaireResponse"),
                },
            ),
        ),
        includes={**BESIDE, "derived-from": (("QuestionnaireResponse",), at_path("derivedFrom"))},
    ),
    Kind(
        name="MedicationRequest", profile="us-core-medicationrequest",
        words="A medicine that was ordered or reported; in a treatment record, one for opioid use disorder.",
        sources=(
            Source(
                rows=_facts(health.Medication), shape=chart.prescriptions, changed=column("recorded_at"),
                columns={
                    "_id": Id(), **HERS, "status": Own(_prescribed), "intent": _intent(Q(source_type="MedicationRequest")),
                    "authoredon": When("starts_on", days=True), "code": Coded("system", "code"),
                },
            ),
            Source(
                rows=_treatment(Medicine), shape=chart.medicines, changed=column("recorded_at"),
                columns={
                    "_id": Id(), **HERS, "status": Own(_taken), "intent": _intent(Q(source=chart.OWN_CARE)),
                    "authoredon": When("happened_on", days=True),
                    "code": Token("code", {rx: (code,) for code, rx in chart.INGREDIENTS.items()}, chart.RXNORM),
                },
            ),
        ),
        includes=BESIDE,
    ),
    Kind(
        name="Encounter", profile="us-core-encounter",
        words="A visit or stay of a chart, to the day; and a visit that was arranged.",
        sources=(
            Source(
                rows=_visits(health.Encounter), shape=chart.stays,
                columns={"_id": Id(), **HERS, "status": Own(_met), "date": Period("starts_at", "over_at")},
            ),
            Source(
                rows=_visits(Appointment), shape=chart.visits,
                columns={
                    "_id": Id(), **HERS, "status": Token("state", VISIT_CODES, chart.ENCOUNTER_STATUS), "date": Period("starts_at", "over_at"),
                    "type": Plain("kind", canonicals.APPOINTMENT_KIND),
                },
            ),
        ),
        includes=BESIDE,
    ),
    Kind(
        name="QuestionnaireResponse", profile="us-core-questionnaireresponse",
        words="A form that was handed in and stands. What was asked about safety at home is not among them.",
        sources=(
            Source(
                rows=_forms, shape=observed.responses, changed=lambda viewer: F("handed_in_at"),
                columns={
                    "_id": Id(), **HERS, "status": _amended(first="completed"), "authored": When("handed_in_at"),
                    "questionnaire": Own(_questionnaire, type="reference"),
                },
            ),
        ),
        includes=BESIDE,
    ),
)  # fmt: skip
