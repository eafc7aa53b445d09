"""Reads of possible matches. Each takes `viewer`; row security shows a pair to whoever may read both records, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from careloom.infra.access import NotVisible, Viewer
from careloom.infra.ui.paging import Some, some
from careloom.people.matching.records import mothers_of
from careloom.people.models import Join, PersonRecord, PossibleMatch
from careloom.people.models.matching import LATER, OPEN

Finder = Callable[..., list[tuple[str, str]]]
_finders: list[Finder] = []


def on_look(finder: Finder) -> None:
    """Have `finder(viewer, identity_ids)` tell what else stands in the way of a join, as (words, address). Joined in config."""
    if finder not in _finders:
        _finders.append(finder)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A possible match with both records, and the mothers' records where they are infants'."""

    match: PossibleMatch
    left: PersonRecord
    right: PersonRecord
    mothers: dict[tuple[UUID, UUID], PersonRecord]

    @property
    def rows(self) -> tuple[PersonRecord, ...]:
        """Every record that the page shows."""
        shown = {(row.holder_id, row.mother_identity_id) for row in (self.left, self.right)}
        return (self.left, self.right, *(row for key, row in self.mothers.items() if key in shown))

    @property
    def is_one(self) -> bool:
        """Whether the two are one identity already."""
        return bool(self.left.identity_id == self.right.identity_id)


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """One page of possible matches."""

    pairs: tuple[Pair, ...]
    page: int
    has_more: bool


def matches_of(*, viewer: Viewer, states: Iterable[str], due_on: date | None = None, page: int = 1) -> Pairs:
    """Possible matches whose both records `viewer` may read, the surest first. Three queries.

    With OPEN among `states`, those that were put off until `due_on` are open again.
    """
    wanted = Q(state__in=list(states))
    if OPEN in states and due_on:
        wanted |= Q(state=LATER, look_again_on__lte=due_on)
    found = some(PossibleMatch.objects.seen_by(viewer).filter(wanted).order_by("-weight", "id"), page=page)
    return Pairs(pairs=tuple(_pairs(viewer=viewer, matches=found.rows)), page=found.page, has_more=found.has_more)  # type: ignore[arg-type]


def get_pair(*, viewer: Viewer, match_id: UUID) -> Pair:
    """One possible match with both records. Three queries, whether it is hidden or not there. Raises NotVisible."""
    pairs = _pairs(viewer=viewer, matches=list(PossibleMatch.objects.seen_by(viewer).filter(pk=match_id)))
    if not pairs:
        raise NotVisible
    return pairs[0]


def beside(*, viewer: Viewer, pair: Pair) -> list[tuple[str, str]]:
    """What else somebody should see before the two are joined, such as two open plans: words and an address."""
    return [line for finder in _finders for line in finder(viewer=viewer, identity_ids=(pair.left.identity_id, pair.right.identity_id))]


def joins_of(*, viewer: Viewer, page: int = 1) -> Some:
    """What the agency joined, the newest first. One query."""
    return some(Join.objects.seen_by(viewer).filter(holder_id=viewer.holder_id).order_by("-at", "id"), page=page)


def get_join(*, viewer: Viewer, join_id: UUID) -> Join:
    """One join that the agency made. Raises NotVisible."""
    row: Join | None = Join.objects.seen_by(viewer).filter(pk=join_id, holder_id=viewer.holder_id).first()
    if row is None:
        raise NotVisible
    return row


def join_about(*, viewer: Viewer, pair: Pair) -> Join | None:
    """The join by which the agency answered this pair and which stands, or None. One query."""
    row: Join | None = Join.objects.seen_by(viewer).filter(match_id=pair.match.pk, holder_id=viewer.holder_id, undone_at=None).first()
    return row


def _pairs(*, viewer: Viewer, matches: Iterable[PossibleMatch]) -> list[Pair]:
    matches = list(matches)
    ids = {pk for match in matches for pk in (match.left_id, match.right_id)}
    records = {row.pk: row for row in PersonRecord.objects.seen_by(viewer).filter(pk__any_of=ids)}
    mothers = mothers_of(records.values())
    return [
        Pair(match=match, left=records[match.left_id], right=records[match.right_id], mothers=mothers)
        for match in matches
        if match.left_id in records and match.right_id in records
    ]
