"""When an agreement may be executed, moved on and looked at again: pure rules over what stands in it. No person is named in it.

Source: Department Guidance 19, section 1 and 3; agreements.md 5.1 to 5.6; workflows.md 6.10; R-178 to R-187, R-195, R-205.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum


class State(StrEnum):
    """Where an agreement stands. AMENDMENT: the executed version is in force while the next one is written."""

    NEEDED = "NEEDED"
    DRAFT = "DRAFT"
    PARTNER_REVIEW = "PARTNER_REVIEW"
    LEGAL = "LEGAL"
    APPROVED = "APPROVED"
    SIGNING = "SIGNING"
    EXECUTED = "EXECUTED"
    AMENDMENT = "AMENDMENT"
    EXPIRED = "EXPIRED"
    TERMINATED = "TERMINATED"


class Takes(StrEnum):
    """What fills a clause."""

    TEXT = "TEXT"
    CODES = "CODES"
    PARTNERS = "PARTNERS"
    BODY = "BODY"
    LINES = "LINES"
    ELEMENTS = "ELEMENTS"
    PARTIES = "PARTIES"
    CONTACTS = "CONTACTS"
    SIGNERS = "SIGNERS"
    FILING = "FILING"
    AREA = "AREA"
    REPORT = "REPORT"
    TERM = "TERM"


class Why(StrEnum):
    """What a clause lacks."""

    EMPTY = "EMPTY"
    DEMANDED = "DEMANDED"  # a choice that the document demands is not among them
    FEW_PARTIES = "FEW_PARTIES"
    ROLE = "ROLE"
    OWNER = "OWNER"
    NO_CONTACT = "NO_CONTACT"
    NO_SIGNER = "NO_SIGNER"
    NO_MANAGER = "NO_MANAGER"
    NOT_SEATED = "NOT_SEATED"
    NO_PROVIDER = "NO_PROVIDER"
    NO_REVIEW = "NO_REVIEW"
    NO_END = "NO_END"
    ENDED = "ENDED"  # its last day has passed already
    REVIEW_OVER = "REVIEW_OVER"  # the day of its review has passed already


END = "END"  # what a term demands under `must`: a last day

# What one may do from where. SIGNING becomes EXECUTED by the last signature, never by a move; the draft may always go back to be written on.
MOVES: dict[State, tuple[State, ...]] = {
    State.NEEDED: (State.DRAFT,),
    State.DRAFT: (State.PARTNER_REVIEW,),
    State.AMENDMENT: (State.PARTNER_REVIEW,),
    State.PARTNER_REVIEW: (State.LEGAL, State.DRAFT),
    State.LEGAL: (State.APPROVED, State.DRAFT),
    State.APPROVED: (State.SIGNING, State.DRAFT),
    State.SIGNING: (State.DRAFT,),
    State.EXECUTED: (State.AMENDMENT,),
    State.EXPIRED: (State.AMENDMENT,),
    State.TERMINATED: (),
}
OPEN = frozenset({State.NEEDED, State.DRAFT, State.AMENDMENT, State.PARTNER_REVIEW})  # one may write in these
WHOLE = frozenset({State.LEGAL, State.APPROVED, State.SIGNING})  # nothing that is required may be missing from here on


@dataclass(frozen=True, kw_only=True)
class ClauseRule:
    """A clause that a kind of agreement holds. `must`: choices that the document demands; `role`: whose partner it has to be."""

    code: str
    takes: Takes
    required: bool = True
    least: int = 1
    must: tuple[str, ...] = ()
    table: str = ""
    role: str = ""


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What was put into a clause."""

    text: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PartyFact:
    """A party: `key` is its partner."""

    key: str
    role: str
    has_contact: bool
    has_signer: bool
    has_manager: bool
    seated: bool = False  # somebody of it sits in the workgroup


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An agreement as far as it is written."""

    clauses: Mapping[str, Filled] = field(default_factory=dict)
    parties: tuple[PartyFact, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    elements: int = 0
    places: int = 0
    reports: bool = False  # frequency and due day of its report are given
    has_provider: bool = False  # who gives services, beyond the parties, sits in the workgroup
    starts_on: date | None = None
    ends_on: date | None = None
    review_on: date | None = None
    on: date | None = None  # the day on which it is looked at, while it is being written


@dataclass(frozen=True, kw_only=True)
class Gap:
    """What is missing, in which clause; `key` is the party, role or choice that it is about."""

    code: str
    why: Why
    key: str = ""


def gaps(*, rules: Iterable[ClauseRule], draft: Draft, roles: Iterable[str]) -> tuple[Gap, ...]:
    """Everything that keeps an agreement from being executed, in the order of its clauses."""
    needed = tuple(roles)
    return tuple(gap for rule in rules if rule.required for gap in _lacks(rule, draft, needed))


def _lacks(rule: ClauseRule, draft: Draft, roles: tuple[str, ...]) -> Iterator[Gap]:
    match rule.takes:
        case Takes.PARTIES:
            if len(draft.parties) < 2:
                yield Gap(code=rule.code, why=Why.FEW_PARTIES)
            yield from (Gap(code=rule.code, why=Why.ROLE, key=role) for role in roles if role not in {one.role for one in draft.parties})
        case Takes.CONTACTS:
            yield from _each(rule, draft, Why.NO_CONTACT, [one.key for one in draft.parties if not one.has_contact])
        case Takes.SIGNERS:
            yield from _each(rule, draft, Why.NO_SIGNER, [one.key for one in draft.parties if not one.has_signer])
        case Takes.FILING:
            yield from _each(rule, draft, Why.NO_MANAGER, [one.key for one in draft.parties if not one.has_manager])
        case Takes.TERM:
            yield from _term(rule, draft)
        case Takes.BODY:
            yield from _workgroup(rule, draft)
        case _:
            yield from _words(rule, draft)


def _term(rule: ClauseRule, draft: Draft) -> Iterator[Gap]:
    """The days: without a first one and a review nothing begins, and what is over on the day of its signature would never be in force."""
    wrong = {
        Why.EMPTY: draft.starts_on is None,
        Why.NO_END: END in rule.must and draft.ends_on is None,
        Why.ENDED: bool(draft.on and draft.ends_on and draft.ends_on < draft.on),
        Why.NO_REVIEW: draft.review_on is None,
        Why.REVIEW_OVER: bool(draft.on and draft.review_on and draft.review_on <= draft.on),
    }
    yield from (Gap(code=rule.code, why=why) for why, is_so in wrong.items() if is_so)


def _each(rule: ClauseRule, draft: Draft, why: Why, keys: list[str]) -> Iterator[Gap]:
    if not draft.parties:
        yield Gap(code=rule.code, why=why)
    yield from (Gap(code=rule.code, why=why, key=key) for key in keys)


def _workgroup(rule: ClauseRule, draft: Draft) -> Iterator[Gap]:
    if not draft.clauses.get(rule.code, Filled()).codes:
        yield Gap(code=rule.code, why=Why.EMPTY)
        return
    yield from (Gap(code=rule.code, why=Why.NOT_SEATED, key=one.key) for one in draft.parties if not one.seated)
    if not draft.has_provider:
        yield Gap(code=rule.code, why=Why.NO_PROVIDER)


def _words(rule: ClauseRule, draft: Draft) -> Iterator[Gap]:
    told = draft.clauses.get(rule.code, Filled())
    there = {
        Takes.TEXT: bool(told.text.strip()),
        Takes.CODES: bool(told.codes),
        Takes.PARTNERS: bool(told.codes),
        Takes.LINES: draft.lines.get(rule.table, 0) >= rule.least,
        Takes.ELEMENTS: draft.elements >= rule.least,
        Takes.AREA: draft.places >= rule.least,
        Takes.REPORT: draft.reports,
    }
    if not there[rule.takes]:
        yield Gap(code=rule.code, why=Why.EMPTY)
        return
    yield from (Gap(code=rule.code, why=Why.DEMANDED, key=code) for code in rule.must if code not in told.codes)
    if rule.role and not {one.key for one in draft.parties if one.role == rule.role} & set(told.codes):
        yield Gap(code=rule.code, why=Why.OWNER, key=rule.role)


def may_move(*, state: State, to: State, missing: int) -> bool:
    """Whether an agreement may go from one state to another. What demands it whole is closed while something is missing."""
    return to in MOVES[state] and not (missing and to in WHOLE)


def review_stage(*, review_on: date | None, today: date, warn_days: Iterable[int]) -> int | None:
    """How many days before its review an agreement shows itself: the nearest of `warn_days`; None while it is further off."""
    if review_on is None:
        return None
    reached = [days for days in warn_days if (review_on - today).days <= days]
    return min(reached) if reached else None


def eligible(*, conditions: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Which conditions of a target population a family does not meet; empty where the family is one for whom the program is (R-195)."""
    told = set(known)
    return tuple(code for code in conditions if code not in told)


class Mark(StrEnum):
    """What became of some words between two versions."""

    SAME = "SAME"
    ADDED = "ADDED"
    REMOVED = "REMOVED"


def difference(*, old: str, new: str) -> tuple[tuple[Mark, str], ...]:
    """The words of two texts, in reading order, with what was taken out before what took its place."""
    before, after = old.split(), new.split()
    found: list[tuple[Mark, str]] = []
    for kind, a, b, c, d in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append((Mark.SAME, " ".join(before[a:b])))
            continue
        found += [(Mark.REMOVED, " ".join(before[a:b]))] if b > a else []
        found += [(Mark.ADDED, " ".join(after[c:d]))] if d > c else []
    return tuple(found)
