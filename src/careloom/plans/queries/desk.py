"""Two batched reads for the lists of the desk: what referrals are about, and how a caseload stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery

from careloom.infra.access import Viewer, require
from careloom.infra.access.models import Caseload as CaseloadRow
from careloom.plans.models import OPEN_STATES, Need, NeedStep, PlanOfSafeCare, PlanVersion, Referral


@dataclass(frozen=True, kw_only=True)
class Caseload:
    """How the open plans stand that a worker's own agency keeps and she works with."""

    families: int
    expecting: int
    late: int


def referrals_about(*, viewer: Viewer, referral_ids: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """The need's title and the organization of these referrals, as far as `viewer` may see each. One query."""
    titles = Need.objects.seen_by(viewer).filter(pk=OuterRef("need_id")).values("title")
    rows = Referral.objects.seen_by(viewer).filter(pk__in=set(referral_ids)).annotate(need_title=Subquery(titles))
    return {pk: (title or "", organization) for pk, title, organization in rows.values_list("pk", "need_title", "organization")}


def caseload_counts(*, viewer: Viewer, at: datetime, today: date) -> Caseload:
    """How many families, how many expect a baby, and how many reviews are late. One query."""
    require(viewer)
    rows = PlanOfSafeCare.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, status__in=OPEN_STATES)
    if not viewer.whole_agency:
        mine = CaseloadRow.objects.filter(holder_id=viewer.holder_id, worker_id=viewer.worker_id, starts_at__lte=at, ends_at__gt=at)
        rows = rows.filter(identity_id__in=mine.values("identity_id"))
    counted = rows.aggregate(n=Count("pk"), expecting=Count("pk", filter=Q(born_on=None)), late=Count("pk", filter=Q(next_review_on__lt=today)))
    return Caseload(families=counted["n"], expecting=counted["expecting"], late=counted["late"])


def steps_of_need(*, viewer: Viewer, need_id: UUID, plan_id: UUID) -> tuple[list[NeedStep], list[Referral]]:
    """Every step of one need in order, and its referrals, as far as `viewer` may see them. Two queries."""
    steps = NeedStep.objects.seen_by(viewer).filter(plan_id=plan_id, need_id=need_id).order_by("at", "made_at")
    return list(steps), list(Referral.objects.seen_by(viewer).filter(need_id=need_id).order_by("made_at", "id"))


def versions_of(*, viewer: Viewer, plan_id: UUID) -> list[PlanVersion]:
    """The versions of a plan that `viewer` may see, newest first. One query."""
    return list(PlanVersion.objects.seen_by(viewer).filter(plan_id=plan_id).order_by("-number"))
