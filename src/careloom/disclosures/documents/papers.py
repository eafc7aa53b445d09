"""Makes the plain data of a paper and renders it. The words are English: they go to offices. Source: 42 CFR 2.13(c), 2.32; 45 CFR 164.514(h)."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from careloom.agencies.models import Agency
from careloom.agencies.words import CATEGORIES
from careloom.consents.models import Consent
from careloom.consents.notices import notice
from careloom.consents.presenters import words as consent_words
from careloom.disclosures import words
from careloom.disclosures.actions.handling import Release
from careloom.disclosures.models import RecordRequest
from careloom.disclosures.weighing import consents_of_answers
from careloom.infra.clock import zone
from careloom.infra.documents import render_pdf

TEMPLATE = Path(__file__).parent / "paper.typ"


def render_release(release: Release) -> bytes:
    """The released record as PDF/UA-1 bytes: to whom, about whom, why, the lines, the scope of her consent, and the notice of 42 CFR 2.32."""
    with translation.override("en"):
        return render_pdf(template=TEMPLATE, data=_release(release))


def render_letter(*, request: RecordRequest, holder: Agency, on: date) -> bytes:
    """The answer to a request that is not released. INVARIANT: the same words whether nothing is held, or it may not be told (42 CFR 2.13(c))."""
    with translation.override("en"):
        return render_pdf(template=TEMPLATE, data=_letter(request, holder=holder, on=on))


def _release(release: Release) -> dict[str, Any]:
    row, owed = release.request, {duty for answer in release.answers for duty in answer.duties}
    heads = [
        (_("To"), _lines(row.asker_name, row.asker_contact)),
        (_("From"), _lines(release.holder.name, release.holder.address, release.holder.phone)),
        (_("About"), _lines(row.about_name, _("Born %(day)s") % {"day": date_format(row.about_born_on)} if row.about_born_on else "")),
        (_("For this purpose and no other"), [words.code(row.purpose, among=words.PURPOSES)]),
        (_("What is in it"), [_what(release)]),
        (_("On which authority"), list(dict.fromkeys(cited for answer in release.answers for cited in answer.basis))),
    ]
    sections = [
        {"head": capfirst(str(CATEGORIES.get(category, category))), "lines": [_line(line.day, line.text) for line in lines]}
        for category, lines in groupby(release.lines, key=lambda line: line.record.category)
    ]
    scope = [_scope(consent) for consent in consents_of_answers(release.answers)] if "CONSENT_COPY_OR_SCOPE" in owed else []
    part2 = "NOTICE_2_32" in owed or any(answer.is_part2 for answer in release.answers)
    bars = [
        text for code, text in {
            "PROCEEDINGS_BAR": _("It may not be used against the patient in any civil, criminal, administrative or legislative proceeding."),
            "NO_REDISCLOSURE": _("Whoever receives this may not pass it on."),
            "ORDER_SCOPE_ONLY": _("Nothing in this paper goes beyond what the court ordered."),
            "SEAL": _("This paper goes to the court under seal."),
            "RETURN_OR_DESTROY": _("Return this paper or destroy it when its purpose is met."),
            "CW_CONFIDENTIAL": _("Child welfare records are confidential by law."),
        }.items() if code in owed
    ]  # fmt: skip
    told = notice("en")
    return _data(
        title=_("Released record"), on=_day(release.at, release.holder), heads=heads, sections=sections, scope=scope, bars=bars,
        notices=[{"title": told.title, "text": told.text, "mark": _unreviewed(told.review_needed)}] if part2 else [],
    )  # fmt: skip


def _letter(request: RecordRequest, *, holder: Agency, on: date) -> dict[str, Any]:
    said = [
        _("We neither confirm nor deny that we have, or ever had, a record about the person whom your request names."),
        _("We give the same answer whether we have a record or not. Please draw no conclusion from this letter."),
        _(
            "If you send a written consent that federal law accepts, a court order that federal law accepts, or another paper that lets us "
            "answer, we look at your request again."
        ),
    ]
    heads = [(_("To"), _lines(request.asker_name, request.asker_contact)), (_("From"), _lines(holder.name_outside, holder.address, holder.phone))]
    came = _("Your request of %(day)s") % {"day": date_format(request.received_at.astimezone(zone(holder.zone)).date())}
    return _data(title=_("Answer to a request for records"), on=date_format(on), heads=heads, sections=[{"head": came, "lines": said}])


def _data(**told: Any) -> dict[str, Any]:
    heads = [{"label": label, "lines": lines} for label, lines in told.pop("heads")]
    practice = _("Practice county. Every person here is made up.") if settings.CARELOOM_WORLD == "demo" else ""
    empty = {"scope": [], "bars": [], "notices": [], "scope_title": _("The scope of her consent"), "page": _("Page"), "issuer": "Careloom"}
    return empty | told | {"heads": heads, "practice": practice}


def _lines(*texts: str) -> list[str]:
    return [text for text in texts if text]


def _what(release: Release) -> str:
    row = release.request
    parts = capfirst(words.parts(sorted({answer.category for answer in release.answers})))
    if not (row.from_on or row.to_on):
        return parts
    first = date_format(row.from_on) if row.from_on else _("the beginning")
    return _("%(parts)s, from %(first)s to %(last)s") % {"parts": parts, "first": first, "last": date_format(row.to_on) if row.to_on else _("today")}


def _line(day: date | None, text: str) -> str:
    return f"{date_format(day)}: {text}" if day else text


def _scope(consent: Consent) -> str:
    """A clear explanation of the scope of the consent (42 CFR 2.32(b))."""
    return _("She signed on %(day)s. It allows: %(what)s. For: %(why)s. Until: %(until)s.") % {
        "day": date_format(consent.signed_on) if consent.signed_on else "-", "what": consent_words.information(consent.information),
        "why": consent_words.purposes(consent.purposes), "until": consent_words.until(consent),
    }  # fmt: skip


def _day(at: datetime, holder: Agency) -> str:
    return date_format(at.astimezone(zone(holder.zone)).date())


def _unreviewed(needed: bool) -> str:
    return _("This wording has not been checked against the published rule.") if needed else ""
