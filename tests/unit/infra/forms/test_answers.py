"""What a form asks next, what is missing, what it works out, and how answers travel as FHIR."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.infra.forms.made import made, often, scored

from careloom.infra.forms import alerts, as_response, check, from_response, meaning, prefill, scores, visible

ANSWERED = {"question": "b", "operator": "exists", "answerBoolean": True}
ALONE = "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive"
OFTEN = {"language": "text/fhirpath", "expression": "item.where(linkId = 'a').answer.value.code = 'often'"}
EQUALS = {"question": "a", "operator": "=", "answerCoding": {"code": "often"}}


def test_an_item_is_there_when_its_condition_holds_and_its_answer_counts_only_then() -> None:
    form = made(
        often("a"),
        often("b", enableWhen=[EQUALS], required=True),
        often("c", enableWhen=[{"question": "b", "operator": "exists", "answerBoolean": True}]),
    )
    assert visible(form, {"a": ["never"], "b": ["some"]}) == {"a"}
    assert visible(form, {"a": ["often"], "b": ["some"]}) == {"a", "b", "c"}
    assert check(form, {"a": ["never"]}) == ()
    assert [(w.path, w.code) for w in check(form, {"a": ["often"]})] == [("b", "REQUIRED")]
    assert "b" not in str(as_response(form, {"a": ["never"], "b": ["some"]})["item"])


@pytest.mark.parametrize(("how", "there"), [("any", True), ("all", False)])
def test_several_conditions_hold_any_or_all(how: str, there: bool) -> None:
    number = {"question": "n", "operator": ">=", "answerInteger": 3}
    form = made(often("a"), {"linkId": "n", "type": "integer", "text": "N"}, often("b", enableWhen=[EQUALS, number], enableBehavior=how))
    assert ("b" in visible(form, {"a": ["never"], "n": [3]})) is there


def test_a_group_that_repeats_is_asked_as_often_as_it_was_answered_and_each_looks_at_itself() -> None:
    group = {
        "linkId": "child",
        "type": "group",
        "repeats": True,
        "text": "Each child",
        "item": [often("a", required=True), often("b", enableWhen=[EQUALS])],
    }
    form = made(group)
    answers = {"child/0/a": ["often"], "child/1/a": ["never"]}
    assert visible(form, answers) == {"child", "child/0/a", "child/0/b", "child/1/a"}
    assert [w.path for w in check(form, {"child/1/a": ["never"]})] == ["child/0/a"]
    assert from_response(form, as_response(form, answers)) == answers


@pytest.mark.parametrize(
    ("item", "value", "code"),
    [
        ({"type": "integer"}, "many", "NUMBER"),
        ({"type": "integer"}, "2.5", "WHOLE"),
        ({"type": "decimal"}, "NaN", "NUMBER"),
        ({"type": "date"}, "2026-02-30", "DATE"),
        ({"type": "boolean"}, "yes", "CHOICE"),
        ({"type": "choice", "answerOption": [{"valueCoding": {"code": "x"}}]}, "y", "CHOICE"),
        ({"type": "string", "maxLength": 3}, "abcd", "LONG"),
        ({"type": "open-choice", "answerOption": [{"valueCoding": {"code": "x"}}]}, {"text": "z" * 401}, "LONG"),
        ({"type": "integer", "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": 27}]}, 28, "MOST"),
    ],
)
def test_an_answer_of_the_wrong_kind_is_named_with_what_to_do(item: dict[str, Any], value: Any, code: str) -> None:
    form = made({"linkId": "a", "text": "A", **item})
    (wrong,) = check(form, {"a": [value]})
    assert (wrong.link_id, wrong.code) == ("a", code)
    assert wrong.words


def test_one_answer_where_one_is_asked_and_none_stands_alone() -> None:
    none = {
        "valueCoding": {"code": "none"},
        "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive", "valueBoolean": True}],
    }
    many = {"linkId": "m", "type": "choice", "text": "Which", "repeats": True, "answerOption": [none, {"valueCoding": {"code": "x"}}]}
    assert [w.code for w in check(made(many), {"m": ["none", "x"]})] == ["EXCLUSIVE"]
    assert [w.code for w in check(made({**many, "repeats": False}), {"m": ["x", "none"]})] == ["ONE", "EXCLUSIVE"]


def test_an_item_can_be_required_by_an_expression() -> None:
    required = {
        "url": "urn:careloom:form:required-if",
        "valueExpression": {"language": "text/fhirpath", "expression": "item.where(linkId = 'a').answer.value.code = 'often'"},
    }
    form = made(often("a"), {"linkId": "t", "type": "text", "text": "Say more", "extension": [required]})
    assert check(form, {"a": ["some"]}) == ()
    assert [w.link_id for w in check(form, {"a": ["often"]})] == ["t"]


def test_a_score_needs_every_answer_and_says_what_it_means() -> None:
    form = scored()
    assert scores(form, {"a": ["often"]}) == {"sum": None}
    assert scores(form, {"a": ["often"], "b": ["never"]}) == {"sum": 2}
    band = meaning(form, link_id="sum", score=2)
    assert band is not None
    assert band.text.said("en") == "much"
    assert meaning(form, link_id="sum", score=None) is None
    assert alerts(form, {"a": ["often"], "b": ["never"]}) == ()
    assert alerts(form, {"a": ["never"], "b": ["some"]}) == ("LOOK",)


def test_a_score_is_kept_with_the_answers_and_comes_back_as_no_answer() -> None:
    form = scored()
    answers = {"a": ["often"], "b": ["some"]}
    response = as_response(form, answers, scores=scores(form, answers), subject="Patient/1", authored="2026-03-01T10:00:00Z")
    assert response["questionnaire"] == "urn:test:form|1"
    assert [item["linkId"] for item in response["item"]] == ["a", "b", "sum"]
    assert response["item"][2]["answer"] == [{"valueDecimal": 3}]
    assert from_response(form, response) == answers


def test_every_kind_of_answer_survives_the_way_there_and_back() -> None:
    kinds = ("boolean", "integer", "decimal", "date", "string", "text", "quantity")
    items = [{"linkId": kind, "type": kind, "text": kind} for kind in kinds]
    open_choice = {"linkId": "open", "type": "open-choice", "text": "Which", "repeats": True, "answerOption": [{"valueCoding": {"code": "x"}}]}
    form = made(*items, open_choice)
    answers = {
        "boolean": [False], "integer": [3], "decimal": ["2.5"], "date": ["2026-03-01"], "string": ["one line"], "text": ["more"],
        "quantity": [{"value": "7.25", "unit": ""}], "open": ["x", {"text": "another"}],
    }  # fmt: skip
    assert check(form, answers) == ()
    assert from_response(form, as_response(form, answers)) == answers


def test_what_is_known_fills_its_item_and_nothing_is_guessed() -> None:
    known = {"linkId": "d", "type": "date", "text": "Due", "extension": [{"url": "urn:careloom:form:prefill", "valueCode": "due_on"}]}
    form = made(known, {"linkId": "n", "type": "integer", "text": "N", "initial": [{"valueInteger": 1}]})
    assert prefill(form, {"due_on": "2026-05-01", "other": "x"}) == {"d": ["2026-05-01"], "n": [1]}
    assert prefill(form, {"due_on": ""}) == {"n": [1]}
