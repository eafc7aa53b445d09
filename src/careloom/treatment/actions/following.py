"""What follows an entry. A test result, a missed visit or a return to use starts nothing but work for her own helpers (R-124, F26)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from careloom.agencies.days import day_of, end_of, today_of
from careloom.agencies.models import Agency
from careloom.infra.access import Viewer
from careloom.infra.events.outbox import publish
from careloom.kernel.events import ReturnedToUse
from careloom.kernel.packs import ClockName
from careloom.treatment.codes import Sort
from careloom.treatment.days import OUTREACH
from careloom.treatment.models.entry import Entry
from careloom.work.actions import meet_obligation, open_obligation, put_off

CONTACT, TEST_REVIEW, REACH_OUT, CHECK_IN = "TREATMENT_CONTACT", "TREATMENT_TEST_REVIEW", "TREATMENT_OUTREACH", "STRESS_CHECK"


def follow(
    sort: Sort, row: Entry, told: Mapping[str, Any], *, by: Viewer, at: datetime, agency: Agency, new: bool, gone: bool = False
) -> None:  # fmt: skip
    """Open and meet what the agency owes because of an entry, in the caller's transaction. An entry that is taken back is owed nothing."""
    if gone:
        meet_obligation(by=by, at=at, about_id=row.pk)
    elif sort is Sort.RETURN and new:
        _returned(row, by=by, at=at, agency=agency)
    elif sort is Sort.EPISODE:
        _left(row, told, by=by, at=at, agency=agency)
    elif sort is Sort.TEST:
        _to_review(row, told, by=by, at=at, agency=agency)
    elif sort is Sort.CHECK_IN:
        owe_check_in(row, held=told.get("held_on") is not None, by=by, at=at, agency=agency, new=new)


def _returned(row: Entry, *, by: Viewer, at: datetime, agency: Agency) -> None:
    # The plan hears of it by event; the helper herself has a task. Nothing goes to anybody else.
    _owe(CONTACT, row, by=by, at=at, due=end_of(day_of(ClockName.TREATMENT_CONTACT, agency=agency, start=today_of(agency, at=at)), agency=agency))
    assert by.holder_id is not None
    publish(ReturnedToUse(entry_id=row.pk, holder_id=by.holder_id, identity_id=row.identity_id), at=at)


def _left(row: Entry, told: Mapping[str, Any], *, by: Viewer, at: datetime, agency: Agency) -> None:
    """Who left is sought three times (workflows 6.15); back again, or ended in another way, she is sought no more."""
    ended = told.get("ends_on")
    if ended is None or told.get("elsewhere") or told.get("ended_how") != "LEFT":
        meet_obligation(by=by, at=at, about_id=row.pk, kind=REACH_OUT)
        return
    for number, name in enumerate(OUTREACH, start=1):
        due = end_of(day_of(name, agency=agency, start=ended), agency=agency)
        _owe(REACH_OUT, row, by=by, at=at, due=due, key=f":{number}")


def _to_review(row: Entry, told: Mapping[str, Any], *, by: Viewer, at: datetime, agency: Agency) -> None:
    if told.get("reviewed_on") is not None:
        meet_obligation(by=by, at=at, about_id=row.pk, kind=TEST_REVIEW)
        return
    due = day_of(ClockName.TREATMENT_TEST_REVIEW, agency=agency, start=row.happened_on)
    _owe(TEST_REVIEW, row, by=by, at=at, due=end_of(due, agency=agency))


def owe_check_in(row: Entry, *, held: bool, by: Viewer, at: datetime, agency: Agency, new: bool) -> None:
    """Have the agency owe a planned check-in, put it off with its day, or meet it where it was held."""
    due = end_of(row.happened_on, agency=agency)
    if held:
        meet_obligation(by=by, at=at, about_id=row.pk, kind=CHECK_IN)
    elif new:
        _owe(CHECK_IN, row, by=by, at=at, due=due)
    else:
        put_off(by=by, about_id=row.pk, kind=CHECK_IN, due_at=due)


def _owe(kind: str, row: Entry, *, by: Viewer, at: datetime, due: datetime, key: str = "") -> None:
    assert by.holder_id is not None
    open_obligation(
        by=by, at=at, holder_id=by.holder_id, kind=kind, family_id=row.identity_id, identity_id=row.identity_id, worker_id=by.worker_id,
        link=reverse("treatment:family", args=[row.identity_id]), due_at=due, about_id=row.pk, about_kind="TREATMENT",
        request_key=f"{kind.lower()}:{row.pk}{key}"[:80], category=row.category,
    )  # fmt: skip
