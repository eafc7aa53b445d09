"""Hands an identified notification or a report to the agency that must act on it, when the law lets it have it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.agencies.models import Agency
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.infra.access.models import Disclosure
from careloom.infra.audit.actions import record
from careloom.infra.packs import load_pack
from careloom.kernel import disclosure
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.clocks import due_at, local_day
from careloom.kernel.packs.schema import ClockName
from careloom.notifications.actions.leaving import what_leaves
from careloom.notifications.models import Notification, ReceivedNotification
from careloom.people.models import PersonRecord
from careloom.work.actions import meet_obligation, open_obligation

PURPOSES = {"REPORT": "child_abuse_report_initial", "IDENTIFIED": "capta_notification"}


@transaction.atomic
def deliver_identified(*, notification_id: UUID, holder_id: UUID, at: datetime) -> int:
    """Write what child welfare of the family's county receives: one row for a report, one for a notification with names.

    Returns how many rows exist for it now. Idempotent. Nothing is written when the kernel does not permit it (42 CFR 2.12(c)(6);
    45 CFR 164.512(b)(1)(ii); 42 U.S.C. 5106a(b)(2)(B)(ii)).
    """
    job = system(System.JOB, holder_id=holder_id)
    with acting_as(job):
        row = Notification.objects.filter(pk=notification_id, holder_id=holder_id, status__in=["SENT", "VOIDED"]).first()
        leaving = {} if row is None or row.status == "VOIDED" else {kind: what_leaves(row, kind=kind) for kind in _kinds(row)}
    if row is None:
        return 0
    hospital = Agency.objects.get(pk=holder_id)
    with acting_as(job):
        agency = _child_welfare(row, hospital=hospital)
    if agency is None:
        # Nobody can receive it here: the hospital itself must call, and says so when it has.
        _have_hospital_call(row, at=at, by=job, needed=bool(leaving))
        return 0
    _recall(row, agency=agency, kept=frozenset(leaving), at=at)
    return sum(_deliver(row, kind=kind, facts=facts, hospital=hospital, agency=agency, at=at) for kind, facts in leaving.items())


def _kinds(row: Notification) -> list[str]:
    kinds = ["REPORT"] if row.answer.get("report") else []
    return kinds + (["IDENTIFIED"] if row.answer.get("notify") == "IDENTIFIED" else [])


def _child_welfare(row: Notification, *, hospital: Agency) -> Agency | None:
    """Child welfare of the county where the family lives, else of the hospital's county, else one that serves the whole state."""
    mother = PersonRecord.objects.filter(identity_id=row.identity_id, holder_id=row.holder_id).order_by("made_at").first()
    all_of_kind = Agency.objects.filter(kind=AgencyKind.CPS_AGENCY, active=True, pack=hospital.pack).order_by("name")
    counties = [mother.county if mother else "", hospital.county]
    found = (all_of_kind.filter(county__iexact=county).first() for county in counties if county)
    return next((agency for agency in found if agency), None) or all_of_kind.filter(county="").first()


def _have_hospital_call(row: Notification, *, at: datetime, by: Viewer, needed: bool) -> None:
    if needed:
        open_obligation(
            by=by, at=at, holder_id=row.holder_id, kind="CALL_CHILD_WELFARE", family_id=row.identity_id, identity_id=row.identity_id,
            link=f"/births/{row.pk}/", request_key=f"call-{row.pk}", worker_id=row.sent_by, about_id=row.pk, about_kind="NOTIFICATION",
            due_at=at, promised=True, category="notif.capta_identified",
        )  # fmt: skip


def _recall(row: Notification, *, agency: Agency, kept: frozenset[str], at: datetime) -> None:
    """Mark what child welfare holds as withdrawn when the notification, or this part of it, no longer stands."""
    their_job = system(System.JOB, holder_id=agency.pk)
    with acting_as(their_job):
        gone = ReceivedNotification.objects.filter(holder_id=agency.pk, notification_id=row.pk, withdrawn_at=None).exclude(kind__in=kept)
        for got in gone:
            ReceivedNotification.objects.filter(pk=got.pk).update(withdrawn_at=at)
            meet_obligation(by=their_job, at=at, about_id=got.pk)
            record(by=their_job, at=at, action="notifications.recalled", identity_id=row.identity_id, object_id=got.pk)


