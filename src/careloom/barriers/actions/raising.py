"""Raising a barrier or an idea, its triage, and what is tried against it (R-016, R-192)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.barriers.actions.moving import MOST_LETTERS, hold, put_step
from careloom.barriers.counting import ends_on
from careloom.barriers.facts import BarrierFacts, TriageFacts
from careloom.barriers.models import Barrier, Given
from careloom.directory.needs import catalogue
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.kernel.partnership import Tier
from careloom.kernel.partnership.barrier import OVER, Cause, Deed, Kind, Source, State, leads_back
from careloom.kernel.partnership.vocabulary import plain_place
from careloom.partnership.actions.keeping import made, row_of, today, wrong
from careloom.partnership.models import Partner, Seat
from careloom.partnership.standing import standing_of

WORKING_TIERS = (Tier.LOCAL_TEAM, Tier.WORK_GROUP, Tier.CORE)
KINDS = {Kind.OPERATIONAL: Source.PROVIDER, Kind.ENGAGEMENT: Source.PROVIDER}


@transaction.atomic
def raise_barrier(*, by: Viewer, at: datetime, collaborative_id: UUID, facts: BarrierFacts, request_key: str) -> Done | Refused:
    """Put a barrier or an idea into the register: any member, and any worker of a partner.

    Refused codes: NOT_ALLOWED, TITLE, WORDS, LEADS_BACK, KIND, CAUSE, SERVICE, PARTNER. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    earlier = Barrier.objects.filter(collaborative_id=standing.collaborative.pk, request_key=request_key).first()
    if earlier is not None:
        return Done(row_id=earlier.pk)
    partner_id = facts.partner_id or next(iter(sorted(standing.partner_ids)), None)
    partner = row_of(Partner, standing, partner_id)
    codes = wrong(
        {
            "TITLE": not facts.title.strip(),
            "WORDS": not facts.words.strip(),
            "LEADS_BACK": leads_back(f"{facts.title} {facts.words}"),
            "KIND": facts.kind not in set(Kind),
            "CAUSE": facts.cause not in {"", *Cause},
            "SERVICE": bool(facts.service) and facts.service not in catalogue().domains,
            "PARTNER": partner_id is not None and (partner is None or not standing.speaks_for(partner_id)),
        }
    )
    if codes:
        return Refused(codes=codes)
    day = today(at)
    source = Source.MEMBER if standing.sits_in and facts.kind not in KINDS else Source.PROVIDER
    row = Barrier.objects.create(
        collaborative_id=standing.collaborative.pk, title=said(facts.title, most=120), words=facts.words.strip()[:MOST_LETTERS], kind=facts.kind,
        source=source, cause=facts.cause, service=facts.service, county=plain_place(facts.county)[:80], partner=partner, raised_by=by.worker_id,
        raised_on=day, due_on=ends_on("BARRIER_TRIAGE", start=day), **made(by, at, request_key),
    )  # fmt: skip
    put_step(row, Deed.RAISE, by=by, at=at, words="", request_key=request_key, due=row.due_on, name=partner.name if partner else None)
    return Done(row_id=row.pk)


@transaction.atomic
def triage(*, by: Viewer, at: datetime, barrier_id: UUID, facts: TriageFacts, version: int, request_key: str) -> Done | Refused | Stale:
    """Say what becomes of a barrier: a work group takes it with an owner, it is the same as another, or it is none, with the reason.

    Officers of a work group, a local team or the core team triage, and who runs the collaborative. What a family wrote goes when triage is done; of
    it stays only what is typed again in `quote`. Refused codes: NOT_ALLOWED, STATE, BODY, OWNER, JOINED_TO, REASON, LEADS_BACK, TITLE, QUOTE.
    Raises NotVisible.
    """
    held = hold(by=by, at=at, barrier_id=barrier_id)
    row, takes = held.row, facts.does == Deed.TRIAGE
    body = held.body(facts.body_id, *WORKING_TIERS)
    owner = Seat.objects.filter(pk=facts.owner_id, body=body, left_on=None).first() if facts.owner_id and body else None
    target = Barrier.objects.filter(pk=facts.joined_to_id, collaborative_id=row.collaborative_id).exclude(pk=row.pk).first()
    joins = facts.does == Deed.JOIN
    given = Given.objects.filter(barrier=row)
    hers = given.filter(hers=True).exclude(words="")
    told = facts.title + facts.words + facts.quote + facts.reason
    codes = wrong(
        {
            "DOES": facts.does not in {Deed.TRIAGE, Deed.JOIN, Deed.REJECT},
            "BODY": takes and body is None,
            "OWNER": takes and facts.owner_id is not None and owner is None,
            "JOINED_TO": joins and (target is None or target.state in OVER or row.joined.exists()),
            "REASON": facts.does == Deed.REJECT and not facts.reason.strip(),
            "LEADS_BACK": leads_back(told),
            "QUOTE": bool(facts.quote.strip()) and not hers.exists(),
        }
    )
    values = {"title": said(facts.title, most=120) or row.title, "words": facts.words.strip()[:MOST_LETTERS] or row.words}
    values |= {"quote": said(facts.quote, most=300)} if facts.quote.strip() else {}
    bodies = [*([body.pk] if body else []), *([row.body_id] if row.body_id else [])]
    may = held.standing.runs or any(held.standing.leads(pk) for pk in bodies) or (bool(held.standing.officer_of) and not takes)
    words = facts.reason.strip()
    if takes:
        step: dict[str, Any] = {"state": State.WORKING, "body": body, "tier": body.tier if body else row.tier, "owner": owner}
    elif joins:
        step = {"state": State.DUPLICATE, "joined_to": target}
        words = words or (target.title if target else "")
    else:
        step = {"state": State.NOT_A_BARRIER}
    deed = Deed(facts.does) if facts.does in set(Deed) else Deed.REJECT
    done = held.move(deed, may=may, request_key=request_key, version=version, codes=codes, words=words, put=values, **step)
    if isinstance(done, Done):
        given.exclude(words="").update(words="")
    return done


@transaction.atomic
def note_try(
    *, by: Viewer, at: datetime, barrier_id: UUID, words: str, request_key: str, owner_id: UUID | None = None, cross_system: bool | None = None
) -> Done | Refused | Stale:
    """Write down what was tried and what came of it; who leads may also hand it to another owner and say that it crosses systems.

    Refused codes: NOT_ALLOWED, STATE, WORDS, LEADS_BACK, OWNER. Raises NotVisible.
    """
    held = hold(by=by, at=at, barrier_id=barrier_id)
    owner = Seat.objects.filter(pk=owner_id, body_id=held.row.body_id, left_on=None).first() if owner_id else None
    codes = wrong({"WORDS": not words.strip(), "LEADS_BACK": leads_back(words), "OWNER": owner_id is not None and owner is None})
    values: dict[str, object] = {}
    if held.leads:
        values |= {"owner": owner} if owner else {}
        values |= {"cross_system": cross_system} if cross_system is not None else {}
    return held.move(Deed.TRY, may=held.takes_part, request_key=request_key, version=None, codes=codes, words=words, **values)
