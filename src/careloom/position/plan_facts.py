"""The few facts of a plan of safe care that stand beside contacts in a state system, read at once and never kept in a file's lines.

INVARIANT: another holder's plan is shown to who may read it now; a copy of it in our lines would outlive her consent.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings

from careloom.infra.access import Viewer
from careloom.kernel.clocks import local_day
from careloom.people.models import PersonRecord
from careloom.plans.models import PlanOfSafeCare
from careloom.plans.queries import plans_of

HEAD = ("Person", "Plan", "Plan Status", "Plan Begin Date", "Plan Agreed Date", "Plan Version", "Next Review Date", "Plan End Date")


def plan_rows(*, viewer: Viewer, people: Mapping[UUID, PersonRecord]) -> tuple[tuple[str, ...], list[tuple[str, ...]], list[PlanOfSafeCare]]:
    """The head, a row for each plan of `people` that the viewer may see (newest first), and the plans for the access log. One query."""
    plans = plans_of(viewer=viewer, identity_ids=people)
    rows = []
    for plan in plans:
        person = people[plan.identity_id]
        name = " ".join(part for part in (person.given_name or person.preferred_name, person.family_name) if part)
        begun, agreed, ended = (
            local_day(at=at, zone=settings.TIME_ZONE).isoformat() if at else "" for at in (plan.started_at, plan.agreed_at, plan.closed_at)
        )
        review = plan.next_review_on.isoformat() if plan.next_review_on else ""
        rows.append((name, plan.label, plan.status, begun, agreed, str(plan.version), review, ended))
    return HEAD, rows, plans
