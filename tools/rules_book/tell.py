"""Tells a scenario in plain English, and how its refused twin differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from tools.rules_book.words import DUTIES, listed, plain, said

from careloom.kernel.disclosure import Agreement, Consent, CourtOrder, Decision, Scenario
from careloom.kernel.disclosure.facts import Facts

_NAMES = {
    "is_covered_entity": "holder is a covered entity",
    "is_part2_program": "holder is a Part 2 program",
    "on": "day",
    "actor": "kind of recipient",
    "actor_org": "recipient",
    "actor_role": "role of the person",
    "subject": "whose record",
    "info": "information on the form",
    "purposes": "purposes on the form",
    "received_via": "came by",
}


def fields_of(kind: Any) -> list[str]:
    """The names of the fields of a record."""
    return [field.name for field in fields(kind)]


def told(scenario: Scenario) -> str:
    """Who asks whom for what, under which papers, with which facts."""
    request, source = scenario.request, scenario.source
    who = f"{request.actor_org} ({plain(request.actor)})" if request.actor_org.strip(" -") else f"A {plain(request.actor)}"
    role = f", as {plain(request.actor_role)}," if request.actor_role else ""
    what = f"{who}{role} asks {source.holder} for {plain(request.category)} of the {plain(request.subject)}"
    parts = [f"{what}, for {plain(request.purpose)}, on {said(request.on)}.", f"The holder: {_holder(scenario)}."]
    papers = [_paper(paper) for paper in (*scenario.consents, *scenario.orders, *scenario.agreements)]
    if papers:
        parts.append(f"Papers: {'; '.join(papers)}.")
    facts = [f"{name.replace('_', ' ')}: {said(value)}" for name, value in _known(scenario.facts)]
    if facts:
        parts.append(f"Facts: {'; '.join(facts)}.")
    return " ".join(parts)


def answered(decision: Decision) -> str:
    """The answer in one line."""
    reasons = " ".join(dict.fromkeys(reason.sentence for reason in decision.reasons[:3]))
    duties = listed([DUTIES[duty] for duty in decision.obligations])
    until = f" Until {decision.ends_on.isoformat()}." if decision.permits and decision.ends_on else ""
    word = "Permit" if decision.permits else "Deny"
    return f"**{word}** ({'; '.join(decision.basis[:2])}). {reasons}{until}" + (f" Duties: {duties}." if duties else "")


def difference(first: Scenario, second: Scenario) -> str:
    """What is otherwise in the second scenario."""
    found = [f"{name}: {said(value)}" for name, value in _differences(first, second)]
    return "; ".join(found) or "nothing differs"


def _differences(first: Scenario, second: Scenario) -> Iterator[tuple[str, Any]]:
    for part in ("request", "source", "facts"):
        one, two = getattr(first, part), getattr(second, part)
        for name in fields_of(type(two)):
            if getattr(one, name) != getattr(two, name):
                yield _NAMES.get(name, name.replace("_", " ")), getattr(two, name)
    for part, word in (("consents", "consent"), ("orders", "order"), ("agreements", "agreement")):
        one, two = getattr(first, part), getattr(second, part)
        if len(one) != len(two):
            yield f"{word}s", "; ".join(_paper(paper) for paper in two) or "none"
            continue
        for old, new in zip(one, two, strict=True):
            yield from _paper_differences(word, old, new)


def _paper_differences(word: str, old: Any, new: Any) -> Iterator[tuple[str, Any]]:
    for name in fields_of(type(new)):
        before, after = getattr(old, name), getattr(new, name)
        if before != after and name == "statements":
            missing = [key.replace("_", " ") for key in fields_of(type(after)) if not getattr(after, key)]
            yield f"statements missing on the {word}", ", ".join(missing) or "none"
        elif before != after:
            yield f"{word}, {_NAMES.get(name, name.replace('_', ' '))}", after


def _holder(scenario: Scenario) -> str:
    source = scenario.source
    kinds = [word for flag, word in ((source.is_part2_program, "Part 2 program"), (source.is_covered_entity, "covered entity")) if flag]
    first = plain(source.holder_type)
    words = [word for word in (first, *kinds) if word]
    return f"{listed(list(dict.fromkeys(words)))}; the record was {plain(source.provenance)}"


def _paper(paper: Consent | CourtOrder | Agreement) -> str:
    if isinstance(paper, Consent):
        ends = f", until {paper.expires.isoformat()}" if paper.expires else f", until {plain(paper.expiry_event)}" if paper.expiry_event else ""
        revoked = f", revoked {paper.revoked.isoformat()}" if paper.revoked else ""
        scope = f"{said(paper.info)} to {said(paper.recipients)} for {said(paper.purposes)}"
        return f"{paper.id}, {plain(paper.kind)} signed {said(paper.signed)} by {plain(paper.signer)}: {scope}{ends}{revoked}"
    if isinstance(paper, CourtOrder):
        return f"{paper.id}, {plain(paper.kind)} of {paper.court}, {said(paper.issued)}: {said(paper.scope)} to {said(paper.recipients)}"
    ends = f" to {paper.end.isoformat()}" if paper.end else ""
    return f"{paper.id}, {plain(paper.kind)} of {said(paper.parties)}, {said(paper.start)}{ends}"


def _known(facts: Facts) -> Iterator[tuple[str, Any]]:
    for name in fields_of(Facts):
        value = getattr(facts, name)
        if name == "events":
            yield from ((event.name, event.on) for event in value)
        elif value is not None:
            yield name, value
