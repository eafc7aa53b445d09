"""The ground the stories stand on: window, archetype, switches, agencies, workers, and what a named world fixes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from careloom.demo.draw import Draw, months_before
from careloom.demo.parameters import Switches, data
from careloom.demo.people import Agency, Worker

COUNTIES = ("Pine", "Harbor")
ROLES = (
    "CARE_COORDINATOR",
    "HOSPITAL_SOCIAL_WORKER",
    "CHILD_WELFARE_WORKER",
    "HOME_VISITOR",
    "SUPERVISOR",
    "PRIVACY_OFFICER",
    "RECORDS_CLERK",
    "AGENCY_ADMIN",
    "STATE_LEAD",
    "COLLABORATIVE_COORDINATOR",
    "AUDITOR",
    "DIRECTORY_STEWARD",
)
"""The twelve named roles; TRIBAL_WORKER, CLINICIAN and SERVICE_WORKER are seats in agencies beside them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """What a named world fixes before chance fills in the rest. None leaves the draw alone; days count from ends_on."""

    world: str
    given: str
    family: str
    age: int
    county: str
    birth_in_days: int
    exposure_class: str
    is_reported: bool
    plan_kind: str | None
    preferred: str | None = None
    language: str = "en"
    race_ethnicity: str | None = None
    tribe: str | None = None
    babies: tuple[tuple[str, str], ...] = ()
    """Given name and sex of each."""
    gestation: tuple[int, int] | None = None
    weight_g: int | None = None
    medicine: str | None = None
    program_key: str | None = None
    in_treatment_days: int | None = None
    hospital_key: str | None = None
    lead_key: str | None = None
    level: str | None = None
    plan_started_days: int | None = None
    payer: str | None = None
    phone: str | None = None
    concern: str | None = None


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The fixed part of one county: made once, read by every table."""

    seed: int
    starts_on: date
    ends_on: date
    months: int
    mix: str
    switches: Switches = field(default_factory=Switches)

    @cached_property
    def agencies(self) -> tuple[Agency, ...]:
        """Every agency of both counties, the Tribe, the state and the partnership's office."""
        return tuple(Agency(**row) for row in data("agencies"))

    @cached_property
    def workers(self) -> tuple[Worker, ...]:
        """Every worker."""
        return tuple(Worker(**{**row, "languages": tuple(row["languages"])}) for row in data("workers"))

    @cached_property
    def agency_by_key(self) -> dict[str, Agency]:
        """Agencies by key."""
        return {agency.key: agency for agency in self.agencies}

    @cached_property
    def worker_by_key(self) -> dict[str, Worker]:
        """Workers by key."""
        return {worker.key: worker for worker in self.workers}

    @cached_property
    def _keys_by_kind(self) -> dict[tuple[str, str], tuple[str, ...]]:
        kinds: dict[tuple[str, str], tuple[str, ...]] = {}
        for agency in self.agencies:
            for county in COUNTIES:
                near = agency.county == county
                kept = kinds.get((agency.kind, county), ())
                kinds[(agency.kind, county)] = (agency.key, *kept) if near else (*kept, agency.key)
        return kinds

    @cached_property
    def _hands(self) -> dict[str, str]:
        """The worker of each agency who does the work with families."""
        hands: dict[str, str] = {}
        passed = ("SUPERVISOR", "PRIVACY_OFFICER", "AGENCY_ADMIN", "RECORDS_CLERK", "AUDITOR")
        for worker in self.workers:
            if worker.role not in passed:
                hands.setdefault(worker.agency_key, worker.key)
        return hands

    def near(self, *, kind: str, county: str) -> str:
        """The agency of this kind that is nearest to the county (its own where it has one)."""
        return self._keys_by_kind[(kind, county)][0]

    def other(self, *, kind: str, county: str) -> str:
        """The farthest agency of this kind: the second place to ask."""
        return self._keys_by_kind[(kind, county)][-1]

    def hand(self, *, agency_key: str) -> str:
        """The worker who would take a family in this agency."""
        return self._hands[agency_key]

    def draw(self, *, table: str, number: int) -> Draw:
        """The stream of one table for one family."""
        return Draw(seed=self.seed, table=table, number=number)

    def day(self, offset: int) -> date:
        """The day ``offset`` days from the county's last day."""
        return self.ends_on + timedelta(days=offset)


def make_ground(*, seed: int, months: int, ends_on: date, mix: str = "ct_like", switches: Switches | None = None) -> Ground:
    """The ground of one county; ValueError when the window is empty."""
    if months < 1:
        raise ValueError("The county needs at least one month.")
    return Ground(
        seed=seed,
        starts_on=months_before(ends_on, months=months),
        ends_on=ends_on,
        months=months,
        mix=mix,
        switches=switches or Switches(),
    )
