"""A contact that was written down wrongly is corrected: the earlier row is taken back with the reason, and a new one stands for it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.kernel.clocks import local_day
from careloom.position.actions import Met, wrong_in
from careloom.position.definitions import position_of
from careloom.position.models import Contact, Episode
from careloom.position.queries import enters


def contact_of(*, viewer: Viewer, contact_id: UUID) -> Contact:
    """A contact of the viewer's agency as it stands or stood. One query. Raises NotVisible."""
    row: Contact | None = Contact.every.seen_by(viewer).filter(pk=contact_id, holder_id=viewer.holder_id).first()
    if row is None:
        raise NotVisible
    return row


@transaction.atomic
def correct_contact(*, by: Viewer, at: datetime, contact_id: UUID, met: Met, because: str, request_key: str) -> Done | Refused:
    """Put a corrected contact in the place of an earlier one. It is to be entered in the state system again, as a correction.

    Refused codes: NOT_ALLOWED (another worker's), CORRECTED (somebody was first), BECAUSE, CODE, LATER_DAY, MINUTES. Raises NotVisible.
    """
    require(by)
    row = contact_of(viewer=by, contact_id=contact_id)
    if not enters(viewer=by, at=at) or row.worker_id != by.worker_id:
        return Refused(codes=("NOT_ALLOWED",))
    take_turn([f"position:{by.holder_id}:{row.identity_id}"])
    row.refresh_from_db()
    known = Contact.every.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    position, why = position_of(viewer=by), said(because, most=300)
    wrong = {"CORRECTED": row.taken_back_at is not None, "BECAUSE": len(why) < 3}
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong) + wrong_in(met, position=position, at=at)
    if codes:
        return Refused(codes=codes)
    row.taken_back_at, row.taken_back_because = at, why
    row.save(update_fields=["taken_back_at", "taken_back_because"])
    new = Contact(
        holder_id=row.holder_id, identity_id=row.identity_id, category=row.category, episode_id=row.episode_id, at=met.at, kind=met.kind,
        place=met.place, minutes=met.minutes, took_part=met.took_part, words=said(met.words, most=500), worker_id=row.worker_id, made_at=at,
        replaces_id=row.pk, request_key=request_key,
    )  # fmt: skip
    new.save()
    if row.episode_id is not None:
        _days_again(row.episode_id, admits_on=position.admits_on)
    record(by=by, at=at, action="position.contact_corrected", identity_id=row.identity_id, object_id=new.pk, detail={"kind": met.kind})
    return Done(row_id=new.pk)


def _days_again(episode_id: UUID, *, admits_on: tuple[str, ...]) -> None:
    """The days of engagement and admission, from the contacts that stand now."""
    rows = list(Contact.objects.filter(episode_id=episode_id))
    days = [local_day(at=row.at, zone=settings.TIME_ZONE) for row in rows]
    admits = [day for day, row in zip(days, rows, strict=True) if row.took_part and row.kind in admits_on]
    Episode.objects.filter(pk=episode_id).update(engaged_on=min(days), admitted_on=min(admits, default=None))
