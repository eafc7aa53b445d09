"""What somebody may confirm about a request, as the kernel's own facts. Nothing is assumed: what is not ticked is not known.

Source: law.md 0.3, 1.4; 45 CFR 164.510, 164.512; 42 CFR 2.12(c)(5), 2.12(c)(6), 2.51, 2.53.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from careloom.kernel import disclosure

FACTS: Mapping[str, Mapping[str, Any]] = {
    "TREATS_HER": {"treating_relationship": True},
    "EMERGENCY": {"emergency": True, "consent_obtainable": False, "treating_relationship": True},
    "AGREEMENT": {"written_agreement": True},
    "REQUIRED_BY_LAW": {"required_by_law": True},
    "FIRST_REPORT": {"report_under_state_law": True, "initial_report": True, "suspicion": True},
    "AUDIT": {"audit_authority": True, "oversight_authority": True},
    "PUBLIC_HEALTH": {"public_health_authority": True},
    "ASSURANCE": {"satisfactory_assurance": True},
    "WARRANT": {"legal_process": "court_ordered_warrant"},
    "SHE_AGREED": {"patient_agreed": True},
    "PARENT": {"legal_parent": True},
    "PARTY": {"party": True},
    "AGAINST_HER": {"against_patient": True},
    "TOO_MUCH": {"minimum_necessary_documented": False},
}


def facts_of(codes: Iterable[str]) -> disclosure.Facts:
    """The kernel's facts of these codes. An unknown code adds nothing."""
    known: dict[str, Any] = {}
    for code in codes:
        known |= FACTS.get(code, {})
    return disclosure.Facts(**known)
