"""Which law governs the segment, and which rules that law brings (domain/law.md 0.3 step 1)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from careloom.kernel.disclosure.child_welfare import CAREGIVER, CHILD_WELFARE, REPORTER
from careloom.kernel.disclosure.ferpa_partc import FERPA_PARTC
from careloom.kernel.disclosure.hipaa import HIPAA
from careloom.kernel.disclosure.hipaa_special import HIPAA_SPECIAL
from careloom.kernel.disclosure.inputs import Scenario
from careloom.kernel.disclosure.others import EXTRACT, MEDICAID, TABLE, UNCOVERED, VICTIM, WIC
from careloom.kernel.disclosure.part2_applicability import PART2_APPLICABILITY
from careloom.kernel.disclosure.part2_consent import PART2_CONSENT
from careloom.kernel.disclosure.part2_no_consent import PART2_NO_CONSENT
from careloom.kernel.disclosure.part2_orders import PART2_ORDERS
from careloom.kernel.disclosure.part2_prohibitions import PART2_PROHIBITIONS
from careloom.kernel.disclosure.part2_redisclosure import PART2_REDISCLOSURE
from careloom.kernel.disclosure.part2_scope import is_part2, is_proceeding
from careloom.kernel.disclosure.plan import KEPT_LIMIT, NOTIFICATIONS, ORDERED, PART_C_REFERRAL, PLAN
from careloom.kernel.disclosure.reasons import ChildWelfare, Hipaa, Other, PartTwo, Reason
from careloom.kernel.disclosure.rule import Rule
from careloom.kernel.disclosure.rulebook import Rulebook
from careloom.kernel.disclosure.vocabulary import Actor, Category, Obligation, Subject


@dataclass(frozen=True, kw_only=True, eq=False)
class Regime:
    """A law with its rules and what it says when none of them permits."""

    name: str
    rules: tuple[Rule, ...]
    default: Reason

    @cached_property
    def book(self) -> Rulebook:
        """The same rules, found by what is asked."""
        return Rulebook(rules=self.rules)


PART2 = Regime(
    name="PART2",
    rules=(*PART2_PROHIBITIONS, *PART2_APPLICABILITY, *PART2_NO_CONSENT, PART2_ORDERS, PART2_CONSENT, PART2_REDISCLOSURE),
    default=PartTwo.NO_BASIS,
)
HEALTH = Regime(name="HIPAA", rules=(*HIPAA, *HIPAA_SPECIAL, CAREGIVER, PART_C_REFERRAL), default=Hipaa.NO_BASIS)
PLAN_OF_SAFE_CARE = Regime(name="POSC", rules=(*PLAN, ORDERED, PART_C_REFERRAL), default=Hipaa.PLAN_NOT_SHARED)
COVERED_PLAN = Regime(name="POSC_HIPAA", rules=(*PLAN, *HIPAA, *HIPAA_SPECIAL, PART_C_REFERRAL), default=Hipaa.PLAN_NOT_SHARED)
AGENCY_PLAN = Regime(name="POSC_CW", rules=(*PLAN, *CHILD_WELFARE, PART_C_REFERRAL), default=Hipaa.PLAN_NOT_SHARED)
NOTIFICATION = Regime(name="NOTIFICATION", rules=NOTIFICATIONS, default=ChildWelfare.NOTIFICATION_AUTHORITY)
CAPTA = Regime(name="CW", rules=(*CHILD_WELFARE, CAREGIVER, PART_C_REFERRAL), default=ChildWelfare.NO_BASIS)
REPORTER_NAME = Regime(name="CW_REPORTER", rules=(REPORTER,), default=ChildWelfare.REPORTER_HIDDEN)
EDUCATION = Regime(name="FERPA", rules=(*FERPA_PARTC, CAREGIVER, PART_C_REFERRAL), default=Other.FERPA_CLOSED)
VICTIM_SERVICES = Regime(name="VAWA", rules=VICTIM, default=Other.DV_CLOSED)
WIC_RECORDS = Regime(name="WIC", rules=WIC, default=Other.WIC_CLOSED)
MEDICAID_RECORDS = Regime(name="MEDICAID", rules=MEDICAID, default=Other.MEDICAID_CLOSED)
AGGREGATE = Regime(name="AGG", rules=TABLE, default=Other.SMALL_CELLS)
DEIDENTIFIED = Regime(name="DEID", rules=EXTRACT, default=Hipaa.IDENTIFIERS_LEFT)
UNCOVERED_HOLDER = Regime(name="UNCOVERED", rules=(KEPT_LIMIT, *UNCOVERED, ORDERED, PART_C_REFERRAL), default=Other.NO_REGIME)

_BY_CATEGORY = {
    Category.NOTIF_CAPTA_DEID: NOTIFICATION,
    Category.NOTIF_CAPTA_IDENTIFIED: NOTIFICATION,
    Category.CW_REPORTER_IDENTITY: REPORTER_NAME,
    Category.EDU_PARTC: EDUCATION,
    Category.EDU_SCHOOL: EDUCATION,
    Category.MEDICAID_CLAIMS: MEDICAID_RECORDS,
    Category.DV_VICTIM_RECORD: VICTIM_SERVICES,
    Category.WIC_RECORD: WIC_RECORDS,
    Category.AGG_TABLE: AGGREGATE,
    Category.DEID_EXTRACT: DEIDENTIFIED,
}


# What every denial is asked about is found once and not by its name each time.
_OTHER_PARENT, _PART2_SEGMENT = Subject.OTHER_PARENT, Category.POSC_PLAN_PART2_SEGMENT
_NOTHING: frozenset[Obligation] = frozenset()
_SILENCE, _LEAVE_OUT, _WITHIN_PURPOSE = (
    frozenset({duty}) for duty in (Obligation.NEUTRAL_DENIAL, Obligation.SEGMENT_EXCLUDE, Obligation.LIMIT_PURPOSE)
)

# Named once: to find a word by its name costs more than to compare it.
_TRIBAL_ICWA, _FAMILY_MEMBER = Actor.TRIBAL_ICWA, Actor.FAMILY_MEMBER


def regime_of(scenario: Scenario) -> Regime:
    """The most protective law that governs this segment at this holder."""
    source, category = scenario.source, scenario.request.category
    if is_part2(scenario):
        return PART2
    if category in _BY_CATEGORY:
        return _BY_CATEGORY[category]
    family = category.family if category is not None else ""
    if family == "posc":
        if source.is_covered_entity:
            return COVERED_PLAN
        return AGENCY_PLAN if source.holder_type == "cps_agency" else PLAN_OF_SAFE_CARE
    if family == "cw":
        return CAPTA
    if source.is_covered_entity:
        return HEALTH
    return CAPTA if source.holder_type == "cps_agency" else UNCOVERED_HOLDER


#: Laws that bind a record by what it is, whoever holds it: they bind a Part 2 program's copy too.
_BY_NATURE = frozenset({CAPTA, EDUCATION, MEDICAID_RECORDS, VICTIM_SERVICES, WIC_RECORDS, REPORTER_NAME})


def also_governs(scenario: Scenario, regime: Regime) -> Regime | None:
    """A second law that must permit as well: all that apply do (domain/law.md 0.3). Part 2 holds a program's copy, and its own law goes with it."""
    if regime is not PART2 or scenario.request.category is None:
        return None
    other = CAPTA if scenario.request.category.family == "cw" else None
    other = _BY_CATEGORY.get(scenario.request.category, other)
    return other if other in _BY_NATURE else None


