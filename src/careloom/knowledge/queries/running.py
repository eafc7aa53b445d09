"""What is under way: tasks, onboarding, reviews, disputes, and what asks for somebody. Source: R-023, R-039, R-044, R-047, R-059, R-060, R-112."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from careloom.infra.access import NotVisible, Viewer
from careloom.kernel.partnership import Sector, Stream
from careloom.kernel.partnership.knowing import CHECKLISTS, ONBOARDING, TASK_LISTS
from careloom.kernel.partnership.knowing_rules import Effort, anniversary, duplicates, onboarding_due, onboarding_late
from careloom.knowledge.models import Champion, Dispute, DisputeStep, Initiative, Process, Review, Task
from careloom.partnership.models import Partner, Seat
from careloom.partnership.standing import Standing, standing_of

MOST = 1000


def may_do(standing: Standing, *, task_list: str, about: UUID) -> bool:
    """Whether somebody may add and tick tasks of a list about something. What is of another collaborative is not there."""
    pk = standing.collaborative.pk
    if task_list == "onboarding":
        seat = Seat.objects.filter(pk=about, collaborative_id=pk, left_on=None).first()
        return seat is not None and (standing.leads(seat.body_id) or (seat.worker_id is not None and seat.worker_id == standing.worker_id))
    if task_list in ("kick-off", "equity"):
        partner = Partner.objects.filter(pk=about, collaborative_id=pk, left_on=None).first()
        return partner is not None and (_kicks_off(standing, partner) if task_list == "kick-off" else standing.speaks_for(about))
    return about == pk and task_list in TASK_LISTS


def is_site(partner: Partner) -> bool:
    """Whether a partner is a treatment site, with which county child welfare begins (R-112): it treats, and does not only pay or oversee."""
    return Sector.SUBSTANCE_USE in partner.sectors and Stream.COMMUNITY_TREATMENT in partner.streams


def _kicks_off(standing: Standing, site: Partner) -> bool:
    """The site, child welfare, and who leads write down how they began."""
    if not is_site(site):
        return False
    ours = Partner.objects.filter(pk__in=standing.partner_ids, sectors__contains=[Sector.CHILD_WELFARE])
    return standing.runs or bool(standing.officer_of) or site.pk in standing.partner_ids or ours.exists()


def may_review(standing: Standing, *, kind: str, about: UUID) -> bool:
    """Whether somebody may write down such a look: a partner its own equity review, who leads the others."""
    if kind == "equity":
        return Partner.objects.filter(pk=about, collaborative_id=standing.collaborative.pk, left_on=None).exists() and standing.speaks_for(about)
    return kind in ("champions", "table") and about == standing.collaborative.pk and (standing.runs or bool(standing.officer_of))


@dataclass(frozen=True, kw_only=True)
class Tasks:
    """A list about something: the items that everybody has with their row or None, and tasks of one's own, open ones first."""

    items: tuple[tuple[str, Task | None], ...]
    own: tuple[Task, ...]
    may_do: bool

    @property
    def done(self) -> int:
        """How many items are done."""
        return sum(row is not None and row.done_on is not None for _, row in self.items)


def tasks(*, viewer: Viewer, collaborative_id: UUID, task_list: str, about: UUID) -> Tasks:
    """One list of tasks. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    if task_list not in TASK_LISTS:
        raise NotVisible
    rows = list(
        Task.objects.select_related("partner")
        .filter(collaborative_id=collaborative_id, task_list=task_list, about=about)
        .order_by("due_on", "made_at")
    )
    by_code = {row.code: row for row in rows if row.code}
    own = sorted((row for row in rows if not row.code), key=lambda row: row.done_on is not None)
    return Tasks(
        items=tuple((code, by_code.get(code)) for code in CHECKLISTS.get(task_list, ())),
        own=tuple(own),
        may_do=may_do(standing, task_list=task_list, about=about),
    )


def equity_tasks(*, viewer: Viewer, collaborative_id: UUID) -> dict[UUID, list[Task]]:
    """What partners do after their equity reviews, by partner, open ones first. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = Task.objects.select_related("partner").filter(collaborative_id=collaborative_id, task_list="equity").order_by("due_on", "made_at")
    found: dict[UUID, list[Task]] = {}
    for row in sorted(rows[:MOST], key=lambda row: row.done_on is not None):
        found.setdefault(row.about, []).append(row)
    return found


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """A member with her onboarding: what is done, until when it is in time, and whether it is late."""

    seat: Seat
    done: frozenset[str]
    due_on: date
    late: bool

    @property
    def complete(self) -> bool:
        """Whether everything is done."""
        return set(ONBOARDING) <= self.done


