"""A question whether there is more: asked in one way whoever is there, passed on by a job, answered by the mother herself.

INVARIANT: who asks runs the same statements and gets the same answer whether anybody holds more or not, and never hears whom it reached.
Source: 42 CFR 2.13(c); DESIGN section 2, "Silence".
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.apps import apps
from django.db import transaction
from django.urls import reverse

from careloom.agencies.models import Agency
from careloom.consents.turns import take_turn
from careloom.disclosures.keepers import answer_by, end_of, keeper_of
from careloom.disclosures.models import MoreAsked, MoreReached
from careloom.disclosures.models.trail import CATEGORY
from careloom.infra.access import NotVisible, PrincipalKind, System, Viewer, acting_as, require, system
from careloom.infra.access.models import Grant, Segment
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.people.models import PersonPrincipal
from careloom.work.actions import meet_obligation, open_obligation

TOPICS = ("PLAN", "BIRTH", "HEALTH", "TREATMENT", "FAMILY", "OTHER")
ANSWERS = ("YES", "NOT_NOW", "NO")
KIND, SHE_SAID_YES = "MORE_ASKED", "MORE_SHE_SAID_YES"
A_TIME = 100


@transaction.atomic
def ask_for_more(*, by: Viewer, at: datetime, identity_id: UUID, topics: tuple[str, ...], why: str, request_key: str) -> Done | Refused:
    """Keep the question; a job passes it on. The caller has checked that `by` sees the family. Idempotent on `request_key`."""
    require(by)
    if not by.can("FAMILY_READ") or by.worker_id is None or by.holder_id is None:
        raise NotVisible
    take_turn([f"{by.holder_id}:{request_key}"])
    known = MoreAsked.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    codes = (*(("TOPICS",) if not topics or not set(topics) <= set(TOPICS) else ()), *(("WHY",) if len(why.strip()) < 8 else ()))
    if codes:
        return Refused(codes=codes)
    row = MoreAsked(
        id=uuid4(), holder_id=by.holder_id, identity_id=identity_id, category=CATEGORY, worker_id=by.worker_id, topics=list(topics),
        why=said(why, most=400), asked_at=at, request_key=request_key,
    )  # fmt: skip
    row.save()
    record(by=by, at=at, action="disclosures.more_asked", identity_id=identity_id, object_id=row.pk, detail={"topics": list(topics)})
    return Done(row_id=row.pk)


def pass_on(*, at: datetime) -> int:
    """Hand every waiting question to the mother and to the agencies that hold more. Returns how many were handed on. Safe to repeat."""
    job = system(System.JOB)
    with transaction.atomic(), acting_as(job):
        waiting = list(MoreAsked.objects.filter(passed_on_at=None).order_by("asked_at").values_list("pk", flat=True)[:A_TIME])
    return sum(_pass_on(pk, at=at) for pk in waiting)


@transaction.atomic
def _pass_on(more_id: UUID, *, at: datetime) -> int:
    job = system(System.JOB)
    with acting_as(job):
        row = MoreAsked.objects.select_for_update(skip_locked=True).filter(pk=more_id, passed_on_at=None).first()
        if row is None:
            return 0
        MoreAsked.objects.filter(pk=row.pk).update(passed_on_at=at)
    with acting_as(system(System.GRANTS)):
        people = list(PersonPrincipal.objects.filter(identity_id=row.identity_id, kind="SELF", ended_at=None))
        holders = _holders_of_more(row, at=at, hers={person.pk for person in people})
    for person in people:
        _reach(row, holder_id=person.pk, knows=True, at=at)
    agencies = {agency.pk: agency for agency in Agency.objects.filter(pk__in=list(holders), active=True)}
    leads = dict(_leads(row)) if agencies else {}
    for pk, agency in sorted(agencies.items(), key=lambda item: str(item[0])):
        if reached := _reach(row, holder_id=pk, knows=holders[pk], at=at):
            _owe(reached, holder=agency, worker_id=leads.get(pk) or keeper_of(agency_id=pk, at=at), at=at)
    return 1


def _holders_of_more(row: MoreAsked, *, at: datetime, hers: set[UUID]) -> dict[UUID, bool]:
    """The agencies that hold what the asker does not see, and whether each of them knows already that the asker works with her."""
    live = Grant.objects.filter(identity_id=row.identity_id, valid_from__lte=at, valid_to__gt=at)
    between = list(live.filter(recipient_id=row.holder_id)) + list(live.filter(holder_id=row.holder_id))
    open_to_asker = {(g.holder_id, g.category, g.provenance) for g in between if g.recipient_id == row.holder_id}
    parties = {pk for g in between for pk in (g.holder_id, g.recipient_id)}
    held = Segment.objects.filter(identity_id=row.identity_id).exclude(holder_id=row.holder_id)
    more = {s.holder_id for s in held if (s.holder_id, s.category, s.provenance) not in open_to_asker}
    return {pk: pk in parties for pk in more - hers}


def _reach(row: MoreAsked, *, holder_id: UUID, knows: bool, at: datetime) -> MoreReached | None:
    """The question in the receiver's own book; None where it stands there already.

    INVARIANT: an agency that does not know that the asker works with her hears neither the name nor the asker's own words.
    """
    with acting_as(system(System.JOB, holder_id=holder_id)):
        if MoreReached.objects.filter(holder_id=holder_id, more_id=row.pk).exists():
            return None
        reached = MoreReached(
            id=uuid4(), holder_id=holder_id, identity_id=row.identity_id, category=CATEGORY, more_id=row.pk,
            asker_id=row.holder_id if knows else None, topics=row.topics, why=row.why if knows else "", reached_at=at,
        )  # fmt: skip
        reached.save()
    return reached


def _owe(row: MoreReached, *, holder: Agency, worker_id: UUID | None, at: datetime) -> None:
    """Whoever leads her plan there talks with her; where nobody does, it waits for who keeps the agency's papers."""
    open_obligation(
        by=system(System.JOB), at=at, holder_id=holder.pk, kind=KIND, family_id=row.identity_id, identity_id=row.identity_id,
        link=reverse("disclosures:more_reached", args=[row.pk]), request_key=f"more-asked:{row.pk}",
        worker_id=worker_id, due_at=end_of(answer_by(agency=holder, at=at), agency=holder),
        about_id=row.pk, about_kind="MORE",
    )  # fmt: skip


