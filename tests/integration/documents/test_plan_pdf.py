"""The plan on paper: accessible, in two languages, and each copy holds only what its reader may see."""

from __future__ import annotations

import io
import re
from uuid import uuid4

import pypdf
import pytest
from django.test import Client
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.infra import clock
from careloom.infra.access import NotVisible, acting_as
from careloom.infra.access.models import Disclosure
from careloom.plans import actions
from careloom.plans.actions.sections import CheckSaid
from careloom.plans.documents import render_plan
from careloom.plans.documents.words import WORDS
from careloom.plans.models import PlanOfSafeCare

RECOVERY = "Staying well in recovery"


@pytest.fixture
def world(db: None) -> PlanWorld:
    return PlanWorld()


@pytest.fixture
def plan(world: PlanWorld) -> PlanOfSafeCare:
    made = world.a_plan(agreed=True)
    dana = viewer(world.dana)
    with acting_as(dana):
        actions.add_goal(by=dana, at=world.at, plan_id=made.pk, words="A door I can lock.", request_key=a_key())
        actions.add_need(by=dana, at=world.at, plan_id=made.pk, code="PEER", title=RECOVERY, request_key=a_key())
    return made


def read(paper: bytes) -> tuple[pypdf.PdfReader, str]:
    reader = pypdf.PdfReader(io.BytesIO(paper))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def copy(world: PlanWorld, plan: PlanOfSafeCare, who: object, language: str = "en") -> str:
    reader = viewer(who)  # type: ignore[arg-type]
    with acting_as(reader):
        return read(render_plan(viewer=reader, plan_id=plan.pk, language=language, at=clock.now()))[1]


def test_the_copy_is_tagged_titled_and_says_its_language(world: PlanWorld, plan: PlanOfSafeCare) -> None:
    dana = viewer(world.dana)
    with acting_as(dana):
        reader, _ = read(render_plan(viewer=dana, plan_id=plan.pk, language="es", at=clock.now()))
    root = reader.trailer["/Root"]
    assert str(root["/Lang"]).startswith("es")
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  (a pypdf boolean)
    assert reader.xmp_metadata is not None
    assert b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()


def test_both_languages_have_the_same_words() -> None:
    assert set(WORDS["en"]) == set(WORDS["es"])


def test_the_lead_reads_the_whole_plan_on_paper(world: PlanWorld, plan: PlanOfSafeCare) -> None:
    text = copy(world, plan, world.dana)
    assert "A door I can lock." in text
    assert RECOVERY in text
    assert WORDS["en"]["more"] in text


def test_a_restricted_copy_leaves_out_what_reveals_treatment_and_carries_the_notice(world: PlanWorld, plan: PlanOfSafeCare) -> None:
    world.share(plan, to=world.bea)
    text = copy(world, plan, world.bea)
    assert "A door I can lock." in text
    assert RECOVERY not in text
    assert world.riverbend.name not in text
    assert "42 CFR part 2" in text
    assert WORDS["en"]["more"] in text


def test_a_copy_is_accounted(world: PlanWorld, plan: PlanOfSafeCare) -> None:
    world.share(plan, to=world.bea)
    copy(world, plan, world.bea)
    dana = viewer(world.dana)
    with acting_as(dana):
        assert Disclosure.objects.filter(identity_id=plan.identity_id, recipient_id=world.harbor.pk).exists()


def test_without_consent_there_is_no_copy(world: PlanWorld, plan: PlanOfSafeCare) -> None:
    with pytest.raises(NotVisible):
        copy(world, plan, world.bea)


def test_hidden_and_absent_give_one_page(client: Client, world: PlanWorld, plan: PlanOfSafeCare) -> None:
    client.force_login(world.bea.worker.user)
    hidden = client.get(f"/plans/{plan.pk}/plan.pdf")
    absent = client.get(f"/plans/{uuid4()}/plan.pdf")
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)


def test_the_lead_downloads_it_under_a_neutral_name(client: Client, world: PlanWorld, plan: PlanOfSafeCare) -> None:
    client.force_login(world.dana.worker.user)
    answer = client.get(f"/plans/{plan.pk}/plan.pdf?lang=es")
    assert answer["Content-Type"] == "application/pdf"
    assert "family-plan-es.pdf" in answer["Content-Disposition"]


