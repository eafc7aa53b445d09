"""What became of each form, in words: explained, signed, asked about, stopped, ended, renewed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from careloom.consents.models import Consent
from careloom.consents.pages.history import History
from careloom.consents.presenters import words
from careloom.consents.queries import status_of
from careloom.consents.terms import terms_of
from careloom.infra.ui.components import Status


@dataclass(frozen=True, kw_only=True)
class FormStory:
    """One form: whom it names, what it says, its kind and state, and its events as day and sentence, oldest first."""

    to: str
    what: str
    kind: str
    url: str
    status: Status
    events: tuple[tuple[str, str], ...]
    scan_url: str = ""


def stories(page: History, *, own_id: UUID) -> list[FormStory]:
    """Every form of the page with what became of it."""
    return [_story(row, page, own_id=own_id) for row in page.rows]


def _story(row: Consent, page: History, *, own_id: UUID) -> FormStory:
    told = [words.information(row.information), words.purposes(row.purposes), _("Until: %(until)s") % {"until": words.until(row)}]
    return FormStory(
        to=words.recipients(row, agencies=page.agencies, own_id=own_id), what=". ".join(told) + ".", kind=str(words.KINDS.get(row.kind, "")),
        url=reverse("consents:one", args=[row.pk]), status=words.mark(status_of(row, on=page.today)), events=tuple(_events(row, page)),
        scan_url=reverse("consents:scan", args=[row.pk]) if row.pk in page.scanned else "",
    )  # fmt: skip


def _events(row: Consent, page: History) -> Iterator[tuple[str, str]]:
    terms = terms_of(row)
    language = words.LANGUAGES.get(row.language, row.language)
    read = _("Read with her in %(language)s by %(reader)s") if row.reader else _("Read with her in %(language)s")
    yield words.day(row.explained_at), read % {"language": language, "reader": row.reader}
    if row.signed_on:
        yield words.day(row.signed_on), _signed(row)
    if row.held_on:
        yield words.day(row.held_on), _("Somebody asked: it still holds")
    if terms.asked_to_stop_on:
        yield words.day(date.fromisoformat(terms.asked_to_stop_on)), _("She asked to stop it. It waits for the end of the criminal matter")
    if row.event_on:
        yield words.day(row.event_on), _("It ended: %(event)s") % {"event": words.event_of(row)}
    if row.revoked_at:
        yield words.day(row.revoked_at), _stopped(row)
    if row.superseded_by:
        newer = page.newer.get(row.superseded_by)
        yield words.day(newer.signed_on) if newer else "", _("A newer form took its place")
    if row.expires_on and row.expires_on < page.today and not (row.revoked_at or row.superseded_by or row.event_on):
        yield words.day(row.expires_on), _("Its last day")


def _signed(row: Consent) -> str:
    terms, how = terms_of(row), words.METHODS.get(row.signature_method, "")
    if terms.cosigner_name:
        return _("She signed %(how)s, and so did her parent, %(name)s") % {"how": how, "name": terms.cosigner_name}
    if terms.signer_name:
        return _("%(name)s signed for her %(how)s, as %(role)s") % {"name": terms.signer_name, "how": how, "role": words.signer(row.signer)}
    return _("She agreed aloud") if row.signature_method == "SPOKEN" else _("She signed %(how)s") % {"how": how}


def _stopped(row: Consent) -> str:
    terms, how = terms_of(row), words.METHODS.get(row.revoked_how, "")
    said = _("She stopped it %(how)s") % {"how": how}
    if not terms.heard_by:
        return said
    on = words.day(date.fromisoformat(terms.heard_on)) if terms.heard_on else ""
    return _("%(said)s. Heard by %(name)s on %(day)s") % {"said": said, "name": terms.heard_by, "day": on}
