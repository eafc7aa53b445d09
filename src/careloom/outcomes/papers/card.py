"""The report card on paper, as tagged PDF. Source: R-087."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from careloom.infra import clock
from careloom.infra.documents import render_pdf
from careloom.outcomes.presenters.cards import Card
from careloom.outcomes.presenters.sentences import number

TEMPLATE = Path(__file__).parent / "card.typ"


def card_pdf(found: Card, *, at: datetime) -> bytes:
    """The card as PDF/UA-1. Raises documents.PdfRefusedError."""
    rows = [
        {"name": one.name, "sentence": one.sentence, "value": one.value, "range": one.interval, "lines": [words for words, _link in one.lines],
         "pairs": [f"{label}: {value}" for label, value in one.pairs]}
        for one in found.measures.rows
    ]  # fmt: skip
    data: dict[str, Any] = {
        "lang": (get_language() or "en")[:2], "title": _("How families are doing"), "issuer": "Careloom",
        "eyebrow": _("Report card, %(place)s, %(period)s") % {"place": found.place, "period": found.period}, "lede": found.lede, "rows": rows,
        "heads": {"rs": _("The five Rs"), "way": _("From birth to help: where families are lost"), "do": _("What to do"),
                  "trust": _("How to trust these numbers"), "fair": _("Does every family get a plan?")},
        "range_note": _("Large number: now. Below it: the range that chance allows, 95 in 100."),
        "way": _way(found), "fair": _fair(found), "gap": found.gap, "do": list(found.do), "trust": list(found.trust),
        "page": _("Page"), "of": _("of"),
        "footer": _("Printed %(day)s") % {"day": date_format(at.astimezone(clock.zone()), "DATE_FORMAT")}
        + (f". {_('Practice county')}" if settings.CARELOOM_WORLD == "demo" else ""),
    }  # fmt: skip
    return render_pdf(template=TEMPLATE, data=data)


def _way(found: Card) -> dict[str, Any]:
    if found.cascade is None:
        return {"sentence": found.no_cascade, "heads": [], "lines": []}
    lines = [
        [bar.step.label, bar.step.hidden if bar.step.count is None else number(bar.step.count), "" if bar.lost is None else number(bar.lost)]
        for bar in found.cascade.funnel.bars
    ]
    return {"sentence": found.cascade.sentence, "heads": list(found.cascade.funnel.headings), "lines": lines}


def _fair(found: Card) -> dict[str, Any]:
    if found.fair is None:
        return {"heads": [], "lines": []}
    heads = [found.fair["of"], _("Infants"), _("With a plan"), _("Of 100"), _("Range")]
    lines = [
        [one["group"], one["counted"] or one["hidden"], one["met"], one["value"], one["range"]] for one in found.fair["lines"]
    ]  # fmt: skip
    return {"heads": heads, "lines": lines}
