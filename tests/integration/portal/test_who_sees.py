"""Who sees what she shared: stopping, looks, custody of an infant, another mother, and a supporter."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from tests.factories.agencies import viewer
from tests.integration.portal.conftest import World
from tests.integration.portal.reading import text

from careloom.consents.models import Consent
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.caseload import assign
from careloom.infra.access.models import AccessLog
from careloom.messages.actions import plan_appointment
from careloom.people.actions import PersonFacts, put_person
from careloom.people.models import PersonRecord
from careloom.plans.models import Need, PlanOfSafeCare
from careloom.portal.models import PortalPerson


def test_stop_sharing_is_calm_has_two_equal_buttons_and_works_at_once(world: World) -> None:
    bea, phone = viewer(world.bea), world.signed_in()
    with acting_as(bea):
        assert PlanOfSafeCare.objects.filter(pk=world.plan.pk).exists()
    page = text(phone, f"sharing/{world.consent_id}/")
    assert page.count('class="usa-button usa-button--outline"') == 2
    assert phone.post(f"/my/sharing/{world.consent_id}/").status_code == 302
    with acting_as(bea):
        assert not PlanOfSafeCare.objects.filter(pk=world.plan.pk).exists()
    assert "You share with no one now." in text(phone, "")
    assert phone.get(f"/my/sharing/{world.consent_id}/").status_code == 404


def test_who_looked_lists_others_and_not_herself(world: World) -> None:
    from careloom.infra.access.accounting import account

    bea = viewer(world.bea)
    with acting_as(bea):
        account(viewer=bea, place="plans:plan", rows=list(PlanOfSafeCare.objects.filter(pk=world.plan.pk)), at=clock.now())
    phone = world.signed_in()
    assert text(phone, "looked/").count("<b>Home visits</b>") == 1
    assert "Looked on" in text(phone, "")
    her = world.her()
    with acting_as(her.viewer):
        own = AccessLog.objects.seen_by(her.viewer).filter(principal_id=her.principal.pk)
        assert own.exists()


def an_infant(world: World, name: str) -> UUID:
    by = world.coordinator
    with acting_as(by):
        facts = PersonFacts(role="INFANT", given_name=name, family_name="Valdeluna", mother_identity_id=world.mother)
        infant = put_person(by=by, at=clock.now(), facts=facts, category="posc.plan_core").identity_id
        assign(by=by, worker_id=by.worker_id, identity_ids=[infant], at=clock.now() - timedelta(minutes=1))  # type: ignore[arg-type]
        Need.objects.create(
            holder_id=by.holder_id, identity_id=infant, category="posc.plan_core", plan_id=world.plan.pk, code="CRIB_AND_CAR_SEAT",
            title="Crib", made_at=clock.now(), changed_at=clock.now(), made_by=by.worker_id, her_choice="YES",
        )  # fmt: skip
    return infant


def test_an_infants_rows_need_custody(world: World) -> None:
    infant = an_infant(world, "Mateo")
    phone = world.signed_in()
    assert "Crib, car seat" not in text(phone, "plan/")
    her = world.her()
    with acting_as(her.viewer):
        assert not PersonRecord.objects.filter(identity_id=infant).exists()
    world.invite(infant_ids=(infant,))
    assert "Crib, car seat" in text(phone, "plan/")


def test_another_mothers_rows_are_never_on_her_pages(world: World) -> None:
    by = world.coordinator
    with acting_as(by):
        facts = PersonFacts(role="MOTHER", given_name="Ana", family_name="Otra")
        other = put_person(by=by, at=clock.now(), facts=facts, category="posc.plan_core").identity_id
        assign(by=by, worker_id=by.worker_id, identity_ids=[other], at=clock.now() - timedelta(minutes=1))  # type: ignore[arg-type]
        visit = plan_appointment(
            by=by, at=clock.now(), identity_id=other, kind="VISIT", title="Secret", neutral_title="Ana’s visit", starts_at=world.visit.starts_at
        )
    phone = world.signed_in()
    assert "Ana" not in text(phone, "visits/")
    assert phone.post(f"/my/visits/{visit.pk}/ride/").status_code == 404


def share_with_supporter(world: World, phone: Client, also: list[str]) -> Client:
    answer = phone.post("/my/supporters/", {"name": "Elena", "phone": "555-0165", "language": "en", "also": also, "request_key": str(uuid4())})
    assert answer.status_code == 302
    from careloom.portal import actions, door

    with acting_as(system(System.SIGN_IN)):
        person = PortalPerson.objects.exclude(identity_id=world.mother).get()
    her = door.her_of(person_id=person.pk)
    assert her is not None
    assert her.is_supporter
    actions.set_pin(her=her, pin="482913", at=clock.now())
    supporter = Client()
    supporter.post("/my/demo/enter/", {"person": str(person.pk)})
    return supporter


@pytest.mark.parametrize("also", [[], ["PROGRAM"]])
def test_a_supporter_sees_what_she_allows_and_loses_it_at_once(world: World, also: list[str]) -> None:
    phone = world.signed_in()
    supporter = share_with_supporter(world, phone, also)
    page = text(supporter, "")
    assert "A door I can lock." in page
    assert ("Staying well" in page) is bool(also)
    assert ("Sam Peer" in page) is bool(also)
    assert supporter.get("/my/plan/").headers["Location"] == "/my/"
    assert "<b>Elena</b>" in text(phone, "")
    for sharing in [part.split("/")[0] for part in text(phone, "").split("/my/sharing/")[1:]]:
        phone.post(f"/my/sharing/{sharing}/")
    assert "Nothing is shared with you now." in text(supporter, "")


def worker_signs(world: World, **changes: object) -> None:
    """She signs at Dana's screen, through the builder."""
    client = Client()
    client.force_login(world.dana.worker.user)
    form = {
        "share": ["PLAN"], "purposes": ["care_coordination"], "until": "plan_closed", "language": "en", "request_key": str(uuid4()), "how": "SCREEN",
        "typed": "Marisol Valdeluna",
    }  # fmt: skip
    assert client.post(f"/consents/new/{world.mother}/sign/", form | changes).status_code == 302


