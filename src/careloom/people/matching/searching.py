"""The search over everybody, in steps that a stop or a crash does not lose. Works as the matching role; who sees a pair is asked when it is read.

One step is one line of the model's `blocks`, compared by Splink in a child process that ends (DESIGN section 3).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from threading import Thread
from uuid import UUID, uuid4

from django.db import transaction

from careloom.infra import clock
from careloom.infra.access import System, Viewer, acting_as, require, system
from careloom.infra.answers import Done, Refused
from careloom.infra.audit.actions import record
from careloom.people.matching.compare import weigh
from careloom.people.matching.entry import keep_pair
from careloom.people.matching.model import load_model
from careloom.people.matching.records import mothers_of, traits_of_records
from careloom.people.matching.traits import Traits
from careloom.people.models import MatchSearch, PersonRecord
from careloom.people.models.matching import DONE, QUEUED, RUNNING, STOPPED

Blocks = tuple[tuple[str, ...], ...]
Compare = Callable[[list[Traits], Blocks, Callable[[], bool]], list[tuple[str, str, float]] | None]
#: A search whose process has not been heard of for so long died with it, and another one goes on with the step.
SILENT = timedelta(minutes=2)


class ChildFailed(RuntimeError):
    """The process that compares ended with an error. Its words are kept out: they could name somebody."""


@transaction.atomic
def start_search(*, by: Viewer, at: datetime, request_key: str) -> Done:
    """Ask for a search over everybody; while one waits or runs, that one is the answer. Doing it twice is one search."""
    require(by)
    open_one = MatchSearch.objects.select_for_update().filter(state__in=[QUEUED, RUNNING]).order_by("asked_at").first()
    known = open_one or MatchSearch.objects.filter(request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    row = MatchSearch.objects.create(id=uuid4(), asked_at=at, steps=len(load_model().blocks), request_key=request_key)
    record(by=by, at=at, action="people.search_asked", object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def stop_search(*, by: Viewer, at: datetime, search_id: UUID) -> Done | Refused:
    """Ask a search to stop; the step that it is in is lost, those before are kept. Refused: OVER."""
    require(by)
    changed = MatchSearch.objects.filter(pk=search_id, state__in=[QUEUED, RUNNING]).update(stop_asked=True)
    if not changed:
        return Refused(codes=("OVER",))
    record(by=by, at=at, action="people.search_stop_asked", object_id=search_id)
    return Done(row_id=search_id)


@transaction.atomic
def resume_search(*, by: Viewer, at: datetime, search_id: UUID) -> Done | Refused:
    """Let a stopped search go on where it stopped. Refused: OVER, or OTHER while another one waits or runs."""
    require(by)
    row = MatchSearch.objects.select_for_update().filter(pk=search_id).first()
    if row is None or row.state == DONE:
        return Refused(codes=("OVER",))
    if row.state in {QUEUED, RUNNING}:
        return Done(row_id=row.pk)
    if MatchSearch.objects.filter(state__in=[QUEUED, RUNNING]).exists():
        return Refused(codes=("OTHER",))
    MatchSearch.objects.filter(pk=row.pk).update(state=QUEUED, stop_asked=False, ended_at=None)
    record(by=by, at=at, action="people.search_resumed", object_id=row.pk)
    return Done(row_id=row.pk)


def work(*, at: datetime, compare: Compare | None = None) -> int:
    """Work on the search that waits, or on one whose process died, to its end; how many pairs are new. Nothing to do is 0."""
    row = _take(at=at)
    if row is None:
        return 0
    new, blocks = 0, load_model().blocks
    rows = _everybody()
    for place in range(row.steps_done, row.steps):
        if _stopped(row.pk):
            return new
        pairs = (compare or in_child)(rows, blocks[place : place + 1], lambda: _beat(row.pk))
        if pairs is None:
            _stopped(row.pk)
            return new
        new += _keep(pairs, rows)
        MatchSearch.objects.filter(pk=row.pk).update(steps_done=place + 1, beat_at=clock.now())
    MatchSearch.objects.filter(pk=row.pk).update(state=DONE, ended_at=clock.now())
    return new


def in_child(rows: list[Traits], blocks: Blocks, go_on: Callable[[], bool]) -> list[tuple[str, str, float]] | None:
    """Compare in a process that ends; None when `go_on` said stop. Raises ChildFailed."""
    asked = json.dumps({"rows": [asdict(row) for row in rows], "blocks": blocks})
    command = [sys.executable, "-m", "careloom.people.matching.child"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    said: list[str] = []
    # One thread writes and reads, and this one asks, at once and then each second, whether to go on: a pipe that is full on both sides would
    # wait for ever.
    talk = Thread(target=lambda: said.append(process.communicate(asked)[0]), daemon=True)
    talk.start()
    try:
        while talk.is_alive():
            if not go_on():
                return None
            talk.join(1)
    finally:
        if process.poll() is None:
            process.kill()
        talk.join()
    if process.returncode:
        raise ChildFailed(f"The process that compares records ended with status {process.returncode}.")
    return [(one, other, float(weight)) for one, other, weight in json.loads(said[0])]


@transaction.atomic
def _take(*, at: datetime) -> MatchSearch | None:
    waiting = MatchSearch.objects.select_for_update(skip_locked=True).filter(state__in=[QUEUED, RUNNING]).order_by("asked_at")
    row: MatchSearch | None = next((r for r in waiting if r.state == QUEUED or r.beat_at is None or r.beat_at < at - SILENT), None)
    if row is not None:
        MatchSearch.objects.filter(pk=row.pk).update(state=RUNNING, beat_at=at)
    return row


def _beat(pk: UUID) -> bool:
    """Say that the search is alive; whether it goes on."""
    MatchSearch.objects.filter(pk=pk).update(beat_at=clock.now())
    return not MatchSearch.objects.filter(pk=pk, stop_asked=True).exists()


def _stopped(pk: UUID) -> bool:
    return bool(MatchSearch.objects.filter(pk=pk, stop_asked=True).update(state=STOPPED, ended_at=clock.now()))


def _everybody() -> list[Traits]:
    with transaction.atomic(), acting_as(system(System.MATCHING)):
        rows = list(PersonRecord.objects.filter(died_on=None).order_by("pk"))
        return traits_of_records(rows, mothers=mothers_of(rows))


def _keep(pairs: list[tuple[str, str, float]], rows: list[Traits]) -> int:
    """Keep the pairs of two identities. What Splink found is weighed once more, which tells the answers for the page."""
    model, by_key = load_model(), {row.key: row for row in rows}
    with transaction.atomic(), acting_as(system(System.MATCHING)):
        ids = {key for pair in pairs for key in pair[:2]}
        whose = dict(PersonRecord.objects.filter(pk__any_of={UUID(key) for key in ids}).values_list("pk", "identity_id"))
        new = 0
        for one, other, _ in pairs:
            left, right = whose.get(UUID(one)), whose.get(UUID(other))
            if left is None or right is None or left == right:
                continue
            weighed = weigh(by_key[one], by_key[other], model=model)
            new += keep_pair(one=UUID(one), other=UUID(other), weighed=weighed, how="SEARCH", at=clock.now())
        return new
