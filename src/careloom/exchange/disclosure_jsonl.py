"""Disclosure scenarios as JSON lines: `careloom disclosure decide` without its files (DESIGN section 2).

One line in, one line out. A line that cannot be read gets a line with "error" and the rest go on. Most lines have the plain shape of
data/disclosure/README.md and are read in one step, straight into the records of the kernel. Whatever else comes (an unknown word, a null for
a text, a date of an event) is read again by `disclosure_reading`, which alone says what is wrong. A line that would be permitted is looked at
once more: when a key stands twice in one object, of which a reader keeps the last, it is an error (`disclosure_twice`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import lru_cache
from json.encoder import encode_basestring_ascii
from typing import Any, Final, Protocol, TypeVar

import msgspec

from careloom.exchange.disclosure_reading import ScenarioError, read_scenario
from careloom.exchange.disclosure_twice import key_twice
from careloom.kernel import disclosure as kernel

__all__ = ["ScenarioError", "Writable", "answer_line", "decide_lines", "quick_scenario", "read_scenario"]


PaperT = TypeVar("PaperT", kernel.Consent, kernel.CourtOrder, kernel.Agreement)


class Writable(Protocol):
    """Anything with `write`, such as standard output."""

    def write(self, text: str, /) -> object:
        """Take one piece of text."""


def decide_lines(*, lines: Iterable[str | bytes], out: Writable, decide: Callable[[kernel.Scenario], kernel.Decision] = kernel.decide) -> bool:
    """Decide each line and write one JSON line for it; return False if any line could not be read.

    Empty lines are passed over. `decide` is the kernel's own unless another policy is measured or compared.
    """
    all_read = True
    for number, line in enumerate(lines, start=1):
        if not line or line.isspace():
            continue
        found = quick_scenario(line=line)
        if found is None:
            was_read, answer = _careful_answer(line, number, decide)
        else:
            name, scenario = found
            decision = decide(scenario)
            if decision.outcome is not _PERMIT:
                out.write(answer_line(name=name, decision=decision))
                continue
            was_read, answer = _permitted(line, number, name, decision)
        all_read = all_read and was_read
        out.write(answer)
    return all_read


class _Given(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    source: kernel.Source = kernel.Source()
    consents: tuple[kernel.Consent, ...] = ()
    orders: tuple[kernel.CourtOrder, ...] = ()
    agreements: tuple[kernel.Agreement, ...] = ()
    facts: kernel.Facts = kernel.Facts()


class _GivenMore(_Given, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    facts: dict[str, Any] = {}


class _Line(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    id: str | int | None = None
    given: _Given = _Given()
    request: kernel.Request = kernel.Request()


class _LineMore(_Line, frozen=True, kw_only=True, gc=False):
    given: _GivenMore = _GivenMore()


_READ: Final = msgspec.json.Decoder(_Line).decode
_READ_MORE: Final = msgspec.json.Decoder(_LineMore).decode
_FACT_NAMES: Final = frozenset(f.name for f in fields(kernel.Facts)) - {"events"}
_PERMIT: Final = kernel.Outcome.PERMIT
#: What a file can hold that is no line of the plain shape: not JSON, not UTF-8, nested too deep, a key or a value that does not fit.
_NOT_PLAIN: Final = (msgspec.MsgspecError, ValueError, RecursionError)


def quick_scenario(*, line: str | bytes) -> tuple[str | int | None, kernel.Scenario] | None:
    """The id and the scenario of a line of the plain shape, or None when it must be read with care."""
    # INVARIANT: what is read here is what `read_scenario` reads (tests/generative/disclosure/test_two_readers.py).
    try:
        plain = _READ(line)
        facts: kernel.Facts | None = plain.given.facts
    except _NOT_PLAIN:
        try:
            plain = _READ_MORE(line)
            facts = _known_facts(plain.given)
        except _NOT_PLAIN:
            return None
    given = plain.given
    # Events and periods have words of their own in a line.
    if facts is None or facts.events or facts.services_dates is not None:
        return None
    consents, orders, agreements = given.consents, given.orders, given.agreements
    papers: tuple[kernel.Consent | kernel.CourtOrder | kernel.Agreement, ...] = (*consents, *orders, *agreements)
    if "" in [paper.id for paper in papers]:
        consents, orders, agreements = _numbered(consents, "C"), _numbered(orders, "O"), _numbered(agreements, "A")
    name = plain.id
    return name, kernel.Scenario(
        id=name if isinstance(name, str) else "" if name is None else str(name),
        request=plain.request,
        source=given.source,
        consents=consents,
        orders=orders,
        agreements=agreements,
        facts=facts,
    )


def _numbered(papers: tuple[PaperT, ...], letter: str) -> tuple[PaperT, ...]:
    """The same papers, where one without an id has its letter and its place."""
    return tuple(paper if paper.id else msgspec.structs.replace(paper, id=f"{letter}{place}") for place, paper in enumerate(papers, start=1))


def _known_facts(given: _Given) -> kernel.Facts | None:
    """The facts that the kernel knows of, or None when one of the others is the day of an event."""
    told: dict[str, Any] = given.facts
    others = told.keys() - _FACT_NAMES
    if not others.isdisjoint({"final_disposition", *(consent.expiry_event for consent in given.consents)}):
        return None
    return msgspec.convert({name: value for name, value in told.items() if name in _FACT_NAMES}, kernel.Facts)


def _careful_answer(line: str | bytes, number: int, decide: Callable[[kernel.Scenario], kernel.Decision]) -> tuple[bool, str]:
    """Whether the line could be read, and its answer."""
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError):
        return False, _refused(None, number, f"Line {number} is not JSON. Write one JSON object on each line.")
    name = raw.get("id") if isinstance(raw, dict) and isinstance(raw.get("id"), str | int) else None
    try:
        decision = decide(read_scenario(raw=raw))
    except ScenarioError as problem:
        return False, _refused(name, number, f"Line {number}: {problem}")
    return _permitted(line, number, name, decision) if decision.outcome is _PERMIT else (True, answer_line(name=name, decision=decision))


def _permitted(line: str | bytes, number: int, name: str | int | None, decision: kernel.Decision) -> tuple[bool, str]:
    """Whether the line of a permit says each thing once, and its answer."""
    # INVARIANT: no permit rests on a line in which a key stands twice. A denial may: it opens nothing, and is not looked at again.
    problem = key_twice(line=line)
    return (True, answer_line(name=name, decision=decision)) if problem is None else (False, _refused(name, number, f"Line {number}: {problem}"))


def _refused(name: str | int | None, number: int, words: str) -> str:
    return json.dumps({"id": name, "line": number, "error": words}) + "\n"


def answer_line(*, name: str | int | None, decision: kernel.Decision) -> str:
    """The answer as one line of ASCII: first what differs from line to line, then the words, which are the same for many."""
    words = _words(decision.outcome, decision.basis, decision.obligations, decision.reasons, decision.review_needed)
    papers = decision.instruments
    instruments = ", ".join([encode_basestring_ascii(paper) for paper in papers]) if papers else ""
    ends_on = "null" if decision.ends_on is None else f'"{decision.ends_on.isoformat()}"'
    shown = encode_basestring_ascii(name) if isinstance(name, str) else json.dumps(name)
    return f'{{"id": {shown}, {words}, "instruments": [{instruments}], "ends_on": {ends_on}}}\n'


@lru_cache(maxsize=4096)
def _words(
    outcome: kernel.Outcome, basis: tuple[str, ...], obligations: tuple[kernel.Obligation, ...], reasons: tuple[Any, ...], review_needed: bool
) -> str:
    """The part of the answer that is told in the words of the law, without its braces."""
    told: dict[str, object] = {
        "decision": outcome.value,
        "basis": basis,
        "obligations": [duty.value for duty in obligations],
        "reasons": [f"{reason.code}: {reason.sentence}" for reason in reasons],
        "review_needed": review_needed,
    }
    return json.dumps(told)[1:-1]
