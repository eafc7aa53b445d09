"""Finds and reads resources as far as the system may see them, with what is to be included beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from careloom.fhir.resources.provenance import provenance, target_of
from careloom.fhir.resources.shape import Reading, Shaped
from careloom.fhir.serving.asking import Asked
from careloom.fhir.serving.kinds import Kind, Source
from careloom.fhir.serving.matching import NOTHING, Ref, When, an_id
from careloom.fhir.serving.outcome import invalid
from careloom.fhir.serving.registry import KINDS

MOST_BESIDE = 1000
Allowed = Callable[[str], bool]


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a search. `goes_on_after` is the last id where there is more; `cut` says that too much was to be included."""

    total: int
    matches: tuple[Shaped, ...] = ()
    beside: tuple[Shaped, ...] = ()
    goes_on_after: UUID | None = None
    cut: bool = False


def read_one(reading: Reading, *, kind: Kind, id_: str) -> Shaped | None:
    """One resource, or None where it is hidden or absent. As many queries for the one as for the other."""
    if kind.name == "Provenance":
        about = target_of(id_)
        found = read_one(reading, kind=KINDS[about[0]], id_=about[1]) if about else None
        return provenance(found) if found else None
    key = an_id(id_)
    return next(iter(load(reading, kind=kind, ids=[key])), None) if key else None


def load(reading: Reading, *, kind: Kind, ids: Iterable[UUID]) -> list[Shaped]:
    """The resources of a type with these ids that are visible."""
    wanted = list(ids)
    return [one for source in kind.sources for one in _shaped(reading, source, Q(**{f"{source.key}__in": wanted}))]


def search(reading: Reading, asked: Asked, *, allowed: Allowed) -> Page:
    """One page of what matches, in the order of ids. `allowed` says which types this system may be sent."""
    if asked.kind.name == "Provenance":
        return _provenances(reading, asked, allowed)
    parts = [(source, rows) for source in asked.kind.sources for rows in _parts(reading, source, _test(asked, source))]
    if asked.only_count:
        return Page(total=sum(rows.count() for _, rows in parts))
    found = [row for part in parts for row in _next_rows(*part, after=asked.after, most=asked.count + 1)]
    found.sort(key=lambda one: one[0])
    shown, more = found[: asked.count], len(found) > asked.count
    whole = asked.after is None and not more
    total = len(found) if whole else sum(rows.count() for _, rows in parts)
    matches = _shape_all(reading, asked.kind, shown)
    beside, cut = _beside(reading, asked, matches, allowed)
    return Page(total=total, matches=tuple(matches), beside=tuple(beside), goes_on_after=shown[-1][0] if more else None, cut=cut)


def next_page(reading: Reading, asked: Asked) -> tuple[list[Shaped], UUID | None]:
    """The next `asked.count` resources in the order of ids, and the id to go on after where there are more; nothing is counted or included."""
    parts = [(source, rows) for source in asked.kind.sources for rows in _parts(reading, source, _test(asked, source))]
    found = [row for part in parts for row in _next_rows(*part, after=asked.after, most=asked.count + 1)]
    found.sort(key=lambda one: one[0])
    shown = found[: asked.count]
    return _shape_all(reading, asked.kind, shown), shown[-1][0] if len(found) > asked.count else None


def _parts(reading: Reading, source: Source, test: Q) -> list[QuerySet[Any]]:
    parts = source.rows(reading.viewer, reading.at)
    if source.changed is not None:
        parts = [rows.annotate(changed=source.changed(reading.viewer)) for rows in parts]
    return [rows.filter(test) for rows in parts]


def _shaped(reading: Reading, source: Source, test: Q) -> list[Shaped]:
    rows = [row for part in _parts(reading, source, test) for row in part]
    return source.shape(reading, rows) if rows else []


def _test(asked: Asked, source: Source) -> Q:
    test = Q()
    for each in asked.filters:
        column = When("changed") if each.name == "_lastUpdated" else source.columns.get(each.name)
        any_of = NOTHING
        for value in each.values if column is not None else ():
            any_of |= column.test(value, each.modifier)  # type: ignore[union-attr]
        test &= any_of
    return test


Found = tuple[UUID, Source, Any]


