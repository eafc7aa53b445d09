"""How late something is, who has been told and what comes next: the three facts of the clay pill. Source: workflows 6.2."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.infra.packs import current_pack
from careloom.infra.ui.components import Status
from careloom.kernel.clocks import add_business_days, business_days_between, local_day
from careloom.work.models import Obligation

TOLD_SUPERVISOR, TOLD_PARTNERSHIP = "SUPERVISOR", "PARTNERSHIP"


def late_status(*, due_on: date, today: date) -> Status:
    """The clay pill: how many working days it is late; on a day off, that it is late."""
    days = business_days_between(start=due_on, end=today, calendar=current_pack().calendar)
    words = ngettext("%(n)s working day late", "%(n)s working days late", days) % {"n": days} if days else _("Late")
    return Status(words=words, tone="late", icon="update")


def who_was_told(*, due_on: date, today: date) -> tuple[str, ...]:
    """For a late review: who has been told, and what happens next and when, by the pack's steps."""
    pack = current_pack()
    days = {step.tell: add_business_days(start=due_on, days=step.after_business_days, calendar=pack.calendar) for step in pack.overdue_review}
    told, counted = days.get(TOLD_SUPERVISOR), days.get(TOLD_PARTNERSHIP)
    facts = []
    if told:
        words = _("Your supervisor was told on %(day)s") if told <= today else _("Your supervisor is told on %(day)s")
        facts.append(words % {"day": date_format(told, "F j")})
    if counted:
        words = _("Counted without names since %(day)s") if counted <= today else _("If not held by %(day)s, counted without names")
        facts.append(words % {"day": date_format(counted, "F j")})
    return tuple(facts)


def told_above(row: Obligation, *, today: date, zone: str) -> tuple[str, ...]:
    """For any other late duty: when the supervisor was told, else when she is, by the pack's steps."""
    if row.due_at is None:
        return ()
    if row.escalated_to and row.escalated_at is not None:
        day = date_format(local_day(at=row.escalated_at, zone=zone), "F j")
        words = _("Counted without names since %(day)s") if row.escalated_to == TOLD_PARTNERSHIP else _("Your supervisor was told on %(day)s")
        return (words % {"day": day},)
    pack = current_pack()
    step = next((one for one in pack.following.overdue_duty if one.tell == TOLD_SUPERVISOR), None)
    if step is None:
        return ()
    tells_on = add_business_days(start=last_day(row.due_at, zone=zone), days=step.after_business_days, calendar=pack.calendar)
    return (_("Your supervisor is told on %(day)s") % {"day": date_format(max(tells_on, today), "F j")},)


def last_day(due_at: object, *, zone: str) -> date:
    """The legal day on which something is due, from the instant at which that day is over."""
    return local_day(at=due_at - timedelta(seconds=1), zone=zone)  # type: ignore[operator]
