"""Turns consents, agencies and segments into what the disclosure kernel reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import get_type_hints
from uuid import UUID

from django.conf import settings

from careloom.agencies.models import Agency
from careloom.consents.models import CourtOrder, DataClause
from careloom.consents.rows import Form, Held
from careloom.consents.terms import facts_of, form_words
from careloom.kernel import disclosure
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.clocks import local_day

NO_NAMES: Mapping[UUID, str] = {}


def kernel_consent(consent: Form, *, discloser: str, subject: disclosure.Subject) -> disclosure.Consent:
    """The form as the kernel reads it, for one of its disclosers and one of its subjects. Agencies go by their id."""
    statements = {name: bool(consent.statements.get(name)) for name in disclosure.Statements.__dataclass_fields__}
    recipients = [str(agency) for agency in consent.recipient_ids] + list(consent.recipient_names)
    if consent.recipient_class:
        recipients.append(consent.recipient_class)
    return disclosure.Consent(
        id=str(consent.pk),
        kind=disclosure.ConsentKind(consent.kind),
        patient=subject,
        discloser=discloser,
        recipients=tuple(recipients),
        info=tuple(consent.information),
        purposes=tuple(consent.purposes),
        signed=consent.signed_on,
        expires=consent.expires_on,
        expiry_event=consent.expiry_event or None,
        # A spoken yes is no signature; it carries a plan agreement only (45 CFR 164.510(b)).
        signer=(consent.signer or None) if consent.signature_method != "SPOKEN" or consent.kind == "plan_agreement" else None,
        statements=disclosure.Statements(**statements),
        # The local legal day: a withdrawal at nine in the evening is already tomorrow in UTC, and must not wait for it.
        revoked=local_day(at=consent.revoked_at, zone=settings.TIME_ZONE) if consent.revoked_at else None,
        **form_words(consent),
    )


#: What a court states in an order, by the names of the kernel's own fields (42 CFR 2.61 to 2.67).
FINDINGS = tuple(name for name, kind in get_type_hints(disclosure.CourtOrder).items() if kind is bool)
#: What an agreement undertakes, by the names of the kernel's own fields.
TERMS = tuple(name for name, kind in get_type_hints(disclosure.Agreement).items() if kind is bool)


def kernel_order(order: CourtOrder) -> disclosure.CourtOrder:
    """The court's paper as the kernel reads it. Agencies go by their id; the court that made it is named and reads only if it is a recipient."""
    return disclosure.CourtOrder(
        id=str(order.pk),
        kind=disclosure.OrderKind(order.kind),
        court=order.court,
        issued=order.issued_on,
        expires=order.expires_on,
        scope=tuple(order.scope),
        recipients=tuple(str(agency) for agency in order.recipient_ids),
        ground_2_63=order.ground_2_63 or None,
        **{name: name in order.findings for name in FINDINGS},
    )


def kernel_agreement(clause: DataClause, *, names: Mapping[UUID, str] = NO_NAMES) -> disclosure.Agreement:
    """A data clause as the kernel reads it: the agreement between its two agencies, by their id or by what `names` calls them."""
    return disclosure.Agreement(
        id=str(clause.pk),
        kind=disclosure.AgreementKind(clause.kind),
        parties=(names.get(clause.discloser_id) or str(clause.discloser_id), names.get(clause.recipient_id) or str(clause.recipient_id)),
        start=clause.starts_on,
        end=clause.ends_on,
        **{name: clause.terms.get(name) is True for name in TERMS},
    )


def kernel_source(segment: Held, *, agency: Agency | None) -> disclosure.Source:
    """Who holds the segment and how it came there; a person who holds her own words is no program and no covered entity."""
    return disclosure.Source(
        holder=str(segment.holder_id),
        holder_type=AgencyKind(agency.kind).org_type if agency else "patient",
        is_covered_entity=bool(agency and agency.is_covered_entity),
        is_part2_program=bool(agency and agency.is_part2_program),
        provenance=disclosure.Provenance(segment.provenance),
    )


def kernel_request(
    *, recipient: str, actor: disclosure.Actor, subject: disclosure.Subject, category: str, purpose: str, on: date
) -> disclosure.Request:
    """One question to the kernel."""
    return disclosure.Request(
        actor=actor,
        actor_org=recipient,
        actor_role="worker",
        subject=subject,
        category=disclosure.Category(category),
        purpose=disclosure.Purpose(purpose),
        on=on,
    )


def subject_of(identity_id: UUID, *, mother_ids: frozenset[UUID]) -> disclosure.Subject:
    """Whether an identity is a mother who signs or an infant whom she signs for."""
    return disclosure.Subject.MOTHER if identity_id in mother_ids else disclosure.Subject.INFANT


def kernel_facts(consent: Form) -> disclosure.Facts:
    """The facts that a consent's own life needs: whether the event it ends with has happened, that a class of treating providers treats, and
    what its signature rests on."""
    event = (disclosure.Event(name=consent.expiry_event, on=consent.event_on),) if consent.expiry_event else ()
    return disclosure.Facts(events=event, treating_relationship=True if consent.kind == "tpo_single" else None, **facts_of(consent))
