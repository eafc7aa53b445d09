"""What the integration position writes. Each action is one transaction, for `by`, at `at`; a refusal is a value, and a form sent twice is one row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from careloom.agencies.models import Agency
from careloom.agencies.queries import workers_of
from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.access.caseload import assign
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.infra.packs import current_pack
from careloom.kernel.clocks import local_day
from careloom.kernel.packs.following import Position
from careloom.people.queries import records_of
from careloom.position.definitions import position_of
from careloom.position.models import BesideDay, Contact, Episode, Holder, Support
from careloom.position.queries import enters, holds

CASE = "cw.case_record"
TO_WHOM = ("CASE_MANAGER", "PROVIDER")
MOST_MINUTES = 24 * 60


@dataclass(frozen=True, kw_only=True)
class Met:
    """A contact or a try, as it is told. `took_part`: she was there and spoke with the worker."""

    at: datetime
    kind: str
    place: str
    minutes: int
    took_part: bool
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Gave:
    """Ancillary support, as it is told."""

    on: date
    to_whom: str
    code: str
    minutes: int
    words: str = ""


@transaction.atomic
def name_holder(*, by: Viewer, at: datetime, worker_id: UUID, holds_it: bool) -> Done | Refused:
    """Give the position to a worker of the own agency, or end it. Refused codes: NOT_ALLOWED, WORKER."""
    require(by)
    if not by.can("AGENCY_ADMIN") or by.holder_id is None or by.worker_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    today = local_day(at=at, zone=settings.TIME_ZONE)
    if worker_id not in {m.worker_id for m in workers_of(agency_id=by.holder_id, at=at)}:
        return Refused(codes=("WORKER",))
    take_turn([f"position:holder:{by.holder_id}:{worker_id}"])
    row = Holder.objects.filter(agency_id=by.holder_id, worker_id=worker_id, ends_on=None).first()
    if row is None and holds_it:
        row = Holder.objects.create(agency_id=by.holder_id, worker_id=worker_id, starts_on=today, named_by=by.worker_id)
    elif row is not None and not holds_it:
        row.ends_on = today
        row.save(update_fields=["ends_on"])
    record(by=by, at=at, action="position.named" if holds_it else "position.ended", object_id=worker_id)
    return Done(row_id=row.pk if row is not None else worker_id)


@transaction.atomic
def note_contact(*, by: Viewer, at: datetime, identity_id: UUID, met: Met, request_key: str) -> Done | Refused:
    """Keep a contact or a try. The first one opens the episode; the first in which she took part admits her, by the pack's definition.

    A caseworker's contact is kept with the case and opens nothing.
    Refused codes: NOT_ALLOWED, CODE, LATER_DAY, MINUTES. Raises NotVisible for a person that `by` has no record of.
    """
    refused = _may(by=by, at=at, identity_id=identity_id, writes=enters(viewer=by, at=at))
    if refused is not None or by.worker_id is None:
        return refused or Refused(codes=("NOT_ALLOWED",))
    position = position_of(viewer=by)
    codes = wrong_in(met, position=position, at=at)
    if codes:
        return Refused(codes=codes)
    take_turn([f"position:{by.holder_id}:{identity_id}"])
    known = Contact.every.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    assign(by=by, worker_id=by.worker_id, identity_ids=[identity_id], at=at)
    frame: dict[str, Any] = {"holder_id": by.holder_id, "identity_id": identity_id, "category": CASE}
    episode_id = None
    if holds(viewer=by, at=at):
        frame["category"] = category_in(by.holder_id)
        episode_id = _episode(frame, by=by, met=met, position=position).pk
    row = Contact(
        **frame, episode_id=episode_id, at=met.at, kind=met.kind, place=met.place, minutes=met.minutes, took_part=met.took_part,
        words=said(met.words, most=500), worker_id=by.worker_id, made_at=at, request_key=request_key,
    )  # fmt: skip
    row.save()
    record(by=by, at=at, action="position.contact", identity_id=identity_id, object_id=row.pk, detail={"kind": met.kind, "met": met.took_part})
    return Done(row_id=row.pk)


def wrong_in(met: Met, *, position: Position, at: datetime) -> tuple[str, ...]:
    """Codes of what is wrong with a contact as it is told: CODE, LATER_DAY, MINUTES."""
    wrong = {
        "CODE": met.kind not in {one.code for one in position.contact_types} or met.place not in {one.code for one in position.places},
        "LATER_DAY": met.at > at,
        "MINUTES": met.minutes > MOST_MINUTES or (met.took_part and met.minutes < 1),
    }
    return tuple(code for code, is_wrong in wrong.items() if is_wrong)


def _episode(frame: dict[str, Any], *, by: Viewer, met: Met, position: Position) -> Episode:
    """Her episode, opened by this contact where none is open, with its day of admission where the pack says so."""
    day = local_day(at=met.at, zone=settings.TIME_ZONE)
    episode: Episode | None = Episode.objects.filter(holder_id=by.holder_id, identity_id=frame["identity_id"], discharged_on=None).first()
    if episode is None:
        episode = Episode(**frame, worker_id=by.worker_id, engaged_on=day, definition=position.version)
        episode.save()
    episode.engaged_on = min(episode.engaged_on, day)
    if met.took_part and met.kind in position.admits_on:
        episode.admitted_on = min(episode.admitted_on or day, day)
    Episode.objects.filter(pk=episode.pk).update(engaged_on=episode.engaged_on, admitted_on=episode.admitted_on)
    return episode


@transaction.atomic
def discharge(*, by: Viewer, at: datetime, identity_id: UUID, code: str, on: date) -> Done | Refused:
    """End her time with the position, with a reason of the agreement or the pack (R-203). Refused codes: NOT_ALLOWED, CODE, LATER_DAY, NO_EPISODE."""
    refused = _may(by=by, at=at, identity_id=identity_id)
    if refused is not None:
        return refused
    take_turn([f"position:{by.holder_id}:{identity_id}"])
    row = Episode.objects.filter(holder_id=by.holder_id, identity_id=identity_id, discharged_on=None).first()
    wrong = {
        "CODE": code not in {one.code for one in position_of(viewer=by).discharge_reasons},
        "LATER_DAY": on > local_day(at=at, zone=settings.TIME_ZONE) or (row is not None and on < row.engaged_on),
        "NO_EPISODE": row is None,
    }
    codes = tuple(name for name, is_wrong in wrong.items() if is_wrong)
    if codes or row is None:
        return Refused(codes=codes)
    row.discharged_on, row.discharge_code, row.row_version = on, code, row.row_version + 1
    row.save(update_fields=["discharged_on", "discharge_code", "row_version"])
    record(by=by, at=at, action="position.discharged", identity_id=identity_id, object_id=row.pk, detail={"code": code})
    return Done(row_id=row.pk)


@transaction.atomic
def note_support(*, by: Viewer, at: datetime, identity_id: UUID, gave: Gave, request_key: str) -> Done | Refused:
    """Keep what was done for a case manager or a treatment provider (R-199). Refused codes: NOT_ALLOWED, CODE, LATER_DAY, MINUTES."""
    refused = _may(by=by, at=at, identity_id=identity_id)
    if refused is not None or by.worker_id is None:
        return refused or Refused(codes=("NOT_ALLOWED",))
    wrong = {
        "CODE": gave.to_whom not in TO_WHOM or gave.code not in {one.code for one in current_pack().following.position.supports},
        "LATER_DAY": gave.on > local_day(at=at, zone=settings.TIME_ZONE), "MINUTES": not 0 < gave.minutes <= MOST_MINUTES,
    }  # fmt: skip
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if codes:
        return Refused(codes=codes)
    take_turn([f"position:{by.holder_id}:{request_key}"])
    known = Support.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    assign(by=by, worker_id=by.worker_id, identity_ids=[identity_id], at=at)
    row = Support(
        holder_id=by.holder_id, identity_id=identity_id, category=category_in(by.holder_id), on=gave.on, to_whom=gave.to_whom, code=gave.code,
        minutes=gave.minutes, words=said(gave.words, most=300), worker_id=by.worker_id, made_at=at, request_key=request_key,
    )  # fmt: skip
    row.save()
    record(by=by, at=at, action="position.support", identity_id=identity_id, object_id=row.pk, detail={"code": gave.code})
    return Done(row_id=row.pk)


@transaction.atomic
def mark_entered(*, by: Viewer, at: datetime, contact_ids: Iterable[UUID], on: date) -> int | Refused:
    """Say that contacts were entered in the state system on a day; how many were not marked before. Refused codes: NOT_ALLOWED, LATER_DAY."""
    require(by)
    if not enters(viewer=by, at=at):
        return Refused(codes=("NOT_ALLOWED",))
    if on > local_day(at=at, zone=settings.TIME_ZONE):
        return Refused(codes=("LATER_DAY",))
    rows = list(Contact.objects.seen_by(by).filter(pk__in=set(contact_ids), holder_id=by.holder_id, entered_on=None).select_for_update())
    if any(on < local_day(at=row.at, zone=settings.TIME_ZONE) for row in rows):
        return Refused(codes=("LATER_DAY",))
    for row in rows:
        row.entered_on, row.entered_by = on, by.worker_id
        row.save(update_fields=["entered_on", "entered_by"])
        record(by=by, at=at, action="position.entered", identity_id=row.identity_id, object_id=row.pk)
    return len(rows)


@transaction.atomic
def note_day(*, by: Viewer, at: datetime, on: date, site: str, hours: int) -> Done | Refused:
    """Keep a day at a partner's site; the same day and site again keeps the later number of hours. Refused: NOT_ALLOWED, LATER_DAY, SITE, HOURS."""
    require(by)
    wrong = {
        "NOT_ALLOWED": not holds(viewer=by, at=at), "LATER_DAY": on > local_day(at=at, zone=settings.TIME_ZONE), "SITE": len(site.strip()) < 2,
        "HOURS": not 0 < hours <= 24,
    }  # fmt: skip
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if codes:
        return Refused(codes=codes)
    key = {"agency_id": by.holder_id, "worker_id": by.worker_id, "on": on, "site": said(site, most=120)}
    row, _made = BesideDay.objects.update_or_create(**key, defaults={"hours": hours})
    record(by=by, at=at, action="position.day_beside", object_id=row.pk)
    return Done(row_id=row.pk)


def category_in(agency_id: UUID | None) -> str:
    """Under which category the position's rows of an agency are kept: they tell of treatment, in a Part 2 program as its own record (42 CFR 2.11)."""
    program = Agency.objects.filter(pk=agency_id, is_part2_program=True).exists()
    return "part2.attendance" if program else "posc.plan_part2_segment"


def _may(*, by: Viewer, at: datetime, identity_id: UUID, writes: bool | None = None) -> Refused | None:
    require(by)
    if not any(row.role != "INFANT" for row in records_of(viewer=by, identity_ids=[identity_id])):
        raise NotVisible
    return None if (_writes(by, at=at) if writes is None else writes) else Refused(codes=("NOT_ALLOWED",))


def _writes(by: Viewer, *, at: datetime) -> bool:
    return by.can("FAMILY_READ") and holds(viewer=by, at=at)
