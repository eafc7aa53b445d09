"""Reads of the position. Each takes `viewer`; row security decides which rows there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from careloom.agencies.models import Agency
from careloom.infra.access import Viewer, require
from careloom.infra.packs import current_pack
from careloom.infra.ui.paging import Some, some
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.clocks import due_on, local_day
from careloom.plans.models import Referral
from careloom.position.models import BesideDay, Contact, Episode, Holder, Support


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A contact and its entry into the state system: by when, how many days it took or has taken, and whether it is late."""

    row: Contact
    day: date
    due_on: date
    lag: int
    is_late: bool


def holds(*, viewer: Viewer, at: datetime) -> bool:
    """Whether the worker holds the position in her agency today. One query."""
    today = local_day(at=at, zone=settings.TIME_ZONE)
    if viewer.worker_id is None:
        return False
    mine = Holder.objects.filter(agency_id=viewer.holder_id, worker_id=viewer.worker_id, starts_on__lte=today)
    return mine.filter(Q(ends_on=None) | Q(ends_on__gt=today)).exists()


def works_cases(*, viewer: Viewer) -> bool:
    """Whether she works on cases of child welfare: her contacts go into the state system too, whoever holds the position. One query."""
    return viewer.can("CASE_WRITE") and Agency.objects.filter(pk=viewer.holder_id, kind=AgencyKind.CPS_AGENCY).exists()


def enters(*, viewer: Viewer, at: datetime) -> bool:
    """Whether the worker writes contacts down and enters them in the state system: she holds the position, or works on cases."""
    return holds(viewer=viewer, at=at) or works_cases(viewer=viewer)


def holders_of(*, agency_id: UUID) -> dict[UUID, Holder]:
    """Who holds the position in an agency now, by worker. One query."""
    return {row.worker_id: row for row in Holder.objects.filter(agency_id=agency_id, ends_on=None)}


def reads(*, viewer: Viewer, at: datetime) -> bool:
    """Whether the worker may open the position's pages: she holds it, or supervises."""
    return viewer.can("ASSIGN_WORK") or holds(viewer=viewer, at=at)


def has_pages(*, viewer: Viewer, at: datetime) -> bool:
    """Whether a link to the position's pages is of use to the worker: she holds it, or supervises where somebody does. One query."""
    today = local_day(at=at, zone=settings.TIME_ZONE)
    held = Holder.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), agency_id=viewer.holder_id, starts_on__lte=today)
    return (held if viewer.can("ASSIGN_WORK") else held.filter(worker_id=viewer.worker_id)).exists()


def caseload(*, viewer: Viewer, page: int = 1, ended: bool = False) -> Some:
    """Episodes of the worker's agency that she sees, with the number of tries and contacts and the last day; the longest untouched first."""
    require(viewer)
    rows = Episode.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, discharged_on__isnull=not ended)
    if not viewer.whole_agency:
        rows = rows.filter(worker_id=viewer.worker_id)
    said = Contact.objects.filter(episode_id=OuterRef("pk")).order_by()
    counted = {
        "tries": Subquery(said.filter(took_part=False).values("episode_id").annotate(n=Count("pk")).values("n")),
        "contacts": Subquery(said.filter(took_part=True).values("episode_id").annotate(n=Count("pk")).values("n")),
        "last_at": Subquery(said.values("episode_id").annotate(n=Max("at")).values("n")),
    }
    return some(rows.annotate(**counted).order_by("last_at", "pk"), page=page)


def episodes_of(*, viewer: Viewer, identity_id: UUID) -> list[Episode]:
    """Her episodes, newest first. One query."""
    return list(Episode.objects.seen_by(viewer).filter(identity_id=identity_id).order_by("-engaged_on")[:20])


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many tries and contacts an episode holds, and the instant of the last."""

    tries: int = 0
    contacts: int = 0
    last_at: datetime | None = None


def counted_of(*, viewer: Viewer, identity_id: UUID) -> dict[UUID, Counted]:
    """The numbers of each of her episodes. One query, however many contacts there are."""
    rows = Contact.objects.seen_by(viewer).filter(identity_id=identity_id).order_by().values("episode_id")
    found = rows.annotate(tries=Count("pk", filter=Q(took_part=False)), contacts=Count("pk", filter=Q(took_part=True)), last_at=Max("at"))
    return {row.pop("episode_id"): Counted(**row) for row in found}


def contacts_of(*, viewer: Viewer, identity_id: UUID, page: int = 1) -> Some:
    """Contacts and tries with her, newest first. One query."""
    return some(Contact.objects.seen_by(viewer).filter(identity_id=identity_id).order_by("-at", "pk"), page=page)


def supports_of(*, viewer: Viewer, identity_id: UUID, most: int = 50) -> list[Support]:
    """Ancillary support for her, newest first. One query."""
    return list(Support.objects.seen_by(viewer).filter(identity_id=identity_id).order_by("-on", "pk")[:most])


def referrals_by_position(*, viewer: Viewer, identity_id: UUID | None = None) -> QuerySet[Referral]:
    """Referrals that a holder of the position in the viewer's agency made, of one person or of all that she sees, newest first (R-198)."""
    holders = Holder.objects.filter(agency_id=viewer.holder_id).values("worker_id")
    rows = Referral.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, made_by__in=holders)
    return (rows.filter(identity_id=identity_id) if identity_id else rows).order_by("-made_at", "pk")


def to_enter(*, viewer: Viewer, entered: bool) -> QuerySet[Contact]:
    """The worker's contacts (a supervisor's agency's) that were entered in the state system, or were not yet; the oldest first."""
    require(viewer)
    rows = Contact.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, entered_on__isnull=not entered)
    return (rows if viewer.whole_agency else rows.filter(worker_id=viewer.worker_id)).order_by("at", "pk")


def entry_of(row: Contact, *, today: date) -> Entry:
    """How the entry of a contact stands, by the pack's days."""
    pack, day = current_pack(), local_day(at=row.at, zone=settings.TIME_ZONE)
    due = due_on(start=day, rule=pack.following.position.entry_due, calendar=pack.calendar)
    done = row.entered_on or today
    return Entry(row=row, day=day, due_on=due, lag=(done - day).days, is_late=done > due)


def days_beside(*, viewer: Viewer, page: int = 1) -> Some:
    """Days at partners' sites: the worker's own, or for a supervisor the agency's, newest first."""
    rows = BesideDay.objects.filter(agency_id=viewer.holder_id)
    return some((rows if viewer.whole_agency else rows.filter(worker_id=viewer.worker_id)).order_by("-on", "site"), page=page)
