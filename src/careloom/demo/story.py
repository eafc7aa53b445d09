"""One family's story: what was said, asked, promised and done, with its dates. Frozen records only.

States follow the project's workflows: plan 6.2, need 6.3, referral 6.4 (BSeR business status words), consent 6.5.
Nothing here happens on or after the county's last day, except what is planned: due dates and appointments.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from careloom.demo.people import (
    Agency,
    HouseholdMember,
    Infant,
    Mother,
    RecordAsKept,
    Worker,
)
from careloom.demo.steps import (
    AppointmentStory,
    ConsentGiven,
    PortalUse,
    Promise,
    ReferralStory,
    ReviewStory,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pregnancy:
    """``outcome`` is EXPECTING, BORN or LOSS; ``prenatal_care_from`` is None when there was none."""

    due_on: date
    outcome: str
    babies: int
    prenatal_care_from: date | None
    prenatal_care: str
    births_before: int
    hospital_key: str
    obstetric_key: str
    ended_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Exposure:
    """One substance. ``basis`` says how it is known: SELF_REPORT, MATERNAL_URINE, INFANT_TEST or RECORD."""

    substance: str
    is_prescribed: bool
    as_directed: bool | None
    is_moud: bool
    trimesters: tuple[int, ...]
    basis: tuple[str, ...]
    prescriber_key: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Treatment:
    """Care in a treatment program. ``components_present`` are those of the five parts of medication treatment."""

    agency_key: str
    kind: str
    medicine: str | None
    started_on: date
    ended_on: date | None
    visits_kept: int
    visits_planned: int
    components_present: tuple[str, ...]
    returned_to_use_on: tuple[date, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class BirthNotification:
    """The CAPTA/CARA notification at birth; ``level`` is L0 to L4, ``notify`` NONE, DEIDENTIFIED or IDENTIFIED."""

    made_on: date
    made_by: str
    hospital_key: str
    level: str
    notify: str
    has_concern: bool
    concern_seen: str | None
    mother_told_on: date
    showed_plan: bool
    copies: int = 1
    is_late: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ChildWelfare:
    """What child welfare did after a report. ``finding`` is None while it is open."""

    agency_key: str
    worker_key: str
    reported_on: date
    screened_in: bool | None
    face_to_face_due_on: date | None
    face_to_face_on: date | None
    finding: str | None
    removed_on: date | None = None
    placed_with: str | None = None
    home_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LeadPeriod:
    """Who is accountable for the plan; exactly one period is open while the plan is. ``ends_on`` is exclusive."""

    worker_key: str
    agency_key: str
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LeadQuestion:
    """A request to take the lead that nobody has answered yet; the present lead, if any, stays until a yes."""

    to_worker_key: str
    to_agency_key: str
    from_worker_key: str
    asked_at: datetime
    due_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """``kind`` is PRENATAL or AT_BIRTH; ``status`` is OFFERED, DECLINED, DRAFT, ACTIVE or CLOSED."""

    key: str
    kind: str
    status: str
    offered_on: date
    started_on: date | None
    agreed_on: date | None
    how_agreed: str | None
    language: str
    leads: tuple[LeadPeriod, ...]
    lead_question: LeadQuestion | None = None
    co_lead_agency_key: str | None = None
    version: int = 1
    declined_words: str | None = None
    closed_on: date | None = None
    closing_reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Need:
    """``choice`` is YES, NOT_NOW, NO or None (not asked yet). ``her_words`` are hers, in her language."""

    key: str
    code: str
    domain: str
    title: str
    person_key: str
    named_on: date
    choice: str | None
    chosen_on: date | None
    her_words: str
    service_kind: str
    state: str
    resolved_on: date | None = None
    reason: str | None = None
    has_service_already: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal:
    """A goal in her words. A changed goal names the one it replaces."""

    key: str
    words: str
    language: str
    stated_on: date
    replaces: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Strength:
    """What goes well, and who said so."""

    words: str
    language: str
    said_by: str
    said_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class TeamSeat:
    """A place on the care team: a worker or someone from her household, never both."""

    role: str
    joined_on: date
    worker_key: str | None = None
    member_key: str | None = None
    left_on: date | None = None
    is_lead: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class FamilyStory:
    """Everything about one family. ``world`` names the training world it belongs to, or is None."""

    number: int
    key: str
    label: str
    world: str | None
    mother: Mother
    household: tuple[HouseholdMember, ...]
    pregnancy: Pregnancy
    exposure_class: str
    exposures: tuple[Exposure, ...]
    treatment: Treatment | None
    infants: tuple[Infant, ...]
    notification: BirthNotification | None
    child_welfare: ChildWelfare | None
    plan: Plan | None
    needs: tuple[Need, ...]
    goals: tuple[Goal, ...]
    strengths: tuple[Strength, ...]
    care_team: tuple[TeamSeat, ...]
    consents: tuple[ConsentGiven, ...]
    referrals: tuple[ReferralStory, ...]
    reviews: tuple[ReviewStory, ...]
    appointments: tuple[AppointmentStory, ...]
    portal: tuple[PortalUse, ...]
    promises: tuple[Promise, ...]
    records: tuple[RecordAsKept, ...]
    imperfections: tuple[str, ...] = ()
    synthetic: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class County:
    """The practice world on its last day: two counties, their agencies and workers, and the families' stories."""

    state: str
    state_name: str
    counties: tuple[str, ...]
    zone: str
    seed: int
    months: int
    starts_on: date
    ends_on: date
    agencies: tuple[Agency, ...]
    workers: tuple[Worker, ...]
    families: tuple[FamilyStory, ...]
    synthetic: bool = True
