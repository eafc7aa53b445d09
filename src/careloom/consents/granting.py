"""Brings the table of grants in line with the flows that should exist: in Python for a family, in the database for many.

Both end the same grants and begin the same ones (`tests/generative/grants/test_set_wise.py`). Run as System.GRANTS, under row security.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import F

from careloom.consents import links
from careloom.consents.flows.flow import Flow, key_of
from careloom.consents.flows.memory import Terms
from careloom.consents.flows.told import Told
from careloom.consents.rows import Held
from careloom.infra.access import PrincipalKind
from careloom.infra.access.models import Grant, Principal

# The database's own present, so that no read which starts after this commit still sees the grant. One that has not begun never does.
ENDED = "greatest(g.valid_from, least(%(at)s, (SELECT access_now())))"
END = f"UPDATE access_grant g SET valid_to = {ENDED} WHERE g.id = ANY (%(ids)s)"

LIVE = "g.identity_id = ANY (%(ids)s::uuid[]) AND g.valid_to > %(at)s AND g.valid_to > g.valid_from"
SAME = """w.identity_id = g.identity_id AND w.category = g.category AND w.holder_id = g.holder_id AND w.provenance = g.provenance
  AND w.recipient_id = g.recipient_id AND w.valid_to = g.valid_to AND w.instrument_id IS NOT DISTINCT FROM g.instrument_id
  AND w.purposes = g.purposes::text[] AND w.basis = g.basis::text[] AND w.obligations = g.obligations::text[] AND w.review = g.review_needed"""
# The flows come as numbers, and what they have in common comes once: what is held, who receives and on which paper, when, and what is said
# of it. A list of lists is no array, so purposes, citations and duties come as texts.
_SET_WISE = f"""WITH held AS MATERIALIZED (
  SELECT * FROM unnest(%(identities)s::uuid[], %(categories)s::text[], %(holders)s::uuid[], %(provenances)s::text[])
    WITH ORDINALITY AS t (identity_id, category, holder_id, provenance, held)),
said AS MATERIALIZED (
  SELECT p::text[] AS purposes, b::text[] AS basis, o::text[] AS obligations, review, said
  FROM unnest(%(purposes)s::text[], %(basis)s::text[], %(obligations)s::text[], %(review)s::boolean[]) WITH ORDINALITY AS t (p, b, o, review, said)),
wanted AS MATERIALIZED (
  SELECT identity_id, category, holder_id, provenance, (%(named)s::uuid[])[recipient] AS recipient_id, (%(named)s::uuid[])[paper] AS instrument_id,
    (%(instants)s::timestamptz[])[since] AS valid_from, (%(instants)s::timestamptz[])[until] AS valid_to, later, purposes, basis, obligations, review
  FROM unnest(%(flow_held)s::int[], %(flow_recipient)s::int[], %(flow_paper)s::int[], %(flow_since)s::int[], %(flow_until)s::int[],
    %(flow_later)s::boolean[], %(flow_said)s::int[]) AS f (held, recipient, paper, since, until, later, said)
  JOIN held USING (held) JOIN said USING (said)),
ended AS (
  UPDATE access_grant g SET valid_to = {ENDED} WHERE {LIVE} AND NOT g.id = ANY (%(kept)s::uuid[]) AND NOT EXISTS (SELECT 1 FROM wanted w WHERE {SAME})
  RETURNING 1),
begun AS (
  INSERT INTO access_grant (id, identity_id, category, holder_id, provenance, recipient_id, purposes, valid_from, valid_to, basis, obligations,
    instrument_id, review_needed)
  SELECT {{new_id}}, identity_id, category, holder_id, provenance, recipient_id, purposes,
    CASE WHEN later THEN valid_from ELSE least(valid_from, (SELECT access_now())) END, valid_to, basis, obligations, instrument_id, review
  FROM wanted w WHERE NOT EXISTS (SELECT 1 FROM access_grant g WHERE {LIVE} AND {SAME})
  RETURNING 1)
