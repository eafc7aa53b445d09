"""The sections in words: the list of fourteen with who answers, what is in them, who approved and what is missing; and one of them in full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from careloom.agencies.roles import Permission
from careloom.infra.ui.components import Status
from careloom.plans.actions.keeping import CORE
from careloom.plans.models import PlanRow, SectionCheck, SectionSignature
from careloom.plans.pages.sections import SectionsPage
from careloom.plans.presenters.drawn import Line, day, drawn, to_her
from careloom.plans.presenters.filled import filled
from careloom.plans.presenters.flags import flag_lines
from careloom.plans.presenters.words import METHODS
from careloom.plans.template_body import SectionNow

CHECKED = {
    "": gettext_lazy("Not asked yet"),
    "YES": gettext_lazy("There, or done"),
    "NEEDED": gettext_lazy("Needed"),
    "ASKED": gettext_lazy("Asked for"),
    "NOT_NEEDED": gettext_lazy("Not needed"),
}
SHORT = 4


@dataclass(frozen=True, kw_only=True)
class SectionCard:
    """One section in the list."""

    code: str
    name: str
    url: str
    owner: str
    lines: tuple[Line, ...]
    more: str
    approved: tuple[str, ...]
    status: Status
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Written:
    """What one holder wrote in answer to a question."""

    who: str
    day: str
    text: str
    was: str
    hers: bool
    mine: bool
    row_version: int
    beside: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question of a section with everybody's answer; `mine` and `row_version` are what our own form starts from."""

    code: str
    words: str
    answers: tuple[Written, ...]
    mine: str
    row_version: int


def language() -> str:
    """The reader's language as the packs write it."""
    return (get_language() or "en")[:2]


def sections_context(page: SectionsPage) -> dict[str, Any]:
    """The list of sections, and the flags of the plan in one place."""
    there = filled(page)
    cards = [_card(page, section, there) for section in page.sections]
    missing = [words for card in cards for words in card.missing]
    plan = page.parts.plan
    leads = page.viewer.holder_id in {plan.lead_agency_id, plan.holder_id, *plan.co_lead_ids}
    flags = flag_lines(
        page.parts, leads=leads, writes=page.viewer.can(Permission.PLAN_WRITE), tensions=page.own.tensions, appointments=page.appointments
    )
    return {"cards": cards, "missing": missing, "flags": flags, "signed": sum(1 for card in cards if card.status.tone == "done")}


def section_context(page: SectionsPage, section: SectionNow) -> dict[str, Any]:
    """One section in full."""
    return {
        "section": section, "name": section.called(language()), "lines": drawn(page, section.draws), "questions": _questions(page, section),
        "checks": _checks(page, section), "card": _card(page, section, filled(page)),
        "checks_beside": [
            f"{_name_of(section, row)}. {words}" for row in page.own.checks if row.section == section.code and row.code in section.checks
            for words in beside(page, row)
        ],
        "signatures": [signed_words(page, row) for row in reversed(page.own.signatures) if row.section == section.code],
    }  # fmt: skip


def read_here_alone(page: SectionsPage) -> str:
    """Who does not read yet what this agency writes in the plan; empty for who keeps it, and once she lets this agency share it.

    A section is written side by side, each agency in its own record: the form at the plan's holder opens nothing of another agency's.
    """
    keeper = page.plan.holder_id
    if page.viewer.holder_id == keeper or any(row.recipient_id == keeper and CORE in row.categories for row in page.sees):
        return ""
    return page.agency(keeper)


def _card(page: SectionsPage, section: SectionNow, there: frozenset[str]) -> SectionCard:
    lines = [*drawn(page, section.draws), *_own_lines(page, section)]
    signed = page.own.signed(section.code, who="AGENCY")
    family = page.own.signed(section.code, who="FAMILY")
    owner = page.own.owner_of(section.code)
    missing = [item.words.get(language()) or item.words["en"] for item in section.minimum if item.filled_by not in there]
    if section.needed and not lines:
        missing.append(_("%(name)s: the template asks for something here") % {"name": section.called(language())})
    more = len(lines) - SHORT
    return SectionCard(
        code=section.code, name=section.called(language()), url=reverse("plans:section", args=[page.plan.pk, section.code]),
        owner=_("%(agency)s answers for it") % {"agency": page.agency(owner.agency_id)} if owner else _("The lead answers for it"),
        lines=tuple(lines[:SHORT]), more=ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more} if more > 0 else "",
        approved=tuple(signed_words(page, row) for row in (*signed[:1], *family[:1])),
        status=_status(page, signed, bool(lines)), missing=tuple(missing),
    )  # fmt: skip


