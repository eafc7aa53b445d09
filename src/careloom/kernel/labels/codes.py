"""Codes that tell about substance use, each with where it was read. A code here only ever narrows who sees a fact.

The federal list that CMS runs (724 codes, `data/terminology/cms_bfd_part2/security_labels.yml`) holds no P04, P96.1, Q86.0 and O99.32; they
stand here first. Tobacco and caffeine are left out: 42 CFR 2.11 says that a substance use disorder does not include their use. CPT numbers
stand without words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from careloom.kernel.labels.vocabulary import Secret, Status, Tells

ICD10CM: Final = "http://hl7.org/fhir/sid/icd-10-cm"
ICD10PCS: Final = "http://www.cms.gov/Medicare/Coding/ICD10"
ICD9CM: Final = "http://hl7.org/fhir/sid/icd-9-cm"
ICD9PCS: Final = "http://www.cms.gov/Medicare/Coding/ICD9"
SNOMED: Final = "http://snomed.info/sct"
LOINC: Final = "http://loinc.org"
RXNORM: Final = "http://www.nlm.nih.gov/research/umls/rxnorm"
HCPCS: Final = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
CPT: Final = "http://www.ama-assn.org/go/cpt"
DRG: Final = "https://www.cms.gov/Medicare/Medicare-Fee-for-Service-Payment/AcuteInpatientPPS/MS-DRG-Classifications-and-Software"
NEED: Final = "careloom.need"
ROLE: Final = "careloom.role"
#: Other names under which senders give the same systems.
SAME_SYSTEM: Final = {
    "urn:oid:2.16.840.1.113883.6.90": ICD10CM, "http://hl7.org/fhir/sid/icd-10": ICD10CM, "icd10cm": ICD10CM, "icd-10-cm": ICD10CM, "icd10": ICD10CM,
    "urn:oid:2.16.840.1.113883.6.103": ICD9CM, "icd9cm": ICD9CM, "icd-9-cm": ICD9CM, "urn:oid:2.16.840.1.113883.6.4": ICD10PCS,
    "http://hl7.org/fhir/sid/icd-10-pcs": ICD10PCS, "urn:oid:2.16.840.1.113883.6.96": SNOMED, "urn:oid:2.16.840.1.113883.6.1": LOINC,
    "urn:oid:2.16.840.1.113883.6.88": RXNORM, "http://terminology.hl7.org/codesystem/hcpcs-all-codes": HCPCS,
    "urn:oid:2.16.840.1.113883.6.285": HCPCS, "urn:oid:2.16.840.1.113883.6.12": CPT, "hcpcs": HCPCS, "cpt": CPT, "loinc": LOINC, "snomed": SNOMED,
}  # fmt: skip
#: In these systems a code stands for all that begin with it.
BY_PREFIX: Final = frozenset({ICD10CM, ICD10PCS, ICD9CM, ICD9PCS})

_TERMS, _CMS, _SEEN = "icd10cm_posc_2026-04.csv", "cms_bfd_part2/security_labels.yml", "loinc_snomed_rxnorm_seen_in_sources.csv"
_READER, _MANUAL = "codes that FHIR senders were seen to use", "the code system's own text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One code: what it tells, about whom, where that was read and how sure it is."""

    system: str
    code: str
    tells: Tells
    source: str
    status: Status
    about: Secret = Secret.SUBJECT
    note: str = ""


def _all(
    system: str, tells: Tells, codes: str, *, source: str, status: Status = Status.READ, about: Secret = Secret.SUBJECT, note: str = ""
) -> Iterator[Entry]:
    return (Entry(system=system, code=code, tells=tells, source=source, status=status, about=about, note=note) for code in codes.split())