def denial_reasons(scenario: Scenario, regime: Regime) -> tuple[Reason, ...]:
    """What explains a denial beside the rules that were tried."""
    reasons: list[Reason] = []
    request = scenario.request
    if regime is PART2:
        reasons += _part2_denial(scenario)
    if request.subject is _OTHER_PARENT:
        reasons.append(PartTwo.OTHER_PERSON if regime is PART2 else Hipaa.OTHER_PERSON)
    if regime is AGENCY_PLAN:
        # Child welfare holds the plan: what closes it is child welfare's own confidentiality.
        reasons.append(ChildWelfare.NO_BASIS)
    return (*reasons, regime.default)


def _part2_denial(scenario: Scenario) -> list[Reason]:
    reasons: list[Reason] = []
    source, request = scenario.source, scenario.request
    if is_proceeding(scenario):
        reasons.append(PartTwo.PROCEEDINGS_BAR)
        if request.actor is _TRIBAL_ICWA:
            reasons.append(PartTwo.TRIBE_AS_PARTY)
    if source.provenance is not None and source.provenance.startswith("part2_via_"):
        reasons.append(PartTwo.LAWFUL_HOLDER_BOUND)
    elif request.actor is _FAMILY_MEMBER:
        reasons.append(PartTwo.PRESENCE_PROTECTED)
    return reasons


def denial_duties(scenario: Scenario, regime: Regime) -> frozenset[Obligation]:
    """What is owed when the answer is no: silence on Part 2, and leaving out the segment that others may still see past."""
    # Hidden and absent are the same answer (42 CFR 2.13(c), DESIGN 2).
    owed = _NOTHING if regime is AGGREGATE or regime is DEIDENTIFIED else _SILENCE
    request, provenance = scenario.request, scenario.source.provenance
    received = provenance is not None and provenance.startswith("part2_via_")
    if received or request.subject is _OTHER_PARENT or request.category is _PART2_SEGMENT:
        owed |= _LEAVE_OUT
    if regime is PART2 and scenario.consents:
        owed |= _WITHIN_PURPOSE
    return owed
