"""A mother's consents, one consent, and who looked, in words."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from careloom.agencies.models import Agency
from careloom.consents.models import Consent
from careloom.consents.pages.family import FamilyConsents, OneConsent, Standing
from careloom.consents.pages.looked import Looked
from careloom.consents.presenters import basis, sees, words
from careloom.consents.terms import terms_of
from careloom.infra import clock
from careloom.infra.access.models import Disclosure
from careloom.infra.ui.components import Fact, Facts, SeesCell, SeesRow, SeesTable, Status


@dataclass(frozen=True, kw_only=True)
class Line:
    """One consent in a list."""

    to: str
    what: str
    why: str
    until: str
    url: str
    status: Status


def lines(page: FamilyConsents, *, own_id: UUID, live: bool) -> list[Line]:
    """The consents in force, or those that are over."""
    return [_line(one, page, own_id=own_id) for one in page.consents if one.is_live is live]


def _line(one: Standing, page: FamilyConsents, *, own_id: UUID) -> Line:
    row = one.row
    return Line(
        to=words.recipients(row, agencies=page.agencies, own_id=own_id), what=words.information(row.information), why=words.purposes(row.purposes),
        until=words.until(row), url=reverse("consents:one", args=[row.pk]), status=words.mark(one.status),
    )  # fmt: skip


def sees_table(page: FamilyConsents, *, own_id: UUID) -> SeesTable | None:
    """Who sees what now, as far as the reader may know; None where nothing is shared. Her own people are there by the name that a form gives."""
    infants = {UUID(pk): name for pk, name in page.subject.infant_choices}
    rows = [
        SeesRow(
            agency=name,
            note=basis.note(bases=row.bases, review_needed=row.review_needed),
            cells=(
                *sees.heaps(row, mother_id=page.subject.identity_id, infants=infants),
                SeesCell(words=words.day(sees.last_day(row.until, zone=clock.zone(settings.TIME_ZONE))) or _("While it holds")),
                SeesCell(words=words.day(row.last_looked) or _("Not yet")),
            ),
        )
        for row in page.sees if (name := _seer(page, row.recipient_id, own_id=own_id))
    ]  # fmt: skip
    if not rows:
        return None
    return SeesTable(label=_("Who sees what"), columns=sees.columns(), rows=tuple(sorted(rows, key=lambda row: row.agency)))


def _seer(page: FamilyConsents, recipient_id: UUID, *, own_id: UUID) -> str:
    if recipient_id in page.agencies:
        return words.agency_name(page.agencies[recipient_id], own_id=own_id)
    return page.own_people.get(recipient_id, "")


def facts(page: OneConsent, *, own_id: UUID) -> Facts:
    """What a consent says."""
    row = page.standing.row
    terms = terms_of(row)
    about = words.listed(
        (person.preferred_name or person.given_name) for pk, person in page.people.items() if pk in row.subject_ids and pk != row.identity_id
    )
    who = [words.agency_name(page.agencies.get(pk), own_id=own_id) for pk in row.discloser_ids]
    signed = _("%(day)s, %(how)s") % {"day": words.day(row.signed_on), "how": words.METHODS.get(row.signature_method, "")}
    stopped = _("%(day)s, %(how)s") % {"day": words.day(row.revoked_at), "how": words.METHODS.get(row.revoked_how, "")} if row.revoked_at else ""
    told = [
        Fact(label=_("Who tells"), value=words.listed(who), note=_("And her own words")),
        Fact(label=_("Who may see"), value=words.recipients(row, agencies=page.agencies, own_id=own_id)),
        Fact(label=_("What"), value=words.information(row.information), note=_("Also about %(names)s") % {"names": about} if about else ""),
        Fact(label=_("Why"), value=words.purposes(row.purposes)),
        Fact(label=_("Until"), value=words.until(row), note=_event_note(row)),
        Fact(label=_("Signed"), value=signed, note=str(words.KINDS.get(row.kind, ""))),
        Fact(label=_("Her signature"), value=row.signed_name, note=_("As she typed it") if row.signed_name else ""),
        Fact(label=_("Name on the paper"), value=terms.name_on_paper),
        Fact(label=_("With a parent"), value=terms.cosigner_name),
        Fact(label=_("Signed for her by"), value=terms.signer_name, note=words.signer(row.signer) if terms.signer_name else ""),
        Fact(label=_("About which case or study"), value=terms.matter),
        Fact(label=_("Read in"), value=str(words.LANGUAGES.get(row.language, row.language)), note=_by(row.reader)),
        Fact(label=_("She stopped it"), value=stopped, note=_("Heard by %(name)s") % {"name": terms.heard_by} if stopped and terms.heard_by else ""),
    ]
    return Facts(items=tuple(fact for fact in told if fact.value))


def _event_note(row: Consent) -> str:
    if row.event_on:
        return _("It happened on %(day)s") % {"day": words.day(row.event_on)}
    return _("Asked on %(day)s: it still holds") % {"day": words.day(row.held_on)} if row.held_on else ""


def _by(reader: str) -> str:
    return _("By %(name)s") % {"name": reader} if reader else ""


def gives(page: OneConsent, *, own_id: UUID) -> list[tuple[str, str, str]]:
    """What was disclosed under one consent: when, to whom, what."""
    return [
        (_hour(give.hour), words.agency_name(page.agencies.get(give.recipient_id), own_id=own_id), words.category(give.category))
        for give in page.gives
    ]


def look_rows(page: Looked, *, own_id: UUID) -> list[tuple[str, str, str]]:
    """Looks: when, who, what. Looks of one minute that read the same stand once."""
    rows = [(_hour(row.at), _who(page, row.agency_id, row.worker_id, own_id=own_id), words.categories(row.categories)) for row in page.looks]
    return list(dict.fromkeys(rows))


def give_rows(page: Looked, *, own_id: UUID, keeps: bool = False) -> list[tuple[str, str, str, str, tuple[str, str]]]:
    """Disclosures: when, to whom, what, on which authority, and the address and name of the paper where this reader may open it."""
    return [
        (
            _hour(row.hour), _who(page, row.recipient_id, row.worker_id, own_id=own_id), words.category(row.category), _authority(row),
            basis.paper_link(basis=row.basis, instrument_id=row.instrument_id, is_own=row.holder_id == own_id, keeps=keeps),
        )
        for row in page.gives
    ]  # fmt: skip


def _authority(row: Disclosure) -> str:
    """What it rests on in words, with the citations, and whether a rule under them still waits for counsel (docs/rules/unreviewed.md)."""
    return f"{basis.said(basis=row.basis, review_needed=row.review_needed)} ({'; '.join(row.basis)})"


def _yes(row: Disclosure) -> str:
    return "yes" if row.review_needed else ""


def by_hand_rows(page: Looked) -> list[tuple[str, str, str, str, str, str, bool]]:
    """What was given by hand or on paper: when, to whom, what, how, on which authority, the address, and whether the law permitted it."""
    return [(_hour(row.at), row.to, words.categories(row.categories), row.how, "; ".join(row.basis), row.url, row.permitted) for row in page.by_hand]


def looked_csv(page: Looked, *, own_id: UUID) -> str:
    """Both lists as one table for a privacy officer."""
    out = StringIO()
    table = csv.writer(out)
    table.writerow(["kind", "when", "who", "what", "authority", "consent", "counsel_review_needed"])
    for row in page.looks:
        who = _who(page, row.agency_id, row.worker_id, own_id=own_id)
        table.writerow(["look", row.at.isoformat(), _plain(who), words.categories(row.categories), "", "", ""])
    for give in page.gives:
        who = _who(page, give.recipient_id, give.worker_id, own_id=own_id)
        paper = str(give.instrument_id or "")
        table.writerow(["disclosure", give.hour.isoformat(), _plain(who), words.category(give.category), "; ".join(give.basis), paper, _yes(give)])
    for hand in page.by_hand:
        what = words.categories(hand.categories)
        table.writerow(["by hand", hand.at.isoformat(), _plain(hand.to), what, "; ".join(hand.basis), ""])
    return out.getvalue()


def asked_to_stop(page: OneConsent) -> str:
    """The day on which she asked to stop a form that waits for the final disposition, while it is in force (42 CFR 2.35(c))."""
    asked = terms_of(page.standing.row).asked_to_stop_on
    return words.day(date.fromisoformat(asked)) if asked and page.standing.is_live else ""


def stops(page: OneConsent, *, own_id: UUID) -> list[str]:
    """What stops with this consent, by group."""
    return [stop_line(page.standing.row, agencies=page.agencies, own_id=own_id)]


def stop_line(row: Consent, *, agencies: dict[UUID, Agency], own_id: UUID) -> str:
    """Who no longer sees what when one consent is over."""
    to = words.recipients(row, agencies=agencies, own_id=own_id)
    return _("%(to)s no longer sees: %(what)s") % {"to": to, "what": words.information(row.information)}


def on_paper(page: OneConsent) -> str:
    """Whom it names who has no place here: what she allows is told to them in person or on paper."""
    row = page.standing.row
    known = {agency.name_outside for agency in page.agencies.values()}
    people = len([pk for pk in row.recipient_ids if pk not in page.agencies])
    return words.listed(name for name in row.recipient_names[people:] if name not in known)


def _who(page: Looked, agency_id: UUID | None, worker_id: UUID | None, *, own_id: UUID) -> str:
    agency = page.agencies.get(agency_id) if agency_id else None
    place = words.agency_name(agency, own_id=own_id) if agency else _("Someone with her leave")
    worker = page.workers.get(worker_id, "") if worker_id and agency_id == own_id else ""
    return f"{worker}, {place}" if worker else place


def _plain(text: str) -> str:
    # A spreadsheet reads a leading sign as a formula.
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _hour(at: datetime) -> str:
    local = at.astimezone(clock.zone(settings.TIME_ZONE))
    return f"{date_format(local, 'DATE_FORMAT')}, {time_format(local, 'TIME_FORMAT')}"
