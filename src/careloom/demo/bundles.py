"""A mother's and an infant's record as a hospital would send it: FHIR R4 bundles, US Core shaped, all synthetic.

Gestation is in days (``d``) and weight in grams (``g``), both UCUM. Codes: ICD-10-CM April 2026, LOINC 11884-4 and
8339-4, RxNorm ingredients. A bundle holds what the hospital itself knows; nothing of a treatment program's file is in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from careloom.demo.people import Infant, Mother
from careloom.demo.story import Exposure, FamilyStory

LOINC, ICD10 = "http://loinc.org", "http://hl7.org/fhir/sid/icd-10-cm"
RXNORM, SNOMED = "http://www.nlm.nih.gov/research/umls/rxnorm", "http://snomed.info/sct"
UCUM, CORE = "http://unitsofmeasure.org", "http://hl7.org/fhir/us/core/StructureDefinition/us-core-"
OMB = "urn:oid:2.16.840.1.113883.6.238"
TERMS = "http://terminology.hl7.org/CodeSystem"
MRN_SYSTEM = "https://careloom.example.org/practice/mrn"
TEST_DATA = {"tag": [{"system": f"{TERMS}/v3-ActReason", "code": "HTEST", "display": "test health data"}]}

_MEDICINES = {
    "BUPRENORPHINE": ("1819", "buprenorphine"),
    "METHADONE": ("6813", "methadone"),
    "PRESCRIBED_OPIOID": ("7804", "oxycodone"),
}
_CONDITIONS = {
    "BUPRENORPHINE": ("F11.20", "Opioid dependence, uncomplicated"),
    "METHADONE": ("F11.20", "Opioid dependence, uncomplicated"),
    "PRESCRIBED_OPIOID": ("Z79.891", "Long term (current) use of opiate analgesic"),
    "FENTANYL": ("F11.10", "Opioid abuse, uncomplicated"),
    "CANNABIS": ("F12.90", "Cannabis use, unspecified, uncomplicated"),
    "COCAINE": ("F14.90", "Cocaine use, unspecified, uncomplicated"),
    "METHAMPHETAMINE": ("F15.90", "Other stimulant use, unspecified, uncomplicated"),
    "ALCOHOL": ("F10.90", "Alcohol use, unspecified"),
    "BENZODIAZEPINE": ("F13.90", "Sedative, hypnotic, or anxiolytic use, unspecified, uncomplicated"),
    "TOBACCO": ("F17.210", "Nicotine dependence, cigarettes, uncomplicated"),
    "OTHER": ("F19.90", "Other psychoactive substance use, unspecified, uncomplicated"),
}
_INFANT = {
    "BUPRENORPHINE": ("P04.14", "Newborn affected by maternal use of opiates"),
    "METHADONE": ("P04.14", "Newborn affected by maternal use of opiates"),
    "PRESCRIBED_OPIOID": ("P04.14", "Newborn affected by maternal use of opiates"),
    "FENTANYL": ("P04.14", "Newborn affected by maternal use of opiates"),
    "CANNABIS": ("P04.81", "Newborn affected by maternal use of cannabis"),
    "COCAINE": ("P04.41", "Newborn affected by maternal use of cocaine"),
    "METHAMPHETAMINE": ("P04.16", "Newborn affected by maternal use of amphetamines"),
    "ALCOHOL": ("P04.3", "Newborn affected by maternal use of alcohol"),
    "BENZODIAZEPINE": ("P04.1A", "Newborn affected by maternal use of anxiolytics"),
}
_RACES = {"WHITE": ("2106-3", "White"), "BLACK": ("2054-5", "Black or African American"), "ASIAN": ("2028-9", "Asian"),
          "NATIVE": ("1002-5", "American Indian or Alaska Native")}  # fmt: skip


def mother_bundle(*, story: FamilyStory, as_of: date, kind: str = "collection") -> dict[str, Any]:
    """The mother's bundle as of a day: person, pregnancy, conditions, medicines, visits and the delivery."""
    mother, pregnancy = story.mother, story.pregnancy
    me = _ref(mother.key)
    begins = pregnancy.due_on - timedelta(days=280)
    rows = [_mother(mother)]
    rows.append(
        _condition(key=f"{mother.key}-pregnancy", me=me, code=("Z33.1", "Pregnant state, incidental"), since=begins, until=pregnancy.ended_on)
    )
    if pregnancy.prenatal_care_from:
        rows.append(
            _visit(key=f"{mother.key}-prenatal", me=me, klass="AMB", code=("424441002", "Prenatal initial visit"), day=pregnancy.prenatal_care_from)
        )
    for place, row in enumerate(story.exposures):
        since = begins + timedelta(days=70)
        rows.append(_condition(key=f"{mother.key}-use{place}", me=me, code=_CONDITIONS[row.substance], since=since))
        if row.substance in _MEDICINES and row.is_prescribed:
            rows.append(_medicine(key=f"{mother.key}-rx{place}", me=me, row=row, since=since))
    rows.append(_quantity(key=f"{mother.key}-due", me=me, code=("11778-8", "Delivery date Estimated"), on=min(as_of, begins + timedelta(days=84)),
                          value={"valueDateTime": pregnancy.due_on.isoformat()}))  # fmt: skip
    if pregnancy.outcome == "BORN" and pregnancy.ended_on:
        end = pregnancy.ended_on
        rows.append(_visit(key=f"{mother.key}-birth", me=me, klass="IMP", code=("66348005", "Childbirth"), day=end, until=end + timedelta(days=2)))
        rows.append(_procedure(key=f"{mother.key}-delivery", me=me, day=end, code={"system": SNOMED, "code": "66348005", "display": "Childbirth"}))
        outcome = ("Z37.2", "Twins, both liveborn") if pregnancy.babies > 1 else ("Z37.0", "Single live birth")
        rows.append(_condition(key=f"{mother.key}-outcome", me=me, code=outcome, since=end, until=end))
    return _bundle(rows=rows, kind=kind, as_of=as_of)


