"""The agenda of a meeting: built from what stands and what is open, with points of one's own, and published."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.meetings.agenda import SHORT, topics_for
from careloom.meetings.facts import ItemFacts, LineFacts
from careloom.meetings.holding import BEFORE, OPEN, held_by, writes_for
from careloom.meetings.models import AgendaItem, Meeting
from careloom.meetings.words import BLOCKS
from careloom.partnership.actions.keeping import made, wrong
from careloom.partnership.turns import take_turn

MOST = 40
LONGEST = 240


@transaction.atomic
def build_agenda(*, by: Viewer, at: datetime, meeting_id: UUID) -> Done | Refused:
    """Put on the agenda what belongs there now and does not stand there yet (R-032, R-053). Refused codes: NOT_ALLOWED, STATE. Raises NotVisible."""
    row, standing = held_by(viewer=by, meeting_id=meeting_id)
    if not writes_for(standing, row):
        return Refused(codes=("NOT_ALLOWED",))
    take_turn(f"meeting:{meeting_id}")
    row.refresh_from_db()
    if row.state not in BEFORE:
        return Refused(codes=("STATE",))
    there = set(AgendaItem.objects.filter(meeting=row).values_list("request_key", flat=True))
    place, fresh = _last_place(row), [topic for topic in topics_for(by=by, meeting=row, at=at) if topic.key not in there]
    AgendaItem.objects.bulk_create(
        AgendaItem(
            collaborative_id=row.collaborative_id, meeting=row, place=place + number, kind=topic.kind, block=topic.block, title=topic.title[:SHORT],
            minutes=topic.minutes, who=topic.who[:120], for_families=topic.for_families[:400], about_kind=topic.about_kind, about_id=topic.about_id,
            **made(by, at, topic.key),
        )
        for number, topic in enumerate(fresh[: MOST - len(there)], start=1)
    )  # fmt: skip
    record(by=by, at=at, action="meetings.agenda_built", object_id=row.pk, detail={"count": len(fresh)})
    return Done(row_id=row.pk)


@transaction.atomic
def add_item(*, by: Viewer, at: datetime, meeting_id: UUID, facts: ItemFacts, request_key: str) -> Done | Refused:
    """Put a point of one's own on the agenda; in the room too (R-221). A member may bring one, whoever leads it may take it off.

    Refused codes: NOT_ALLOWED, STATE, TITLE, FAMILIES, MINUTES, BLOCK. Raises NotVisible.
    """
    row, standing = held_by(viewer=by, meeting_id=meeting_id)
    if not (writes_for(standing, row) or (row.body_id in standing.sits_in and row.state in BEFORE)):
        return Refused(codes=("NOT_ALLOWED",))
    take_turn(f"meeting:{meeting_id}")
    row.refresh_from_db()
    if earlier := AgendaItem.objects.filter(meeting=row, request_key=request_key).first():
        return Done(row_id=earlier.pk)
    title, families = said(facts.title, most=SHORT), said(facts.for_families, most=400)
    codes = wrong(
        {
            "STATE": row.state not in {*BEFORE, "RUNNING"} or AgendaItem.objects.filter(meeting=row).count() >= MOST,
            "TITLE": not title,
            "FAMILIES": not families,
            "MINUTES": not 1 <= facts.minutes <= LONGEST,
            "BLOCK": facts.block not in {"", *BLOCKS},
        }
    )
    if codes:
        return Refused(codes=codes)
    item = AgendaItem.objects.create(
        collaborative_id=row.collaborative_id, meeting=row, place=_last_place(row) + 1, kind="OWN", block=facts.block, title=title,
        minutes=facts.minutes, who=said(facts.who, most=120), for_families=families, about_kind=facts.about_kind, about_id=facts.about_id,
        **made(by, at, request_key),
    )  # fmt: skip
    record(by=by, at=at, action="meetings.item_added", object_id=item.pk)
    return Done(row_id=item.pk)


@transaction.atomic
def keep_agenda(*, by: Viewer, at: datetime, meeting_id: UUID, lines: Iterable[LineFacts]) -> Done | Refused | Stale:
    """Keep how the points stand, all of them or none: order, minutes, who, what each changes for families.

    Refused codes: NOT_ALLOWED, STATE, MINUTES. Stale where somebody changed a point meanwhile. Raises NotVisible.
    """
    row, standing = held_by(viewer=by, meeting_id=meeting_id)
    if not writes_for(standing, row):
        return Refused(codes=("NOT_ALLOWED",))
    take_turn(f"meeting:{meeting_id}")
    row.refresh_from_db()
    told = {line.item_id: line for line in lines}
    items = list(AgendaItem.objects.filter(meeting=row, pk__in=told))
    if codes := wrong({"STATE": row.state not in BEFORE, "MINUTES": any(not 1 <= line.minutes <= LONGEST for line in told.values())}):
        return Refused(codes=codes)
    changed = []
    for item in items:
        line = told[item.pk]
        new = (line.place, line.minutes, said(line.who, most=120), said(line.for_families, most=400), line.taken_off)
        if new == (item.place, item.minutes, item.who, item.for_families, item.taken_off):
            continue
        if item.row_version != line.version:
            return Stale(current=item)
        item.place, item.minutes, item.who, item.for_families, item.taken_off = new
        item.row_version += 1
        changed.append(item)
    AgendaItem.objects.bulk_update(changed, ["place", "minutes", "who", "for_families", "taken_off", "row_version"])
    record(by=by, at=at, action="meetings.agenda_kept", object_id=row.pk, detail={"count": len(changed)})
    return Done(row_id=row.pk)


@transaction.atomic
def publish_agenda(*, by: Viewer, at: datetime, meeting_id: UUID) -> Done | Refused:
    """Send the agenda out: each of its points says what it changes for families (R-221).

    Refused codes: NOT_ALLOWED, STATE, EMPTY, FAMILIES. Raises NotVisible.
    """
    row, standing = held_by(viewer=by, meeting_id=meeting_id)
    if not writes_for(standing, row):
        return Refused(codes=("NOT_ALLOWED",))
    take_turn(f"meeting:{meeting_id}")
    row.refresh_from_db()
    if row.published_at is not None:
        return Done(row_id=row.pk)
    items = AgendaItem.objects.filter(meeting=row, taken_off=False)
    if codes := wrong({"STATE": row.state not in BEFORE, "EMPTY": not items.exists(), "FAMILIES": items.filter(for_families="").exists()}):
        return Refused(codes=codes)
    row.state, row.published_at, row.row_version = "AGENDA_PUBLISHED", at, row.row_version + 1
    row.save(update_fields=["state", "published_at", "row_version"])
    record(by=by, at=at, action="meetings.agenda_published", object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def write_notes(*, by: Viewer, at: datetime, item_id: UUID, notes: str, talked: bool, version: int) -> Done | Refused | Stale:
    """Keep the notes of a point as they were read at `version`. Refused codes: NOT_ALLOWED, STATE. Raises NotVisible."""
    item = AgendaItem.objects.filter(pk=item_id, taken_off=False).first()
    row, standing = held_by(viewer=by, meeting_id=item.meeting_id if item else item_id)
    if item is None or not writes_for(standing, row):
        return Refused(codes=("NOT_ALLOWED",))
    take_turn(f"meeting:{row.pk}")
    row.refresh_from_db()
    item.refresh_from_db()
    text = notes.strip().replace("\r\n", "\n")[:8000]
    if row.state not in OPEN:
        return Refused(codes=("STATE",))
    if (text, talked) == (item.notes, item.talked):
        return Done(row_id=item.pk)
    if item.row_version != version:
        return Stale(current=item)
    item.notes, item.talked, item.noted_at, item.row_version = text, talked, at, item.row_version + 1
    item.save(update_fields=["notes", "talked", "noted_at", "row_version"])
    record(by=by, at=at, action="meetings.notes_kept", object_id=item.pk)
    return Done(row_id=item.pk)


def _last_place(row: Meeting) -> int:
    last = AgendaItem.objects.filter(meeting=row).order_by("-place").first()
    return last.place if last else 0
