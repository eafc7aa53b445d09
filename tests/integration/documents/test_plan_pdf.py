"""The plan on paper: accessible, in two languages, and each copy holds only what its reader may see."""

from __future__ import annotations

import io
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
