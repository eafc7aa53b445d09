"""Child welfare records: CAPTA's list of recipients, title IV-E, ICWA (42 USC 5106a(b)(2)(B)(viii) to (x), 671(a)(8); 25 USC 1912)."""

from __future__ import annotations

from careloom.kernel.disclosure.groups import CARING_USES, COURT_USES, OUTSIDE_CARE, PRIVATE, PROCEEDINGS
from careloom.kernel.disclosure.hipaa_special import in_force
from careloom.kernel.disclosure.inputs import CourtOrder, Scenario
from careloom.kernel.disclosure.part2_orders import order_is_live
from careloom.kernel.disclosure.reasons import ChildWelfare, Other
from careloom.kernel.disclosure.releases import RELEASES, released
from careloom.kernel.disclosure.rule import Finding, Rule, permit, prohibit, refuse
from careloom.kernel.disclosure.vocabulary import Actor, Category, Obligation, OrderKind, Purpose, Subject

_O = Obligation
_KEPT = frozenset({_O.CW_CONFIDENTIAL, _O.LIMIT_PURPOSE, _O.REDACT_REPORTER, _O.SEGMENT_EXCLUDE})
_GOVERNMENT = frozenset({Actor.CPS_AGENCY, Actor.TRIBAL_ICWA, Actor.LAW_ENFORCEMENT, Actor.PROSECUTOR, Actor.PUBLIC_HEALTH, Actor.STATE_OVERSIGHT})
_PROTECTING = frozenset(
    {Purpose.SAFETY_ASSESSMENT, Purpose.CHILD_ABUSE_FOLLOWUP, Purpose.CHILD_ABUSE_REPORT_INITIAL, Purpose.POSC_MONITORING, Purpose.CARE_COORDINATION}
) | {Purpose.DEPENDENCY_PROCEEDING, Purpose.PERMANENCY_HEARING, Purpose.CRIMINAL_PROCEEDING, Purpose.SYSTEM_OPERATION, Purpose.TREATMENT}
#: Who decides, defends, prosecutes or speaks for the child acts for nobody's agency.
_NO_AGENT = frozenset(
    {Actor.COURT, Actor.DEFENSE_ATTORNEY, Actor.PROSECUTOR, Actor.PROBATION, Actor.LAW_ENFORCEMENT, Actor.GAL_CASA, Actor.REVIEW_PANEL}
)
_NEVER_LISTED = frozenset({Actor.EMPLOYER, Actor.INSURER_LIFE, Actor.HOUSING, Actor.LEGISLATURE_PUBLIC})
#: State lists that domain/law.md 3.7 read: s. 39.202(2) of Florida. Other states' come as a fact of the case.
_LISTED = frozenset(("FL", actor) for actor in (Actor.LAW_ENFORCEMENT, Actor.PROSECUTOR, Actor.DEFENSE_ATTORNEY, Actor.PATIENT))
_JUDGING = PROCEEDINGS | {Purpose.LEGAL_DEFENSE}
_ADMINISTERING = frozenset({Purpose.FEDERAL_REPORTING, Purpose.SYSTEM_OPERATION, Purpose.PAYMENT_OF_SERVICES})
_AUDITORS = frozenset({Actor.AUDITOR, Actor.STATE_OVERSIGHT})
_CHILD_RECORDS = frozenset({Category.HIPAA_NEWBORN_RECORD, Category.EDU_SCHOOL, Category.EDU_PARTC})
_CASE_COURT = frozenset({Purpose.DEPENDENCY_PROCEEDING, Purpose.PERMANENCY_HEARING})
_CHILDREN = frozenset({Subject.INFANT, Subject.SIBLING})
# Named once: to find a word by its name costs more than to compare it.
_CPS_AGENCY, _PATIENT, _FAMILY_MEMBER, _COURT, _REVIEW_PANEL = Actor.CPS_AGENCY, Actor.PATIENT, Actor.FAMILY_MEMBER, Actor.COURT, Actor.REVIEW_PANEL
_STATE_OVERSIGHT, _LEGISLATURE_PUBLIC, _GAL_CASA, _TRIBAL_ICWA = Actor.STATE_OVERSIGHT, Actor.LEGISLATURE_PUBLIC, Actor.GAL_CASA, Actor.TRIBAL_ICWA
_FOSTER_PARENT = Actor.FOSTER_PARENT
_CW_REPORTER_IDENTITY = Category.CW_REPORTER_IDENTITY
_REPORTER_IDENTITY_ORDER, _CW_ACCESS_FINDING = OrderKind.REPORTER_IDENTITY_ORDER, OrderKind.CW_ACCESS_FINDING
_CHILD_ABUSE_REPORT_INITIAL, _PATIENT_ACCESS = Purpose.CHILD_ABUSE_REPORT_INITIAL, Purpose.PATIENT_ACCESS
_PUBLIC_DISCLOSURE, _ICWA_NOTICE = Purpose.PUBLIC_DISCLOSURE, Purpose.ICWA_NOTICE
_OTHER_PARENT = Subject.OTHER_PARENT


