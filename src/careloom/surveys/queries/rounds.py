"""Rounds and what was answered in them, as counts only. Source: R-045, R-048, R-075, R-076, R-215, R-216, R-226."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from careloom.infra.access import NotVisible, Viewer
from careloom.kernel.partnership.opinions import Counts, Verdict, gap, priority, together, verdict
from careloom.partnership.models import Seat
from careloom.partnership.standing import Standing, standing_of
from careloom.surveys.actions.rounds import may_ask
from careloom.surveys.instruments import items_of
from careloom.surveys.models import FollowUp, ItemSet, Remark, Rhythm, Round, Taken, Tally

FIRST_DAYS = 90  # within which the values inventory belongs
MOST = 500
Groups = dict[str, dict[str, dict[str, Counts]]]  # dimension -> group -> item -> counts


@dataclass(frozen=True, kw_only=True)
class Item:
    """One statement with what was answered: by all and by group."""

    id: str
    section: str
    text: str
    turned: bool
    whole: Counts
    groups: dict[str, dict[str, Counts]] = field(default_factory=dict)  # dimension -> group -> counts

    @property
    def verdict(self) -> Verdict:
        """Shared, contested, unknown or mixed."""
        return verdict(self.whole, [one for rows in self.groups.values() for one in rows.values()])

    @property
    def gap(self) -> float:
        """How far the groups that are furthest from each other are apart."""
        return max((gap(rows.values()) for rows in self.groups.values()), default=0.0)

    @property
    def score(self) -> Counts:
        """Turned so that more is better."""
        return self.whole.turned() if self.turned else self.whole


@dataclass(frozen=True, kw_only=True)
class Element:
    """A section as a whole: its counts, its mean, how much it was chosen, and how much it calls for work."""

    code: str
    title: str
    counts: Counts
    votes: float
    by_group: dict[str, dict[str, Counts]]

    @property
    def priority(self) -> float:
        """From 0 to 4."""
        return priority(votes=self.votes, mean=self.counts.mean)


@dataclass(frozen=True, kw_only=True)
class Results:
    """What a closed round says. Empty where too few answered."""

    round: Round
    items: tuple[Item, ...]
    elements: tuple[Element, ...]

    @cached_property
    def agreements(self) -> list[Item]:
        """Where all stand together, the clearest first."""
        found = [one for one in self.items if one.verdict is Verdict.SHARED]
        return sorted(found, key=lambda one: (-max(one.whole.agree, one.whole.disagree), one.id))

    @cached_property
    def divergences(self) -> list[Item]:
        """Where they differ, the widest first."""
        found = [one for one in self.items if one.verdict is Verdict.CONTESTED]
        return sorted(found, key=lambda one: (-one.gap, abs(one.whole.agree - 0.5), one.id))

    @cached_property
    def unknown(self) -> list[Item]:
        """What many cannot say."""
        return [one for one in self.items if one.verdict is Verdict.UNKNOWN]

    @cached_property
    def priorities(self) -> list[Element]:
        """The elements that call for work, the first first."""
        return sorted(self.elements, key=lambda one: (-one.priority, one.counts.mean or 9, one.code))

    @cached_property
    def lowest(self) -> Element | None:
        """The element with the lowest capacity."""
        found = [one for one in self.elements if one.counts.mean is not None]
        return min(found, key=lambda one: (one.counts.mean or 0, one.code), default=None)


@dataclass(frozen=True, kw_only=True)
class Due:
    """Something that is to be looked at: its kind, when, and whether it is the first time (R-076)."""

    kind: str
    on: date
    first: bool = False


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The surveys of a collaborative as they stand."""

    standing: Standing
    rounds: tuple[Round, ...]
    taken: frozenset[UUID]  # open rounds of which the reader took a code
    sits: bool
    rhythms: tuple[Rhythm, ...]
    due: tuple[Due, ...]
    may_ask: bool
    sets: tuple[ItemSet, ...]


def overview(*, viewer: Viewer, collaborative_id: UUID, today: date) -> Overview:
    """Rounds newest first, what is due, and what the reader may do. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rounds = tuple(Round.objects.filter(collaborative_id=collaborative_id).select_related("partner").order_by("-opened_on", "title")[:MOST])
    rhythms = tuple(Rhythm.objects.filter(collaborative_id=collaborative_id).order_by("next_on", "kind"))
    mine = Taken.objects.filter(round__collaborative_id=collaborative_id, workers__contains=[standing.worker_id or collaborative_id])
    open_kinds = {row.kind for row in rounds if row.state == "OPEN"}
    due = [Due(kind=one.kind, on=one.next_on) for one in rhythms if one.next_on <= today + timedelta(days=30) and one.kind not in open_kinds]
    if not any(row.kind == "VALUES" for row in rounds):
        due.insert(0, Due(kind="VALUES", on=standing.collaborative.starts_on + timedelta(days=FIRST_DAYS), first=True))
    return Overview(
        standing=standing, rounds=rounds, taken=frozenset(mine.values_list("round_id", flat=True)), rhythms=rhythms, due=tuple(due),
        sits=Seat.objects.filter(collaborative_id=collaborative_id, worker_id=standing.worker_id or collaborative_id, left_on=None).exists(),
        may_ask=may_ask(standing, None), sets=tuple(ItemSet.objects.filter(collaborative_id=collaborative_id).order_by("title", "-version")[:100]),
    )  # fmt: skip


def round_of(*, viewer: Viewer, collaborative_id: UUID, round_id: UUID) -> tuple[Round, Standing]:
    """A round with how the reader stands to its collaborative. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    row = Round.objects.filter(pk=round_id, collaborative_id=collaborative_id).select_related("partner", "follows").first()
    if row is None:
        raise NotVisible
    return row, standing


