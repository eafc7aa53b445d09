"""Attacks on her consent from inside: by an agency that she allowed something, and that wants more. Each was open once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import EVERY_PURPOSE, PLAN, PlanWorld, a_key

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.consents.actions import Draft, Signature, Signed, revoke_consent, sign_consent
from careloom.consents.links import open_for_link
from careloom.consents.models import Consent
from careloom.infra import clock
from careloom.infra.access import NotVisible, System, acting_as, system
from careloom.infra.access.caseload import assign
from careloom.infra.access.models import Grant
from careloom.people.actions import PersonFacts, put_person
from careloom.people.models import PersonRecord
from careloom.plans import actions
from careloom.plans.models import Goal, Need, PlanOfSafeCare
from careloom.portal.models import PortalPerson

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> PlanWorld:
    return PlanWorld()


def invite(client: Client, mother: UUID) -> int:
    form = {"language": "en", "how": "SHOW", "phone": "555-0100", "request_key": a_key()}
    return client.post(f"/my/invite/{mother}/", form).status_code


def browser(member: object) -> Client:
    client = Client()
    client.force_login(member.worker.user)  # type: ignore[attr-defined]
    return client


def test_an_agency_that_reads_her_plan_makes_no_door_of_hers(world: PlanWorld) -> None:
    """Behind her door stand the records of every agency: a reader that opened it as her would read them all."""
    plan = world.a_plan(agreed=True)
    world.share(plan, to=world.bea)
    page = browser(world.bea).get(f"/my/invite/{plan.identity_id}/").content.decode()
    assert 'name="phone"' not in page
    assert "/my/in/" not in page
    assert invite(browser(world.bea), plan.identity_id) == 302
    with acting_as(system(System.SIGN_IN)):
        assert not PortalPerson.objects.filter(identity_id=plan.identity_id).exists()
    assert invite(browser(world.dana), plan.identity_id) == 200


def test_reading_her_plan_is_no_ground_for_a_second_one(world: PlanWorld) -> None:
    plan = world.a_plan(agreed=True)
    world.share(plan, to=world.bea)
    by = viewer(world.bea)
    with acting_as(by), pytest.raises(NotVisible):
        actions.start_plan(by=by, at=world.at, mother_id=plan.identity_id, pregnancy_id=uuid4(), pack="columbia", request_key=a_key())


def test_her_own_words_stop_with_her_consent_for_who_wrote_in_the_plan(world: PlanWorld) -> None:
    """An agency with a row of its own in her plan reads her words by her consent, not by that row."""
    plan = world.a_plan(agreed=True)
    consent = world.share(plan, to=world.bea).consent
    her, bea, dana = world.her(plan), viewer(world.bea), viewer(world.dana)
    with acting_as(bea):
        assert isinstance(actions.add_need(by=bea, at=world.at, plan_id=plan.pk, code="HOUSING", request_key=a_key()), Need)
    with acting_as(her):
        assert isinstance(actions.add_goal(by=her, at=world.at, plan_id=plan.pk, words="Mine alone", request_key=a_key()), Goal)
    with acting_as(bea):
        assert Goal.objects.filter(words="Mine alone").exists()
    with acting_as(dana):
        assert revoke_consent(by=dana, at=clock.now(), consent_id=consent.pk, how="SPOKEN")
    with acting_as(bea):
        assert not Goal.objects.filter(words="Mine alone").exists()
        assert not PlanOfSafeCare.objects.filter(pk=plan.pk).exists()
        assert Need.objects.filter(plan_id=plan.pk).count() == 1
    with acting_as(dana):
        assert Goal.objects.filter(words="Mine alone").exists()


def said_alone(world: PlanWorld, plan: PlanOfSafeCare) -> None:
    """A goal that she writes in her own pages."""
    her = world.her(plan)
    with acting_as(her):
        assert isinstance(actions.add_goal(by=her, at=world.at, plan_id=plan.pk, words="Mine alone", request_key=a_key()), Goal)


def readers_of_her_words(*members: Membership) -> list[bool]:
    """Who of these finds her goal by the ORM, whatever the pages ask first."""
    seen = []
    for member in members:
        with acting_as(viewer(member)):
            seen.append(Goal.objects.filter(words="Mine alone").exists())
    return seen


def test_her_own_words_reach_who_works_with_her_and_not_the_whole_agency(world: PlanWorld) -> None:
    """Inside the agency that keeps her plan the caseload decides about her words as about its own rows."""
    plan = world.a_plan(agreed=True)
    said_alone(world, plan)
    assert readers_of_her_words(world.dana, world.supervisor, world.colleague) == [True, True, False]
    dana = viewer(world.dana)
    with acting_as(dana):
        assign(by=dana, worker_id=world.colleague.worker_id, identity_ids=[plan.identity_id], at=world.at)
    assert readers_of_her_words(world.colleague) == [True]


def test_a_form_that_names_the_keeper_of_her_plan_does_not_widen_who_reads_her_words(world: PlanWorld) -> None:
    """A form taken elsewhere that sends to the keeper as well is no way around its caseload; the third agency reads by the form."""
    plan = world.a_plan(agreed=True)
    world.share(plan, to=world.bea)
    said_alone(world, plan)
    draft = Draft(
        identity_id=plan.identity_id, subject_ids=(plan.identity_id,), kind="specific", discloser_ids=(world.harbor.pk,),
        recipient_ids=(world.riverbend.pk,), information=PLAN, purposes=EVERY_PURPOSE, expires_on=clock.today() + timedelta(days=30),
    )  # fmt: skip
    bea = viewer(world.bea)
    with acting_as(bea):
        signature = Signature(method="SCREEN", name="Practice Mother", explained_at=world.at)
        assert isinstance(sign_consent(by=bea, at=world.at, draft=draft, signature=signature, request_key=a_key()), Signed)
    assert readers_of_her_words(world.dana, world.bea, world.colleague) == [True, True, False]


def test_the_search_asks_for_the_caseload_where_she_wrote_herself(world: PlanWorld) -> None:
    """A record that she holds herself is found by name only by who works with her."""
    plan = world.a_plan(agreed=True)
    her = world.her(plan)
    with acting_as(her):
        facts = PersonFacts(role="MOTHER", given_name="Herownname", family_name="Practice")
        put_person(by=her, at=world.at, facts=facts, category="posc.plan_core", identity_id=plan.identity_id)
    found = []
    for member in (world.dana, world.supervisor, world.colleague):
        with acting_as(viewer(member)), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM people_search('herownname', NULL, 10, 0)")
            found.append(cursor.fetchone()[0])
    assert found == [1, 1, 0]


def test_a_form_is_read_by_its_parties_only(world: PlanWorld) -> None:
    """That she released a program's record to somebody says that she is its patient (42 CFR 2.13(c)); a reader of the plan is not told."""
    plan = world.a_plan(agreed=True)
    mine = world.share(plan, to=world.bea).consent.pk
    other = world.share(plan, to=world.maria, information=(*PLAN, "part2.medication")).consent.pk
    seen = {}
    for name in ("bea", "maria", "dana", "colleague", "supervisor"):
        by = viewer(getattr(world, name))
        with acting_as(by):
            seen[name] = set(Consent.objects.filter(identity_id=plan.identity_id).values_list("pk", flat=True))
    assert seen == {"bea": {mine}, "maria": {other}, "dana": {mine, other}, "colleague": set(), "supervisor": {mine, other}}
    her = world.her(plan)
    with acting_as(her):
        assert {mine, other} <= set(Consent.objects.values_list("pk", flat=True))