SECTIONS = "ABCDEFGHIJKLMN"
NAMES = {
    "en": ("A. Family and home", "D. What the baby was exposed to", "F. Treatment and recovery", "L. Child welfare and legal"),
    "es": ("A. Familia y hogar", "D. A qué estuvo expuesto el bebé", "F. Tratamiento y recuperación", "L. Bienestar infantil y asuntos legales"),
}
HERS = {
    "en": ("A. Your family and home", "D. Before the birth", "F. Staying well", "J. What is strong, and what you want", "Through you"),
    "es": ("A. Su familia y su casa", "D. Antes del parto", "F. Seguir bien", "J. Sus fortalezas y lo que usted quiere", "Por medio de usted"),
}


def in_sections(world: PlanWorld, plan: PlanOfSafeCare) -> None:
    """The lead writes in three sections, one of them closed to whoever may not know of treatment, and approves one."""
    dana = viewer(world.dana)
    with acting_as(dana):
        common = {"by": dana, "at": world.at, "plan_id": plan.pk}
        actions.write_text(**common, section="B", code="DISCHARGE", text="A crib at home first")
        actions.write_text(**common, section="F", code="STAYING_WELL", text="Methadone each morning, and she calls Sam")
        actions.put_checks(**common, section="I", said={"CRIB": CheckSaid(state="NEEDED", note="By Friday")})
        actions.sign_section(**common, section="B", request_key=a_key())
        actions.add_team_member(**common, name="Sam Peer", role="PEER", request_key=a_key(), through_her=True)


def headings(text: str) -> list[str]:
    return re.findall(r"(?<![A-Za-z])([A-N])\. (?=[A-ZÁ])", text.split("42 CFR part 2")[0])


@pytest.mark.requirement("R-207")
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_lead_prints_all_fourteen_sections_in_their_order(world: PlanWorld, plan: PlanOfSafeCare, language: str) -> None:
    in_sections(world, plan)
    text = copy(world, plan, world.dana, language)
    assert headings(text) == list(SECTIONS)
    for words in (*NAMES[language], "A crib at home first", "Methadone each morning", "By Friday", "Sam Peer", "A door I can lock."):
        assert words in text
    assert ("approved it on" if language == "en" else "lo aprobó el") in text


def test_another_agency_prints_the_same_headings_and_nothing_that_its_grant_leaves_out(world: PlanWorld, plan: PlanOfSafeCare) -> None:
    in_sections(world, plan)
    world.share(plan, to=world.bea)
    text = copy(world, plan, world.bea)
    assert headings(text) == list(SECTIONS)
    assert "A crib at home first" in text
    assert "42 CFR part 2" in text
    for closed in ("Methadone", RECOVERY, world.riverbend.name):
        assert closed not in text
    section = text.split("F. Treatment and recovery")[1].split("G. Others")[0]
    empty = text.split("D. What the baby was exposed to")[1].split("E. Her health")[0]
    assert section.strip() == empty.strip() == WORDS["en"]["nobody"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_her_own_copy_speaks_to_her_and_holds_what_is_hers_to_read_without_a_notice_to_others(
    world: PlanWorld, plan: PlanOfSafeCare, language: str
) -> None:
    in_sections(world, plan)
    her = world.her(plan)
    with acting_as(her):
        text = read(render_plan(viewer=her, plan_id=plan.pk, language=language, at=clock.now()))[1]
    assert headings(text) == list(SECTIONS)
    for words in (*HERS[language], "Methadone each morning", "A crib at home first"):
        assert words in text
    assert "42 CFR" not in text
    assert re.search(r"\b(her|she|herself|ella)\b", text.replace("and she calls Sam", "").replace("She asks for help early", "")) is None, text


def test_the_short_copy_is_one_page_of_what_she_wants_needs_and_whom_to_call(world: PlanWorld, plan: PlanOfSafeCare) -> None:
    dana = viewer(world.dana)
    with acting_as(dana):
        paper, said = read(render_plan(viewer=dana, plan_id=plan.pk, language="es", at=clock.now(), short=True))
        whole = read(render_plan(viewer=dana, plan_id=plan.pk, language="es", at=clock.now()))[1]
    assert len(paper.pages) == 1
    assert "Necesidades, seguidas hasta el final" in said
    assert re.search(r"\bN\. ", whole)
    assert not re.search(r"\bN\. ", said)
