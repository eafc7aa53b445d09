"""Court orders under 42 CFR part 2, subpart E (2.61 to 2.66). An order permits; it does not compel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from careloom.kernel.disclosure import duties
from careloom.kernel.disclosure.groups import COURT_USES, FULL_RECORD_COVERS
from careloom.kernel.disclosure.inputs import CourtOrder, Scenario
from careloom.kernel.disclosure.part2_scope import is_proceeding
from careloom.kernel.disclosure.reasons import PartTwo, Reason
from careloom.kernel.disclosure.rule import Finding, Rule, permit, refuse
from careloom.kernel.disclosure.vocabulary import Category, Obligation, OrderKind, Provenance, Purpose, Subject

#: Content that only a 2.63 ground opens: what the patient told the program, and notes of such talks.
CONFIDENTIAL = frozenset({Category.PART2_CONFIDENTIAL_COMMUNICATIONS, Category.PART2_COUNSELING_NOTES})
GROUNDS_2_63 = frozenset({"threat_child_abuse", "threat_life", "existing_threat", "extremely_serious_crime", "patient_put_in_evidence"})
_CONFIDENTIAL_WORDS = frozenset(category.value for category in CONFIDENTIAL)
#: What an order for the full record opens without a ground of its own.
_WHOLE, _WHOLE_COVERS = Category.PART2_FULL_RECORD.value, FULL_RECORD_COVERS - CONFIDENTIAL
_MAIN: dict[OrderKind, Reason] = {
    OrderKind.CIVIL_264: PartTwo.CIVIL_ORDER,
    OrderKind.CRIMINAL_265: PartTwo.CRIMINAL_ORDER,
    OrderKind.PROGRAM_266: PartTwo.PROGRAM_ORDER,
}
_FAILS: dict[OrderKind, Reason] = {
    OrderKind.CIVIL_264: PartTwo.CIVIL_ORDER_FAILS,
    OrderKind.CRIMINAL_265: PartTwo.CRIMINAL_ORDER_FAILS,
    OrderKind.PROGRAM_266: PartTwo.PROGRAM_ORDER_FAILS,
}
#: What an investigation of the program itself is for.
_PROBES = frozenset({Purpose.CRIMINAL_PROCEEDING, Purpose.AUDIT, Purpose.PROGRAM_EVALUATION, Purpose.FEDERAL_REPORTING})
_CRIMINAL = frozenset({Purpose.CRIMINAL_PROCEEDING, Purpose.CRIMINAL_JUSTICE_MONITORING})
_SERVED = COURT_USES | {Purpose.AUDIT}
_STUDY = frozenset({Provenance.PART2_VIA_RESEARCH, Provenance.PART2_VIA_AUDIT})
_DUTIES = duties.PART2 | {Obligation.ORDER_SCOPE_ONLY, Obligation.SEAL, Obligation.NO_REDISCLOSURE}
# Named once: to find a word by its name costs more than to compare it.
_CRIMINAL_265, _PROGRAM_266 = OrderKind.CRIMINAL_265, OrderKind.PROGRAM_266
_CRIMINAL_PROCEEDING = Purpose.CRIMINAL_PROCEEDING
_OTHER_PARENT = Subject.OTHER_PARENT


def order_is_live(*, order: CourtOrder, on: date) -> bool:
    """Issued on or before the day and not past its last day; an order without a date is none."""
    return order.issued is not None and order.issued <= on and (order.expires is None or on <= order.expires)


def order_reaches(*, order: CourtOrder, scenario: Scenario) -> bool:
    """The order lists this category and this recipient; the court that made it is always a recipient of its own."""
    request = scenario.request
    listed = request.category is not None and request.category.value in order.scope
    whole = request.category in _WHOLE_COVERS and _WHOLE in order.scope
    org = request.actor_org
    return (listed or whole) and bool(org.strip(" -")) and (org in order.recipients or org == order.court)


def validate_order(order: CourtOrder) -> tuple[Reason, ...]:
    """What a court's paper lacks to open a Part 2 record, whoever asks and whenever (law.md 1.8); empty when the paper qualifies.

    Says nothing about its days or what it reaches. A paper that is no subpart E order says that first; other laws may still honor it.
    """
    return tuple(dict.fromkeys(_paper_gaps(order)))


def _paper_gaps(order: CourtOrder) -> Iterator[Reason]:
    if order.kind not in _MAIN:
        yield PartTwo.NOT_A_SUBPART_E_ORDER
        return
    if order.issued is None or not order.court.strip():
        yield PartTwo.ORDER_NOT_LIVE
    if order.kind is not _PROGRAM_266 and not (order.notice_given and order.opportunity_to_respond):
        yield PartTwo.ORDER_WITHOUT_NOTICE
    if not (order.finding_other_ways and order.finding_balance):
        yield PartTwo.ORDER_WITHOUT_FINDINGS
    if not order.protective_terms:
        yield PartTwo.ORDER_WITHOUT_LIMITS
    if not _CONFIDENTIAL_WORDS.isdisjoint(order.scope) and order.ground_2_63 not in GROUNDS_2_63:
        yield PartTwo.NO_CONFIDENTIAL_GROUND
    if order.kind is _CRIMINAL_265:
        yield from _criminal_gaps(order)


def _find(scenario: Scenario) -> tuple[Finding, ...]:
    found: list[Finding] = []
    if not scenario.orders and (scenario.facts.target == "program" or is_proceeding(scenario)):
        more = [PartTwo.NOT_FROM_STUDY] if scenario.source.provenance in _STUDY else []
        more += [PartTwo.NO_CONFIDENTIAL_GROUND] if scenario.request.category in CONFIDENTIAL else []
        return refuse(PartTwo.NO_ORDER, *more)
    for order in scenario.orders:
        gaps = tuple(dict.fromkeys(_gaps(scenario, order, scenario.on)))
        found += refuse(*gaps, duties={Obligation.ORDER_SCOPE_ONLY}) if gaps else _permission(scenario, order)
    return tuple(found)


def _permission(scenario: Scenario, order: CourtOrder) -> tuple[Finding, ...]:
    reasons: list[Reason] = [_MAIN[order.kind]] if order.kind is not None else []
    if scenario.request.category in CONFIDENTIAL:
        reasons.append(PartTwo.CONFIDENTIAL_GROUND)
    owed = set(_DUTIES | duties.without_consent(scenario))
    if not order.accompanying_subpoena:
        owed.add(Obligation.SUBPOENA_ALSO_NEEDED)
    return permit(*reasons, duties=owed, instruments=(order.id,), last_day=order.expires)


def _gaps(scenario: Scenario, order: CourtOrder, on: date) -> Iterator[Reason]:
    # What the scope lists beside what is asked needs no ground here: an order may open the one and not the other.
    gaps = [gap for gap in _paper_gaps(order) if gap is not PartTwo.NO_CONFIDENTIAL_GROUND]
    if order.kind is not None and order.kind in _FAILS:
        gaps += _gaps_of_subpart_e(scenario, order, on)
        gaps += [_FAILS[order.kind]] if gaps else []
    if scenario.request.category in CONFIDENTIAL and order.kind not in _FAILS:
        gaps.append(PartTwo.NO_CONFIDENTIAL_GROUND)
    yield from gaps


def _gaps_of_subpart_e(scenario: Scenario, order: CourtOrder, on: date) -> Iterator[Reason]:
    asked = scenario.request.category in CONFIDENTIAL
    if not _serves(scenario, order) or scenario.request.purpose not in _SERVED:
        yield PartTwo.WRONG_ORDER
    if scenario.request.subject is _OTHER_PARENT:
        # Nothing in the paper says that it is about him; it is the order of her case.
        yield PartTwo.ORDER_OUT_OF_SCOPE
    if scenario.source.provenance in _STUDY and is_proceeding(scenario):
        yield PartTwo.NOT_FROM_STUDY
    if not order_is_live(order=order, on=on):
        yield PartTwo.ORDER_NOT_LIVE
    if not order_reaches(order=order, scenario=scenario):
        yield PartTwo.ORDER_OUT_OF_SCOPE
    narrow = order.ground_2_63 not in GROUNDS_2_63 or not order_reaches(order=order, scenario=scenario)
    if asked and narrow:
        yield PartTwo.NO_CONFIDENTIAL_GROUND


def _criminal_gaps(order: CourtOrder) -> Iterator[Reason]:
    if not order.extremely_serious_crime:
        yield PartTwo.NOT_EXTREMELY_SERIOUS
    if not order.substantial_value:
        yield PartTwo.ORDER_WITHOUT_FINDINGS
    if not order.holder_had_counsel_opportunity:
        yield PartTwo.NO_COUNSEL_FOR_HOLDER


def _serves(scenario: Scenario, order: CourtOrder) -> bool:
    """2.64 for what is not criminal, 2.65 for a criminal case against the patient, 2.66 for the program only."""
    if order.kind is _PROGRAM_266:
        return scenario.facts.target == "program" and not is_proceeding(scenario) and scenario.request.purpose in _PROBES
    # 2.62: research and audit data never open to a criminal case against a patient.
    held_for_study = scenario.source.provenance in _STUDY
    criminal = scenario.request.purpose in _CRIMINAL
    if order.kind is _CRIMINAL_265:
        return scenario.request.purpose is _CRIMINAL_PROCEEDING and not held_for_study
    return not criminal


PART2_ORDERS = Rule(
    name="part2_orders",
    authority=("42 CFR 2.61", "42 CFR 2.63", "42 CFR 2.64", "42 CFR 2.65", "42 CFR 2.66"),
    find=_find,
)
