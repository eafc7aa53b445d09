"""The page on which she signs: declining weighs the same, and the worker is told what nobody has checked yet."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from django.urls import reverse
from pypdf import PdfReader
from tests.factories.agencies import viewer
from tests.integration.consents.conftest import Screens

from careloom.consents import notices
from careloom.consents.actions import Draft, NotSigned, Signature, sign_consent
from careloom.consents.models import Consent
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system

UNCHECKED = "not yet compared with the published rule"


def test_not_now_and_sign_have_one_size_and_weight(screens: Screens) -> None:
    page = screens.post("sign", screens.form()).content.decode()
    looks = {words: css for css, words in re.findall(r'<button class="([^"]*)"[^>]*>(Not now|Sign)</button>', page)}
    assert looks.keys() == {"Not now", "Sign"}
    assert looks["Not now"] == looks["Sign"]


def test_not_now_on_the_signing_page_signs_nothing(screens: Screens) -> None:
    assert screens.post("new", {"go": "no"}).status_code == 302
    with acting_as(system(System.GRANTS)):
        assert not Consent.objects.filter(identity_id=screens.mother).exists()


@pytest.mark.parametrize("checked", [False, True])
def test_a_notice_that_nobody_compared_with_the_rule_is_marked_for_the_worker(
    screens: Screens, monkeypatch: pytest.MonkeyPatch, checked: bool
) -> None:
    text = notices.notice("en")
    monkeypatch.setattr("careloom.consents.presenters.builder.notice", lambda language: replace(text, review_needed=not checked))
    assert text.review_needed
    page = screens.post("sign", screens.form()).content.decode()
    assert (UNCHECKED in page) is not checked


def text_of(content: bytes) -> str:
    """The words of a file."""
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.requirement("R-106")
def test_the_name_that_she_typed_is_kept_and_stands_on_the_page_and_on_paper(screens: Screens) -> None:
    done = screens.sign(typed="  Marisol   V. Quillfeather ")
    page = screens.client().get(done.headers["Location"]).content.decode()
    assert "Marisol V. Quillfeather" in page
    assert "As she typed it" in page
    copy = screens.client().get(done.headers["Location"] + "copy/").content
    assert "Signature typed by her: Marisol V. Quillfeather" in text_of(copy)


def test_a_paper_keeps_its_day_and_no_typed_name(screens: Screens) -> None:
    screens.sign_on_paper(typed="Somebody")
    with acting_as(system(System.GRANTS)):
        assert Consent.objects.get(identity_id=screens.mother).signed_name == ""


def test_without_a_name_no_screen_signature_is_taken_by_any_door(screens: Screens) -> None:
    by = viewer(screens.world.dana)
    draft = Draft(
        identity_id=screens.mother, subject_ids=(screens.mother,), kind="specific", discloser_ids=(screens.world.riverbend.pk,),
        recipient_ids=(screens.world.harbor.pk,), information=("posc.plan_core",), purposes=("care_coordination",), expires_on=clock.today(),
    )  # fmt: skip
    with acting_as(by):
        answer = sign_consent(by=by, at=clock.now(), draft=draft, signature=Signature(method="SCREEN", name=" "), request_key="no name")
    assert isinstance(answer, NotSigned)
    assert [gap.citation for gap in answer.missing] == ["42 CFR 2.31(a)(8)"]


@pytest.mark.parametrize(("program", "why"), [(True, "42 CFR 2.31(a)(8)"), (False, "")])
def test_a_spoken_yes_is_offered_only_where_it_is_enough_and_the_page_says_why_not(screens: Screens, program: bool, why: str) -> None:
    world = screens.world
    mother = screens.mother if program else world.a_mother(by=world.bea, given_name="Ana")
    form = screens.form(recipients=[str(world.maria.agency_id)], purposes=["treatment"])
    page = screens.client(None if program else world.bea).post(reverse("consents:sign", args=[mother]), form).content.decode()
    assert ("She said yes aloud" in page) is not program
    assert ("A yes said aloud is not enough" in page) is program
    assert why in page
