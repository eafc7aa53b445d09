"""The facts of the case that rules may ask about. `None` is unknown, and unknown never helps a permit."""

from __future__ import annotations

from datetime import date

from careloom.kernel.disclosure.records import Record


class Restriction(Record, frozen=True, kw_only=True):
    """A limit the patient asked for (42 CFR 2.26, 45 CFR 164.522(a)); `to` is a kind or a name of recipient."""

    to: str = ""
    agreed: bool = False
    paid_in_full: bool = False


class Period(Record, frozen=True, kw_only=True):
    """Two inclusive days, such as the dates of the services that a bill is about."""

    first: date
    last: date


class Event(Record, frozen=True, kw_only=True):
    """Something that may end a consent: the day it happened, or None when it is known not to have happened."""

    name: str
    on: date | None = None


class Facts(Record, frozen=True, kw_only=True):
    """One optional field per fact; the names are those of data/disclosure/README.md."""

    accounting_request: bool | None = None
    action_brought_by_patient: bool | None = None
    actor_in_class: bool | None = None
    adjudicated_incapacity: bool | None = None
    affected_by_prenatal_exposure: bool | None = None
    against_patient: bool | None = None
    appointed: bool | None = None
    audit_authority: bool | None = None
    case_plan_access: bool | None = None
    cause_of_death_inquiry_law: bool | None = None
    complementary_suppression: bool | None = None
    consent_obtainable: bool | None = None
    contains_part2: bool | None = None
    contract_provider: bool | None = None
    copying: bool | None = None
    crime_on_premises: bool | None = None
    declared_disaster: bool | None = None
    deidentified: str | bool | None = None
    direct_administrative_control: bool | None = None
    director_capacity_finding: bool | None = None
    director_incapacity_determination: bool | None = None
    directory_only: bool | None = None
    emergency: bool | None = None
    endangerment_belief: bool | None = None
    fatality_or_near_fatality: bool | None = None
    fields: tuple[str, ...] | None = None
    fundraising_statement: bool | None = None
    guardian_appointed: bool | None = None
    inadvertent_disclosure: bool | None = None
    infant_deceased: bool | None = None
    initial_report: bool | None = None
    jurisdiction: str | None = None
    known_false: bool | None = None
    legal_custody: str | None = None
    legal_parent: bool | None = None
    legal_process: str | None = None
    limited_data_set: bool | None = None
    limited_to: tuple[str, ...] | None = None
    lookback_years: int | None = None
    min_cell: int | None = None
    minimum_necessary_documented: bool | None = None
    minor_applicant: bool | None = None
    minor_may_consent_alone: bool | None = None
    need_to_know: bool | None = None
    need_to_protect_child: bool | None = None
    onward_recipient: str | None = None
    originator: bool | None = None
    oversight_authority: bool | None = None
    participant: bool | None = None
    party: bool | None = None
    patient_age: int | None = None
    patient_agreed: bool | None = None
    patient_deceased: bool | None = None
    patient_objected: bool | None = None
    patient_refused: bool | None = None
    personal_representative: str | None = None
    placement: bool | None = None
    program_closed: bool | None = None
    public_health_authority: bool | None = None
    reason_to_know_indian_child: bool | None = None
    received_on: date | None = None
    recipient_can_prevent: bool | None = None
    reliance: bool | None = None
    report_under_state_law: bool | None = None
    request_in_writing: bool | None = None
    requested_span_years: int | None = None
    required_by_law: bool | None = None
    restriction: Restriction | None = None
    reveals_sud: bool | None = None
    rights_restricted: bool | None = None
    same_program: bool | None = None
    satisfactory_assurance: bool | None = None
    serious_imminent_threat: bool | None = None
    services_dates: Period | None = None
    state_authorized_class: bool | None = None
    state_law_requires_identified_notification: bool | None = None
    state_law_requires_pdmp: bool | None = None
    state_reporting_law: bool | None = None
    subject_of_report: bool | None = None
    substantial_threat: bool | None = None
    suppressed: bool | None = None
    surviving_spouse: bool | None = None
    suspicion: bool | None = None
    target: str | None = None
    title_iv_e: bool | None = None
    treating_relationship: bool | None = None
    treatment_condition_of_criminal_disposition: bool | None = None
    treats: str | None = None
    use: str | None = None
    written_agreement: bool | None = None
    events: tuple[Event, ...] = ()

    @property
    def is_deidentified(self) -> bool:
        """Whether a named method of 45 CFR 164.514(b) was used; a bare "yes" is no method."""
        return self.deidentified in ("safe_harbor", "expert_determination")

    def event_day(self, *, name: str) -> date | None:
        """The earliest day on which the named event happened, or None."""
        days = [event.on for event in self.events if event.name == name and event.on is not None]
        return min(days) if days else None

    def knows_event(self, *, name: str) -> bool:
        """Whether the record says anything at all about the named event."""
        return any(event.name == name for event in self.events)
