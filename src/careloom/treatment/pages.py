"""The Treatment page of a family: everything that its reader may see, each sort with its newest entries, accounted for once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careloom.agencies.days import day_of, today_of
from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.consents.pages.subject import Subject, subject_of
from careloom.health.queries import births_of, pregnancies_of
from careloom.infra.access import Viewer
from careloom.infra.access.accounting import account
from careloom.infra.access.records import FamilyRecord
from careloom.infra.ui.paging import Some
from careloom.kernel.clocks import local_day
from careloom.treatment.codes import Sort
from careloom.treatment.days import CHECK_INS
from careloom.treatment.goals import GoalAsked, goals_of
from careloom.treatment.models import Admission, GoalCheck
from careloom.treatment.queries import Shown, check_ins_shown, entries_of, goal_checks, stays_of, waits_since
from careloom.treatment.retention import Retained, retained
from careloom.treatment.sorts import may_write

NEWEST = 3
ONE = frozenset({Sort.COMPONENTS, Sort.SUPPORT, Sort.PROGRESS})
"""Sorts of which the newest entry counts; the earlier ones stand on their own list."""


@dataclass(frozen=True, kw_only=True)
class TreatmentPage:
    """What one reader sees of somebody's treatment."""

    subject: Subject
    own: Agency
    today: date
    found: dict[Sort, Some]
    agencies: dict[UUID, Agency]
    retained: Retained | None
    goals: tuple[GoalAsked, ...]
    checks: dict[UUID, GoalCheck]
    waiting: Admission | None
    writes: frozenset[Sort]
    births_to_follow: tuple[date, ...]

    def newest(self, sort: Sort) -> Shown | None:
        """The newest entry of a sort."""
        rows = self.found[sort].rows
        return rows[0] if rows else None  # type: ignore[return-value]


def treatment_page(*, viewer: Viewer, own: Agency, identity_id: UUID, at: datetime) -> TreatmentPage:
    """Everything for the Treatment page. Some twenty queries, the same for every reader. Raises NotVisible."""
    place = "treatment:family"
    subject = subject_of(viewer=viewer, identity_id=identity_id, place=place, at=at)
    today = today_of(own, at=at)
    listed = [sort for sort in Sort if sort is not Sort.CHECK_IN]
    found = {sort: entries_of(viewer=viewer, identity_id=identity_id, sort=sort, a_page=1 if sort in ONE else NEWEST) for sort in listed}
    found[Sort.CHECK_IN] = check_ins_shown(viewer=viewer, identity_id=identity_id, most=NEWEST)
    goals = goals_of(viewer=viewer, identity_id=identity_id)
    checks = goal_checks(viewer=viewer, goal_ids=[goal.record.pk for goal in goals])
    waiting = waits_since(viewer=viewer, identity_id=identity_id)
    stays = stays_of(viewer=viewer, identity_id=identity_id)
    births = births_of(viewer=viewer, mother_ids=[identity_id])
    writes = frozenset(sort for sort in Sort if may_write(sort, by=viewer, agency=own))
    asked = goals if Sort.GOAL_CHECK in writes else []
    shown: list[FamilyRecord] = [row for some in found.values() for entry in some.rows for row in entry.rows]  # type: ignore[attr-defined]
    shown += [*checks.values(), *(goal.record for goal in asked), *([waiting] if waiting else []), *births]
    account(viewer=viewer, place=place, rows=shown, at=at)
    return TreatmentPage(
        subject=subject, own=own, today=today, found=found, retained=retained(stays, as_of=today), goals=tuple(asked), checks=checks,
        waiting=waiting, writes=writes, agencies=agencies_by_id(ids={row.holder_id for row in shown}),
        births_to_follow=_births_to_follow(
            [local_day(at=birth.born_at, zone=own.zone) for birth in births],
            found=found[Sort.CHECK_IN], own=own, today=today,
        ),
    )  # fmt: skip


def _births_to_follow(born: list[date], *, found: Some, own: Agency, today: date) -> tuple[date, ...]:
    """Births whose check-ins are still ahead and that have none yet."""
    planned = {entry.get("born_on") for entry in found.rows}  # type: ignore[attr-defined]
    late = {day for day in born if day_of(CHECK_INS[-1], agency=own, start=day) >= today}
    return tuple(sorted(late - planned))


def is_pregnant(*, viewer: Viewer, identity_id: UUID, today: date) -> bool:
    """Whether a chart that `viewer` reads says that she is pregnant now: a due day that is near or ahead, and no birth of it yet. Two queries."""
    open_ones = [row for row in pregnancies_of(viewer=viewer, identity_id=identity_id) if row.ended_on is None and row.due_on is not None]
    due = [row.due_on for row in open_ones if row.due_on is not None and (row.due_on - today).days > -28]
    born = [birth.born_at.date() for birth in births_of(viewer=viewer, mother_ids=[identity_id])]
    return any(not any(abs((day - one).days) < 150 for one in born) for day in due)
