"""Hearings, the agency's recommendation, orders under seal, extensions with their evidence, and the family treatment court.

Source: 42 USC 675(5)(C); 42 CFR 2.31(a)(4), 2.64; 25 USC 1912(a); R-174, R-175, R-223.
"""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from uuid import UUID, uuid4

from django.db import transaction

from careloom.agencies.days import today_of
from careloom.agencies.models import Agency
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.documents.uploads import Upload, seal_upload
from careloom.kernel.clocks import Extension as Given
from careloom.kernel.clocks import extension_gaps, notice_not_before
from careloom.permanency.actions.outcomes import agency_of, change, closed, known, owe, put, refused, the_case, the_row
from careloom.permanency.actions.removing import owe_hearing
from careloom.permanency.evidence import evidence_for_court
from careloom.permanency.models import Case, Extension, Hearing, Paper, Removal, TreatmentCourt, TreatmentCourtStep, TribeNotice, TribeQuestion
from careloom.permanency.models.court import CANCELLED, HELD, PLANNED
from careloom.permanency.models.kin import INQUIRY
from careloom.permanency.queries import clock_of
from careloom.permanency.terms import care_terms
from careloom.permanency.words import EXTENSIONS, HEARINGS, ORDERS, PATHS, TREATMENT_ENDS
from careloom.work.actions import meet_obligation

#: Hearings that may order foster care or end rights; before them a Tribe that is named must have had its notice (25 USC 1912(a)).
WAIT_FOR_TRIBE = frozenset({"DISPOSITION", "PERMANENCY", "TERMINATION"})


@transaction.atomic
def plan_hearing(
    *, by: Viewer, at: datetime, case_id: UUID, kind: str, starts_at: datetime, court: str, child_id: UUID | None, request_key: str
) -> Done | Refused:  # fmt: skip
    """Put a hearing on the calendar of the case. Where a Tribe is named, not before its time (25 USC 1912(a)). Raises NotVisible."""
    case = the_case(by=by, case_id=case_id)
    done = known(Hearing, by=by, request_key=request_key) or closed(case)
    if done is not None:
        return done
    day = today_of(agency_of(by), at=starts_at)
    wrong = refused(NOTHING=kind not in HEARINGS or len(court.strip()) < 3) or _tribe_waits(case, kind=kind, child_id=child_id, day=day)
    if wrong is not None:
        return wrong
    row = put(
        Hearing, case=case, by=by, at=at, request_key=request_key, action="hearing_planned", shared=True, child_id=child_id, detail={"kind": kind},
        kind=kind, starts_at=starts_at, court=said(court, most=160),
    )  # fmt: skip
    owe(by=by, at=at, case=case, kind="HEARING_PLANNED", about=row.pk, due=day, agency=agency_of(by))
    return Done(row_id=row.pk)


def _tribe_waits(case: Case, *, kind: str, child_id: UUID | None, day: date) -> Refused | None:
    """Why a hearing about a child (None: about each) may not be on that day: a Tribe that is named for the child has not had its notice or its time.

    Each child has a notice of its own. Where every Tribe that was told answered that the child is none of theirs, nothing waits any more.
    """
    if kind not in WAIT_FOR_TRIBE:
        return None
    reasons = {one.child_id for one in TribeQuestion.objects.filter(case_id=case.pk) if one.has_reason}
    sent = list(TribeNotice.objects.filter(case_id=case.pk).exclude(proceeding=INQUIRY))
    named = {child for child in reasons | {one.child_id for one in sent} if child_id is None or child in {None, child_id}}
    terms, missing, early = care_terms(agency_pack(case)), False, False
    for child in named:
        told = [one for one in sent if one.child_id == child]
        live = [one for one in told if one.answer != "NOT_OURS"]
        missing = missing or not told or any(one.received_on is None for one in live)
        days = [(one.received_on, terms.more_days if one.more_time else 0) for one in live if one.received_on is not None]
        early = early or any(day < notice_not_before(received_on=on, wait_days=terms.wait_days, more_days=more) for on, more in days)
    return refused(NO_NOTICE=missing, TOO_EARLY=early)


def agency_pack(case: Case) -> str:
    """The pack of the place of the agency that holds a case."""
    return str(Agency.objects.values_list("pack", flat=True).get(pk=case.holder_id))


