"""A form is read whole, or every mistake in it is named with its place and what to do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.unit.infra.forms.made import CALCULATED, made, often, raw, scored, spanish

from careloom.infra.forms import Kind, Licence, read


def test_a_form_is_read_with_its_words_in_both_languages() -> None:
    more = {"linkId": "t", "type": "text", "text": "More", "_text": spanish("Más")}
    form = made(often("a", _text=spanish("¿Qué tanto?")), more, effectivePeriod={"start": "2026-01-01"})
    item = form.item("a")
    assert item is not None
    assert (item.text.said("es"), item.text.said("en"), item.text.said("fr")) == ("¿Qué tanto?", "How often a", "How often a")
    assert [int(option.ordinal or 0) for option in item.options] == [0, 1, 2]
    assert form.languages == ("en", "es")
    assert made(more, often("a")).languages == ("en",)
    assert form.licence is Licence.PUBLIC_DOMAIN
    assert [one.kind for one in form.every()] == [Kind.CHOICE, Kind.TEXT]


@pytest.mark.parametrize(
    ("broken", "where", "says"),
    [
        (raw(often("a"), often("a")), "a", "stands twice"),
        (raw({"linkId": "a", "type": "attachment", "text": "A file"}), "a", "type attachment"),
        (raw(often("a", enableWhen=[{"question": "z", "operator": "=", "answerBoolean": True}])), "a", "asks about z"),
        (raw(often("a"), often("b", enableWhen=[{"question": "a", "operator": "~", "answerCoding": {"code": "some"}}])), "b", "operator ~"),
        (raw(often("a"), often("b", enableWhen=[{"question": "a", "operator": "=", "answerCoding": {"code": "no"}}])), "b", "does not offer"),
        (raw({"linkId": "a", "type": "choice", "text": "Which"}), "a", "without answers"),
        (raw({"linkId": "a", "type": "integer"}), "a", "without words"),
        (raw(often("a"), extension=[]), "licence", "no licence"),
        (raw(often("a"), copyright=""), "copyright", "missing"),
        (raw(often("a"), version=None), "version", "missing"),
        (raw(often("a"), effectivePeriod={"start": "soon"}), "effectivePeriod", "cannot be read"),
        (raw(often("a"), effectivePeriod={"start": "2026-02-01", "end": "2026-01-01"}), "effectivePeriod", "before it begins"),
        (raw(), "item", "asks nothing"),
        (raw(often("a"), {"linkId": "s", "type": "decimal", "text": "S", "extension": [
            {"url": CALCULATED, "valueExpression": {"language": "text/fhirpath", "expression": "item.where("}}]}), "s", "cannot be worked out"),
        (raw(often("a"), {"linkId": "s", "type": "date", "text": "S", "extension": [
            {"url": CALCULATED, "valueExpression": {"language": "text/fhirpath", "expression": "today()"}}]}), "s", "may not read the time"),
        (raw({"linkId": "g", "type": "group", "repeats": True, "item": [
            {"linkId": "h", "type": "group", "repeats": True, "item": [often("a")]}]}), "g", "repeating group"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(broken: dict[str, Any], where: str, says: str) -> None:
    form, problems = read(text=json.dumps(broken), file="broken.json")
    assert form is None
    assert any(p.where == where and says in p.what and p.fix for p in problems), problems


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"resourceType": "Patient"}', json.dumps(raw({"linkId": "a", "type": "choice", "answerOption": [7]}))]
)
def test_what_is_no_form_is_refused_and_never_raises(text: str) -> None:
    form, problems = read(text=text, file="x.json")
    assert form is None
    assert problems


def test_scores_of_a_form_are_read_with_their_meaning() -> None:
    assert [(band.link_id, int(band.low), int(band.high), band.text.said("es")) for band in scored().bands] == [
        ("sum", 0, 1, "LITTLE"), ("sum", 2, 4, "MUCH")
    ]  # fmt: skip
