"""Part 2 disclosures that need no consent (42 CFR 2.13(c), 2.14(c), 2.15(b)(1), 2.23 to 2.25, 2.31(b)(1), 2.51 to 2.54)."""

from __future__ import annotations

from datetime import date

from careloom.kernel.disclosure import duties
from careloom.kernel.disclosure.groups import INQUIRIES, NOTES, PRIVATE, PROVIDERS, TREATING
from careloom.kernel.disclosure.inputs import Scenario
from careloom.kernel.disclosure.papers import between, ids, latest_end
from careloom.kernel.disclosure.part2_applicability import from_program
from careloom.kernel.disclosure.part2_scope import BOUND, is_proceeding
from careloom.kernel.disclosure.reasons import PartTwo, Reason
from careloom.kernel.disclosure.rule import Finding, Rule, permit, refuse
from careloom.kernel.disclosure.safe_fields import are_safe
from careloom.kernel.disclosure.signers import ADULT
from careloom.kernel.disclosure.vocabulary import Actor, AgreementKind, Category, Obligation, Provenance, Purpose, Subject

#: 89 FR 12472 put section 2.54 into the rules.
FINAL_RULE = date(2024, 4, 16)
_CRISIS = frozenset({Purpose.EMERGENCY_TREATMENT, Purpose.TREATMENT})
_REVIEWS = frozenset({Purpose.AUDIT, Purpose.PROGRAM_EVALUATION})
_REVIEWERS = frozenset({Actor.AUDITOR, Actor.MEDICAID_AGENCY, Actor.STATE_OVERSIGHT, Actor.HEALTH_PLAN, Actor.PUBLIC_HEALTH})
_DEATH_INQUIRERS = frozenset({"coroner", "medical_examiner", "vital_records_officer"})
_BACK_ONLY = frozenset({Obligation.AGGREGATE_ONLY, Obligation.RETURN_OR_DESTROY, Obligation.NO_REDISCLOSURE})
# Named once: to find a word by its name costs more than to compare it.
_PATIENT, _RESEARCHER, _AUDITOR, _PUBLIC_HEALTH = Actor.PATIENT, Actor.RESEARCHER, Actor.AUDITOR, Actor.PUBLIC_HEALTH
_FAMILY_MEMBER, _PART2_PROGRAM = Actor.FAMILY_MEMBER, Actor.PART2_PROGRAM
_PART2_PRESENCE = Category.PART2_PRESENCE
_ORIGINATING = Provenance.ORIGINATING
_PATIENT_ACCESS, _EMERGENCY_TREATMENT, _RESEARCH = Purpose.PATIENT_ACCESS, Purpose.EMERGENCY_TREATMENT, Purpose.RESEARCH
_FOR_PUBLIC_HEALTH, _TREATMENT, _LEGAL_DEFENSE = Purpose.PUBLIC_HEALTH, Purpose.TREATMENT, Purpose.LEGAL_DEFENSE
_MOTHER, _COHORT = Subject.MOTHER, Subject.COHORT


def _patient(scenario: Scenario) -> tuple[Finding, ...]:
    """2.23: her own record. Only the mother signs in as the patient; another person's record is another matter."""
    request, facts = scenario.request, scenario.facts
    if request.actor is not _PATIENT:
        hers: list[Reason] = [PartTwo.NOT_THE_PATIENT] if request.purpose is _PATIENT_ACCESS else []
        hers += [PartTwo.NOT_HER_ACCOUNTING] if facts.accounting_request is not None else []
        return refuse(*hers) if hers else ()
    if request.subject not in {Subject.MOTHER, Subject.INFANT}:
        return refuse(PartTwo.OTHER_PERSON, duties={Obligation.SEGMENT_EXCLUDE})
    if request.category in NOTES:
        return refuse(PartTwo.NOTES_NOT_IN_ACCESS)
    own = request.subject is _MOTHER or (request.category is not None and request.category.family == "posc")
    if request.purpose is not _PATIENT_ACCESS or not own:
        return ()
    owed = duties.own_record(scenario) | {Obligation.PROCEEDINGS_BAR}
    intermediary = facts.lookback_years is not None or facts.request_in_writing is not None
    if intermediary and not facts.accounting_request:
        if not facts.request_in_writing:
            return refuse(PartTwo.INTERMEDIARY_LIST_IN_WRITING)
        return permit(PartTwo.INTERMEDIARY_LIST, duties=owed | {Obligation.INTERMEDIARY_LIST_2_24})
    return permit(PartTwo.ACCOUNTING if facts.accounting_request else PartTwo.PATIENT_ACCESS, duties=owed)