def results_of(*, viewer: Viewer, row: Round) -> Results:
    """What a closed round says; empty while it is open or where too few answered. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=row.collaborative_id)
    cells: dict[tuple[str, str, str], dict[int, int]] = defaultdict(dict)
    for one in Tally.objects.filter(round=row):
        cells[one.dimension, one.group, one.item][one.answer] = one.number
    if row.answers is None or not cells:
        return Results(round=row, items=(), elements=())
    groups: Groups = defaultdict(lambda: defaultdict(dict))
    for (dimension, group, item), found in cells.items():
        if dimension:
            groups[dimension][group][item] = Counts.of(found)
    items = tuple(
        Item(
            id=item["id"], section=item["section"], text=item["text"], turned=bool(item.get("turned")), whole=Counts.of(cells["", "", item["id"]]),
            groups={name: {group: rows[item["id"]] for group, rows in sorted(by.items())} for name, by in groups.items()},
        )
        for item in items_of(row.definition)
    )  # fmt: skip
    return Results(round=row, items=items, elements=tuple(_element(section, items, cells) for section in row.definition["sections"]))


def _element(section: dict[str, Any], items: tuple[Item, ...], cells: dict[tuple[str, str, str], dict[int, int]]) -> Element:
    mine = [one for one in items if one.section == section["code"]]
    votes = Counts.of(cells.get(("", "", f"vote:{section['code']}"), {}))
    everybody = votes.number(0, 1)
    names = {(name, group) for one in mine for name, rows in one.groups.items() for group in rows}
    by_group: dict[str, dict[str, Counts]] = defaultdict(dict)
    for name, group in sorted(names):
        by_group[name][group] = together(one.groups[name][group].turned() if one.turned else one.groups[name][group] for one in mine)
    return Element(
        code=section["code"], title=section["title"], counts=together(one.score for one in mine), by_group=dict(by_group),
        votes=votes.number(1) / everybody if everybody else 0.0,
    )  # fmt: skip


def remarks_of(*, viewer: Viewer, row: Round, start: int = 0, most: int = 50) -> tuple[list[str], int]:
    """What was added in words, in the order of random numbers, and how many there are. Nothing where too few answered. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=row.collaborative_id)
    if row.answers is None:
        return [], 0
    found = Remark.objects.filter(round=row).order_by("pk")
    return list(found.values_list("words", flat=True)[start : start + most]), found.count()


def earlier_of(*, viewer: Viewer, row: Round) -> list[Round]:
    """The closed rounds of the same questionnaire about the same, oldest first, up to this one. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=row.collaborative_id)
    found = Round.objects.filter(collaborative_id=row.collaborative_id, kind=row.kind, partner_id=row.partner_id, opened_on__lte=row.opened_on)
    return list(found.exclude(state="OPEN").exclude(answers=None).order_by("opened_on")[:40])


def follow_ups_of(*, viewer: Viewer, collaborative_id: UUID, about_id: UUID) -> list[FollowUp]:
    """What is done about something found. Raises NotVisible."""
    return follow_ups_by(viewer=viewer, collaborative_id=collaborative_id, about_ids=(about_id,))[about_id][:200]


def follow_ups_by(*, viewer: Viewer, collaborative_id: UUID, about_ids: Iterable[UUID]) -> dict[UUID, list[FollowUp]]:
    """What is done about each of these, what is open last, in one query for all. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    found: dict[UUID, list[FollowUp]] = {pk: [] for pk in about_ids}
    rows = FollowUp.objects.filter(collaborative_id=collaborative_id, about_id__in=found)
    for row in rows.select_related("owner").order_by("done_on", "due_on"):
        found[row.about_id].append(row)
    return found


def follow_up_of(*, viewer: Viewer, collaborative_id: UUID, follow_up_id: UUID) -> FollowUp:
    """One of them. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    row = FollowUp.objects.filter(collaborative_id=collaborative_id, pk=follow_up_id).select_related("owner").first()
    if row is None:
        raise NotVisible
    return row
