"""The facilitator's sheet as PDF/UA-1: five agreements, five divergences, what to ask each other, a draft of principles. Source: R-075, R-216."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from careloom.commons.presenters.surveys_results import draft_of_principles, of_hundred, questions
from careloom.infra.documents import render_pdf
from careloom.surveys.queries import Item, Results

TEMPLATE = Path(__file__).parent / "surveys.typ"
MOST = 5


def render_sheet(results: Results, *, collaborative: str) -> bytes:
    """The sheet as PDF bytes: counts of groups that are large enough, and nothing else."""
    return render_pdf(template=TEMPLATE, data=_data(results, collaborative=collaborative))


def _data(results: Results, *, collaborative: str) -> dict[str, Any]:
    row = results.round
    parts = [
        {"head": _("Where we stand together"), "rows": [_line(one) for one in results.agreements[:MOST]]},
        {"head": _("Where we differ"), "rows": [_line(one) for one in results.divergences[:MOST]]},
        {"head": _("What many cannot say"), "rows": [_unsure(one) for one in results.unknown[:MOST]]},
        {"head": _("What to ask each other"), "rows": [{"text": text, "note": ""} for text in questions(results)]},
    ]
    return {
        "title": _("Facilitator’s sheet: %(title)s") % {"title": row.title}, "language": get_language() or "en", "issuer": "Careloom",
        "about": collaborative, "on": _("%(n)s answers, closed %(day)s") % {"n": row.answers, "day": date_format(row.closed_on)},
        "parts": [part for part in parts if part["rows"]], "draft_head": _("A draft of shared principles"),
        "draft": row.principles or draft_of_principles(results), "page": _("Page"),
        "note": _("Groups that are too small are counted with others. Nobody can be found here."),
        "practice": _("Practice county. Every person here is made up.") if settings.CARELOOM_WORLD == "demo" else "",
    }  # fmt: skip


def _line(item: Item) -> dict[str, str]:
    return {"text": item.text, "note": of_hundred(item.whole)}


def _unsure(item: Item) -> dict[str, str]:
    """A statement of which many cannot say, with how many."""
    return {"text": item.text, "note": _("%(n)s of 100 cannot say, or stand in between") % {"n": round(100 * item.whole.unsure)}}
