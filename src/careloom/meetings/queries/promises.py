"""What was promised: whose it is, how it stands, and who has heard that it is late. Source: workflows 6.11."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from careloom.infra.access import NotVisible, Viewer
from careloom.infra.packs import current_pack
from careloom.kernel.partnership import OWED, Progress, Tier, moves_of, told
from careloom.meetings.models import ActionItem, ActionStep
from careloom.partnership.actions.keeping import today
from careloom.partnership.models import Body
from careloom.partnership.standing import Standing, standing_of

MOST = 50


@dataclass(frozen=True, kw_only=True)
class Promised:
    """A promise with who has heard that it is late (OWNER, CHAIR, CORE), empty in time."""

    row: ActionItem
    told: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Mine:
    """What the reader owes, what came to her because it is late, and what waits for her to see that it is done."""

    owed: tuple[Promised, ...]
    late_below: tuple[Promised, ...]
    to_verify: tuple[Promised, ...]

    @property
    def some(self) -> bool:
        """Whether there is anything."""
        return bool(self.owed or self.late_below or self.to_verify)


@dataclass(frozen=True, kw_only=True)
class PromisePage:
    """One promise, its steps, and what the reader may make of it."""

    row: ActionItem
    standing: Standing
    told: tuple[str, ...]
    steps: tuple[ActionStep, ...]
    moves: tuple[Progress, ...]


def told_of(row: ActionItem, *, on: date) -> tuple[str, ...]:
    """Who has heard that a promise is late; nobody where it is done."""
    steps = [(step.after_days, step.tell) for step in current_pack().meetings.overdue_action]
    return told(due_on=row.due_on, today=on, steps=steps) if row.state in OWED else ()


def mine(*, viewer: Viewer, collaborative_id: UUID, at: datetime, most: int = MOST) -> Mine:
    """What the reader owes and what came to her, the longest late first. Four queries. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    now = today(at)
    rows = ActionItem.objects.select_related("owner", "body").filter(collaborative_id=collaborative_id)
    open_rows = rows.filter(state__in=OWED)
    ours = Q(owner__worker_id=viewer.worker_id, owner__worker_id__isnull=False)
    owed = [Promised(row=row, told=told_of(row, on=now)) for row in open_rows.filter(ours).order_by("due_on", "pk")[:most]]
    core = Body.objects.filter(pk__in=standing.officer_of, tier=Tier.CORE, ends_on=None).exists()
    late = [
        Promised(row=row, told=told_of(row, on=now)) for row in open_rows.filter(due_on__lt=now).exclude(ours).order_by("due_on", "pk")[: most * 4]
    ]
    leads = [
        one for one in late if ("CHAIR" in one.told and one.row.body_id in standing.officer_of) or ("CORE" in one.told and (core or standing.runs))
    ]
    done = rows.filter(state=Progress.DONE, body_id__in=standing.officer_of).exclude(ours).order_by("due_on", "pk")
    return Mine(owed=tuple(owed), late_below=tuple(leads[:most]), to_verify=tuple(Promised(row=row, told=()) for row in done[:most]))


def promises_of(*, viewer: Viewer, collaborative_id: UUID, body_id: UUID | None = None, which: str = "") -> QuerySet[ActionItem]:
    """What was promised in a collaborative or one of its bodies; `which` is OWED, DONE or everything. For a paged list. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = ActionItem.objects.select_related("owner", "body", "meeting").filter(collaborative_id=collaborative_id)
    if body_id is not None:
        rows = rows.filter(body_id=body_id)
    if which == "OWED":
        return rows.filter(state__in=OWED).order_by("due_on", "pk")
    return (rows.exclude(state__in=OWED) if which == "DONE" else rows).order_by("-due_on", "pk")


def promise_of(*, viewer: Viewer, action_id: UUID, at: datetime) -> PromisePage:
    """One promise. Raises NotVisible."""
    row = ActionItem.objects.select_related("owner__partner", "body", "meeting", "decision").filter(pk=action_id).first()
    standing = standing_of(viewer=viewer, collaborative_id=row.collaborative_id if row else action_id)
    if row is None:
        raise NotVisible
    owner = row.owner.worker_id is not None and row.owner.worker_id == viewer.worker_id
    return PromisePage(
        row=row,
        standing=standing,
        told=told_of(row, on=today(at)),
        steps=tuple(ActionStep.objects.filter(action=row).order_by("made_at", "pk")[:MOST]),
        moves=moves_of(Progress(row.state), owner=owner, leads=standing.leads(row.body_id)),
    )
