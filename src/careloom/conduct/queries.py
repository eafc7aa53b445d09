"""Reads of what comes first: the list of an agency, who has done one of them, and what one worker has still to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from careloom.agencies.models import Membership
from careloom.conduct.models import Demand, Met
from careloom.infra.access import NotVisible, Viewer, require


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A demand as it stands for one worker: done on which day and until when, or not."""

    demand: Demand
    done_on: date | None
    until: date | None
    is_done: bool


def of_agency(*, viewer: Viewer) -> QuerySet[Demand]:
    """Everything that the viewer's agency ever asked, what is asked now first: a list for pages."""
    require(viewer)
    rank = Case(When(ended_at=None, then=Value(0)), default=Value(1), output_field=IntegerField())
    return Demand.objects.filter(agency_id=viewer.holder_id).select_related("made_by").order_by(rank, "kind", "-made_at")


def one_of(*, viewer: Viewer, demand_id: UUID) -> Demand:
    """One of them. Raises NotVisible for another agency's."""
    found = of_agency(viewer=viewer).filter(pk=demand_id).first()
    if found is None:
        raise NotVisible
    return found


def workers(*, demand: Demand, at: datetime) -> QuerySet[Membership]:
    """The live members of its agency with `done_on` and `until` of their newest time: those who have not done it first, by name. A list for pages."""
    newest = Met.objects.filter(demand=demand, membership=OuterRef("pk")).order_by("-done_on")
    live = Membership.objects.filter(agency_id=demand.agency_id, starts_at__lte=at, ends_at__gt=at).select_related("worker")
    told = live.annotate(done_on=Subquery(newest.values("done_on")[:1]), until=Subquery(newest.values("until")[:1]))
    return told.order_by(F("done_on").asc(nulls_first=True), "worker__name")


def count_done(*, demand: Demand, today: date, at: datetime) -> tuple[int, int]:
    """How many live members have done it so that it counts today, of how many."""
    counts = workers(demand=demand, at=at).aggregate(
        done=Count("pk", filter=Q(done_on__isnull=False) & (Q(until=None) | Q(until__gte=today))), all=Count("pk")
    )
    return counts["done"], counts["all"]


def standing_of(*, membership: Membership, today: date) -> tuple[Standing, ...]:
    """What is asked of one worker now, with what she has done."""
    told = []
    for row in Demand.objects.filter(agency_id=membership.agency_id, ended_at=None).order_by("kind", "made_at"):
        met = Met.objects.filter(demand=row, membership=membership).order_by("-done_on").first()
        counts = met is not None and (met.until is None or met.until >= today)
        told.append(Standing(demand=row, done_on=met.done_on if met else None, until=met.until if met else None, is_done=counts))
    return tuple(told)
