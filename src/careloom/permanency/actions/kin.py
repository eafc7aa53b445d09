"""Kin who were looked for and told, and visits of a parent with a child. Source: 42 USC 671(a)(29); R-172; workflows 6.7."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.agencies.days import today_of
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.permanency.actions.outcomes import agency_of, change, closed, known, owe, put, refused, the_case, the_row
from careloom.permanency.models import Case, KinContact, Removal, Visit
from careloom.permanency.words import KIN_ANSWERS, NOT_TOLD, TOLD, WHOSE
from careloom.work.actions import meet_obligation


@transaction.atomic
def log_kin(
    *, by: Viewer, at: datetime, removal_id: UUID, name: str, relation: str, how_found: str, told_on: date | None, told_how: str, not_told: str,
    answer: str, words: str, request_key: str,
) -> Done | Refused:  # fmt: skip
    """Write down one relative who was looked for, and that she was told or why not. The notice that the law wants is met by the first one told.

    Raises NotVisible.
    """
    removal = the_row(Removal, by=by, row_id=removal_id)
    done = known(KinContact, by=by, request_key=request_key)
    if done is not None:
        return done
    wrong = refused(
        NOTHING=min(len(name.strip()), len(relation.strip()), len(how_found.strip())) < 2,
        TOLD=bool(told_on) != (told_how in TOLD) or bool(not_told and not_told not in NOT_TOLD) or bool(told_on and not_told),
        LATER=told_on is not None and told_on > today_of(agency_of(by), at=at), ANSWER=bool(answer) and answer not in KIN_ANSWERS,
    )  # fmt: skip
    if wrong is not None:
        return wrong
    case = Case.objects.get(pk=removal.case_id)
    row = put(
        KinContact, case=case, by=by, at=at, request_key=request_key, action="kin_logged", child_id=removal.child_id, removal_id=removal.pk,
        name=said(name, most=120), relation=said(relation, most=80), how_found=said(how_found, most=120), told_on=told_on, told_how=told_how,
        not_told=not_told, answer=answer, words=said(words, most=400),
    )  # fmt: skip
    _settle(removal, by=by, at=at)
    return Done(row_id=row.pk)


@transaction.atomic
def tell_kin(
    *, by: Viewer, at: datetime, kin_id: UUID, told_on: date | None, told_how: str, not_told: str, answer: str, words: str, row_version: int
) -> Done | Refused | Stale:  # fmt: skip
    """What came of the search for one relative: told, answered, or not told and why. Raises NotVisible."""
    row = the_row(KinContact, by=by, row_id=kin_id)
    wrong = refused(
        TOLD=bool(told_on) != (told_how in TOLD) or bool(not_told and not_told not in NOT_TOLD) or bool(told_on and not_told),
        LATER=told_on is not None and told_on > today_of(agency_of(by), at=at), ANSWER=bool(answer) and answer not in KIN_ANSWERS,
    )  # fmt: skip
    done = wrong or change(
        row, by=by, at=at, row_version=row_version, action="kin_told", told_on=told_on, told_how=told_how, not_told=not_told, answer=answer,
        words=said(words, most=400),
    )  # fmt: skip
    if isinstance(done, Done):
        _settle(Removal.objects.get(pk=row.removal_id), by=by, at=at)
    return done


def _settle(removal: Removal, *, by: Viewer, at: datetime) -> None:
    """The notice is given when every relative who was found was told, or there is a reason why not."""
    if settled(removal):
        meet_obligation(by=by, at=at, about_id=removal.pk, kind="KIN_NOTICE")


def settled(removal: Removal) -> bool:
    """Whether somebody was told, and for everybody else there is a reason why not."""
    rows = list(KinContact.objects.filter(removal_id=removal.pk))
    return any(row.told_on for row in rows) and all(row.told_on or row.not_told for row in rows)


@transaction.atomic
def plan_visit(
    *, by: Viewer, at: datetime, case_id: UUID, child_id: UUID | None, starts_at: datetime, place: str, who: str, request_key: str
) -> Done | Refused:  # fmt: skip
    """Plan a visit of a parent with a child. Raises NotVisible."""
    case = the_case(by=by, case_id=case_id)
    done = known(Visit, by=by, request_key=request_key) or closed(case)
    if done is not None:
        return done
    wrong = refused(NOTHING=min(len(place.strip()), len(who.strip())) < 2)
    if wrong is not None:
        return wrong
    row = put(
        Visit, case=case, by=by, at=at, request_key=request_key, action="visit_planned", shared=True, child_id=child_id, starts_at=starts_at,
        place=said(place, most=160), who=said(who, most=160),
    )  # fmt: skip
    owe(by=by, at=at, case=case, kind="VISIT_OUTCOME", about=row.pk, due=today_of(agency_of(by), at=starts_at), agency=agency_of(by), promised=False)
    return Done(row_id=row.pk)


@transaction.atomic
def note_visit(*, by: Viewer, at: datetime, visit_id: UUID, state: str, whose: str, words: str, row_version: int) -> Done | Refused | Stale:
    """A visit was held, or missed with whose reason it was: an agency's reason is never counted as hers. Raises NotVisible."""
    row = the_row(Visit, by=by, row_id=visit_id)
    wrong = refused(
        NOTHING=state not in {"HELD", "MISSED"}, WHOSE=state == "MISSED" and whose not in WHOSE, LATER=row.starts_at > at and state == "HELD"
    )
    done = wrong or change(
        row, by=by, at=at, row_version=row_version, action="visit_noted", state=state, whose=whose if state == "MISSED" else "",
        words=said(words, most=400),
    )  # fmt: skip
    if isinstance(done, Done):
        meet_obligation(by=by, at=at, about_id=row.pk)
    return done