@transaction.atomic
def file_recommendation(
    *, by: Viewer, at: datetime, hearing_id: UUID, filed_on: date, recommends: str, row_version: int
) -> Done | Refused | Stale:  # fmt: skip
    """The agency's recommendation went to the court for a hearing (R-174). Raises NotVisible."""
    row = the_row(Hearing, by=by, row_id=hearing_id)
    wrong = refused(NOTHING=recommends not in PATHS, LATER=filed_on > today_of(agency_of(by), at=at), OVER=row.state != PLANNED)
    if wrong is not None:
        return wrong
    done = change(row, by=by, at=at, row_version=row_version, action="recommendation_filed", filed_on=filed_on, recommends=recommends)
    if isinstance(done, Done):
        for removal in _in_care(row):
            meet_obligation(by=by, at=at, about_id=removal.pk, kind="COURT_RECOMMENDATION")
            meet_obligation(by=by, at=at, about_id=removal.pk, kind="HEARING_NEAR")
    return done


def _in_care(row: Hearing) -> list[Removal]:
    rows = Removal.objects.filter(case_id=row.case_id, ended_on=None)
    return list(rows.filter(child_id=row.child_id) if row.child_id else rows)


@transaction.atomic
def hold_hearing(*, by: Viewer, at: datetime, hearing_id: UUID, decided: str, words: str, row_version: int) -> Done | Refused | Stale:
    """A hearing was held, with what was decided; after a permanency hearing the next one is owed by the clock. Raises NotVisible."""
    row = the_row(Hearing, by=by, row_id=hearing_id)
    if row.state == HELD:
        return Done(row_id=row.pk)
    wrong = refused(NOTHING=decided not in PATHS, LATER=row.starts_at > at, WORDS=len(words.strip()) < 3, OVER=row.state != PLANNED)
    if wrong is not None:
        return wrong
    done = change(row, by=by, at=at, row_version=row_version, action="hearing_held", state=HELD, decided=decided, words=said(words, most=1200))
    if isinstance(done, Done):
        meet_obligation(by=by, at=at, about_id=row.pk)
        if row.kind == "PERMANENCY":
            for removal in _in_care(row):
                owe_hearing(removal, case=Case.objects.get(pk=row.case_id), by=by, at=at)
    return done


@transaction.atomic
def cancel_hearing(*, by: Viewer, at: datetime, hearing_id: UUID, words: str, row_version: int) -> Done | Refused | Stale:
    """A hearing does not take place, with the reason. Raises NotVisible."""
    row = the_row(Hearing, by=by, row_id=hearing_id)
    if row.state == CANCELLED:
        return Done(row_id=row.pk)
    wrong = refused(WORDS=len(words.strip()) < 3, OVER=row.state != PLANNED)
    done = wrong or change(row, by=by, at=at, row_version=row_version, action="hearing_cancelled", state=CANCELLED, words=said(words, most=1200))
    if isinstance(done, Done):
        meet_obligation(by=by, at=at, about_id=row.pk)
    return done


@transaction.atomic
def keep_order(
    *, by: Viewer, at: datetime, case_id: UUID, about: str, court: str, docket: str, dated_on: date, child_id: UUID | None, scan: Upload,
    request_key: str,
) -> Done | Refused:  # fmt: skip
    """Keep a court's order of the case, its page sealed under the agency's key. An order that opens records stands in the register of consents.

    Raises NotVisible.
    """
    case = the_case(by=by, case_id=case_id)
    done = known(Paper, by=by, request_key=request_key) or closed(case)
    if done is not None:
        return done
    wrong = refused(NOTHING=about not in ORDERS or len(court.strip()) < 3, LATER=dated_on > today_of(agency_of(by), at=at))
    if wrong is not None:
        return wrong
    pk = uuid4()
    row = put(
        Paper, case=case, by=by, at=at, request_key=request_key, action="order_kept", child_id=child_id, detail={"about": about}, id=pk, kind="ORDER",
        about=about, court=said(court, most=160), docket=said(docket, most=60), dated_on=dated_on, media_type=scan.media_type,
        sealed=seal_upload(scan, holder_id=case.holder_id, document_id=pk), digest=sha256(scan.content).hexdigest(),
    )  # fmt: skip
    return Done(row_id=row.pk)


