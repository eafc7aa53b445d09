"""An agreement, an annual report and the communication plan as PDF/UA-1. In English, as they are signed. Source: R-101, R-105, R-184."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.agreements import words
from careloom.agreements.models import Line, Party, Report
from careloom.agreements.queries import Whole
from careloom.commons.presenters.bodies import line_of
from careloom.commons.presenters.rooms import chairs_of
from careloom.infra.documents import render_pdf
from careloom.partnership.queries import Rooms
from careloom.partnership.words import RULES, TIERS

TEMPLATE = Path(__file__).parent / "agreements.typ"


def agreement_pdf(rooms: Rooms, whole: Whole, *, on: date) -> bytes:
    """The agreement as it stands, with its tables and who signed."""
    with translation.override("en"):
        row, written = whole.row, whole.written
        sections, tables = [], []
        for clause in written.checklist.clauses:
            lines = [list(one.cells) for one in written.lines if one.table and one.table == clause.rule.table]
            if clause.rule.table:
                tables.append(_table(clause.label, words.TABLES[clause.rule.table], lines))
            else:
                sections.append({"head": clause.label, "lines": (written.words(clause) or _("Not written yet.")).split("\n")})
        signed = [
            [one.party.partner.name, ", ".join(filter(None, (one.name, one.title))), date_format(one.signed_on, "F j, Y")]
            for one in whole.signatures
            if one.number == max(row.number, 1) or (one.number == row.number + 1 and row.state == "SIGNING")
        ]
        tables.append(_table(_("Signatures"), (_("Party"), _("Who signed"), _("Day")), signed))
        told = _("Version %(n)s, in force") % {"n": row.number} if row.number and row.ended_at is None else str(words.STATES[row.state])
        heads = [(str(words.KINDS[row.kind]), [told]), (_("Collaborative"), [rooms.standing.collaborative.name])]
        return _render(title=row.title, on=on, heads=heads, sections=sections, tables=tables)


def report_pdf(rooms: Rooms, whole: Whole, row: Report) -> bytes:
    """The annual report to the Department."""
    with translation.override("en"):
        heads = [(_("Agreement"), [whole.row.title]), (_("Collaborative"), [rooms.standing.collaborative.name]), (_("To"), [_("The Department")])]
        if row.approved_on:
            heads.append((_("Approved"), [f"{row.approved_by}, {date_format(row.approved_on, 'F j, Y')}"]))
        if row.submitted_on:
            heads.append((_("Submitted"), [f"{row.submitted_how}, {date_format(row.submitted_on, 'F j, Y')}"]))
        if row.acknowledged_on:
            heads.append((_("Receipt"), [f"{row.acknowledged_how}, {date_format(row.acknowledged_on, 'F j, Y')}"]))
        sections = [
            {"head": str(label), "lines": (row.sections.get(code) or _("Not written yet.")).split("\n")} for code, label in words.SECTIONS.items()
        ]
        notes = [] if row.approved_on else [_("A draft. Nobody has approved it yet.")]
        return _render(
            title=_("Annual report of %(year)s") % {"year": row.year},
            on=row.submitted_on or row.made_at.date(),
            heads=heads,
            sections=sections,
            notes=notes,
        )


def communication_pdf(rooms: Rooms, parties: Iterable[Party], flows: Iterable[Line], *, on: date) -> bytes:
    """Structure, reporting lines, contacts and flows, from what is kept of the collaborative and its agreements (R-105)."""
    with translation.override("en"):
        bodies = [
            [row.name, str(TIERS[row.tier]), chairs_of(rooms.seats_in(row)), row.reports_to or _reports(rooms, row.tier),
             str(RULES[rooms.charters[row.pk].rule]) if row.pk in rooms.charters else ""]
            for row in rooms.bodies
        ]  # fmt: skip
        lines = [
            [seat.name, body.name, line_of(seat), str(seat.line_days) if seat.line_days is not None else ""]
            for body in rooms.bodies for seat in rooms.seats_in(body) if seat.line_to
        ]  # fmt: skip
        contacts = [[one.partner.name, one.contact_name, one.contact_reach, one.agreement.title] for one in parties]
        disputes = [f"{row.name}: {charter.disputes}" for row in rooms.bodies if (charter := rooms.charters.get(row.pk)) and charter.disputes]
        tables = [
            _table(_("Structure"), (_("Body"), _("Tier"), _("Led by"), _("Reports to"), _("Decides by")), bodies),
            _table(_("Lines to those who decide"), (_("Member"), _("Body"), _("Asks whom, and how"), _("Business days")), lines),
            _table(_("Contacts"), (_("Partner"), _("Contact person"), _("How to reach"), _("By the agreement")), contacts),
            _table(_("Who tells whom"), words.TABLES["FLOW"], [list(one.cells) for one in flows]),
        ]
        sections = [{"head": _("When we disagree"), "lines": disputes}] if disputes else []
        heads = [
            (_("Collaborative"), [rooms.standing.collaborative.name]),
            (_("Made from"), [_("What is kept of it on this day. Nothing in it was typed for this paper.")]),
        ]
        return _render(title=_("Communication plan"), on=on, heads=heads, sections=sections, tables=tables)


def _reports(rooms: Rooms, tier: str) -> str:
    """To which body of the tier above a body reports."""
    above = {"CORE": "OVERSIGHT", "WORK_GROUP": "CORE", "LOCAL_TEAM": "CORE"}.get(tier)
    return next((row.name for row in rooms.bodies if row.tier == above), "")


def _table(head: str, columns: Any, rows: list[list[str]]) -> dict[str, Any]:
    return {"head": head, "columns": [str(one) for one in columns], "rows": [[one or "\u2013" for one in row] for row in rows]}


def _render(
    *, title: str, on: date, heads: list[tuple[str, list[str]]], sections: list[dict[str, Any]], tables: list[dict[str, Any]] | None = None,
    notes: list[str] | None = None,
) -> bytes:  # fmt: skip
    practice = _("Practice county. Every person here is made up.") if settings.CARELOOM_WORLD == "demo" else ""
    data = {
        "title": title, "on": date_format(on, "F j, Y"), "language": "en", "issuer": "Careloom", "page": _("Page"), "practice": practice,
        "heads": [{"label": label, "lines": lines} for label, lines in heads], "sections": sections, "tables": tables or [], "notes": notes or [],
        "empty": _("None yet."),
    }  # fmt: skip
    return render_pdf(template=TEMPLATE, data=data)
