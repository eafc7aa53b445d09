"""One bundle about a mother and her newborns as a bundle for each person, which is what the reader of bundles takes.

Who belongs together is what the sender says and is never guessed: a `RelatedPerson` of the child with the role of a mother, to which the mother's
record links (FHIR R4 Patient, "Mother and newborn relationships").
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from careloom.exchange.families.importing import File
from careloom.exchange.fhir.entries import Entries, Entry, dicts, reference_text
from careloom.exchange.fhir.problems import Problem

NEWBORN = timedelta(days=365)
MOST_NEWBORNS = 12
"""No birth on record had as many. Each newborn's bundle holds again what all share, so their number is bounded."""
ONE_BIRTH = timedelta(days=3)
"""Twins may be born on both sides of midnight, and some days apart."""
MOTHERS = frozenset({"NMTH", "GESTM", "MTH"})
FIELDS = ("subject", "patient", "beneficiary", "for", "individual")
LINKS = frozenset({"RelatedPerson", "MessageHeader"})
"""What says who belongs together, and is no part of anybody's record."""
MEND = "Ask the sender to mend it, then send it again."
_PLACE = re.compile(r"Bundle\.entry\[(\d+)\]")
Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Part:
    """The bundle of one person, and where each of its entries stood in what was sent."""

    file: File
    places: tuple[int, ...]

    def as_sent(self, problem: Problem) -> str:
        """A problem of this part with the paths of what was sent."""
        return _PLACE.sub(lambda found: f"Bundle.entry[{self._place(int(found[1]))}]", str(problem))

    def _place(self, number: int) -> int:
        return self.places[number] if number < len(self.places) else number


@dataclass(frozen=True, kw_only=True)
class Divided:
    """The mother's bundle and one for each newborn."""

    mother: Part
    infants: tuple[Part, ...]


@dataclass(kw_only=True)
class _Sent:
    """What was sent, read once: entries by place, the people in it, and which mother each newborn's record names."""

    bundle: Json
    source: str
    first: int
    entries: Entries
    owners: dict[int, int | None] = field(default_factory=dict)

    def part(self, person: int, name: str) -> Part:
        places = [place for place in sorted(self.owners) if self.owners[place] in (person, None)]
        kept = [_alone(self.bundle["entry"][place], person == place) for place in places]
        data = {"resourceType": "Bundle", "type": "collection", "meta": {"source": self.source}, "entry": kept}
        file = File(name=name, data=json.dumps(data).encode("utf-8", "surrogatepass"))
        return Part(file=file, places=tuple(place + self.first for place in places))


def divide(bundle: Json, *, source: str, today: date, first: int = 0) -> Divided | list[Problem]:
    """Divide `bundle` by person, or say with paths what is missing. `source` names the sender; `first` is the place of its first entry in what
    was sent."""
    broken = [
        _problem(place + first, "", "The entry holds no resource.") for place, one in enumerate(bundle["entry"])
        if not isinstance(one, dict) or not isinstance(one.get("resource"), dict)
    ]  # fmt: skip
    if broken:
        return broken
    sent = _Sent(bundle=bundle, source=source, first=first, entries=Entries(bundle))
    newborns, others, wrong = _people(sent, today)
    mothers = _mothers_of(sent, newborns)
    wrong += _unlinked(newborns, mothers, others, first)
    wrong += _given_out(sent)
    if wrong:
        return wrong
    (mother,) = {place for found in mothers.values() for place in found}
    parts = tuple(sent.part(place, f"infant {number}") for number, place in enumerate(newborns, start=1))
    return Divided(mother=sent.part(mother, "mother"), infants=parts)


def _people(sent: _Sent, today: date) -> tuple[dict[int, Entry], dict[int, Entry], list[Problem]]:
    newborns: dict[int, Entry] = {}
    others: dict[int, Entry] = {}
    wrong: list[Problem] = []
    for place, entry in enumerate(sent.entries.all):
        if entry.kind == "Patient":
            try:
                born = date.fromisoformat(str(entry.resource.get("birthDate", "")))
            except ValueError:
                wrong.append(_problem(place + sent.first, ".resource.birthDate", "A person needs a whole birth date."))
                continue
            (newborns if today - born <= NEWBORN else others)[place] = entry
    return newborns, others, wrong