def _emergency(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    if request.purpose is not _EMERGENCY_TREATMENT and not facts.emergency:
        return ()
    closed = facts.declared_disaster is True and facts.program_closed is True
    cannot_consent = facts.consent_obtainable is False and not facts.patient_refused
    medical = request.actor in PROVIDERS and request.purpose in _CRISIS and request.category not in NOTES
    if medical and cannot_consent and (closed or facts.emergency) and not is_proceeding(scenario):
        reasons: list[Reason] = [PartTwo.DISASTER if closed else PartTwo.EMERGENCY]
        owed = duties.PART2 | {Obligation.EMERGENCY_DOC_2_51}
        if facts.restriction is not None:
            reasons.append(PartTwo.RESTRICTION_YIELDS)
            owed |= {Obligation.NO_REDISCLOSURE}
        return permit(*reasons, duties=owed, last_day=request.on)
    return refuse(PartTwo.NO_EMERGENCY, *([PartTwo.RESTRICTED] if facts.restriction is not None else []))


def _research(scenario: Scenario) -> tuple[Finding, ...]:
    request = scenario.request
    if request.actor is not _RESEARCHER and request.purpose is not _RESEARCH:
        return ()
    if request.purpose is not _RESEARCH:
        return refuse(PartTwo.RESEARCH_IDENTIFIES)
    approvals = between(scenario=scenario, on=scenario.on, kinds={AgreementKind.RESEARCH_APPROVAL})
    papers = tuple(a for a in approvals if (a.irb or a.privacy_board_waiver) and a.part2_undertaking)
    may_share = scenario.source.provenance not in BOUND
    if papers and may_share and request.actor is _RESEARCHER and request.category not in NOTES and not is_proceeding(scenario):
        return permit(PartTwo.RESEARCH, duties=duties.without_consent(scenario) | _BACK_ONLY, instruments=ids(papers), last_day=latest_end(papers))
    return refuse(PartTwo.NO_RESEARCH_REVIEW)


def _audit(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    if request.purpose not in _REVIEWS and request.actor is not _AUDITOR:
        return ()
    papers = between(scenario=scenario, on=scenario.on, kinds={AgreementKind.AUDIT_AGREEMENT})
    authority = facts.audit_authority is True or facts.oversight_authority is True or any(a.lawful_authority for a in papers)
    written = bool(papers) or facts.written_agreement is True
    may_copy = facts.written_agreement is not False and (written or not facts.copying)
    reviews = request.actor in _REVIEWERS and request.purpose in _REVIEWS and scenario.source.provenance not in BOUND
    if not (authority and may_copy and reviews) or is_proceeding(scenario):
        return refuse(PartTwo.NO_AUDIT_AGREEMENT)
    if request.category in NOTES and not facts.oversight_authority:
        return refuse(PartTwo.NOTES_CLOSED)
    reason = PartTwo.NOTES_OVERSIGHT if request.category in NOTES else PartTwo.AUDIT
    owed = duties.without_consent(scenario) | {Obligation.RETURN_OR_DESTROY, Obligation.NO_REDISCLOSURE, Obligation.AGGREGATE_ONLY}
    return permit(reason, duties=owed, instruments=ids(papers), last_day=latest_end(papers) if papers else None)


def _public_health(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    if request.actor is not _PUBLIC_HEALTH and request.purpose is not _FOR_PUBLIC_HEALTH:
        return ()
    authority = request.actor is _PUBLIC_HEALTH and facts.public_health_authority is not False
    if authority and facts.is_deidentified and are_safe(facts.fields or ()) and not is_proceeding(scenario):
        return permit(PartTwo.PUBLIC_HEALTH, duties={Obligation.AGGREGATE_ONLY, Obligation.LIMIT_PURPOSE})
    return refuse(PartTwo.NO_IDENTIFIED_PUBLIC_HEALTH)


def _deidentified(scenario: Scenario) -> tuple[Finding, ...]:
    facts, cohort = scenario.facts, scenario.request.subject is _COHORT
    if cohort and facts.is_deidentified and are_safe(facts.fields or ()):
        return permit(PartTwo.DEIDENTIFIED, duties={Obligation.AGGREGATE_ONLY})
    return ()


def _presence(scenario: Scenario) -> tuple[Finding, ...]:
    """2.13(c): a general facility may say that someone is there, if nothing shows substance use treatment."""
    facts = scenario.facts
    general = scenario.source.holder_type == "hospital" and scenario.source.provenance is _ORIGINATING
    if general and facts.reveals_sud is False and facts.directory_only and not facts.patient_objected and not is_proceeding(scenario):
        return permit(PartTwo.FACILITY_PRESENCE, duties={Obligation.LIMIT_PURPOSE, Obligation.MIN_NECESSARY})
    return refuse(PartTwo.PRESENCE_PROTECTED)


def _minor(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    if request.actor_role != "parent_of_minor" or request.actor is not _FAMILY_MEMBER:
        spoken_of = (facts.minor_applicant, facts.director_capacity_finding, facts.substantial_threat)
        return refuse(PartTwo.MINOR_DECIDES) if spoken_of != (None, None, None) else ()
    threat = facts.minor_applicant and facts.director_capacity_finding and facts.substantial_threat and request.purpose in TREATING
    facts_only = request.category is _PART2_PRESENCE and request.subject is _MOTHER and from_program(scenario)
    minor = facts.patient_age is not None and facts.patient_age < ADULT
    if threat and facts_only and minor and not is_proceeding(scenario):
        return permit(PartTwo.MINOR_APPLICANT, duties=duties.PART2, last_day=request.on)
    return refuse(PartTwo.MINOR_DECIDES)


def _deceased(scenario: Scenario) -> tuple[Finding, ...]:
    facts = scenario.facts
    if not facts.patient_deceased:
        return refuse(PartTwo.DECEASED_PROTECTED) if facts.cause_of_death_inquiry_law else ()
    inquirer = scenario.request.actor_role in _DEATH_INQUIRERS or scenario.request.actor is _PUBLIC_HEALTH
    inquires = inquirer and scenario.request.purpose in INQUIRIES and scenario.request.actor not in PRIVATE
    if facts.cause_of_death_inquiry_law and inquires and scenario.request.category not in NOTES and not is_proceeding(scenario):
        return permit(PartTwo.CAUSE_OF_DEATH, duties=duties.without_consent(scenario))
    return refuse(PartTwo.DECEASED_PROTECTED)


def _notes(scenario: Scenario) -> tuple[Finding, ...]:
    """2.31(b)(1): the writer's own treatment, and defense of an action that the patient brought."""
    request, facts = scenario.request, scenario.facts
    if not from_program(scenario) or facts.against_patient:
        return refuse(PartTwo.NOTES_CLOSED)
    wrote = facts.originator and request.actor is _PART2_PROGRAM and facts.same_program is not False
    if wrote and request.purpose is _TREATMENT:
        return permit(PartTwo.NOTES_ORIGINATOR, duties=duties.PART2)
    if facts.action_brought_by_patient and request.purpose is _LEGAL_DEFENSE and request.actor_role == "program_counsel":
        return permit(PartTwo.NOTES_DEFENSE, duties=duties.PART2 | {Obligation.SEAL, Obligation.NO_REDISCLOSURE})
    return refuse(PartTwo.NOTES_CLOSED)


_HINTS: dict[Purpose, Reason] = {
    Purpose.PDMP_REPORTING: PartTwo.PDMP_CONSENT,
    Purpose.CRIMINAL_JUSTICE_MONITORING: PartTwo.MONITORING_CONSENT,
}


def _hints(scenario: Scenario) -> tuple[Finding, ...]:
    """Which consent the purpose would need, for the explanation of a denial."""
    purpose = scenario.request.purpose
    return refuse(_HINTS[purpose]) if purpose in _HINTS else ()


PART2_NO_CONSENT = (
    Rule(name="part2_patient_access", authority=("42 CFR 2.23", "42 CFR 2.24", "42 CFR 2.25"), find=_patient),
    Rule(name="part2_emergency", authority=("42 CFR 2.51",), find=_emergency),
    Rule(name="part2_research", authority=("42 CFR 2.52",), find=_research),
    Rule(name="part2_audit", authority=("42 CFR 2.53",), find=_audit),
    Rule(name="part2_public_health", authority=("42 CFR 2.54",), find=_public_health, effective_from=FINAL_RULE),
    Rule(name="part2_deidentified", authority=("45 CFR 164.514(b)",), find=_deidentified),
    Rule(name="part2_presence", authority=("42 CFR 2.13(c)",), find=_presence, categories=frozenset({Category.PART2_PRESENCE})),
    Rule(name="part2_minor_applicant", authority=("42 CFR 2.14(c)",), find=_minor),
    Rule(name="part2_deceased", authority=("42 CFR 2.15(b)(1)",), find=_deceased),
    Rule(name="part2_notes", authority=("42 CFR 2.31(b)(1)",), find=_notes, categories=NOTES),
    Rule(name="part2_hints", authority=("42 CFR 2.35", "42 CFR 2.36"), find=_hints, purposes=frozenset(_HINTS)),
)
