"""The consents of one mother, and one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.consents.models import Consent
from careloom.consents.pages.people import people_of
from careloom.consents.pages.subject import Subject, subject_of
from careloom.consents.queries import SeesRow, Status, consents_of, ending_with, get_consent, status_of, who_sees_what
from careloom.infra import clock
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.access.accounting import account
from careloom.infra.access.models import Disclosure
from careloom.people.models import PersonRecord
from careloom.people.queries import with_infants

LIVE = frozenset({Status.ACTIVE, Status.EXPIRES_SOON})
PAGE = 25


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A consent and where it stands today."""

    row: Consent
    status: Status

    @property
    def is_live(self) -> bool:
        """Whether it is in force."""
        return self.status in LIVE


@dataclass(frozen=True, kw_only=True)
class FamilyConsents:
    """All of them, with who sees what now."""

    subject: Subject
    consents: tuple[Standing, ...]
    sees: tuple[SeesRow, ...]
    agencies: dict[UUID, Agency]
    own_people: dict[UUID, str]
    today: date


@dataclass(frozen=True, kw_only=True)
class OneConsent:
    """One of them, with what was given under it. `gives` is a page of the accounting, newest first."""

    standing: Standing
    people: dict[UUID, PersonRecord]
    agencies: dict[UUID, Agency]
    gives: tuple[Disclosure, ...]
    has_more: bool
    page: int
    today: date

    @property
    def name(self) -> str:
        """What she is called, where the reader sees her."""
        mother = self.people.get(self.standing.row.identity_id)
        return (mother.preferred_name or mother.given_name) if mother else ""


def family_consents(*, viewer: Viewer, identity_id: UUID, at: datetime) -> FamilyConsents:
    """Every consent of hers that `viewer` may read. Raises NotVisible as `subject_of` does."""
    subject = subject_of(viewer=viewer, identity_id=identity_id, place="consents:family", at=at)
    rows, today = consents_of(viewer=viewer, identity_id=identity_id), clock.today()
    account(viewer=viewer, place="consents:family", rows=rows, at=at)
    sees = who_sees_what(viewer=viewer, identity_ids=list(subject.identity_ids), at=at)
    named = {pk for row in rows for pk in (*row.discloser_ids, *row.recipient_ids, row.holder_id)} | {row.recipient_id for row in sees}
    standing = tuple(Standing(row=row, status=status_of(row, on=today)) for row in rows)
    agencies = agencies_by_id(ids=named)
    return FamilyConsents(
        subject=subject, consents=standing, sees=tuple(sees), agencies=agencies, own_people=people_of(rows, agencies=agencies), today=today
    )


def ends_together(*, viewer: Viewer, row: Consent, at: datetime) -> tuple[list[Consent], dict[UUID, Agency]]:
    """Every consent in force of hers that ends with the event of `row`, as far as `viewer` reads them, with the agencies that they name."""
    rows = ending_with(viewer=viewer, identity_id=row.identity_id, events=[row.expiry_event], at=at)
    account(viewer=viewer, place="consents:happened", rows=rows, at=at)
    return rows, agencies_by_id(ids={pk for one in rows for pk in one.recipient_ids})


def one_consent(*, viewer: Viewer, consent_id: UUID, at: datetime, place: str = "consents:one", page: int = 1) -> OneConsent:
    """One consent with its accounting, as far as `viewer` may see. Raises NotVisible when it is hidden or absent."""
    row = get_consent(viewer=viewer, consent_id=consent_id)
    if row is None:
        raise NotVisible
    people = with_infants(viewer=viewer, identity_ids=[row.identity_id])
    account(viewer=viewer, place=place, rows=[row, *people], at=at)
    start = (page - 1) * PAGE
    found = list(Disclosure.objects.seen_by(viewer).filter(instrument_id=row.pk).order_by("-hour", "id")[start : start + PAGE + 1])
    named = {*row.discloser_ids, *row.recipient_ids, row.holder_id, *(give.recipient_id for give in found)}
    known: dict[UUID, PersonRecord] = {}
    for person in people:
        known.setdefault(person.identity_id, person)
    today = clock.today()
    return OneConsent(
        standing=Standing(row=row, status=status_of(row, on=today)), people=known, agencies=agencies_by_id(ids=named), gives=tuple(found[:PAGE]),
        has_more=len(found) > PAGE, page=page, today=today,
    )  # fmt: skip
