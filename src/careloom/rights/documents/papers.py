"""Makes the plain data of a paper and renders it, or writes a file. English by default: her own pages ask for her language.

Source: 42 CFR 2.23, 2.24(b), 2.25; 45 CFR 164.524(c), 164.526(d)(5), 164.528(b)(2).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from io import StringIO
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.agencies.models import Agency
from careloom.agencies.words import CATEGORIES
from careloom.infra.documents import render_pdf
from careloom.rights import words
from careloom.rights.accounting import Entry, Statement
from careloom.rights.actions.answering import Made
from careloom.rights.copying import Copy
from careloom.rights.kinds import RULES, Right
from careloom.rights.models import RightsRequest

TEMPLATE = Path(__file__).parent / "paper.typ"


def render(made: Made) -> bytes:
    """What is handed over, as bytes: PDF/UA-1, or a file of comma-separated values where she asked for a file."""
    with translation.override("en"):
        if made.copy is not None:
            return _csv(made.copy) if made.how == "FILE" else render_pdf(template=TEMPLATE, data=_copy(made, made.copy))
        assert made.statement is not None
        data = statement_data(
            made.statement, about=made.row.about_name, holder=made.holder, on=made.on, listed=made.row.right == Right.INTERMEDIARY
        )  # fmt: skip
        return render_pdf(template=TEMPLATE, data=data)


def render_statement(*, statement: Statement, about: str, holders: dict[Any, Agency], on: date, language: str) -> bytes:
    """The accounting of every holder as she reads it on her own pages, in her language."""
    with translation.override(language):
        return render_pdf(template=TEMPLATE, data=statement_data(statement, about=about, holder=None, on=on, holders=holders, language=language))


def statement_data(
    statement: Statement, *, about: str, holder: Agency | None, on: date, listed: bool = False, holders: dict[Any, Agency] | None = None,
    language: str = "en",
) -> dict[str, Any]:  # fmt: skip
    """The plain data of a list. INVARIANT: nothing in it says whether something is held back (45 CFR 164.528(a)(2))."""
    law = RULES[Right.INTERMEDIARY if listed else Right.ACCOUNTING].law
    notes = [] if listed else _notes()
    if statement.cut:
        notes.append(_("There are more lines than fit on this paper. Ask for a shorter time to see them."))
    return paper_data(
        title=_("List of those whom an intermediary told") if listed else _("Accounting of disclosures"), on=date_format(on), language=language,
        heads=[
            (_("About"), [about]),
            *([(_("From"), lines_of(holder.name_outside, holder.address, holder.phone))] if holder else []),
            (_("Days"), [_("%(first)s to %(last)s") % {"first": date_format(statement.from_on), "last": date_format(statement.to_on)}]),
            (_("Law"), ["; ".join(law)]),
        ],
        columns=[_("Day"), _("To whom"), _("What"), _("What for"), _("On which authority")],
        rows=[_row(entry, holders=holders or {}) for entry in statement.entries], empty=_("Nothing of this kind was disclosed in these days."),
        notes=notes,
    )  # fmt: skip


def _notes() -> list[str]:
    return [
        _(
            "As the law says, this list leaves out what was told to treat you, to pay for care and to run it, and what you were given yourself, "
            "unless a treatment program told it with your consent."
        ),
        _(
            "The rule on lists of treatment programs (42 CFR 2.25) is to be complied with only once 45 CFR 164.528 is revised. "
            "The list is given all the same. [Counsel has not confirmed this note.]"
        ),
    ]


def _row(entry: Entry, *, holders: dict[Any, Agency]) -> list[str]:
    what = words.parts(entry.categories)
    by = holders.get(entry.holder_id)
    return [
        date_format(entry.on),
        "\n".join(lines_of(entry.to or _("Somebody whom a consent named"), entry.address)),
        "\n".join(lines_of(entry.what or what, what if entry.what else "", _("By %(name)s") % {"name": by.name_outside} if by else "")),
        words.code(entry.purpose, among=words.PURPOSES),
        "; ".join(entry.basis) if entry.permitted else _("The law did not permit it."),
    ]


def _copy(made: Made, copy: Copy) -> dict[str, Any]:
    row = made.row
    sections = [
        {"head": str(CATEGORIES.get(category, category)).capitalize(), "lines": [_line(line.day, line.text) for line in lines]}
        for category, lines in groupby(copy.lines, key=lambda line: line.record.category)
    ]
    if copy.beside:
        told = [f"{date_format(one.at)}, {words.code(one.kind, among=words.BESIDE)}: {one.text}" for one in copy.beside]
        sections.append({"head": _("What stands beside the record"), "lines": told})
    if copy.apart:
        sections.append({"head": _("What is kept apart"), "lines": [str(CATEGORIES.get(code, code)) for code in copy.apart]})
    return paper_data(
        title=_("Copy of a record"), on=date_format(made.on), sections=sections,
        heads=[
            (_("About"), lines_of(row.about_name, _("Born %(day)s") % {"day": date_format(row.about_born_on)} if row.about_born_on else "")),
            (_("From"), lines_of(made.holder.name_outside, made.holder.address, made.holder.phone)),
            (_("Days"), [_period(row)]),
            (_("Law"), ["; ".join(RULES[Right.ACCESS].law)]),
        ],
        notes=[_("What you learn by reading your own record may not be used to bring or support criminal charges against you (42 CFR 2.23(b)).")],
    )  # fmt: skip


def _csv(copy: Copy) -> bytes:
    """One line a row of the record: part, day, text. A cell that a spreadsheet would run as a formula gets a mark before it."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(["part", "day", "text"])
    for line in copy.lines:
        writer.writerow([_plain(cell) for cell in (line.record.category, line.day.isoformat() if line.day else "", line.text)])
    for one in copy.beside:
        writer.writerow(
            [_plain(cell) for cell in (one.category, one.at.date().isoformat(), f"{words.code(one.kind, among=words.BESIDE)}: {one.text}")]
        )
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell


def _period(row: RightsRequest) -> str:
    first = date_format(row.from_on) if row.from_on else _("the beginning")
    return _("%(first)s to %(last)s") % {"first": first, "last": date_format(row.to_on) if row.to_on else _("today")}


def _line(day: date | None, text: str) -> str:
    return f"{date_format(day)}: {text}" if day else text


def lines_of(*texts: str) -> list[str]:
    """The texts that are there."""
    return [text for text in texts if text]


def paper_data(*, heads: Iterable[tuple[str, list[str]]], **told: Any) -> dict[str, Any]:
    """The plain data of a paper with every field that the template reads."""
    practice = _("Practice county. Every person here is made up.") if settings.CARELOOM_WORLD == "demo" else ""
    bare: dict[str, Any] = {
        "sections": [], "columns": [], "rows": [], "empty": "", "notes": [], "page": _("Page"), "issuer": "Careloom", "language": "en",
    }  # fmt: skip
    return bare | told | {"heads": [{"label": label, "lines": lines} for label, lines in heads], "practice": practice}
