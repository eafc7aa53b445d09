"""What the law lets flow in a generated world, said slowly: the fourth answer, which knows no kernel, no grants and no SQL.

Written from domain/law.md and DESIGN section 2, for the kinds of paper that `worlds` draws. Each function is one sentence of the law.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

PROGRAM, HOSPITAL, CPS, VISITS, COURT, HUB = "PART2_PROGRAM", "HOSPITAL", "CPS_AGENCY", "HOME_VISITING", "COURT", "COORDINATION_HUB"
COVERED = {PROGRAM, HOSPITAL}
PROVIDERS = {PROGRAM, HOSPITAL}
MAY_SERVE = {VISITS, HUB}  # kinds that can be a program's service organization; child welfare, a court or a provider of care cannot (2.11)
CARE = {"treatment", "care_coordination", "payment"}  # what a restriction reaches: treatment, payment, operations (2.26; 164.522(a))
TPO = {"treatment", "payment"}
NOTES = {"part2.counseling_notes", "hipaa.psychotherapy_notes"}
THERAPY = "hipaa.psychotherapy_notes"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One row: who holds it, about whom, of which kind, and how the holder came by it."""

    holder: str
    subject: str
    category: str
    provenance: str


@dataclass(frozen=True, kw_only=True)
class Form:
    """A consent that she signed and that has not been revoked."""

    kind: str
    taker: str
    recipients: frozenset[str]
    information: frozenset[str]
    purposes: frozenset[str]
    subjects: frozenset[str]
    last_day: date
    lacks: str = ""


@dataclass(frozen=True, kw_only=True)
class Order:
    """A court's paper in one holder's register."""

    kind: str
    holder: str
    recipients: frozenset[str]
    scope: frozenset[str]
    purposes: frozenset[str]
    subjects: frozenset[str]
    last_day: date
    complete: bool


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One agency's data clause towards another."""

    kind: str
    discloser: str
    recipient: str
    categories: frozenset[str]
    purposes: frozenset[str]
    first_day: date
    last_day: date


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A restriction that a holder keeps to."""

    holder: str
    subject: str
    to: str
    categories: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class World:
    """All papers of one family on one day. `schedules_once` are pairs that ever had a data-sharing schedule."""

    today: date
    forms: tuple[Form, ...] = ()
    orders: tuple[Order, ...] = ()
    clauses: tuple[Clause, ...] = ()
    limits: tuple[Limit, ...] = ()
    emergencies: frozenset[str] = field(default_factory=frozenset)  # subjects whom the hospital treats in an emergency


def is_part2(fact: Fact) -> bool:
    """By its source: what a program holds, what came from one, and treatment records unless she told of them herself (2.11, 2.12(d)(2))."""
    named = fact.category.startswith("part2.") or fact.category == "posc.plan_part2_segment"
    return fact.holder == PROGRAM or fact.provenance.startswith("part2_via_") or (named and fact.provenance != "self_reported")


def is_under_hipaa(fact: Fact) -> bool:
    """Health and plan records of a covered entity; victims' records have a law of their own."""
    return not is_part2(fact) and fact.holder in COVERED and fact.category != "dv.victim_record"


def may_flow(world: World, fact: Fact, *, reader: str, purpose: str) -> bool:
    """Whether anything lets this fact flow to this agency for this purpose today."""
    if reader == fact.holder:
        return False
    if purpose == "emergency_treatment":
        return reader == HOSPITAL and fact.subject in world.emergencies and opens_in_an_emergency(fact)
    if is_limited(world, fact, reader=reader, purpose=purpose):
        return False
    by_form = any(carries(world, form, fact, reader=reader, purpose=purpose) for form in world.forms)
    by_order = any(orders_open(world, order, fact, reader=reader, purpose=purpose) for order in world.orders)
    return by_form or by_order or any(serves(world, clause, fact, reader=reader, purpose=purpose) for clause in world.clauses)


def opens_in_an_emergency(fact: Fact) -> bool:
    """Treatment records and a covered entity's records (2.51, 164.506(c)), never notes kept apart nor a victim's record (34 USC 12291(b)(2))."""
    if fact.category == "dv.victim_record" or fact.category == THERAPY:
        return False
    return is_under_hipaa(fact) or (is_part2(fact) and fact.category not in NOTES)


