"""Drafts a referral and sends it. A LIVE one leaves only when the agency that is asked may see it.

Source: workflows 6.4; R-120 (frequency, length, place, method of each planned service); features threads 31 to 38.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.directory.models import Service
from careloom.directory.queries import services_by_id
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.audit.actions import record
from careloom.kernel.labels import Kind as Sort
from careloom.kernel.referral import Flaw, Kind, State, Voice, may_move
from careloom.people.actions import put_names
from careloom.people.queries import infants_of, names_of
from careloom.plans.actions.keeping import kept_under
from careloom.plans.models import OPEN_STATES, Need, NeedStep, PlanOfSafeCare, Referral
from careloom.plans.referrals import steps
from careloom.plans.referrals.answers import Answer, Ask, Moved, NeedsConsent, Refused, Why
from careloom.plans.referrals.links import new_link
from careloom.plans.referrals.owing import Owed, answer_due, put
from careloom.plans.referrals.sight import missing_for_receiver

CORE, STATUS, SEGMENT = "posc.plan_core", "posc.referral_status", "posc.plan_part2_segment"


@transaction.atomic
def draft_referral(*, by: Viewer, at: datetime, need_id: UUID, ask: Ask, request_key: str) -> Moved | Refused:
    """Keep a referral that nobody outside is told of yet. Idempotent on `request_key`."""
    require(by)
    known = Referral.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Moved(referral=known, again=True)
    if not by.can("PLAN_WRITE"):
        return Refused(reasons=(Why.NOT_ALLOWED,))
    need = Need.objects.seen_by(by).filter(pk=need_id).first()
    if need is None:
        raise NotVisible
    service = services_by_id(ids=[ask.service_id]).get(ask.service_id) if ask.service_id else None
    agency_id = ask.agency_id or (service.agency_id if service else None)
    receiver = agencies_by_id(ids=[agency_id]).get(agency_id) if agency_id else None
    wrong = _wrong(by=by, need=need, ask=ask, service=service, receiver=receiver)
    if wrong:
        return Refused(reasons=wrong)
    row = _row(by=by, at=at, need=need, ask=ask, service=service, receiver=receiver, request_key=request_key)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # The same form came twice at once: the first one made the row.
        return Moved(referral=Referral.objects.get(holder_id=by.holder_id, request_key=request_key), again=True)
    record(by=by, at=at, action="plans.referral_drafted", identity_id=row.identity_id, object_id=row.pk, detail={"kind": row.kind})
    return Moved(referral=row)


@transaction.atomic
def send_referral(*, by: Viewer, at: datetime, need_id: UUID, ask: Ask, request_key: str) -> Moved | Refused | NeedsConsent:
    """Draft a referral and send it at once. Without the consent it stays a draft and the answer says what is missing."""
    drafted = draft_referral(by=by, at=at, need_id=need_id, ask=ask, request_key=request_key)
    if isinstance(drafted, Refused) or drafted.referral.state != State.DRAFT:
        return drafted
    return send_draft(by=by, at=at, referral_id=drafted.referral.pk, request_key=f"send:{request_key}")


@transaction.atomic
def send_draft(*, by: Viewer, at: datetime, referral_id: UUID, request_key: str) -> Moved | Refused | NeedsConsent:
    """Send a draft, or ask the same service again after the family said that it did not help."""
    row = steps.locked(by=by, referral_id=referral_id)
    if not by.can("PLAN_WRITE") or row.holder_id != by.holder_id:
        return Refused(reasons=(Why.NOT_ALLOWED,))
    if steps.known_step(by=by, referral=row, request_key=request_key):
        return Moved(referral=row, again=True)
    if not may_move(start=State(row.state), end=State.REQUESTED, voice=Voice.US):
        return Refused(reasons=(Flaw.NOT_FROM_HERE,))
    missing = missing_for_receiver(referral=row, at=at)
    if missing is not None:
        # Nothing of the family is written for the other agency: only our own worker is reminded to ask her.
        put(by=by, at=at, referral=row, owed=Owed(kind="REFERRAL_CONSENT", due=answer_due(at=at)), key="consent")
        return NeedsConsent(referral=row, missing=missing)
    if row.kind == Kind.LIVE:
        # She allowed this agency to see the referral, so it may know whom to help.
        put_names(by=by, at=at, identity_ids=row.household_ids)
    token = new_link(by=by, at=at, referral=row) if row.kind == Kind.LINK else ""
    moved = steps.take(by=by, at=at, referral=row, voice=Voice.US, answer=Answer(state=State.REQUESTED), request_key=request_key)
    return Moved(referral=moved.referral, token=token) if isinstance(moved, Moved) else moved


def _wrong(*, by: Viewer, need: Need, ask: Ask, service: Service | None, receiver: Agency | None) -> tuple[Why, ...]:
    plan = PlanOfSafeCare.objects.seen_by(by).filter(pk=need.plan_id).first()
    others = set(ask.household_ids) - {need.identity_id}
    unknown = others and not others <= _family(by=by, plan=plan)
    live = ask.kind is Kind.LIVE
    found = {
        Why.PLAN_CLOSED: plan is None or plan.status not in OPEN_STATES,
        Why.SHE_SAID_NO: _her_choice(by=by, need=need) in ("NO", "NOT_NOW"),
        Why.NO_SERVICE: service is None and receiver is None and not ask.organization.strip(),
        Why.NOT_ON_CARELOOM: live and (receiver is None or not receiver.active),
        Why.OWN_AGENCY: live and receiver is not None and receiver.pk == by.holder_id,
        Why.NOT_THIS_FAMILY: bool(unknown),
        Why.NOBODY_OWNS: _owner(by=by, need=need) is None,
    }
    return tuple(why for why, true in found.items() if true)


def _owner(*, by: Viewer, need: Need) -> UUID | None:
    """Who answers for what is owed: the worker who asks; for a system of the agency, the worker who answers for the need."""
    if by.worker_id is not None:
        return by.worker_id
    owner: UUID | None = need.owner_worker_id if need.holder_id == by.holder_id else None
    return owner


def _her_choice(*, by: Viewer, need: Need) -> str:
    """Her latest answer, also when she gave it herself in a row of her own."""
    said = NeedStep.objects.seen_by(by).filter(need_id=need.pk, step="CHOICE").order_by("-at").values_list("value", flat=True).first()
    return said or need.her_choice


def _family(*, by: Viewer, plan: PlanOfSafeCare | None) -> set[UUID]:
    """The identities of this plan's family: the mother, and those whose record that `by` sees names her as mother."""
    if plan is None:
        return set()
    children = [child.identity_id for child in infants_of(viewer=by, mother_ids=[plan.identity_id])]
    on_plan = Need.objects.seen_by(by).filter(plan_id=plan.pk).values_list("identity_id", flat=True)
    named = names_of(viewer=by, identity_ids=on_plan)
    return {plan.identity_id, *children, *named}


