"""A form as a page: it draws what is there, takes back what was sent, and keeps what stood on no page."""

from __future__ import annotations

import re
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from tests.unit.infra.forms.made import made, often, spanish

from careloom.infra.forms import check
from careloom.infra.forms.asking import Questions, answered, once_less, once_more, shown_answer

OPENS = {"question": "a", "operator": "=", "answerCoding": {"code": "often"}}
GROUP = {"linkId": "g", "type": "group", "repeats": True, "text": "Each child", "item": [
    {"linkId": "name", "type": "string", "text": "Name", "required": True}, {"linkId": "on", "type": "date", "text": "Day"}]}  # fmt: skip


def sent(*pairs: tuple[str, str]) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, value in pairs:
        post.appendlist(name, value)
    return post


def drawn(form: Questions, **more: Any) -> str:
    return render_to_string("forms/questions.html", {"form": form, "version": 3, "tab": "t", **more})


def test_a_page_draws_the_questions_that_are_there_with_their_answers_in_the_language_asked_for() -> None:
    form = made(often("a", _text=spanish("¿Qué tanto?")), often("b", enableWhen=[OPENS]))
    page = drawn(Questions(form, {"a": ["some"]}, language="es"), save_url="/save/")
    assert "¿Qué tanto?" in page
    assert 'name="b"' not in page
    assert re.findall(r'value="(\w+)"[^>]*checked', page) == ["some"]
    assert 'hx-post="/save/"' in page
    assert 'name="b"' in drawn(Questions(form, {"a": ["often"]}))


def test_what_is_wrong_stands_at_its_question_and_in_the_summary() -> None:
    form = made(often("a", required=True))
    page = drawn(Questions(form, {}, wrongs=check(form, {})))
    assert "usa-error-summary" in page
    assert "Choose one to go on." in page
    assert 'href="#id_a_0"' in page


def test_what_was_sent_is_taken_back_and_what_stood_on_no_page_stays() -> None:
    form = made(
        often("a"), {"linkId": "n", "type": "integer", "text": "N"}, {"linkId": "d", "type": "date", "text": "D"},
        {"linkId": "y", "type": "boolean", "text": "Y"}, often("hidden"),
    )  # fmt: skip
    post = sent(*[("asked", p) for p in ("a", "n", "d", "y")], ("a", "some"), ("n", "12"), ("d_year", "2026"), ("d_month", "3"), ("d_day", "1"))
    before = {"hidden": ["often"], "y": [True]}
    assert answered(form, post, before=before) == {"a": ["some"], "n": [12], "d": ["2026-03-01"], "hidden": ["often"]}


def test_what_is_no_answer_is_kept_as_it_was_typed() -> None:
    form = made({"linkId": "n", "type": "integer", "text": "N"})
    kept = answered(form, sent(("asked", "n"), ("n", "many")), before={})
    assert kept == {"n": ["many"]}
    assert 'value="many"' in drawn(Questions(form, kept, wrongs=check(form, kept)))


def test_a_path_that_the_form_has_not_is_not_taken() -> None:
    form = made(often("a"), GROUP)
    post = sent(("asked", "g/99/name"), ("g/99/name", "x"), ("asked", "a/0/name"), ("asked", "name"), ("name", "x"), ("asked", "zz"), ("zz", "x"))
    assert answered(form, post, before={}) == {}


def test_a_group_is_asked_once_more_and_once_less() -> None:
    form = made(GROUP)
    two = once_more(form, {"g/0/name": ["One"]}, group="g")
    assert [field.name for part in Questions(form, two).parts for field in part.fields] == ["g/0/name", "g/0/on", "g/1/name", "g/1/on"]
    assert [w.path for w in check(form, two)] == ["g/1/name"]
    assert once_less(form, two, group="g") == {"g/0/name": ["One"]}
    assert 'name="drop"' in drawn(Questions(form, two))
    assert 'name="drop"' not in drawn(Questions(form, {}))


def test_own_words_beside_a_choice_come_back() -> None:
    item = {"linkId": "o", "type": "open-choice", "text": "Which", "answerOption": [{"valueCoding": {"code": "x", "display": "Ex"}}]}
    form = made(item)
    kept = answered(form, sent(("asked", "o"), ("o__own", "Another")), before={})
    assert kept == {"o": [{"text": "Another"}]}
    assert 'value="Another"' in drawn(Questions(form, kept))
    one = form.item("o")
    assert one is not None
    assert (shown_answer(one, ["x"]), shown_answer(one, kept["o"])) == ("Ex", "Another")


def test_what_is_no_answer_is_kept_as_text_and_breaks_nothing() -> None:
    """Numbers of any shape, letters that no database takes, days of another age, a list of thousands."""
    form = made(
        {"linkId": "n", "type": "integer", "text": "How many"}, {"linkId": "d", "type": "decimal", "text": "How much"},
        {"linkId": "on", "type": "date", "text": "Day"}, often("a", repeats=True),
        {"linkId": "then", "type": "string", "text": "And then", "extension": [{"url": "urn:careloom:form:required-if", "valueExpression": {
            "language": "text/fhirpath", "expression": "item.where(linkId = 'n').exists()"}}]},
    )  # fmt: skip
    asked = [("asked", "n"), ("asked", "d"), ("asked", "on"), ("asked", "a"), ("asked", "then")]
    for number in ("--5", "5-", "1e999999999", "-" * 40, "9" * 5000, "\u0661\u0662", "\x005"):
        answers = answered(form, sent(*asked, ("n", number), ("d", number)), before={})
        assert "\x00" not in str(answers)
        assert {wrong.path for wrong in check(form, answers)} <= {"n", "d", "then"}
    kept = answered(form, sent(*asked, ("a", "\x00often"), *[("a", "x")] * 5000), before={})["a"]
    assert kept[0] == "often"
    assert len(kept) <= 200
    for day in ("0001-01-01", "9999-12-31", "2026-02-30", "x"):
        assert [wrong.code for wrong in check(form, {"on": [day]})] == ["DATE"]
    assert check(form, {"on": ["2026-03-02"]}) == ()