def is_limited(world: World, fact: Fact, *, reader: str, purpose: str) -> bool:
    """A restriction stops care, payment and operations towards one recipient. It does not reach victims' records or what child welfare holds."""
    if purpose not in CARE:
        return False
    kept = is_part2(fact) or is_under_hipaa(fact) or fact.category.startswith("posc.")
    kept = kept or (fact.category.startswith(("hipaa.", "part2.")) and fact.holder != CPS)
    mine = (r for r in world.limits if (r.holder, r.subject, r.to) == (fact.holder, fact.subject, reader))
    return kept and any(not r.categories or fact.category in r.categories for r in mine)


def carries(world: World, form: Form, fact: Fact, *, reader: str, purpose: str) -> bool:
    """A form that the holder took, that names reader, person, kind and purpose, lives today, and is of a kind that this record asks for."""
    named = reader in form.recipients and fact.subject in form.subjects and fact.category in form.information and purpose in form.purposes
    if form.taker != fact.holder or not named or world.today > form.last_day:
        return False
    return form_suits(world, form, fact, reader=reader, purpose=purpose) and schedule_lets(world, fact, reader=reader, purpose=purpose)


def form_suits(world: World, form: Form, fact: Fact, *, reader: str, purpose: str) -> bool:
    """Part 2 wants its own form, other laws an authorization or agreement; notes want a form of their own."""
    if is_part2(fact):
        if fact.category == "part2.counseling_notes" or form.kind == "plan_agreement":
            return False
        if reader in COVERED and purpose in TPO and form.lacks == "hipaa_redisclosure_statement":
            return False
        # A hub that passes records on for treatment or payment is an intermediary, unless it serves the program.
        return not (reader == HUB and purpose in TPO) or is_served(world, fact.holder, by=HUB)
    if fact.category.startswith("hipaa.") and fact.holder == HOSPITAL:
        return form.kind != "tpo_single" and (fact.category != "hipaa.psychotherapy_notes" or form.information == {fact.category})
    return form.kind != "tpo_single"


def is_served(world: World, holder: str, *, by: str) -> bool:
    """Whether a live service agreement, or a covered program's associate contract, binds the two."""
    kinds = {"QSOA", "BAA"} if holder in COVERED else {"QSOA"}
    return any(c.kind in kinds and (c.discloser, c.recipient) == (holder, by) and in_force(world, c) for c in world.clauses)


def in_force(world: World, clause: Clause) -> bool:
    """Its days, both inclusive."""
    return clause.first_day <= world.today <= clause.last_day


def schedule_lets(world: World, fact: Fact, *, reader: str, purpose: str) -> bool:
    """Between two agencies with a data-sharing schedule a consent carries what the schedule lists, while it is in force (R-102)."""
    rows = [c for c in world.clauses if c.kind == "DATA_SHARING" and (c.discloser, c.recipient) == (fact.holder, reader)]
    begun = [c for c in rows if c.first_day <= world.today]
    return not begun or any(in_force(world, c) and fact.category in c.categories and purpose in c.purposes for c in begun)


def orders_open(world: World, order: Order, fact: Fact, *, reader: str, purpose: str) -> bool:
    """An order opens what its own holder has, as far as it lists; for a treatment record only with every finding and never notes (2.61 to 2.64)."""
    listed = reader in order.recipients and fact.category in order.scope and fact.subject in order.subjects and purpose in order.purposes
    if order.holder != fact.holder or not listed or world.today > order.last_day or order.kind != "2.64":
        return False
    if is_part2(fact):
        return order.complete and fact.category != "part2.counseling_notes"
    # What child welfare holds opens to a court on CAPTA's own finding, which a 2.64 order is not.
    return fact.holder != CPS or fact.category == "dv.victim_record"


def serves(world: World, clause: Clause, fact: Fact, *, reader: str, purpose: str) -> bool:
    """An agreement opens what its service needs: to who serves a program, or to a covered entity's associate."""
    listed = clause.recipient == reader and clause.discloser == fact.holder and fact.category in clause.categories and purpose in clause.purposes
    if not listed or not in_force(world, clause) or fact.category in {THERAPY, "dv.victim_record"}:
        return False
    if is_part2(fact):
        if fact.category in NOTES:
            return False
        own = fact.holder == PROGRAM and not fact.provenance.startswith("part2_via_")
        return own and reader in MAY_SERVE and purpose == "qso_service" and clause.kind in {"QSOA", "BAA"}
    return is_under_hipaa(fact) and clause.kind == "BAA" and purpose in {"qso_service", "payment"}