def _mothers_of(sent: _Sent, newborns: Mapping[int, Entry]) -> dict[int, frozenset[int]]:
    """For each newborn the places of those to whom its record leads as its mother: who bore the child before any other.

    One pass over the entries and one over the links: what is sent may be made to be slow.
    """
    linked = _linked(sent)
    places = {id(entry): place for place, entry in newborns.items()}
    found: dict[int, dict[str, set[int]]] = {place: {} for place in newborns}
    for related in sent.entries.of("RelatedPerson"):
        place = places.get(id(sent.entries.find(related.resource.get("patient"))))
        if place is not None:
            for code in _roles(related) & MOTHERS:
                found[place].setdefault("MTH" if code == "MTH" else "BORE", set()).update(linked.get(id(related), ()))
    return {place: frozenset(by.get("BORE") or by.get("MTH") or ()) for place, by in found.items()}


def _linked(sent: _Sent) -> dict[int, set[int]]:
    """The places of the people whose records link to each entry, by the entry's `id()`."""
    found: dict[int, set[int]] = {}
    for place, entry in enumerate(sent.entries.all):
        if entry.kind == "Patient":
            for link in dicts(entry.resource.get("link")):
                found.setdefault(id(sent.entries.find(link.get("other"))), set()).add(place)
    return found


def _roles(related: Entry) -> set[str]:
    return {str(code.get("code")) for one in dicts(related.resource.get("relationship")) for code in dicts(one.get("coding"))}


def _unlinked(newborns: Mapping[int, Entry], mothers: Mapping[int, frozenset[int]], others: Mapping[int, Entry], first: int) -> list[Problem]:
    if not newborns:
        return [Problem(path="Bundle.entry", what="It holds no Patient born within a year.", next_step="Send the newborn with the mother.")]
    if len(newborns) > MOST_NEWBORNS:
        what = f"It holds {len(newborns)} newborns; one birth has at most {MOST_NEWBORNS}."
        return [Problem(path="Bundle.entry", what=what, next_step="Send each birth by itself.")]
    step = "Send a RelatedPerson of the child with the role NMTH, GESTM or MTH, and a link to it in the mother's Patient."
    wrong = [
        _problem(place + first, ".resource", "It does not say who the mother is.", step) for place, found in mothers.items() if not found
    ]  # fmt: skip
    named = {place for found in mothers.values() for place in found}
    swapped = sorted(named & newborns.keys())
    wrong += [_problem(place + first, ".resource", "Its mother is a newborn too.", "Check which person is which.") for place in swapped]
    days = [date.fromisoformat(entry.resource["birthDate"]) for entry in newborns.values()]
    if max(days) - min(days) > ONE_BIRTH:
        wrong.append(Problem(path="Bundle.entry", what="The newborns are not of one birth.", next_step="Send each birth by itself."))
    if len(named) > 1:
        wrong += [_problem(place + first, ".resource", "It holds more than one mother.", "Send each birth by itself.") for place in sorted(named)]
    strangers = [place for place in others if named and place not in named]
    return [
        *wrong,
        *(_problem(place + first, ".resource", "This person is neither the mother nor her newborn.", "Leave it out.") for place in strangers),
    ]


def _given_out(sent: _Sent) -> list[Problem]:
    """Say of each entry whose it is; what names nobody (an organization, a medicine) goes to each."""
    places = {id(entry): place for place, entry in enumerate(sent.entries.all)}
    wrong = []
    for place, entry in enumerate(sent.entries.all):
        if entry.kind in LINKS:
            continue
        if entry.kind == "Patient":
            sent.owners[place] = place
            continue
        named = [(name, entry.resource.get(name)) for name in FIELDS if reference_text(entry.resource.get(name))]
        people = {name: sent.entries.find(value) for name, value in named}
        owner = next((one for one in people.values() if one is not None and one.kind == "Patient"), None)
        if owner is None and named:
            step = "Send the person with it, or leave it out."
            wrong.append(_problem(place + sent.first, f".resource.{named[0][0]}.reference", "Whom it is about is not in the message.", step))
        sent.owners[place] = places[id(owner)] if owner is not None else None
    return wrong


def _alone(entry: Json, is_person: bool) -> Json:
    """An entry without what leads to the other person."""
    if not is_person:
        return entry
    return {**entry, "resource": {name: value for name, value in entry["resource"].items() if name != "link"}}


def _problem(place: int, path: str, what: str, step: str = MEND) -> Problem:
    return Problem(path=f"Bundle.entry[{place}]{path}", what=what, next_step=step)
