"""Suggestions stand under what a worker writes, with and without JavaScript; nothing is refused, and only codes are counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.wording.counting import count, counted
from careloom.infra.wording.models import SaidCount
from careloom.plans.models import Strength

SignIn = Callable[[Any], Client]
TEXT = "She relapsed in May. “I am an addict”, she says."
BETTER = "She returned to use in May. “I am an addict”, she says."


@pytest.fixture
def world(db: None) -> PlanWorld:
    return PlanWorld()


def test_the_widget_asks_under_a_workers_text_and_never_under_hers(world: PlanWorld) -> None:
    from django import forms

    class Note(forms.Form):
        note = forms.CharField(widget=forms.Textarea)
        word_for_word = forms.CharField(widget=forms.Textarea(attrs={"data-as-said": True}))

    page = Template("{{ form }}")
    with acting_as(viewer(world.dana)):
        drawn = page.render(Context({"form": Note()}))
    assert 'hx-post="/words/"' in drawn
    assert drawn.count('name="free_text"') == 1
    assert 'value="note"' in drawn
    with acting_as(world.her(world.a_plan())):
        hers = page.render(Context({"form": Note()}))
    assert "hx-post" not in hers
    assert "free_text" not in hers


def test_while_she_writes(world: PlanWorld, sign_in: SignIn) -> None:
    browser = sign_in(world.dana)
    part = browser.post(reverse("words"), {"note": TEXT}).content.decode()
    assert "returned to use" in part
    assert 'data-said="relapsed"' in part
    assert "addict" not in part
    assert browser.post(reverse("words"), {"note": "All is well."}).content.decode().strip() == ""
    assert browser.post(reverse("words"), {}).status_code == 200
    assert SaidCount.objects.count() == 0, "looking counts nothing"
    assert Client().post(reverse("words"), {"note": TEXT}).status_code == 302


def sent(browser: Client, world: PlanWorld, plan: Any, **more: str) -> Any:
    form = {"text": TEXT, "request_key": a_key(), "free_text": "text"} | more
    return browser.post(reverse("plans:strength_new", args=[plan.pk]), form)


def test_without_javascript_she_chooses_and_nothing_is_lost(world: PlanWorld, sign_in: SignIn) -> None:
    plan, browser = world.a_plan(), sign_in(world.dana)
    asked = sent(browser, world, plan)
    page = asked.content.decode()
    assert asked.status_code == 200
    assert "Keep mine" in page
    assert "Use the suggestion" in page
    assert BETTER in page
    key = page.split('name="request_key" value="')[1].split('"')[0]
    kept = sent(browser, world, plan, request_key=key, words_seen="1", words_answer="keep")
    assert kept.status_code == 302
    used = sent(browser, world, plan, words_seen="1", words_answer="use")
    assert used.status_code == 302
    with acting_as(viewer(world.dana)):
        assert set(Strength.objects.filter(plan_id=plan.pk).values_list("text", flat=True)) == {TEXT, BETTER}
    row = SaidCount.objects.get()
    assert (row.agency_id, row.code, row.kept, row.used) == (world.riverbend.pk, "RELAPSED", 1, 1)
    columns = {field.name for field in SaidCount._meta.get_fields()}
    assert columns == {"id", "agency_id", "month", "code", "kept", "used"}


def test_a_form_that_names_no_field_or_says_nothing_goes_straight_through(world: PlanWorld, sign_in: SignIn) -> None:
    plan, browser = world.a_plan(), sign_in(world.dana)
    assert sent(browser, world, plan, free_text="").status_code == 302
    assert sent(browser, world, plan, text="She asks for help early").status_code == 302
    assert SaidCount.objects.count() == 0


def test_what_was_not_kept_is_not_counted(world: PlanWorld, sign_in: SignIn) -> None:
    plan, browser = world.a_plan(), sign_in(world.dana)
    assert sent(browser, world, plan, text=TEXT * 200, words_seen="1").status_code == 422
    assert SaidCount.objects.count() == 0


def test_the_page_for_training_hides_small_numbers(world: PlanWorld, sign_in: SignIn) -> None:
    today = clock.today()
    for code, times in (("ADDICT", 30), ("RELAPSE", 14), ("UNFIT", 3)):
        count(agency_id=world.riverbend.pk, on=today, kept=[code] * times)
    count(agency_id=world.harbor.pk, on=today, kept=["DENIES"] * 50)
    shown = counted(agency_id=world.riverbend.pk, since=date(2020, 1, 1), language="en")
    assert [(row.said, row.shown) for row in shown] == [("addict", "30"), ("relapse", "14"), ("unfit mother", "*")]
    page = sign_in(world.supervisor).get(reverse("agencies:said")).content.decode()
    assert "addict" in page
    assert "30" in page
    assert "denies" not in page
    assert ">3<" not in page
    assert sign_in(world.dana).get(reverse("agencies:said")).status_code == 404
