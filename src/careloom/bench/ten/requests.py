"""Questions for the ten rules, from a seed: most nearly open a door, then something is moved by a day, left out, unknown or empty."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from careloom.kernel.disclosure import Actor, AgreementKind, Category, ConsentKind, OrderKind, Provenance, Purpose, Subject

HOLDER, ORG = "Willow Program", "Pine Agency"
NAMES: Final = (HOLDER, ORG, "Harbor Hospital", "Cedar Clinic", "-")
ON: Final = date(2026, 9, 15)
STATEMENTS: Final = ("revocation_right", "hipaa_redisclosure_statement", "may_be_redisclosed", "refusal_consequences")
FINDINGS: Final = ("notice_given", "opportunity_to_respond", "finding_other_ways", "finding_balance", "protective_terms")
FACTS: Final = (
    *("against_patient", "consent_obtainable", "emergency", "need_to_know", "originator", "patient_refused", "report_under_state_law"),
    *("same_program", "suspicion", "treating_relationship"),
)
RARE: Final = frozenset({"consent_obtainable", "patient_refused", "against_patient"})
_ACTORS, _PURPOSES, _CATEGORIES = [a.value for a in Actor], [p.value for p in Purpose], [c.value for c in Category]
_TPO: Final = frozenset({"treatment", "payment", "health_care_operations"})
_PART2: Final = [c.value for c in Category if c.family == "part2"]
#: Who asks for what in the ordinary day of a program, so that most questions come near to a rule.
_USUAL: Final = (
    *(
        ("cps_agency", "posc_monitoring"),
        ("cps_agency", "child_abuse_report_initial"),
        ("hospital", "emergency_treatment"),
        ("hospital", "treatment"),
    ),
    *(("patient", "patient_access"), ("lab", "qso_service"), ("software_vendor", "system_operation"), ("part2_program", "care_coordination")),
    *(("health_plan", "payment"), ("court", "dependency_proceeding"), ("prosecutor", "criminal_proceeding"), ("home_visiting", "posc_monitoring")),
)


def questions(*, seed: int, count: int, odd: bool) -> Iterator[dict[str, Any]]:
    """`count` scenarios in the form of data/disclosure/README.md, with at most one paper of each kind; `odd` leaves out and garbles too."""
    chance = Random(seed)
    for number in range(count):
        row = _question(chance, number)
        if odd:
            for _ in range(chance.choice((0, 0, 1, 1, 2, 4))):
                _garble(chance, row)
        yield row


def _question(chance: Random, number: int) -> dict[str, Any]:
    actor, purpose = chance.choice(_USUAL) if chance.random() < 0.8 else (chance.choice(_ACTORS), chance.choice(_PURPOSES))
    category = chance.choice(_PART2) if chance.random() < 0.9 else chance.choice(_CATEGORIES)
    request = {
        "actor_role": "caseworker",
        "actor_org_type": actor,
        "actor_org": ORG if chance.random() < 0.85 else chance.choice(NAMES),
        "subject": "mother" if chance.random() < 0.9 else chance.choice([s.value for s in Subject]),
        "category": category,
        "purpose": purpose,
        "date": ON.isoformat(),
    }
    source = {
        "holder": HOLDER,
        "holder_type": "part2_program",
        "holder_is_covered_entity": chance.random() < 0.5,
        "holder_is_part2_program": chance.random() < 0.9,
        "provenance": "originating" if chance.random() < 0.9 else chance.choice([p.value for p in Provenance]),
    }
    facts = {name: chance.random() < (0.3 if name in RARE else 0.85) for name in FACTS if chance.random() < 0.4}
    given = {
        "source": source,
        "consents": [_consent(chance, request)] if chance.random() < 0.6 else [],
        "orders": [_order(chance, category)] if chance.random() < 0.2 else [],
        "agreements": [_agreement(chance)] if chance.random() < 0.3 else [],
        "facts": facts,
    }
    return {"id": f"T{number}", "given": given, "request": request}


def _consent(chance: Random, request: dict[str, Any]) -> dict[str, Any]:
    usual = "tpo_single" if request["purpose"] in _TPO else chance.choice(("specific", "specific", "specific", "proceedings", "counseling_notes"))
    return {
        "id": "C1",
        "kind": usual if chance.random() < 0.9 else chance.choice([k.value for k in ConsentKind]),
        "patient": "mother",
        "discloser": HOLDER if chance.random() < 0.95 else chance.choice(NAMES),
        "recipients": list(dict.fromkeys((ORG, chance.choice(NAMES)) if chance.random() < 0.9 else chance.choices(NAMES, k=2))),
        "info": list(dict.fromkeys((request["category"] if chance.random() < 0.9 else chance.choice(_PART2), *chance.choices(_PART2, k=3)))),
        "purpose": list(dict.fromkeys((request["purpose"] if chance.random() < 0.9 else "research", chance.choice(_PURPOSES)))),
        "signed": _day(chance, -120),
        "expires": _day(chance, 200),
        "signer": "mother" if chance.random() < 0.95 else "guardian",
        "statements": {name: chance.random() < 0.95 for name in STATEMENTS},
        "revoked": None if chance.random() < 0.85 else _day(chance, 20),
    }


def _order(chance: Random, category: str) -> dict[str, Any]:
    return {
        "id": "O1",
        "type": "2.64" if chance.random() < 0.8 else chance.choice([k.value for k in OrderKind]),
        "court": chance.choice((ORG, "Family Court")),
        "issued": _day(chance, -30),
        "expires": None if chance.random() < 0.5 else _day(chance, 60),
        "scope": [category, chance.choice(_PART2)] if chance.random() < 0.9 else [chance.choice(_PART2)],
        "recipients": [ORG] if chance.random() < 0.8 else [],
        **{name: chance.random() < 0.95 for name in FINDINGS},
    }


def _agreement(chance: Random) -> dict[str, Any]:
    return {
        "id": "A1",
        "type": "QSOA" if chance.random() < 0.8 else chance.choice([k.value for k in AgreementKind]),
        "parties": [HOLDER, ORG] if chance.random() < 0.9 else chance.choices(NAMES, k=2),
        "start": _day(chance, -300),
        "end": None if chance.random() < 0.5 else _day(chance, 300),
    }


def _day(chance: Random, usual: int) -> str:
    """A day some way from the request, or at its very edge."""
    return (ON + timedelta(days=chance.choice((-1, 0, 1)) if chance.random() < 0.25 else usual)).isoformat()


def _garble(chance: Random, row: dict[str, Any]) -> None:
    """Leave out a key, empty it, or write a word that nobody knows. The types stay: a wrong type is an error line, not a question."""
    given = row["given"]
    papers = [*given["consents"], *given["orders"], *given["agreements"]]
    part = chance.choice(
        [row["request"], row["request"], given["source"], given["facts"], *papers, *papers, *[c["statements"] for c in given["consents"]]]
    )
    key = chance.choice(sorted(part)) if part else None
    if key is None or isinstance(part[key], dict):
        return
    held, act = part[key], chance.random()
    if act < 0.4 or isinstance(held, bool) or held is None:
        del part[key]
    elif isinstance(held, list):
        part[key] = chance.choice(([], [""], ["unheard_of"], held[:1]))
    elif _is_day(held):
        part[key] = (ON + timedelta(days=chance.choice((-1, 0, 1)))).isoformat() if key == "date" or act < 0.8 else None
    else:
        part[key] = chance.choice(("", " ", "unheard_of"))


def _is_day(value: str) -> bool:
    return len(value) == 10 and value[4] == value[7] == "-"


def cedar_context(row: dict[str, Any]) -> str:
    """The same question for Cedar: one paper of each kind instead of a list, no null, and days as whole numbers, which it compares fastest."""
    given = row["given"]
    context = {"request": row["request"], "source": given["source"], "facts": given["facts"]}
    for name, papers in (("consent", given["consents"]), ("order", given["orders"]), ("agreement", given["agreements"])):
        if papers:
            context[name] = papers[0]
    return json.dumps({part: _plain(values) for part, values in context.items()})


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: int(held.replace("-", "")) if isinstance(held, str) and _is_day(held) else held for key, held in values.items() if held is not None}
