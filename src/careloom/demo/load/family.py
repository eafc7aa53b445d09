"""One family of the practice county while its story is played: what exists by now, and who acts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from careloom.demo.draw import ZONE, instant
from careloom.demo.ground import Ground as CountyGround
from careloom.demo.load.ground import Ground
from careloom.demo.story import FamilyStory
from careloom.infra.access import PrincipalKind, System, Viewer, acting_as, system

SOURCE = "practice county"


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One thing that happens in a family: when, in which order among those of the same instant, and what is done."""

    at: datetime
    play: Callable[[datetime], None]
    order: int = 0


@dataclass(kw_only=True)
class Family:
    """A story with the rows that it has become. Keys are those of the story."""

    story: FamilyStory
    ground: Ground
    county: CountyGround
    now: datetime
    """Nothing of the past may happen later than this."""
    mother_id: UUID | None = None
    pregnancy_id: UUID | None = None
    infants: dict[str, UUID] = field(default_factory=dict)
    births: dict[str, UUID] = field(default_factory=dict)
    plan_id: UUID | None = None
    goals: dict[str, UUID] = field(default_factory=dict)
    needs: dict[str, UUID] = field(default_factory=dict)
    consents: dict[str, UUID] = field(default_factory=dict)
    referrals: dict[str, UUID] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    principal_id: UUID | None = None
    level: str = ""
    known_at: set[str] = field(default_factory=set)
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def her(self) -> UUID:
        """The mother's identity; every moment but the first has it."""
        if self.mother_id is None:
            raise LookupError("Nobody has met this mother yet.")
        return self.mother_id

    @property
    def lead_key(self) -> str:
        """The worker who leads the plan."""
        return self._plan().leads[0].worker_key

    @property
    def lead_agency(self) -> str:
        """The agency that keeps the plan."""
        return self._plan().leads[0].agency_key

    def _plan(self) -> Any:
        if self.story.plan is None or not self.story.plan.leads:
            raise LookupError("This story has no plan.")
        return self.story.plan

    def hand(self, agency_key: str) -> str:
        """The worker who takes a family in an agency."""
        return self.county.hand(agency_key=agency_key)

    def agency_of(self, worker_key: str) -> str:
        """The agency of a worker."""
        return self.county.worker_by_key[worker_key].agency_key

    def agency_id(self, agency_key: str) -> UUID:
        """The id of an agency."""
        return self.ground.agencies[agency_key].pk

    def worker_id(self, worker_key: str) -> UUID:
        """The id of a worker."""
        return self.ground.member(worker_key).worker_id

    def person(self, key: str) -> UUID:
        """The identity of an infant by its key, else the mother's."""
        return self.infants.get(key, self.her)

    @contextmanager
    def acting(self, worker_key: str) -> Iterator[Viewer]:
        """Act as a worker of the stories, as her screens would."""
        viewer = self.ground.viewer(worker_key)
        with acting_as(viewer):
            yield viewer

    @contextmanager
    def herself(self) -> Iterator[Viewer]:
        """Act as the mother on her own page."""
        if self.principal_id is None:
            raise LookupError("This mother has no page of her own.")
        viewer = mother_viewer(self.principal_id)
        with acting_as(viewer):
            yield viewer

    @contextmanager
    def office(self, agency_key: str) -> Iterator[Viewer]:
        """Act as the jobs of an agency."""
        viewer = system(System.JOB, holder_id=self.agency_id(agency_key))
        with acting_as(viewer):
            yield viewer

    def key(self, *words: str) -> str:
        """A request key that is the same each time the story is played."""
        return ":".join(("practice", *words))[:64]

    def past(self, at: datetime) -> datetime:
        """The instant, or the present when it lies ahead."""
        return min(at, self.now)

    def on(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A local day and hour, never ahead of the present."""
        return self.past(instant(day=day, hour=hour, minute=minute))

    def after_birth(self, at: datetime, *, hours: int = 2) -> datetime:
        """The instant, or some hours after the birth where that is later."""
        born = max((baby.born_at for baby in self.story.infants), default=at)
        return self.past(max(at, born + timedelta(hours=hours)))

    def count(self, answer: object) -> bool:
        """Whether an action did what was asked; a refusal is counted by its reason, so that none passes unseen."""
        kind = type(answer).__name__
        if kind not in REFUSALS:
            return True
        reasons = getattr(answer, "reasons", None) or getattr(answer, "unmet", None) or getattr(answer, "missing", ())
        for reason in reasons if isinstance(reasons, tuple) else (kind,):
            self.refused[f"{kind}.{getattr(reason, 'value', reason)}"] += 1
        return False


REFUSALS = frozenset({"Refused", "NotReady", "NotSigned", "NeedsConsent", "Conflict", "NotSent"})


def mother_viewer(principal_id: UUID) -> Viewer:
    """A mother as the viewer that she is on her own page (42 CFR 2.23; 45 CFR 164.524)."""
    return Viewer(principal_id=principal_id, kind=PrincipalKind.PERSON, purpose="patient_access", holder_id=principal_id, whole_agency=True)


def end_of(day: date) -> datetime:
    """The midnight that ends a local day."""
    return datetime.combine(day + timedelta(days=1), time(0), ZONE)


def with_name(story: FamilyStory, *, agency_key: str) -> FamilyStory:
    """The story with the mother's name as this agency wrote it down, slips and all."""
    row = next((r for r in story.records if r.agency_key == agency_key), None)
    if row is None:
        return story
    return replace(story, mother=replace(story.mother, given=row.given, family=row.family, birth_on=row.birth_on))