def _deliver(row: Notification, *, kind: str, facts: dict[str, object], hospital: Agency, agency: Agency, at: datetime) -> int:
    decision = disclosure.decide(_scenario(row, kind=kind, hospital=hospital, agency=agency, at=at))
    if decision.outcome is not disclosure.Outcome.PERMIT:
        return 0
    their_job = system(System.JOB, holder_id=agency.pk)
    with acting_as(their_job):
        known = ReceivedNotification.objects.filter(holder_id=agency.pk, notification_id=row.pk, kind=kind).first()
        if known is not None:
            if known.facts != facts:
                known.facts, known.corrected_at, known.withdrawn_at = facts, at, None
                known.save()
                record(by=their_job, at=at, action="notifications.received_again", identity_id=row.identity_id, object_id=known.pk)
                _account(row, kind=kind, agency=agency, decision=decision, at=at)
            return 1
        got = ReceivedNotification(
            holder_id=agency.pk, identity_id=row.identity_id, category="cw.report", notification_id=row.pk, kind=kind,
            from_agency_id=hospital.pk, facts=facts, basis=[str(b)[:80] for b in decision.basis], received_at=at,
        )  # fmt: skip
        got.save()
        record(by=their_job, at=at, action="notifications.received", identity_id=row.identity_id, object_id=got.pk, detail={"kind": kind})
        open_obligation(
            by=their_job, at=at, holder_id=agency.pk, kind=f"RECEIVED_{kind}", family_id=row.identity_id, identity_id=row.identity_id,
            link=f"/births/received/{got.pk}/", request_key=f"received-{got.pk}", about_id=got.pk, about_kind="RECEIVED", promised=True,
            category="cw.report", due_at=answer_due(pack=row.pack, at=at),
        )  # fmt: skip
    _account(row, kind=kind, agency=agency, decision=decision, at=at)
    return 1


def _scenario(row: Notification, *, kind: str, hospital: Agency, agency: Agency, at: datetime) -> disclosure.Scenario:
    zone = load_pack(name=row.pack).manifest.zone
    return disclosure.Scenario(
        request=disclosure.Request(
            actor=disclosure.Actor.CPS_AGENCY,
            actor_org=str(agency.pk),
            actor_role="intake_screener",
            subject=disclosure.Subject.INFANT,
            category=disclosure.Category.NOTIF_CAPTA_IDENTIFIED if kind == "IDENTIFIED" else disclosure.Category.HIPAA_NEWBORN_RECORD,
            purpose=disclosure.Purpose(PURPOSES[kind]),
            on=local_day(at=at, zone=zone),
        ),
        source=disclosure.Source(
            holder=str(hospital.pk),
            holder_type="hospital",
            is_covered_entity=hospital.is_covered_entity,
            is_part2_program=hospital.is_part2_program,
            provenance=disclosure.Provenance.ORIGINATING,
        ),
        facts=disclosure.Facts(
            report_under_state_law=kind == "REPORT",
            initial_report=kind == "REPORT",
            affected_by_prenatal_exposure=True,
            state_law_requires_identified_notification=kind == "IDENTIFIED",
            required_by_law=True,
        ),
    )


def answer_due(*, pack: str, at: datetime) -> datetime:
    """When child welfare must have met the family: the pack's clock from receipt (workflows 6.1; journey J3)."""
    rules = load_pack(name=pack)
    return due_at(start=at, rule=rules.clocks[ClockName.SAFETY_FACE_TO_FACE].due, calendar=rules.calendar)


def _account(row: Notification, *, kind: str, agency: Agency, decision: disclosure.Decision, at: datetime) -> None:
    recipient = system(System.JOB, holder_id=agency.pk)
    with acting_as(replace(recipient, principal_id=agency.pk)):
        Disclosure.objects.bulk_create(
            [
                Disclosure(
                    hour=at.replace(minute=0, second=0, microsecond=0),
                    identity_id=infant,
                    holder_id=row.holder_id,
                    recipient_id=agency.pk,
                    category="hipaa.newborn_record",
                    purpose=PURPOSES[kind],
                    basis=list(decision.basis),
                    obligations=sorted(decision.obligations),
                )
                for infant in row.infant_ids
            ],
            ignore_conflicts=True,
        )
