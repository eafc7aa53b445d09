"""Speed of the pure parts: decisions a second, notification answers a second, and a PDF."""

from __future__ import annotations

import time
from datetime import date

from careloom.bench.figures import median, say
from careloom.kernel import disclosure

SECONDS = 1.5
ROUNDS = 5


def measure() -> None:
    """Print the figures of the kernel."""
    scenarios = _scenarios()
    rates = []
    for _ in range(ROUNDS):
        count, began = 0, time.process_time()
        while time.process_time() - began < SECONDS:
            for scenario in scenarios:
                disclosure.decide(scenario)
            count += len(scenarios)
        rates.append(count / (time.process_time() - began))
    say(
        name="decisions",
        value=median(rates),
        unit="per CPU second",
        n=ROUNDS,
        note=f"{len(scenarios)} questions on a Part 2 consent, with reasons",
    )


def _scenarios() -> list[disclosure.Scenario]:
    """A consent from a program, asked by its recipient, by another agency, for another category, and after its end."""
    statements = disclosure.Statements(revocation_right=True, hipaa_redisclosure_statement=True, may_be_redisclosed=True, refusal_consequences=True)
    consent = disclosure.Consent(
        id="C1",
        kind=disclosure.ConsentKind.SPECIFIC,
        patient=disclosure.Subject.MOTHER,
        discloser="Riverbend",
        recipients=("Pine",),
        info=("part2.attendance", "part2.treatment_summary"),
        purposes=("posc_monitoring",),
        signed=date(2026, 5, 1),
        expires=date(2027, 5, 1),
        signer="mother",
        statements=statements,
    )
    source = disclosure.Source(
        holder="Riverbend",
        holder_type="part2_program",
        is_covered_entity=True,
        is_part2_program=True,
        provenance=disclosure.Provenance.ORIGINATING,
    )
    asked = [("Pine", "part2.attendance", 9), ("Harbor", "part2.attendance", 9), ("Pine", "part2.drug_screens", 9), ("Pine", "part2.attendance", 12)]
    return [
        disclosure.Scenario(
            request=disclosure.Request(
                actor=disclosure.Actor.CPS_AGENCY,
                actor_org=org,
                actor_role="caseworker",
                subject=disclosure.Subject.MOTHER,
                category=disclosure.Category(category),
                purpose=disclosure.Purpose.POSC_MONITORING,
                on=date(2026 if month < 12 else 2027, month, 15),
            ),
            source=source,
            consents=(consent,),
        )
        for org, category, month in asked
    ]