SELECT (SELECT count(*) FROM ended) + (SELECT count(*) FROM begun)"""
# Ids that follow each other go to one page of the index; by chance, each goes to another, and writing those costs as much as the rest.
IN_ORDER, BY_CHANCE, SINCE = "uuidv7()", "gen_random_uuid()", 180000
SET_WISE = {in_order: _SET_WISE.replace("{new_id}", IN_ORDER if in_order else BY_CHANCE) for in_order in (True, False)}


def one_by_one(ids: list[UUID], flows: Iterable[Flow], *, told: Told) -> int:
    """Compare grants and flows of a family here. Returns how many grants ended or began; up to five statements."""
    wanted = {flow.key: flow for flow in flows}
    held = list(Grant.objects.filter(identity_id__any_of=ids, valid_to__gt=told.at).filter(valid_to__gt=F("valid_from")))
    others = {g.recipient_id for g in held} - told.agencies.keys() - {person.pk for person in told.people}
    kept = _kept(held, pages=_pages(others), told=told)
    live = [(key_of(grant), grant.pk) for grant in held if grant.pk not in kept]
    gone = [pk for key, pk in live if key not in wanted]
    there = {key for key, _ in live}
    new = [flow for key, flow in wanted.items() if key not in there]
    if gone:
        with connection.cursor() as cursor:
            cursor.execute(END, {"at": told.at, "ids": gone})
    _begin(new)
    return len(gone) + len(new)


def set_wise(ids: list[UUID], flows: Iterable[Flow], *, told: Told) -> int:
    """Compare grants and flows of many people in the database. Returns how many grants ended or began; one statement and one for pages."""
    values = _numbered(flows) | {"at": told.at, "ids": _plain(pk.hex for pk in ids), "kept": _kept_of(ids, told=told)}
    with connection.cursor() as cursor:
        # The planner takes ten columns that agree for ten rare coincidences, and would compare each grant with each flow.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(SET_WISE[connection.pg_version >= SINCE], values)
        (changed,) = cursor.fetchone()
        cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")
        return int(changed)


def _numbered(flows: Iterable[Flow]) -> dict[str, Any]:
    """The flows as columns of numbers, and the lists that the numbers count from one; a paper that is none is number zero."""
    held: dict[int, int] = {}
    kept: list[Held] = []
    named: dict[UUID, int] = {}
    instants: dict[datetime, int] = {}
    said: dict[Terms, int] = {}
    columns: list[list[Any]] = [[] for _ in range(7)]
    of_held, of_recipient, of_paper, of_since, of_until, of_later, of_said = (column.append for column in columns)
    for segment, recipient_id, terms, valid_from, valid_to, instrument_id, later in flows:
        place = held.get(id(segment))
        if place is None:
            kept.append(segment)
            place = held[id(segment)] = len(kept)
        of_held(place)
        of_recipient(named.setdefault(recipient_id, len(named) + 1))
        of_paper(named.setdefault(instrument_id, len(named) + 1) if instrument_id is not None else 0)
        of_since(instants.setdefault(valid_from, len(instants) + 1))
        of_until(instants.setdefault(valid_to, len(instants) + 1))
        of_later(later)
        of_said(said.setdefault(terms, len(said) + 1))
    numbers = ("flow_held", "flow_recipient", "flow_paper", "flow_since", "flow_until", "flow_said")
    whole = [columns[place] for place in (0, 1, 2, 3, 4, 6)]
    return {
        **{name: _plain(map(str, column)) for name, column in zip(numbers, whole, strict=True)},
        "flow_later": _plain("t" if later else "f" for later in columns[5]),
        "named": _plain(pk.hex for pk in named), "instants": _plain(instant.isoformat() for instant in instants),
        "identities": _plain(row.identity_id.hex for row in kept), "categories": _quoted(row.category for row in kept),
        "holders": _plain(row.holder_id.hex for row in kept), "provenances": _quoted(row.provenance for row in kept),
        "purposes": _quoted(_quoted(row.purposes) for row in said), "basis": _quoted(_quoted(row.basis) for row in said),
        "obligations": _quoted(_quoted(row.obligations) for row in said), "review": _plain("t" if row.review_needed else "f" for row in said),
    }  # fmt: skip


def _plain(words: Iterable[str]) -> str:
    """A PostgreSQL array of numbers, ids or instants as text: nothing in it needs a quotation mark. The driver's own way costs ten times this."""
    return "{" + ",".join(words) + "}"


def _quoted(words: Iterable[str]) -> str:
    """A PostgreSQL array of any texts as text."""
    return _plain('"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"' for word in words)


def _kept_of(ids: list[UUID], *, told: Told) -> list[UUID]:
    links_of = Principal.objects.filter(kind=PrincipalKind.LINK.value).values("pk")
    held = list(Grant.objects.filter(identity_id__any_of=ids, valid_to__gt=told.at, recipient_id__in=links_of))
    return sorted(_kept(held, pages={g.recipient_id for g in held}, told=told))


def _pages(recipient_ids: set[UUID]) -> set[UUID]:
    """The one-time pages among these recipients."""
    found = Principal.objects.filter(pk__in=recipient_ids, kind=PrincipalKind.LINK.value)
    return set(found.values_list("pk", flat=True)) if recipient_ids else set()


def _kept(grants: list[Grant], *, pages: set[UUID], told: Told) -> set[UUID]:
    """The grants of one-time pages that still stand. They are made in `links` and end here only when their consent no longer stands."""
    return {g.pk for g in grants if g.recipient_id in pages and links.still_stands(grant=g, consents=told.consents, at=told.at)}


def _begin(flows: list[Flow]) -> None:
    if not flows:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_now()")
        (present,) = cursor.fetchone()
    Grant.objects.bulk_create(
        Grant(
            id=uuid4(),
            identity_id=flow.segment.identity_id,
            category=flow.segment.category,
            holder_id=flow.segment.holder_id,
            provenance=flow.segment.provenance,
            recipient_id=flow.recipient_id,
            purposes=list(flow.terms.purposes),
            valid_from=_begins(flow, present=present),
            valid_to=flow.valid_to,
            basis=list(flow.terms.basis),
            obligations=list(flow.terms.obligations),
            instrument_id=flow.instrument_id,
            review_needed=flow.terms.review_needed,
        )
        for flow in flows
    )


def _begins(flow: Flow, *, present: datetime) -> datetime:
    """A paper that is in force opens now, by the database's clock; only one that names a later day waits for it."""
    return flow.valid_from if flow.begins_later else min(flow.valid_from, present)
