"""One question to the kernel for each purpose of a paper; only a permit that rests on that very paper counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from careloom.agencies.models import Agency
from careloom.consents.flows.flow import terms_of
from careloom.consents.flows.memory import Permit
from careloom.consents.flows.shape import Papers
from careloom.consents.flows.told import Told
from careloom.consents.rows import Held
from careloom.infra.packs import load_pack
from careloom.kernel import disclosure
from careloom.kernel.disclosure.overlays import FEDERAL, LocalLaw, decide_under

__all__ = ["Papers", "law_at", "permitted"]

NO_NAMES: Mapping[UUID, str] = {}


def permitted(
    segment: Held,
    *,
    told: Told,
    recipient_id: UUID,
    actor: disclosure.Actor,
    subject: disclosure.Subject,
    purposes: Iterable[str],
    tried: Papers,
    on: date,
    names: Mapping[UUID, str] = NO_NAMES,
) -> Permit | None:
    """What the kernel permits on these papers, under every restriction that the holder keeps to; None when it permits no purpose.

    `names` says what `tried` calls the holder and the recipient, where that is not their id.
    """
    reader = names.get(recipient_id) or str(recipient_id)
    # The question without its purpose, of which there are several. Whatever the kernel reads is in it, so it is what an answer is kept by.
    question = disclosure.Scenario(
        request=disclosure.Request(
            actor=actor, actor_org=reader, actor_role="worker", subject=subject, category=disclosure.Category(segment.category), on=on
        ),
        source=told.source_of(segment, name=names.get(segment.holder_id)),
        consents=tried.consents, orders=tried.orders, agreements=tried.agreements, facts=tried.facts,
    )  # fmt: skip
    limits = told.limits(segment, recipient_id=recipient_id, name=reader)
    holder, asked, rests_on = told.agencies.get(segment.holder_id), tuple(purposes), tried.rests_on
    return told.memory.answer(
        (question, asked, limits, rests_on, told.place_of(segment.holder_id)),
        ask=lambda: answered(question, asked, limits, rests_on=rests_on, law=law_at(holder)),
    )


def law_at(holder: Agency | None) -> LocalLaw:
    """The stricter law of the place where the record is kept (42 CFR 2.20; 45 CFR 160.203); federal law alone for what a person holds herself."""
    return load_pack(name=holder.pack).law if holder is not None else FEDERAL


def answered(
    question: disclosure.Scenario, purposes: tuple[str, ...], limits: tuple[disclosure.Restriction, ...], *, rests_on: str | None, law: LocalLaw
) -> Permit | None:
    """The kernel's answer for each purpose, kept where it permits and rests on that paper."""
    decided: dict[str, disclosure.Decision] = {}
    for purpose in purposes:
        answer = _under(limits, replace(question, request=replace(question.request, purpose=disclosure.Purpose(purpose))), law=law)
        if answer is not None and (rests_on is None or rests_on in answer.instruments):
            decided[purpose] = answer
    return Permit(decided=decided, terms=terms_of(decided)) if decided else None


def _under(limits: tuple[disclosure.Restriction, ...], question: disclosure.Scenario, *, law: LocalLaw) -> disclosure.Decision | None:
    """The permit, if the question is permitted under each of the restrictions alike."""
    answers = [decide_under(replace(question, facts=replace(question.facts, restriction=limit)), law=law) for limit in limits]
    answers = answers or [decide_under(question, law=law)]
    return answers[0] if all(answer.outcome is disclosure.Outcome.PERMIT for answer in answers) else None