def _reporter(scenario: Scenario) -> tuple[Finding, ...]:
    """106(b)(3): only a court that found the report knowingly false, after review in chambers, opens the name."""
    if scenario.request.category is not _CW_REPORTER_IDENTITY:
        return ()
    for order in scenario.orders:
        found = order.finding_knowingly_false and order.in_camera and order.kind is _REPORTER_IDENTITY_ORDER
        if found and scenario.request.purpose in _JUDGING and _names_reporter(order, scenario):
            owed = {_O.ORDER_SCOPE_ONLY, _O.SEAL, _O.CW_CONFIDENTIAL}
            return permit(ChildWelfare.REPORTER_ORDER, duties=owed, instruments=(order.id,), last_day=order.expires)
    return prohibit(ChildWelfare.REPORTER_HIDDEN, duties={_O.REDACT_REPORTER})


def _names_reporter(order: CourtOrder, scenario: Scenario) -> bool:
    """In force for this court or recipient; the order's own kind says what it opens, whatever else it lists."""
    request = scenario.request
    live = order_is_live(order=order, on=scenario.on) and bool(order.court.strip()) and bool(request.actor_org.strip(" -"))
    listed = not any(word.startswith("cw.") for word in order.scope) or Category.CW_REPORTER_IDENTITY.value in order.scope
    return live and listed and (request.actor_org in order.recipients or request.actor_org == order.court)


