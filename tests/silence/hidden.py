"""A family that exists with everything the product keeps about one, and readers to whom nothing of it may show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar
from uuid import UUID, uuid4

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import UUIDConverter
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.births import a_birth, a_draft, sent
from tests.factories.plans import PlanWorld, a_key
from tests.silence.cases import in_a_case
from tests.silence.disclosed import disclosed
from tests.silence.fetched import fetched_for
from tests.silence.messages import written_about
from tests.silence.met import met
from tests.silence.one_person import written_twice
from tests.silence.papers import court_paper
from tests.silence.rights import asked_for
from tests.silence.safety import kept_safe
from tests.silence.screening import filled_about
from tests.silence.state import in_a_file
from tests.silence.treatment import treated_for

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import WHOLE_AGENCY, Role, fits
from careloom.infra import clock
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.referral import Kind
from careloom.messages.actions import plan_appointment
from careloom.notifications.actions import deliver_identified
from careloom.notifications.models import ReceivedNotification
from careloom.people.actions import PersonFacts, put_family_member, put_person
from careloom.plans import actions
from careloom.plans.models import CareTeamMember, Goal, HerView, LeadTransfer, Need, PlanOfSafeCare, Review, Strength
from careloom.plans.referrals.actions import send_referral
from careloom.plans.referrals.answers import Ask, Moved
from careloom.portal import actions as portal
from careloom.portal import door
from careloom.work.models import Obligation

T = TypeVar("T")
NAMES = ("Xanthippe", "Quillfeather")
PHONE = "555-0177"
PIN = "482913"
# Addresses whose id is an agency's own or public, never a family's.
NO_FAMILY = {
    "collaborative_id": "a collaborative of agencies: no table of the rooms points at a family (test_rooms.py asks its own outsiders)",
    "export_id": "an export that only the system itself finds again (test_fhir_bulk.py asks for another's)",
    "service_id": "a service of the public directory",
    "membership_id": "a worker of the administrator's own agency",
    "client_id": "a computer system of the administrator's own agency",
    "provider_id": "an identity provider that the administrator's own agency registered",
    "ehr_id": "a record system that the administrator's own agency registered",
    "source_id": "a partner's record system that the administrator's own agency registered",
    "agency_id": "an agency's public keys, which are for everybody",
    "sheet_id": "a spreadsheet that one worker brought, and nobody else sees (test_sheets.py asks its outsiders)",
    "mapping_id": "what the columns of the own agency's spreadsheets mean",
    "demand_id": "what the administrator's own agency asks of its workers first",
    "clause_id": "an agreement between two agencies, with no person in it",
    "departure_id": "an export of the administrator's own agency, with no family behind its address",
    "federal_file_id": "a federal file of the state's own office, with encrypted ids and no family's page behind it",
    "expunging_id": "a proposal that an administrator may confirm and that names nobody to her (keeping/test_pages.py asks its outsiders)",
    "upload_id": "a directory file of the steward's own agency",
    "template_id": "a local template of plans: headings and questions, with no person in it",
}
WORDS = {
    "section": "B",
    "state": "accepted", "kind": "GOAL", "asks": "move", "right": "ACCESS", "does": "disagree", "decides": "approve", "plan_does": "end",
    "person_kind": "child", "sort": "EPISODE", "step": "interim",
    "deed": "resource", "row_deed": "visit", "which": "visits", "file": "page",
}  # fmt: skip


@dataclass
class Hidden:
    """The family. `ids` maps the name of an address's part to things of this family; `door` is her own link."""

    world: PlanWorld
    plan: PlanOfSafeCare
    her: Viewer
    ids: dict[str, list[UUID]] = field(default_factory=dict)
    token: str = ""
    door: str = ""


def addresses_with_ids() -> list[tuple[str, tuple[str, ...]]]:
    """Every address that takes the id of something of a family: its name and its parts, found in the resolver."""
    return sorted((name, parts) for name, parts in _walk(get_resolver(), "") if parts and not set(parts) & NO_FAMILY.keys())


