"""Writes the access log and the accounting of disclosures where the read happens: the third lock.

Source: 42 CFR 2.25; 45 CFR 164.528; R-206; DESIGN section 2.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection

from careloom.infra.access.records import FamilyRecord
from careloom.infra.access.scope import PrincipalKind, Viewer, require

LOG = """INSERT INTO access_log (id, at, principal_id, agency_id, worker_id, purpose, place, identity_id, holder_id, categories, found)
SELECT k.id, %(at)s, %(principal)s, %(agency)s, %(worker)s, %(purpose)s, %(place)s, k.identity_id, k.holder_id,
       string_to_array(k.categories, ','), %(found)s
FROM unnest(%(ids)s::uuid[], %(identities)s::uuid[], %(holders)s::uuid[], %(categories)s::text[])
     AS k (id, identity_id, holder_id, categories)"""
ACCOUNT = """INSERT INTO access_disclosure
  (id, hour, identity_id, holder_id, recipient_id, worker_id, category, purpose, basis, obligations, instrument_id, review_needed)
SELECT gen_random_uuid(), %(hour)s, k.identity_id, k.holder_id, %(recipient)s, %(worker)s, k.category, %(purpose)s,
       g.basis, g.obligations, g.instrument_id, g.review_needed
FROM unnest(%(identities)s::uuid[], %(holders)s::uuid[], %(categories)s::text[], %(provenances)s::text[])
     AS k (identity_id, holder_id, category, provenance)
JOIN LATERAL (SELECT basis, obligations, instrument_id, review_needed FROM access_grant g
   WHERE g.identity_id = k.identity_id AND g.category = k.category AND g.holder_id = k.holder_id AND g.provenance = k.provenance
     AND g.recipient_id = %(recipient)s AND %(purpose)s = ANY (g.purposes)
     AND g.valid_from <= access_now() AND g.valid_to > access_now() ORDER BY g.valid_to DESC LIMIT 1) g ON true
ON CONFLICT (recipient_id, identity_id, holder_id, category, basis, hour) DO NOTHING"""


def account(*, viewer: Viewer, place: str, rows: Iterable[FamilyRecord], at: datetime) -> None:
    """Log that `viewer` read `rows` on `place`, and account each disclosure from another holder.

    One log row per identity and holder, one accounting row per recipient, subject, category, basis and hour. Two statements at most.
    """
    require(viewer)
    kinds: dict[tuple[UUID, UUID], set[str]] = defaultdict(set)
    foreign: set[tuple[UUID, UUID, str, str]] = set()
    for row in rows:
        kinds[row.identity_id, row.holder_id].add(row.category)
        if row.holder_id != viewer.holder_id:
            foreign.add((row.identity_id, row.holder_id, row.category, row.provenance))
    if kinds:
        _log(viewer=viewer, place=place, at=at, looks=[(identity, holder, ",".join(sorted(held))) for (identity, holder), held in kinds.items()])
    if foreign and viewer.kind is not PrincipalKind.PERSON:
        _account(viewer=viewer, at=at, keys=sorted(foreign, key=str))


def account_miss(*, viewer: Viewer, place: str, at: datetime) -> None:
    """Log that `viewer` looked for something on `place` and was shown nothing; the same row whether it exists or not."""
    require(viewer)
    _log(viewer=viewer, place=place, at=at, looks=[(None, None, "")], found=False)


def account_log_file(*, viewer: Viewer, place: str, at: datetime) -> None:
    """Log that `viewer` took the log itself out as a file on `place`: one look at the whole, of nobody in particular."""
    require(viewer)
    _log(viewer=viewer, place=place, at=at, looks=[(None, None, "")])


def _log(*, viewer: Viewer, place: str, at: datetime, looks: list[tuple[UUID | None, UUID | None, str]], found: bool = True) -> None:
    """One row a look, written as columns: fifty rows cost as much to send as one."""
    identities, holders, categories = (list(column) for column in zip(*looks, strict=True))
    values = {
        "at": at, "principal": viewer.principal_id, "agency": viewer.holder_id if viewer.kind is PrincipalKind.AGENCY else None,
        "worker": viewer.worker_id, "purpose": viewer.purpose, "place": place, "found": found,
        "ids": [uuid4() for _ in looks], "identities": identities, "holders": holders, "categories": categories,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(LOG, values)


def _account(*, viewer: Viewer, at: datetime, keys: list[tuple[UUID, UUID, str, str]]) -> None:
    identities, holders, categories, provenances = (list(column) for column in zip(*keys, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            ACCOUNT,
            {
                "hour": at.replace(minute=0, second=0, microsecond=0),
                "recipient": viewer.principal_id,
                "worker": viewer.worker_id,
                "purpose": viewer.purpose,
                "identities": identities,
                "holders": holders,
                "categories": categories,
                "provenances": provenances,
            },
        )
