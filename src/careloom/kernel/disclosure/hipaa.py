"""HIPAA for records of a covered entity outside Part 2 (45 CFR 164.502 to 164.514)."""

from __future__ import annotations

from datetime import date

from careloom.kernel.disclosure import duties
from careloom.kernel.disclosure.groups import (
    COVERED,
    EXCHANGES,
    INQUIRIES,
    OUTSIDE_CARE,
    PAYERS,
    PAYING,
    PRIVATE,
    PROTECTING_USES,
    PROVIDERS,
    TREATING,
)
from careloom.kernel.disclosure.inputs import Scenario
from careloom.kernel.disclosure.minimum import asks_too_much
from careloom.kernel.disclosure.papers import between, ids, latest_end
from careloom.kernel.disclosure.part2_prohibitions import restricted
from careloom.kernel.disclosure.reasons import Hipaa, Reason
from careloom.kernel.disclosure.releases import AUTHORIZATIONS, released
from careloom.kernel.disclosure.rule import Finding, Rule, permit, prohibit, refuse
from careloom.kernel.disclosure.safe_fields import are_limited, are_safe
from careloom.kernel.disclosure.signers import ADULT
from careloom.kernel.disclosure.vocabulary import Actor, AgreementKind, Category, Obligation, Provenance, Purpose, Subject

OMNIBUS = date(2013, 9, 23)
_NOTES = Category.HIPAA_PSYCHOTHERAPY_NOTES
_ABUSE_FOLLOW_UP = frozenset({Purpose.CHILD_ABUSE_FOLLOWUP, Purpose.SAFETY_ASSESSMENT})
_OPERATING = PAYING | {Purpose.HEALTH_CARE_OPERATIONS}
_ASSOCIATE = _OPERATING | {Purpose.SYSTEM_OPERATION, Purpose.QSO_SERVICE}
_ASSOCIATE_OWES = frozenset({Obligation.MIN_NECESSARY, Obligation.LIMIT_PURPOSE, Obligation.NO_REDISCLOSURE})
_MARKET = frozenset({Actor.EMPLOYER, Actor.INSURER_LIFE, Actor.HOUSING})
_LIMITED = frozenset({Purpose.RESEARCH, Purpose.PUBLIC_HEALTH, Purpose.HEALTH_CARE_OPERATIONS})
_IN_DIRECTORY = frozenset({Category.HIPAA_OB_RECORD, Category.HIPAA_NEWBORN_RECORD})
OVERSEERS = frozenset({Actor.MEDICAID_AGENCY, Actor.STATE_OVERSIGHT, Actor.AUDITOR, Actor.PUBLIC_HEALTH})
# Named once: to find a word by its name costs more than to compare it.
_PATIENT, _FAMILY_MEMBER, _CPS_AGENCY, _PUBLIC_HEALTH = Actor.PATIENT, Actor.FAMILY_MEMBER, Actor.CPS_AGENCY, Actor.PUBLIC_HEALTH
_RESEARCHER = Actor.RESEARCHER
_BAA = AgreementKind.BAA
_SELF_REPORTED = Provenance.SELF_REPORTED
_HEALTH_CARE_OPERATIONS, _EMERGENCY_TREATMENT, _PATIENT_ACCESS = Purpose.HEALTH_CARE_OPERATIONS, Purpose.EMERGENCY_TREATMENT, Purpose.PATIENT_ACCESS
_CHILD_ABUSE_REPORT_INITIAL, _FOR_PUBLIC_HEALTH, _AUDIT = Purpose.CHILD_ABUSE_REPORT_INITIAL, Purpose.PUBLIC_HEALTH, Purpose.AUDIT
_RESEARCH = Purpose.RESEARCH
_OTHER_PARENT, _MOTHER, _COHORT = Subject.OTHER_PARENT, Subject.MOTHER, Subject.COHORT


def is_notes(scenario: Scenario) -> bool:
    """Whether psychotherapy notes are asked for, which have their own rule."""
    return scenario.request.category is _NOTES


