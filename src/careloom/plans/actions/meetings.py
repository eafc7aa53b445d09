"""A family meeting on the plan: begun, written in by everybody at the table, decisions made true with one press, signed, and ended.

Minutes are rows of the plan, so that a version keeps them and a difference tells them. Source: F49, R-142; mockup 11.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol
from uuid import UUID, uuid4

from django.db import transaction

from careloom.agencies.models import Agency
from careloom.infra.access import Viewer
from careloom.infra.documents.uploads import NotTaken, seal_upload, take_upload
from careloom.kernel.clocks import next_midnight
from careloom.kernel.labels import Kind
from careloom.plans import schedule
from careloom.plans.actions import owed
from careloom.plans.actions.content import add_goal
from careloom.plans.actions.keeping import PART2_SEGMENT, can_see_plan, change_row, find_row, kept_under, note, once, open_plan, stamp
from careloom.plans.actions.needs import add_need
from careloom.plans.actions.results import Conflict, Reason, Refused, refused
from careloom.plans.actions.versions import make_version
from careloom.plans.models import Meeting, MeetingNote, MeetingSignature, PlanOfSafeCare, PlanVersion

KINDS = frozenset({"SAID", "AGREED", "LATER"})
MOST_PICTURE = 2 * 1024 * 1024
MEETINGS = frozenset({"REVIEW", "MEETING", "AGREED", "STARTED", "BIRTH", "REOPENED", "MERGED"})


class File(Protocol):
    """An uploaded file, as Django gives it."""

    size: int | None

    def read(self, size: int = -1) -> bytes:
        """Its bytes."""


@transaction.atomic
def begin_meeting(
    *, by: Viewer, at: datetime, plan_id: UUID, agency_ids: Iterable[UUID], her_present: bool, people: Iterable[str], request_key: str
) -> Meeting | Refused:
    """Begin a meeting with who is at the table; the shared screen shows what every one of them may see, and nothing else.

    Only agencies that see the plan can be at the table: else the screen would tell them that there is one. The version to compare with is the
    last one of a meeting, a review or an agreement. Idempotent on `request_key`.
    """
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if isinstance(plan, Refused):
        return plan
    known = once(Meeting, by=by, request_key=request_key)
    if known is not None:
        return known
    there = _there(by=by, at=at, plan=plan, agency_ids=agency_ids)
    if isinstance(there, Refused):
        return there
    last = PlanVersion.objects.filter(plan_id=plan.pk, why__in=MEETINGS).order_by("-number").first()
    row = Meeting(
        **stamp(by=by, at=at, plan=plan), began_at=at, agency_ids=there, her_present=her_present, people=_names(people),
        since_version=last.number if last else 0, request_key=request_key,
    )  # fmt: skip
    row.save()
    note("meeting_began", by=by, at=at, plan=plan, object_id=row.pk, agencies=len(there), hers=her_present)
    return row


@transaction.atomic
def change_table(
    *, by: Viewer, at: datetime, meeting_id: UUID, agency_ids: Iterable[UUID], her_present: bool, people: Iterable[str], row_version: int
) -> Meeting | Conflict | Refused:
    """Somebody came or left: the screen shows less or more from the next page on."""
    row = find_row(Meeting, by=by, row_id=meeting_id)
    plan = _running(by=by, at=at, meeting=row)
    if isinstance(plan, Refused):
        return plan
    there = _there(by=by, at=at, plan=plan, agency_ids=agency_ids)
    if isinstance(there, Refused):
        return there
    changes: dict[str, object] = {"agency_ids": there, "her_present": her_present, "people": _names(people)}
    problem = change_row(row=row, by=by, at=at, row_version=row_version, changes=changes)
    if problem is not None:
        return problem
    note("meeting_table", by=by, at=at, plan=plan, object_id=row.pk, agencies=len(there), hers=her_present)
    return row


@transaction.atomic
def write_minute(
    *, by: Viewer, at: datetime, meeting_id: UUID, kind: str, words: str, request_key: str, who: str = "", due_on: date | None = None,
    about_id: UUID | None = None,
) -> MeetingNote | Refused:  # fmt: skip
    """Keep a line: something SAID, something AGREED (with who and by when), or something for LATER. Anybody at the table who writes in plans.

    Words that tell of substance use lie in the Part 2 segment, and are on the shared screen only if everyone there may see that.
    """
    meeting = find_row(Meeting, by=by, row_id=meeting_id)
    plan = _running(by=by, at=at, meeting=meeting)
    if isinstance(plan, Refused):
        return plan
    known = once(MeetingNote, by=by, request_key=request_key)
    if known is not None:
        return known
    if kind not in KINDS:
        return refused(Reason.UNKNOWN_CODE)
    if not words.strip():
        return refused(Reason.NO_WORDS)
    row = MeetingNote(
        **stamp(by=by, at=at, plan=plan, category=kept_under(kind=Kind.NEED, texts=(words, who))), meeting_id=meeting.pk, kind=kind,
        words=words.strip()[:500], who=who.strip()[:120], due_on=due_on, about_id=about_id, request_key=request_key,
    )  # fmt: skip
    row.save()
    note("minute", by=by, at=at, plan=plan, object_id=row.pk, kind=kind)
    return row


@transaction.atomic
def make_true(*, by: Viewer, at: datetime, note_id: UUID, becomes: str, code: str = "") -> MeetingNote | Refused:
    """Make a line of the minutes a GOAL of the plan, a NEED (`code` of the catalogue), or a TASK that the writer's Today lists. Once."""
    row = find_row(MeetingNote, by=by, row_id=note_id)
    plan = open_plan(by=by, at=at, plan_id=row.plan_id)
    if isinstance(plan, Refused):
        return plan
    if row.holder_id != by.holder_id:
        return refused(Reason.NOT_YOURS)
    if row.became:
        return row
    made = _made(by=by, at=at, plan=plan, row=row, becomes=becomes, code=code)
    if isinstance(made, Refused):
        return made
    row.became, row.became_id, row.changed_at, row.row_version = becomes, made, at, row.row_version + 1
    row.save(update_fields=["became", "became_id", "changed_at", "row_version"])
    note("minute_became", by=by, at=at, plan=plan, object_id=row.pk, becomes=becomes)
    return row


