"""One meeting as a whole: agenda, who was there, decisions, promises, and what the reader may do. Source: workflows 6.11."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from careloom.infra.access import NotVisible, Viewer
from careloom.infra.packs import current_pack
from careloom.kernel.clocks import add_business_days, next_midnight
from careloom.kernel.partnership import quorum_met
from careloom.meetings.holding import BEFORE, OPEN, held_by, writes_for
from careloom.meetings.models import ActionItem, AgendaItem, Attendance, Decision, Dissent, Meeting
from careloom.partnership.actions.keeping import today
from careloom.partnership.models import Seat
from careloom.partnership.standing import Standing, standing_of

MOST = 200


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """A meeting with everything of it. Seats are the members who sit now, and whoever took part then."""

    meeting: Meeting
    standing: Standing
    items: tuple[AgendaItem, ...]
    seats: tuple[Seat, ...]
    there: dict[UUID, str]
    decisions: tuple[Decision, ...]
    promises: tuple[ActionItem, ...]
    approves: dict[UUID, Meeting]  # meetings whose minutes a point of this agenda would approve

    @property
    def may_write(self) -> bool:
        """Whether the reader may write for this meeting."""
        return writes_for(self.standing, self.meeting)

    @property
    def may_bring(self) -> bool:
        """Whether the reader may put a point on the agenda."""
        return self.meeting.state in BEFORE and (self.may_write or self.meeting.body_id in self.standing.sits_in)

    @property
    def open(self) -> bool:
        """Whether what was said can still be written."""
        return self.meeting.state in OPEN

    @cached_property
    def present(self) -> int:
        """How many members are there."""
        return sum(how != "ABSENT" for how in self.there.values())

    @cached_property
    def needed(self) -> int:
        """The quorum: as it stood when the meeting began, else as it is agreed now."""
        return self.meeting.quorum if self.meeting.began_at else self.meeting.body.quorum

    @property
    def quorum(self) -> bool | None:
        """Whether it is met; None where none was agreed."""
        return quorum_met(present=self.present, needed=self.needed)

    @property
    def ends_at(self) -> datetime:
        """When it is to end."""
        return self.meeting.starts_at + timedelta(minutes=self.meeting.minutes)

    @property
    def agenda_due(self) -> datetime:
        """Until when the agenda is to be out."""
        return self.meeting.starts_at - timedelta(days=current_pack().meetings.agenda_days)

    @property
    def minutes_due(self) -> datetime:
        """Until when the minutes are to go round: the end of so many business days after the meeting."""
        pack = current_pack()
        day = add_business_days(start=today(self.meeting.starts_at), days=pack.meetings.minutes_business_days, calendar=pack.calendar)
        return next_midnight(day=day, zone=settings.TIME_ZONE)


def sitting_of(*, viewer: Viewer, meeting_id: UUID) -> Sitting:
    """One meeting. Raises NotVisible for who has no part in its collaborative."""
    row, standing = held_by(viewer=viewer, meeting_id=meeting_id)
    items = tuple(AgendaItem.objects.filter(meeting=row, taken_off=False).order_by("place", "made_at", "pk")[:MOST])
    attended = list(Attendance.objects.select_related("seat__partner").filter(meeting=row))
    seats = (
        {seat.pk: seat for seat in Seat.objects.select_related("partner").filter(body_id=row.body_id, left_on=None)}
        if row.state in (*BEFORE, *OPEN)
        else {}
    )
    seats |= {one.seat_id: one.seat for one in attended}
    decisions = Decision.objects.filter(meeting=row).order_by("made_at", "pk").prefetch_related(_dissents())
    about = [item.about_id for item in items if item.kind == "MINUTES"]
    return Sitting(
        meeting=row,
        standing=standing,
        items=items,
        seats=tuple(sorted(seats.values(), key=lambda seat: (seat.office == "MEMBER", seat.name))),
        there={one.seat_id: one.mode for one in attended},
        decisions=tuple(decisions[:MOST]),
        promises=tuple(ActionItem.objects.select_related("owner").filter(meeting=row).order_by("due_on", "pk")[:MOST]),
        approves={one.pk: one for one in Meeting.objects.filter(pk__in=about)},
    )


def decisions_of(*, viewer: Viewer, collaborative_id: UUID) -> QuerySet[Decision]:
    """What was decided in a collaborative, the newest first, each with what was said against it. For a paged list. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = Decision.objects.select_related("body", "meeting").filter(collaborative_id=collaborative_id)
    return rows.prefetch_related(_dissents()).order_by("-decided_on", "-made_at", "pk")


def decisions_about(*, viewer: Viewer, collaborative_id: UUID, about_id: UUID) -> list[Decision]:
    """What was decided about a row of another room, such as a barrier, the oldest first. Raises NotVisible."""
    return list(decisions_of(viewer=viewer, collaborative_id=collaborative_id).filter(about_id=about_id).order_by("decided_on", "made_at")[:MOST])


def decision_of(*, viewer: Viewer, decision_id: UUID) -> tuple[Decision, Standing]:
    """One decision with how the reader stands to its collaborative. Raises NotVisible."""
    row = Decision.objects.select_related("body", "meeting__leader").prefetch_related(_dissents()).filter(pk=decision_id).first()
    standing = standing_of(viewer=viewer, collaborative_id=row.collaborative_id if row else decision_id)
    if row is None:
        raise NotVisible
    return row, standing


def _dissents() -> Prefetch:  # type: ignore[type-arg]
    # A list in the order of writing would let one match a nameless line with who spoke when: it is ordered by its words.
    return Prefetch("dissents", queryset=Dissent.objects.select_related("seat").order_by("kind", "words"))