def newcomers(*, viewer: Viewer, collaborative_id: UUID, today: date) -> list[Newcomer]:
    """Members by how their onboarding stands: late ones first, then the others that are open, then complete ones. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    seats = list(
        Seat.objects.select_related("body", "partner", "follows").filter(collaborative_id=collaborative_id, left_on=None, body__ends_on=None)[:MOST]
    )
    done: dict[UUID, set[str]] = {}
    ticked = Task.objects.filter(collaborative_id=collaborative_id, task_list="onboarding").exclude(done_on=None)
    for about, code in ticked.values_list("about", "code"):
        done.setdefault(about, set()).add(code)
    found = [
        Newcomer(
            seat=seat, done=frozenset(done.get(seat.pk, ())), due_on=onboarding_due(seat.starts_on),
            late=onboarding_late(starts_on=seat.starts_on, done=done.get(seat.pk, ()), today=today),
        )
        for seat in seats
    ]  # fmt: skip
    return sorted(found, key=lambda one: (not one.late, one.complete, one.due_on, one.seat.name))


def reviews(*, viewer: Viewer, collaborative_id: UUID, kind: str) -> list[Review]:
    """Every look of a kind, the newest first. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    return list(Review.objects.filter(collaborative_id=collaborative_id, kind=kind).order_by("-held_on", "-made_at")[:MOST])


def process_of(*, viewer: Viewer, collaborative_id: UUID) -> Process | None:
    """How disputes are settled, as adopted last; every member reads it. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    return Process.objects.filter(collaborative_id=collaborative_id).order_by("-version").first()


def disputes(*, viewer: Viewer, collaborative_id: UUID) -> list[Dispute]:
    """The disputes in whose hands the reader is, and no other. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    mine = Dispute.objects.filter(collaborative_id=collaborative_id, hands__contains=[viewer.worker_id or collaborative_id])
    return list(mine.order_by("closed_on", "-opened_on")[:MOST])


def dispute(*, viewer: Viewer, collaborative_id: UUID, dispute_id: UUID) -> Dispute:
    """A dispute in whose hands the reader is. Raises NotVisible, for one that exists as for one that does not."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    mine = Dispute.objects.select_related("process").filter(collaborative_id=collaborative_id, hands__contains=[viewer.worker_id or dispute_id])
    row: Dispute | None = mine.filter(pk=dispute_id).first()
    if row is None:
        raise NotVisible
    return row


def steps_taken(dispute: Dispute) -> list[DisputeStep]:
    """What was done in a dispute that the caller holds, in order."""
    return list(dispute.steps.order_by("on", "made_at"))


def doubles(*, viewer: Viewer, collaborative_id: UUID) -> list[list[Initiative]]:
    """Initiatives of different bodies with the same aim for the same families (R-021). Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = Initiative.objects.select_related("related").filter(collaborative_id=collaborative_id, left_on=None)
    by_key = {str(row.pk): row for row in rows.order_by("title")[:MOST]}
    efforts = [Effort(key=key, owner=str(row.related_id or "ours"), outcome=row.outcome, population=row.population) for key, row in by_key.items()]
    return [[by_key[key] for key in group] for group in duplicates(efforts)]


@dataclass(frozen=True, kw_only=True)
class Flags:
    """What asks for somebody: onboarding that is late, champions and the table to look at again, partners without an equity review, open tasks late.

    INVARIANT: disputes are not among them.
    """

    onboarding_late: tuple[Seat, ...]
    champions: str  # "", NONE: there is none; DUE: the yearly question; LEFT: one left since
    table_due: bool
    equity_due: tuple[Partner, ...]
    tasks_late: tuple[Task, ...]
    doubles: int

    @property
    def any(self) -> bool:
        """Whether anything asks for somebody."""
        return any((self.onboarding_late, self.champions, self.table_due, self.equity_due, self.tasks_late, self.doubles))


def flags(*, viewer: Viewer, collaborative_id: UUID, today: date) -> Flags:
    """What asks for somebody in a collaborative, for its home page. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    newest: dict[tuple[str, UUID], Review] = {}
    for row in Review.objects.filter(collaborative_id=collaborative_id).order_by("held_on", "made_at"):
        newest[row.kind, row.about] = row
    partners = Partner.objects.filter(collaborative_id=collaborative_id, left_on=None).order_by("name")
    equity = tuple(row for row in partners[:MOST] if _due(newest.get(("equity", row.pk)), today=today, since=anniversary(row.joined_on)))
    late = tuple(one.seat for one in newcomers(viewer=viewer, collaborative_id=collaborative_id, today=today) if one.late)
    table = newest.get(("table", collaborative_id))
    tasks_late = Task.objects.filter(collaborative_id=collaborative_id, done_on=None, due_on__lt=today).order_by("due_on")
    return Flags(
        onboarding_late=late,
        champions=_champions(collaborative_id, newest.get(("champions", collaborative_id)), today=today),
        table_due=table is None or table.next_on <= today,
        equity_due=equity,
        tasks_late=tuple(tasks_late[:200]),
        doubles=len(doubles(viewer=viewer, collaborative_id=collaborative_id)),
    )


def _due(review: Review | None, *, today: date, since: date) -> bool:
    return review.next_on <= today if review else since <= today


def _champions(collaborative_id: UUID, review: Review | None, *, today: date) -> str:
    """The yearly question, asked earlier when one leaves (R-060)."""
    rows: list[Any] = list(Champion.objects.filter(collaborative_id=collaborative_id).values_list("left_on", "reviewed_on"))
    here = [reviewed for left, reviewed in rows if left is None]
    if not here:
        return "NONE"
    looked = review.held_on if review else max(here)
    if any(left is not None and left >= looked for left, _ in rows):
        return "LEFT"
    due = review.next_on if review else anniversary(looked)
    return "DUE" if due <= today else ""
