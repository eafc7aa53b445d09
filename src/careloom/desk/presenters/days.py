"""Days and hours as a person says them, in the reader's language and the agency's zone."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def number(n: int) -> str:
    """A small number as a word that begins a sentence; digits from eleven on."""
    words = [_("Nothing"), _("One"), _("Two"), _("Three"), _("Four"), _("Five"), _("Six"), _("Seven"), _("Eight"), _("Nine"), _("Ten")]
    return words[n] if n < len(words) else str(n)


def day(on: date, *, today: date) -> str:
    """Today, tomorrow, yesterday, a weekday within six days ahead, else month and day (with the year when it is another one)."""
    ahead = (on - today).days
    if -2 < ahead < 2:
        return _("today") if ahead == 0 else _("tomorrow") if ahead == 1 else _("yesterday")
    if 1 < ahead < 7:
        return date_format(on, "l")
    return date_format(on, "F j" if on.year == today.year else "F j, Y")


def long_day(on: date, *, today: date) -> str:
    """Weekday, month and day, with the year when it is another one."""
    return date_format(on, "l, F j" if on.year == today.year else "l, F j, Y")


def hour(at: datetime, *, zone: ZoneInfo) -> str:
    """10 AM, 2:30 PM."""
    local = at.astimezone(zone)
    return date_format(local, "g A" if local.minute == 0 else "g:i A")


def moment(at: datetime, *, zone: ZoneInfo, today: date) -> str:
    """Yesterday, 3:40 PM."""
    return f"{day(at.astimezone(zone).date(), today=today)}, {hour(at, zone=zone)}"
