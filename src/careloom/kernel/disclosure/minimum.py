"""The minimum necessary standard and its exemptions (45 CFR 164.502(b), 164.514(d))."""

from __future__ import annotations

from careloom.kernel.disclosure.groups import PROVIDERS, TREATING
from careloom.kernel.disclosure.inputs import Scenario
from careloom.kernel.disclosure.vocabulary import Purpose

#: A bill for services of one month does not need more years than this.
SPAN_YEARS = 1
# Named once: to find a word by its name costs more than to compare it.
_PATIENT_ACCESS = Purpose.PATIENT_ACCESS


def asks_too_much(scenario: Scenario) -> bool:
    """Whether the record says that more is asked than the purpose needs; treatment, the patient and law are exempt."""
    request, facts = scenario.request, scenario.facts
    treats = request.actor in PROVIDERS and request.purpose in TREATING
    if treats or request.purpose is _PATIENT_ACCESS or facts.required_by_law:
        return False
    too_long = facts.services_dates is not None and (facts.requested_span_years or 0) > SPAN_YEARS
    return facts.minimum_necessary_documented is False or too_long
