"""Reads the access log for a privacy officer: who looked at what, and who looked and was shown nothing.

Source: 45 CFR 164.308(a)(1)(ii)(D) (information system activity review); 42 CFR 2.16. Families are told by a short mark of their identity, not
by name: whether a name may be shown is decided on the family page, which the mark does not open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from careloom.agencies import words
from careloom.agencies.models import Agency, Worker
from careloom.agencies.places import page_words
from careloom.infra.access import Viewer, require
from careloom.infra.access.models import AccessLog


@dataclass(frozen=True, kw_only=True)
class Look:
    """One line of the log in words. `family` is a short mark, empty when nothing was shown."""

    at: datetime
    worker: str
    agency: str
    place: str
    family: str
    kinds: tuple[str, ...]
    found: bool


@dataclass(frozen=True, kw_only=True)
class Looks:
    """One page of the log, newest first."""

    rows: tuple[Look, ...]
    number: int
    has_more: bool


def looks(
    *, viewer: Viewer, zone: ZoneInfo, others: bool, worker_id: UUID | None, day: date | None, missed: bool, number: int, a_page: int = 50
) -> Looks:
    """One page of looks by this agency's people, or with `others` by other principals at this agency's records. Three queries."""
    require(viewer)
    rows = AccessLog.objects.seen_by(viewer)
    rows = rows.filter(holder_id=viewer.holder_id).exclude(principal_id=viewer.principal_id) if others else rows.filter(agency_id=viewer.holder_id)
    if worker_id:
        rows = rows.filter(worker_id=worker_id)
    if missed:
        rows = rows.filter(found=False)
    if day:
        start = datetime.combine(day, time(), tzinfo=zone)
        rows = rows.filter(at__gte=start, at__lt=datetime.combine(day + timedelta(days=1), time(), tzinfo=zone))
    # One row more than the page tells whether there is a next page; counting a log of years would take longer than reading it.
    first = (max(number, 1) - 1) * a_page
    found = list(rows.order_by("-at", "id")[first : first + a_page + 1])
    return Looks(rows=_in_words(found[:a_page], own_id=viewer.holder_id), number=max(number, 1), has_more=len(found) > a_page)


def _in_words(rows: Sequence[AccessLog], *, own_id: UUID | None) -> tuple[Look, ...]:
    workers = dict(_workers({row.worker_id for row in rows if row.worker_id and row.agency_id == own_id}, own_id=own_id))
    agencies = dict(_agencies({row.principal_id for row in rows}, own_id=own_id))
    return tuple(
        Look(
            at=row.at,
            worker=workers.get(row.worker_id, ""),
            agency=agencies.get(row.principal_id, ""),
            place=page_words(row.place),
            family=str(row.identity_id)[:8] if row.identity_id else "",
            kinds=tuple(str(words.CATEGORIES.get(category, category)) for category in row.categories),
            found=row.found,
        )
        for row in rows
    )


def names_of(worker_ids: set[UUID], agency_ids: set[UUID], *, own_id: UUID | None) -> Iterator[tuple[str, UUID, str]]:
    """Kind, id and name of these workers and agencies, as agency `own_id` may know them: what an auditor reads beside the ids. Two queries."""
    yield from (("worker", key, name) for key, name in _workers(worker_ids, own_id=own_id))
    yield from (("agency", key, name) for key, name in _agencies(agency_ids, own_id=own_id))


def _workers(ids: set[UUID], *, own_id: UUID | None) -> Iterator[tuple[UUID, str]]:
    """The people of the own agency, also those who left. Another agency's are not named: only who they work for."""
    yield from Worker.objects.filter(pk__in=ids, memberships__agency_id=own_id).distinct().values_list("id", "name")


def _agencies(ids: set[UUID], *, own_id: UUID | None) -> Iterator[tuple[UUID, str]]:
    """INVARIANT: another agency by its outward name: that a treatment program read a record says that somebody is its patient (42 CFR 2.13(c))."""
    yield from ((one.pk, one.name if one.pk == own_id else one.name_outside) for one in Agency.objects.filter(pk__in=ids))
