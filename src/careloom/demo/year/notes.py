"""What a walk remembers between two days, written in the transaction of what it tells, so that a walk that was killed goes on where it stood.

The table is the demo's own: made when a walk begins in a practice world, no part of the product, and it holds ids and counts but no name.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, connections

from careloom.demo.load.family import Family

TABLE = """CREATE TABLE IF NOT EXISTS demo_walk (number integer PRIMARY KEY, done integer NOT NULL, state jsonb NOT NULL);
GRANT SELECT, INSERT, UPDATE ON demo_walk TO careloom_app"""
KEEP = """INSERT INTO demo_walk (number, done, state) VALUES (%s, %s, %s::jsonb)
ON CONFLICT (number) DO UPDATE SET done = excluded.done, state = excluded.state"""
HEAD = 0
_IDS = ("mother_id", "pregnancy_id", "plan_id", "principal_id")
_MAPS = ("infants", "births", "goals", "needs", "consents", "referrals")


@dataclass(kw_only=True)
class Head:
    """The walk itself: which county, its last instant, the last day that is finished, and what was counted on the way."""

    families: int
    months: int
    seed: int
    now: str
    finished: str = ""
    is_over: bool = False
    family_days: int = 0
    asked_days: int = 0
    late_days: int = 0
    told: int = 0
    breaks: dict[str, list[str]] = field(default_factory=dict)
    """By family number and what is missing: the first and the last day of it."""
    refused: dict[str, int] = field(default_factory=dict)
    left: dict[str, Any] = field(default_factory=dict)

    @property
    def ends_at(self) -> datetime:
        """The instant up to which the county is played."""
        return datetime.fromisoformat(self.now)

    @property
    def finished_on(self) -> date | None:
        """The last day that was played, worked and looked at whole."""
        return date.fromisoformat(self.finished) if self.finished else None


def make_table() -> None:
    """Make the table, as the owner. Doing it again changes nothing."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(TABLE)


def read_head() -> Head | None:
    """The walk that was begun in this database, or None."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_regclass('demo_walk')")
        if cursor.fetchone()[0] is None:
            return None
        cursor.execute("SELECT state FROM demo_walk WHERE number = %s", [HEAD])
        row = cursor.fetchone()
    return Head(**_loaded(row[0])) if row else None


def keep_head(head: Head) -> None:
    """Write down where the walk stands."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [HEAD, 0, json.dumps(asdict(head))])


def keep_family(family: Family, *, done: int) -> None:
    """Write down which rows a family has become and up to which day (its ordinal) it was played, in the transaction that played it."""
    state: dict[str, Any] = {name: str(value) if (value := getattr(family, name)) else None for name in _IDS}
    state |= {name: {key: str(value) for key, value in getattr(family, name).items()} for name in _MAPS}
    state |= {"tokens": family.tokens, "level": family.level, "known_at": sorted(family.known_at), "refused": dict(family.refused)}
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [family.story.number, done, json.dumps(state)])


def take_up(families: dict[int, Family]) -> dict[int, int]:
    """Give each of these families what was noted of it; the day (its ordinal) up to which each was played, by number."""
    done: dict[int, int] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, done, state FROM demo_walk WHERE number = ANY(%s)", [list(families)])
        rows = cursor.fetchall()
    for number, played, text in rows:
        family, state = families[number], _loaded(text)
        done[number] = played
        for name in _IDS:
            setattr(family, name, UUID(state[name]) if state[name] else None)
        for name in _MAPS:
            setattr(family, name, {key: UUID(value) for key, value in state[name].items()})
        family.tokens, family.level, family.known_at = state["tokens"], state["level"], set(state["known_at"])
        family.refused = Counter(state["refused"])
    return done


def _loaded(value: Any) -> dict[str, Any]:
    return dict(json.loads(value) if isinstance(value, str) else value)
