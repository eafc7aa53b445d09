"""A family with a plan for tests: agencies, workers, the mother, her consents, made by the actions that the product uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.factories.agencies import a_worker, an_agency, viewer

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.consents.actions import Draft, Signature, Signed, sign_consent
from careloom.infra import clock
from careloom.infra.access import PrincipalKind, Viewer, acting_as
from careloom.infra.access.caseload import assign
from careloom.infra.packs import load_pack
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.clocks import local_day
from careloom.people.actions import PersonFacts, make_person_principal, put_person
from careloom.plans import actions
from careloom.plans.models import PlanOfSafeCare

EVERY_PURPOSE = ("care_coordination", "treatment", "posc_monitoring")
PLAN = ("posc.plan_core", "posc.referral_status")


def a_key() -> str:
    """A new request key, as a form carries one."""
    return uuid4().hex


def a_little_ago() -> datetime:
    """Five minutes ago, or the county's midnight when that is nearer: a test's story and the day it names stay on one calendar day."""
    now = clock.now()
    return max(now - timedelta(minutes=5), now.astimezone(clock.zone()).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(now.tzinfo))


@dataclass
class PlanWorld:
    """Riverbend (a Part 2 program) keeps plans; Harbor visits homes; St. Agnes delivers babies. `at` is a little in the past."""

    at: datetime = field(default_factory=a_little_ago)

    def __post_init__(self) -> None:
        """Make the agencies and one worker each."""
        self.riverbend = an_agency(kind=AgencyKind.PART2_PROGRAM, is_part2_program=True, is_covered_entity=True)
        self.harbor = an_agency(kind=AgencyKind.HOME_VISITING)
        self.st_agnes = an_agency(kind=AgencyKind.HOSPITAL, is_covered_entity=True)
        self.supervisor = a_worker(Role.SUPERVISOR, agency=self.riverbend)
        self.dana = a_worker(Role.CARE_COORDINATOR, agency=self.riverbend)
        self.colleague = a_worker(Role.CARE_COORDINATOR, agency=self.riverbend)
        self.bea = a_worker(Role.HOME_VISITOR, agency=self.harbor)
        self.maria = a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=self.st_agnes)
        # The story plays before the test's transaction began, because the database's own clock decides what is in force.
        Membership.objects.update(starts_at=self.at - timedelta(days=1))
        Membership.objects.filter(pk=self.dana.pk).update(supervisor_id=self.supervisor.worker_id)

    @property
    def today(self) -> date:
        """The legal day of `at` where the practice pack counts."""
        return local_day(at=self.at, zone=load_pack(name="columbia").calendar.zone)

    def a_mother(self, *, by: Membership | None = None, **facts: Any) -> UUID:
        """A mother with a record at the agency of `by` (default Riverbend's coordinator), on the caseload of `by`."""
        who = viewer(by or self.dana)
        with acting_as(who):
            known = PersonFacts(role="MOTHER", **({"given_name": "Practice", "family_name": "Mother"} | facts))
            mother = put_person(by=who, at=self.at, facts=known, category="posc.plan_core").identity_id
            assign(by=who, worker_id=who.worker_id, identity_ids=[mother], at=self.at)
        return mother

    def an_infant(self, *, mother_id: UUID, by: Membership | None = None) -> UUID:
        """An infant with a record at the agency of `by` (default St. Agnes)."""
        who = viewer(by or self.maria)
        with acting_as(who):
            facts = PersonFacts(role="INFANT", family_name="Infant", mother_identity_id=mother_id)
            infant = put_person(by=who, at=self.at, facts=facts, category="posc.plan_core").identity_id
            assign(by=who, worker_id=who.worker_id, identity_ids=[infant], at=self.at)
        return infant

    def a_plan(self, *, mother_id: UUID | None = None, agreed: bool = False, at: datetime | None = None, **facts: Any) -> PlanOfSafeCare:
        """A plan that Riverbend's coordinator leads; with `agreed`, one strength and her spoken agreement."""
        mother = mother_id or self.a_mother()
        at, by = at or self.at, viewer(self.dana)
        with acting_as(by):
            facts = {"pregnancy_id": uuid4(), "pack": "columbia", "request_key": a_key()} | facts
            plan = actions.start_plan(by=by, at=at, mother_id=mother, **facts)
            assert isinstance(plan, PlanOfSafeCare)
            if agreed:
                actions.add_strength(by=by, at=at, plan_id=plan.pk, text="She asks for help early", request_key=a_key())
                said = "She was asked and names none today"
                actions.agree_plan(
                    by=by, at=at, plan_id=plan.pk, method="SPOKEN", witness="A practice witness", request_key=a_key(), no_needs_because=said
                )  # fmt: skip
                plan.refresh_from_db()
        return plan

    def share(
        self, plan: PlanOfSafeCare, *, to: Membership, information: Iterable[str] = PLAN, infants: Iterable[UUID] = (), holder: UUID | None = None
    ) -> Signed:
        """The mother's consent, taken by the plan's holder (or `holder`), whose record it opens to the agency of `to`."""
        takers = {m.agency_id: m for m in (self.dana, self.bea, self.maria)}
        by = viewer(takers[holder or plan.holder_id])
        draft = Draft(
            identity_id=plan.identity_id, subject_ids=(plan.identity_id, *infants), kind="specific",
            discloser_ids=(holder or plan.holder_id,), recipient_ids=(to.agency_id,), information=tuple(information),
            purposes=EVERY_PURPOSE, expires_on=clock.today() + timedelta(days=180),
        )  # fmt: skip
        with acting_as(by):
            signed = sign_consent(
                by=by,
                at=self.at,
                draft=draft,
                signature=Signature(method="SCREEN", name="Practice Mother", explained_at=self.at),
                request_key=a_key(),
            )
        assert isinstance(signed, Signed), signed
        return signed

    def her(self, plan: PlanOfSafeCare) -> Viewer:
        """The mother as a reader and writer of her own plan."""
        by = viewer(self.dana)
        with acting_as(by):
            principal = make_person_principal(by=by, at=self.at, identity_id=plan.identity_id, subject_ids=[plan.identity_id])
        from careloom.consents.materialise import materialise

        materialise([plan.identity_id])
        return Viewer(principal_id=principal, kind=PrincipalKind.PERSON, purpose="patient_access", holder_id=principal, whole_agency=True)
