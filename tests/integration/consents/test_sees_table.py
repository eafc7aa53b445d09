"""Who sees what, on the family page and on the page of consents: about whom, and the last day on which it holds."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format
from tests.factories.agencies import viewer
from tests.integration.consents.conftest import Screens

from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.caseload import assign
from careloom.people.actions import PersonFacts, put_person

PAGES = ("/families/{}/", "/consents/of/{}/")


def an_infant(screens: Screens, name: str) -> str:
    """An infant of whom Riverbend keeps a newborn record and nothing of a plan."""
    by = viewer(screens.world.dana)
    with acting_as(by):
        facts = PersonFacts(role="INFANT", given_name=name, mother_identity_id=screens.mother)
        infant = put_person(by=by, at=screens.world.at, facts=facts, category="hipaa.newborn_record").identity_id
        assign(by=by, worker_id=by.worker_id, identity_ids=[infant], at=screens.world.at)  # type: ignore[arg-type]
    return str(infant)


def row_of(screens: Screens, page: str) -> list[str]:
    """The cells of Harbor's line."""
    text = screens.client().get(page.format(screens.mother)).content.decode()
    line = re.search(rf"<tr>(?:(?!</tr>).)*{screens.world.harbor.name_outside}.*?</tr>", text, re.S)
    assert line is not None
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<td.*?</td>", line.group(), re.S)]


@pytest.mark.parametrize("page", PAGES)
def test_the_last_day_is_shown_on_which_it_holds(screens: Screens, page: str) -> None:
    last = clock.today() + timedelta(days=30)
    assert screens.sign(until="DATE", until_on=last.isoformat()).status_code == 302
    shown = row_of(screens, page)[3]
    days = {date_format(last, form) for form in ("F j", "F j, Y", "DATE_FORMAT")}
    assert shown in days


@pytest.mark.parametrize("page", PAGES)
def test_what_is_seen_of_the_infant_alone_says_so(screens: Screens, page: str) -> None:
    infant = an_infant(screens, "Mateo")
    assert screens.sign(share=["PLAN", "HEALTH"], infants=[infant]).status_code == 302
    plan, health, treatment = row_of(screens, page)[:3]
    assert (plan, health, treatment) == ("Part", "Infant only", "Not shared")


@pytest.mark.parametrize("page", PAGES)
def test_of_twins_the_one_is_named(screens: Screens, page: str) -> None:
    first, second = an_infant(screens, "Mateo"), an_infant(screens, "Lucas")
    assert screens.sign(share=["HEALTH"], infants=[second]).status_code == 302
    assert row_of(screens, page)[1] == "Only Lucas"
    assert screens.sign(share=["HEALTH"], infants=[first]).status_code == 302
    assert row_of(screens, page)[1] == "Infants only"


def test_the_page_of_one_consent_and_the_lists_name_the_same_day(screens: Screens) -> None:
    last = clock.today() + timedelta(days=30)
    done = screens.sign(until="DATE", until_on=last.isoformat())
    words = date_format(last, "DATE_FORMAT")
    assert words in screens.client().get(done.headers["Location"]).content.decode()
    family = screens.client().get(reverse("consents:family", args=[screens.mother])).content.decode()
    assert family.count(words) == 2