def _limits(scenario: Scenario) -> tuple[Finding, ...]:
    if restricted(scenario):
        return prohibit(Hipaa.RESTRICTED)
    if not asks_too_much(scenario):
        return ()
    # What she authorized is outside the minimum necessary standard (164.502(b)(2)(iii)).
    authorized = released(scenario, reason=Hipaa.AUTHORIZED, kinds=AUTHORIZATIONS, owed=frozenset())
    return () if authorized else prohibit(Hipaa.NOT_MINIMUM)


def _care(scenario: Scenario) -> tuple[Finding, ...]:
    """164.506(c): treatment, payment and operations."""
    request, facts = scenario.request, scenario.facts
    if is_notes(scenario):
        return ()
    related = bool(facts.treating_relationship or facts.treats == request.subject or facts.emergency)
    # 164.506(c)(2) names no relationship; that the recipient treats this patient is how a holder knows that it is for treatment (164.514(h)).
    if request.actor in PROVIDERS and request.purpose in TREATING and related:
        told: list[Reason] = [Hipaa.NOT_PART2] if scenario.source.provenance is _SELF_REPORTED else []
        told += [Hipaa.RESTRICTION_YIELDS] if facts.restriction is not None and request.purpose is _EMERGENCY_TREATMENT else []
        return permit(Hipaa.TREATMENT, *told, duties={Obligation.VERIFY_164_514H, Obligation.RESTRICTION_CHECK})
    if request.actor in PAYERS | PROVIDERS and request.purpose in PAYING:
        return permit(Hipaa.PAYMENT, duties=duties.hipaa(scenario) | {Obligation.RESTRICTION_CHECK})
    operates = request.actor in PAYERS or (request.actor in PROVIDERS and related)
    if operates and request.purpose is _HEALTH_CARE_OPERATIONS:
        return permit(Hipaa.OPERATIONS, duties=duties.hipaa(scenario) | {Obligation.RESTRICTION_CHECK})
    own = request.actor_org == scenario.source.holder and bool(request.actor_org) and request.actor in COVERED
    # Its own treatment, payment and operations are what the record is for (164.506(c)(1)).
    needs = facts.need_to_know is not False and facts.treating_relationship is not False
    if own and needs and request.purpose in TREATING | _OPERATING:
        return permit(Hipaa.WORKFORCE, duties={Obligation.MIN_NECESSARY})
    if request.actor not in PROVIDERS or request.purpose not in TREATING | _OPERATING:
        return ()
    limited = (Hipaa.RESTRICTED,) if facts.restriction is not None else ()
    return refuse(Hipaa.NOT_RELATED, *limited, *((Hipaa.NOT_PART2,) if scenario.source.provenance is _SELF_REPORTED else ()))


def _associate(scenario: Scenario) -> tuple[Finding, ...]:
    papers = between(scenario=scenario, on=scenario.on, kinds={AgreementKind.BAA})
    exchanges = scenario.request.actor in EXCHANGES and scenario.request.purpose in TREATING
    if papers and (scenario.request.purpose in _ASSOCIATE or exchanges) and not is_notes(scenario):
        return permit(Hipaa.ASSOCIATE, duties=_ASSOCIATE_OWES, instruments=ids(papers), last_day=latest_end(papers))
    tried = scenario.request.purpose in {Purpose.SYSTEM_OPERATION, Purpose.QSO_SERVICE}
    tried = tried or any(paper.kind is _BAA for paper in scenario.agreements)
    return refuse(Hipaa.NOT_ASSOCIATE) if tried else ()


def _access(scenario: Scenario) -> tuple[Finding, ...]:
    """164.524: her own record and, as personal representative, her child's."""
    request = scenario.request
    if request.actor is not _PATIENT:
        return ()
    if is_notes(scenario):
        return refuse(Hipaa.NOTES_NOT_IN_ACCESS)
    if request.subject is _MOTHER and request.purpose is _PATIENT_ACCESS:
        return permit(Hipaa.ACCOUNTING if scenario.facts.accounting_request else Hipaa.ACCESS, duties=duties.own_record(scenario))
    if request.subject is _OTHER_PARENT:
        return refuse(Hipaa.OTHER_PERSON, duties={Obligation.SEGMENT_EXCLUDE})
    return ()


