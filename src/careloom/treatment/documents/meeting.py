"""Her copy of a progress meeting, as PDF/UA-1, in the language of her record. Source: R-111."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.agencies.models import Agency
from careloom.infra.documents import render_pdf
from careloom.treatment.queries import Shown

TEMPLATE = Path(__file__).parent / "meeting.typ"


def render_meeting(entry: Shown, *, about: str, holder: Agency, language: str) -> bytes:
    """The meeting as PDF bytes. It holds what the entry says and nothing else of the record."""
    with translation.override(language):
        return render_pdf(template=TEMPLATE, data=_data(entry, about=about, holder=holder, language=language))


def _data(entry: Shown, *, about: str, holder: Agency, language: str) -> dict[str, Any]:
    parts = (
        (_("Who took part"), "; ".join([entry.get("present"), *([about] if entry.get("she_took_part") and about else [])])),
        (_("How treatment goes"), entry.get("going")), (_("Supports you need"), entry.get("supports")),
        (_("What you say about it"), entry.get("her_words")),
        (_("Next meeting"), date_format(entry.get("next_on")) if entry.get("next_on") else ""),
    )  # fmt: skip
    return {
        "title": _("Progress meeting"), "on": date_format(entry.first.happened_on), "about": about, "for": _("Copy for"), "page": _("Page"),
        "from": [text for text in (holder.name_outside, holder.phone) if text], "language": language, "issuer": "Careloom",
        "parts": [{"head": head, "text": text} for head, text in parts if text],
        "note": _("Something is not right? Tell your care team. You can add your own words beside it."),
        # 42 CFR 2.32(a)(2): the short notice goes with each copy of a program's record.
        "notice": "42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
        "practice": _("Practice county. Every person here is made up.") if settings.CARELOOM_WORLD == "demo" else "",
    }  # fmt: skip
