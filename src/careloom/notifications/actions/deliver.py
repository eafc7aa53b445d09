"""Hands an identified notification or a report to the agency that must act on it, when the law lets it have it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.agencies.models import Agency
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.models import Disclosure
from careloom.infra.audit.actions import record
from careloom.infra.packs import load_pack
from careloom.kernel import disclosure
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.clocks import due_at, local_day
from careloom.kernel.packs.schema import ClockName
from careloom.notifications.models import Notification, ReceivedNotification
from careloom.work.actions import open_obligation

PURPOSES = {"REPORT": "child_abuse_report_initial", "IDENTIFIED": "capta_notification"}


@transaction.atomic
def deliver_identified(*, notification_id: UUID, holder_id: UUID, at: datetime) -> int:
    """Write what child welfare of the family's county receives: one row for a report, one for a notification with names.

    Returns how many rows exist for it now. Idempotent. Nothing is written when the kernel does not permit it (42 CFR 2.12(c)(6);
    45 CFR 164.512(b)(1)(ii); 42 U.S.C. 5106a(b)(2)(B)(ii)).
    """
    job = system(System.JOB, holder_id=holder_id)
    with acting_as(job):
        row = Notification.objects.filter(pk=notification_id, holder_id=holder_id, status="SENT").first()
    if row is None:
        return 0
    hospital = Agency.objects.get(pk=holder_id)
    kinds = ["REPORT"] if row.answer.get("report") else []
    kinds += ["IDENTIFIED"] if row.answer.get("notify") == "IDENTIFIED" else []
    agency = _child_welfare(county=hospital.county)
    if agency is None:
        return 0
    return sum(_deliver(row, kind=kind, hospital=hospital, agency=agency, at=at) for kind in kinds)


def _child_welfare(*, county: str) -> Agency | None:
    all_of_kind = Agency.objects.filter(kind=AgencyKind.CPS_AGENCY, active=True)
    return all_of_kind.filter(county=county).first() or all_of_kind.first()


def _deliver(row: Notification, *, kind: str, hospital: Agency, agency: Agency, at: datetime) -> int:
    decision = disclosure.decide(_scenario(row, kind=kind, hospital=hospital, agency=agency, at=at))
    if decision.outcome is not disclosure.Outcome.PERMIT:
        return 0
    their_job = system(System.JOB, holder_id=agency.pk)
    with acting_as(their_job):
        exists = ReceivedNotification.objects.filter(holder_id=agency.pk, notification_id=row.pk, kind=kind).first()
        if exists is not None:
            return 1
        got = ReceivedNotification(
            holder_id=agency.pk, identity_id=row.identity_id, category="cw.report", notification_id=row.pk, kind=kind,
            from_agency_id=hospital.pk, facts=_facts(row, kind), received_at=at,
        )  # fmt: skip
        got.save()
        record(by=their_job, at=at, action="notifications.received", identity_id=row.identity_id, object_id=got.pk, detail={"kind": kind})
        open_obligation(
            by=their_job, at=at, holder_id=agency.pk, kind=f"RECEIVED_{kind}", family_id=row.identity_id, identity_id=row.identity_id,
            link=f"/births/received/{got.pk}/", request_key=f"received-{got.pk}", about_id=got.pk, about_kind="RECEIVED", promised=True,
            category="cw.report", due_at=_answer_due(row, at=at),
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


def _facts(row: Notification, kind: str) -> dict[str, object]:
    """Only what the rules let leave: never program-sourced records, and the safety words only in a report."""
    allowed = {"withdrawal", "fasd", "goes_home_with", "in_treatment", "exposures"} | ({"safety_words"} if kind == "REPORT" else set())
    return {key: value for key, value in row.facts.items() if key in allowed} | {"infants": len(row.infant_ids)}


def _answer_due(row: Notification, *, at: datetime) -> datetime:
    pack = load_pack(name=row.pack)
    return due_at(start=at, rule=pack.clocks[ClockName.SAFETY_FACE_TO_FACE].due, calendar=pack.calendar)


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
