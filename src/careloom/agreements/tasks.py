"""What the clock does for agreements by itself: who owns one is told before its last day, and what is over stops. Safe to repeat.

The data clauses also end by their own days in the register, so nothing flows between midnight and the next run of this job.
Source: R-103, R-205; workflows.md 6.10.
"""

from __future__ import annotations

from datetime import datetime

from careloom.agreements.actions.ending import run_out, tell_before
from careloom.agreements.models import Agreement
from careloom.agreements.term import is_over, last_days
from careloom.partnership.actions.keeping import today


def run(*, at: datetime) -> int:
    """Take every agreement that is over out of force, and tell the parties of those that are soon; how many ended."""
    rows = list(Agreement.objects.filter(number__gt=0, ended_at=None).order_by("pk"))
    days, on, ended = last_days(rows), today(at), 0
    for row in rows:
        last = days.get(row.pk)
        if last is None:
            continue
        if is_over(row, last=last, on=on):
            ended += run_out(at=at, agreement_id=row.pk)
        else:
            tell_before(at=at, row=row, last=last)
    return ended
