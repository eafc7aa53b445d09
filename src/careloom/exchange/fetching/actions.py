"""Asks for a record, stops it, lets it go on, takes over what a worker chose, and is done with the rest. Each is safe to repeat and is audited."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.agencies.models import Agency
from careloom.agencies.roles import Permission
from careloom.exchange.fetching import proposals
from careloom.exchange.fetching.covering import Cover, cover_of
from careloom.exchange.fetching.sources import source_of, sources_of
from careloom.exchange.fetching.work import LIES
from careloom.exchange.models import DONE, OPEN, READY, RUNNING, STOPPED, WAITING, Fetch, Source
from careloom.health.actions import put_facts
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.answers import Done, Refused
from careloom.infra.audit.actions import record

PART2, PLAIN = "part2.presence", "hipaa.ob_record"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A source from which the agency may receive this person's record now, and on which form."""

    source: Source
    cover: Cover


def offers_for(*, viewer: Viewer, identity_id: UUID, at: datetime) -> list[Offer]:
    """The sources for which a form of hers is in force that this worker may read, by name."""
    found = [
        Offer(source=source, cover=cover)
        for source in sources_of(viewer=viewer).filter(ended_at=None)
        if (cover := cover_of(viewer=viewer, identity_id=identity_id, discloser=source.discloser, at=at)) is not None
    ]
    return sorted(found, key=lambda offer: offer.source.name)


@transaction.atomic
def ask(*, by: Viewer, at: datetime, identity_id: UUID, source_id: UUID, request_key: str) -> Done | Refused:
    """Ask for the record of this person from a source; the job fetches it. One that is on its way, or lies ready, is answered with itself.

    Refused: NOT_COVERED (no form of hers lets it). Raises NotVisible for another agency's source, or one that was ended.
    """
    require(by)
    if not by.can(Permission.IMPORT_RECORDS) or by.worker_id is None:
        raise NotVisible
    source = source_of(viewer=by, source_id=source_id)
    if source.ended_at is not None:
        raise NotVisible
    # The source's agency is the lock: two presses of one button wait for each other here.
    Agency.objects.select_for_update().get(pk=by.holder_id)
    cover = cover_of(viewer=by, identity_id=identity_id, discloser=source.discloser, at=at)
    if cover is None:
        return Refused(codes=("NOT_COVERED",))
    mine = Fetch.objects.seen_by(by).filter(holder_id=by.holder_id, identity_id=identity_id, source_id=source.pk)
    known = mine.filter(request_key=request_key).first() or mine.filter(state__in=OPEN).first()
    if known is not None:
        return Done(row_id=known.pk)
    # That a program has a record of her says that she is its patient (42 CFR 2.13(c)).
    category = PART2 if source.discloser.is_part2_program else PLAIN
    row = Fetch(
        holder_id=by.holder_id, identity_id=identity_id, category=category, source_id=source.pk, consent_id=cover.consent.pk, asked_by=by.worker_id,
        asked_at=at, next_at=at, ends_at=at + LIES, request_key=request_key,
    )  # fmt: skip
    row.save()
    detail = {"source": str(source.pk), "consent": str(cover.consent.pk)}
    record(by=by, at=at, action="exchange.record_asked", identity_id=identity_id, object_id=row.pk, detail=detail)
    return Done(row_id=row.pk)


def fetch_of(*, viewer: Viewer, fetch_id: UUID) -> Fetch:
    """One asking of the viewer's agency about a family of hers. Raises NotVisible."""
    rows = Fetch.objects.seen_by(viewer).filter(pk=fetch_id, holder_id=viewer.holder_id)
    found: Fetch | None = rows.first() if viewer.can(Permission.IMPORT_RECORDS) else None
    if found is None:
        raise NotVisible
    return found


@transaction.atomic
def stop(*, by: Viewer, at: datetime, fetch_id: UUID) -> Done | Refused:
    """Stop it; what was read so far stays for going on. Refused: MOVED. Raises NotVisible."""
    row = _locked(by, fetch_id)
    if row.state == STOPPED:
        return Done(row_id=row.pk)
    if row.state not in (WAITING, RUNNING):
        return Refused(codes=("MOVED",))
    return _to(row, STOPPED, by=by, at=at, action="exchange.record_stopped")


@transaction.atomic
def go_on(*, by: Viewer, at: datetime, fetch_id: UUID) -> Done | Refused:
    """Let a stopped one go on where it was. Refused: MOVED. Raises NotVisible."""
    row = _locked(by, fetch_id)
    if row.state in (WAITING, RUNNING):
        return Done(row_id=row.pk)
    if row.state != STOPPED:
        return Refused(codes=("MOVED",))
    row.next_at, row.tries, row.why = at, 0, ""
    return _to(row, WAITING, by=by, at=at, action="exchange.record_resumed")


@transaction.atomic
def take(*, by: Viewer, at: datetime, fetch_id: UUID, keys: Collection[str]) -> Done | Refused:
    """Take the chosen facts into the agency's own record of her, each with its source. Again changes nothing.

    Refused: MOVED, NOT_COVERED (the form ended meanwhile), NOTHING (none was chosen, or none of those is here). Raises NotVisible.
    """
    row = _locked(by, fetch_id)
    if row.state != READY or row.ends_at <= at:
        return Refused(codes=("MOVED",))
    cover = cover_of(viewer=by, identity_id=row.identity_id, discloser=row.source.discloser, at=at)
    if cover is None:
        return Refused(codes=("NOT_COVERED",))
    facts = proposals.visible(proposals.unpacked(proposals.unseal(row)), viewer=by, cover=cover)
    chosen = [one for one in facts if proposals.key_of(one) in set(keys)]
    if not chosen:
        return Refused(codes=("NOTHING",))
    put = [put_facts(by=by, rows=[one for one in chosen if type(one) is model]) for model in proposals.MODELS]
    row.taken += sum(one.added for one in put)
    row.save(update_fields=["taken"])
    detail = {"source": str(row.source_id), "consent": str(cover.consent.pk), "facts": len(chosen)}
    record(by=by, at=at, action="exchange.record_taken", identity_id=row.identity_id, object_id=row.pk, detail=detail)
    return Done(row_id=row.pk)


@transaction.atomic
def close(*, by: Viewer, at: datetime, fetch_id: UUID) -> Done | Refused:
    """Be done with it: what was not taken over is gone. Again changes nothing. Refused: MOVED (it is still on its way). Raises NotVisible."""
    row = _locked(by, fetch_id)
    if row.state in (WAITING, RUNNING):
        return Refused(codes=("MOVED",))
    if row.state not in (READY, STOPPED):
        return Done(row_id=row.pk)
    row.sealed = None
    return _to(row, DONE, by=by, at=at, action="exchange.record_closed")


def _to(row: Fetch, state: str, *, by: Viewer, at: datetime, action: str) -> Done:
    row.state = state
    row.save(update_fields=["state", "sealed", "next_at", "tries", "why"])
    record(by=by, at=at, action=action, identity_id=row.identity_id, object_id=row.pk)
    return Done(row_id=row.pk)


def _locked(by: Viewer, fetch_id: UUID) -> Fetch:
    require(by)
    fetch_of(viewer=by, fetch_id=fetch_id)
    return Fetch.objects.select_for_update().get(pk=fetch_id)
