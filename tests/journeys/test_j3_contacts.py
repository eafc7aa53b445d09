"""J3, steps 12 and 13: contacts for the state system as a file and on paper; another family is nobody, and what is unsafe to tell stays shut."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from tests.factories.agencies import viewer
from tests.journeys.conftest import Visitor, assert_accessible
from tests.journeys.pine import Pine, day, follow, pine, press, seen, told

from careloom.consents.actions import Draft, Signature, Signed, sign_consent
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.caseload import assign
from careloom.people.actions import PersonFacts, put_family_member, put_person
from careloom.plans.actions import start_plan
from careloom.plans.models import PlanOfSafeCare
from careloom.position.models import Contact

pytestmark = [pytest.mark.browser, pytest.mark.slow]
UNSAFE = "Rafa Practice"


@pytest.fixture
def county(site: str) -> Pine:
    world = pine()
    world.accepted()
    world.case()
    world.met_by(world.dana)
    return world


def a_plan(county: Pine, *, mother: UUID | None = None) -> PlanOfSafeCare:
    """A plan that Riverbend keeps and leads, of the mother or of somebody else."""
    by, at = viewer(county.dana), clock.now()
    with transaction.atomic(), acting_as(by):
        if mother is None:
            facts = PersonFacts(role="MOTHER", given_name="Noor", family_name="Another")
            mother = put_person(by=by, at=at, facts=facts, category="posc.plan_core").identity_id
            assign(by=by, worker_id=county.dana.worker_id, identity_ids=[mother], at=at)
        plan = start_plan(by=by, at=at, mother_id=mother, pregnancy_id=uuid4(), pack="columbia", request_key=uuid4().hex)
        assert isinstance(plan, PlanOfSafeCare)
    return plan


def test_contacts_go_into_the_state_system_as_a_file_and_on_paper(county: Pine, visit: Callable[..., Visitor]) -> None:
    # 12: she writes a contact down where the case is; it waits for entry, leaves as a file under the columns of the state system, and prints.
    lena = visit(county.lena)
    page = seen(lena, f"/cases/of/{county.mother}/", name="case-contacts")
    follow(page, "Write down a contact")
    assert_accessible(page, name="j3-contacts-none")
    page.get_by_role("radio", name="Home visit").check(force=True)
    page.get_by_role("radio", name="Her home").check(force=True)
    day(page, "day", county.today)
    page.get_by_label("Time").fill("00:01")
    page.get_by_label("Minutes").fill("40")
    page.get_by_label("A few words").fill("Jo slept in his crib")
    press(page, "Write it down")
    assert_accessible(page, name="j3-contacts")
    assert "Jo slept in his crib" in told(page)
    page = seen(lena, "/families/", name="families", says=["Contacts to enter"])
    follow(page, "Contacts to enter")
    assert_accessible(page, name="j3-entry")
    assert [word for word in ("Ada Example", "Home visit", "To be entered by") if word not in told(page)] == []
    follow(page, "As a file")
    assert_accessible(page, name="j3-file")
    assert "1 line goes into the file" in told(page)
    press(page, "Make the file")
    assert_accessible(page, name="j3-files")
    with page.expect_download() as download:
        page.locator("main a[href^='/position/files/']").first.click()
    (contact,) = county.rows(Contact)
    rows = list(csv.reader(io.StringIO(Path(str(download.value.path())).read_text(encoding="utf-8-sig"))))
    assert len(rows) == 2
    assert [str(contact.pk) in rows[1], "Lena Ortiz" in rows[1], "40" in rows[1]] == [True, True, True]
    page = seen(lena, "/position/entry/print/", name="entry-print", says=["Ada Example", "Lena Ortiz"])
    page = lena.go("/position/entry/")
    page.locator("label[for=c1]").click()
    day(page, "on", county.today)
    press(page, "They are entered")
    seen(lena, "/position/entry/?entered=1", name="entry-entered", says=["Ada Example", "after 0 days"])
    # What her visits leave behind prints too: the case, as it stands.
    page = lena.go(f"/cases/of/{county.mother}/")
    page.emulate_media(media="print")
    assert page.get_by_role("link", name="Write down a contact").is_visible() is False
    assert page.get_by_role("heading", name="Case and custody").is_visible()


def test_another_family_is_nobody_and_what_is_unsafe_to_tell_stays_shut(county: Pine, visit: Callable[..., Visitor]) -> None:
    # 13: the plan of a family that is not hers answers like one that does not exist, on every page of it.
    lena, plan = visit(county.lena), a_plan(county)
    for path in ("/families/{mother}/", "/plans/{plan}/team/", "/safety/of/{mother}/", "/cases/of/{mother}/", "/treatment/of/{mother}/"):
        answers = []
        for mother, pk in ((plan.identity_id, plan.pk), (uuid4(), uuid4())):
            answer = lena.page.goto(lena.site + path.format(mother=mother, plan=pk))
            assert answer is not None
            answers.append((answer.status, told(lena.page)))
        assert answers[0] == answers[1], path
        assert answers[0][0] == 404
        assert "Noor" not in lena.page.content()
    assert_accessible(lena.page, name="j3-nobody")
    lena.page.goto(f"{lena.site}/families/search/")
    lena.page.locator("#name").fill("Noor")
    lena.page.wait_for_timeout(800)
    assert lena.page.get_by_role("link", name="Noor").count() == 0

    # The mother lets her read the plan; whom she marked unsafe, and that there is such a mark, is not in it.
    own = a_plan(county, mother=county.mother)
    by, at = viewer(county.dana), clock.now() - timedelta(minutes=1)
    draft = Draft(
        identity_id=county.mother, subject_ids=(county.mother,), kind="specific", discloser_ids=(county.riverbend.pk,),
        recipient_ids=(county.cps.pk,), information=("posc.plan_core", "posc.referral_status"), purposes=("posc_monitoring", "care_coordination"),
        expires_on=county.today + timedelta(days=90),
    )  # fmt: skip
    with transaction.atomic(), acting_as(by):
        signature = Signature(method="SCREEN", name="Ada Example", explained_at=at)
        assert isinstance(sign_consent(by=by, at=at, draft=draft, signature=signature, request_key=uuid4().hex), Signed)
    pages = (f"/families/{county.mother}/", f"/plans/{own.pk}/family/", f"/families/{county.mother}/story/", f"/plans/{own.pk}/sections/")
    # The page says who looked when, so it is read twice before it is compared.
    before = [[told(lena.go(path)) for path in pages] for _again in range(2)][1]
    with transaction.atomic(), acting_as(by):
        put_family_member(by=by, at=at, identity_id=county.mother, name=UNSAFE, relation="the one before", contact="DO_NOT_CONTACT", unsafe=True)
    dana = visit(county.dana)
    assert UNSAFE in told(dana.go(f"/plans/{own.pk}/family/"))
    for path, words in zip(pages, before, strict=True):
        page = lena.go(path)
        assert told(page) == words, path
        assert UNSAFE not in page.content()
    lena.said.clear()  # the browser notes each page that is not there
