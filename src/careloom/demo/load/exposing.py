"""The exposures of a story in the codes of the notification rules."""

from __future__ import annotations

from careloom.demo.story import Exposure
from careloom.notifications.facts import ExposureFact

SUBSTANCE = {"PRESCRIBED_OPIOID": "PRESCRIPTION_OPIOID", "BENZODIAZEPINE": "PRESCRIPTION_BENZODIAZEPINE", "OTHER": "OTHER_SUBSTANCE"}
NOT_COUNTED = frozenset({"TOBACCO"})
"""No notification counts it."""
KNOWN_FROM = {"SELF_REPORT": "SELF_REPORT", "MATERNAL_URINE": "PARENT_TOXICOLOGY", "INFANT_TEST": "INFANT_TOXICOLOGY", "RECORD": "HEALTH_RECORD"}


def exposure_fact(row: Exposure) -> ExposureFact:
    """One exposure as a chart keeps it."""
    known = [KNOWN_FROM[word] for word in row.basis]
    if row.is_prescribed and row.prescriber_key:
        known.append("PRESCRIBER")
    return ExposureFact(
        substance=SUBSTANCE.get(row.substance, row.substance),
        prescribed="YES" if row.is_prescribed else "NO",
        as_prescribed={True: "YES", False: "NO", None: "UNSURE"}[row.as_directed],
        known_from=tuple(dict.fromkeys(known)),
    )