def represents_child(scenario: Scenario) -> bool:
    """Whether the requesting parent is the child's personal representative (164.502(g)(3), (g)(5))."""
    request, facts = scenario.request, scenario.facts
    if facts.rights_restricted or facts.endangerment_belief or facts.legal_custody not in {None, "parent"} or facts.legal_parent is False:
        return False
    return request.actor is _PATIENT or (request.actor is _FAMILY_MEMBER and facts.legal_parent is True)


def _child(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    if request.subject not in {Subject.INFANT, Subject.SIBLING} or is_notes(scenario):
        return ()
    if request.actor in {Actor.PATIENT, Actor.FAMILY_MEMBER} and request.purpose is _PATIENT_ACCESS:
        if represents_child(scenario):
            return permit(Hipaa.CHILD_ACCESS, duties=duties.own_record(scenario))
        return prohibit(Hipaa.ENDANGERMENT) if facts.endangerment_belief else refuse(Hipaa.NOT_REPRESENTATIVE)
    caring = TREATING | {Purpose.PATIENT_ACCESS, Purpose.POSC_MONITORING, Purpose.SAFETY_ASSESSMENT}
    if request.actor is _CPS_AGENCY and facts.legal_custody == "cps" and request.purpose in caring:
        return permit(Hipaa.CUSTODY, duties=duties.own_record(scenario))
    return refuse(Hipaa.NOT_REPRESENTATIVE) if request.actor is _CPS_AGENCY and facts.legal_custody is not None else ()


def _abuse(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    if request.purpose not in _ABUSE_FOLLOW_UP | {Purpose.CHILD_ABUSE_REPORT_INITIAL} or is_notes(scenario):
        return ()
    reported = facts.report_under_state_law is True and facts.suspicion is not False and not facts.known_false
    first = request.purpose is _CHILD_ABUSE_REPORT_INITIAL and facts.initial_report is not False
    if first and reported and request.actor in {Actor.CPS_AGENCY, Actor.LAW_ENFORCEMENT}:
        return permit(Hipaa.ABUSE_AUTHORITY, duties=duties.hipaa(scenario), last_day=request.on)
    if request.purpose in _ABUSE_FOLLOW_UP and reported and request.actor is _CPS_AGENCY:
        return permit(Hipaa.ABUSE_FOLLOW_UP, duties=duties.hipaa(scenario))
    return refuse(Hipaa.ABUSE_AUTHORITY_ONLY)


def _public_health(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    if request.actor is not _PUBLIC_HEALTH or request.purpose is not _FOR_PUBLIC_HEALTH or is_notes(scenario):
        return ()
    if facts.state_reporting_law or facts.public_health_authority or facts.required_by_law:
        return permit(Hipaa.PUBLIC_HEALTH, duties=duties.hipaa(scenario))
    return refuse(Hipaa.NO_PUBLIC_HEALTH_LAW)


def _oversight(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    if request.purpose is not _AUDIT or is_notes(scenario):
        return ()
    if request.actor in OVERSEERS and (facts.oversight_authority or facts.audit_authority):
        return permit(Hipaa.OVERSIGHT, duties=duties.hipaa(scenario))
    return refuse(Hipaa.NO_OVERSIGHT)


def _threat(scenario: Scenario) -> tuple[Finding, ...]:
    facts = scenario.facts
    warned = facts.serious_imminent_threat and facts.recipient_can_prevent and scenario.request.purpose in PROTECTING_USES
    if warned:
        notes = (Hipaa.NOTES_EXCEPTION,) if is_notes(scenario) else ()
        return permit(Hipaa.THREAT, *notes, duties=duties.hipaa(scenario), last_day=scenario.request.on)
    spoken_of = facts.serious_imminent_threat is not None or facts.recipient_can_prevent is not None
    return refuse(Hipaa.NO_THREAT) if spoken_of else ()


def _required(scenario: Scenario) -> tuple[Finding, ...]:
    """164.512(a): what a law requires, to whom it names. Notes have their own rule."""
    request = scenario.request
    outside = request.purpose in OUTSIDE_CARE or request.actor in PRIVATE
    # A duty to report is a duty towards the authority that receives reports.
    outside = outside or (request.purpose is _CHILD_ABUSE_REPORT_INITIAL and request.actor not in {Actor.CPS_AGENCY, Actor.LAW_ENFORCEMENT})
    if not scenario.facts.required_by_law or is_notes(scenario) or outside:
        return ()
    return permit(Hipaa.REQUIRED_BY_LAW, duties=duties.hipaa(scenario))


def _family(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    if request.actor is not _FAMILY_MEMBER or request.subject is not _MOTHER or is_notes(scenario):
        return ()
    executor = facts.patient_deceased and facts.personal_representative is not None and request.actor_role == facts.personal_representative
    if executor and request.purpose is _PATIENT_ACCESS:
        return permit(Hipaa.EXECUTOR, duties={Obligation.VERIFY_164_514H, Obligation.SEGMENT_EXCLUDE})
    asks = request.actor_role == "parent_of_minor" and request.purpose is _PATIENT_ACCESS
    stands_in = facts.minor_may_consent_alone is False and not (facts.endangerment_belief or facts.rights_restricted)
    if asks and stands_in and facts.patient_age is not None and facts.patient_age < ADULT:
        return permit(Hipaa.MINOR_REPRESENTED, duties={Obligation.VERIFY_164_514H, Obligation.SEGMENT_EXCLUDE})
    involved = request.purpose in TREATING | PAYING and facts.patient_agreed is True
    if involved and not facts.patient_objected:
        owed = {Obligation.MIN_NECESSARY, Obligation.VERIFY_164_514H, Obligation.RESTRICTION_CHECK}
        return permit(Hipaa.INVOLVED_FAMILY, duties=owed)
    confidential = (Hipaa.MINOR_CONFIDENTIAL,) if request.actor_role == "parent_of_minor" else ()
    return refuse(Hipaa.FAMILY_NOT_AGREED, *confidential)


def _directory(scenario: Scenario) -> tuple[Finding, ...]:
    """164.510(a): that she is there, and nothing of the record, unless she objected or it would show treatment."""
    facts, request = scenario.facts, scenario.request
    asks = facts.directory_only and request.category in _IN_DIRECTORY and request.purpose not in OUTSIDE_CARE
    if asks and not facts.patient_objected and not facts.reveals_sud:
        return permit(Hipaa.DIRECTORY, duties={Obligation.MIN_NECESSARY, Obligation.SEGMENT_EXCLUDE})
    return ()


def _coroner(scenario: Scenario) -> tuple[Finding, ...]:
    facts = scenario.facts
    inquires = scenario.request.actor_role in {"coroner", "medical_examiner"} and scenario.request.purpose in INQUIRIES
    inquires = inquires and scenario.request.actor not in PRIVATE
    infant = facts.infant_deceased and scenario.request.subject in {Subject.INFANT, Subject.SIBLING}
    if not inquires or not (facts.patient_deceased or infant):
        return ()
    return permit(Hipaa.CORONER, *((Hipaa.NOTES_EXCEPTION,) if is_notes(scenario) else ()), duties=duties.hipaa(scenario))


def _research(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    if is_notes(scenario):
        return ()
    if facts.limited_data_set and (request.purpose not in _LIMITED or not are_limited(facts.fields or ())):
        return refuse(Hipaa.LIMITED_NOT_THIS)
    if facts.limited_data_set:
        papers = between(scenario=scenario, on=scenario.on, kinds={AgreementKind.DUA})
        owed = {Obligation.NO_REDISCLOSURE, Obligation.LIMIT_PURPOSE, Obligation.MIN_NECESSARY}
        return (
            permit(Hipaa.LIMITED_DATA_SET, duties=owed, instruments=ids(papers), last_day=latest_end(papers))
            if papers
            else refuse(Hipaa.NO_DATA_USE_AGREEMENT)
        )
    if request.purpose is not _RESEARCH:
        return ()
    approvals = between(scenario=scenario, on=scenario.on, kinds={AgreementKind.RESEARCH_APPROVAL})
    papers = tuple(a for a in approvals if a.irb or a.privacy_board_waiver)
    if papers and request.actor is _RESEARCHER:
        return permit(
            Hipaa.RESEARCH, duties=duties.hipaa(scenario) | {Obligation.LIMIT_PURPOSE}, instruments=ids(papers), last_day=latest_end(papers)
        )
    return refuse(Hipaa.NO_RESEARCH_REVIEW)


def _deidentified(scenario: Scenario) -> tuple[Finding, ...]:
    facts = scenario.facts
    if scenario.request.subject is _COHORT and facts.is_deidentified and are_safe(facts.fields or ()):
        return permit(Hipaa.DEIDENTIFIED, duties={Obligation.AGGREGATE_ONLY})
    return ()


def _authorization(scenario: Scenario) -> tuple[Finding, ...]:
    found = released(scenario, reason=Hipaa.AUTHORIZED, kinds=AUTHORIZATIONS, owed={Obligation.LIMIT_PURPOSE, Obligation.VERIFY_164_514H})
    if found:
        return found
    barred = refuse(Hipaa.EMPLOYMENT_BARRED) if scenario.request.actor in _MARKET else ()
    return (*barred, *(refuse(Hipaa.AUTHORIZATION_FAILS) if scenario.consents else ()))


_HIPAA = ("45 CFR 164.502(a)",)
HIPAA = (
    Rule(name="hipaa_limits", authority=("45 CFR 164.522(a)", "45 CFR 164.502(b)"), find=_limits, effective_from=OMNIBUS),
    Rule(name="hipaa_care", authority=("45 CFR 164.506(c)",), find=_care, effective_from=OMNIBUS),
    Rule(name="hipaa_associate", authority=("45 CFR 164.502(e)",), find=_associate, effective_from=OMNIBUS),
    Rule(name="hipaa_access", authority=("45 CFR 164.524",), find=_access, effective_from=OMNIBUS),
    Rule(name="hipaa_child", authority=("45 CFR 164.502(g)",), find=_child, effective_from=OMNIBUS),
    Rule(name="hipaa_abuse", authority=("45 CFR 164.512(b)(1)(ii)",), find=_abuse, effective_from=OMNIBUS),
    Rule(name="hipaa_public_health", authority=("45 CFR 164.512(b)(1)(i)",), find=_public_health, effective_from=OMNIBUS),
    Rule(name="hipaa_oversight", authority=("45 CFR 164.512(d)",), find=_oversight, effective_from=OMNIBUS),
    Rule(name="hipaa_threat", authority=("45 CFR 164.512(j)",), find=_threat, effective_from=OMNIBUS),
    Rule(name="hipaa_required", authority=("45 CFR 164.512(a)",), find=_required, effective_from=OMNIBUS),
    Rule(name="hipaa_family", authority=("45 CFR 164.510(b)",), find=_family, effective_from=OMNIBUS),
    Rule(name="hipaa_directory", authority=("45 CFR 164.510(a)",), find=_directory, effective_from=OMNIBUS),
    Rule(name="hipaa_coroner", authority=("45 CFR 164.512(g)",), find=_coroner, effective_from=OMNIBUS, review_needed=True),
    Rule(name="hipaa_research", authority=("45 CFR 164.512(i)", "45 CFR 164.514(e)"), find=_research, effective_from=OMNIBUS),
    Rule(name="hipaa_deidentified", authority=("45 CFR 164.514(b)",), find=_deidentified, effective_from=OMNIBUS),
    Rule(name="hipaa_authorization", authority=("45 CFR 164.508",), find=_authorization, effective_from=OMNIBUS),
)
