"""One question to the kernel for each purpose of a paper; only a permit that rests on that very paper counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from careloom.agencies.models import Agency
from careloom.consents import papers
from careloom.consents.flows.told import Told
from careloom.infra.access.models import Segment
from careloom.infra.packs import load_pack
from careloom.kernel import disclosure
from careloom.kernel.disclosure.overlays import FEDERAL, LocalLaw, decide_under


@dataclass(frozen=True, kw_only=True)
class Papers:
    """The paper that is tried, as the kernel reads it, what stands beside it, and the facts that go with it."""

    consents: tuple[disclosure.Consent, ...] = ()
    orders: tuple[disclosure.CourtOrder, ...] = ()
    agreements: tuple[disclosure.Agreement, ...] = ()
    facts: disclosure.Facts = field(default_factory=disclosure.Facts)
    # INVARIANT: a grant rests on the paper that it names, so that ending the paper ends exactly what it opened. None: on no paper.
    rests_on: str | None = None


def permitted(
    segment: Segment,
    *,
    told: Told,
    recipient_id: UUID,
    actor: disclosure.Actor,
    subject: disclosure.Subject,
    purposes: Iterable[str],
    tried: Papers,
    on: date,
) -> dict[str, disclosure.Decision]:
    """The permitting decision for each purpose that the kernel permits on these papers, under every restriction that the holder keeps to."""
    source = papers.kernel_source(segment, agency=told.agencies.get(segment.holder_id))
    limits = told.limits(segment, recipient_id=recipient_id)
    law = law_at(told.agencies.get(segment.holder_id))
    decided: dict[str, disclosure.Decision] = {}
    for purpose in purposes:
        request = papers.kernel_request(recipient=str(recipient_id), actor=actor, subject=subject, category=segment.category, purpose=purpose, on=on)
        question = disclosure.Scenario(
            request=request, source=source, consents=tried.consents, orders=tried.orders, agreements=tried.agreements, facts=tried.facts
        )
        answer = _under(limits, question, law=law)
        if answer is not None and (tried.rests_on is None or tried.rests_on in answer.instruments):
            decided[purpose] = answer
    return decided


def law_at(holder: Agency | None) -> LocalLaw:
    """The stricter law of the place where the record is kept (42 CFR 2.20; 45 CFR 160.203); federal law alone for what a person holds herself."""
    return load_pack(name=holder.pack).law if holder is not None else FEDERAL


def _under(limits: tuple[disclosure.Restriction, ...], question: disclosure.Scenario, *, law: LocalLaw) -> disclosure.Decision | None:
    """The permit, if the question is permitted under each of the restrictions alike."""
    answers = [decide_under(replace(question, facts=replace(question.facts, restriction=limit)), law=law) for limit in limits]
    answers = answers or [decide_under(question, law=law)]
    return answers[0] if all(answer.outcome is disclosure.Outcome.PERMIT for answer in answers) else None