def infant_bundle(*, story: FamilyStory, infant: Infant, as_of: date, kind: str = "collection") -> dict[str, Any]:
    """One infant's bundle as of a day: person, birth, weight, gestation, exposures and newborn care."""
    me, born = _ref(infant.key), infant.born_at.date()
    rows = [_baby(infant, is_multiple=story.pregnancy.babies > 1), _related(story.mother, infant)]
    rows.append(_visit(key=f"{infant.key}-stay", me=me, klass="IMP", code=None, day=born, until=infant.discharged_on, text="Birth stay"))
    rows.append(_condition(key=f"{infant.key}-born", me=me, code=_liveborn(story), since=born))
    days = infant.gestation_weeks * 7 + infant.gestation_days
    rows.append(_quantity(key=f"{infant.key}-age", me=me, code=("11884-4", "Gestational age Estimated"), on=born, value=_amount(days, "d")))
    rows.append(_quantity(key=f"{infant.key}-weight", me=me, code=("8339-4", "Birth weight Measured"), on=born, value=_amount(infant.weight_g, "g")))
    codes = dict.fromkeys(_INFANT[row.substance] for row in story.exposures if row.substance in _INFANT)
    rows += [_condition(key=f"{infant.key}-x{place}", me=me, code=code, since=born) for place, code in enumerate(codes)]
    if infant.has_withdrawal_signs:
        code = ("P96.1", "Neonatal withdrawal symptoms from maternal use of drugs of addiction")
        rows.append(_condition(key=f"{infant.key}-signs", me=me, code=code, since=born + timedelta(days=1)))
    if infant.had_medicine:
        rows.append(_order(key=f"{infant.key}-morphine", me=me, code=("7052", "morphine"), since=born + timedelta(days=2), status="completed"))
    if infant.method != "NONE":
        text = "Eat, Sleep, Console care" if infant.method == "ESC" else "Finnegan scoring"
        rows.append(_procedure(key=f"{infant.key}-care", me=me, day=born + timedelta(days=1), text=text))
    kept = [row for row in rows if _begins(row) is None or str(_begins(row)) <= as_of.isoformat()]
    return _bundle(rows=kept, kind=kind, as_of=as_of)


