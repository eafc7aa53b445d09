"""Reads of treatment. Each takes `viewer`; row security decides which rows there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from careloom.infra.access import NotVisible, Viewer
from careloom.infra.ui.paging import PAGE, Some
from careloom.treatment.codes import Sort
from careloom.treatment.models import Admission, CheckIn, Components, Episode, GoalCheck
from careloom.treatment.models.admission import OPEN
from careloom.treatment.models.entry import Entry
from careloom.treatment.retention import Stay
from careloom.treatment.sorts import RULES

MOST_STAYS = 50


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One entry as far as a reader sees it: its rows, of one table or two. A value whose row is hidden reads as None."""

    sort: Sort
    rows: tuple[Entry, ...]

    @property
    def first(self) -> Entry:
        """The row that says when it was, whose it is and where it comes from."""
        return self.rows[0]

    def get(self, name: str) -> Any:
        """A value of the entry."""
        return next((getattr(row, name) for row in self.rows if hasattr(row, name)), None)


def entries_of(*, viewer: Viewer, identity_id: UUID, sort: Sort, page: int = 1, a_page: int = PAGE, taken_back: bool = False) -> Some:
    """One page of one sort, the newest first. One query for each table. `taken_back` adds what the viewer's own agency took back."""
    start, most = (max(page, 1) - 1) * a_page, max(page, 1) * a_page + 1
    stands = Q(taken_back_at=None) | Q(holder_id=viewer.holder_id) if taken_back else Q(taken_back_at=None)
    found: dict[UUID, list[Entry]] = defaultdict(list)
    for part in RULES[sort].parts:
        rows = part.model.objects.seen_by(viewer).filter(stands, identity_id=identity_id)
        for row in rows.order_by("-happened_on", "-recorded_at", "pk")[:most]:
            found[row.pk].append(row)
    every = sorted(found.values(), key=lambda rows: (rows[0].happened_on, rows[0].recorded_at, str(rows[0].pk)), reverse=True)
    shown = tuple(Shown(sort=sort, rows=tuple(rows)) for rows in every[start : start + a_page])
    return Some(rows=shown, page=max(page, 1), has_more=len(every) > start + a_page)


def check_ins_shown(*, viewer: Viewer, identity_id: UUID, most: int) -> Some:
    """The check-ins that come next, the nearest first, and where there is room the ones that were held last. Two queries."""
    rows = CheckIn.objects.seen_by(viewer).filter(identity_id=identity_id, taken_back_at=None)
    ahead = list(rows.filter(held_on=None).order_by("happened_on", "pk")[: most + 1])
    held = list(rows.exclude(held_on=None).order_by("-happened_on", "pk")[: most + 1])
    kept = [*ahead[: most - bool(held)], *held][:most]
    shown = tuple(Shown(sort=Sort.CHECK_IN, rows=(row,)) for row in kept)
    return Some(rows=shown, page=1, has_more=len(ahead) + len(held) > len(kept))


def own_entry(*, viewer: Viewer, sort: Sort, entry_id: UUID) -> Shown:
    """One entry of the viewer's own agency that stands. Raises NotVisible."""
    rows = [
        row for part in RULES[sort].parts
        for row in part.model.objects.seen_by(viewer).filter(pk=entry_id, holder_id=viewer.holder_id, taken_back_at=None)[:1]
    ]  # fmt: skip
    if not rows or not isinstance(rows[0], RULES[sort].main):
        raise NotVisible
    return Shown(sort=sort, rows=tuple(rows))


def stays_of(*, viewer: Viewer, identity_id: UUID) -> list[Stay]:
    """The times in treatment that `viewer` sees, the newest first. One query."""
    rows = Episode.objects.seen_by(viewer).filter(identity_id=identity_id, taken_back_at=None)
    days = rows.order_by("-happened_on").values_list("happened_on", "ends_on")[:MOST_STAYS]
    return [Stay(starts_on=begun, ends_on=ended) for begun, ended in days]


def components_of(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> dict[UUID, Components]:
    """How the five parts stand for each of these people, by the newest entry that `viewer` sees. One query."""
    rows = Components.objects.seen_by(viewer).filter(identity_id__in=list(identity_ids), taken_back_at=None)
    newest: dict[UUID, Components] = {}
    for row in rows.order_by("identity_id", "-happened_on", "-recorded_at").distinct("identity_id"):
        newest[row.identity_id] = row
    return newest


def goal_checks(*, viewer: Viewer, goal_ids: Iterable[UUID]) -> dict[UUID, GoalCheck]:
    """What the treatment provider last said about each of these goals, as far as `viewer` may read it. One query."""
    rows = GoalCheck.objects.seen_by(viewer).filter(goal_id__in=list(goal_ids), taken_back_at=None)
    return {row.goal_id: row for row in rows.order_by("happened_on", "recorded_at")}


def queue_of(*, viewer: Viewer, page: int = 1) -> Some:
    """Who waits to be admitted by the viewer's program: those whom the law puts first, then who asked first. One query."""
    start = (max(page, 1) - 1) * PAGE
    rows = Admission.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, state__in=OPEN)
    ordered = rows.order_by(F("pregnant").desc(), F("child_welfare").desc(), "asked_at", "pk")
    found = list(ordered[start : start + PAGE + 1])
    return Some(rows=tuple(found[:PAGE]), page=max(page, 1), has_more=len(found) > PAGE)


def get_admission(*, viewer: Viewer, admission_id: UUID) -> Admission:
    """One request to be admitted. Raises NotVisible."""
    row: Admission | None = Admission.objects.seen_by(viewer).filter(pk=admission_id, holder_id=viewer.holder_id).first()
    if row is None:
        raise NotVisible
    return row


def waits_since(*, viewer: Viewer, identity_id: UUID) -> Admission | None:
    """The open request of a person in the viewer's own queue. One query."""
    mine = Admission.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, identity_id=identity_id, state__in=OPEN)
    found: Admission | None = mine.first()
    return found
