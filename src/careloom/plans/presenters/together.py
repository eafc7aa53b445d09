"""How each member takes part, what pulls apart, how help should be given, and copies that were given, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careloom.directory.queries import languages_offered
from careloom.infra.ui.components import Status
from careloom.plans.models import Participation
from careloom.plans.pages.sections import SectionsPage
from careloom.plans.presenters.drawn import day

STATUSES = {
    "NOT_STARTED": gettext_lazy("Not started"),
    "ACTIVE": gettext_lazy("Takes part"),
    "PAUSED": gettext_lazy("Pauses"),
    "ENDED": gettext_lazy("Has ended"),
}
TONES = {"ACTIVE": "done", "PAUSED": "wait", "NOT_STARTED": "", "ENDED": ""}
TENSIONS = {"COMPETING": gettext_lazy("Needs or wishes that pull in two directions"), "CRISIS": gettext_lazy("A crisis")}
FEATURES = {
    "CHILDREN_ON_SITE": gettext_lazy("Children may come along"),
    "TAKES_PREGNANT": gettext_lazy("Takes people who are pregnant"),
    "WOMEN_SPECIFIC": gettext_lazy("For women"),
    "TRAUMA_INFORMED": gettext_lazy("Knows about trauma"),
    "TELEHEALTH": gettext_lazy("By video or phone"),
    "MEDICAID": gettext_lazy("Takes Medicaid"),
}
COPIES = {
    "HER": gettext_lazy("Her own copy"),
    "MEDICAL_RECORD": gettext_lazy("A copy in the medical record"),
    "OTHER": gettext_lazy("A copy for somebody else"),
}
FORMS = {"PAPER": gettext_lazy("On paper"), "FILE": gettext_lazy("As a file"), "SCREEN": gettext_lazy("Shown on the screen")}
ENDS = {
    "DISCARD": gettext_lazy("Discard this draft. She never agreed to it."),
    "VOID": gettext_lazy("Void it. It was made by mistake."),
    "MERGE": gettext_lazy("Join it to another plan of the same pregnancy"),
    "UNDO": gettext_lazy("Make it a plan of its own again"),
}


@dataclass(frozen=True, kw_only=True)
class MemberLine:
    """A member, how this person takes part now, and how it was before."""

    id: UUID
    name: str
    status: Status
    since: str
    before: tuple[str, ...]


def members_of(page: SectionsPage) -> list[tuple[str, str]]:
    """Everybody of the family whose participation is followed, for a form."""
    found = {str(p.identity_id): p.preferred_name or p.given_name or _("the baby") for p in (*page.mothers()[:1], *page.infants())}
    return [*found.items(), *((str(member.pk), f"{member.name}, {member.relation}") for member in page.family)]


def member_lines(page: SectionsPage) -> list[MemberLine]:
    """Each member with the latest word that the reader may see, and every one before it."""
    lines = []
    for member_id, name in members_of(page):
        said = sorted(
            (row for row in page.own.participation if str(row.member_id) == member_id), key=lambda row: (row.starts_on, row.made_at), reverse=True
        )  # fmt: skip
        now = said[0] if said else None
        status = Status(words=str(STATUSES[now.status] if now else STATUSES["NOT_STARTED"]), tone=TONES[now.status] if now else "")  # type: ignore[arg-type]
        since = _told(now, page) if now else ""
        before = tuple(f"{STATUSES[row.status]}: {_told(row, page)}" for row in said[1:])
        lines.append(MemberLine(id=UUID(member_id), name=name, status=status, since=since, before=before))
    return lines


def tension_lines(page: SectionsPage) -> list[dict[str, Any]]:
    """Open ones first, then those that were resolved, newest first."""
    rows = sorted(page.own.tensions, key=lambda row: (row.resolved_at is not None, -row.made_at.timestamp()))
    return [
        {
            "row": row, "kind": TENSIONS[row.kind], "who": page.by_whom(row) or _("Herself"), "day": day(row.made_at, page),
            "resolved": day(row.resolved_at, page), "mine": row.holder_id == page.viewer.holder_id,
        }
        for row in rows
    ]  # fmt: skip


def preference_lines(page: SectionsPage) -> list[dict[str, Any]]:
    """What each of them wrote, hers first."""
    names = dict(language_choices())
    rows = sorted(page.own.preferences, key=lambda row: row.provenance != "self_reported")
    found = []
    for row in rows:
        pairs = [
            (_("Languages"), get_text_list([str(names.get(code, code)) for code in row.languages], _("and"))),
            (_("A service must offer"), get_text_list([str(FEATURES[code]) for code in row.features if code in FEATURES], _("and"))),
            (_("Culture and customs"), row.culture), (_("Faith or spirit"), row.faith), (_("What helps"), row.helps),
            (_("What does not help"), row.helps_not),
        ]  # fmt: skip
        found.append({"who": page.by_whom(row) or _("Herself"), "day": day(row.changed_at, page), "pairs": [p for p in pairs if p[1]]})
    return found


def copy_lines(page: SectionsPage) -> list[dict[str, Any]]:
    """Copies that were given, newest first: what for, who, when, which version."""
    return [
        {
            "head": COPIES[row.kind], "place": row.place, "reason": row.reason, "form": FORMS[row.form], "day": _date(row.on), "by": row.by_name,
            "agency": page.by_whom(row), "version": row.version, "language": row.language, "record": row.kind == "MEDICAL_RECORD",
        }
        for row in sorted(page.own.copies, key=lambda row: (row.on, row.made_at), reverse=True)
    ]  # fmt: skip


def language_choices() -> list[tuple[str, str]]:
    """English and Spanish, and every language that a working service speaks. One statement."""
    known = {"en": str(_("English")), "es": str(_("Spanish"))} | {code: name for code, name in languages_offered() if code not in {"en", "es"}}
    return list(known.items())


def _told(row: Participation, page: SectionsPage) -> str:
    said = _("since %(day)s") % {"day": _date(row.starts_on)}
    return ". ".join(part for part in (said, row.words) if part)


def _date(value: date) -> str:
    return date_format(value, "F j, Y")
