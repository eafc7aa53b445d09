"""Asks access who could see a referral: before anything is sent to an agency, and before an agency's answer is sent back."""

from __future__ import annotations

from datetime import datetime

from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.consents.queries import would_see
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.referral import Kind
from careloom.plans.models import Referral, ReferralEvent
from careloom.plans.referrals.answers import MissingConsent


def owner_of(*, by: Viewer, referral: Referral) -> Viewer:
    """The viewer that writes for the agency which asked: `by` itself, or the job role of that agency."""
    return by if by.holder_id == referral.holder_id else system(System.JOB, holder_id=referral.holder_id)


def missing_for_receiver(*, referral: Referral, at: datetime) -> MissingConsent | None:
    """What the asked agency lacks to see a LIVE referral; None when it can see it. LINK and LOGGED disclose nothing here."""
    if referral.kind != Kind.LIVE or referral.receiver_id is None:
        return None
    return _missing(row=referral, recipient=agencies_by_id(ids=[referral.receiver_id]).get(referral.receiver_id), at=at)


def missing_for_owner(*, event: ReferralEvent, referral: Referral, at: datetime) -> MissingConsent | None:
    """What a Part 2 program lacks to answer: its answer says that she is (or is not) its patient (42 CFR 2.13(c)).

    Other agencies answer the one who asked them for the family (45 CFR 164.506(c)(1)); None for them.
    """
    found = agencies_by_id(ids=[event.holder_id, referral.holder_id])
    program = found.get(event.holder_id)
    if program is None or event.holder_id == referral.holder_id or not program.is_part2_program:
        return None
    return _missing(row=event, recipient=found.get(referral.holder_id), at=at)


def _missing(*, row: Referral | ReferralEvent, recipient: Agency | None, at: datetime) -> MissingConsent | None:
    if recipient is None:
        raise LookupError("The receiver of a referral is not an agency.")
    purpose = AgencyKind(recipient.kind).purpose
    with acting_as(system(System.JOB, holder_id=row.holder_id)):
        sees = would_see(
            holder_id=row.holder_id, identity_id=row.identity_id, recipient_id=recipient.pk,
            category=row.category, provenance=row.provenance, purpose=purpose, at=at,
        )  # fmt: skip
    if sees:
        return None
    return MissingConsent(
        discloser_id=row.holder_id, recipient_id=recipient.pk, identity_id=row.identity_id, categories=(row.category,), purposes=(purpose,)
    )
