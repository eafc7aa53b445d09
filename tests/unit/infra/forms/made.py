"""A small form of every kind of item, for the tests of the engine."""

from __future__ import annotations

import json
from typing import Any

from careloom.infra.forms import Definition, read

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
SUM = "iif(item.where(linkId in ('a' | 'b')).answer.count() = 2, item.where(linkId in ('a' | 'b')).answer.value.ordinal().sum(), {})"


def spanish(text: str) -> dict[str, Any]:
    """The extension that carries a Spanish text."""
    return {"extension": [{"url": TRANSLATION, "extension": [{"url": "lang", "valueCode": "es"}, {"url": "content", "valueString": text}]}]}


def often(link: str, **more: Any) -> dict[str, Any]:
    """A question with three answers that count 0, 1 and 2."""
    options = [
        {"valueCoding": {"code": code, "display": words, "extension": [{"url": ORDINAL, "valueDecimal": count}]}}
        for count, (code, words) in enumerate([("never", "Never"), ("some", "Sometimes"), ("often", "Often")])
    ]
    return {"linkId": link, "type": "choice", "text": f"How often {link}", "answerOption": options, **more}


def raw(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A questionnaire around some items."""
    return {
        "resourceType": "Questionnaire", "url": "urn:test:form", "version": "1", "title": "A form", "status": "active", "copyright": "Ours",
        "extension": [{"url": "urn:careloom:form:licence", "valueCode": "public-domain"}], "item": list(items), **more,
    }  # fmt: skip


def made(*items: dict[str, Any], **more: Any) -> Definition:
    """The definition of `raw`, which must be sound."""
    found, problems = read(text=json.dumps(raw(*items, **more)), file="made.json")
    assert not problems, problems
    assert found is not None
    return found


def scored() -> Definition:
    """Two questions, their sum, what it means, and an alert on the second."""
    total = {"linkId": "sum", "type": "decimal", "text": "Sum", "readOnly": True,
             "extension": [{"url": CALCULATED, "valueExpression": {"language": "text/fhirpath", "expression": SUM}}]}  # fmt: skip
    bands = [
        {"url": "urn:careloom:form:score-band", "extension": [
            {"url": "item", "valueString": "sum"}, {"url": "low", "valueDecimal": low}, {"url": "high", "valueDecimal": high},
            {"url": "text", "valueString": words, "_valueString": spanish(words.upper())}]}
        for low, high, words in ((0, 1, "little"), (2, 4, "much"))
    ]  # fmt: skip
    alert = {"url": "urn:careloom:form:alert", "extension": [
        {"url": "code", "valueCode": "LOOK"}, {"url": "when", "valueString": "item.where(linkId = 'b').answer.value.ordinal() >= 1"}]}  # fmt: skip
    head = raw()["extension"]
    return made(often("a", required=True), often("b", required=True), total, extension=[*head, *bands, alert])
