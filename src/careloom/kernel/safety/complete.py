"""What an assessment still lacks. It cannot be completed while a component or an item is blank (R-164; journey J3, step 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from careloom.kernel.safety.vocabulary import Answer, Part


@dataclass(frozen=True, kw_only=True)
class Items:
    """The items of an instrument, by their stable ids: domains of part A, capacities of part B, factors of part C."""

    domains: tuple[str, ...]
    capacities: tuple[str, ...]
    factors: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Given:
    """What was written down so far. Keys of `domains` and `capacities` are (person, item); a value says whether the item has all that it needs.

    `factors` hold, for each factor that was answered, the answer and what of evidence, source, date and child was written.
    """

    children: tuple[str, ...]
    adults: tuple[str, ...]
    seen: frozenset[str] = frozenset()
    caregivers: frozenset[str] = frozenset()
    domains: Mapping[tuple[str, str], bool] = field(default_factory=dict)
    capacities: Mapping[tuple[str, str], bool] = field(default_factory=dict)
    factors: Mapping[str, tuple[Answer, frozenset[str]]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Something that is missing: the part ("" for who was seen), the item and the person where it is about one, and what of it."""

    part: str
    item: str = ""
    person: str = ""
    what: str = "ANSWER"


#: What an answer of yes needs; no and unable to tell need the reason only.
YES_NEEDS = ("EVIDENCE", "SOURCE", "DATE", "CHILD")


def gaps(*, items: Items, given: Given) -> tuple[Gap, ...]:
    """Everything that is missing, in the order of the parts; empty when the assessment may be completed."""
    return (*_people(given), *_part_a(items, given), *_part_b(items, given), *_part_c(items, given))


def _people(given: Given) -> Iterable[Gap]:
    """Each child, and at least one caregiver, was met face to face (OAC 5101:2-37-01)."""
    if not given.children:
        yield Gap(part=Part.VULNERABILITY, what="NO_CHILD")
    if not given.caregivers:
        yield Gap(part=Part.CAPACITY, what="NO_CAREGIVER")
    yield from (Gap(part="", person=child, what="SEEN") for child in given.children if child not in given.seen)
    if given.caregivers and not given.caregivers & given.seen:
        yield Gap(part="", what="CAREGIVER_SEEN")


def _part_a(items: Items, given: Given) -> Iterable[Gap]:
    for child in given.children:
        yield from (Gap(part=Part.VULNERABILITY, item=item, person=child) for item in items.domains if not given.domains.get((child, item)))


def _part_b(items: Items, given: Given) -> Iterable[Gap]:
    for adult in given.adults:
        yield from (Gap(part=Part.CAPACITY, item=item, person=adult) for item in items.capacities if not given.capacities.get((adult, item)))


def _part_c(items: Items, given: Given) -> Iterable[Gap]:
    for item in items.factors:
        if item not in given.factors:
            yield Gap(part=Part.FACTOR, item=item)
            continue
        answer, has = given.factors[item]
        needed = YES_NEEDS if answer is Answer.YES else ("EVIDENCE", "CHILD") if answer is Answer.UNABLE else ("EVIDENCE",)
        yield from (Gap(part=Part.FACTOR, item=item, what=what) for what in needed if what not in has)