def may_read_reached(by: Viewer) -> bool:
    """Whether `by` may read a question that reached her agency: who may bring a mother a form, and who keeps the agency's papers."""
    require(by)
    return by.can("CONSENT_WRITE") or by.can("PAPERS_KEEP")


@transaction.atomic
def looked_at(*, by: Viewer, at: datetime, reached_id: UUID) -> bool:
    """The holder has looked at the question; nothing is told to who asked. False when it was done. Raises NotVisible."""
    if not may_read_reached(by):
        raise NotVisible
    row = MoreReached.objects.filter(pk=reached_id, holder_id=by.holder_id).first()
    if row is None:
        raise NotVisible
    done = MoreReached.objects.filter(pk=row.pk, answered_at=None).update(answer="LOOKED", answered_at=at)
    meet_obligation(by=by, at=at, about_id=row.pk, kind=KIND)
    return bool(done)


def waiting_for_her(*, viewer: Viewer) -> list[MoreReached]:
    """The questions that wait for her own answer, oldest first. One query."""
    require(viewer)
    return list(MoreReached.objects.filter(holder_id=viewer.principal_id, answered_at=None).order_by("reached_at", "pk")[:10])


@transaction.atomic
def her_answer(*, by: Viewer, at: datetime, reached_id: UUID, answer: str) -> bool:
    """Her yes, not now or no. A yes opens nothing: it asks who keeps her plan to bring the form. Raises NotVisible for what is not hers.

    A second answer changes nothing and is False.
    """
    require(by)
    row = MoreReached.objects.filter(pk=reached_id, holder_id=by.principal_id).first()
    if by.kind is not PrincipalKind.PERSON or row is None or answer not in ANSWERS:
        raise NotVisible
    if not MoreReached.objects.filter(pk=row.pk, answered_at=None).update(answer=answer, answered_at=at):
        return False
    record(by=by, at=at, action="disclosures.more_answered", identity_id=row.identity_id, object_id=row.pk, detail={"answer": answer})
    if answer == "YES":
        for agency_id, worker_id in _leads(row):
            open_obligation(
                by=by, at=at, holder_id=agency_id, worker_id=worker_id, kind=SHE_SAID_YES, family_id=row.identity_id, identity_id=row.identity_id,
                link=f"{reverse('consents:new', args=[row.identity_id])}?recipients={row.asker_id}", request_key=f"more-yes:{row.pk}",
                about_id=row.pk, about_kind="MORE",
            )  # fmt: skip
    return True


def _leads(row: MoreAsked | MoreReached) -> list[tuple[UUID, UUID | None]]:
    """The agency and the worker who lead her plan, by the agency that keeps it: who may bring her a form. Nobody where she has no plan."""
    plans = apps.get_model("plans", "PlanOfSafeCare")
    with acting_as(system(System.GRANTS)):
        held = Segment.objects.filter(identity_id=row.identity_id, category="posc.plan_core").values_list("holder_id", flat=True)
        keepers = sorted(set(Agency.objects.filter(pk__in=list(held), active=True).values_list("pk", flat=True)), key=str)
    found: dict[UUID, UUID | None] = {}
    for keeper in keepers:
        with acting_as(system(System.JOB, holder_id=keeper)):
            plan = plans.objects.filter(holder_id=keeper, identity_id=row.identity_id, closed_at=None).order_by("-started_at").first()
        if plan is not None:
            found.setdefault(plan.lead_agency_id, plan.lead_worker_id)
    return sorted(found.items(), key=str)