@transaction.atomic
def extend(
    *, by: Viewer, at: datetime, removal_id: UUID, until_on: date, because: str, words: str, paper_id: UUID | None, request_key: str
) -> Done | Refused:  # fmt: skip
    """A court put the recommendation off: its reason, its order and the new day (R-175). At most as often and as long as the pack says.

    Progress in treatment is a reason only with evidence that a consent or order in force lets the court see; what it rests on is kept with the
    row. Raises NotVisible.
    """
    removal = the_row(Removal, by=by, row_id=removal_id)
    done = known(Extension, by=by, request_key=request_key)
    if done is not None:
        return done
    agency = agency_of(by)
    given = [Given(from_on=row.from_on, until_on=row.until_on) for row in Extension.objects.filter(removal_id=removal.pk).order_by("from_on")]
    clock = clock_of(viewer=by, removal=removal, on=today_of(agency, at=at))
    order = Paper.objects.filter(pk=paper_id, case_id=removal.case_id, kind="ORDER").first() if paper_id else None
    shown = evidence_for_court(by=by, holder=agency, identity_id=removal.identity_id, at=at) if because == "TREATMENT" else []
    over = dict.fromkeys(
        extension_gaps(rule=care_terms(agency.pack).rule, given=given, clock_ends_on=clock.recommend_on, until_on=until_on), True
    )  # fmt: skip
    wrong = refused(
        NOT_IN_CARE=removal.ended_on is not None, NOTHING=because not in EXTENSIONS, ORDER=order is None, WORDS=len(words.strip()) < 12,
        EVIDENCE=because == "TREATMENT" and not shown, **over,
    )  # fmt: skip
    if wrong is not None:
        return wrong
    case = Case.objects.get(pk=removal.case_id)
    row = put(
        Extension, case=case, by=by, at=at, request_key=request_key, action="extended", child_id=removal.child_id, detail={"because": because},
        removal_id=removal.pk, from_on=clock.recommend_on, until_on=until_on, because=because, words=said(words, most=800), paper_id=paper_id,
        evidence=sorted({line.way for line in shown}), consent_ids=sorted({line.instrument_id for line in shown if line.instrument_id}, key=str),
    )  # fmt: skip
    Removal.objects.filter(pk=removal.pk).update(alerted=0)
    owe_hearing(removal, case=case, by=by, at=at)
    return Done(row_id=row.pk)


@transaction.atomic
def enrol(
    *, by: Viewer, at: datetime, case_id: UUID, court: str, enrolled_on: date, phase: str, team: str, next_review_on: date | None, request_key: str
) -> Done | Refused:  # fmt: skip
    """She joined a family treatment court: court, phase, team, next review (R-223). Raises NotVisible."""
    case = the_case(by=by, case_id=case_id)
    done = known(TreatmentCourt, by=by, request_key=request_key) or closed(case)
    if done is not None:
        return done
    wrong = refused(
        NOTHING=min(len(court.strip()), len(phase.strip()), len(team.strip())) < 2, LATER=enrolled_on > today_of(agency_of(by), at=at),
        ENROLLED=TreatmentCourt.objects.filter(case_id=case.pk, ended_on=None).exists(),
    )  # fmt: skip
    if wrong is not None:
        return wrong
    row = put(
        TreatmentCourt, case=case, by=by, at=at, request_key=request_key, action="treatment_court_joined", shared=True, court=said(court, most=160),
        enrolled_on=enrolled_on, phase=said(phase, most=40), team=said(team, most=400), next_review_on=next_review_on,
    )  # fmt: skip
    _owe_court_review(row, case=case, by=by, at=at)
    return Done(row_id=row.pk)


def _owe_court_review(row: TreatmentCourt, *, case: Case, by: Viewer, at: datetime) -> None:
    if row.next_review_on is not None:
        key = f"treatment-court:{row.pk}:{row.next_review_on}"
        owe(by=by, at=at, case=case, kind="TREATMENT_COURT", about=row.pk, due=row.next_review_on, agency=agency_of(by), key=key)


@transaction.atomic
def court_review(
    *, by: Viewer, at: datetime, enrolment_id: UUID, on: date, phase: str, words: str, next_review_on: date | None, ended_how: str, request_key: str
) -> Done | Refused:  # fmt: skip
    """A review of the family treatment court: what was said, her phase now, and when she is seen again; or how it ended. Raises NotVisible."""
    row = the_row(TreatmentCourt, by=by, row_id=enrolment_id)
    done = known(TreatmentCourtStep, by=by, request_key=request_key)
    if done is not None:
        return done
    wrong = refused(
        LATER=on > today_of(agency_of(by), at=at), BEFORE=on < row.enrolled_on, NOTHING=len(phase.strip()) < 2, WORDS=len(words.strip()) < 3,
        ENDED=row.ended_on is not None or bool(ended_how and ended_how not in TREATMENT_ENDS),
    )  # fmt: skip
    if wrong is not None:
        return wrong
    case = Case.objects.get(pk=row.case_id)
    step = put(
        TreatmentCourtStep, case=case, by=by, at=at, request_key=request_key, action="treatment_court_review", shared=True, on=on,
        enrolment_id=row.pk,
        phase=said(phase, most=40), words=said(words, most=800),
    )  # fmt: skip
    ended = {"ended_on": on, "ended_how": ended_how, "next_review_on": None} if ended_how else {"next_review_on": next_review_on}
    change(row, by=by, at=at, row_version=None, action="treatment_court_phase", phase=said(phase, most=40), **ended)
    meet_obligation(by=by, at=at, about_id=row.pk)
    if not ended_how:
        _owe_court_review(TreatmentCourt.objects.get(pk=row.pk), case=case, by=by, at=at)
    return Done(row_id=step.pk)
