"""A version of guidance as PDF/UA-1. Source: R-006."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from careloom.agencies.models import Agency
from careloom.changes.models import GuidanceVersion
from careloom.changes.words import STATES
from careloom.infra.documents import render_pdf

TEMPLATE = Path(__file__).parent / "guidance.typ"


def guidance_paper(version: GuidanceVersion, *, agency: Agency) -> bytes:
    """The words of a version, by whom it is issued and to whom it went. `agency` made the copy."""
    guidance = version.guidance
    to = sorted(
        one.partner.name if one.partner else one.body.name for one in version.addressees.select_related("partner", "body") if one.partner or one.body
    )
    data = {
        "title": guidance.title, "issuer": guidance.collaborative.name, "language": (get_language() or "en")[:2], "page": _("Page"),
        "facts": [
            text
            for text in (
                _("%(body)s, %(name)s") % {"body": guidance.body.name, "name": guidance.collaborative.name},
                _("Version %(n)s: %(state)s") % {"n": version.number, "state": STATES[version.state]},
                _("Issued on %(day)s") % {"day": date_format(version.issued_on)} if version.issued_on else "",
                _("What is new: %(words)s") % {"words": version.changed} if version.changed else "",
            )
            if text
        ],
        "text": [part.strip() for part in version.text.split("\n\n") if part.strip()], "to_head": _("It goes to") if to else "", "to": to,
        "copy": _("Copy made by %(agency)s") % {"agency": agency.name_outside},
        "practice": _("Practice county. Every person here is made up.") if settings.CARELOOM_WORLD == "demo" else "",
    }  # fmt: skip
    return render_pdf(template=TEMPLATE, data=data)
