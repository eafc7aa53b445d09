"""The plan of safe care outside Part 2, and the CAPTA notification (42 USC 5106a(b)(2)(B)(ii), (iii))."""

from __future__ import annotations

from datetime import date

from careloom.kernel.disclosure import duties
from careloom.kernel.disclosure.groups import CARING_USES
from careloom.kernel.disclosure.hipaa import represents_child
from careloom.kernel.disclosure.hipaa_special import COURT_ORDERS, in_force
from careloom.kernel.disclosure.inputs import Scenario
from careloom.kernel.disclosure.papers import between, ids, latest_end
from careloom.kernel.disclosure.part2_prohibitions import restricted
from careloom.kernel.disclosure.reasons import ChildWelfare, Hipaa, Other
from careloom.kernel.disclosure.releases import AUTHORIZATIONS, RELEASES, released
from careloom.kernel.disclosure.rule import Finding, Rule, permit, prohibit, refuse
from careloom.kernel.disclosure.safe_fields import are_safe
from careloom.kernel.disclosure.vocabulary import Actor, AgreementKind, Category, Obligation, Purpose, Subject

CARA = date(2016, 7, 22)
_PARTC = frozenset({Category.HIPAA_NEWBORN_RECORD, Category.POSC_REFERRAL_STATUS, Category.EDU_PARTC})
_STATE = frozenset({Actor.CPS_AGENCY, Actor.STATE_OVERSIGHT, Actor.PUBLIC_HEALTH})
# Named once: to find a word by its name costs more than to compare it.
_PATIENT, _CPS_AGENCY, _SOFTWARE_VENDOR, _EARLY_INTERVENTION = Actor.PATIENT, Actor.CPS_AGENCY, Actor.SOFTWARE_VENDOR, Actor.EARLY_INTERVENTION
_NOTIF_CAPTA_IDENTIFIED, _NOTIF_CAPTA_DEID = Category.NOTIF_CAPTA_IDENTIFIED, Category.NOTIF_CAPTA_DEID
_PATIENT_ACCESS, _POSC_MONITORING, _SYSTEM_OPERATION = Purpose.PATIENT_ACCESS, Purpose.POSC_MONITORING, Purpose.SYSTEM_OPERATION
_CAPTA_NOTIFICATION = Purpose.CAPTA_NOTIFICATION
_MOTHER, _INFANT = Subject.MOTHER, Subject.INFANT


def _kept_limit(scenario: Scenario) -> tuple[Finding, ...]:
    """A limit that the holder promised binds it under every law (45 CFR 164.522(a))."""
    return prohibit(Hipaa.RESTRICTED) if restricted(scenario) else ()


def _ordered(scenario: Scenario) -> tuple[Finding, ...]:
    """A court's order for what an agency outside HIPAA wrote; it opens what it lists to whom it names."""
    found: list[Finding] = []
    for order in scenario.orders:
        if order.kind in COURT_ORDERS and in_force(order=order, scenario=scenario):
            owed = {Obligation.ORDER_SCOPE_ONLY, Obligation.SEAL, Obligation.NO_REDISCLOSURE, Obligation.SEGMENT_EXCLUDE}
            found += permit(Other.ORDERED, duties=owed, instruments=(order.id,), last_day=order.expires)
    return tuple(found)


def _own(scenario: Scenario) -> tuple[Finding, ...]:
    request = scenario.request
    if request.actor is not _PATIENT or request.purpose is not _PATIENT_ACCESS:
        return ()
    hers = request.subject is _MOTHER or (request.subject is _INFANT and represents_child(scenario))
    return permit(Hipaa.PLAN_OWN, duties=duties.own_record(scenario)) if hers else refuse(Hipaa.OTHER_PERSON, duties={Obligation.SEGMENT_EXCLUDE})


def _shared(scenario: Scenario) -> tuple[Finding, ...]:
    owed = {Obligation.SEGMENT_EXCLUDE, Obligation.LIMIT_PURPOSE, Obligation.CW_CONFIDENTIAL}
    return released(scenario, reason=Hipaa.PLAN_SHARED, kinds=RELEASES, owed=owed) or refuse(Hipaa.PLAN_NOT_SHARED)


def _monitored(scenario: Scenario) -> tuple[Finding, ...]:
    request = scenario.request
    monitors = request.actor is _CPS_AGENCY and request.purpose is _POSC_MONITORING
    if monitors and scenario.facts.required_by_law:
        return permit(Hipaa.PLAN_REQUIRED, duties=duties.hipaa(scenario) | {Obligation.SEGMENT_EXCLUDE, Obligation.LIMIT_PURPOSE})
    return ()