def _span(first: str, last: str) -> str:
    """Every code of one letter and number from `first` to `last`, such as G2067 to G2080."""
    digits = len(first.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    letter = first[: len(first) - digits]
    return " ".join(f"{letter}{number:0{digits}d}" for number in range(int(first[-digits:]), int(last[-digits:]) + 1))


_HERS = Secret.MOTHER
_EVERY_MEDICINE = "Kept apart with the whole of P04.1: it tells what the mother took."

ENTRIES: Final[tuple[Entry, ...]] = (
    # The infant's record tells of the mother.
    *_all(ICD10CM, Tells.SUBSTANCE, "P96.1 P04.40 P04.4 P04.49", source=_TERMS, about=_HERS),
    *_all(ICD10CM, Tells.SUBSTANCE, "P96.2", source=_TERMS, status=Status.OURS, about=_HERS, note="Withdrawal from medicine given; reads as P96.1."),
    *_all(ICD10CM, Tells.OPIOID, "P04.14", source=_TERMS, about=_HERS),
    *_all(ICD10CM, Tells.SUBSTANCE, "P04.16 P04.17 P04.1A P04.41 P04.42 P04.81", source=_TERMS, about=_HERS),
    *_all(ICD10CM, Tells.SUBSTANCE, "P04.8 P04.89 P04.9", source=_TERMS, status=Status.OURS, about=_HERS, note="Other noxious substances, unnamed."),
    *_all(ICD10CM, Tells.MOOD, "P04.15", source=_TERMS, status=Status.OURS, about=_HERS, note=_EVERY_MEDICINE),
    *_all(ICD10CM, Tells.MEDICINE, "P04.1 P04.11 P04.12 P04.13 P04.18 P04.19", source=_TERMS, status=Status.OURS, about=_HERS, note=_EVERY_MEDICINE),
    *_all(ICD10CM, Tells.ALCOHOL, "P04.3 Q86.0", source=_TERMS, about=_HERS),
    *_all(ICD9CM, Tells.SUBSTANCE, "779.5 760.72 760.73 760.75", source=_MANUAL, status=Status.KNOWN, about=_HERS),
    *_all(ICD9CM, Tells.ALCOHOL, "760.71", source=_MANUAL, status=Status.KNOWN, about=_HERS),
    # Family history and counseling for a family member, in whose record so ever they stand.
    *_all(ICD10CM, Tells.ALCOHOL, "Z81.1 Z71.42", source=_TERMS, about=Secret.FAMILY),
    *_all(ICD10CM, Tells.SUBSTANCE, "Z81.3 Z81.4 Z71.52", source=_TERMS, about=Secret.FAMILY),
    *_all(ICD10CM, Tells.SUBSTANCE, "Z63.72", source=_MANUAL, status=Status.KNOWN, about=Secret.FAMILY),
    # Her own record.
    *_all(ICD10CM, Tells.ALCOHOL, "F10 O99.31 O35.4 R78.0 Z71.41 Z71.4", source=_TERMS),
    *_all(ICD10CM, Tells.ALCOHOL, "Y90 T51.0 K70 G62.1 G72.1 I42.6 K29.2 K85.2 K86.0 G31.2 E24.4", source=_MANUAL, status=Status.KNOWN),
    *_all(ICD10CM, Tells.OPIOID, "F11 R78.1 T40.0 T40.1 T40.2 T40.3 T40.4 T40.6", source=_TERMS),
    *_all(ICD10CM, Tells.OPIOID, "Z79.891", source=_TERMS, note="Also long pain treatment; the code does not tell which."),
    *_all(ICD10CM, Tells.SUBSTANCE, "F12 F13 F14 F15 F16 F18 F19 O99.32 O35.5 R78.2 R78.3 R78.4 R78.5 T40.5 T40.7 T40.8 T40.9", source=_TERMS),
    *_all(ICD10CM, Tells.SUBSTANCE, "Z71.5 Z71.51 Z02.83", source=_TERMS),
    *_all(ICD10CM, Tells.SUBSTANCE, "T42.3 T42.4 T43.6", source=_MANUAL, status=Status.KNOWN),
    *_all(ICD10CM, Tells.SUBSTANCE, "F55", source=_CMS),
    *_all(ICD9CM, Tells.ALCOHOL, "291 303 305.0 790.3", source=_CMS),
    *_all(ICD9CM, Tells.SUBSTANCE, "305", source=_CMS, note="The whole of 305, as CMS lists it; 305.1 is tobacco and comes along."),
    *_all(ICD9CM, Tells.SUBSTANCE, "292 304 305.2 305.3 305.4 305.5 305.6 305.7 305.8 305.9 V65.42", source=_CMS),
    *_all(ICD9CM, Tells.SUBSTANCE, "648.3 655.5 965.0", source=_MANUAL, status=Status.KNOWN),
    # Treatment and tests as they are billed.
    *_all(ICD10PCS, Tells.SUBSTANCE, "HZ", source=_CMS),
    *_all(ICD9PCS, Tells.SUBSTANCE, "94.45 94.46 94.53 94.54 94.6", source=_CMS),
    *_all(DRG, Tells.SUBSTANCE, "522 523 895 896 897", source=_CMS, note="522 and 523 mean a hip today; CMS still lists them."),
    *_all(DRG, Tells.SUBSTANCE, "894", source=_MANUAL, status=Status.KNOWN),
    *_all(HCPCS, Tells.SUBSTANCE, _span("H0005", "H0015"), source=_CMS),
    *_all(HCPCS, Tells.SUBSTANCE, _span("T1006", "T1012"), source=_CMS),
    *_all(HCPCS, Tells.OPIOID, f"H0020 {_span('G2067', 'G2080')} G2086 G2087 G2088 G2172 G2215 G2216 G1028 J0570 Q9991 Q9992", source=_CMS),
    *_all(HCPCS, Tells.SUBSTANCE, "H0034 H0047 H0050 H2035 H2036 S9475 G2011 G0137 G0532 G0533 G0534 G0535 G0536", source=_CMS),
    *_all(HCPCS, Tells.OPIOID, "G9562 G9578 G9584 M1034 M1035", source=_CMS),
    *_all(HCPCS, Tells.ALCOHOL, "G9621", source=_CMS),
    *_all(HCPCS, Tells.SUBSTANCE, "H0001 H0003 H0004 H0016 H0021 H0022 H0033 H0048 H2034 G0396 G0397 G0480 G0481 G0482 G0483 G0659",
          source=_MANUAL, status=Status.KNOWN),
    *_all(HCPCS, Tells.OPIOID, f"{_span('J0571', 'J0575')} J0577 J0578 J0592 J1230 J2310 S0109", source=_MANUAL, status=Status.KNOWN),
    *_all(HCPCS, Tells.SUBSTANCE, "J2315", source=_MANUAL, status=Status.KNOWN, note="Naltrexone: opioids or alcohol."),
    *_all(CPT, Tells.SUBSTANCE, "99408 99409 80305 80306 80307 80324 80325 80326 80345 80346 80347 80349 80350 80351 80352 80353 80357 80359 80368 "
          "80371 80375 80376 80377", source=_MANUAL, status=Status.KNOWN),
    *_all(CPT, Tells.ALCOHOL, "80320 80321 80322", source=_MANUAL, status=Status.KNOWN),
    *_all(CPT, Tells.OPIOID, "80348 80354 80356 80358 80361 80362 80363 80364 80365 80372 80373", source=_MANUAL, status=Status.KNOWN),
    # Questions and tests.
    *_all(LOINC, Tells.ALCOHOL, "11331-6 68519-8 72109-2 74013-4 75626-2", source=_SEEN),
    *_all(LOINC, Tells.SUBSTANCE, "11343-1 96841-2 96843-8", source=_SEEN),
    *_all(LOINC, Tells.SUBSTANCE, "3349-8 3377-5 3390-2 3397-7 3426-4 3936-2", source=_MANUAL, status=Status.KNOWN),
    *_all(LOINC, Tells.OPIOID, "3773-9 3879-4 19295-5 16208-1", source=_MANUAL, status=Status.KNOWN),
    *_all(LOINC, Tells.ALCOHOL, "5643-2", source=_MANUAL, status=Status.KNOWN),
    # Findings and treatment in SNOMED CT.
    *_all(SNOMED, Tells.OPIOID, "5602001", source=_SEEN),
    *_all(SNOMED, Tells.OPIOID, "75544000", source=_READER, status=Status.KNOWN),
    *_all(SNOMED, Tells.ALCOHOL, "24165007", source=_SEEN),
    *_all(SNOMED, Tells.ALCOHOL, "7200002 15167005 66590003", source=_READER, status=Status.KNOWN),
    *_all(SNOMED, Tells.SUBSTANCE, "55680006 44870007 228366006 228390007 56876005 61480009 266707007 313071005 60112009 "
          "408935001 408936000", source=_SEEN),
    *_all(SNOMED, Tells.SUBSTANCE, "6525002 26416006 66214007 191816009 361055000 78267003 31956009 37344009 85005007 84758004 21647008",
          source=_READER, status=Status.KNOWN),
    *_all(SNOMED, Tells.SUBSTANCE, "414819007", source=_READER, status=Status.KNOWN, about=_HERS, note="Neonatal abstinence syndrome."),
    *_all(SNOMED, Tells.ALCOHOL, "205788004", source=_READER, status=Status.KNOWN, about=_HERS, note="Fetal alcohol syndrome."),
    # Ingredients; other strengths and forms are found by their words.
    *_all(RXNORM, Tells.OPIOID, "1819 6813", source=_MANUAL, status=Status.KNOWN),
    *_all(RXNORM, Tells.OPIOID, "7242", source=_MANUAL, status=Status.KNOWN, note="Naloxone: also kept beside any opioid prescription."),
    *_all(RXNORM, Tells.SUBSTANCE, "7243", source=_MANUAL, status=Status.KNOWN, note="Naltrexone: opioids, alcohol, or weight with bupropion."),
    *_all(RXNORM, Tells.ALCOHOL, "3554 82819", source=_MANUAL, status=Status.KNOWN),
    # Our own codes: what a plan names.
    *_all(NEED, Tells.SUBSTANCE, "RECOVERY_ASSESSMENT MEDICINE_FOR_RECOVERY RECOVERY_CARE INTENSIVE_OUTPATIENT RESIDENTIAL_WITH_CHILDREN RESIDENTIAL "
          "WITHDRAWAL_CARE PEER MUTUAL_HELP RECOVERY_HOUSING NALOXONE TESTING_ARRANGEMENT CONTINGENCY_MANAGEMENT MOTIVATIONAL_COUNSELING "
          "RETURN_TO_USE_PLAN PARTNER_TREATMENT", source="packs/base/directory/needs.yaml", status=Status.OURS),
    *_all(ROLE, Tells.SUBSTANCE, "MEDICATION PEER", source="plans.presenters.words", status=Status.OURS,
          note="A medicine specialist and a peer are on a team for recovery."),
)  # fmt: skip


def by_system(entries: Iterable[Entry]) -> dict[str, dict[str, Entry]]:
    """Entries by system and by code without its dots, for the search."""
    found: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        found.setdefault(entry.system, {})[plain(entry.code)] = entry
    return found


def plain(code: str) -> str:
    """A code as it is compared: upper case, without dots and spaces. LOINC keeps its hyphen."""
    return code.upper().replace(".", "").strip()


BOOK: Final = by_system(ENTRIES)
#: How codes of a system look that look like no other's.
SHAPES: Final = {
    ICD10CM: re.compile(r"[A-Z]\d[0-9A-Z]{0,5}$"), HCPCS: re.compile(r"[A-Z]\d{4}$"), SNOMED: re.compile(r"\d{6,18}$"),
    LOINC: re.compile(r"\d{1,5}-\d$"),
}  # fmt: skip


def entry_of(system: str, code: str) -> Entry | None:
    """The entry of a code, or None. A code whose system we do not know is looked for where its shape can mean one thing only."""
    known, key = SAME_SYSTEM.get(system.lower(), system), plain(code)
    if known in BOOK:
        return _in(known, key)
    return next((found for each, shape in SHAPES.items() if shape.match(key) and (found := _in(each, key)) is not None), None)


def _in(system: str, key: str) -> Entry | None:
    codes = BOOK[system]
    if system not in BY_PREFIX:
        # An add-on or a modifier behind a HCPCS or CPT code changes nothing of what it tells.
        return codes.get(key) or codes.get(key.split("-")[0] if system in (HCPCS, CPT) else key)
    return next((codes[key[:length]] for length in range(min(len(key), 8), 1, -1) if key[:length] in codes), None)
