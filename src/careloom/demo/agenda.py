"""What each worker has to do on the county's last day, read from the stories alone: an oracle for Today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from careloom.demo.ground import Ground
from careloom.demo.story import FamilyStory

WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """One thing due: ``bucket`` is LATE, TODAY, WEEK, LATER or WAITING (on someone else)."""

    worker_key: str
    family_key: str
    kind: str
    due_on: date
    bucket: str
    about_key: str


def duties(*, ground: Ground, stories: Iterable[FamilyStory], worker_key: str | None = None) -> Iterator[Duty]:
    """Every open duty of the stories, of one worker when ``worker_key`` is given."""
    for story in stories:
        for worker, kind, due, about, waiting in _open(ground, story):
            if worker_key in (None, worker):
                bucket = "WAITING" if waiting else _bucket(due, ground.ends_on)
                yield Duty(worker_key=worker, family_key=story.key, kind=kind, due_on=due, bucket=bucket, about_key=about)


def _bucket(due: date, today: date) -> str:
    if due < today:
        return "LATE"
    return "TODAY" if due == today else "WEEK" if due - today < WEEK else "LATER"


def _open(ground: Ground, story: FamilyStory) -> Iterator[tuple[str, str, date, str, bool]]:
    for row in story.promises:
        if row.met_on is None:
            yield row.worker_key, row.kind, row.due_on, row.key, row.waits_on_agency_key is not None
    welfare = story.child_welfare
    if welfare and welfare.face_to_face_due_on and welfare.face_to_face_on is None:
        yield welfare.worker_key, "FACE_TO_FACE", welfare.face_to_face_due_on, story.key, False
    if story.plan is None or story.plan.status not in ("ACTIVE", "DRAFT"):
        return
    lead = story.plan.leads[-1].worker_key
    for review in story.reviews:
        if review.held_on is None and review.due_on < ground.ends_on + 2 * WEEK:
            yield lead, "REVIEW", review.due_on, review.key, False
    for referral in story.referrals:
        if referral.status == "REQUESTED" and referral.answer_due_on:
            yield ground.hand(agency_key=referral.to_agency_key), "REFERRAL_ANSWER", referral.answer_due_on, referral.key, False
            yield lead, "REFERRAL_ANSWER", referral.answer_due_on, referral.key, True