def _walk(resolver: URLResolver, space: str) -> list[tuple[str, tuple[str, ...]]]:
    found: list[tuple[str, tuple[str, ...]]] = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            found += _walk(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern) and any(isinstance(c, UUIDConverter) for c in pattern.pattern.converters.values()):
            found.append((f"{space}{pattern.name}", tuple(pattern.pattern.converters)))
    return found


def a_hidden_family() -> Hidden:
    """Make it, by the actions that the product uses."""
    world = PlanWorld()
    by, at = viewer(world.dana), world.at
    mother = world.a_mother(given_name=NAMES[0], family_name=NAMES[1], phone=PHONE)
    plan = world.a_plan(mother_id=mother, agreed=True)
    consent = world.share(plan, to=world.bea).consent
    with acting_as(by):
        invited = portal.invite(by=by, at=at, identity_id=mother, language="en", phone=PHONE, request_key=a_key(), by_text=False)
        assert isinstance(invited, portal.Invited)
    her_door = door.her_of(person_id=invited.person.pk)
    assert her_door is not None
    her = her_door.viewer
    with acting_as(by):
        need = _made(actions.add_need(by=by, at=at, plan_id=plan.pk, code="HOUSING", her_choice="YES", request_key=a_key()), Need)
        goal = _made(actions.add_goal(by=by, at=at, plan_id=plan.pk, words="Her own door", request_key=a_key()), Goal)
        team = actions.add_team_member(by=by, at=at, plan_id=plan.pk, name="Aunt", role="PEER", request_key=a_key())
        member = put_family_member(by=by, at=at, identity_id=mother, name="Aunt", relation="aunt")
        live = send_referral(by=by, at=at, need_id=need.pk, ask=Ask(kind=Kind.LIVE, agency_id=world.bea.agency_id), request_key=a_key())
        link = send_referral(by=by, at=at, need_id=need.pk, ask=Ask(kind=Kind.LINK, organization="Hope Street"), request_key=a_key())
        visit = plan_appointment(
            by=by, at=at, identity_id=mother, kind="VISIT", title="Dosing", neutral_title="Visit", plan_id=plan.pk,
            starts_at=clock.now() + timedelta(days=2),
        )  # fmt: skip
        transfer = _made(actions.offer_lead(by=by, at=at, plan_id=plan.pk, to_agency_id=world.bea.agency_id, request_key=a_key()), LeadTransfer)
        strength, review = Strength.objects.filter(plan_id=plan.pk).first(), Review.objects.filter(plan_id=plan.pk).first()
        owed = Obligation.objects.filter(worker_id=by.worker_id, met_at=None).first()
    with acting_as(her):
        own = _made(actions.add_goal(by=her, at=at, plan_id=plan.pk, words="Mine", request_key=a_key()), Goal)
        said = _made(actions.her_view(by=her, at=at, item_kind="GOAL", item_id=goal.pk, words="Not so", request_key=a_key()), HerView)
    assert isinstance(live, Moved)
    assert isinstance(link, Moved)
    assert isinstance(team, CareTeamMember)
    assert strength is not None
    assert review is not None
    assert owed is not None
    draft, gone, received = _births(world)
    return Hidden(
        world=world, plan=plan, her=her, token=link.token, door=invited.path,
        ids={
            "plan_id": [plan.pk], "identity_id": [mother], "mother_id": [mother], "need_id": [need.pk], "goal_id": [goal.pk, own.pk],
            "strength_id": [strength.pk], "review_id": [review.pk], "view_id": [said.pk], "transfer_id": [transfer.pk],
            "member_id": [team.pk, member.pk], "referral_id": [live.referral.pk, link.referral.pk], "appointment_id": [visit.pk],
            "obligation_id": [owed.pk], "consent_id": [consent.pk], "item_id": [goal.pk], "notification_id": [draft, gone],
            "received_id": [received],
            **kept_safe(received_id=received), **filled_about(world, mother), **in_a_case(mother), **met(world, plan), **disclosed(world, plan, her),
            **asked_for(world, mother, her), **written_about(world, mother, her), **court_paper(world, mother=mother),
            **treated_for(world, mother=mother), **in_a_file(world, mother=mother),
            **written_twice(world, mother), **fetched_for(world, mother=mother),
        },
    )  # fmt: skip


