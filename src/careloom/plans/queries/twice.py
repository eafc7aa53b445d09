"""What somebody should see before two records become one person: a plan that is open for each."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from careloom.infra.access import Viewer
from careloom.plans.models import PlanOfSafeCare
from careloom.plans.models.plan import OPEN_STATES


def two_open_plans(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> list[tuple[str, str]]:
    """A line for each open plan that `viewer` sees, when more than one of these people has one: words and where it is. One query.

    Joining the people leaves both plans as they are; whoever leads them joins the plans afterwards.
    """
    plans = PlanOfSafeCare.objects.seen_by(viewer).filter(identity_id__any_of=set(identity_ids), status__in=OPEN_STATES).order_by("started_at")
    rows = list(plans[:10])
    if len({row.identity_id for row in rows}) < 2:
        return []
    return [(_("An open plan: %(label)s") % {"label": row.label}, reverse("desk:family", args=[row.identity_id])) for row in rows]
