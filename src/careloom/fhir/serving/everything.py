"""`Patient/{id}/$everything` (hl7.org/fhir/R4/patient-operation-everything.html): all types about one person, a page at a time.

Each page asks the same searches as the types themselves, so it shows no row that they would not. Where it goes on stands sealed in the link.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from careloom.fhir.clients.scopes import NEEDS
from careloom.fhir.clients.tokens import Bearer
from careloom.fhir.resources.security import codings, merged, notice_of
from careloom.fhir.resources.shape import Json, Reading, Shaped
from careloom.fhir.serving.answers import Finished, entry
from careloom.fhir.serving.asking import Asked, Pairs, read_search, seal_page
from careloom.fhir.serving.kinds import Kind
from careloom.fhir.serving.matching import Ref, period_of
from careloom.fhir.serving.outcome import invalid, issue, outcome
from careloom.fhir.serving.registry import KINDS
from careloom.fhir.serving.searching import Allowed, search

MARK, PLACE = "_everything", "_place"
KNOWN = ("_type", "_since", "_count", "_format")
PATIENT = KINDS["Patient"]


def _points_at_her(kind: Kind) -> bool:
    return any(isinstance(column := source.columns.get("patient"), Ref) and column.kind == "Patient" for source in kind.sources)


OF_HER: tuple[str, ...] = ("Patient", *(name for name, kind in KINDS.items() if _points_at_her(kind) and NEEDS[name] is NEEDS["Patient"]))
"""The types in the order in which they are told: herself, then what points at her. The log of looks is asked for by itself."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is asked: the person, the types, since when something changed, how many at a time, and where it goes on (type and last id)."""

    id: str
    types: tuple[str, ...] = OF_HER
    since: str = ""
    count: int = 50
    place: int = 0
    after: UUID | None = None

    @property
    def used(self) -> Pairs:
        """What a link keeps of it, its place left out."""
        told = ((MARK, self.id), ("_type", ",".join(self.types)), ("_since", self.since), ("_count", str(self.count)))
        return tuple((name, value) for name, value in told if value)


def read_wish(id_: str, pairs: Iterable[tuple[str, str]], *, after: UUID | None = None, sealed: bool = False) -> Wish:
    """The wish in a request, or in the opened text of a link (`sealed`). Raises `Problem` for what cannot be read."""
    held = dict(pairs)
    if sealed and held.get(MARK) != id_:
        raise invalid("This link to a page is not whole. Ask again.")
    unknown = held.keys() - set(KNOWN) - ({MARK, PLACE} if sealed else set())
    if unknown:
        raise invalid("$everything takes _type, _since and _count.")
    types = tuple(held["_type"].split(",")) if held.get("_type") else OF_HER
    if not set(types) <= set(OF_HER):
        raise invalid(f"_type may name these, with commas between: {', '.join(OF_HER)}.")
    if held.get("_since"):
        prefix, _, _ = period_of(held["_since"])
        if not held["_since"][0].isdigit() or prefix != "eq":
            raise invalid("_since is an instant, such as 2026-11-30T08:00:00Z.")
    count = read_search(PATIENT, [("_count", held.get("_count", "50"))]).count
    kept = tuple(name for name in OF_HER if name in types)
    return Wish(id=id_, types=kept, since=held.get("_since", ""), count=count, place=int(held.get(PLACE, "0")), after=after)


def gather(reading: Reading, wish: Wish, *, allowed: Allowed) -> tuple[list[Shaped], Wish | None]:
    """One page, and the wish for the next one where there may be more."""
    found: list[Shaped] = []
    for place, name in enumerate(wish.types[wish.place :], start=wish.place):
        if not allowed(name):
            continue
        if len(found) >= wish.count:
            return found, replace(wish, place=place, after=None)
        page = search(reading, _search_for(wish, name, most=wish.count - len(found), first=place == wish.place), allowed=allowed)
        found += page.matches
        if page.goes_on_after is not None:
            return found, replace(wish, place=place, after=page.goes_on_after)
    return found, None


def _search_for(wish: Wish, name: str, *, most: int, first: bool) -> Asked:
    kind = KINDS[name]
    about = ("_id" if name == "Patient" else "patient", wish.id)
    since = [("_lastUpdated", f"ge{wish.since}")] if wish.since and kind.dated else []
    return replace(read_search(kind, [about, *since, ("_count", str(most))]), after=wish.after if first else None)


def bundle(reading: Reading, *, wish: Wish, following: Wish | None, shown: Sequence[Finished], bearer: Bearer) -> Json:
    """The searchset of one page. It has no total: each type is counted by its own search."""
    labels = [one.labels for one in shown if one.labels is not None]
    whole = merged(labels) if labels else None
    notice = notice_of(whole)
    entries = [entry(reading, one, "match") for one in shown]
    if notice:
        entries.append({"resource": outcome(issue(code="informational", severity="information", words=notice)), "search": {"mode": "outcome"}})
    here = f"{reading.base}/Patient/{wish.id}/$everything"
    links = [{"relation": "self", "url": here}]
    if following is not None:
        links.append({"relation": "next", "url": f"{here}?_page={_sealed(following, reading, bearer)}"})
    made: Json = {"resourceType": "Bundle"} | ({"meta": {"security": codings(whole)}} if whole else {}) | {"type": "searchset", "link": links}
    return {**made, "entry": entries} if entries else made


def _sealed(wish: Wish, reading: Reading, bearer: Bearer) -> str:
    asked = Asked(kind=PATIENT, used=(*wish.used, (PLACE, str(wish.place))))
    return seal_page(asked, after=wish.after, client_id=bearer.client.pk, at=reading.at)
