"""Begins and ends exports. Asking twice for the same while it is under way begins one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from careloom.fhir.clients.tokens import Bearer
from careloom.fhir.models import Export, SystemClient
from careloom.infra.audit.actions import record

LASTS = timedelta(days=1)
MOST_KEPT = 10
WAIT = 30
"""Seconds after which a system may ask again where one export of its own is under way."""
POLL = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class Busy:
    """Not now: ask again after so many seconds."""

    seconds: int


@transaction.atomic
def begin(*, bearer: Bearer, base: str, request: str, kinds: tuple[str, ...], since: str, at: datetime) -> Export | Busy:
    """Note that the system wants an export. The one that is under way already is given again where it is the same, else `Busy`."""
    client = SystemClient.objects.select_for_update().get(pk=bearer.client.pk)
    kept = list(Export.objects.filter(client=client, ends_at__gt=at).order_by("asked_at"))
    under_way = next((one for one in kept if one.finished_at is None), None)
    if under_way is not None:
        same = (under_way.request, tuple(under_way.kinds), under_way.since) == (request, kinds, since)
        return under_way if same else Busy(seconds=WAIT)
    if len(kept) >= MOST_KEPT:
        return Busy(seconds=max(WAIT, int((kept[0].ends_at - at).total_seconds())))
    made = Export.objects.create(client=client, request=request, base=base, kinds=list(kinds), since=since, asked_at=at, ends_at=at + LASTS)
    record(by=bearer.viewer, at=at, action="fhir.export_asked", object_id=made.pk, detail={"types": list(kinds), "client": str(client.pk)})
    return made


def export_of(*, bearer: Bearer, export_id: UUID, at: datetime) -> Export | None:
    """An export that this very system asked for and that is not over, else None."""
    return Export.objects.filter(pk=export_id, client=bearer.client, ends_at__gt=at).first()


@transaction.atomic
def cancel(*, bearer: Bearer, export: Export, at: datetime) -> None:
    """End an export: it and its files are gone at once. The worker that writes it finds that and stops."""
    record(by=bearer.viewer, at=at, action="fhir.export_ended", object_id=export.pk)
    Export.objects.filter(pk=export.pk).delete()


def polled_too_soon(*, export: Export, at: datetime) -> bool:
    """Note that the system asked how far it is; True where it asked less than a second ago."""
    soon = export.polled_at is not None and timedelta(0) <= at - export.polled_at < POLL
    if not soon:
        Export.objects.filter(pk=export.pk).update(polled_at=at)
    return soon


def sweep(*, at: datetime) -> int:
    """Remove exports whose day is over, and those of systems that may read no more; how many."""
    over = Q(ends_at__lte=at) | Q(client__revoked_at__isnull=False) | Q(client__agency__active=False)
    found = list(Export.objects.filter(over).values_list("pk", flat=True))
    Export.objects.filter(pk__in=found).delete()
    return len(found)
