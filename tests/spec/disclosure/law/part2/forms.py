"""Paper and questions for rows of 42 CFR part 2: the builders that the modules of this folder share.

A row has the keys of `../shared/data/disclosure/scenarios.jsonl`. `case` makes the hand-written archetype; `vary` copies it, edits facts of
the world by dotted path and says what the law answers then. Nothing here knows the engine.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]
DAY = "2026-09-15"
DROP = object()
OTP, CPS, ELM, MERCY, LAKESIDE = "Riverbend OTP", "Pine County Children and Families", "Elm OB", "Mercy Hospital L&D", "Lakeside Pediatrics"
COURT, HUB, HOME, PLAN, STEPS = "Juvenile Court", "CarePath Hub", "Bright Start Home Visiting", "MapleCare MCO", "Early Steps EI"
TPO_CLASS = "my treating providers, health plans, third-party payers, and people helping to operate this program"
FOUR = ["part2.attendance", "part2.treatment_summary", "part2.medication", "part2.drug_screens"]
SAID = {"revocation_right": True, "hipaa_redisclosure_statement": True, "may_be_redisclosed": True, "refusal_consequences": True}
CONSENTED = ("NOTICE_2_32", "CONSENT_COPY_OR_SCOPE", "LIMIT_PURPOSE", "ACCOUNT_2_25")
SILENT = ("NEUTRAL_DENIAL",)


def program(name: str = OTP, **over: Any) -> Row:
    """A part 2 program that keeps its own record."""
    return {
        "holder": name,
        "holder_type": "part2_program",
        "holder_is_covered_entity": True,
        "holder_is_part2_program": True,
        "provenance": "originating",
    } | over


def holder(name: str, kind: str, provenance: str, *, covered: bool = False, via: str | None = "C1", **over: Any) -> Row:
    """Somebody who is no part 2 program and holds what a program once recorded."""
    row = {
        "holder": name,
        "holder_type": kind,
        "holder_is_covered_entity": covered,
        "holder_is_part2_program": False,
        "provenance": provenance,
    }
    return row | ({"received_via": via} if via else {}) | over


def consent(recipients: list[str], purpose: list[str], info: list[str] | None = None, **over: Any) -> Row:
    """A specific consent that has every element of 2.31(a)."""
    return {
        "id": "C1",
        "kind": "specific",
        "patient": "mother",
        "discloser": OTP,
        "recipients": recipients,
        "info": FOUR if info is None else info,
        "purpose": purpose,
        "signed": "2026-05-01",
        "expires": "2027-05-01",
        "signer": "mother",
        "statements": dict(SAID),
        "revoked": None,
    } | over


def tpo(**over: Any) -> Row:
    """A single consent for all future treatment, payment and operations."""
    purposes = ["treatment", "payment", "health_care_operations"]
    plain = consent([TPO_CLASS], purposes, ["part2.full_record"], kind="tpo_single", expires=None, expiry_event="none")
    return plain | over


def order(scope: list[str], recipients: list[str] | None = None, **over: Any) -> Row:
    """A 2.64 order with each finding, and the subpoena that compels."""
    return {
        "id": "O1",
        "type": "2.64",
        "court": COURT,
        "issued": "2026-06-01",
        "notice_given": True,
        "opportunity_to_respond": True,
        "finding_other_ways": True,
        "finding_balance": True,
        "scope": scope,
        "recipients": recipients or [CPS, COURT],
        "protective_terms": True,
        "expires": None,
        "accompanying_subpoena": True,
    } | over


def agreement(kind: str, parties: list[str], **over: Any) -> Row:
    return {"type": kind, "parties": parties, "start": "2026-01-01", "end": "2027-01-01"} | over


ASKERS = {
    "cps": ("caseworker", "cps_agency", CPS),
    "ob": ("physician", "ob_clinic", ELM),
    "hospital": ("physician", "hospital", MERCY),
    "ed": ("ed_physician", "hospital", MERCY),
    "peds": ("pediatrician", "pediatric_clinic", LAKESIDE),
    "plan": ("claims_analyst", "health_plan", PLAN),
    "home": ("home_visitor", "home_visiting", HOME),
    "casa": ("casa_volunteer", "gal_casa", "County CASA"),
    "judge": ("judge", "court", COURT),
    "attorney": ("agency_attorney", "cps_agency", CPS),
    "police": ("officer", "law_enforcement", "City PD"),
    "prosecutor": ("prosecutor", "prosecutor", "County Prosecutor"),
    "probation": ("probation_officer", "probation", "Adult Probation"),
    "patient": ("patient", "patient", "-"),
    "parent": ("parent_of_minor", "family_member", "-"),
    "father": ("father", "family_member", "-"),
    "foster": ("foster_parent", "foster_parent", "-"),
    "employer": ("hr_officer", "employer", "City Staffing"),
    "landlord": ("leasing_officer", "housing", "Hillside Homes"),
    "school": ("principal", "school", "Oak Elementary"),
    "tribe": ("icwa_worker", "tribal_icwa", "Eagle Nation"),
    "ei": ("ei_coordinator", "early_intervention", STEPS),
    "vendor": ("system_admin", "software_vendor", "POSC Host"),
    "skills": ("parent_educator", "parenting_provider", "Family Skills"),
    "researcher": ("researcher", "researcher", "State University"),
    "auditor": ("auditor", "auditor", "Eval Co"),
    "health": ("epidemiologist", "public_health", "State DOH"),
    "press": ("reporter", "legislature_public", "Press"),
    "nurse": ("nurse", "part2_program", OTP),
    "insurer": ("claims_analyst", "insurer_life", "Granite Life"),
    "defender": ("mothers_attorney", "defense_attorney", "Public Defender"),
    "coordinator": ("hub_coordinator", "coordination_hub", HUB),
    "hie": ("hie_gateway", "hie", "StateHIE"),
    "lab": ("lab_tech", "lab", "Clear Lab"),
    "mfcu": ("investigator", "state_oversight", "State AG MFCU"),
    "pdmp": ("pdmp_system", "pdmp", "State PDMP"),
}


def ask(who: str, category: str, purpose: str, **over: Any) -> Row:
    role, kind, name = ASKERS[who]
    row = {"actor_role": role, "actor_org_type": kind, "actor_org": name, "subject": "mother", "category": category, "purpose": purpose, "date": DAY}
    return row | over


def case(
    key: str,
    why: str,
    expect: str,
    basis: str,
    request: Row,
    *,
    source: Row | None = None,
    consents: Iterable[Row] = (),
    orders: Iterable[Row] = (),
    agreements: Iterable[Row] = (),
    facts: Row | None = None,
    obligations: Iterable[str] | None = None,
    certainty: str = "black-letter",
) -> Row:
    """An archetype. `basis` begins with the main citation; a denial without obligations of its own keeps silence."""
    given = {
        "source": source or program(),
        "consents": list(consents),
        "orders": list(orders),
        "agreements": list(agreements),
        "facts": facts or {},
    }
    duties = list(obligations) if obligations is not None else ([] if expect == "permit" else list(SILENT))
    row = {"id": f"P-{key}", "given": given, "request": request, "expect": expect, "basis": basis, "obligations": duties, "why": why}
    return copy.deepcopy(row | {"certainty": certainty, "tags": [key.split("-")[0]]})


def vary(
    row: Row,
    key: str,
    why: str,
    expect: str,
    basis: str | None = None,
    *,
    obligations: Iterable[str] | None = None,
    certainty: str | None = None,
    edits: Row | None = None,
    **facts: Any,
) -> Row:
    """The same row with edits by dotted path (DROP takes a key away) and `facts` set, and what the law answers then."""
    twin = copy.deepcopy(row)
    for path, value in ({f"given.facts.{name}": value for name, value in facts.items()} | (edits or {})).items():
        *steps, last = path.split(".")
        place: Any = twin if path.split(".")[0] in ("given", "request") else twin["given"]
        for step in steps:
            place = place[int(step)] if step.isdigit() else place[step]
        if value is DROP:
            place.pop(int(last) if last.isdigit() else last, None)
        else:
            place[last] = copy.deepcopy(value)
    if obligations is None:
        obligations = twin["obligations"] if expect == row["expect"] else SILENT
    said = {"id": f"{row['id']}-{key}", "why": why, "expect": expect, "obligations": list(obligations)}
    return twin | said | {"basis": basis or twin["basis"], "certainty": certainty or twin["certainty"]}
