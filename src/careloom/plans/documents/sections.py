"""The fourteen sections on paper: what each draws from the rows that hold it already, what each agency wrote, and who approved it.

Every section has its heading on every copy, whatever its reader may see: a section that is closed to a reader looks as one in which nothing stands.
Source: plan-content.md 2.1; R-142, R-207.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from careloom.kernel.packs.plan_sections import Draw
from careloom.plans.models import SectionCheck, SectionText
from careloom.plans.pages.sections import SectionsPage
from careloom.plans.presenters import her_sections
from careloom.plans.presenters.drawn import drawn, to_her
from careloom.plans.presenters.sections import CHECKED, beside, signed_words
from careloom.plans.template_body import SectionNow

#: Drawn by the paper in a form of its own: a table, or with their steps.
RICH = {Draw.NEEDS.value: "needs", Draw.STRENGTHS.value: "strong", Draw.TEAM.value: "team", Draw.AGREEMENT.value: "agreement"}


def printed(page: SectionsPage, *, language: str, rich: dict[str, bool]) -> list[dict[str, Any]]:
    """The sections as plain data, in their order. `rich` says of each part in `RICH` whether the paper has something to print there."""
    return [_section(page, section, language=language, rich=rich) for section in page.sections]


def _section(page: SectionsPage, section: SectionNow, *, language: str, rich: dict[str, bool]) -> dict[str, Any]:
    shows = [RICH[draw] for draw in section.draws if draw in RICH and rich[RICH[draw]]]
    lines = [
        {"head": line.head, "text": line.text, "quote": f"“{line.quote}”" if line.quote else ""}
        for line in drawn(page, [draw for draw in section.draws if draw not in RICH])
    ]  # fmt: skip
    written = [_text(page, section, row, language=language) for row in page.own.texts if row.section == section.code and row.text]
    written += [_check(page, section, row, language=language) for row in page.own.checks if row.section == section.code and row.state]
    signed = [signed_words(page, row) for row in reversed(page.own.signatures) if row.section == section.code]
    name = her_sections.section_name(section, language=language) if to_her(page) else section.called(language)
    return {
        "name": f"{section.code}. {name}", "shows": shows, "lines": lines, "written": written, "signed": signed,
        "nothing": not (shows or lines or written or signed),
    }  # fmt: skip


def _text(page: SectionsPage, section: SectionNow, row: SectionText, *, language: str) -> dict[str, Any]:
    words = section.texts.get(row.code, {})
    asks = her_sections.question_words(section, row.code, language=language) if to_her(page) else words.get(language) or words.get("en", "")
    return {"head": asks, "text": row.text, "by": _who(page, row), "hers": row.provenance == "self_reported", "beside": list(beside(page, row))}


def _check(page: SectionsPage, section: SectionNow, row: SectionCheck, *, language: str) -> dict[str, Any]:
    stands = her_sections.stands_words(row.state) if to_her(page) else str(CHECKED[row.state])
    text = "; ".join(part for part in (stands, row.note) if part)
    head = her_sections.thing_words(section, row.code, language=language)
    return {"head": head, "text": text, "by": _who(page, row), "hers": False, "beside": list(beside(page, row))}


def _who(page: SectionsPage, row: SectionText | SectionCheck) -> str:
    return page.by_whom(row) or (_("You") if to_her(page) else _("Herself"))
