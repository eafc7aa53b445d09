"""Who may write for a meeting, and finding it: the officers of its body, who runs the collaborative, and whoever leads this meeting in turn."""

from __future__ import annotations

from uuid import UUID

from careloom.infra.access import NotVisible, Viewer
from careloom.kernel.partnership import quorum_met
from careloom.meetings.models import Attendance, Meeting
from careloom.partnership.models import Body
from careloom.partnership.standing import Standing, standing_of

OPEN = ("RUNNING", "HELD", "MINUTES_DRAFT")
"""States in which what was said can still be written."""
BEFORE = ("SCHEDULED", "AGENDA_PUBLISHED")
SAT = ("RUNNING", "HELD", "MINUTES_DRAFT", "MINUTES_APPROVED")
"""States of a meeting that came together."""


def writes_for(standing: Standing, meeting: Meeting) -> bool:
    """Whether she may write for this meeting."""
    return standing.leads(meeting.body_id) or leads_in_turn(standing, meeting)


def leads_in_turn(standing: Standing, meeting: Meeting) -> bool:
    """Whether it is her turn to lead this meeting."""
    return meeting.leader is not None and meeting.leader.worker_id is not None and meeting.leader.worker_id == standing.worker_id


def quorum_of(meeting: Meeting) -> bool | None:
    """Whether as many members are there as must be; None where no number was agreed."""
    return quorum_met(present=Attendance.objects.filter(meeting=meeting).exclude(mode="ABSENT").count(), needed=meeting.quorum)


def writes_of(*, by: Viewer, body_id: UUID, meeting_id: UUID | None) -> tuple[Body, Standing, Meeting | None] | None:
    """A body, and the meeting of it that is named, for somebody who may write there; None for who may not. Raises NotVisible."""
    body = Body.objects.filter(pk=body_id, ends_on=None).first()
    standing = standing_of(viewer=by, collaborative_id=body.collaborative_id if body else body_id)
    meeting = held_by(viewer=by, meeting_id=meeting_id)[0] if meeting_id is not None else None
    if body is None or (meeting is not None and meeting.body_id != body_id):
        return None
    may = writes_for(standing, meeting) if meeting else standing.leads(body_id)
    return (body, standing, meeting) if may else None


def held_by(*, viewer: Viewer, meeting_id: UUID) -> tuple[Meeting, Standing]:
    """A meeting and how the reader stands to its collaborative. Raises NotVisible."""
    row = Meeting.objects.select_related("body", "series", "leader").filter(pk=meeting_id).first()
    standing = standing_of(viewer=viewer, collaborative_id=row.collaborative_id if row else meeting_id)
    if row is None:
        raise NotVisible
    return row, standing
