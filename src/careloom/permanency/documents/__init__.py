"""The report to the court as a page (PDF/UA-1) and as a Word file that the court can edit. Both are made from one and the same data."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from docx import Document
from docx.shared import Pt

from careloom.infra.documents import render_pdf
from careloom.permanency.reporting import Report

TEMPLATE = Path(__file__).parent / "report.typ"


def _practice() -> str:
    return _("Practice county. Every person on this paper is made up.") if settings.CARELOOM_WORLD == "demo" else ""


def page_of(report: Report) -> bytes:
    """The report as PDF bytes."""
    with translation.override("en"):
        data = report.plain | {
            "practice": _practice(),
            "language": "en",
            "page": _("Page"),
            "signed": _("Signed"),
            "sealed": _("For the court. Confidential."),
        }
        return render_pdf(template=TEMPLATE, data=data)


def word_of(report: Report, *, at: datetime) -> bytes:
    """The report as a Word file: headings, lists and places to sign, and nothing of the machine that made it."""
    with translation.override("en"):
        made = Document()
        made.styles["Normal"].font.name, made.styles["Normal"].font.size = "Calibri", Pt(11)
        about = made.core_properties
        about.author, about.title, about.language = report.agency, report.title, "en-US"
        about.comments, about.last_modified_by = "", report.agency
        about.created = about.modified = at.replace(tzinfo=None, microsecond=0)
        made.add_heading(report.title, level=0)
        for line in (report.heading, report.about, f"{report.agency}, {report.dated}", _("For the court. Confidential."), _practice()):
            if line:
                made.add_paragraph(line)
        for section in report.sections:
            made.add_heading(section.head, level=1)
            for line in section.lines:
                made.add_paragraph(line, style="List Bullet")
        made.add_paragraph(_("Signed") + " ______________________________")
        out = BytesIO()
        made.save(out)
        return out.getvalue()
