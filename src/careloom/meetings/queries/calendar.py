"""When bodies meet: what comes up, the year of a body with the months that were missed, and the notices that follow from it.

Source: R-032, R-188, R-189, R-190.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from careloom.infra.access import NotVisible, Viewer
from careloom.infra.packs import current_pack
from careloom.kernel.partnership import Block, Month, MonthFact, Tier, cycles_without, minimum_missing, months_of, next_month, series_days
from careloom.meetings.holding import BEFORE, SAT
from careloom.meetings.models import AgendaItem, Meeting, Represents, Series
from careloom.partnership.actions.keeping import today
from careloom.partnership.models import Body
from careloom.partnership.queries import Rooms, rooms_of
from careloom.partnership.standing import standing_of

MONTHS_SHOWN = 12
LOOK_BACK = 8


@dataclass(frozen=True, kw_only=True)
class BodyYear:
    """How a body meets: its series, the months up to now with what each came to, the next meeting, and what gives a notice."""

    body: Body
    series: Series | None
    months: tuple[tuple[date, Month], ...]
    next: Meeting | None
    without_governance: int  # meetings in a row in which none of the four duties was talked about
    minimum_missing: tuple[str, ...]  # codes of the pack that nobody of a work group stands for

    @property
    def missed(self) -> tuple[date, ...]:
        """Months without a held meeting."""
        return tuple(month for month, what in self.months if what is Month.MISSED)

    @property
    def ungoverned(self) -> bool:
        """Whether the notice of R-032 stands."""
        return self.without_governance >= current_pack().meetings.cycles_without_governance


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """How every body of a collaborative meets."""

    rooms: Rooms
    years: tuple[BodyYear, ...]

    @cached_property
    def by_body(self) -> dict[UUID, BodyYear]:
        """The years by the id of their body."""
        return {year.body.pk: year for year in self.years}


def coming_up(*, viewer: Viewer, collaborative_id: UUID, at: datetime, most: int = 5) -> list[Meeting]:
    """The next meetings of a collaborative, soonest first, each with its body and leader. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = Meeting.objects.select_related("body", "leader").filter(collaborative_id=collaborative_id, state__in=(*BEFORE, "RUNNING"))
    return list(rows.filter(starts_at__gte=at - timedelta(hours=8)).order_by("starts_at", "pk")[:most])


def calendar_of(*, viewer: Viewer, collaborative_id: UUID, at: datetime) -> Calendar:
    """How every body meets. A fixed number of queries. Raises NotVisible."""
    rooms = rooms_of(viewer=viewer, collaborative_id=collaborative_id)
    now = today(at)
    since = next_month(now, by=-MONTHS_SHOWN + 1)
    all_series = {row.body_id: row for row in Series.objects.filter(collaborative_id=collaborative_id, ends_on=None)}
    rows = list(
        Meeting.objects.select_related("leader")
        .filter(collaborative_id=collaborative_id, planned_on__gte=since - timedelta(days=400))
        .order_by("starts_at")
    )
    talked = _talked(row.pk for row in rows if row.state in SAT)
    parts = {row.partner_id: row.parts for row in Represents.objects.filter(collaborative_id=collaborative_id)}
    years = []
    for body in rooms.bodies:
        own, series = [row for row in rows if row.body_id == body.pk], all_series.get(body.pk)
        years.append(
            BodyYear(
                body=body,
                series=series,
                months=_months(series, own, since=since, now=now),
                next=next((row for row in own if row.state in (*BEFORE, "RUNNING") and row.starts_at > at - timedelta(hours=8)), None),
                without_governance=_without(own, talked),
                minimum_missing=_minimum(rooms, body, parts),
            )
        )
    return Calendar(rooms=rooms, years=tuple(years))


def meetings_of(*, viewer: Viewer, body_id: UUID) -> QuerySet[Meeting]:
    """Every meeting of a body, the newest first. For a paged list. Raises NotVisible."""
    body = Body.objects.filter(pk=body_id, ends_on=None).first()
    standing_of(viewer=viewer, collaborative_id=body.collaborative_id if body else body_id)
    if body is None:
        raise NotVisible
    return Meeting.objects.select_related("leader").filter(body_id=body_id).order_by("-starts_at", "pk")


def ahead_of(*, viewer: Viewer, body_id: UUID, at: datetime, most: int = 24) -> list[Meeting]:
    """The planned meetings of a body in order, for its schedule and its calendar file. Raises NotVisible."""
    rows = meetings_of(viewer=viewer, body_id=body_id).filter(starts_at__gte=at - timedelta(hours=8))
    return list(rows.select_related("body", "leader").order_by("starts_at")[:most])


def _months(series: Series | None, rows: list[Meeting], *, since: date, now: date) -> tuple[tuple[date, Month], ...]:
    if series is None:
        return ()
    # What was moved to a later day of its month may still be held, though the day of the series is over.
    facts = [MonthFact(on=row.planned_on, held=row.state in SAT, coming=row.state in BEFORE and today(row.starts_at) >= now) for row in rows]
    # A series that began after its day of that month first meets in the next: nothing was missed before.
    first = series_days(start=series.starts_on, week=series.week, weekday=series.weekday, every=series.every_months, until=now)
    began = min((*first[:1], *(row.planned_on for row in rows if row.series_id == series.pk)), default=now)
    return tuple(pair for pair in months_of(start=began, every=series.every_months, today=now, meetings=facts) if pair[0] >= since)


def _talked(meeting_ids: Iterable[UUID]) -> dict[UUID, frozenset[Block]]:
    """Which duties of governance each meeting talked about."""
    found: dict[UUID, set[Block]] = {}
    rows = AgendaItem.objects.filter(meeting_id__in=list(meeting_ids), talked=True, taken_off=False).exclude(block="")
    for meeting_id, block in rows.values_list("meeting_id", "block"):
        found.setdefault(meeting_id, set()).add(Block(block))
    return {key: frozenset(blocks) for key, blocks in found.items()}


def _without(rows: list[Meeting], talked: dict[UUID, frozenset[Block]]) -> int:
    ended = [row for row in rows if row.state in SAT and row.state != "RUNNING"][-LOOK_BACK:]
    return cycles_without(newest_first=[talked.get(row.pk, frozenset()) for row in reversed(ended)])


def _minimum(rooms: Rooms, body: Body, parts: dict[UUID, list[str]]) -> tuple[str, ...]:
    if body.tier != Tier.WORK_GROUP:
        return ()
    there = {code for seat in rooms.seats_in(body) for code in parts.get(seat.partner_id, ())}
    return minimum_missing(minimum=[one.code for one in current_pack().meetings.work_group_minimum], there=there)