def _row(*, by: Viewer, at: datetime, need: Need, ask: Ask, service: Service | None, receiver: Agency | None, request_key: str) -> Referral:
    said = ask.service_name or (service.name if service else "")
    named = ask.organization.strip() or (service.organization.name if service else "") or (receiver.name_outside if receiver else "")
    return Referral(
        holder_id=by.holder_id, identity_id=need.identity_id, category=_category(need, receiver, said=(named, said), words=(ask.hand_off,)),
        provenance=need.provenance if need.provenance.startswith("part2_via") else "originating",
        plan_id=need.plan_id, need_id=need.pk, made_at=at, made_by=by.worker_id or by.principal_id, changed_at=at,
        household_ids=sorted({need.identity_id, *ask.household_ids}, key=str), kind=ask.kind.value,
        receiver_id=receiver.pk if receiver and ask.kind is Kind.LIVE else None, service_id=service.pk if service else None,
        organization=named[:160], service_name=said[:160],
        service_type=ask.service_type,
        frequency=ask.frequency, length=ask.length, place=ask.place, method=ask.method, funding=ask.funding, note=ask.note,
        hand_off=ask.hand_off.strip()[:300],
        state=State.DRAFT.value, owner_worker_id=_owner(by=by, need=need), follows_id=ask.follows_id, request_key=request_key,
    )  # fmt: skip


def _category(need: Need, receiver: Agency | None, *, said: tuple[str, str], words: tuple[str, ...]) -> str:
    """A referral that shows treatment or violence is kept apart, as its need is; so is one to a Part 2 program (42 CFR 2.12(a)(1)).

    So is one whose service says it: a home of her own may be sought in a recovery residence. `said`: the organization and the service;
    `words`: how she is handed over.
    """
    if need.category != CORE:
        return need.category
    part2 = receiver is not None and receiver.is_part2_program
    return SEGMENT if part2 else kept_under(kind=Sort.REFERRAL, category=STATUS, places=said, texts=words)
