"""The job that writes exports: one file in each transaction, so that one that was stopped goes on where it was and writes nothing twice.

It reads as the system that asked, with its role, its registration and the grants of this very moment.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from careloom.fhir.bulk.actions import LASTS, sweep
from careloom.fhir.bulk.files import write
from careloom.fhir.clients.scopes import NEEDS, allows
from careloom.fhir.clients.tokens import Bearer, viewer_of
from careloom.fhir.models import Export, ExportFile
from careloom.fhir.resources.provenance import ABOUT, provenance
from careloom.fhir.resources.shape import Reading, Shaped
from careloom.fhir.serving.asking import Asked, Filter
from careloom.fhir.serving.registry import KINDS
from careloom.fhir.serving.searching import next_page
from careloom.infra.access import acting_as

A_PAGE, A_FILE = 200, 1000
MOST_TRIES = 5


class Moved(Exception):  # noqa: N818  (no failure)
    """Somebody else ended this export or went on with it."""


def work(*, now: Callable[[], datetime], go_on: Callable[[], bool] = lambda: True) -> int:
    """Remove what is over and write what was asked for, in turn, as long as `go_on` says; how many steps. Safe to repeat and to stop anywhere.

    `now` is asked again for each file: what it may hold is decided at that moment.
    """
    sweep(at=now())
    steps = 0
    while go_on() and one_step(at=now()):
        steps += 1
    return steps


def one_step(*, at: datetime) -> bool:
    """One file, or the end, of the export that waited longest; False where there is none.

    An export that fails `MOST_TRIES` times at the same place is given up, so that it does not stand in the way of others.
    """
    waiting = Export.objects.select_related("client__agency").filter(finished_at=None, ends_at__gt=at)
    export = waiting.order_by(F("worked_at").asc(nulls_first=True), "asked_at", "pk").first()
    if export is None:
        return False
    if export.tries >= MOST_TRIES:
        _give_up(export, at=at)
        return True
    Export.objects.filter(pk=export.pk).update(tries=F("tries") + 1, worked_at=at, started_at=export.started_at or at)
    viewer = viewer_of(export.client)
    bearer = Bearer(client=export.client, viewer=viewer, scopes=tuple(export.client.scopes))
    try:
        with acting_as(viewer), transaction.atomic():
            _go_on(export, Reading(viewer=viewer, at=at, base=export.base), bearer)
    except Moved:
        return True
    return True


def steps_of(kinds: list[str]) -> list[tuple[str, str]]:
    """What is written, in order: the type of the file, and the type whose rows it is made from."""
    return [(kind, source) for kind in kinds for source in (ABOUT if kind == "Provenance" else (kind,))]


def _go_on(export: Export, reading: Reading, bearer: Bearer) -> None:
    steps = steps_of(export.kinds)
    if export.step >= len(steps):
        _move(export, finished_at=reading.at, ends_at=reading.at + LASTS)
        return
    kind, source = steps[export.step]
    shaped, after = _read(export, reading, kind, source) if _may(bearer, kind) and _may(bearer, source) else ([], None)
    if shaped:
        write(reading, shaped, export=export, place=ExportFile.objects.filter(export=export).count(), kind=kind, bearer=bearer)
    _move(export, step=export.step + (after is None), after=after)


def _read(export: Export, reading: Reading, kind: str, source: str) -> tuple[list[Shaped], UUID | None]:
    """As many resources as a file holds, and the id to go on after where there are more."""
    since = (Filter(name="_lastUpdated", modifier="", values=(f"gt{export.since}",)),) if export.since and KINDS[source].dated else ()
    found: list[Shaped] = []
    after = export.after
    while len(found) < A_FILE:
        page, after = next_page(reading, Asked(kind=KINDS[source], filters=since, count=A_PAGE, after=after))
        found += page
        if after is None:
            break
    return [provenance(one) for one in found] if kind == "Provenance" else found, after


def _may(bearer: Bearer, kind: str) -> bool:
    return allows(bearer.scopes, kind=kind, right="r") and bearer.viewer.can(NEEDS[kind])


def _move(export: Export, **facts: object) -> None:
    """INVARIANT: the file and where it goes on are kept together or not at all, and only where nobody ended the export or was faster."""
    here = Export.objects.filter(pk=export.pk, step=export.step, after=export.after, finished_at=None)
    if not here.update(**facts, tries=0):
        raise Moved


def _give_up(export: Export, *, at: datetime) -> None:
    with transaction.atomic():
        ExportFile.objects.filter(export=export).delete()
        Export.objects.filter(pk=export.pk).update(failed=True, finished_at=at)
