"""Meetings counted: who came how, from which kinds of partner, and what partners brought against what they committed.

Source: R-046, R-053, R-054, R-057, R-058, R-191. The numbers count members of bodies at work, no family stands behind them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from careloom.infra.access import NotVisible, Viewer
from careloom.infra.packs import current_pack
from careloom.kernel.partnership import Sector, next_month, quarter_of, quarters_back
from careloom.meetings.holding import SAT
from careloom.meetings.models import Attendance, Commitment, Contribution, Load, Priority, Represents, Visit
from careloom.partnership.actions.keeping import today
from careloom.partnership.models import Partner
from careloom.partnership.queries import Rooms, rooms_of
from careloom.partnership.standing import standing_of

QUARTERS = 8
LEDGER_QUARTERS = 4
HEAVY_CASELOAD, HEAVY_TURNOVER = 25, 25  # families for each worker; of 100 staff within a year


@dataclass(frozen=True, kw_only=True)
class Coming:
    """How members came to the meetings of one quarter: seats by the way they took part, by kind of partner, and meetings by mode."""

    quarter: date
    ways: Counter[str] = field(default_factory=Counter)
    sectors: dict[str, Counter[str]] = field(default_factory=dict)
    meetings: Counter[str] = field(default_factory=Counter)  # how the meetings were held
    by_mode: dict[str, Counter[str]] = field(default_factory=dict)  # of a meeting held so: THERE, ABSENT

    @property
    def there(self) -> int:
        """Seats whose member was there."""
        return sum(count for way, count in self.ways.items() if way != "ABSENT")

    @property
    def all(self) -> int:
        """Seats that were asked."""
        return sum(self.ways.values())


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """A partner: what it committed and brought by quarter, what weighs on it, what its leader signed, whom it was last visited by."""

    partner: Partner
    commitment: Commitment | None
    due_again: bool
    meeting_minutes: dict[date, int]
    reported: dict[date, Contribution]
    committed: dict[date, int]  # hours by quarter, as the commitment stood when the quarter ended
    load: Load | None
    priorities: tuple[Priority, ...]

    def hours(self, quarter: date) -> int:
        """Hours that it brought in a quarter: in meetings, and as it reports."""
        given = self.reported.get(quarter)
        return round(self.meeting_minutes.get(quarter, 0) / 60) + (given.hours if given else 0)

    @property
    def heavy(self) -> bool:
        """Whether what weighs on it may stand behind its silence."""
        load = self.load
        return load is not None and ((load.caseload or 0) >= HEAVY_CASELOAD or (load.turnover or 0) >= HEAVY_TURNOVER or (load.budget or 0) < 0)


def attendance_over(*, viewer: Viewer, collaborative_id: UUID, at: datetime, body_id: UUID | None = None) -> tuple[Coming, ...]:
    """How members came in the last eight quarters, the oldest first. Two queries beside the standing. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    quarters = quarters_back(today(at), count=QUARTERS)
    found = {quarter: Coming(quarter=quarter) for quarter in quarters}
    rows = Attendance.objects.filter(
        collaborative_id=collaborative_id, meeting__state__in=set(SAT) - {"RUNNING"}, meeting__planned_on__gte=quarters[0],
        **({"meeting__body_id": body_id} if body_id else {}),
    )  # fmt: skip
    seen: set[UUID] = set()
    for meeting_id, day, mode, way, sectors, lived in rows.values_list(
        "meeting_id", "meeting__planned_on", "meeting__mode", "mode", "seat__partner__sectors", "seat__lived"
    ):
        coming = found.get(quarter_of(day))
        if coming is None:
            continue
        if meeting_id not in seen:
            seen.add(meeting_id)
            coming.meetings[mode] += 1
        word = "ABSENT" if way == "ABSENT" else "THERE"
        coming.ways[way] += 1
        coming.by_mode.setdefault(mode, Counter())[word] += 1
        for sector in {*sectors, *((Sector.FAMILIES.value,) if lived else ())}:
            coming.sectors.setdefault(sector, Counter())[word] += 1
    return tuple(found.values())


def ledgers_of(*, viewer: Viewer, collaborative_id: UUID, at: datetime) -> tuple[Rooms, tuple[date, ...], tuple[Ledger, ...]]:
    """Every partner with what it committed and brought in the last four quarters. A fixed number of queries. Raises NotVisible."""
    rooms = rooms_of(viewer=viewer, collaborative_id=collaborative_id)
    quarters = quarters_back(today(at), count=LEDGER_QUARTERS)
    of = {"collaborative_id": collaborative_id}
    commitments: dict[UUID, list[Commitment]] = {}
    for row in Commitment.objects.filter(**of).order_by("on", "made_at"):
        commitments.setdefault(row.partner_id, []).append(row)
    reported: dict[UUID, dict[date, Contribution]] = {}
    for given in Contribution.objects.filter(**of, quarter__gte=quarters[0]):
        reported.setdefault(given.partner_id, {})[given.quarter] = given
    loads = {row.partner_id: row for row in Load.objects.filter(**of).order_by("month")}
    priorities: dict[UUID, list[Priority]] = {}
    for evidence in Priority.objects.filter(**of).order_by("-on"):
        priorities.setdefault(evidence.partner_id, []).append(evidence)
    minutes = _minutes(collaborative_id, since=quarters[0])
    asked_since = today(at) - timedelta(days=current_pack().meetings.commitment_again_days)
    found = []
    for partner in rooms.partners:
        own = commitments.get(partner.pk, [])
        found.append(
            Ledger(
                partner=partner,
                commitment=own[-1] if own else None,
                due_again=not own or own[-1].on < asked_since,
                meeting_minutes=minutes.get(partner.pk, {}),
                reported=reported.get(partner.pk, {}),
                committed={quarter: _stood(own, quarter) for quarter in quarters},
                load=loads.get(partner.pk),
                priorities=tuple(priorities.get(partner.pk, ())),
            )
        )
    return rooms, quarters, tuple(found)


def visits_of(*, viewer: Viewer, collaborative_id: UUID) -> QuerySet[Visit]:
    """Visits to partners, the newest first. What was heard is for who runs the collaborative and its officers. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    if not (standing.runs or standing.officer_of):
        raise NotVisible
    return Visit.objects.select_related("partner", "meeting__body").filter(collaborative_id=collaborative_id).order_by("-on", "pk")


def parts_of(*, viewer: Viewer, collaborative_id: UUID) -> dict[UUID, Represents]:
    """For which parts of a work group's minimum each partner stands, by the id of the partner. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    return {row.partner_id: row for row in Represents.objects.filter(collaborative_id=collaborative_id)}


def _stood(rows: list[Commitment], quarter: date) -> int:
    end = next_month(quarter, by=3)
    before = [row for row in rows if row.on < end]
    return before[-1].hours if before else 0


def _minutes(collaborative_id: UUID, *, since: date) -> dict[UUID, dict[date, int]]:
    """Minutes that members of each partner sat in meetings, by quarter."""
    found: dict[UUID, dict[date, int]] = {}
    rows = Attendance.objects.filter(collaborative_id=collaborative_id, meeting__state__in=set(SAT) - {"RUNNING"}, meeting__planned_on__gte=since)
    for partner_id, day, minutes in rows.exclude(mode="ABSENT").values_list("seat__partner_id", "meeting__planned_on", "meeting__minutes"):
        own, quarter = found.setdefault(partner_id, {}), quarter_of(day)
        own[quarter] = own.get(quarter, 0) + minutes
    return found