def _next_rows(source: Source, rows: QuerySet[Any], *, after: UUID | None, most: int) -> list[Found]:
    if after is not None:
        rows = rows.filter(**{f"{source.key}__gt": after})
    return [(getattr(row, source.key), source, row) for row in rows.order_by(source.key)[:most]]


def _shape_all(reading: Reading, kind: Kind, shown: Sequence[Found]) -> list[Shaped]:
    """The rows of a page as resources, each table at once, in the order in which they were found."""
    made: dict[str, Shaped] = {}
    for source in kind.sources:
        rows = [row for _, whose, row in shown if whose is source]
        made |= {one.id: one for one in source.shape(reading, rows)} if rows else {}
    return [made[str(key)] for key, _, _ in shown if str(key) in made]


def _provenances(reading: Reading, asked: Asked, allowed: Allowed) -> Page:
    if not any(each.name in ("target", "_id") for each in asked.filters):
        raise invalid("A search of Provenance needs target or _id.")
    wanted: set[tuple[str, UUID]] | None = None
    for each in asked.filters:
        named = (target_of(value) if each.name == "_id" else _target(value, each.modifier) for value in each.values)
        these = {(one[0], key) for one in named if one and (key := an_id(one[1])) and allowed(one[0])}
        wanted = these if wanted is None else wanted & these
    targets = [one for kind, ids in _by_kind(wanted or set()) for one in load(reading, kind=KINDS[kind], ids=ids)][:MOST_BESIDE]
    targets.sort(key=lambda one: (one.kind, one.id))
    matches = () if asked.only_count else tuple(provenance(one) for one in targets)
    return Page(total=len(targets), matches=matches, beside=tuple(targets) if asked.includes and matches else ())


def _target(value: str, modifier: str) -> tuple[str, str] | None:
    parts = value.rsplit("/", 2)
    return target_of(f"{parts[-2]}-{parts[-1]}") if len(parts) > 1 else None


def _by_kind(pairs: Iterable[tuple[str, UUID]]) -> list[tuple[str, list[UUID]]]:
    found: dict[str, list[UUID]] = defaultdict(list)
    for kind, key in sorted(pairs):
        found[kind].append(key)
    return list(found.items())


def _beside(reading: Reading, asked: Asked, matches: Sequence[Shaped], allowed: Allowed) -> tuple[list[Shaped], bool]:
    """What stands beside the matches, each once and never a match again; and whether some of it was left out."""
    if not matches:
        return [], False
    found = [*_pointed_at(reading, asked, matches, allowed), *_pointing(reading, asked, matches, allowed)]
    there = {(one.kind, one.id) for one in matches}
    new = {(one.kind, one.id): one for one in found if (one.kind, one.id) not in there}
    return list(new.values())[:MOST_BESIDE], len(new) > MOST_BESIDE


def _pointed_at(reading: Reading, asked: Asked, matches: Sequence[Shaped], allowed: Allowed) -> list[Shaped]:
    wanted: set[tuple[str, UUID]] = set()
    for param, only in asked.includes:
        kinds, find = asked.kind.includes[param]
        named = (str(one.get("reference", "")).partition("/") for match in matches for one in find(match.resource) if isinstance(one, dict))
        wanted |= {(kind, key) for kind, _, id_ in named if kind in kinds and only in ("", kind) and allowed(kind) and (key := an_id(id_))}
    return [one for kind, ids in _by_kind(wanted) for one in load(reading, kind=KINDS[kind], ids=ids)]


def _pointing(reading: Reading, asked: Asked, matches: Sequence[Shaped], allowed: Allowed) -> list[Shaped]:
    found: list[Shaped] = []
    for name, param in asked.revincludes:
        if not allowed(name):
            continue
        if name == "Provenance":
            found += [provenance(match) for match in matches]
            continue
        ids = [UUID(match.id) for match in matches]
        for source in KINDS[name].sources:
            column = source.columns.get(param)
            if isinstance(column, Ref):
                rows = [row for part in _parts(reading, source, column.any_of(ids)) for row in part.order_by(source.key)[: MOST_BESIDE + 1]]
                found += source.shape(reading, rows) if rows else []
    return found
