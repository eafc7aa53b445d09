"""When an agreement's last day comes: who is told before, and what stops the day after. Source: R-103, R-186, R-205; workflows.md 6.10.

INVARIANT: the days that count are those of the version in force (`Version.ends_on`). What somebody writes for the next version moves nothing before
every party signed it.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from careloom.agreements.actions.looking import open_notice
from careloom.agreements.checklists import checklists
from careloom.agreements.models import Agreement, Element, Party
from careloom.agreements.term import is_over, last_days
from careloom.consents.actions import end_clause
from careloom.consents.models import DataClause
from careloom.infra.access import System, acting_as, system
from careloom.infra.audit.actions import record
from careloom.kernel.clocks import next_midnight
from careloom.kernel.partnership.agreements import State
from careloom.partnership.actions.keeping import today
from careloom.partnership.turns import take_turn
from careloom.work.actions import meet_obligation, open_obligation

ENDS = "AGREEMENT_ENDS"


@transaction.atomic
def run_out(*, at: datetime, agreement_id: UUID) -> bool:
    """Take an agreement whose last day has passed out of force, with what it carried; False where its time has not come, so it may run twice.

    One that nobody writes on becomes EXPIRED. A next version that is being written goes on as a draft of an agreement that is not in force.
    """
    take_turn(agreement_id)
    row = Agreement.objects.get(pk=agreement_id)
    if not is_over(row, last=last_days([row]).get(row.pk), on=today(at)):
        return False
    job = system(System.JOB)
    row.state = {State.EXECUTED: State.EXPIRED, State.AMENDMENT: State.DRAFT}.get(State(row.state), State(row.state))
    row.ended_at, row.ended_because, row.row_version = at, "Its last day has passed.", row.row_version + 1
    row.save(update_fields=["state", "ended_at", "ended_because", "row_version"])
    end_clauses(row, because="RAN_OUT", at=at)
    told_no_more(row, at=at)
    with acting_as(job):
        key = f"ended:{row.pk}:{row.row_version}"
        open_notice(row, what=f"It ended: {row.ended_because}", changed_on=today(at), by=job, at=at, request_key=key)
        record(by=job, at=at, action="agreements.ran_out", object_id=row.pk)
    return True


@transaction.atomic
def tell_before(*, at: datetime, row: Agreement, last: date) -> int:
    """Tell each party that works here that the last day comes near, once for each of the pack's steps; how many agencies were told."""
    reached = [days for days in checklists().warn_days if (last - today(at)).days <= days]
    if not reached:
        return 0
    agencies = _agencies(row)
    for agency_id in agencies:
        job, step = system(System.JOB, holder_id=agency_id), min(reached)
        for earlier in checklists().warn_days:
            if earlier > step:
                meet_obligation(by=job, at=at, request_key=_key(row, last, earlier))
        # About no family: the agency's own id stands where a family would, so that only who looks at the whole agency reads it.
        open_obligation(
            by=job, at=at, holder_id=agency_id, kind=ENDS, family_id=agency_id, identity_id=agency_id, request_key=_key(row, last, step),
            link=f"/partnership/{row.collaborative_id}/agreements/{row.pk}/", due_at=next_midnight(day=last, zone=settings.TIME_ZONE),
            about_id=row.pk, about_kind="AGREEMENT",
        )  # fmt: skip
    return len(agencies)


def told_no_more(row: Agreement, *, at: datetime) -> None:
    """A new version was signed, or it ended: what was asked about its last day is answered."""
    for agency_id in _agencies(row):
        meet_obligation(by=system(System.JOB, holder_id=agency_id), at=at, about_id=row.pk, kind=ENDS)


def end_clauses(row: Agreement, *, because: str, at: datetime) -> None:
    """End what the agreement carries in the register that the disclosure kernel reads, for each agency that gives."""
    partners = Element.objects.filter(agreement=row, clause_id__isnull=False).values_list("discloser__agency_id", flat=True)
    for agency_id in sorted(set(partners)):
        job = system(System.JOB, holder_id=agency_id)
        with acting_as(job):
            for clause in DataClause.objects.filter(agreement_id=row.pk, discloser_id=agency_id, ended_at=None):
                end_clause(by=job, at=at, clause_id=clause.pk, because=because, row_version=clause.row_version)


def _agencies(row: Agreement) -> list[UUID]:
    rows = Party.objects.filter(agreement=row, left_on=None, partner__left_on=None, partner__agency_id__isnull=False)
    return sorted(set(rows.values_list("partner__agency_id", flat=True)))


def _key(row: Agreement, last: date, step: int) -> str:
    return f"ae:{row.pk.hex}:{last:%Y%m%d}:{step}"