def test_a_reader_does_not_stop_what_she_shares_with_others(world: PlanWorld) -> None:
    plan = world.a_plan(agreed=True)
    world.share(plan, to=world.bea)
    other = world.share(plan, to=world.maria).consent
    by = viewer(world.bea)
    with acting_as(by):
        assert not revoke_consent(by=by, at=clock.now(), consent_id=other.pk, how="SPOKEN")
    with acting_as(system(System.GRANTS)):
        assert Consent.objects.get(pk=other.pk).revoked_at is None


def test_a_role_that_takes_no_consents_revokes_none(world: PlanWorld) -> None:
    plan = world.a_plan(agreed=True)
    consent = world.share(plan, to=world.bea).consent
    officer = viewer(a_worker(Role.PRIVACY_OFFICER, agency=world.riverbend))
    with acting_as(officer), pytest.raises(NotVisible):
        revoke_consent(by=officer, at=clock.now(), consent_id=consent.pk, how="SPOKEN")
    taker = viewer(world.supervisor)
    with acting_as(taker):
        assert revoke_consent(by=taker, at=clock.now(), consent_id=consent.pk, how="SPOKEN")


def forged(world: PlanWorld, plan: PlanOfSafeCare, *, by_member: object, **changes: object) -> Consent:
    """A release of Riverbend's record that another agency writes down itself."""
    by = viewer(by_member)  # type: ignore[arg-type]
    draft = Draft(
        identity_id=plan.identity_id, subject_ids=(plan.identity_id,), kind="specific", discloser_ids=(plan.holder_id,),
        recipient_ids=(by.principal_id,), information=PLAN, purposes=EVERY_PURPOSE, expires_on=clock.today().replace(year=clock.today().year + 1),
    )  # fmt: skip
    with acting_as(by):
        done = sign_consent(
            by=by, at=world.at, draft=replace(draft, **changes),
            signature=Signature(method="SCREEN", name="Practice Mother", explained_at=world.at), request_key=a_key(),
        )  # fmt: skip
    assert isinstance(done, Signed)
    return done.consent


def test_a_form_that_the_reader_wrote_itself_opens_nothing(world: PlanWorld) -> None:
    plan = world.a_plan(agreed=True)
    forged(world, plan, by_member=world.bea)
    by = viewer(world.bea)
    with acting_as(by):
        assert not PlanOfSafeCare.objects.exists()
        assert not PersonRecord.objects.exists()
        assert not Grant.objects.exists()


def test_a_form_that_another_agency_wrote_opens_no_one_time_page(world: PlanWorld) -> None:
    plan, place = world.a_plan(agreed=True), "Hope Street"
    link, about = uuid4(), {"organization": place, "holder_id": plan.holder_id, "identity_id": plan.identity_id, "category": "posc.plan_core"}
    until = clock.now().replace(year=clock.now().year + 1)
    names = {"recipient_ids": (), "recipient_names": (place,)}
    forged(world, plan, by_member=world.bea, **names)
    assert not open_for_link(link_id=link, until=until, at=clock.now(), **about)  # type: ignore[arg-type]
    forged(world, plan, by_member=world.dana, **names)
    assert open_for_link(link_id=link, until=until, at=clock.now(), **about)  # type: ignore[arg-type]
