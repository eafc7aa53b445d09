"""Observation and QuestionnaireResponse: pregnancies, births, measured facts, filled forms and what they add up to (US Core 6.1.0)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from careloom.fhir import canonicals
from careloom.fhir.resources.chart import coded
from careloom.fhir.resources.shape import SNOMED, UUIDS, Json, Reading, Shaped, coding, concept, day, instant, reference, resource
from careloom.health import models as health
from careloom.infra.forms.definitions import OURS
from careloom.screening.models import FormResponse

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
STATUS = "http://hl7.org/fhir/observation-status"
ANSWERED = "http://hl7.org/fhir/questionnaire-answers-status"
DISPLAY = "http://hl7.org/fhir/StructureDefinition/display"
PREGNANCY = "82810-3"
BIRTH = "birth-facts"
PREGNANT = coding(SNOMED, "77386006", "Pregnant")
NOT_PREGNANT = coding(SNOMED, "60001007", "Not pregnant")


def pregnancies(reading: Reading, rows: Sequence[Any]) -> list[Shaped]:
    """The status that a pregnancy's row tells (LOINC 82810-3): pregnant on the day it was written, or no longer on the day it ended.

    `rows` carry `effective_on`. The due date stands beside it as a component.
    """
    return [_pregnancy(reading, row) for row in rows]


def _pregnancy(reading: Reading, row: Any) -> Shaped:
    due = [{"code": concept(coding(LOINC, "11778-8", "Delivery date Estimated")), "valueDateTime": day(row.due_on)}] if row.due_on else []
    made = resource(
        "Observation", row.pk, profile="us-core-observation-pregnancystatus",
        status="final",
        category=[concept(coding(CATEGORY, "social-history", "Social History"))],
        code=concept(coding(LOINC, PREGNANCY, "Pregnancy status")),
        subject=reference("Patient", row.identity_id),
        effectiveDateTime=day(row.effective_on),
        valueCodeableConcept=concept(NOT_PREGNANT if row.ended_on else PREGNANT),
        component=due,
    )  # fmt: skip
    return _shaped(reading, row, made)


def births(reading: Reading, rows: Sequence[health.Birth]) -> list[Shaped]:
    """The facts of a birth, one Observation of the infant with a component each. The hour only where it is known."""
    return [_birth(reading, row) for row in rows]


def _birth(reading: Reading, row: health.Birth) -> Shaped:
    weeks = None if row.gestation_weeks is None else row.gestation_weeks * 7 + row.gestation_days
    parts = [
        _measured("8339-4", "Birth weight Measured", row.weight_g, "g"),
        _measured("11884-4", "Gestational age Estimated", weeks, "d"),
        {"code": concept(text="How many were born"), "valueInteger": row.plurality},
        {"code": concept(text="Which of them by order of birth"), "valueInteger": row.order},
        {"code": concept(text="Was in newborn intensive care"), "valueBoolean": row.nicu},
    ]
    made = resource(
        "Observation", row.pk,
        status="final",
        category=[concept(coding(CATEGORY, "exam", "Exam"))],
        code=concept(coding(canonicals.OBSERVATION, BIRTH, "Birth facts"), text="Birth facts"),
        subject=reference("Patient", row.identity_id),
        effectiveDateTime=instant(row.born_at) if row.hour_known else day(row.born_at),
        component=[part for part in parts if part],
    )  # fmt: skip
    return _shaped(reading, row, made)


def _measured(code: str, words: str, value: int | None, unit: str) -> Json:
    return {} if value is None else {"code": concept(coding(LOINC, code, words)), "valueQuantity": _quantity(value, unit)}


def _quantity(value: int | float | Decimal, unit: str) -> Json:
    return {"value": float(value) if isinstance(value, Decimal) else value} | ({"unit": unit, "system": UCUM, "code": unit} if unit else {})


def observations(reading: Reading, rows: Sequence[health.Observation]) -> list[Shaped]:
    """A measured or stated value of a chart, to the day. Its category is not kept, so none is sent."""
    return [_observation(reading, row) for row in rows]


def _observation(reading: Reading, row: health.Observation) -> Shaped:
    try:
        number = Decimal(row.value)
        value: Json = {"valueQuantity": _quantity(number, row.unit)} if number.is_finite() else {"valueString": row.value}
    except InvalidOperation:
        value = {"valueString": row.value} if row.value else {"dataAbsentReason": concept(text="No value was sent")}
    made = resource(
        "Observation", row.pk, status="final", code=coded(row), subject=reference("Patient", row.identity_id),
        effectiveDateTime=day(row.observed_at), **value,
    )  # fmt: skip
    return _shaped(reading, row, made)


def _shaped(reading: Reading, row: Any, made: Json) -> Shaped:
    return Shaped(resource=made, rows=(row,), changed=row.recorded_at, author=reading.own_author(row))


def responses(reading: Reading, rows: Sequence[FormResponse]) -> list[Shaped]:
    """A QuestionnaireResponse for each form that stands as it was handed in; a corrected one says so."""
    return [_response(reading, row) for row in rows]


def _response(reading: Reading, row: FormResponse) -> Shaped:
    author = _author(reading, row)
    made = resource(
        "QuestionnaireResponse", row.pk, profile="us-core-questionnaireresponse",
        language=row.language,
        identifier={"system": UUIDS, "value": f"urn:uuid:{row.series_id}"},
        questionnaire=row.response.get("questionnaire") or row.url,
        _questionnaire={"extension": [{"url": DISPLAY, "valueString": row.title}]},
        status="amended" if row.number > 1 else "completed",
        subject=reference("Patient", row.identity_id),
        authored=instant(row.handed_in_at),
        author=author,
        item=row.response.get("item", []),
    )  # fmt: skip
    return Shaped(resource=made, rows=(row,), changed=row.handed_in_at, author=author)


def scores(reading: Reading, rows: Sequence[FormResponse]) -> list[Shaped]:
    """What a form's answers add up to, derived from its QuestionnaireResponse, which has the same id."""
    return [_score(reading, row) for row in rows]


