"""A family with a plan at one agency, an agency that visits homes, a Part 2 program, and an outsider."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from tests.factories.agencies import a_worker, an_agency, viewer

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.consents.actions import Draft, Signature, Signed, revoke_consent, sign_consent
from careloom.infra import clock
from careloom.infra.access import PrincipalKind, System, Viewer, acting_as, system
from careloom.infra.access.caseload import assign
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.referral import Kind, State
from careloom.people.actions import PersonFacts, make_person_principal, put_person
from careloom.plans.models import Need, PlanOfSafeCare, Referral
from careloom.plans.referrals import actions
from careloom.plans.referrals.answers import Answer, Ask, Moved, NeedsConsent, Refused
from careloom.work.models import Obligation

Done = Moved | Refused | NeedsConsent


@dataclass
class World:
    """The people and agencies of these tests, with the few verbs that they use."""

    dana: Membership
    bea: Membership
    rio: Membership
    out: Membership
    mother: UUID
    infant: UUID
    plan: PlanOfSafeCare
    need: Need
    at: datetime

    def sign(self, *, recipient: Membership, discloser: Membership | None = None, **changes: object) -> UUID:
        """She allows `recipient` to see her plan and her referrals; the discloser takes the form."""
        by = viewer(discloser or self.dana)
        draft = Draft(
            identity_id=self.mother, subject_ids=(self.mother, self.infant), kind="specific",
            discloser_ids=((discloser or self.dana).agency_id,), recipient_ids=(recipient.agency_id,),
            information=("posc.plan_core", "posc.referral_status", "posc.plan_part2_segment"),
            purposes=("care_coordination", "treatment"), expires_on=clock.today() + timedelta(days=180),
        )  # fmt: skip
        with acting_as(by):
            signed = sign_consent(
                by=by,
                at=self.at,
                draft=replace(draft, **changes),
                signature=Signature(method="SCREEN", name="Practice Mother"),
                request_key=str(uuid4()),
            )
        assert isinstance(signed, Signed), signed
        return signed.consent.pk

    def revoke(self, consent_id: UUID) -> None:
        by = viewer(self.dana)
        with acting_as(by):
            assert revoke_consent(by=by, at=clock.now(), consent_id=consent_id, how="SPOKEN")

    def send(self, *, to: Membership | None = None, kind: Kind = Kind.LIVE, key: str = "k", at: datetime | None = None, **asked: object) -> Done:
        by = viewer(self.dana)
        ask = Ask(kind=kind, agency_id=to.agency_id if to else None, organization="" if to else "Hope Street Family Housing")
        with acting_as(by):
            return actions.send_referral(by=by, at=at or self.at, need_id=self.need.pk, ask=replace(ask, **asked), request_key=key)

    def sent(self, **how: object) -> Referral:
        done = self.send(**how)  # type: ignore[arg-type]
        assert isinstance(done, Moved), done
        return done.referral

    def say(self, who: Membership | Viewer, referral: Referral, state: State, *, key: str = "", at: datetime | None = None, **what: object) -> Done:
        """An answer of the asked side."""
        by = who if isinstance(who, Viewer) else viewer(who)
        with acting_as(by):
            return actions.answer_referral(
                by=by, at=at or self.at, referral_id=referral.pk, answer=Answer(state=state, **what), request_key=key or str(uuid4())  # type: ignore[arg-type]
            )  # fmt: skip

    def move(self, referral: Referral, state: State, *, key: str = "", **what: object) -> Done:
        by = viewer(self.dana)
        with acting_as(by):
            answer = Answer(state=state, **what)  # type: ignore[arg-type]
            return actions.move_referral(by=by, at=self.at, referral_id=referral.pk, answer=answer, request_key=key or str(uuid4()))

    def seen(self, who: Membership | Viewer, referral: Referral) -> Referral | None:
        by = who if isinstance(who, Viewer) else viewer(who)
        with acting_as(by):
            return Referral.objects.seen_by(by).filter(pk=referral.pk).first()

    def state(self, referral: Referral) -> str:
        found = self.seen(self.dana, referral)
        assert found is not None
        return found.state

    def owed(self, who: Membership) -> list[str]:
        """The kinds of what an agency owes now."""
        job = system(System.JOB, holder_id=who.agency_id)
        with acting_as(job):
            return sorted(Obligation.objects.filter(holder_id=who.agency_id, met_at=None).values_list("kind", flat=True))

    def herself(self) -> Viewer:
        """The mother at her phone."""
        by = viewer(self.dana)
        with acting_as(by):
            who = make_person_principal(by=by, at=self.at, identity_id=self.mother, subject_ids=[self.mother, self.infant])
            from careloom.consents.materialise import materialise

            materialise([self.mother, self.infant])
        return Viewer(principal_id=who, kind=PrincipalKind.PERSON, purpose="patient_access", holder_id=who, whole_agency=True)


@pytest.fixture
def world(db: None) -> World:
    return a_world()


def a_world() -> World:
    """A mother with an infant, a plan and one need, kept by Pine Care Hub."""
    at = clock.now()
    pine = an_agency(kind=AgencyKind.COORDINATION_HUB, name="Pine Care Hub", county="Pine")
    dana = a_worker(Role.CARE_COORDINATOR, agency=pine, name="Dana Whitfield", title="Care coordinator")
    bea = a_worker(Role.HOME_VISITOR, agency=an_agency(kind=AgencyKind.HOME_VISITING, name="Harbor Home Visiting"))
    rio = a_worker(
        Role.CARE_COORDINATOR, agency=an_agency(kind=AgencyKind.PART2_PROGRAM, name="Riverbend", is_part2_program=True, is_covered_entity=True)
    )
    out = a_worker(Role.HOME_VISITOR)
    by = viewer(dana)
    with acting_as(by):
        facts = PersonFacts(role="MOTHER", given_name="Marisol", family_name="Valdeluna", phone="555-0142")
        mother = put_person(by=by, at=at, facts=facts, category="posc.plan_core").identity_id
        assign(by=by, worker_id=dana.worker_id, identity_ids=[mother], at=at - timedelta(minutes=5))
        child = PersonFacts(role="INFANT", given_name="Luz", mother_identity_id=mother)
        infant = put_person(by=by, at=at, facts=child, category="posc.plan_core").identity_id
        assign(by=by, worker_id=dana.worker_id, identity_ids=[infant], at=at - timedelta(minutes=5))
        frame = {"holder_id": by.holder_id, "identity_id": mother, "category": "posc.plan_core"}
        plan = PlanOfSafeCare.objects.create(
            **frame, pregnancy_id=uuid4(), kind="POSTNATAL", status="ACTIVE", pack="columbia", language="es",
            lead_agency_id=by.holder_id, lead_worker_id=dana.worker_id, started_at=at, request_key="plan",
        )  # fmt: skip
        need = Need.objects.create(
            **frame, plan_id=plan.pk, made_at=at, made_by=dana.worker_id, changed_at=at, code="HOUSING", title="A home of our own", her_choice="YES"
        )
    return World(dana=dana, bea=bea, rio=rio, out=out, mother=mother, infant=infant, plan=plan, need=need, at=at)
