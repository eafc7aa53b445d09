"""Labels as FHIR R4 `meta.security`: the codings of interop.md 1.4, and the short notice of 42 CFR 2.32 as a mark."""

from __future__ import annotations

from typing import Final

from careloom.kernel.labels.labeling import Labels
from careloom.kernel.labels.vocabulary import Confidentiality, Law

CONFIDENTIALITY: Final = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
ACT_CODE: Final = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
ACT_REASON: Final = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
BASIS: Final = "http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-sec-label-basis"
MARK: Final = "RedisclosureProhibitionMark"
#: Statement 2 of 42 CFR 2.32(a), for channels that hold no more (law.md 1.5).
NOTICE: Final = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."


def fhir_codings(labels: Labels) -> list[dict[str, object]]:
    """`meta.security` of a resource that carries the fact: confidentiality, then sensitivity, law, purpose and handling, each once.

    A Part 2 label names its law as the basis of R (DS4P) and carries the mark with the notice of 42 CFR 2.32 as its display.
    """
    part2 = Law.PART2 in labels.law
    first: dict[str, object] = {"system": CONFIDENTIALITY, "code": labels.confidentiality.value}
    if part2:
        first["extension"] = [{"url": BASIS, "valueCoding": _coding(ACT_CODE, Law.PART2.value)}]
    if labels.confidentiality is Confidentiality.NORMAL:
        return [first]
    act = [*labels.sensitivity, *labels.law, *labels.handling]
    found = [first, *(_coding(ACT_CODE, code.value) for code in act), *(_coding(ACT_REASON, code.value) for code in labels.purposes)]
    return [*found, _coding(ACT_CODE, MARK) | {"display": NOTICE}] if part2 else found


def _coding(system: str, code: str) -> dict[str, object]:
    return {"system": system, "code": code}
