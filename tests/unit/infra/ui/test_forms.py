"""Forms come out as USWDS markup, say "required", and lead from each error to its field."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django import forms

from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.gallery import BROKEN, INITIAL
from careloom.infra.ui.gallery.example_form import GalleryForm


class Birth(forms.Form):
    born_on = MemorableDateField(label="Born")


def test_every_label_hint_and_error_points_at_something_that_exists() -> None:
    html = str(GalleryForm(data=BROKEN, prefix="broken"))
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    assert set(re.findall(r'\sfor="([^"]+)"', html)) <= ids
    assert set(re.findall(r'href="#([^"]+)"', html)) <= ids
    described = {i for found in re.findall(r'aria-describedby="([^"]+)"', html) for i in found.split()}
    assert described
    assert described <= ids


def test_the_summary_counts_errors_and_stands_first() -> None:
    form = GalleryForm(data=BROKEN, prefix="broken")
    html = str(form).strip()
    assert html.startswith('<div class="usa-alert usa-alert--error usa-error-summary" role="alert" tabindex="-1">')
    assert f"{len(form.errors)} things need you before this can be sent" in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert "usa-error-summary" not in str(GalleryForm(initial=INITIAL))


def test_required_is_said_in_words_and_optional_fields_are_not_marked() -> None:
    form = GalleryForm()
    assert '<span class="cl-req">required</span>' in form["name"].as_field_group()
    assert "cl-req" not in form["email"].as_field_group()


@pytest.mark.parametrize(
    ("field", "piece"),
    [
        ("name", 'class="usa-input"'),
        ("note", 'class="usa-textarea"'),
        ("when", 'class="usa-select"'),
        ("prescribed", '<fieldset class="usa-fieldset usa-form-group"'),
        ("answer", 'class="cl-opts cl-opts--stack"'),
        ("her_choice", 'class="cl-opt cl-opt--her"'),
        ("share", 'class="cl-switch"'),
        ("told", 'class="cl-opt cl-opt--one"'),
        ("paper", 'type="file"'),
    ],
)
def test_each_kind_of_field_has_its_markup(field: str, piece: str) -> None:
    assert piece in GalleryForm()[field].as_field_group()


def test_hints_are_escaped_unless_marked_safe() -> None:
    class Risky(forms.Form):
        name = forms.CharField(help_text="<b>x</b>")

    assert "&lt;b&gt;" in str(Risky())


@pytest.mark.parametrize(
    "data",
    [
        {"born_on_month": "2", "born_on_day": "8", "born_on_year": "2026"},
        {"born_on_month": "02", "born_on_day": " 08 ", "born_on_year": "2026"},
        {"born_on": "2026-02-08"},
    ],
)
def test_three_boxes_or_one_text_make_a_date(data: dict[str, str]) -> None:
    form = Birth(data=data)
    assert form.is_valid()
    assert form.cleaned_data["born_on"] == dt.date(2026, 2, 8)


@pytest.mark.parametrize(
    ("month", "day", "year"), [("2", "31", "2026"), ("", "8", "2026"), ("13", "1", "2026"), ("2", "8", "26"), ("<b>", "8", "2026")]
)
def test_what_is_no_date_is_refused_and_shown_again(month: str, day: str, year: str) -> None:
    form = Birth(data={"born_on_month": month, "born_on_day": day, "born_on_year": year})
    assert not form.is_valid()
    html = str(form)
    assert f'value="{year}"' in html
    assert "four-digit year" in html
    assert "<b>" not in html


def test_an_empty_date_asks_for_all_three() -> None:
    form = Birth(data={"born_on_month": "", "born_on_day": "", "born_on_year": ""})
    assert form.errors["born_on"] == ["Type the month, the day and the year to go on."]


def test_a_date_shows_in_its_boxes() -> None:
    html = str(Birth(initial={"born_on": dt.date(2026, 2, 18)}))
    assert re.findall(r'name="born_on_(\w+)" value="(\d+)"', html) == [("month", "2"), ("day", "18"), ("year", "2026")]


@pytest.mark.parametrize("year", ["1", "1066", "1899", "2200", "9999", "9" * 5000])
def test_a_day_of_another_age_is_a_slip(year: str) -> None:
    """No clock can be counted from it: a day before the first or after the last year that there is would break every sum."""
    from careloom.infra.ui.fields import MemorableDateField

    class Form(forms.Form):
        on = MemorableDateField()

    assert not Form({"on_month": "12", "on_day": "31", "on_year": year}).is_valid()
    assert Form({"on_month": "12", "on_day": "31", "on_year": "1900"}).is_valid()
    assert Form({"on_month": "12", "on_day": "31", "on_year": "2199"}).is_valid()
