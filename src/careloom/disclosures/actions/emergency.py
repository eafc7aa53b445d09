"""A clinician opens what others hold in an emergency; each discloser is told and looks at it. Source: 42 CFR 2.51; workflows 6.16."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse

from careloom.agencies.models import Agency
from careloom.consents.actions import EmergencyDraft, Opened, Refused, open_emergency
from careloom.consents.actions.outcomes import require_keeper
from careloom.consents.models import EmergencyOpening
from careloom.disclosures.keepers import REVIEW_DAYS, business_day, end_of, for_review, keeper_of
from careloom.disclosures.models import EmergencyFinding
from careloom.disclosures.models.trail import CATEGORY
from careloom.infra import clock
from careloom.infra.access import NotVisible, System, Viewer, acting_as, require, system
from careloom.infra.access.accounting import account
from careloom.infra.answers import Done, said
from careloom.infra.answers import Refused as NotTaken
from careloom.infra.audit.actions import record
from careloom.kernel.events import EmergencyOpened
from careloom.people.actions import search_key
from careloom.people.models import PersonRecord
from careloom.people.queries import numbered
from careloom.work.actions import meet_obligation, open_obligation

REVIEW, MANY, NOT_JUSTIFIED_KIND = "EMERGENCY_REVIEW", "EMERGENCY_MANY", "EMERGENCY_NOT_JUSTIFIED"
JUSTIFIED, NOT_JUSTIFIED = "JUSTIFIED", "NOT_JUSTIFIED"
#: No rule names a number. More than three openings by one worker in seven days is looked at by her own privacy officer: our own choice.
OFTEN, WITHIN = 3, timedelta(days=7)


def bedside(by: Viewer) -> Viewer:
    """The clinician as who treats whoever is brought in: any patient registered at her own facility, not only those of her caseload.

    Raises NotVisible for a role that does not treat.
    """
    require(by)
    if not by.can("EMERGENCY_OPEN") or by.worker_id is None:
        raise NotVisible
    return replace(by, whole_agency=True)


def registered(*, by: Viewer, at: datetime, given_name: str, family_name: str, born_on: date | None, number: str) -> list[PersonRecord]:
    """Patients in the facility's own registration who fit exactly: by number, or by both names and the day of birth. One query, logged."""
    near = bedside(by)
    with acting_as(near):
        if number.strip():
            rows = numbered(viewer=near, number=number.strip())
        else:
            named = {"birth_date": born_on, "search_key": search_key(f"{given_name} {family_name}")}
            rows = PersonRecord.objects.seen_by(near).filter(holder_id=by.holder_id, **named)
        found = list(rows.order_by("made_at")[:5])
        account(viewer=near, place="disclosures:emergency", rows=found, at=at)
    return found


def own_patient(*, by: Viewer, identity_id: UUID) -> PersonRecord:
    """The record of a patient in the facility's own registration. Raises NotVisible where it has none."""
    near = bedside(by)
    with acting_as(near):
        row = PersonRecord.objects.seen_by(near).filter(holder_id=by.holder_id, identity_id=identity_id).order_by("made_at").first()
    if row is None:
        raise NotVisible
    return row


def open_for_patient(*, by: Viewer, at: datetime, draft: EmergencyDraft, request_key: str) -> Opened | Refused:
    """Open what others hold of one of the facility's own patients. Raises NotVisible for anybody else. Idempotent on `request_key`."""
    own_patient(by=by, identity_id=draft.identity_id)
    near = bedside(by)
    with acting_as(near):
        return open_emergency(by=near, at=at, draft=draft, request_key=request_key)


@transaction.atomic
def tell_disclosers(event: EmergencyOpened, *, at: datetime | None = None) -> int:
    """Owe each discloser's privacy officer a review within a business day, and tell the opener's own officer of somebody who opens often.

    Runs after the commit of the opening, at least once. Returns how many disclosers were told.
    """
    at = at or clock.now()
    job = system(System.JOB, holder_id=event.holder_id)
    with acting_as(job):
        opening = EmergencyOpening.objects.filter(pk=event.opening_id).first()
        if opening is None:
            return 0
        since = opening.opened_at - WITHIN
        lately = EmergencyOpening.objects.filter(worker_id=opening.worker_id, opened_at__gt=since, opened_at__lte=opening.opened_at).count()
        agencies = {agency.pk: agency for agency in Agency.objects.filter(pk__in=[opening.holder_id, *opening.discloser_ids])}
        for discloser in (agencies[pk] for pk in opening.discloser_ids if pk in agencies):
            _owe(opening, kind=REVIEW, holder=discloser, link=reverse("disclosures:review", args=[opening.pk]), by=job, at=at)
        if lately > OFTEN and opening.holder_id in agencies:
            _owe(opening, kind=MANY, holder=agencies[opening.holder_id], link=reverse("disclosures:openings"), by=job, at=at)
    return len(opening.discloser_ids)


