"""What workers do of what they owe, day by day: most of it in time, some late, a little only after it was told above, and a rest that stays.

A story tells when a review was held or a visit kept. What it does not tell is drawn here, the same for the same county, and done by the same action
that the screen of that duty calls.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connections, transaction

from careloom.demo.draw import Draw
from careloom.demo.load import casework
from careloom.demo.load.family import Family
from careloom.demo.load.ground import Ground
from careloom.demo.load.tidying import DONE_BY_NOW, WAYS, done
from careloom.desk.presenters.duties import words_of
from careloom.infra.access import NotVisible, Viewer, acting_as
from careloom.infra.events.outbox import delivered_inside
from careloom.plans.actions import Finding, hold_review, note_contact
from careloom.plans.models import Need, Review

OPEN = """SELECT id, holder_id, identity_id, family_id, kind, worker_id, request_key, about_id, opened_at, due_at, escalated_to
FROM work_obligation WHERE met_at IS NULL AND (due_at IS NULL OR due_at < %s) ORDER BY holder_id, opened_at, id"""
SOON = timedelta(days=3)
# Days from the day on which it is due, and the share of duties that are done then (A: no figure is published).
HABITS = ((0.83, -2, 0), (0.11, 1, 6), (0.04, 9, 24), (0.02, 45, 120))
REVIEWS = frozenset({"REVIEW_DUE"})
CONTACTS = {"FIRST_CONTACT": "PHONE", "HOME_VISIT": "IN_PERSON"}
CASES = frozenset({"CASE_REVIEW_DUE", "SIX_MONTH_REVIEW", "HEARING_PLANNED", "VISIT_OUTCOME", "TREATMENT_COURT"})
BY_STORY = timedelta(days=9)
"""Until then a story may still tell that a review was held; what is later is the worker's own doing."""


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One thing that is owed, as its agency keeps it."""

    id: UUID
    agency_id: UUID
    identity_id: UUID
    family_id: UUID
    kind: str
    worker_id: UUID | None
    request_key: str
    about_id: UUID | None
    opened_at: datetime
    due_at: datetime | None
    told: str

    def when(self, *, seed: int, number: int) -> datetime:
        """The instant from which its worker does it."""
        draw = Draw(seed=seed, table=f"duty {self.kind} {self.opened_at:%Y%m%d}", number=number)
        share, since = draw.share(), self.due_at or self.opened_at + timedelta(days=3)
        late = self.kind in REVIEWS or self.kind in CONTACTS
        for part, soonest, latest in HABITS:
            if share < part:
                day = since + timedelta(days=draw.whole(soonest, latest))
                return max(day, since + BY_STORY) if late else max(day, self.opened_at)
            share -= part
        return since + timedelta(days=200)


Way = Callable[[Duty, Family, Viewer, datetime], None]


@dataclass(kw_only=True)
class Workers:
    """Everybody who works in the county, with the families by who they are about."""

    ground: Ground
    seed: int
    family_of: dict[UUID, Family] = field(default_factory=dict)
    whens: dict[UUID, datetime] = field(default_factory=dict)
    could_not: Counter[str] = field(default_factory=Counter)

    def know(self, families: Iterable[Family]) -> None:
        """Learn who is who by now."""
        for family in families:
            for identity in (family.mother_id, *family.infants.values()):
                if identity is not None:
                    self.family_of[identity] = family

    def evening(self, *, at: datetime) -> int:
        """Do what is due to be done by this evening; how many duties were taken in hand."""
        with connections["owner"].cursor() as cursor:
            cursor.execute(OPEN, [at + SOON])
            names = ("id", "agency_id", "identity_id", "family_id", "kind", "worker_id", "request_key", "about_id", "opened_at", "due_at", "told")
            rows = [Duty(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
        hands = 0
        for duty in rows:
            family = self.family_of.get(duty.family_id) or self.family_of.get(duty.identity_id)
            do = self._way(duty)
            if family is None or do is None or self._when(duty, family) > at:
                continue
            hands += 1
            try:
                with transaction.atomic(), delivered_inside(), acting_as(by := self._worker(duty)):
                    do(duty, family, by, at)
            except NotVisible:
                self.could_not[duty.kind] += 1
        return hands

    def _when(self, duty: Duty, family: Family) -> datetime:
        if duty.id not in self.whens:
            self.whens[duty.id] = duty.when(seed=self.seed, number=family.story.number)
        return self.whens[duty.id]

    def _worker(self, duty: Duty) -> Viewer:
        keys = self.ground.keys_at(duty.agency_id)
        key = next((key for key in keys if self.ground.members[key].worker_id == duty.worker_id), None)
        return self.ground.viewer(key or self.ground.anyone_of(duty.agency_id))

    def _way(self, duty: Duty) -> Way | None:
        if duty.kind in REVIEWS:
            return _hold
        if duty.kind in CONTACTS:
            return _meet
        if duty.kind in CASES:
            return _keep_up
        if duty.kind in WAYS:
            return WAYS[duty.kind]
        return done if words_of(duty.kind).read or duty.kind in DONE_BY_NOW else None


def _hold(duty: Duty, family: Family, by: Viewer, at: datetime) -> None:
    """A review that was late is held: each need she wants is looked at, and the next day is set."""
    review = Review.objects.seen_by(by).filter(pk=duty.about_id, held_at=None, called_off_at=None).first()
    if review is None:
        return
    rows = Need.objects.seen_by(by).filter(plan_id=review.plan_id, holder_id=by.holder_id, her_choice="YES", result="OPEN")
    findings = tuple(Finding(need_id=n.pk, finding="GOING_WELL" if n.existing_service else "NEEDS_WORK") for n in rows.order_by("made_at", "id"))
    family.count(hold_review(
        by=by, at=at, review_id=review.pk, held_at=at, mode="PHONE", request_key=family.key("late", str(review.pk)),
        present=(family.story.mother.preferred,), findings=findings, her_rating=3, summary="Held late. She says what changed since.",
    ))  # fmt: skip


def _meet(duty: Duty, family: Family, by: Viewer, at: datetime) -> None:
    family.count(note_contact(by=by, at=at, review_id=duty.about_id, held_at=at, mode=CONTACTS[duty.kind]))  # type: ignore[arg-type]


def _keep_up(duty: Duty, family: Family, by: Viewer, at: datetime) -> None:
    casework.keep_up(family, by=by, at=at)
