"""A mother's consents, one consent, and who looked, in words."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from careloom.consents.pages.family import FamilyConsents, OneConsent, Standing
from careloom.consents.pages.looked import Looked
from careloom.consents.presenters import words
from careloom.infra import clock
from careloom.infra.ui.components import Fact, Facts, SeesCell, SeesRow, SeesTable, Status

PLAN = frozenset({"posc.plan_core", "posc.referral_status"})
HEALTH = frozenset({"hipaa.ob_record", "hipaa.newborn_record", "hipaa.mental_health"})
FAR = 9000


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
    """Who sees what now, as far as the reader may know; None where nothing is shared."""
    rows = [
        SeesRow(
            agency=words.agency_name(page.agencies[row.recipient_id], own_id=own_id),
            cells=(
                _cell(row.categories, PLAN), _cell(row.categories, HEALTH), _treatment(row.categories),
                SeesCell(words=_("While it holds") if row.until.year >= FAR else words.day(row.until - timedelta(seconds=1))),
                SeesCell(words=words.day(row.last_looked) or _("Not yet")),
            ),
        )
        for row in page.sees if row.recipient_id in page.agencies
    ]  # fmt: skip
    if not rows:
        return None
    columns = (_("Agency"), _("Plan and visits"), _("Birth and health"), _("Treatment"), _("Until"), _("Last looked"))
    return SeesTable(label=_("Who sees what"), columns=columns, rows=tuple(sorted(rows, key=lambda row: row.agency)))


def _cell(held: frozenset[str], heap: frozenset[str]) -> SeesCell:
    common = held & heap
    if not common:
        return SeesCell(words=_("Not shared"), kind="none")
    return SeesCell(words=_("Sees"), kind="yes") if common == heap else SeesCell(words=_("Part"), kind="part")


def _treatment(held: frozenset[str]) -> SeesCell:
    told = [one for one in held if one.startswith("part2.") or one == "posc.plan_part2_segment"]
    return SeesCell(words=_("Sees"), kind="yes") if told else SeesCell(words=_("Not shared"), kind="none")


def facts(page: OneConsent, *, own_id: UUID) -> Facts:
    """What a consent says."""
    row = page.standing.row
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
        Fact(label=_("Until"), value=words.until(row)),
        Fact(label=_("Signed"), value=signed, note=str(words.KINDS.get(row.kind, ""))),
        Fact(label=_("Her signature"), value=row.signed_name, note=_("As she typed it") if row.signed_name else ""),
        Fact(label=_("Read in"), value=str(words.LANGUAGES.get(row.language, row.language)), note=_by(row.reader)),
        Fact(label=_("She stopped it"), value=stopped),
    ]
    return Facts(items=tuple(fact for fact in told if fact.value))


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


def give_rows(page: Looked, *, own_id: UUID) -> list[tuple[str, str, str, str, str]]:
    """Disclosures: when, to whom, what, on which authority, and the address of the paper."""
    return [
        (
            _hour(row.hour), _who(page, row.recipient_id, row.worker_id, own_id=own_id), words.category(row.category), "; ".join(row.basis),
            reverse("consents:one", args=[row.instrument_id]) if row.instrument_id else "",
        )
        for row in page.gives
    ]  # fmt: skip


def looked_csv(page: Looked, *, own_id: UUID) -> str:
    """Both lists as one table for a privacy officer."""
    out = StringIO()
    table = csv.writer(out)
    table.writerow(["kind", "when", "who", "what", "authority", "consent"])
    for row in page.looks:
        who = _who(page, row.agency_id, row.worker_id, own_id=own_id)
        table.writerow(["look", row.at.isoformat(), _plain(who), words.categories(row.categories), "", ""])
    for give in page.gives:
        who = _who(page, give.recipient_id, give.worker_id, own_id=own_id)
        paper = str(give.instrument_id or "")
        table.writerow(["disclosure", give.hour.isoformat(), _plain(who), words.category(give.category), "; ".join(give.basis), paper])
    return out.getvalue()


def stops(page: OneConsent, *, own_id: UUID) -> list[str]:
    """What stops with this consent, by group."""
    row = page.standing.row
    to = words.recipients(row, agencies=page.agencies, own_id=own_id)
    return [_("%(to)s no longer sees: %(what)s") % {"to": to, "what": words.information(row.information)}]


def ends(rows: Iterable[Consent], *, page: OneConsent, own_id: UUID) -> list[str]:
    """What ends with an event, by consent."""
    return [
        _("%(to)s no longer sees: %(what)s") % {
            "to": words.recipients(row, agencies=page.agencies | agencies_of(row), own_id=own_id), "what": words.information(row.information)
        }
        for row in rows
    ]  # fmt: skip


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