@transaction.atomic
def sign_minutes(
    *, by: Viewer, at: datetime, meeting_id: UUID, name: str, request_key: str, hers: bool = False, picture: File | None = None
) -> MeetingSignature | Refused:
    """Sign on the device: a typed name, or with it a picture of a drawn signature, drawn anew and sealed under the holder's key."""
    meeting = find_row(Meeting, by=by, row_id=meeting_id)
    plan = _running(by=by, at=at, meeting=meeting)
    if isinstance(plan, Refused):
        return plan
    known = once(MeetingSignature, by=by, request_key=request_key)
    if known is not None:
        return known
    if not name.strip():
        return refused(Reason.NAME_NEEDED)
    row = MeetingSignature(
        id=uuid4(), **stamp(by=by, at=at, plan=plan), meeting_id=meeting.pk, name=name.strip()[:120], hers=hers, request_key=request_key
    )  # fmt: skip
    if picture is not None:
        taken = take_upload(picture, most=MOST_PICTURE)
        if isinstance(taken, NotTaken) or not taken.media_type.startswith("image/"):
            return refused(Reason.PICTURE_NOT_TAKEN)
        row.sealed, row.media_type = seal_upload(taken, holder_id=row.holder_id, document_id=row.pk), taken.media_type
    row.save()
    note("minutes_signed", by=by, at=at, plan=plan, object_id=row.pk, hers=hers, drawn=picture is not None)
    return row


@transaction.atomic
def end_meeting(*, by: Viewer, at: datetime, meeting_id: UUID) -> PlanVersion | Refused:
    """End a meeting: its minutes become part of a new version, whose difference from the last meeting can be read. Ending again changes nothing."""
    meeting = find_row(Meeting, by=by, row_id=meeting_id)
    if meeting.holder_id != by.holder_id:
        return refused(Reason.NOT_YOURS)
    plan = open_plan(by=by, at=at, plan_id=meeting.plan_id)
    if isinstance(plan, Refused):
        return plan
    meeting.refresh_from_db()
    if meeting.ended_at is not None:
        known = PlanVersion.objects.filter(plan_id=plan.pk, number=meeting.made_version).first()
        return known if known is not None else refused(Reason.ALREADY_ENDED)
    version = make_version(by=by, at=at, plan=plan, why="MEETING", request_key=f"meeting:{meeting.pk}")
    meeting.ended_at, meeting.made_version, meeting.changed_at, meeting.row_version = at, version.number, at, meeting.row_version + 1
    meeting.save(update_fields=["ended_at", "made_version", "changed_at", "row_version"])
    note("meeting_ended", by=by, at=at, plan=plan, object_id=meeting.pk, number=version.number)
    return version


def _running(*, by: Viewer, at: datetime, meeting: Meeting) -> PlanOfSafeCare | Refused:
    plan = open_plan(by=by, at=at, plan_id=meeting.plan_id)
    if not isinstance(plan, Refused) and meeting.ended_at is not None:
        return refused(Reason.ALREADY_ENDED)
    return plan


def _there(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, agency_ids: Iterable[UUID]) -> list[UUID] | Refused:
    asked = sorted({*agency_ids, *([by.holder_id] if by.holder_id else [])}, key=str)
    if Agency.objects.filter(pk__in=asked, active=True).count() != len(asked):
        return refused(Reason.UNKNOWN_CODE)
    if not all(can_see_plan(plan=plan, agency_id=agency, by=by, at=at) for agency in asked):
        return refused(Reason.CANNOT_SEE_PLAN)
    return asked


def _names(people: Iterable[str]) -> list[str]:
    return [name.strip()[:120] for name in people if name.strip()][:20]


def _made(*, by: Viewer, at: datetime, plan: PlanOfSafeCare, row: MeetingNote, becomes: str, code: str) -> UUID | Refused:
    key = f"minute:{row.pk}"
    if becomes == "GOAL":
        theme = "RECOVERY" if row.category == PART2_SEGMENT else ""
        done: object = add_goal(by=by, at=at, plan_id=plan.pk, words=row.words, theme=theme, about="FAMILY", target_on=row.due_on, request_key=key)
    elif becomes == "NEED":
        done = add_need(by=by, at=at, plan_id=plan.pk, code=code, title=row.words[:120], next_on=row.due_on, request_key=key)
    elif becomes == "TASK":
        zone = schedule.pack_of(plan).calendar.zone
        due = next_midnight(day=row.due_on, zone=zone) if row.due_on else None
        owed.owe_agreed(by=by, at=at, plan=plan, note_id=row.pk, due_at=due, category=row.category)
        return row.pk
    else:
        return refused(Reason.UNKNOWN_CODE)
    return done if isinstance(done, Refused) else done.pk  # type: ignore[attr-defined]
