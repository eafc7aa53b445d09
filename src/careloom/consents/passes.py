"""Brings the grants of everybody in line, some families at a time: after an upgrade whose rules differ, or when an operator asks for it.

Each batch commits for itself under the turns of its people, so a pass may be stopped at any moment, goes on where it was, and holds nobody up.
Papers that change meanwhile settle their own grants in their own transaction, as always.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable

from careloom.consents.flows.memory import Memory
from careloom.consents.materialise import materialise
from careloom.consents.models import GrantsPass
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.packs import packs_folder

#: How many identities a batch begins with. Children come with their mothers, so it has about as many people; each is one lock of the server's.
A_BATCH = 600
TRIES = 5
FIRST = UUID(int=0)
# Whoever has something about a person, or somebody's grant about her that lives: both read in the order of an index.
NEXT = """SELECT identity_id FROM (
  (SELECT DISTINCT identity_id FROM access_segment WHERE identity_id > %(after)s ORDER BY identity_id LIMIT %(some)s)
  UNION (SELECT DISTINCT identity_id FROM access_grant WHERE identity_id > %(after)s AND valid_to > (SELECT access_now())
    ORDER BY identity_id LIMIT %(some)s)
) known ORDER BY identity_id LIMIT %(some)s"""
# A child is done with its mother, so that the papers of a family are read once: with her if she is one of the batch, at her own place if she
# is somewhere else among those who are walked.
FAMILIES = """SELECT DISTINCT r.identity_id, r.mother_identity_id FROM people_record r
WHERE r.mother_identity_id IS NOT NULL AND r.mother_identity_id <> r.identity_id
  AND (r.identity_id = ANY (%(ids)s) OR r.mother_identity_id = ANY (%(ids)s))
  AND EXISTS (SELECT 1 FROM access_segment s WHERE s.identity_id = r.mother_identity_id)
  AND NOT EXISTS (SELECT 1 FROM people_record m WHERE m.identity_id = r.mother_identity_id AND m.mother_identity_id IS NOT NULL)"""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Where a pass stands; `estimate` is how many people there are, as the planner of the database guesses."""

    people: int
    changed: int
    finished: bool
    estimate: int = 0


def run(*, at: Callable[[], datetime] = clock.now, go_on: Callable[[Progress], bool] = lambda _: True, anew: bool = False) -> Progress:
    """Go on with the open pass, or begin one; until all are done or `go_on`, asked after each batch, says no. `anew` starts from the first."""
    memory = Memory()
    pk = _open(at=at(), anew=anew)
    while True:
        progress = _patiently(lambda: _batch(pk, at=at(), memory=memory))
        if progress.finished or not go_on(progress):
            return progress


def follow(*, at: Callable[[], datetime] = clock.now, go_on: Callable[[Progress], bool] = lambda _: True) -> Progress | None:
    """Run or continue a pass if what decides has changed since the last whole one; None when there was nothing to do."""
    with transaction.atomic(), acting_as(system(System.GRANTS)):
        last = GrantsPass.objects.order_by("-began_at").first()
    if last is not None and last.rules == rules_digest() and last.finished_at is not None:
        return None
    return run(at=at, go_on=go_on, anew=last is not None and last.rules != rules_digest())


@cache
def rules_digest() -> str:
    """A digest of the text of all that decides about a grant: the kernel, how papers become questions, and the packs."""
    here, kernel = Path(__file__).parent, Path(__file__).parents[1] / "kernel"
    texts = [*here.glob("flows/*.py"), *(here / name for name in ("papers.py", "register.py", "terms.py", "rows.py", "granting.py"))]
    texts += [*kernel.glob("disclosure/**/*.py"), kernel / "agency_kinds.py", *packs_folder().glob("**/*.yaml")]
    digest = sha256()
    for path in sorted(texts):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@transaction.atomic
def _open(*, at: datetime, anew: bool) -> UUID:
    with acting_as(system(System.GRANTS)):
        found = GrantsPass.objects.select_for_update().filter(finished_at=None).first()
        if found is None:
            return GrantsPass.objects.create(rules=rules_digest(), began_at=at).pk
        # Rules that changed on the way hold for those who are done already, too.
        if anew or found.rules != rules_digest():
            GrantsPass.objects.filter(pk=found.pk).update(rules=rules_digest(), began_at=at, through=None, people=0, changed=0)
        return found.pk


@transaction.atomic
def _batch(pk: UUID, *, at: datetime, memory: Memory) -> Progress:
    """The next families. Two who run the same pass take batches in turn: the row of the pass is locked."""
    with acting_as(system(System.GRANTS)), connection.cursor() as cursor:
        row = GrantsPass.objects.select_for_update().get(pk=pk)
        cursor.execute(NEXT, {"after": row.through or FIRST, "some": A_BATCH})
        ids = [found for (found,) in cursor.fetchall()]
        cursor.execute("SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'people_identity'::regclass")
        (estimate,) = cursor.fetchone()
    if row.finished_at is None and ids:
        people = _with_families(ids)
        row.changed += materialise(people, at=at, memory=memory)
        row.people += len(people)
        row.through = ids[-1]
    elif row.finished_at is None:
        row.finished_at = at
    with acting_as(system(System.GRANTS)):
        row.save()
    return Progress(people=row.people, changed=row.changed, finished=row.finished_at is not None, estimate=int(estimate))


def _with_families(ids: Iterable[UUID]) -> set[UUID]:
    batch = set(ids)
    with acting_as(system(System.MATCHING)), connection.cursor() as cursor:
        cursor.execute(FAMILIES, {"ids": list(batch)})
        pairs = cursor.fetchall()
    with_her = {child for child, mother in pairs if mother in batch}
    return (batch - {child for child, _ in pairs}) | with_her


def _patiently(do: Callable[[], Progress]) -> Progress:
    """Once more when the database chose this batch to give way to somebody's page."""
    for _ in range(TRIES - 1):
        try:
            return do()
        except OperationalError as error:
            if not isinstance(error.__cause__, DeadlockDetected | LockNotAvailable):
                raise
    return do()
