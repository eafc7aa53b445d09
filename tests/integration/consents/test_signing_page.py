"""The page on which she signs: declining weighs the same, and the worker is told what nobody has checked yet."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.integration.consents.conftest import Screens

from careloom.consents import notices
from careloom.consents.models import Consent
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
