"""On entry: who among those whom the writer may already see could be the same person. Source: F46; 42 CFR 2.13(c) on silence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from json import dumps
from uuid import UUID, uuid4

from django.db import connection, transaction

from careloom.infra.access import Viewer, require
from careloom.infra.events.outbox import publish
from careloom.kernel.events import PossibleMatchFound
from careloom.people.actions import PersonFacts, search_key
from careloom.people.matching.compare import Weighed, weigh
from careloom.people.matching.model import load_model, nicknames
from careloom.people.matching.records import mothers_of, told_of, traits_of_records
from careloom.people.matching.traits import Told, Traits, traits_of
from careloom.people.models import PersonRecord

MOST_LOOKED_AT, MOST_SHOWN = 60, 5


@dataclass(frozen=True, kw_only=True)
class Alike:
    """A record that may be of the same person, and how sure that is."""

    record: PersonRecord
    weighed: Weighed


def alike_to(*, viewer: Viewer, facts: PersonFacts, mother: PersonFacts | None = None) -> tuple[Alike, ...]:
    """The records that may be of the person told, the surest first, five at most. Three queries, whoever there is.

    INVARIANT: only among what `viewer` may see: the look carries the test of own rows and grants itself, as the search does.
    """
    require(viewer)
    told, hers = _told(facts, key="new"), _told(mother, key="mother") if mother else None
    traits = traits_of(told, mother=hers, roots=nicknames())
    rows = _looked_at(viewer=viewer, told=told, grown=traits.grown)
    return _weighed(traits, rows)


@transaction.atomic
def note_alike(*, by: Viewer, at: datetime, record_ids: Iterable[UUID]) -> int:
    """Keep what may be one person with records just made, for somebody to look at both. Returns how many pairs are new.

    INVARIANT: among what the writer may see; over all holders only the matching role looks (`searching`).
    """
    require(by)
    made = list(PersonRecord.objects.filter(pk__any_of=set(record_ids)))
    new = 0
    for traits, row in zip(traits_of_records(made, mothers=mothers_of(made)), made, strict=True):
        candidates = _looked_at(viewer=by, told=told_of(row), grown=traits.grown)
        others = [other for other in candidates if other.pk != row.pk and other.identity_id != row.identity_id]
        for alike in _weighed(traits, others):
            new += keep_pair(one=row.pk, other=alike.record.pk, weighed=alike.weighed, how="ENTRY", at=at)
    return new


def keep_pair(*, one: UUID, other: UUID, weighed: Weighed, how: str, at: datetime) -> bool:
    """Keep a possible match, as the viewer in scope; whether it is new. What was said of a pair before is remembered and not asked again."""
    left, right = sorted((one, other), key=str)
    pk = uuid4()
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [pk, left, right, weighed.weight, dumps(weighed.answers), at, how])
        new = cursor.rowcount > 0
    if new:
        publish(PossibleMatchFound(match_id=pk), at=at)
    return new


INSERT = """INSERT INTO people_match (id, left_id, right_id, weight, answers, found_at, found_how, state, because, row_version)
VALUES (%s, %s, %s, %s, %s::jsonb, %s, %s, 'OPEN', '', 1) ON CONFLICT (left_id, right_id) DO NOTHING"""


def _looked_at(*, viewer: Viewer, told: Told, grown: bool) -> list[PersonRecord]:
    categories = None if viewer.categories is None else sorted(viewer.categories)
    names = search_key(told.given_name, told.family_name)
    digits = re.sub(r"\D", "", told.phone)[-10:]
    with connection.cursor() as cursor:
        words = [told.birth_date or None, names, digits if len(digits) >= 7 else "", grown, categories, MOST_LOOKED_AT]
        cursor.execute("SELECT id FROM people_alike(%s, %s, %s, %s, %s, %s)", words)
        ids = [row[0] for row in cursor.fetchall()]
    return list(PersonRecord.objects.filter(pk__any_of=ids))


def _weighed(traits: Traits, rows: list[PersonRecord]) -> tuple[Alike, ...]:
    model = load_model()
    others = traits_of_records(rows, mothers=mothers_of(rows))
    pairs = ((row, weigh(traits, other, model=model)) for row, other in zip(rows, others, strict=True))
    found = [Alike(record=row, weighed=weighed) for row, weighed in pairs if weighed.weight >= model.show]
    best: dict[UUID, Alike] = {}
    for alike in sorted(found, key=lambda one: (-one.weighed.weight, str(one.record.pk))):
        best.setdefault(alike.record.identity_id, alike)
    return tuple(best.values())[:MOST_SHOWN]


def _told(facts: PersonFacts, *, key: str) -> Told:
    return Told(
        key=key, role=facts.role, given_name=facts.given_name or facts.preferred_name, family_name=facts.family_name,
        birth_date=facts.birth_date.isoformat() if facts.birth_date else "", sex=facts.sex, address=facts.address, phone=facts.phone,
    )  # fmt: skip
