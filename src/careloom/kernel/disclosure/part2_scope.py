"""What Part 2 protects and what counts as a proceeding against the patient (42 CFR 2.11, 2.12)."""

from __future__ import annotations

from careloom.kernel.disclosure.groups import PROCEEDINGS
from careloom.kernel.disclosure.inputs import Scenario
from careloom.kernel.disclosure.vocabulary import Category, Provenance, Purpose

#: Categories that name no person. They leave Part 2 and HIPAA when their own rules say so.
NOT_IDENTIFYING = frozenset({Category.AGG_TABLE, Category.DEID_EXTRACT, Category.NOTIF_CAPTA_DEID})


#: Ways by which a record came for one narrow use, from which nothing leads on but what that use says (2.34, 2.35(d), 2.52(b), 2.53(f), 2.66).
BOUND = frozenset(
    {
        Provenance.PART2_VIA_234,
        Provenance.PART2_VIA_235,
        Provenance.PART2_VIA_266,
        Provenance.PART2_VIA_AUDIT,
        Provenance.PART2_VIA_RESEARCH,
    }
)

# Named once: to find a word by its name costs more than to compare it.
_POSC_PLAN_PART2_SEGMENT = Category.POSC_PLAN_PART2_SEGMENT
_SELF_REPORTED = Provenance.SELF_REPORTED
_CRIMINAL_JUSTICE_MONITORING = Purpose.CRIMINAL_JUSTICE_MONITORING


def is_part2(scenario: Scenario) -> bool:
    """Whether the record is a Part 2 record, by its source before its name.

    Whatever a program originates shows that someone is its patient (2.13(c)); whatever came from a program stays
    bound (2.12(d)(2)); what a patient told a provider outside Part 2 is not a Part 2 record (2.12(d)(2)(ii)).
    """
    source, category = scenario.source, scenario.request.category
    if category in NOT_IDENTIFYING:
        return False
    if scenario.facts.contains_part2:
        return True
    if source.provenance is not None and source.provenance.startswith("part2_via_"):
        return True
    if source.is_part2_program:
        return True
    named = category is not None and (category.family == "part2" or category is _POSC_PLAN_PART2_SEGMENT)
    return named and source.provenance is not _SELF_REPORTED


def is_proceeding(scenario: Scenario) -> bool:
    """Whether this is use in a civil, criminal, administrative or legislative proceeding against the patient.

    A case in court counts as against the patient unless the record says that it is not (42 USC 290dd-2(c)).
    """
    facts, purpose = scenario.facts, scenario.request.purpose
    if facts.against_patient is None:
        return purpose in PROCEEDINGS and facts.target != "program"
    return facts.against_patient and purpose is not _CRIMINAL_JUSTICE_MONITORING
