"""A word with its agreed meaning: a native popover, or the plain word."""

from __future__ import annotations

from django.template import Context, Template
from django.test import RequestFactory

from careloom.infra.ui.components import Bar, Bars
from careloom.infra.ui.meanings import Meaning

WORD = Template('{% load ui %}{% term "Treatment" "treatment" %}|{% term "Case" "case" %}|{% term "Treatment" "TREATMENT" %}')


def drawn(**meanings: Meaning) -> list[str]:
    return WORD.render(Context({"request": RequestFactory().get("/"), "meanings": meanings})).split("|")


def test_a_word_nobody_agreed_on_is_the_plain_word() -> None:
    assert drawn() == ["Treatment", "Case", "Treatment"]


def test_a_word_opens_its_meaning_without_script_and_each_has_its_own_mark() -> None:
    first, case, second = drawn(treatment=Meaning(words="Care <b>she</b> chose", by="All of us"))
    assert case == "Case"
    assert 'type="button" popovertarget="cl-meaning-1"' in first
    assert 'id="cl-meaning-1" popover' in first
    assert "Care &lt;b&gt;she&lt;/b&gt; chose" in first
    assert "cl-meaning-3" in second


def test_bars_are_placed_and_what_is_hidden_draws_none() -> None:
    bars = Bars(rows=(Bar(label="All", value=100.0), Bar(label="Half", value=50.0, beside=25.0), Bar(label="Hidden", value=None)))
    whole, half, hidden = bars.placed
    assert (half.width, half.beside) == (whole.width / 2, whole.width / 4)
    assert hidden.width == 0
    assert bars.compares
    page = Template("{% load ui %}{% show bars %}").render(Context({"bars": bars}))
    assert page.count('class="b-is"') == 2
    assert 'aria-hidden="true"' in page
