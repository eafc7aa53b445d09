"""What changed, one readable line each: an icon, what, and in whose words. Source: R-142."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from careloom.directory.needs import catalogue
from careloom.infra.packs import load_pack
from careloom.kernel.plan import Change, ChangeKind, ItemKind
from careloom.kernel.referral import Outcome, State
from careloom.plans.presenters import words
from careloom.plans.referrals.words import OUTCOMES, STATES


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    """One change: `tone` is a class of the tick list, `quote` is her own words."""

    icon: str
    tone: str
    head: str
    text: str = ""
    quote: str = ""


KINDS: dict[ItemKind, Any] = {
    ItemKind.TEAM: gettext_lazy("On the care team"),
    ItemKind.INFANT: gettext_lazy("A baby"),
    ItemKind.STRENGTH: gettext_lazy("A strength"),
    ItemKind.GOAL: gettext_lazy("A goal"),
    ItemKind.NEED: gettext_lazy("A need"),
    ItemKind.REFERRAL: gettext_lazy("A referral"),
    ItemKind.TEXT: gettext_lazy("A section"),
    ItemKind.CHECK: gettext_lazy("Supplies and a safe home"),
    ItemKind.MINUTE: gettext_lazy("At the meeting"),
}
FIELDS: dict[str, Any] = {
    "role": gettext_lazy("role"), "whose": gettext_lazy("whose"), "about": gettext_lazy("for whom"), "theme": gettext_lazy("kind"),
    "measured_by": gettext_lazy("how it shows"), "target_on": gettext_lazy("by when"), "title": gettext_lazy("words"),
    "for_whom": gettext_lazy("for whom"), "priority": gettext_lazy("place in the list"), "existing_service": gettext_lazy("help she has"),
    "service_type": gettext_lazy("what kind of help"), "frequency": gettext_lazy("how often"), "length": gettext_lazy("for how long"),
    "place": gettext_lazy("where"), "method": gettext_lazy("how it is given"), "who": gettext_lazy("who does it"), "due_on": gettext_lazy("by when"),
    "state": gettext_lazy("how it stands"), "note": gettext_lazy("a few words"), "kind": gettext_lazy("kind"),
    "service_name": gettext_lazy("service"), "organization": gettext_lazy("service"), "name": gettext_lazy("name"), "text": gettext_lazy("words"),
}  # fmt: skip
CODES: dict[str, Any] = {
    "role": words.ROLES, "about": words.GOAL_ABOUT, "theme": words.THEMES, "her_choice": words.CHOICES, "result": words.RESULTS,
    "result_reason": words.UNMET,
}  # fmt: skip
SECTIONED = frozenset({ItemKind.TEXT, ItemKind.CHECK})
QUIET = frozenset({"result_reason", "code", "hers", "infant", "asks", "what"})


def change_lines(changes: tuple[Change, ...]) -> list[ChangeLine]:
    """The lines of a difference. Her words ride with her choice, so a choice and its words are one line."""
    spoken = {change.item_id: change.new for change in changes if change.field == "her_words"}
    chose = {change.item_id for change in changes if change.field == "her_choice"}
    shown = []
    for change in changes:
        if change.field in QUIET or (change.field == "her_words" and change.item_id in chose):
            continue
        shown.append(_line(change, spoken=spoken.get(change.item_id, "")))
    return shown


def _line(change: Change, *, spoken: str) -> ChangeLine:
    if change.kind is ChangeKind.ADDED:
        return _added(change)
    if change.item_kind is ItemKind.GOAL and change.field == "words":
        return ChangeLine(icon="edit", tone="her", head=_("The goal changed:"), quote=change.new, text=_("It said “%(old)s”") % {"old": change.old})
    if change.field == "her_choice":
        return _choice(change, spoken=spoken)
    if change.field == "her_words":
        return ChangeLine(icon="edit", tone="her", head=_("%(need)s, in her words:") % {"need": change.title}, quote=change.new)
    if change.kind is ChangeKind.RESOLVED:
        return ChangeLine(icon="check_circle", tone="ok", head=_("%(what)s: resolved.") % {"what": change.title})
    if change.kind is ChangeKind.ENDED:
        return ChangeLine(icon="do_not_disturb", tone="move", head=_ended(change))
    if change.item_kind is ItemKind.REFERRAL and change.field in {"state", "outcome"}:
        return _referral(change)
    if change.field == "leads":
        return ChangeLine(
            icon="person",
            tone="move",
            head=_("%(name)s leads the plan now.") % {"name": change.title}
            if change.new
            else _("%(name)s no longer leads.") % {"name": change.title},
        )
    return ChangeLine(icon="edit", tone="move", head=f"{_title(change)}:", text=_moved(change))


def _added(change: Change) -> ChangeLine:
    if change.item_kind is ItemKind.GOAL:
        return ChangeLine(icon="add_circle_outline", tone="her", head=_("New goal:"), quote=change.title)
    if change.item_kind is ItemKind.INFANT:
        return ChangeLine(icon="add_circle_outline", tone="ok", head=_("The baby is in the plan now."))
    if change.item_kind is ItemKind.NEED:
        return ChangeLine(icon="add_circle_outline", tone="move", head=_("New need: %(what)s.") % {"what": change.title})
    if change.item_kind is ItemKind.TEAM:
        return ChangeLine(icon="add_circle_outline", tone="move", head=_("%(name)s joined the care team.") % {"name": change.title})
    if change.item_kind in SECTIONED:
        return ChangeLine(icon="add_circle_outline", tone="move", head=_("%(what)s: written for the first time.") % {"what": _title(change)})
    if change.item_kind is ItemKind.MINUTE:
        return ChangeLine(icon="add_circle_outline", tone="ok", head=_("Written at the meeting:"), text=change.title)
    if change.item_kind is ItemKind.REFERRAL:
        return ChangeLine(icon="add_circle_outline", tone="move", head=_("New referral: %(name)s.") % {"name": change.title})
    return ChangeLine(icon="add_circle_outline", tone="ok", head=_("New strength:"), text=change.title)


def _choice(change: Change, *, spoken: str) -> ChangeLine:
    said = {"YES": _("She said yes to %(need)s."), "NOT_NOW": _("She said not now to %(need)s."), "NO": _("She said no to %(need)s.")}
    icon = "do_not_disturb" if change.new == "NO" else "edit"
    return ChangeLine(icon=icon, tone="her", head=said.get(change.new, "%(need)s") % {"need": change.title}, quote=spoken)


def _referral(change: Change) -> ChangeLine:
    if change.field == "outcome":
        text = str(OUTCOMES.get(Outcome(change.new), "")) if change.new in set(Outcome) else ""
        return ChangeLine(icon="check_circle", tone="ok", head=f"{change.title}:", text=text)
    state = State(change.new) if change.new in set(State) else None
    back = state in {State.REOPENED, State.DECLINED, State.FAILED}
    text = str(STATES[state]) if state else ""
    return ChangeLine(icon="undo" if back else "check_circle", tone="late" if back else "ok", head=f"{change.title}:", text=text)


def _ended(change: Change) -> str:
    if change.item_kind is ItemKind.TEAM:
        return _("%(name)s left the care team.") % {"name": change.title}
    if change.item_kind is ItemKind.GOAL:
        return _("Goal let go: %(what)s") % {"what": change.title}
    return _("No longer in the plan: %(what)s") % {"what": _title(change)}


def _title(change: Change) -> str:
    if change.item_kind in SECTIONED:
        return asked(change.title)
    return str(KINDS[change.item_kind]) if change.item_kind is ItemKind.INFANT else change.title


def asked(code: str) -> str:
    """The question or thing of a section behind its code (`B.PAIN`), in the reader's language; a template's own question by its section."""
    section, _dot, name = code.partition(".")
    known = next((one for one in load_pack(name="base").plan.sections if one.code == section), None)
    if known is None:
        return str(KINDS[ItemKind.TEXT])
    words = known.texts.get(name) or known.checks.get(name) or known.name
    return words.get((get_language() or "en")[:2]) or words["en"]


def _moved(change: Change) -> str:
    field = str(FIELDS.get(change.field, change.field))
    new, old = _said(change.field, change.new), _said(change.field, change.old)
    if not old:
        return f"{field}: {new}"
    return _("%(field)s: %(new)s. It said “%(old)s”") % {"field": field, "new": new or _("nothing"), "old": old}


def _said(field: str, value: str) -> str:
    if field in {"target_on", "due_on"} and (day := parse_date(value)) is not None:
        return date_format(day, "F j, Y")
    if field == "code":
        return catalogue().needs[value].label("en") if value in catalogue().needs else value
    return str(CODES.get(field, {}).get(value, value))