def _made(row: object, kind: type[T]) -> T:
    assert isinstance(row, kind), row
    return row


def _births(world: PlanWorld) -> tuple[UUID, UUID, UUID]:
    """A draft and a sent notification of the hospital, and what child welfare of that county received."""
    where = uuid4().hex[:12]
    county = {"given_name": NAMES[0], "family_name": NAMES[1], "county": where}
    welfare = an_agency(kind=AgencyKind.CPS_AGENCY, county=where)
    draft = a_draft(a_birth(world.maria, **county))
    done = sent(a_birth(world.maria, exposures=(("FENTANYL", "NO"),), **county), in_treatment="NO")
    deliver_identified(notification_id=done.notification.pk, holder_id=done.notification.holder_id, at=clock.now())
    with acting_as(system(System.JOB, holder_id=welfare.pk)):
        received = ReceivedNotification.objects.filter(holder_id=welfare.pk).first()
    assert received is not None
    return draft.pk, done.notification.pk, received.pk


def readers(hidden: Hidden) -> dict[str, Client]:
    """Everybody who may see nothing of the family, each signed in."""
    child_welfare, health_department = an_agency(kind=AgencyKind.CPS_AGENCY), an_agency(kind=AgencyKind.PUBLIC_HEALTH)
    return {
        "a worker of an agency without consent": _worker(a_worker(*_roles_in(child_welfare), agency=child_welfare)),
        "a worker who may notify of an agency without consent": _worker(a_worker(*_roles_in(health_department), agency=health_department)),
        "a colleague without the family on her caseload": _worker(a_worker(*_front_line(hidden.world.riverbend), agency=hidden.world.riverbend)),
        "a colleague of the hospital without the family": _worker(a_worker(*_front_line(hidden.world.st_agnes), agency=hidden.world.st_agnes)),
        "a role without the permission": _worker(a_worker(Role.DIRECTORY_STEWARD, agency=hidden.world.riverbend)),
        "the mother of another family": another_mother(),
    }


def _roles_in(agency: Agency) -> tuple[Role, ...]:
    return tuple(role for role in Role if fits(role, agency.kind))


def _front_line(agency: Agency) -> tuple[Role, ...]:
    return tuple(role for role in _roles_in(agency) if role not in WHOLE_AGENCY)


def _worker(member: Membership) -> Client:
    client = Client()
    client.force_login(member.worker.user)
    client.get("/me/")  # whatever a session writes once is written
    return client


def another_mother() -> Client:
    """A phone on which the mother of another family is signed in, with a plan of her own."""
    world = PlanWorld()
    plan, by = world.a_plan(agreed=True), viewer(world.dana)
    with acting_as(by):
        invited = portal.invite(by=by, at=world.at, identity_id=plan.identity_id, language="en", request_key=a_key(), phone="", by_text=False)
    assert isinstance(invited, portal.Invited)
    client = Client()
    client.post(invited.path)
    client.post("/my/sign-in/", {"pin": PIN, "again": PIN})
    assert client.get("/my/plan/").status_code == 200
    return client


def a_record(member: Membership, **facts: str) -> UUID:
    """A person in the agency of `member`, who has her on her caseload."""
    by = viewer(member)
    with acting_as(by):
        known = PersonFacts(role="MOTHER", **facts)
        person = put_person(by=by, at=clock.now(), facts=known, category="posc.plan_core", source_id=uuid4().hex)
    return person.identity_id
