"""The words rows of the law are written with: holders, askers, papers, and how an archetype is varied.

Written from ``shared/domain/law.md`` and the words of ``shared/data/disclosure/README.md`` only, by somebody who has not read the engine.
An archetype is one situation (``Situation``); its variations change named words of it and name the answer the law gives.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
DROP = object()  # a changed word that is taken out of the row

PERMIT, DENY = "permit", "deny"
BLACK_LETTER, PRUDENTIAL = "black-letter", "prudential"
TODAY = "2026-09-15"


def holder(name: str, kind: str, *, covered: bool = False, program: bool = False, provenance: str = "originating") -> Json:
    """Who holds the record, and how it came there."""
    return {
        "holder": name,
        "holder_type": kind,
        "holder_is_covered_entity": covered,
        "holder_is_part2_program": program,
        "provenance": provenance,
    }


HOSPITAL = holder("Mercy Hospital L&D", "hospital", covered=True)
OB = holder("Elm OB", "ob_clinic", covered=True)
PEDIATRICS = holder("Lakeside Pediatrics", "pediatric_clinic", covered=True)
PROGRAM = holder("Riverbend OTP", "part2_program", covered=True, program=True)
CPS = holder("Pine County Children and Families", "cps_agency")
CPS_FLORIDA = holder("Columbia Department of Children", "cps_agency")
SCHOOL = holder("Oak Elementary", "school")
EARLY_STEPS = holder("Early Steps EI", "early_intervention")
SHELTER = holder("Safe Harbor Shelter", "dv_program")
WIC = holder("County WIC", "wic")
MEDICAID = holder("State Medicaid", "medicaid_agency", covered=True)
HUB = holder("CarePath Hub", "coordination_hub")
PARENTING = holder("Family Skills", "parenting_provider")
STATE = holder("State Family Services", "state_oversight")


def asker(role: str, kind: str, org: str) -> Json:
    """Who asks."""
    return {"actor_role": role, "actor_org_type": kind, "actor_org": org}


CASEWORKER = asker("caseworker", "cps_agency", "Pine County Children and Families")
OTHER_COUNTY = asker("caseworker", "cps_agency", "Harbor County Family Services")
SCREENER = asker("hotline_screener", "cps_agency", "Pine County Children and Families")
INTAKE = asker("intake_screener", "cps_agency", "Pine County Children and Families")
AGENCY_ATTORNEY = asker("agency_attorney", "cps_agency", "Pine County Children and Families")
PEDIATRICIAN = asker("pediatrician", "pediatric_clinic", "Lakeside Pediatrics")
OBSTETRICIAN = asker("physician", "ob_clinic", "Elm OB")
NEONATOLOGIST = asker("neonatologist", "hospital", "Mercy Hospital L&D")
COUNSELOR = asker("counselor", "part2_program", "Riverbend OTP")
PLAN = asker("claims_analyst", "health_plan", "MapleCare MCO")
VISITOR = asker("home_visitor", "home_visiting", "Bright Start Home Visiting")
EARLY = asker("ei_coordinator", "early_intervention", "Early Steps EI")
LANDLORD = asker("landlord", "housing", "Maple Court Housing")
EMPLOYER = asker("hr_officer", "employer", "City Staffing")
INSURER = asker("claims_analyst", "insurer_life", "Anchor Life")
FOSTER = asker("foster_parent", "foster_parent", "-")
FATHER = asker("father", "family_member", "-")
SISTER = asker("sister", "family_member", "-")
MOTHER = asker("patient", "patient", "-")
POLICE = asker("officer", "law_enforcement", "City PD")
PROSECUTOR = asker("prosecutor", "prosecutor", "County Prosecutor")
JUDGE = asker("judge", "court", "Juvenile Court")
LAWYER = asker("attorney", "defense_attorney", "Private Counsel")
HER_LAWYER = asker("mothers_attorney", "defense_attorney", "Public Defender")
GAL = asker("gal", "gal_casa", "County CASA")
TRIBE = asker("icwa_worker", "tribal_icwa", "Eagle Nation")
PANEL = asker("panel_member", "review_panel", "Child Fatality Review Board")
CITIZEN_PANEL = asker("panel_member", "review_panel", "Citizen Review Panel")
LEGISLATOR = asker("legislator", "legislature_public", "State Senate")
PRESS = asker("reporter", "legislature_public", "Press")
WEBSITE = asker("public", "legislature_public", "Website")
DATA_MANAGER = asker("data_manager", "state_oversight", "State Family Services")
RESEARCHER = asker("researcher", "researcher", "State University")
HEALTH_DEPARTMENT = asker("epidemiologist", "public_health", "State DOH")
AUDITOR = asker("auditor", "auditor", "State Auditor")
INTEGRITY = asker("program_integrity", "medicaid_agency", "State Medicaid")
VENDOR = asker("system_admin", "software_vendor", "POSC Host")
PRINCIPAL = asker("principal", "school", "Oak Elementary")
HUB_COORDINATOR = asker("hub_coordinator", "coordination_hub", "CarePath Hub")

STATEMENTS = {"revocation_right": True, "hipaa_redisclosure_statement": True, "may_be_redisclosed": True, "refusal_consequences": True}


def consent(kind: str, *, by: Json, to: Json | str, info: Sequence[str], purpose: Sequence[str], patient: str = "mother", **changes: object) -> Json:
    """A whole, live paper of hers: signed 2026-05-01, good through 2027-05-01."""
    return {
        "id": "C1",
        "kind": kind,
        "patient": patient,
        "discloser": by["holder"],
        "recipients": [to if isinstance(to, str) else to["actor_org"]],
        "info": list(info),
        "purpose": list(purpose),
        "signed": "2026-05-01",
        "expires": "2027-05-01",
        "signer": "mother",
        "statements": dict(STATEMENTS),
        "revoked": None,
        **changes,
    }


def order(kind: str, *, scope: Sequence[str], to: Sequence[Json], court: str = "Juvenile Court", **changes: object) -> Json:
    """A court's paper with every finding, issued 2026-06-01, without an end."""
    return {
        "id": "O1",
        "type": kind,
        "court": court,
        "issued": "2026-06-01",
        "notice_given": True,
        "opportunity_to_respond": True,
        "finding_other_ways": kind != "subpoena",
        "finding_balance": kind != "subpoena",
        "scope": list(scope),
        "recipients": [one["actor_org"] for one in to],
        "protective_terms": True,
        "expires": None,
        **changes,
    }


