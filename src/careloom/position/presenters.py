"""Words for the pages of the position, and for what the state system would refuse."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from careloom.infra.packs import current_pack
from careloom.infra.ui.components import Status
from careloom.kernel.packs.following import Said
from careloom.kernel.state_entry import Fault
from careloom.plans.referrals.words import OUTCOMES, STATES
from careloom.position.models import Contact, Episode, Support
from careloom.position.queries import Entry
from careloom.position.words import FAULTS, TO_WHOM, WHAT_TO_DO


def label(said: Iterable[Said], code: str) -> str:
    """The words of a code of the pack; the code itself where the pack has dropped it."""
    return next((one.label(get_language() or "en") for one in said if one.code == code), code)


def stands(row: Episode, *, last_on: date | None, today: date) -> Status:
    """Where an episode stands by the definitions: engaged, with the position, to be discharged, discharged."""
    if row.discharged_on:
        return Status(words=_("Discharged"), tone="done", icon="check")
    quiet = (today - (last_on or row.engaged_on)).days > current_pack().following.position.discharge_after_days
    if quiet:
        return Status(words=_("Discharge is due by the definition"), tone="late", icon="update")
    return (
        Status(words=_("With the position"), tone="done", icon="check")
        if row.admitted_on
        else Status(words=_("Engaging"), tone="wait", icon="schedule")
    )


def episode_words(row: Episode, *, tries: int, contacts: int) -> str:
    """Engaged since, tries, admitted on, contacts, discharged on and why."""
    parts = [_("Engaged since %(day)s") % {"day": date_format(row.engaged_on, "M j, Y")}]
    parts.append(ngettext("%(n)s engagement attempt", "%(n)s engagement attempts", tries) % {"n": tries})
    parts.append(ngettext("%(n)s contact", "%(n)s contacts", contacts) % {"n": contacts})
    parts.append(_("Admitted %(day)s") % {"day": date_format(row.admitted_on, "M j, Y")} if row.admitted_on else _("Not admitted yet"))
    if row.discharged_on:
        why = label(current_pack().following.position.discharge_reasons, row.discharge_code)
        parts.append(_("Discharged %(day)s: %(why)s") % {"day": date_format(row.discharged_on, "M j, Y"), "why": why})
    return ". ".join(parts) + "."


def contact_words(row: Contact, *, zone: ZoneInfo) -> tuple[str, str, str]:
    """What it was, when and how long, and the words."""
    position = current_pack().following.position
    what = (
        label(position.contact_types, row.kind)
        if row.took_part
        else _("Engagement attempt: %(kind)s") % {"kind": label(position.contact_types, row.kind)}
    )
    when = date_format(row.at.astimezone(zone), "M j, Y, g:i a")
    length = ngettext("%(n)s minute", "%(n)s minutes", row.minutes) % {"n": row.minutes}
    return what, f"{when}, {label(position.places, row.place)}, {length}", row.words


def entry_words(entry: Entry) -> Status:
    """How the entry into the state system stands."""
    days = ngettext("%(n)s day", "%(n)s days", entry.lag) % {"n": entry.lag}
    if entry.row.entered_on:
        tone = "late" if entry.is_late else "done"
        return Status(
            words=_("Entered %(day)s, after %(lag)s") % {"day": date_format(entry.row.entered_on, "M j"), "lag": days}, tone=tone, icon="check"
        )
    due = date_format(entry.due_on, "M j")
    if entry.is_late:
        return Status(words=_("Not entered for %(lag)s; was due %(day)s") % {"lag": days, "day": due}, tone="late", icon="update")
    return Status(words=_("To be entered by %(day)s") % {"day": due}, tone="wait", icon="schedule")


def support_words(row: Support) -> tuple[str, str, str]:
    """What was done for whom, when and how long, and the words."""
    length = ngettext("%(n)s minute", "%(n)s minutes", row.minutes) % {"n": row.minutes}
    what = label(current_pack().following.position.supports, row.code)
    return f"{TO_WHOM.get(row.to_whom, row.to_whom)}: {what}", f"{date_format(row.on, 'M j, Y')}, {length}", row.words


def referral_words(row: Any) -> tuple[str, str]:
    """Whom was asked, and where it stands."""
    outcome = OUTCOMES.get(row.outcome, "") if row.outcome else ""
    return row.organization, ", ".join(str(part) for part in (STATES.get(row.state, ""), outcome) if part)


def fault_words(fault: Fault) -> str:
    """What the state system would refuse in a line, and what to do."""
    told = FAULTS[fault.kind] % {"column": fault.column, "most": fault.most}
    return f"{told} {WHAT_TO_DO.get((fault.field, fault.kind), WHAT_TO_DO['', fault.kind])}"
