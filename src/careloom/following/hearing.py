"""What came back to a plan from the partnership, where a need of it was passed on as a barrier.

INVARIANT: no row joins a plan to a barrier. The answer is found by county, kind of service and cause, as anybody's who met the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from careloom.agencies.queries import agencies_by_id
from careloom.barriers.queries import Told, told_about
from careloom.directory.needs import catalogue
from careloom.following.models import BarrierNoted
from careloom.infra.access import Viewer
from careloom.infra.ui.brought import Brought
from careloom.kernel.clocks import local_day
from careloom.people.models import PersonRecord
from careloom.people.queries import with_infants
from careloom.plans.models import Need, PlanOfSafeCare

NEWS = timedelta(days=21)
MOST = 200


def county_of(plan: PlanOfSafeCare, *, people: Iterable[PersonRecord], agency_county: str) -> str:
    """The county of a family as a barrier of it carries it: her own, else that of the agency that holds the plan."""
    return next((person.county for person in people if person.identity_id == plan.identity_id and person.county), agency_county)


def service_of(code: str) -> str:
    """The kind of service of a need, as a barrier of it carries it."""
    entry = catalogue().needs.get(code)
    return entry.domain if entry else "OTHER"


def heard_of(*, viewer: Viewer, plans: Iterable[PlanOfSafeCare]) -> dict[UUID, Told]:
    """By need, what became of what was passed on from these plans, as far as `viewer` may see them. Eight queries, two where nothing was."""
    by_id = {plan.pk: plan for plan in plans}
    noted = list(BarrierNoted.objects.seen_by(viewer).filter(plan_id__in=by_id).order_by("-on")[:MOST])
    if not noted:
        return {}
    codes = dict(Need.objects.seen_by(viewer).filter(pk__in=[one.need_id for one in noted]).values_list("pk", "code"))
    people = list(with_infants(viewer=viewer, identity_ids={plan.identity_id for plan in by_id.values()}))
    agencies = agencies_by_id(ids={plan.holder_id for plan in by_id.values()})
    met = {}
    for one in noted:
        plan = by_id[one.plan_id]
        agency = agencies.get(plan.holder_id)
        if one.need_id in codes:
            place = county_of(plan, people=people, agency_county=agency.county if agency else "")
            met[one.need_id] = (place, service_of(codes[one.need_id]), one.code)
    told = told_about(met.values())
    return {need: told[key] for need, key in met.items() if key in told}


def bring(viewer: Viewer, at: datetime) -> list[Brought]:
    """To who leads a plan: answers of the last weeks to what was passed on from it. Two queries where nothing was."""
    if viewer.worker_id is None or not viewer.can("FAMILY_READ"):
        return []
    mine = BarrierNoted.objects.seen_by(viewer).filter(holder_id=viewer.holder_id)
    plans = list(PlanOfSafeCare.objects.seen_by(viewer).filter(pk__in=mine.values("plan_id"), lead_worker_id=viewer.worker_id)[:MOST])
    if not plans:
        return []
    heard = heard_of(viewer=viewer, plans=plans)
    since, spanish = local_day(at=at, zone=settings.TIME_ZONE) - NEWS, (get_language() or "en").startswith("es")
    by_need = dict(Need.objects.seen_by(viewer).filter(pk__in=heard).values_list("pk", "plan_id"))
    found: dict[UUID, Brought] = {}
    for need, told in heard.items():
        plan = next((row for row in plans if row.pk == by_need.get(need)), None)
        if plan is not None and told.answered_on is not None and told.answered_on >= since:
            found[plan.pk] = Brought(
                head=_("The partnership answered about a need of"), where=told.plain_es if spanish else told.plain,
                url=reverse("following:plan", args=[plan.pk]), do=_("Read it"), news=True, identity_id=plan.identity_id,
            )  # fmt: skip
    return list(found.values())
