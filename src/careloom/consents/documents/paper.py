"""Makes the plain data of a consent on paper and renders it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from careloom.agencies.models import Agency
from careloom.agencies.words import CATEGORIES
from careloom.consents.actions import Draft
from careloom.consents.documents.words import LANGUAGES, PART2_KINDS, WORDS, pair, statement_keys
from careloom.consents.forms.sharing import EVERY_GROUP, groups_of
from careloom.consents.forms.wishes import TPO_CLASS
from careloom.consents.models import Consent
from careloom.consents.notices import notice
from careloom.consents.terms import KEY, Terms
from careloom.infra import clock
from careloom.infra.documents import render_pdf
from careloom.people.models import PersonRecord

TEMPLATE = Path(__file__).parent / "consent.typ"


def render_form(*, draft: Draft, name: str, infants: Mapping[str, str], agencies: Mapping[UUID, Agency], today: date) -> bytes:
    """The form to be signed by hand, with every element of 42 CFR 2.31(a) and the notice of 2.32, as PDF/UA-1 bytes."""
    names = {pk: agency.name if pk in draft.discloser_ids else agency.name_outside for pk, agency in agencies.items()}
    babies = [called for pk, called in infants.items() if UUID(pk) in draft.subject_ids]
    return render_pdf(template=TEMPLATE, data=_data(draft, name=name, babies=babies, names=names, lines=[]))


def render_copy(*, row: Consent, people: Mapping[UUID, PersonRecord], names: Mapping[UUID, str]) -> bytes:
    """The copy of a signed consent. `names` are the agencies as the reader may know them."""
    mother = people.get(row.identity_id)
    name = f"{mother.given_name} {mother.family_name}".strip() if mother else ""
    babies = [
        (person.preferred_name or person.given_name or WORDS["baby"][0])
        for pk, person in people.items() if pk in row.subject_ids and pk != row.identity_id
    ]  # fmt: skip
    lines = [_dated("signed", row.signed_on)]
    terms = _terms(row)
    told = {"on_paper": terms.name_on_paper, "with_parent": terms.cosigner_name, "signed_for": terms.signer_name}
    lines += [[WORDS[key][n].format(name=name) for n in range(len(LANGUAGES))] for key, name in told.items() if name]
    if row.signed_name:
        lines.append([WORDS["typed"][n].format(name=row.signed_name) for n in range(len(LANGUAGES))])
    if row.signature_method in WORDS:
        lines.append(pair(row.signature_method))
    if row.revoked_at:
        lines.append(_dated("stopped", row.revoked_at))
    return render_pdf(template=TEMPLATE, data=_data(row, name=name, babies=babies, names=names, lines=lines))


def _data(form: Draft | Consent, *, name: str, babies: Iterable[str], names: Mapping[UUID, str], lines: list[list[str]]) -> dict[str, Any]:
    terms = _terms(form)
    hears = [[name] for name in [*(names[pk] for pk in form.recipient_ids if pk in names), *form.recipient_names]]
    if form.recipient_class:
        hears.append(pair("by_class" if form.recipient_class == TPO_CLASS else "by_network"))
    first, stop, after, no = _statements(form.kind, waits=bool(terms.revocable_after))
    tells = ", ".join(names[pk] for pk in form.discloser_ids if pk in names)
    sections = [
        ("who", [[", ".join([name or "-", *babies])]]),
        ("tells", [[f"{tells}, {WORDS['own'][n]}" for n in (0, 1)]]),
        ("what", _what(form.information)),
        ("hears", hears or [["-"]]),
        ("why", [pair(one) for one in form.purposes if one in WORDS] or [list(form.purposes)[:1]]),
        ("stop", [stop]),
        ("until", [_until(form)]),
        ("after", [*first, after]),
        ("no", [no]),
    ]
    if terms.matter:
        sections.append(("matter", [[terms.matter]]))
    return {
        "title": pair("title"), "practice": pair("practice") if settings.CARELOOM_WORLD == "demo" else [],
        "sections": [{"head": pair(key), "lines": [_both(line) for line in texts]} for key, texts in sections], "lines": lines,
        "signatures": _signatures(terms), "day": pair("day"), "read": pair("read"), "reader": form.reader, "page": pair("page"),
        "notices": _notices() if form.kind in PART2_KINDS else [], "issuer": "Careloom",
    }  # fmt: skip


def _terms(form: Draft | Consent) -> Terms:
    told = form.statements.get(KEY) or {}
    return Terms(**{name: value for name, value in told.items() if name in Terms.__dataclass_fields__})  # type: ignore[attr-defined]


def _statements(kind: str, *, waits: bool) -> tuple[list[list[str]], list[str], list[str], list[str]]:
    *first, stop, after, no = [pair(key) for key in statement_keys(kind=kind, waits=waits)]
    return first, stop, after, no


def _signatures(terms: Terms) -> list[list[str]]:
    """The lines to sign on: hers, a parent's beside it, or that of who signs for her."""
    if terms.signer_name:
        return [pair("sign_for")]
    return [pair("sign"), pair("sign_parent")] if terms.cosigner else [pair("sign")]


def _both(line: list[str]) -> list[str]:
    """A text in both languages; a name is the same in both and stands once."""
    return line if len(line) > 1 and line[0] != line[1] else line[:1]


def _what(information: Iterable[str]) -> list[list[str]]:
    known = list(information)
    groups = groups_of(known)
    held = {one for group in groups for one in EVERY_GROUP[group]}
    return [pair(group) for group in groups] + [[str(CATEGORIES.get(one, one))] for one in known if one not in held]


def _until(form: Draft | Consent) -> list[str]:
    if not form.expiry_event:
        return [_day(form.expires_on, language) for language in LANGUAGES]
    event = pair(form.expiry_event if form.expiry_event in WORDS else "event")
    if not form.expires_on:
        return event
    return [WORDS["or_sooner"][n].format(day=_day(form.expires_on, language), event=event[n]) for n, language in enumerate(LANGUAGES)]


def _dated(key: str, value: date | datetime | None) -> list[str]:
    return [WORDS[key][n].format(day=_day(value, language)) for n, language in enumerate(LANGUAGES)]


def _day(value: date | datetime | None, language: str) -> str:
    if value is None:
        return "-"
    local = value.astimezone(clock.zone()).date() if isinstance(value, datetime) else value
    with translation.override(language):
        return date_format(local, "DATE_FORMAT")


def _notices() -> list[dict[str, str]]:
    texts = [(language, notice(language)) for language in LANGUAGES]
    return [
        {"lang": language, "title": text.title, "text": text.text, "mark": WORDS["unreviewed"][n] if text.review_needed else ""}
        for n, (language, text) in enumerate(texts)
    ]
