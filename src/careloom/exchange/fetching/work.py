"""The job that fetches: one type of record after another, each kept before the next, so that what was stopped or killed goes on where it was.

It asks as the worker who asked, with her agency's papers of this very moment: who is gone, or a form that ended, ends it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careloom.agencies.models import Membership
from careloom.agencies.queries import viewer_of
from careloom.agencies.roles import Permission
from careloom.exchange.fetching import proposals, remote
from careloom.exchange.fetching.covering import Cover, cover_of
from careloom.exchange.models import OPEN, OVER, READY, REFUSED, RUNNING, STOPPED, WAITING, Fetch
from careloom.exchange.smart.registering import is_practice
from careloom.exchange.smart.wire import EhrFailed
from careloom.infra import clock
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.infra.audit.actions import record
from careloom.infra.keys import KeyProblem
from careloom.people.queries import names_of

LIES = timedelta(days=14)
LEASE = timedelta(minutes=3)
MOST_TRIES = 5
AGAIN = {"DOWN", "SLOW"}
SWEPT_AT_ONCE = 200


class Moved(Exception):  # noqa: N818  (no failure)
    """Somebody stopped or ended this one meanwhile."""


def work(*, now: Callable[[], datetime], go_on: Callable[[], bool] = lambda: True) -> int:
    """Fetch what was asked for, oldest first, as long as `go_on` says; how many. Ends what is over. Safe to repeat and to stop anywhere."""
    sweep(at=now())
    count = 0
    while go_on() and (fetch := _next(at=now())) is not None:
        with suppress(Moved):
            _go_on(fetch, at=now())
        count += 1
    return count


def sweep(*, at: datetime) -> int:
    """End what nobody took in its time, and what its form or its worker no longer carries; the sealed content goes. How many. Safe to repeat."""
    with acting_as(system(System.JOB)), transaction.atomic():
        over = Fetch.objects.filter(state__in=OPEN, ends_at__lte=at).update(state=OVER, sealed=None)
        waiting = list(Fetch.objects.filter(state__in=(READY, STOPPED)).order_by("next_at", "pk")[:SWEPT_AT_ONCE])
    for fetch in waiting:
        if may_go_on(fetch, at=at) is None:
            _set(fetch, state=OVER, why="CONSENT", sealed=None, finished_at=at)
            over += 1
        else:
            _set(fetch, next_at=at)
    return over


def may_go_on(fetch: Fetch, *, at: datetime) -> tuple[Viewer, Cover] | None:
    """Who asked, as she stands now, and what the papers let her agency receive now; None where one of both is gone, or the source."""
    live = Membership.objects.filter(worker_id=fetch.asked_by, agency_id=fetch.holder_id, starts_at__lte=at, ends_at__gt=at, agency__active=True)
    member = live.select_related("agency", "worker").first()
    if member is None or fetch.source.ended_at is not None:
        return None
    viewer = viewer_of(member)
    with acting_as(viewer), transaction.atomic():
        if not viewer.can(Permission.IMPORT_RECORDS) or not Fetch.objects.seen_by(viewer).filter(pk=fetch.pk).exists():
            return None
        cover = cover_of(viewer=viewer, identity_id=fetch.identity_id, discloser=fetch.source.discloser, at=at)
    return (viewer, cover) if cover is not None else None


def _next(*, at: datetime) -> Fetch | None:
    """Take the one that waits longest, for some minutes: whoever is killed with it loses it then."""
    with acting_as(system(System.JOB)), transaction.atomic():
        waiting = Fetch.objects.select_for_update(skip_locked=True)
        fetch: Fetch | None = waiting.filter(state__in=(WAITING, RUNNING), next_at__lte=at).order_by("next_at", "pk").first()
        if fetch is not None:
            fetch.state, fetch.next_at, fetch.tries = RUNNING, at + LEASE, fetch.tries + 1
            fetch.save(update_fields=["state", "next_at", "tries"])
        return fetch


def _go_on(fetch: Fetch, *, at: datetime) -> None:
    going = may_go_on(fetch, at=at)
    if going is None:
        _move(fetch, state=OVER, why="CONSENT", sealed=None, finished_at=at)
        return
    viewer, cover = going
    try:
        rows = _read(fetch, viewer, at=at)
        found = proposals.facts_of(rows, fetch=fetch, source=fetch.source, cover=cover, at=at)
        if found is None:
            raise EhrFailed("NOT_READ")
    except (EhrFailed, KeyProblem) as failed:
        _failed(fetch, failed.code if isinstance(failed, EhrFailed) else "KEY", at=at)
        return
    # The papers once more: what ended while it was read brings nothing.
    if may_go_on(fetch, at=clock.now()) is None:
        _move(fetch, state=OVER, why="CONSENT", sealed=None, finished_at=at)
        return
    job = system(System.JOB, holder_id=fetch.holder_id)
    with acting_as(job), transaction.atomic():
        _move(
            fetch, state=READY, why="", sealed=proposals.seal(fetch, proposals.packed(found)), facts=len(found), finished_at=at, ends_at=at + LIES,
            consent_id=cover.consent.pk,
        )  # fmt: skip
        detail = {"source": str(fetch.source_id), "types": list(fetch.done), "facts": len(found)}
        record(by=job, at=at, action="exchange.record_fetched", identity_id=fetch.identity_id, object_id=fetch.pk, detail=detail)


def _read(fetch: Fetch, viewer: Viewer, *, at: datetime) -> list[dict[str, Any]]:
    """What there is of her, type by type; what was read before is not asked for again."""
    wanted = _wanted(fetch, viewer)
    so_far: list[dict[str, Any]] = proposals.unseal(fetch)
    session = remote.enter(fetch.source, practice=is_practice(), at=clock.outside())
    for step in remote.STEPS:
        if step in fetch.done or step in fetch.kept_back:
            continue
        try:
            so_far += remote.read(session, step, wanted=wanted, so_far=so_far)
        except EhrFailed as failed:
            if failed.code not in ("REFUSED", "MISSING") or step in (remote.PERSON, remote.POINTED):
                raise
            _move(fetch, kept_back=[*fetch.kept_back, step])
            continue
        _move(fetch, sealed=proposals.seal(fetch, so_far), done=[*fetch.done, step], tries=1, next_at=at + LEASE)
    return so_far


def _wanted(fetch: Fetch, viewer: Viewer) -> remote.Wanted:
    with acting_as(viewer), transaction.atomic():
        row = names_of(viewer=viewer, identity_ids=[fetch.identity_id]).get(fetch.identity_id)
    if row is None or row.birth_date is None or not (row.given_name and row.family_name):
        raise EhrFailed("NO_DAY")
    known_as = row.source_id if row.source_system == fetch.source.iss[:120] else ""
    return remote.Wanted(given=row.given_name, family=row.family_name, born=row.birth_date, known_as=known_as)


def _failed(fetch: Fetch, code: str, *, at: datetime) -> None:
    """Again later, each time later than before; or over, with the reason that a page says."""
    if code in AGAIN and fetch.tries < MOST_TRIES:
        _move(fetch, state=WAITING, why=code, next_at=at + timedelta(minutes=2**fetch.tries))
    else:
        _move(fetch, state=REFUSED, why=code, sealed=None, finished_at=at)


def _move(fetch: Fetch, **facts: Any) -> None:
    """INVARIANT: what was read and how far it is are kept together, and only where nobody stopped or took it over meanwhile."""
    with acting_as(system(System.JOB)), transaction.atomic():
        here = Fetch.objects.filter(pk=fetch.pk, state=RUNNING, done=fetch.done, kept_back=fetch.kept_back)
        if not here.update(**facts):
            raise Moved
    for name, value in facts.items():
        setattr(fetch, name, value)


def _set(fetch: Fetch, **facts: Any) -> None:
    with acting_as(system(System.JOB)), transaction.atomic():
        Fetch.objects.filter(pk=fetch.pk, state=fetch.state).update(**facts)
