"""Rows of an assessment as the kernel reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from careloom.kernel.safety import Adult, Answer, Capacity, Child, Decision, Factor, Gap, Given, decide, gaps
from careloom.safety.instruments import Instrument
from careloom.safety.models import AssessedPerson, Finding

#: The answer of part A that says: looked, and there is nothing.
NONE = "NONE"


def what_is_missing(*, instrument: Instrument, people: Sequence[AssessedPerson], findings: Iterable[Finding]) -> tuple[Gap, ...]:
    """What keeps the assessment from being completed; empty when nothing does."""
    children, adults, rows = _kinds(people, "CHILD"), _kinds(people, "ADULT"), list(findings)
    of_person = {(str(row.person_id), row.item): row for row in rows if row.person_id}
    domains = {key: bool(row.picked or row.answer == NONE) for key, row in of_person.items() if key[1].startswith("A.")}
    capacities = {key: bool(row.answer and row.evidence) for key, row in of_person.items() if key[1].startswith("B.")}
    given = Given(
        children=tuple(str(child.pk) for child in children), adults=tuple(str(adult.pk) for adult in adults),
        seen=frozenset(str(person.pk) for person in people if person.seen_on),
        caregivers=frozenset(str(adult.pk) for adult in adults if adult.cares), domains=domains, capacities=capacities,
        factors={row.item: (Answer(row.answer), _has(row)) for row in rows if row.person_id is None and row.answer},
    )  # fmt: skip
    return gaps(items=instrument.items, given=given)


def what_it_points_to(*, instrument: Instrument, people: Sequence[AssessedPerson], findings: Iterable[Finding]) -> Decision:
    """What the parts point to, as far as they are filled in. An item that is not answered yet points nowhere."""
    rows = list(findings)
    domains: dict[str, set[str]] = {}
    capacities: dict[str, dict[str, Capacity]] = {}
    for row in rows:
        if row.person_id and row.item.startswith("A.") and row.picked:
            domains.setdefault(str(row.person_id), set()).add(row.item)
        elif row.person_id and row.item.startswith("B.") and row.answer:
            capacities.setdefault(str(row.person_id), {})[row.item] = Capacity(row.answer)
    every = set(instrument.items.capacities)
    return decide(
        children=[Child(key=str(p.pk), domains=frozenset(domains.get(str(p.pk), ()))) for p in _kinds(people, "CHILD")],
        adults=[
            # An adult who was assessed in part is not yet known to protect.
            Adult(key=str(p.pk), cares=p.cares, at_home=p.at_home, capacities=seen if every <= seen.keys() else {})
            for p in _kinds(people, "ADULT")
            for seen in [capacities.get(str(p.pk), {})]
        ],
        factors=[
            Factor(
                key=row.item, answer=Answer(row.answer), children=frozenset(map(str, row.child_ids)), by=frozenset(map(str, row.by_ids))
            )
            for row in rows
            if row.person_id is None and row.answer
        ],
    )  # fmt: skip


def _kinds(people: Iterable[AssessedPerson], kind: str) -> list[AssessedPerson]:
    return [person for person in people if person.kind == kind]


def _has(row: Finding) -> frozenset[str]:
    found = {"EVIDENCE": row.evidence, "SOURCE": row.source, "DATE": row.seen_on, "CHILD": row.child_ids}
    return frozenset(what for what, value in found.items() if value)
