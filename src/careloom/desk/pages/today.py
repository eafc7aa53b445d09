"""Today: what a worker owes, her day, what went well and how her families stand. Constant queries at any size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from careloom.agencies.models import Membership
from careloom.agencies.queries import workers_of
from careloom.desk.presenters import duties, names
from careloom.desk.presenters.duties import About
from careloom.infra.access import Viewer
from careloom.infra.access.accounting import account
from careloom.infra.ui.brought import Brought, brought_to
from careloom.infra.ui.paging import some
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.clocks import start_of_day
from careloom.messages.models import Appointment
from careloom.messages.queries import day_of
from careloom.notifications.models import ReceivedNotification
from careloom.notifications.queries import received_about
from careloom.people.queries import with_infants
from careloom.plans.queries import Caseload, caseload_counts, referrals_about
from careloom.work.models import Obligation
from careloom.work.queries import met_by_me, met_lately, today, told_above

WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class TodayPage:
    """Everything on Today. `names` are families by identity; `about` what a referral's duty is about; `workers` whose a duty is.

    `told_in` leads to what child welfare received about a family of which it has no record of its own. `late_below` is how many late duties of
    colleagues were told to her. `brought` is what other rooms have for her, on the first page of what is hers.
    """

    at: datetime
    day: date
    zone: ZoneInfo
    worker_name: str
    whole_agency: bool
    may_see_agency: bool
    now: tuple[Obligation, ...]
    week: tuple[Obligation, ...]
    later: tuple[Obligation, ...]
    waiting: tuple[Obligation, ...]
    done: Obligation | None
    appointments: tuple[Appointment, ...]
    went_well: tuple[Obligation, ...]
    names: dict[UUID, str]
    told_in: dict[UUID, UUID]
    about: dict[UUID, About]
    workers: dict[UUID, str]
    caseload: Caseload
    page: int
    has_more: bool
    me: UUID | None
    late_below: int = 0
    brought: tuple[Brought, ...] = ()

    @property
    def late(self) -> int:
        """How many of what needs her now are past their time."""
        return sum(is_late(row, at=self.at) for row in self.now)


def is_late(row: Obligation, *, at: datetime) -> bool:
    """Whether what is owed is past its time."""
    return row.due_at is not None and row.due_at <= at


def today_page(
    *, viewer: Viewer, membership: Membership, at: datetime, page: int = 1, whole_agency: bool = False, done_id: UUID | None = None
) -> TodayPage:
    """Today as `viewer` may see it, fifty duties a page; with `whole_agency` what her agency owes (a supervisor's view)."""
    may_see_agency = viewer.can("ASSIGN_WORK")
    whole_agency = whole_agency and may_see_agency
    zone = ZoneInfo(membership.agency.zone)
    local = at.astimezone(zone).date()
    found = today(viewer=viewer, at=at, page=page, whole_agency=whole_agency)
    midnight = start_of_day(day=local, zone=zone.key)
    planned = day_of(viewer=viewer, starts_at=midnight, ends_at=midnight + timedelta(days=1))
    well = met_lately(viewer=viewer, since=_monday(local, zone))
    done = met_by_me(viewer=viewer, obligation_id=done_id, at=at) if done_id else None
    rows = [*found.rows, *well, *([done] if done else [])]
    brought = brought_to(viewer=viewer, at=at) if page == 1 and not whole_agency else ()
    families = {*(r.family_id for r in rows), *(a.identity_id for a in planned), *(one.identity_id for one in brought if one.identity_id)}
    people = with_infants(viewer=viewer, identity_ids=families)
    told = _told(viewer=viewer, membership=membership, unknown=families - {person.identity_id for person in people})
    account(viewer=viewer, place="desk:today", rows=[*people, *told.values()], at=at)
    heaps = _heaps(found.rows, at=at, midnight=midnight)
    return TodayPage(
        at=at, day=local, zone=zone, worker_name=membership.worker.name, whole_agency=whole_agency, may_see_agency=may_see_agency,
        now=heaps["now"], week=heaps["week"], later=heaps["later"], waiting=heaps["waiting"], done=done,
        appointments=tuple(planned), went_well=tuple(row for row in well if done is None or row.pk != done.pk),
        names={key: str(row.facts["PARENT_NAME"]) for key, row in told.items()} | names.labels(people),
        told_in={key: row.pk for key, row in told.items()}, about=_about(viewer=viewer, rows=rows),
        workers=_names(membership, at=at) if any(row.worker_id not in {None, viewer.worker_id} for row in rows) else {},
        caseload=caseload_counts(viewer=viewer, at=at, today=local), page=page, has_more=found.has_more, me=viewer.worker_id,
        late_below=told_above(viewer=viewer).exclude(worker_id=viewer.worker_id).count() if may_see_agency else 0,
        brought=brought,
    )  # fmt: skip


def late_page(*, viewer: Viewer, membership: Membership, at: datetime, page: int = 1, everybody: bool = False) -> TodayPage:
    """What is late and was told to the supervisor, as Today shows duties, the longest late first, 25 a page."""
    zone = ZoneInfo(membership.agency.zone)
    found = some(told_above(viewer=viewer, everybody=everybody), page=page)
    rows: list[Obligation] = list(found.rows)  # type: ignore[arg-type]
    families = {row.family_id for row in rows}
    people = with_infants(viewer=viewer, identity_ids=families)
    told = _told(viewer=viewer, membership=membership, unknown=families - {person.identity_id for person in people})
    account(viewer=viewer, place="desk:late", rows=[*people, *told.values()], at=at)
    return TodayPage(
        at=at, day=at.astimezone(zone).date(), zone=zone, worker_name=membership.worker.name, whole_agency=True, may_see_agency=True,
        now=tuple(rows), week=(), later=(), waiting=(), done=None, appointments=(), went_well=(),
        names={key: str(row.facts["PARENT_NAME"]) for key, row in told.items()} | names.labels(people),
        told_in={key: row.pk for key, row in told.items()}, about=_about(viewer=viewer, rows=rows), workers=_names(membership, at=at),
        caseload=Caseload(families=0, expecting=0, late=0), page=found.page, has_more=found.has_more, me=viewer.worker_id,
    )  # fmt: skip


def _names(membership: Membership, *, at: datetime) -> dict[UUID, str]:
    return {m.worker_id: m.worker.name for m in workers_of(agency_id=membership.agency_id, at=at)}


def _told(*, viewer: Viewer, membership: Membership, unknown: set[UUID]) -> dict[UUID, ReceivedNotification]:
    """By identity, what named a family that child welfare knows by its name from nothing else. One query, and none for other agencies."""
    if membership.agency.kind != AgencyKind.CPS_AGENCY or not unknown:
        return {}
    found: dict[UUID, ReceivedNotification] = {}
    for row in received_about(viewer=viewer, identity_ids=unknown):
        if row.facts.get("PARENT_NAME"):
            found.setdefault(row.identity_id, row)
    return found


def _monday(local: date, zone: ZoneInfo) -> datetime:
    return start_of_day(day=local - timedelta(days=local.weekday()), zone=zone.key)


def _heaps(rows: tuple[Obligation, ...], *, at: datetime, midnight: datetime) -> dict[str, tuple[Obligation, ...]]:
    """Past its time or due by the end of today; by the end of seven days or without a day; later; and what others owe us first."""
    ours = [row for row in rows if row.waiting_on is None]
    tonight, week = midnight + timedelta(days=1), midnight + WEEK
    now = [row for row in ours if row.due_at is not None and row.due_at <= tonight]
    soon = [row for row in ours if row.due_at is None or tonight < row.due_at <= week]
    later = [row for row in ours if row.due_at is not None and row.due_at > week]
    return {"now": tuple(now), "week": tuple(soon), "later": tuple(later), "waiting": tuple(row for row in rows if row.waiting_on is not None)}


def _about(*, viewer: Viewer, rows: list[Obligation]) -> dict[UUID, About]:
    ids = [row.about_id for row in rows if row.about_kind == "REFERRAL" and row.about_id]
    return {key: duties.About(need=need, org=org) for key, (need, org) in referrals_about(viewer=viewer, referral_ids=ids).items()}
