"""Seals all that lies under an agency's data key under a new one, while everybody works; then the former key is destroyed.

As the owner of the tables. It may be killed anywhere and begun again: a row that opens with the new key is left as it is. Whoever read the former key
before the new one lay there may still seal with it for a moment, so the last look comes after that moment has passed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from psycopg import sql

from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.records import FamilyRecord
from careloom.infra.audit.actions import record
from careloom.infra.keys import KeyProblem, Keyring, decrypt, encrypt
from careloom.notifications.actions.seal import OUTGOING, RECEIPTS

AT_ONCE: Final = 100
#: Longer than any page or job holds a key that it read: a page ends after a minute (config.gunicorn).
SETTLES: Final = 120.0
_SOME: Final = """SELECT id, {column} FROM {table} WHERE {holder} = %s AND {column} IS NOT NULL AND length({column}) > 0
  AND (%s::uuid IS NULL OR id > %s::uuid) ORDER BY id LIMIT %s FOR UPDATE"""
_PUT: Final = "UPDATE {table} SET {column} = %s WHERE id = %s"


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """A column that is sealed under the data key of `holder`; bound to `purpose`, or to the id of its row where that is None."""

    table: str
    column: str
    holder: str = "holder_id"
    purpose: bytes | None = None


@dataclass(kw_only=True)
class Resealed:
    """How many were sealed anew, and how many open with neither key."""

    sealed: int = 0
    lost: int = 0


#: Columns of bytes that other keys seal, or none. A test holds both lists against the models.
OTHERWISE: Final = {
    "audit_seal": "the seal of the logs",
    "audit_expunged": "the seal of the logs",
    "departing_piece": "the receiver's own key",
    "directory_waitingupload": "a public directory, not sealed",
    "federal_chunk": "the key of federal files (federal.tasks)",
    "fhir_export_file": "the key of exports (fhir.bulk.files)",
    "fhir_hook": "the key of webhooks (fhir.hooks.signing)",
    "surveys_box": "the key of its round",
}
_BY_PURPOSE: Final = {"notifications_notification": RECEIPTS}


def sealed_columns() -> Iterator[Sealed]:
    """Every column that lies under a data key of an agency."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.BinaryField) and issubclass(model, FamilyRecord):
                table = model._meta.db_table
                yield Sealed(table=table, column=field.column, purpose=_BY_PURPOSE.get(table))
    yield Sealed(table="notifications_outgoing", column="sealed", purpose=OUTGOING)
    yield Sealed(table="exchange_sheet", column="sealed", holder="agency_id")
    yield Sealed(table="exchange_source_key", column="sealed", holder="agency_id")


def reseal(*, connection: Any, ring: Keyring, agency_id: UUID, say: Callable[[str], None], settles: float = SETTLES) -> Resealed:
    """Give the agency a new data key and seal everything of it anew; `connection` is the owner's, in autocommit.

    The former key is destroyed when nothing is left under it; where something opens with neither, it stays. Raises `infra.keys.KeyProblem`
    for an agency whose key was destroyed.
    """
    began = ring.new_agency_key(agency_id)
    _note(agency_id, "agencies.key_changed")
    done = Resealed()
    while True:
        settled = time.time() - began >= settles
        keys, moved = ring.agency_keys(agency_id), 0
        done.lost = 0
        for one in sealed_columns():
            count, lost = _column(connection, one, agency_id=agency_id, keys=keys)
            moved, done.lost = moved + count, done.lost + lost
            if count:
                say(f"{one.table}: {count:,} sealed anew")
        done.sealed += moved
        if settled and not moved:
            break
        if not settled:
            left = max(0.0, settles - (time.time() - began))
            say(f"A last look in {left:.0f} seconds, when nobody can hold the former key any more.")
            time.sleep(left)
    if not done.lost:
        ring.end_former_key(agency_id)
        _note(agency_id, "agencies.former_key_destroyed", sealed=done.sealed)
    return done


def _column(connection: Any, one: Sealed, *, agency_id: UUID, keys: tuple[bytes, ...]) -> tuple[int, int]:
    """How many of a column were sealed anew, and how many open with no key. Each batch is a transaction."""
    names = {"table": sql.Identifier(one.table), "column": sql.Identifier(one.column), "holder": sql.Identifier(one.holder)}
    some, put = sql.SQL(_SOME).format(**names), sql.SQL(_PUT).format(**names)
    after: UUID | None = None
    moved = lost = 0
    while True:
        with connection.transaction():
            rows = connection.execute(some, [agency_id, after, after, AT_ONCE]).fetchall()
            for row_id, sealed in rows:
                found = _anew(bytes(sealed), keys=keys, bound=one.purpose if one.purpose is not None else row_id.bytes)
                if found is None:
                    lost += 1
                elif found:
                    connection.execute(put, [found, row_id])
                    moved += 1
        if not rows:
            return moved, lost
        after = rows[-1][0]


def _anew(sealed: bytes, *, keys: tuple[bytes, ...], bound: bytes) -> bytes | None:
    """The bytes under the newest key; empty where they are that already, None where no key opens them."""
    for place, key in enumerate(keys):
        try:
            plain = decrypt(key=key, ciphertext=sealed, associated=bound)
        except KeyProblem:
            continue
        return encrypt(key=keys[0], plaintext=plain, associated=bound) if place else b""
    return None


def _note(agency_id: UUID, action: str, **detail: int) -> None:
    by = system(System.JOB, holder_id=agency_id)
    with transaction.atomic(), acting_as(by):
        record(by=by, at=clock.now(), action=action, object_id=agency_id, detail=dict(detail))
