"""The kernel asked directly about a generated world: all papers of a holder at once, built from the choices and not by the code that makes grants."""

from __future__ import annotations

from datetime import timedelta

from tests.generative.grants import law

from careloom.kernel import disclosure
from careloom.kernel.agency_kinds import AgencyKind

FINDINGS = ("notice_given", "opportunity_to_respond", "finding_other_ways", "finding_balance", "protective_terms")
#: Before the id of an agreement that only says whom its party serves.
SERVES = "S"
SUBJECTS = {"mother": disclosure.Subject.MOTHER, "infant": disclosure.Subject.INFANT}
STATEMENTS = ("revocation_right", "hipaa_redisclosure_statement", "may_be_redisclosed", "refusal_consequences")


def permits(world: law.World, fact: law.Fact, *, reader: str, purpose: str) -> bool:
    """Whether the kernel permits it on some paper, or in an emergency, under each restriction that the holder keeps to."""
    if reader == fact.holder:
        return False
    limits = [r for r in world.limits if (r.holder, r.subject, r.to) == (fact.holder, fact.subject, reader)]
    limits = [r for r in limits if not r.categories or fact.category in r.categories]
    restrictions: list[disclosure.Restriction | None] = [disclosure.Restriction(to=reader, agreed=True) for _ in limits] or [None]
    return all(_permits(world, fact, reader=reader, purpose=purpose, restriction=one) for one in restrictions)


def _permits(world: law.World, fact: law.Fact, *, reader: str, purpose: str, restriction: disclosure.Restriction | None) -> bool:
    emergency = purpose == "emergency_treatment"
    if emergency and (reader != law.HOSPITAL or fact.subject not in world.emergencies):
        return False
    kind = AgencyKind(fact.holder)
    answer = disclosure.decide(
        disclosure.Scenario(
            request=disclosure.Request(
                actor=disclosure.Actor(AgencyKind(reader).org_type), actor_org=reader, actor_role="worker", subject=SUBJECTS[fact.subject],
                category=disclosure.Category(fact.category), purpose=disclosure.Purpose(purpose), on=world.today,
            ),
            source=disclosure.Source(
                holder=fact.holder, holder_type=kind.org_type, is_covered_entity=fact.holder in law.COVERED,
                is_part2_program=fact.holder == law.PROGRAM, provenance=disclosure.Provenance(fact.provenance),
            ),
            consents=() if emergency else _consents(world, fact, reader=reader, purpose=purpose),
            orders=() if emergency else _orders(world, fact, purpose=purpose),
            agreements=() if emergency else _agreements(world, fact, reader=reader, purpose=purpose),
            facts=disclosure.Facts(
                restriction=restriction, treating_relationship=True if emergency else None, emergency=True if emergency else None,
                consent_obtainable=False if emergency else None,
            ),
        )
    )  # fmt: skip
    carried = any(not instrument.startswith(SERVES) for instrument in answer.instruments)
    return answer.outcome is disclosure.Outcome.PERMIT and (emergency or carried)


def _consents(world: law.World, fact: law.Fact, *, reader: str, purpose: str) -> tuple[disclosure.Consent, ...]:
    # What two agencies agreed among themselves is no law: the schedule is asked here, before the kernel.
    lets = law.schedule_lets(world, fact, reader=reader, purpose=purpose)
    taken = [form for form in world.forms if form.taker == fact.holder and fact.subject in form.subjects and lets and purpose in form.purposes]
    return tuple(
        disclosure.Consent(
            id=f"C{place}", kind=disclosure.ConsentKind(form.kind), patient=SUBJECTS[fact.subject], discloser=fact.holder,
            recipients=tuple(sorted(form.recipients)), info=tuple(sorted(form.information)), purposes=tuple(sorted(form.purposes)),
            signed=world.today - timedelta(days=5), expires=form.last_day, signer="mother",
            statements=disclosure.Statements(**{name: name != form.lacks for name in STATEMENTS}),
        )
        for place, form in enumerate(taken)
    )  # fmt: skip


def _orders(world: law.World, fact: law.Fact, *, purpose: str) -> tuple[disclosure.CourtOrder, ...]:
    # What the order is for stands in the register; the kernel asks only whether a court's purpose is served.
    kept = [o for o in world.orders if o.holder == fact.holder and fact.subject in o.subjects and purpose in o.purposes]
    return tuple(
        disclosure.CourtOrder(
            id=f"O{place}", kind=disclosure.OrderKind(order.kind), court="Practice Court", issued=world.today - timedelta(days=5),
            expires=order.last_day, scope=tuple(sorted(order.scope)), recipients=tuple(sorted(order.recipients)),
            **dict.fromkeys(FINDINGS if order.complete else FINDINGS[1:], True),
        )
        for place, order in enumerate(kept)
    )  # fmt: skip


def _agreements(world: law.World, fact: law.Fact, *, reader: str, purpose: str) -> tuple[disclosure.Agreement, ...]:
    """The clauses that list the category and the purpose; and those that let a hub serve the program, which open nothing that they do not list."""
    pair = [c for c in world.clauses if (c.discloser, c.recipient) == (fact.holder, reader) and c.kind != "DATA_SHARING"]
    lists = [fact.category in c.categories and purpose in c.purposes for c in pair]
    serves = reader == law.HUB and purpose in law.TPO
    return tuple(
        disclosure.Agreement(
            id=f"{'A' if listed else SERVES}{place}", kind=disclosure.AgreementKind(c.kind), parties=(c.discloser, c.recipient),
            start=c.first_day, end=c.last_day,
        )
        for place, (c, listed) in enumerate(zip(pair, lists, strict=True))
        if listed or serves
    )  # fmt: skip
