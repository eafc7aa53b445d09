"""Her phone, 320 pixels wide, in both languages: she reads and signs what her team wrote, says how things are, and takes her plan with her."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import transaction
from playwright.sync_api import Browser
from tests.factories.agencies import viewer
from tests.journeys.test_her_page import come_in
from tests.journeys.test_j4 import Phone, Story, story  # noqa: F401  (a fixture)

from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.plans.actions import sign_section, write_text
from careloom.plans.models import BetweenVisits, HerView, SectionCheck, SectionSignature, SectionText
from careloom.portal.learning import TOPICS

pytestmark = pytest.mark.browser
WORDS = {
    "en": ("It changed after you signed.", "The birth", "I am alone. Show it", "You signed this on", "How are things?", "The bus stopped."),
    "es": ("Cambió después de que usted firmó.", "El parto", "Estoy a solas.", "Usted firmó esto", "¿Cómo le va?", "Ya no pasa el camión."),
}


def written(story: Story, section: str, code: str, text: str, *, row_version: int = 0) -> SectionText:  # noqa: F811
    by = viewer(story.dana)
    with transaction.atomic(), acting_as(by):
        row = write_text(by=by, at=clock.now(), plan_id=story.plan, section=section, code=code, text=text, row_version=row_version)
        assert isinstance(row, SectionText)
        sign_section(by=by, at=clock.now(), plan_id=story.plan, section=section, request_key=uuid4().hex)
    return row


@pytest.mark.parametrize("language", ["es", "en"])
def test_she_signs_disagrees_answers_and_keeps_her_plan(story: Story, language: str, site: str, chromium: Browser) -> None:  # noqa: F811
    changed, birth, alone, signed, how, bus = WORDS[language]
    context = chromium.new_context(viewport={"width": 320, "height": 700}, locale=language, accept_downloads=True)
    context.set_default_timeout(15_000)
    context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    phone = Phone(page=context.new_page(), site=site)
    page = phone.page
    first = written(story, "B", "DISCHARGE", "A crib at home first")
    hidden = written(story, "F", "STAYING_WELL", "Methadone each morning")
    come_in(page, site, story.link())

    # She reads what waits for her, and signs it with her name.
    assert birth in phone.open("parts/")
    assert "A crib at home first" in phone.open("parts/B/")
    phone.send()
    assert signed in phone.look("parts, signed")
    with transaction.atomic(), acting_as(viewer(story.dana)):
        assert SectionSignature.objects.filter(plan_id=story.plan, section="B", who="FAMILY", how="SCREEN").count() == 1

    # What tells too much shows when she says that she is alone, and only then can be signed.
    assert "Methadone" not in phone.open("parts/F/")
    assert page.locator("input[name=name]").count() == 0
    phone.press("main a.usa-button--outline")
    assert "Methadone each morning" in phone.look("parts, alone")
    assert alone not in page.inner_text("main")
    phone.press(f"a[href$='/my/plan/TEXT/{hidden.pk}/']")
    phone.look("say")
    page.check("input[value=DISAGREE]")
    page.fill("textarea[name=words]", "I do not want this here.")
    phone.send()
    with transaction.atomic(), acting_as(viewer(story.dana)):
        assert HerView.objects.filter(item_id=hidden.pk, says="DISAGREE").count() == 1

    # It changes after she signed: the page says so, and keeps what it said.
    written(story, "B", "DISCHARGE", "A crib on the first day", row_version=first.row_version)
    assert changed in phone.open("parts/")
    assert "A crib at home first" in phone.open("parts/B/")

    # Between visits, things for her baby, and pages to learn from.
    assert how in phone.open("between/")
    page.check("input[name=q_HELP][value=NO]")
    page.fill("textarea[name=words]", bus)
    phone.send()
    assert bus in phone.open("between/")
    phone.open("things/")
    page.check("input[name=t_CRIB][value=NEEDED]")
    phone.send()
    with transaction.atomic(), acting_as(viewer(story.dana)):
        assert BetweenVisits.objects.filter(plan_id=story.plan).count() == 1
        assert SectionCheck.objects.get(plan_id=story.plan, code="CRIB").state == "NEEDED"
    for topic in TOPICS:
        assert phone.open(f"learn/{topic.slug}/")
    phone.open("learn/")

    # Her whole plan goes with her on paper.
    phone.open("plan/")
    with page.expect_download() as saved:
        page.click("a[href$='/my/plan/paper/']")
    assert saved.value.suggested_filename == f"family-plan-{language}.pdf"
    assert phone.found == []
    context.close()
