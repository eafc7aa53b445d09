"""How a planned service is given: its type, length, frequency, place and method. Source: R-120."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.plans.actions.keeping import change_row, find_row, note, open_plan
from careloom.plans.actions.results import Conflict, Reason, Refused, refused
from careloom.plans.models import Referral


@transaction.atomic
def describe_service(
    *, by: Viewer, at: datetime, referral_id: UUID, row_version: int, service_type: str, frequency: str, length: str, place: str, method: str
) -> Referral | Conflict | Refused:
    """Write how the service is given, in a referral of the agency of `by`. Every one of the five is needed (R-120)."""
    row = find_row(Referral, by=by, row_id=referral_id)
    plan = open_plan(by=by, at=at, plan_id=row.plan_id)
    if isinstance(plan, Refused):
        return plan
    said = {"service_type": service_type, "frequency": frequency, "length": length, "place": place, "method": method}
    changes: dict[str, object] = {name: text.strip() for name, text in said.items()}
    if not all(changes.values()):
        return refused(Reason.NO_WORDS)
    problem = change_row(row=row, by=by, at=at, row_version=row_version, changes=changes)
    if problem is not None:
        return problem
    note("service_described", by=by, at=at, plan=plan, object_id=row.pk)
    return row