def test_a_supporter_whom_she_names_at_a_worker_s_screen_reads_on_the_page_that_she_has(world: World) -> None:
    phone = world.signed_in()
    supporter = share_with_supporter(world, phone, [])
    for sharing in [part.split("/")[0] for part in text(phone, "").split("/my/sharing/")[1:]]:
        phone.post(f"/my/sharing/{sharing}/")
    assert "Nothing is shared with you now." in text(supporter, "")
    with acting_as(system(System.SIGN_IN)):
        person = PortalPerson.objects.exclude(identity_id=world.mother).get()
    worker_signs(world, people=[f"page-{person.principal_id}"])
    page = text(supporter, "")
    assert "A door I can lock." in page
    assert "Sam Peer" not in page
    hers = text(phone, "")
    assert "<b>Elena</b>" in hers
    assert "Until your plan closes." in hers


def test_what_she_shares_on_her_own_pages_is_signed_there_and_by_no_typed_name(world: World) -> None:
    share_with_supporter(world, world.signed_in(), [])
    with acting_as(world.her().viewer):
        paper = Consent.objects.get(recipient_names=["Elena"])
    assert (paper.signature_method, paper.signed_name) == ("PORTAL", "")
    client = Client()
    client.force_login(world.dana.worker.user)
    assert "on her own pages" in client.get(f"/consents/{paper.pk}/").content.decode()


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_supporter_reads_of_her_plan_and_is_never_spoken_to_as_if_it_were_theirs(world: World, language: str) -> None:
    supporter = share_with_supporter(world, world.signed_in(), [])
    main = text(supporter, "", language).split("<main")[1].split('class="cl-well')[0]
    assert {"en": "The team is working on it.", "es": "El equipo está en eso."}[language] in main
    for said_to_her in ("Your team", "Your baby", "You have this", "Your next visit", "Su equipo la", "Su bebé", "Ya lo tiene", "Su próxima visita"):
        assert said_to_her not in main
