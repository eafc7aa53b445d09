"""A child comes into care, lives somewhere, may be home on trial, and leaves care again. Source: 42 USC 671(a)(15), 671(a)(29), 675; R-171, R-172.

INVARIANT: a removal rests on a completed safety assessment that found this child unsafe. The assessment is read through a port, never assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.agencies.days import day_of, today_of
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.kernel.packs import ClockName
from careloom.permanency.actions.outcomes import agency_of, change, closed, known, owe, put, refused, the_case, the_row
from careloom.permanency.actions.planning import next_review
from careloom.permanency.models import Case, Custody, Pause, Placement, Removal
from careloom.permanency.models.case import REMOVAL
from careloom.permanency.ports import Assessed, assessments_of
from careloom.permanency.queries import clock_of
from careloom.permanency.words import AUTHORITIES, CUSTODY, EXITS, LEAST_FIRST, NO_FILING, PAUSES, PLACEMENT_ENDS, SETTINGS, SIBLINGS
from careloom.work.actions import meet_obligation

LEAST_LETTERS = 20
AFTER: Mapping[str, str] = {
    "REUNIFIED": "PARENT",
    "RELATIVE": "LEGAL_KIN",
    "LEGAL_CUSTODY": "LEGAL_KIN",
    "GUARDIANSHIP": "GUARDIAN",
    "ADOPTION": "ADOPTED",
}


def unsafe_for(*, by: Viewer, identity_id: UUID, child_id: UUID) -> Assessed | None:
    """The newest completed assessment of the family, where it found this child unsafe; None where it did not, or where there is none."""
    newest = next(iter(assessments_of(viewer=by, identity_id=identity_id)), None)
    return newest if newest is not None and child_id in newest.unsafe_child_ids else None


@transaction.atomic
def remove_child(
    *, by: Viewer, at: datetime, case_id: UUID, child_id: UUID, children: Iterable[UUID], insufficient: str, authority: str, removed_on: date,
    found_on: date | None = None, request_key: str,
) -> Done | Refused:  # fmt: skip
    """Record a removal with its assessment and the reason why nothing less restrictive sufficed; the clock and the notices begin (R-171).

    `children` are the infants of the family that the caller sees. Raises NotVisible.
    """
    case = the_case(by=by, case_id=case_id)
    done = known(Removal, by=by, request_key=request_key) or closed(case)
    if done is not None:
        return done
    agency = agency_of(by)
    assessed = unsafe_for(by=by, identity_id=case.identity_id, child_id=child_id)
    mine = Removal.objects.filter(holder_id=by.holder_id, child_id=child_id)
    wrong = refused(
        CHILD=child_id not in set(children), NOT_UNSAFE=assessed is None, INSUFFICIENT=len(insufficient.strip()) < LEAST_LETTERS,
        NOTHING=authority not in AUTHORITIES, LATER=max(removed_on, found_on or removed_on) > today_of(agency, at=at),
        IN_CARE=mine.filter(ended_on=None).exists(),
    )  # fmt: skip
    if wrong is not None or assessed is None:
        return wrong or Refused(codes=("NOT_UNSAFE",))
    row = put(
        Removal, case=case, by=by, at=at, request_key=request_key, action="child_removed", child_id=child_id, detail={"authority": authority},
        assessment_id=assessed.id, insufficient=said(insufficient, most=1200), authority=authority, removed_on=removed_on, found_on=found_on,
        re_entry=mine.exists(),
    )  # fmt: skip
    to = "EMERGENCY" if authority == "EMERGENCY" else "TEMPORARY_AGENCY"
    _custody(case, by=by, at=at, child_id=child_id, to=to, whom=agency.name, starts_on=removed_on, key=f"custody:{row.pk}")
    if case.kind != REMOVAL:
        change(case, by=by, at=at, row_version=None, action="case_kind", kind=REMOVAL)
    due = day_of(ClockName.RELATIVE_NOTICE, agency=agency, start=removed_on)
    owe(by=by, at=at, case=case, kind="KIN_NOTICE", about=row.pk, due=due, agency=agency)
    next_review(case, by=by, at=at, kind="SIX_MONTHS", since=max(removed_on, found_on or removed_on), after=row.pk)
    owe_hearing(row, case=case, by=by, at=at)
    return Done(row_id=row.pk)


def owe_hearing(row: Removal, *, case: Case, by: Viewer, at: datetime) -> None:
    """What the court is owed about a child in care, by the day that the clock says now: one obligation for each such day."""
    clock = clock_of(viewer=by, removal=row, on=today_of(agency_of(by), at=at))
    meet_obligation(by=by, at=at, about_id=row.pk, kind="COURT_RECOMMENDATION")
    owe(
        by=by, at=at, case=case, kind="COURT_RECOMMENDATION", about=row.pk, due=max(clock.recommend_on, clock.hearing_due_on), agency=agency_of(by),
        key=f"court:{row.pk}:{max(clock.recommend_on, clock.hearing_due_on)}",
    )  # fmt: skip


def _custody(
    case: Case, *, by: Viewer, at: datetime, child_id: UUID, to: str, whom: str, starts_on: date, key: str, paper_id: UUID | None = None
) -> Custody:  # fmt: skip
    Custody.objects.filter(case_id=case.pk, child_id=child_id, ends_on=None).update(ends_on=starts_on)
    return put(
        Custody, case=case, by=by, at=at, request_key=key, action="custody_changed", child_id=child_id, detail={"to": to}, to=to,
        whom=said(whom, most=160), starts_on=starts_on, paper_id=paper_id,
    )  # fmt: skip


@transaction.atomic
def change_custody(
    *, by: Viewer, at: datetime, case_id: UUID, child_id: UUID, to: str, whom: str, starts_on: date, paper_id: UUID | None, request_key: str
) -> Done | Refused:  # fmt: skip
    """Write down who has custody of a child from a day on; the time before ends on that day. Raises NotVisible."""
    case = the_case(by=by, case_id=case_id)
    done = known(Custody, by=by, request_key=request_key) or closed(case)
    if done is not None:
        return done
    last = Custody.objects.filter(case_id=case.pk, child_id=child_id, ends_on=None).first()
    wrong = refused(
        NOTHING=to not in CUSTODY, LATER=starts_on > today_of(agency_of(by), at=at), BEFORE=last is not None and starts_on < last.starts_on
    )
    if wrong is not None:
        return wrong
    row = _custody(case, by=by, at=at, child_id=child_id, to=to, whom=whom, starts_on=starts_on, key=request_key, paper_id=paper_id)
    return Done(row_id=row.pk)


def skipped_before(setting: str) -> tuple[str, ...]:
    """The settings that are less restrictive than this one, least first. A hospital stay is for care and skips none."""
    return LEAST_FIRST[: LEAST_FIRST.index(setting)] if setting in LEAST_FIRST else ()


@transaction.atomic
def place_child(
    *, by: Viewer, at: datetime, removal_id: UUID, setting: str, with_whom: str, skipped: Mapping[str, str], siblings: str, starts_on: date,
    ended_because: str = "", request_key: str,
) -> Done | Refused:  # fmt: skip
    """Record where a child in care lives from a day on, and why each less restrictive setting was not used (R-172). Ends the placement before.

    Raises NotVisible.
    """
    removal = the_row(Removal, by=by, row_id=removal_id)
    done = known(Placement, by=by, request_key=request_key)
    if done is not None:
        return done
    last = Placement.objects.filter(removal_id=removal.pk, ends_on=None).first()
    told = {code: said(skipped.get(code, ""), most=600) for code in skipped_before(setting)}
    wrong = refused(
        NOT_IN_CARE=removal.ended_on is not None, NOTHING=setting not in SETTINGS or len(with_whom.strip()) < 2, TOGETHER=siblings not in SIBLINGS,
        SKIPPED=any(len(text) < LEAST_LETTERS for text in told.values()), LATER=starts_on > today_of(agency_of(by), at=at),
        BEFORE=starts_on < (last.starts_on if last else removal.removed_on),
        ENDED_BECAUSE=last is not None and ended_because not in PLACEMENT_ENDS,
    )  # fmt: skip
    if wrong is not None:
        return wrong
    if last is not None:
        change(last, by=by, at=at, row_version=None, action="placement_ended", ends_on=starts_on, ended_because=ended_because)
    case = Case.objects.get(pk=removal.case_id)
    row = put(
        Placement, case=case, by=by, at=at, request_key=request_key, action="child_placed", child_id=removal.child_id, detail={"setting": setting},
        removal_id=removal.pk, setting=setting, with_whom=said(with_whom, most=200), skipped=told, siblings_together=siblings, starts_on=starts_on,
    )  # fmt: skip
    return Done(row_id=row.pk)


@transaction.atomic
def pause(*, by: Viewer, at: datetime, removal_id: UUID, kind: str, starts_on: date, ends_on: date | None, request_key: str) -> Done | Refused:
    """Record days at home on trial or away without leave; the clock leaves them out. One that is open ends with the next. Raises NotVisible."""
    removal = the_row(Removal, by=by, row_id=removal_id)
    done = known(Pause, by=by, request_key=request_key)
    if done is not None:
        return done
    today = today_of(agency_of(by), at=at)
    wrong = refused(
        NOT_IN_CARE=removal.ended_on is not None, NOTHING=kind not in PAUSES, LATER=max(starts_on, ends_on or starts_on) > today,
        BEFORE=starts_on < removal.removed_on or (ends_on is not None and ends_on < starts_on),
    )  # fmt: skip
    if wrong is not None:
        return wrong
    Pause.objects.filter(removal_id=removal.pk, ends_on=None).update(ends_on=starts_on)
    case = Case.objects.get(pk=removal.case_id)
    row = put(
        Pause, case=case, by=by, at=at, request_key=request_key, action="clock_paused", child_id=removal.child_id, detail={"kind": kind},
        removal_id=removal.pk, kind=kind, starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    return Done(row_id=row.pk)


@transaction.atomic
def end_pause(*, by: Viewer, at: datetime, pause_id: UUID, ends_on: date, row_version: int) -> Done | Refused | Stale:
    """The child is back in care: from this day on the days count again. Raises NotVisible."""
    row = the_row(Pause, by=by, row_id=pause_id)
    if row.ends_on is not None:
        return Done(row_id=row.pk)
    wrong = refused(LATER=ends_on > today_of(agency_of(by), at=at), BEFORE=ends_on < row.starts_on)
    return wrong or change(row, by=by, at=at, row_version=row_version, action="clock_runs", ends_on=ends_on)


@transaction.atomic
def note_court_facts(
    *, by: Viewer, at: datetime, removal_id: UUID, found_on: date | None, no_efforts_on: date | None, no_filing: str, words: str, row_version: int
) -> Done | Refused | Stale:  # fmt: skip
    """Keep the first finding, a finding that no efforts are required, and why the agency need not file (42 USC 675(5)(E), (F)). Raises NotVisible."""
    row = the_row(Removal, by=by, row_id=removal_id)
    today = today_of(agency_of(by), at=at)
    wrong = refused(
        LATER=any(day is not None and day > today for day in (found_on, no_efforts_on)), NOTHING=bool(no_filing) and no_filing not in NO_FILING,
        WORDS=bool(no_filing) and len(words.strip()) < LEAST_LETTERS,
    )  # fmt: skip
    if wrong is not None:
        return wrong
    done = change(
        row, by=by, at=at, row_version=row_version, action="court_facts", found_on=found_on, no_efforts_on=no_efforts_on, no_filing=no_filing,
        no_filing_words=said(words, most=800) if no_filing else "",
    )  # fmt: skip
    if isinstance(done, Done) and row.ended_on is None:
        owe_hearing(Removal.objects.get(pk=row.pk), case=Case.objects.get(pk=row.case_id), by=by, at=at)
    return done


@transaction.atomic
def end_care(*, by: Viewer, at: datetime, removal_id: UUID, how: str, ended_on: date, words: str, row_version: int) -> Done | Refused | Stale:
    """A child leaves care: home, to relatives, to a guardian, by adoption or otherwise. Placement and pause end with it. Raises NotVisible."""
    row = the_row(Removal, by=by, row_id=removal_id)
    if row.ended_on is not None:
        return Done(row_id=row.pk)
    wrong = refused(
        NOTHING=how not in EXITS, LATER=ended_on > today_of(agency_of(by), at=at), BEFORE=ended_on < row.removed_on,
        WORDS=how == "OTHER" and len(words.strip()) < 3,
    )  # fmt: skip
    if wrong is not None:
        return wrong
    done = change(row, by=by, at=at, row_version=row_version, action="care_ended", ended_on=ended_on, exit=how, exit_words=said(words, most=400))
    if isinstance(done, Done):
        Placement.objects.filter(removal_id=row.pk, ends_on=None).update(ends_on=ended_on, ended_because="HOME" if how == "REUNIFIED" else "OTHER")
        Pause.objects.filter(removal_id=row.pk, ends_on=None).update(ends_on=ended_on)
        meet_obligation(by=by, at=at, about_id=row.pk)
        case = Case.objects.get(pk=row.case_id)
        if row.child_id is not None and how in AFTER:
            _custody(case, by=by, at=at, child_id=row.child_id, to=AFTER[how], whom="", starts_on=ended_on, key=f"custody-after:{row.pk}")
    return done