def _agencies(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    if request.purpose not in _PROTECTING:
        return refuse(ChildWelfare.LEGAL_PROTECTION) if request.actor in _GOVERNMENT else ()
    own = request.actor is _CPS_AGENCY and bool(request.actor_org) and request.actor_org == scenario.source.holder
    if own:
        return permit(ChildWelfare.AGENCY_USE, duties=_KEPT)
    if request.actor in _GOVERNMENT and facts.need_to_protect_child:
        return permit(ChildWelfare.PROTECTING_AGENCY, duties=_KEPT)
    reported = request.purpose is _CHILD_ABUSE_REPORT_INITIAL and facts.report_under_state_law and facts.initial_report is not False
    if reported and request.actor is _CPS_AGENCY:
        return permit(ChildWelfare.PROTECTING_AGENCY, *((ChildWelfare.IVE_REPORT,) if facts.title_iv_e else ()), duties=_KEPT)
    if facts.contract_provider and request.actor not in PRIVATE | _NO_AGENT:
        return permit(ChildWelfare.CONTRACTED_AGENT, duties=_KEPT)
    if facts.contract_provider is not None:
        return refuse(ChildWelfare.NOT_CONTRACTED)
    return refuse(ChildWelfare.LEGAL_PROTECTION) if request.actor in _GOVERNMENT else ()


def _subject(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    mother = request.actor is _PATIENT and request.subject in {Subject.MOTHER, *_CHILDREN}
    father = request.actor is _FAMILY_MEMBER and request.actor_role == "father" and request.subject is _OTHER_PARENT
    if request.purpose is _PATIENT_ACCESS and facts.subject_of_report and (mother or father):
        return permit(ChildWelfare.SUBJECT, duties={_O.REDACT_REPORTER, _O.SEGMENT_EXCLUDE, _O.CW_CONFIDENTIAL, _O.VERIFY_164_514H})
    return ()


def _court(scenario: Scenario) -> tuple[Finding, ...]:
    for order in scenario.orders:
        if order.kind is _CW_ACCESS_FINDING and order.finding_necessary and in_force(order=order, scenario=scenario):
            owed = {_O.SEAL, _O.ORDER_SCOPE_ONLY, _O.REDACT_REPORTER, _O.CW_CONFIDENTIAL}
            return permit(ChildWelfare.COURT_FINDING, duties=owed, instruments=(order.id,), last_day=order.expires)
    return refuse(ChildWelfare.NO_COURT_FINDING) if scenario.request.actor is _COURT else ()


def _reviewers(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    if request.actor is _REVIEW_PANEL and request.purpose in {Purpose.PROGRAM_EVALUATION, Purpose.FATALITY_REVIEW}:
        return permit(ChildWelfare.REVIEW_PANEL, duties=_KEPT)
    if facts.title_iv_e:
        audits = request.actor in _AUDITORS and request.purpose in {Purpose.AUDIT, Purpose.PROGRAM_EVALUATION, Purpose.FEDERAL_REPORTING}
        if audits and (facts.audit_authority or facts.oversight_authority):
            return permit(ChildWelfare.IVE_AUDIT, duties=_KEPT)
    if facts.title_iv_e and request.actor is _STATE_OVERSIGHT and request.purpose in _ADMINISTERING:
        return permit(ChildWelfare.IVE_ADMINISTRATION, duties=_KEPT)
    return refuse(ChildWelfare.IVE_NOT_THIS) if facts.title_iv_e else ()


def _public(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    if request.actor is not _LEGISLATURE_PUBLIC and request.purpose is not _PUBLIC_DISCLOSURE:
        return ()
    if facts.title_iv_e:
        return prohibit(ChildWelfare.IVE_CLOSED)
    if facts.fatality_or_near_fatality and request.category in {Category.CW_CASE_RECORD, Category.CW_REPORT, Category.CW_HISTORY}:
        return permit(ChildWelfare.FATALITY, duties={_O.REDACT_REPORTER, _O.SEGMENT_EXCLUDE, _O.MIN_NECESSARY})
    return prohibit(ChildWelfare.PUBLIC_CLOSED)


def _represented(scenario: Scenario) -> tuple[Finding, ...]:
    request = scenario.request
    if request.actor is not _GAL_CASA:
        return ()
    own_child = scenario.facts.appointed is True and request.subject in _CHILDREN and request.purpose in COURT_USES
    return permit(ChildWelfare.GUARDIAN_AD_LITEM, duties=_KEPT) if own_child else refuse(ChildWelfare.NOT_APPOINTED)


def _tribe(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    if request.actor is not _TRIBAL_ICWA:
        return ()
    if request.purpose is _ICWA_NOTICE and facts.reason_to_know_indian_child:
        return permit(ChildWelfare.ICWA_NOTICE, duties=_KEPT | {_O.MIN_NECESSARY, _O.TRACK_NOTIFICATION})
    if request.purpose in _CASE_COURT and facts.party:
        return permit(ChildWelfare.ICWA_PARTY, duties=_KEPT)
    return refuse(ChildWelfare.ICWA_CLOSED)


def _caregiver(scenario: Scenario) -> tuple[Finding, ...]:
    """675(5)(D): the child's own health and education record goes with the placement."""
    request = scenario.request
    if request.actor is not _FOSTER_PARENT:
        return ()
    cares = request.purpose in CARING_USES
    if scenario.facts.placement and cares and request.subject in _CHILDREN and request.category in _CHILD_RECORDS:
        school = request.category in {Category.EDU_SCHOOL, Category.EDU_PARTC}
        owed = _KEPT | {_O.MIN_NECESSARY, _O.NO_REDISCLOSURE} | ({_O.FERPA_LOG} if school else set())
        return permit(ChildWelfare.CAREGIVER_RECORDS, *((Other.FERPA_EDUCATION_NEEDS,) if school else ()), duties=owed)
    return refuse(ChildWelfare.CAREGIVER_LIMITS, duties={_O.SEGMENT_EXCLUDE})


def _state_class(scenario: Scenario) -> tuple[Finding, ...]:
    request, facts = scenario.request, scenario.facts
    if request.purpose in OUTSIDE_CARE:
        return ()
    if facts.state_authorized_class and request.actor not in _NEVER_LISTED:
        return permit(ChildWelfare.STATE_CLASS, duties=_KEPT)
    own = request.actor is not _PATIENT or (facts.legal_parent is True and request.purpose is _PATIENT_ACCESS)
    listed = (facts.jurisdiction or "", request.actor) in _LISTED and request.purpose in COURT_USES | {Purpose.PATIENT_ACCESS}
    return permit(ChildWelfare.FLORIDA_LIST, duties=_KEPT | {_O.VERIFY_164_514H}) if listed and own else ()


def _release(scenario: Scenario) -> tuple[Finding, ...]:
    return released(scenario, reason=ChildWelfare.RELEASE, kinds=RELEASES, owed=_KEPT)


CAREGIVER = Rule(name="cw_caregiver", authority=("42 USC 675(5)(D)",), find=_caregiver)
REPORTER = Rule(name="cw_reporter", authority=("42 USC 5106a(b)(3)",), find=_reporter)
CHILD_WELFARE = (
    Rule(name="cw_agencies", authority=("42 USC 5106a(b)(2)(B)(ix)",), find=_agencies),
    Rule(name="cw_subject", authority=("42 USC 5106a(b)(2)(B)(viii)(I)",), find=_subject),
    Rule(name="cw_court", authority=("42 USC 5106a(b)(2)(B)(viii)(V)",), find=_court),
    Rule(name="cw_reviewers", authority=("42 USC 5106a(b)(2)(B)(viii)(III)", "42 USC 671(a)(8)"), find=_reviewers),
    Rule(name="cw_public", authority=("42 USC 671(a)(8)", "42 USC 5106a(b)(2)(B)(x)"), find=_public),
    Rule(name="cw_represented", authority=("42 USC 5106a(b)(2)(B)(xiii)",), find=_represented),
    Rule(name="cw_tribe", authority=("25 USC 1912",), find=_tribe),
    Rule(name="cw_state_class", authority=("42 USC 5106a(b)(2)(B)(viii)(VI)",), find=_state_class, review_needed=True),
    Rule(name="cw_release", authority=("42 USC 5106a(b)(2)(B)(viii)",), find=_release, review_needed=True),
)