def _hosted(scenario: Scenario) -> tuple[Finding, ...]:
    """Whoever runs the system for the holder of the plan may do so under a live written agreement, and nothing more."""
    papers = between(scenario=scenario, on=scenario.on, kinds={AgreementKind.BAA, AgreementKind.QSOA})
    if papers and scenario.request.purpose is _SYSTEM_OPERATION and scenario.request.actor is _SOFTWARE_VENDOR:
        owed = {Obligation.LIMIT_PURPOSE, Obligation.NO_REDISCLOSURE}
        return permit(Hipaa.ASSOCIATE, duties=owed, instruments=ids(papers), last_day=latest_end(papers))
    return ()


def _part_c(scenario: Scenario) -> tuple[Finding, ...]:
    """The referral itself needs no consent; records coming back do (20 USC 1437(a)(6), 34 CFR 303.303)."""
    request = scenario.request
    referral = request.actor is _EARLY_INTERVENTION and request.subject is _INFANT and request.category in _PARTC
    referral = referral and scenario.source.holder_type not in {"early_intervention", "school", "dv_program"}
    if referral and scenario.facts.affected_by_prenatal_exposure and request.purpose in CARING_USES:
        owed = duties.hipaa(scenario) | {Obligation.PARTC_7_DAYS, Obligation.MIN_NECESSARY, Obligation.SEGMENT_EXCLUDE}
        return permit(Other.PARTC_REFERRAL, duties=owed)
    return refuse(Other.NO_PARTC_REFERRAL) if referral else ()


def _identified(scenario: Scenario) -> tuple[Finding, ...]:
    if scenario.request.category is not _NOTIF_CAPTA_IDENTIFIED:
        return ()
    born = scenario.request.subject in {Subject.INFANT, Subject.MOTHER}
    if scenario.request.purpose is not _CAPTA_NOTIFICATION or scenario.request.actor is not _CPS_AGENCY or not born:
        return refuse(ChildWelfare.NOTIFICATION_AUTHORITY)
    owed = {Obligation.TRACK_NOTIFICATION, Obligation.LIMIT_PURPOSE, Obligation.INFORM_PATIENT}
    authorized = released(scenario, reason=Hipaa.AUTHORIZED, kinds=AUTHORIZATIONS, owed=owed)
    if authorized:
        return authorized
    if not scenario.facts.state_law_requires_identified_notification:
        return refuse(ChildWelfare.NOTIFICATION_NOT_REQUIRED)
    required = duties.hipaa(scenario) | {Obligation.TRACK_NOTIFICATION, Obligation.INFORM_PATIENT, Obligation.ACCOUNT_164_528}
    return permit(ChildWelfare.NOTIFICATION, duties=required)


def _deidentified(scenario: Scenario) -> tuple[Finding, ...]:
    facts = scenario.facts
    if scenario.request.category is not _NOTIF_CAPTA_DEID:
        return ()
    if scenario.request.purpose is not _CAPTA_NOTIFICATION or scenario.request.actor not in _STATE:
        return refuse(ChildWelfare.NOTIFICATION_AUTHORITY)
    shown = bool(facts.fields) or facts.is_deidentified
    if shown and are_safe(facts.fields or ()) and facts.deidentified is not False:
        return permit(ChildWelfare.NOTIFICATION_DEID, duties={Obligation.TRACK_NOTIFICATION, Obligation.AGGREGATE_ONLY})
    return refuse(Hipaa.IDENTIFIERS_LEFT)


KEPT_LIMIT = Rule(name="limit_kept", authority=("45 CFR 164.522(a)",), find=_kept_limit)
ORDERED = Rule(name="outside_hipaa_court", authority=("45 CFR 164.512(e)(1)(i)",), find=_ordered, review_needed=True)
PLAN = (
    KEPT_LIMIT,
    Rule(name="plan_own", authority=("45 CFR 164.524",), find=_own, effective_from=CARA),
    Rule(name="plan_shared", authority=("45 CFR 164.508", "42 USC 5106a(b)(2)(B)(iii)"), find=_shared, effective_from=CARA),
    Rule(name="plan_monitored", authority=("45 CFR 164.512(a)",), find=_monitored, effective_from=CARA, review_needed=True),
    Rule(name="plan_hosted", authority=("45 CFR 164.502(e)",), find=_hosted, effective_from=CARA),
)
PART_C_REFERRAL = Rule(name="part_c_referral", authority=("20 USC 1437(a)(6)",), find=_part_c)
NOTIFICATIONS = (
    Rule(name="notification_identified", authority=("42 USC 5106a(b)(2)(B)(ii)",), find=_identified, effective_from=CARA),
    Rule(name="notification_deidentified", authority=("45 CFR 164.514(b)",), find=_deidentified, effective_from=CARA),
)
