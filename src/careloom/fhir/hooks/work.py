"""The job that tells: it asks for each change who may know of it, and sends what waits. Stopped anywhere, a telling may come twice and none is lost.

INVARIANT: a system is told of a resource only where it could read it at that moment, by the very read of the FHIR door; asked when the telling is
made and again each time it is sent. Who lost its consent is told nothing, and keeps nothing that waited.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from careloom.fhir.clients.scopes import NEEDS, allows
from careloom.fhir.clients.tokens import viewer_of
from careloom.fhir.hooks.calling import call
from careloom.fhir.hooks.events import EVENTS
from careloom.fhir.hooks.models import Delivery, Hook, Signal
from careloom.fhir.hooks.signing import held, signatures
from careloom.fhir.resources.shape import Reading, instant
from careloom.fhir.serving.registry import KINDS
from careloom.fhir.serving.searching import read_one
from careloom.infra.access import acting_as

AGAIN = tuple(timedelta(minutes=one) for one in (1, 5, 30, 120, 360, 720, 1440))
"""How long to wait after each try that failed; after the last one it is given up."""
PAUSED_AFTER = timedelta(days=3)
KEPT = timedelta(days=30)
GONE = "410"
LIVE = Q(ended_at=None, client__revoked_at=None, client__agency__active=True)


def work(*, now: Callable[[], datetime], go_on: Callable[[], bool] = lambda: True) -> int:
    """Tell what changed, as long as `go_on` says; how many tellings that were due were dealt with."""
    sweep(at=now())
    while go_on() and _ask_for_one(at=now()):
        pass
    done = 0
    while go_on() and _send_one(at=now()):
        done += 1
    return done


def sweep(*, at: datetime) -> None:
    """Forget tellings of more than thirty days ago, and what waits for systems whose access or hook has ended."""
    Delivery.objects.filter(at__lt=at - KEPT).delete()
    over = Hook.objects.exclude(LIVE)
    Delivery.objects.filter(hook__in=over, sent_at=None).delete()


def _ask_for_one(*, at: datetime) -> bool:
    """Make the tellings of one change; False where none waits. The change is forgotten with the tellings that it became, or not at all."""
    with transaction.atomic():
        signal = Signal.objects.select_for_update(skip_locked=True).order_by("seq").first()
        if signal is None:
            return False
        for hook in Hook.objects.filter(LIVE, events__contains=[signal.event]).select_related("client__agency").order_by("pk"):
            waits = Delivery.objects.filter(hook=hook, event=signal.event, resource_id=signal.resource_id, sent_at=None, dead_at=None, tries=0)
            if may_know(hook, event=signal.event, resource_id=signal.resource_id, at=at) and not waits.exists():
                made = Delivery(hook=hook, signal=signal.seq, event=signal.event, resource_id=signal.resource_id, at=signal.at, next_at=at)
                Delivery.objects.bulk_create([made], ignore_conflicts=True)
        signal.delete()
    return True


def may_know(hook: Hook, *, event: str, resource_id: UUID, at: datetime) -> bool:
    """Whether the system of `hook` could read the resource now."""
    kind, viewer = EVENTS[event], viewer_of(hook.client)
    if not allows(hook.client.scopes, kind=kind, right="r") or not viewer.can(NEEDS[kind]):
        return False
    with acting_as(viewer), transaction.atomic():
        return read_one(Reading(viewer=viewer, at=at, base=hook.base), kind=KINDS[kind], id_=str(resource_id)) is not None


def _send_one(*, at: datetime) -> bool:
    """Send the telling that waits longest; False where none is due. Its next try is noted before the call, so that a death in it loses nothing."""
    live = Hook.objects.filter(LIVE, paused_at=None)
    due = Delivery.objects.filter(hook__in=live, sent_at=None, dead_at=None, next_at__lte=at).select_related("hook__client__agency")
    row = due.order_by("next_at", "pk").first()
    if row is None:
        return False
    claimed = Delivery.objects.filter(pk=row.pk, next_at=row.next_at, sent_at=None, dead_at=None)
    if not claimed.update(tries=row.tries + 1, next_at=at + AGAIN[min(row.tries, len(AGAIN) - 1)]):
        return True
    if not may_know(row.hook, event=row.event, resource_id=row.resource_id, at=at):
        Delivery.objects.filter(pk=row.pk).delete()
        return True
    body = body_of(row)
    stamp = int(at.timestamp())
    told = signatures(secrets_held=held(row.hook.sealed, hook_id=row.hook_id, at=at), id_=str(row.pk), timestamp=stamp, body=body)
    signed = {"webhook-id": str(row.pk), "webhook-timestamp": str(stamp), "webhook-signature": told}
    _note(row, call(row.hook.url, body=body, headers={"Content-Type": "application/json", "User-Agent": "Careloom", **signed}), at=at)
    return True


def body_of(row: Delivery) -> bytes:
    """What is sent: which event, when, and the address where the system reads more with its token. Nothing of anybody."""
    resource = f"{EVENTS[row.event]}/{row.resource_id}"
    told = {"type": row.event, "timestamp": instant(row.at), "data": {"resource": resource, "url": f"{row.hook.base}/{resource}"}}
    return json.dumps(told, separators=(",", ":")).encode()


@transaction.atomic
def _note(row: Delivery, answer: str, *, at: datetime) -> None:
    hook = Hook.objects.select_for_update().get(pk=row.hook_id)
    mine = Delivery.objects.filter(pk=row.pk)
    if answer.startswith("2"):
        mine.update(sent_at=at, answer=answer)
        Hook.objects.filter(pk=hook.pk).update(failing_since=None)
        return
    mine.update(answer=answer, dead_at=at if row.tries + 1 > len(AGAIN) else None)
    since = hook.failing_since or at
    over = answer == GONE or at - since >= PAUSED_AFTER
    Hook.objects.filter(pk=hook.pk).update(failing_since=since, paused_at=hook.paused_at or (at if over else None))