def agreement(kind: str, *parties: str, **changes: object) -> Json:
    """An agreement in force through 2026."""
    return {"type": kind, "parties": list(parties), "start": "2026-01-01", "end": "2027-01-01", **changes}


@dataclass(frozen=True, kw_only=True)
class Case:
    """One variation: what is changed, and what the law answers to it.

    ``changes`` maps a dotted word (``facts.placement``, ``request.purpose``, ``consent.expires``, ``order.scope``, ``agreement.end``,
    ``source.provenance``) or a whole part (``asker``, ``source``, ``consents``, ``orders``, ``agreements``, ``facts``) to its new value or DROP.
    """

    expect: str
    cite: str
    why: str
    changes: Mapping[str, object] = field(default_factory=dict)
    duties: Sequence[str] = ()
    certainty: str = BLACK_LETTER


def permit(cite: str, why: str, *duties: str, certainty: str = BLACK_LETTER, **changes: object) -> Case:
    """A variation the law lets through. In a keyword a double underscore stands for the dot: ``facts__placement=DROP``."""
    return Case(expect=PERMIT, cite=cite, why=why, duties=duties, certainty=certainty, changes=_dotted(changes))


def deny(cite: str, why: str, *duties: str, certainty: str = BLACK_LETTER, **changes: object) -> Case:
    """A variation the law holds back."""
    return Case(expect=DENY, cite=cite, why=why, duties=duties, certainty=certainty, changes=_dotted(changes))


@dataclass(frozen=True, kw_only=True)
class Situation:
    """One situation of the law with its variations; ``rows`` writes them out."""

    name: str
    source: Json
    asker: Json
    subject: str
    category: str
    purpose: str
    cases: Sequence[Case]
    facts: Json = field(default_factory=dict)
    consents: Sequence[Json] = ()
    orders: Sequence[Json] = ()
    agreements: Sequence[Json] = ()
    date: str = TODAY

    def rows(self) -> Iterator[Json]:
        """The rows, in the form of ``scenarios.jsonl``."""
        for number, case in enumerate(self.cases, start=1):
            parts: Json = copy.deepcopy(
                {
                    "source": self.source,
                    "consents": list(self.consents),
                    "orders": list(self.orders),
                    "agreements": list(self.agreements),
                    "facts": self.facts,
                    "asker": self.asker,
                    "request": {"subject": self.subject, "category": self.category, "purpose": self.purpose, "date": self.date},
                }
            )
            for word, value in case.changes.items():
                _change(parts, word, copy.deepcopy(value) if value is not DROP else DROP)
            asks = parts.pop("asker")
            request = parts.pop("request")
            assert isinstance(asks, dict)
            assert isinstance(request, dict)
            yield {
                "id": f"X-{self.name}-{number:02d}",
                "given": parts,
                "request": {**asks, **request},
                "expect": case.expect,
                "basis": case.cite,
                "obligations": list(case.duties),
                "why": case.why,
                "certainty": case.certainty,
                "tags": [self.name.partition("-")[0].lower()],
            }


def _dotted(changes: Mapping[str, object]) -> dict[str, object]:
    return {word.replace("__", "."): value for word, value in changes.items()}


def _change(parts: Json, word: str, value: object) -> None:
    whole, _, key = word.partition(".")
    if not key:
        parts[whole] = value
        return
    lists = {"consent": "consents", "order": "orders", "agreement": "agreements"}
    place = parts[lists[whole]][0] if whole in lists else parts[whole]  # type: ignore[index]
    assert isinstance(place, dict)
    if value is DROP:
        place.pop(key, None)
    else:
        place[key] = value


_CITATION = re.compile(r"\d+ (?:CFR|USC) [\w.]+(?:\(\w+\))*|s\. [\d.]+(?:\(\w+\))*|ORC [\d.]+|[^,;(]+")


def main_citation(basis: str) -> str:
    """The first citation of a row's basis."""
    found = _CITATION.match(basis)
    return found.group().strip() if found else basis


def same_citation(one: str, other: str) -> bool:
    """Equal, or one is the other cut at a parenthesis."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and (len(long) == len(short) or long[len(short)] in " (")


def disagreement(row: Json, answer: Json) -> str:
    """Why an answer does not agree with a row, or an empty string: outcome, duties and main citation (law.md section 5)."""
    if answer.get("decision") != row["expect"]:
        return f"answered {answer.get('decision', answer)} on {answer.get('basis')} {answer.get('reasons')}"
    basis, duties = answer["basis"], answer["obligations"]
    assert isinstance(basis, list)
    assert isinstance(duties, list)
    assert isinstance(row["obligations"], list)
    missing = [duty for duty in row["obligations"] if duty not in duties]
    if missing:
        return f"lacks {missing}, has {duties}"
    main = main_citation(str(row["basis"]))
    return "" if any(same_citation(main, str(one)) for one in basis) else f"does not name {main}, names {basis} {answer.get('reasons')}"