@transaction.atomic
def review_opening(*, by: Viewer, at: datetime, opening_id: UUID, outcome: str, note: str) -> Done | NotTaken:
    """Keep what a discloser found about an opening of its records; one that was not justified is told to the agency that opened.

    Once written it stays. Raises NotVisible for who keeps no papers and for an opening that took nothing from this agency.
    """
    require_keeper(by)
    near = for_review(by)
    with acting_as(near):
        opening = EmergencyOpening.objects.filter(pk=opening_id, discloser_ids__contains=[by.holder_id]).first()
    if opening is None:
        raise NotVisible
    known = EmergencyFinding.objects.filter(opening_id=opening_id, holder_id=by.holder_id).first()
    if known is not None:
        return Done(row_id=known.pk)
    codes = (
        *(("OUTCOME",) if outcome not in {JUSTIFIED, NOT_JUSTIFIED} else ()),
        *(("NOTE",) if outcome == NOT_JUSTIFIED and len(note.strip()) < 12 else ()),
    )
    if codes:
        return NotTaken(codes=codes)
    finding = EmergencyFinding(
        id=uuid4(), holder_id=by.holder_id, identity_id=opening.identity_id, category=CATEGORY, opening_id=opening.pk, opener_id=opening.holder_id,
        worker_id=opening.worker_id, facility=opening.facility, nature=opening.nature, opened_at=opening.opened_at, outcome=outcome,
        note=said(note, most=600), found_at=at, found_by=by.worker_id,
    )  # fmt: skip
    finding.save()
    meet_obligation(by=by, at=at, about_id=opening.pk, kind=REVIEW)
    record(by=by, at=at, action="disclosures.emergency_reviewed", identity_id=opening.identity_id, object_id=opening.pk, detail={"outcome": outcome})
    if outcome == NOT_JUSTIFIED:
        opener = Agency.objects.get(pk=opening.holder_id)
        link = reverse("disclosures:finding", args=[finding.pk])
        _owe(opening, kind=NOT_JUSTIFIED_KIND, holder=opener, link=link, by=by, at=at)
    return Done(row_id=finding.pk)


@transaction.atomic
def finding_read(*, by: Viewer, at: datetime, finding_id: UUID) -> bool:
    """The opener's own officer looked into a finding. False when it was done. Raises NotVisible as reading it does."""
    require_keeper(by)
    finding = EmergencyFinding.objects.filter(pk=finding_id, opener_id=by.holder_id).first()
    if finding is None:
        raise NotVisible
    done = meet_obligation(by=by, at=at, about_id=finding.opening_id, kind=NOT_JUSTIFIED_KIND)
    if done:
        record(by=by, at=at, action="disclosures.finding_read", identity_id=finding.identity_id, object_id=finding.pk)
    return bool(done)


def openings_now(*, by: Viewer, at: datetime) -> list[EmergencyOpening]:
    """What this worker has open now, newest first. One query."""
    near = bedside(by)
    with acting_as(near):
        mine = EmergencyOpening.objects.filter(holder_id=by.holder_id, worker_id=by.worker_id, closed_at=None, closes_at__gt=at)
        return list(mine.order_by("-opened_at"))


def opening_of(*, by: Viewer, opening_id: UUID, kept: Iterable[str]) -> EmergencyOpening:
    """An opening of this worker that her session keeps. Raises NotVisible for anybody else's, and in another session."""
    near = bedside(by)
    with acting_as(near):
        row = EmergencyOpening.objects.filter(pk=opening_id, holder_id=by.holder_id, worker_id=by.worker_id).first()
    if row is None or str(row.pk) not in set(kept):
        raise NotVisible
    return row


def _owe(opening: EmergencyOpening, *, kind: str, holder: Agency, link: str, by: Viewer, at: datetime) -> None:
    day = business_day(agency=holder, at=at, days=REVIEW_DAYS)
    open_obligation(
        by=by, at=at, holder_id=holder.pk, kind=kind, family_id=opening.identity_id, identity_id=opening.identity_id, link=link,
        request_key=f"{kind.lower()}:{opening.pk}", worker_id=keeper_of(agency_id=holder.pk, at=at), due_at=end_of(day, agency=holder),
        promised=True, about_id=opening.pk, about_kind="EMERGENCY",
    )  # fmt: skip