def write_bundles(*, stories: Iterable[FamilyStory], folder: Path, as_of: date, kind: str = "collection") -> list[Path]:
    """Write each family's bundles as JSON; file names hold keys, never names. Returns the paths in order."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for story in stories:
        pages = {"mother": mother_bundle(story=story, as_of=as_of, kind=kind)}
        pages |= {f"infant{baby.birth_order}": infant_bundle(story=story, infant=baby, as_of=as_of, kind=kind) for baby in story.infants}
        for part, page in pages.items():
            path = folder / f"{story.key}-{part}.json"
            path.write_text(json.dumps(page, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            written.append(path)
    return written


def patient_id(key: str) -> str:
    """The id that a person of the stories has in these bundles."""
    return _uuid(key)


def _uuid(key: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"https://careloom.example.org/practice/{key}"))


def _ref(key: str) -> dict[str, str]:
    return {"reference": f"urn:uuid:{_uuid(key)}"}


def _begins(row: dict[str, Any]) -> str | None:
    for name in ("onsetDateTime", "authoredOn", "performedDateTime"):
        if name in row:
            return str(row[name])
    return None


def _bundle(*, rows: list[dict[str, Any]], kind: str, as_of: date) -> dict[str, Any]:
    if kind not in ("collection", "transaction"):
        raise ValueError("Choose collection or transaction.")
    entries = []
    for row in rows:
        entry: dict[str, Any] = {"fullUrl": f"urn:uuid:{row['id']}", "resource": row}
        if kind == "transaction":
            entry["request"] = {"method": "POST", "url": row["resourceType"]}
        entries.append(entry)
    page: dict[str, Any] = {"resourceType": "Bundle", "meta": TEST_DATA, "type": kind, "entry": entries}
    if kind == "collection":
        page["timestamp"] = f"{as_of.isoformat()}T12:00:00Z"
    return page


def _resource(kind: str, key: str, profile: str | None = None, **fields: Any) -> dict[str, Any]:
    meta = {**TEST_DATA, "profile": [f"{CORE}{profile}"]} if profile else TEST_DATA
    return {"resourceType": kind, "id": _uuid(key), "meta": meta, **{name: value for name, value in fields.items() if value is not None}}


def _concept(system: str, code: tuple[str, str]) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code[0], "display": code[1]}], "text": code[1]}


def _identifier(mrn: str) -> list[dict[str, Any]]:
    return [{"type": _concept(f"{TERMS}/v2-0203", ("MR", "Medical record number")), "system": MRN_SYSTEM, "value": mrn}]


def _mother(mother: Mother) -> dict[str, Any]:
    languages = {"en": "en-US", "es": "es-US"}
    language = languages.get(mother.language)
    address = {"text": mother.address, "district": mother.county, "state": "ZZ", "postalCode": mother.zip_code} if mother.address else None
    return _resource(
        "Patient", mother.key, "patient",
        extension=_race(mother.race_ethnicity),
        identifier=_identifier(mother.mrn),
        name=[{"use": "official", "family": mother.family, "given": [mother.given]}],
        telecom=[{"system": "phone", "value": mother.contact.phone, "use": "mobile"}],
        gender="female",
        birthDate=mother.birth_on.isoformat(),
        address=[address] if address else None,
        communication=[{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": language}]}, "preferred": True}] if language else None,
    )  # fmt: skip


def _race(said: str | None) -> list[dict[str, Any]] | None:
    """What she said, as US Core writes it; nothing where nobody asked."""
    if said is None:
        return None
    if said == "HISPANIC":
        return [_omb("ethnicity", ("2135-2", "Hispanic or Latino"))]
    if said in _RACES:
        return [_omb("race", _RACES[said])]
    return [{"url": f"{CORE}race", "extension": [{"url": "text", "valueString": "More than one"}]}]


def _omb(name: str, code: tuple[str, str]) -> dict[str, Any]:
    coding = {"system": OMB, "code": code[0], "display": code[1]}
    parts = [{"url": "ombCategory", "valueCoding": coding}, {"url": "text", "valueString": code[1]}]
    return {"url": f"{CORE}{name}", "extension": parts}


def _baby(infant: Infant, *, is_multiple: bool) -> dict[str, Any]:
    return _resource(
        "Patient", infant.key, "patient",
        identifier=_identifier(infant.mrn),
        name=[{"use": "official", "family": infant.family, "given": [infant.given]}],
        gender=infant.sex.lower(),
        birthDate=infant.born_at.date().isoformat(),
        multipleBirthInteger=infant.birth_order if is_multiple else None,
    )  # fmt: skip


def _related(mother: Mother, infant: Infant) -> dict[str, Any]:
    return _resource(
        "RelatedPerson", f"{infant.key}-related", "relatedperson",
        active=True,
        patient=_ref(infant.key),
        relationship=[_concept(f"{TERMS}/v3-RoleCode", ("MTH", "mother"))],
        name=[{"family": mother.family, "given": [mother.given]}],
    )  # fmt: skip


def _liveborn(story: FamilyStory) -> tuple[str, str]:
    if story.pregnancy.babies > 1:
        return "Z38.30", "Twin liveborn infant, delivered vaginally"
    return "Z38.00", "Single liveborn infant, delivered vaginally"


def _condition(*, key: str, me: dict[str, str], code: tuple[str, str], since: date, until: date | None = None) -> dict[str, Any]:
    state = ("resolved", "Resolved") if until else ("active", "Active")
    return _resource(
        "Condition", key, "condition-encounter-diagnosis",
        clinicalStatus=_concept(f"{TERMS}/condition-clinical", state),
        verificationStatus=_concept(f"{TERMS}/condition-ver-status", ("confirmed", "Confirmed")),
        category=[_concept(f"{TERMS}/condition-category", ("encounter-diagnosis", "Encounter Diagnosis"))],
        code=_concept(ICD10, code),
        subject=me,
        onsetDateTime=since.isoformat(),
        abatementDateTime=until.isoformat() if until else None,
    )  # fmt: skip


def _medicine(*, key: str, me: dict[str, str], row: Exposure, since: date) -> dict[str, Any]:
    return _order(key=key, me=me, code=_MEDICINES[row.substance], since=since, status="active")


def _order(*, key: str, me: dict[str, str], code: tuple[str, str], since: date, status: str) -> dict[str, Any]:
    return _resource(
        "MedicationRequest", key, "medicationrequest",
        status=status,
        intent="order",
        reportedBoolean=True,
        medicationCodeableConcept=_concept(RXNORM, code),
        subject=me,
        authoredOn=since.isoformat(),
        requester={"display": "On the medication list"},
    )  # fmt: skip


def _visit(
    *, key: str, me: dict[str, str], klass: str, code: tuple[str, str] | None, day: date, until: date | None = None, text: str = ""
) -> dict[str, Any]:
    period = {"start": day.isoformat()} | ({"end": until.isoformat()} if until else {"end": day.isoformat()} if klass == "AMB" else {})
    words = {"AMB": "ambulatory", "IMP": "inpatient encounter"}[klass]
    return _resource(
        "Encounter", key, "encounter",
        status="finished" if "end" in period else "in-progress",
        **{"class": {"system": f"{TERMS}/v3-ActCode", "code": klass, "display": words}},
        type=[_concept(SNOMED, code) if code else {"text": text}],
        subject=me,
        period=period,
    )  # fmt: skip


def _procedure(*, key: str, me: dict[str, str], day: date, code: dict[str, str] | None = None, text: str = "") -> dict[str, Any]:
    what = {"coding": [code], "text": code["display"]} if code else {"text": text}
    return _resource("Procedure", key, "procedure", status="completed", code=what, subject=me, performedDateTime=day.isoformat())


def _amount(value: int, unit: str) -> dict[str, Any]:
    return {"valueQuantity": {"value": value, "unit": unit, "system": UCUM, "code": unit}}


def _quantity(*, key: str, me: dict[str, str], code: tuple[str, str], on: date, value: dict[str, Any]) -> dict[str, Any]:
    return _resource(
        "Observation", key, "observation-clinical-result",
        status="final",
        category=[_concept(f"{TERMS}/observation-category", ("exam", "Exam"))],
        code=_concept(LOINC, code),
        subject=me,
        effectiveDateTime=on.isoformat(),
        **value,
    )  # fmt: skip
