"""Who is in the practice county: agencies, workers, mothers, infants and the family as she defines it.

Frozen records only. Codes are upper-case words; dates are local legal days; instants are aware and in UTC.
Every record carries ``synthetic=True`` and ids that cannot be real (state ZZ, phone 555-01xx, MRN ``SYN-``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Agency:
    """An organization, a Tribe or a state department, with the unit whose workers use Careloom."""

    key: str
    name: str
    kind: str
    county: str
    unit: str
    is_part2_program: bool
    is_covered_entity: bool
    phone: str
    email: str
    address: str
    npi: str | None = None
    outward_name: str | None = None
    """The sender's name on messages that leave the program, so that the name alone does not tell (mockup 6)."""
    synthetic: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Worker:
    """A person who works in an agency, in one of the named roles."""

    key: str
    given: str
    family: str
    agency_key: str
    role: str
    title: str
    email: str
    phone: str
    languages: tuple[str, ...] = ("en",)
    supervisor_key: str | None = None
    synthetic: bool = True

    @property
    def name(self) -> str:
        """Given and family name, as a person says it."""
        return f"{self.given} {self.family}"


@dataclass(frozen=True, kw_only=True, slots=True)
class SafeContact:
    """How she may be reached without putting her at risk. Hours are local, 24-hour, end exclusive."""

    phone: str
    may_call: bool = True
    may_text: bool = True
    may_leave_voicemail: bool = True
    may_mail: bool = True
    from_hour: int = 8
    to_hour: int = 20
    phone_is_shared: bool = False
    text_first: bool = False
    words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mother:
    """The birthing parent. ``race_ethnicity`` is what she said, or None; it decides nothing here."""

    key: str
    given: str
    family: str
    preferred: str
    pronouns: str
    birth_on: date
    language: str
    wants_interpreter: bool
    race_ethnicity: str | None
    tribe: str | None
    county: str
    address: str | None
    zip_code: str
    is_unhoused: bool
    miles_to_clinic: int
    payer: str
    plan_id: str | None
    mrn: str
    contact: SafeContact
    email: str | None = None
    synthetic: bool = True

    @property
    def name(self) -> str:
        """Given name and family names."""
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class HouseholdMember:
    """Someone she counts as family, or someone she marked "do not contact" (hidden from every shared output)."""

    key: str
    given: str
    family: str
    relation_in_her_words: str
    relation: str
    birth_on: date | None
    lives_with_her: bool
    is_child: bool = False
    do_not_contact: bool = False
    is_named_supporter: bool = False
    cares_for: str | None = None
    phone: str | None = None
    offered_services: bool | None = None
    synthetic: bool = True

    @property
    def name(self) -> str:
        """Given name and family names."""
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Infant:
    """A baby with the birth facts that a hospital records. Weight in grams, gestation in weeks and days."""

    key: str
    given: str
    family: str
    sex: str
    born_at: datetime
    weight_g: int
    gestation_weeks: int
    gestation_days: int
    mrn: str
    hospital_key: str
    pediatric_key: str
    method: str
    """How withdrawal was watched: ESC, FINNEGAN or NONE (no opioid exposure)."""
    has_withdrawal_signs: bool
    had_medicine: bool
    finnegan_peak: int | None
    in_nicu: bool
    days_in_hospital: int
    discharged_on: date | None
    """None while still in hospital on the county's last day."""
    goes_home_with: str
    toxicology_ordered: bool
    died_on: date | None = None
    birth_order: int = 1
    synthetic: bool = True

    @property
    def name(self) -> str:
        """Given name and family names; "Baby boy" or "Baby girl" until one is chosen."""
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordAsKept:
    """How one agency wrote the mother down: the raw material of matching, with its slips."""

    agency_key: str
    given: str
    family: str
    birth_on: date
    mrn: str
    race_ethnicity: str | None
    entered_on: date
    slip: str | None = None
    synthetic: bool = True
