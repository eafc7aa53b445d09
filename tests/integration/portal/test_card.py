"""Her card pairs the hospital's record with hers, shares what she ticked and nothing else, and says nothing to a guess."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from tests.factories.agencies import viewer
from tests.integration.portal.conftest import World

from careloom.consents.models import Consent
from careloom.infra import clock
from careloom.infra.access import NotVisible, acting_as
from careloom.infra.access.caseload import assign
from careloom.people.actions import PersonFacts, put_person
from careloom.people.models import PersonRecord
from careloom.plans.models import CareTeamMember, Need, PlanOfSafeCare
from careloom.portal import actions
from careloom.portal.actions import CardUsed, NoCard
from careloom.portal.models import CardTry

pytestmark = pytest.mark.requirement("R-160")


def at_the_hospital(world: World) -> UUID:
    """The hospital's own record of her, under an identity of its own."""
    nurse = viewer(world.nurse)
    with acting_as(nurse):
        facts = PersonFacts(role="MOTHER", given_name="Marisol", family_name="Valdeluna")
        identity = put_person(by=nurse, at=clock.now(), facts=facts, category="hipaa.ob_record").identity_id
        assign(by=nurse, worker_id=nurse.worker_id, identity_ids=[identity], at=clock.now() - timedelta(minutes=1))  # type: ignore[arg-type]
    return identity


def code_from(phone: Client, *ticks: str) -> str:
    page = phone.post("/my/card/", {"ticks": list(ticks)}).content.decode()
    assert "<svg" in page
    found = re.search(r'class="cl-code">([A-Z0-9]{4} [A-Z0-9]{4})<', page)
    assert found
    return found[1]


def desk(world: World) -> Client:
    client = Client()
    client.force_login(world.nurse.worker.user)
    return client


@pytest.mark.parametrize(
    ("ticks", "plan", "program"),
    [((), False, False), (("PLAN",), True, False), (("PROGRAM",), False, True), (("PLAN", "PROGRAM"), True, True)],
    ids=["nothing", "plan", "program", "both"],
)
def test_the_card_shares_what_she_ticked(world: World, ticks: tuple[str, ...], plan: bool, program: bool) -> None:
    own, code, nurse = at_the_hospital(world), code_from(world.signed_in(), *ticks), viewer(world.nurse)
    answer = desk(world).post(f"/my/card/use/?mother={own}", {"code": code.lower()}, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Family care plan" in page
    assert ("Sam Peer" in page) is program
    assert (f"/plans/{world.plan.pk}/" in page) is plan
    with acting_as(nurse):
        assert PlanOfSafeCare.objects.filter(pk=world.plan.pk).exists() is plan
        assert Need.objects.filter(code="HOUSING").exists() is plan
        assert CareTeamMember.objects.filter(name="Sam Peer").exists() is program
        assert Need.objects.filter(code="MEDICINE_FOR_RECOVERY").exists() is program
        assert PersonRecord.objects.get(holder_id=nurse.holder_id).identity_id == world.mother
    her = world.her()
    with acting_as(her.viewer):
        papers = list(Consent.objects.filter(holder_id=her.principal.pk))
    assert bool(papers) is bool(ticks)
    assert all(p.recipient_ids == [world.hospital.pk] and p.kind == "specific" and p.signer == "mother" for p in papers)


def test_she_stops_what_the_card_opened(world: World) -> None:
    own, phone, nurse = at_the_hospital(world), world.signed_in(), viewer(world.nurse)
    desk(world).post(f"/my/card/use/?mother={own}", {"code": code_from(phone, "PLAN")})
    with acting_as(nurse):
        assert PlanOfSafeCare.objects.filter(pk=world.plan.pk).exists()
    for consent in set(re.findall(r"/my/sharing/([0-9a-f-]+)/", phone.get("/my/").content.decode())) - {str(world.consent_id)}:
        phone.post(f"/my/sharing/{consent}/")
    with acting_as(nurse):
        assert not PlanOfSafeCare.objects.filter(pk=world.plan.pk).exists()
        assert PersonRecord.objects.filter(holder_id=nurse.holder_id, identity_id=world.mother).exists()


def masked(page: bytes, code: str) -> str:
    text = re.sub(r'(csrfmiddlewaretoken" value|data-csrf)="[^"]*"', "", page.decode())
    return text.replace(code, "CODE")


def test_wrong_used_and_late_are_one_answer(world: World) -> None:
    own, phone, browser = at_the_hospital(world), world.signed_in(), desk(world)
    used = code_from(phone, "PLAN")
    with clock.at(clock.now() - timedelta(minutes=11)):
        late = code_from(world.signed_in())
    wrong = masked(browser.post(f"/my/card/use/?mother={own}", {"code": "ABCD 2345"}).content, "ABCD 2345")
    assert masked(browser.post(f"/my/card/use/?mother={own}", {"code": late}).content, late) == wrong
    fresh = code_from(phone, "PLAN")
    assert masked(browser.post(f"/my/card/use/?mother={own}", {"code": used}).content, used) == wrong  # a newer code took its place
    assert browser.post(f"/my/card/use/?mother={own}", {"code": fresh}).status_code == 302
    mine = world.mother
    again = masked(browser.post(f"/my/card/use/?mother={mine}", {"code": fresh}).content, fresh)
    assert again == wrong.replace(str(own), str(mine))


def test_guessing_is_limited_even_for_a_right_code(world: World) -> None:
    own, code, nurse = at_the_hospital(world), code_from(world.signed_in()), viewer(world.nurse)
    with acting_as(nurse):
        for number in range(10):
            assert isinstance(actions.use_card(by=nurse, at=clock.now(), identity_id=own, code=f"ABCDEF{20 + number}"), NoCard)
        assert isinstance(actions.use_card(by=nurse, at=clock.now(), identity_id=own, code=code), NoCard)
        assert CardTry.objects.count() == 11
        later = clock.now() + timedelta(minutes=61)
        assert isinstance(actions.use_card(by=nurse, at=later, identity_id=own, code=code), NoCard)  # by then it is late


def test_a_card_needs_the_agencys_own_record(world: World) -> None:
    code, nurse = code_from(world.signed_in(), "PLAN"), viewer(world.nurse)
    assert desk(world).get(f"/my/card/use/?mother={world.mother}").status_code == 404
    assert desk(world).get("/my/card/use/?mother=nobody").status_code == 404
    with acting_as(nurse), pytest.raises(NotVisible):
        actions.use_card(by=nurse, at=clock.now(), identity_id=world.mother, code=code)


def test_a_right_code_is_used_up(world: World) -> None:
    own, code, nurse = at_the_hospital(world), code_from(world.signed_in()), viewer(world.nurse)
    with acting_as(nurse):
        first = actions.use_card(by=nurse, at=clock.now(), identity_id=own, code=code)
        assert first == CardUsed(identity_id=world.mother, shares_program=False, shares_plan=False)
        assert isinstance(actions.use_card(by=nurse, at=clock.now(), identity_id=world.mother, code=code), NoCard)
