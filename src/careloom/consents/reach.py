"""What a court's paper or a data clause reaches, asked of the kernel kind by kind: what it permits to whom, and why it does not permit the rest.

The question is about a record as the holder itself made it. Grants are made elsewhere (`materialise`); this only says why.
Source: law.md 1.1, 1.8; 42 CFR 2.61 to 2.67; R-102, R-107.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careloom.agencies.models import Agency
from careloom.consents import papers
from careloom.consents.models import CourtOrder, DataClause
from careloom.consents.register import DATA_SHARING
from careloom.infra.access.models import Segment
from careloom.kernel import disclosure
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.disclosure.reasons import Spoken


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One kind of record and one recipient: the purposes for which the paper permits it, else why not. `until` is the inclusive last day."""

    category: str
    recipient_id: UUID
    purposes: tuple[str, ...]
    reasons: tuple[Spoken, ...]
    duties: frozenset[str]
    review_needed: bool
    until: date | None = None

    @property
    def permits(self) -> bool:
        """Whether the paper opens this kind of record to this recipient for anything."""
        return bool(self.purposes)


def order_reach(order: CourtOrder, *, agencies: Mapping[UUID, Agency], on: date) -> list[Answer]:
    """What the order permits its holder to give, for each kind of record that it lists and each agency that it names."""
    facts = disclosure.Facts(target="program" if order.target == "program" else None)
    subject = papers.subject_of(order.subject_ids[0], mother_ids=frozenset({order.identity_id}))
    paper = papers.kernel_order(order)
    return [
        _ask(
            holder_id=order.holder_id, category=category, recipient=agencies[pk], purposes=order.purposes, subject=subject, agencies=agencies, on=on,
            tried=disclosure.Scenario(request=disclosure.Request(), orders=(paper,), facts=facts), rests_on=paper.id,
        )
        for pk in order.recipient_ids if pk in agencies for category in order.scope
    ]  # fmt: skip


def clause_reach(clause: DataClause, *, agencies: Mapping[UUID, Agency], on: date) -> list[Answer]:
    """What the clause permits by itself, for each kind of record that it lists; nothing for a schedule, which only limits."""
    recipient = agencies.get(clause.recipient_id)
    if recipient is None or clause.kind == DATA_SHARING:
        return []
    paper = papers.kernel_agreement(clause)
    return [
        _ask(
            holder_id=clause.discloser_id, category=category, recipient=recipient, purposes=clause.purposes, subject=disclosure.Subject.MOTHER,
            agencies=agencies, on=max(on, clause.starts_on), tried=disclosure.Scenario(request=disclosure.Request(), agreements=(paper,)),
            rests_on=paper.id,
        )
        for category in clause.categories
    ]  # fmt: skip


def _ask(
    *,
    holder_id: UUID,
    category: str,
    recipient: Agency,
    purposes: Iterable[str],
    subject: disclosure.Subject,
    agencies: Mapping[UUID, Agency],
    on: date,
    tried: disclosure.Scenario,
    rests_on: str,
) -> Answer:
    segment = Segment(holder_id=holder_id, category=category, provenance=disclosure.Provenance.ORIGINATING.value)
    source, actor = papers.kernel_source(segment, agency=agencies.get(holder_id)), disclosure.Actor(AgencyKind(recipient.kind).org_type)
    decided: dict[str, disclosure.Decision] = {}
    for purpose in purposes:
        request = papers.kernel_request(recipient=str(recipient.pk), actor=actor, subject=subject, category=category, purpose=purpose, on=on)
        decided[purpose] = disclosure.decide(
            disclosure.Scenario(request=request, source=source, orders=tried.orders, agreements=tried.agreements, facts=tried.facts)
        )
    permits = {p: d for p, d in decided.items() if d.outcome is disclosure.Outcome.PERMIT and rests_on in d.instruments}
    denied = [reason for decision in decided.values() for reason in decision.reasons] if not permits else []
    ends = [d.ends_on for d in permits.values()]
    return Answer(
        category=category, recipient_id=recipient.pk, purposes=tuple(permits), reasons=tuple(dict.fromkeys(denied)),
        duties=frozenset(duty.value for d in permits.values() for duty in d.obligations),
        review_needed=any(d.review_needed for d in permits.values()),
        until=None if not ends or None in ends else max(day for day in ends if day is not None),
    )  # fmt: skip