def _score(reading: Reading, row: FormResponse) -> Shaped:
    known = list(_worked_out(row.response.get("item", []), frozenset(row.scores)))
    author = _author(reading, row)
    value: Json = {}
    if len(known) == 1:
        value = known[0][1]
    made = resource(
        "Observation", row.pk, profile="us-core-observation-screening-assessment",
        status="amended" if row.number > 1 else "final",
        category=[concept(coding(CATEGORY, "survey", "Survey"))],
        code=concept(coding(canonicals.FORM, row.url.removeprefix(OURS), row.title), text=row.title),
        subject=reference("Patient", row.identity_id),
        effectiveDateTime=instant(row.handed_in_at),
        performer=[author],
        derivedFrom=[reference("QuestionnaireResponse", row.pk)],
        component=[{"code": concept(text=words)} | held for words, held in known] if len(known) > 1 else [],
        dataAbsentReason=None if known else concept(text="Not all was answered"),
        **value,
    )  # fmt: skip
    return Shaped(resource=made, rows=(row,), changed=row.handed_in_at, author=author)


def _worked_out(items: Any, links: frozenset[str]) -> Iterator[tuple[str, Json]]:
    """Words and value of the items that the form works out itself, as they stand among the answers."""
    for item in items:
        if item["linkId"] in links:
            for answer in item.get("answer", [])[:1]:
                number = answer.get("valueInteger", answer.get("valueDecimal"))
                if number is not None:
                    yield item.get("text", item["linkId"]), {"valueQuantity": {"value": number, "unit": "score", "system": UCUM, "code": "{score}"}}
        yield from _worked_out(item.get("item", []), links)


def _author(reading: Reading, row: FormResponse) -> Json:
    return reference("Patient", row.identity_id) if row.how == "HERSELF" else reading.own_author(row)