def _status(page: SectionsPage, signed: list[SectionSignature], holds: bool) -> Status:
    if signed and not page.own.is_older(signed[0]):
        return Status(words=_("Approved"), tone="done", icon="check_circle")
    if signed:
        return Status(words=_("Changed since it was approved"), tone="wait", icon="update")
    return Status(words=_("Not approved yet"), tone="move") if holds else Status(words=_("Nothing here yet"))


def signed_words(page: SectionsPage, row: SectionSignature) -> str:
    """Who approved or signed a section, when, under which version, and whether it changed since."""
    facts = {"who": row.name, "day": day(row.made_at, page), "n": row.version}
    if row.who == "FAMILY":
        how = str(METHODS[row.how]).lower()
        words = _("%(who)s signed for the family on %(day)s, %(how)s (version %(n)s)") % (facts | {"how": how})
        return _("%(words)s; it changed since") % {"words": words} if page.own.is_older(row) else words
    older = page.own.is_older(row)
    words = _("%(who)s approved it on %(day)s (version %(n)s); it changed since") if older else _("%(who)s approved it on %(day)s (version %(n)s)")
    return words % facts


def _own_lines(page: SectionsPage, section: SectionNow) -> list[Line]:
    lines = [
        Line(head=section.texts[row.code].get(language()) or section.texts[row.code]["en"], text=row.text)
        for row in page.own.texts if row.section == section.code and row.code in section.texts and row.text
    ]  # fmt: skip
    rows = _latest(page, section)
    return lines + [
        Line(head=_name_of(section, row), text="; ".join(p for p in (str(CHECKED[row.state]), row.note) if p)) for row in rows if row.state
    ]


def _questions(page: SectionsPage, section: SectionNow) -> list[Question]:
    found = []
    for code, words in section.texts.items():
        rows = [row for row in page.own.texts if row.section == section.code and row.code == code]
        mine = next((row for row in rows if row.holder_id == page.viewer.holder_id), None)
        answers = tuple(
            Written(
                who=page.by_whom(row) or _("Herself"),
                day=day(row.changed_at, page),
                text=row.text,
                was=row.was,
                hers=row.provenance == "self_reported",
                mine=row is mine,
                row_version=row.row_version,
                beside=beside(page, row),
            )
            for row in rows
            if row.text
        )
        found.append(
            Question(
                code=code, words=words.get(language()) or words["en"], answers=answers, mine=mine.text if mine else "",
                row_version=mine.row_version if mine else 0,
            )
        )  # fmt: skip
    return found


def _checks(page: SectionsPage, section: SectionNow) -> list[dict[str, str]]:
    """What others wrote of the things that this section ticks off; our own stands in the form."""
    others = [row for row in page.own.checks if row.section == section.code and row.holder_id != page.viewer.holder_id and row.state]
    return [
        {"who": page.by_whom(row) or _("Herself"), "what": _name_of(section, row), "state": str(CHECKED[row.state]), "note": row.note}
        for row in others if row.code in section.checks
    ]  # fmt: skip


def beside(page: SectionsPage, row: PlanRow) -> tuple[str, ...]:
    """What she wrote beside a line from her own page: her disagreement is said as one."""
    found = [view for view in page.parts.her_views if view.item_id == row.pk and not view.answers_id]
    if to_her(page):
        words = {"DISAGREE": _("You do not agree: “%(words)s”"), "COMMENT": _("You add: “%(words)s”")}
    else:
        words = {"DISAGREE": _("She does not agree: “%(words)s”"), "COMMENT": _("She adds: “%(words)s”")}
    return tuple(words[view.says] % {"words": view.words} for view in found if view.says in words)


def _latest(page: SectionsPage, section: SectionNow) -> list[SectionCheck]:
    """The last word on each thing, whoever said it."""
    last: dict[str, SectionCheck] = {}
    for row in sorted((row for row in page.own.checks if row.section == section.code), key=lambda row: row.changed_at):
        last[row.code] = row
    return [last[code] for code in section.checks if code in last]


def _name_of(section: SectionNow, row: SectionCheck) -> str:
    words = section.checks[row.code]
    return words.get(language()) or words["en"]
