"""An administrator lets a system be told of changes, gives it a new secret, pauses, goes on, sends again, ends. Each is safe to repeat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from careloom.agencies.roles import Permission
from careloom.fhir.clients.scopes import allows
from careloom.fhir.hooks.events import EVENTS
from careloom.fhir.hooks.guard import NotCalled, checked
from careloom.fhir.hooks.models import Delivery, Hook
from careloom.fhir.hooks.signing import keep, new_secret, rotated
from careloom.fhir.models import SystemClient
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.answers import Refused
from careloom.infra.audit.actions import record


@dataclass(frozen=True, kw_only=True)
class Made:
    """A hook that was made or got a new secret; `secret` is told this once, and empty where the same press came before."""

    hook: Hook
    secret: str = ""


@transaction.atomic
def tell(*, client_id: UUID, url: str, events: Iterable[str], base: str, by: Viewer, at: datetime, request_key: str) -> Made | Refused:
    """Have a system be told at `url` of `events`. The same `request_key` makes one hook; another one while there is a hook changes its address.

    Refused with EVENTS, ENDED, or a code of `guard.NotCalled`.
    """
    client = _client(client_id, by)
    if client.revoked_at is not None:
        return Refused(codes=("ENDED",))
    wanted = tuple(name for name in EVENTS if name in set(events))
    gaps = [] if wanted and all(allows(client.scopes, kind=EVENTS[name], right="r") for name in wanted) else ["EVENTS"]
    try:
        checked(url)
    except NotCalled as refused:
        gaps.append(refused.code)
    if gaps:
        return Refused(codes=tuple(gaps))
    known = Hook.objects.select_for_update().filter(client=client).first()
    if known is not None and known.request_key == request_key:
        return Made(hook=known)
    pk, secret = known.pk if known is not None else uuid4(), new_secret()
    facts = {
        "url": url, "base": base, "events": list(wanted), "sealed": keep([(secret, None)], hook_id=pk), "made_at": at, "made_by": by.worker_id,
        "failing_since": None, "paused_at": None, "paused_by": None, "ended_at": None, "request_key": request_key,
    }  # fmt: skip
    hook, _ = Hook.objects.update_or_create(pk=pk, client=client, defaults=facts)
    record(by=by, at=at, action="fhir.hook_made", object_id=client.pk, detail={"events": list(wanted)})
    return Made(hook=hook, secret=secret)


@transaction.atomic
def rotate(*, client_id: UUID, by: Viewer, at: datetime) -> Made:
    """Give the hook a new secret; the one before it signs beside it for a day."""
    hook = _hook(client_id, by)
    secret = new_secret()
    hook.sealed = rotated(hook.sealed, hook_id=hook.pk, at=at, secret=secret)
    hook.save(update_fields=["sealed"])
    record(by=by, at=at, action="fhir.hook_secret", object_id=hook.client_id)
    return Made(hook=hook, secret=secret)


@transaction.atomic
def pause(*, client_id: UUID, by: Viewer, at: datetime) -> None:
    """Send nothing until somebody goes on; what happens meanwhile waits."""
    hook = _hook(client_id, by)
    if hook.paused_at is None:
        Hook.objects.filter(pk=hook.pk).update(paused_at=at, paused_by=by.worker_id)
        record(by=by, at=at, action="fhir.hook_paused", object_id=hook.client_id)


@transaction.atomic
def go_on(*, client_id: UUID, by: Viewer, at: datetime) -> None:
    """Send again, at once, what waits."""
    hook = _hook(client_id, by)
    if hook.paused_at is not None:
        Hook.objects.filter(pk=hook.pk).update(paused_at=None, paused_by=None, failing_since=None)
        Delivery.objects.filter(hook=hook, sent_at=None, dead_at=None).update(next_at=at)
        record(by=by, at=at, action="fhir.hook_resumed", object_id=hook.client_id)


@transaction.atomic
def send_again(*, client_id: UUID, delivery_id: UUID, by: Viewer, at: datetime) -> None:
    """Let a telling that was given up wait again from the start. One that is no longer there, or waits already, stays as it is."""
    hook = _hook(client_id, by)
    Delivery.objects.filter(pk=delivery_id, hook=hook).exclude(dead_at=None).update(dead_at=None, tries=0, next_at=at)


@transaction.atomic
def end(*, client_id: UUID, by: Viewer, at: datetime) -> None:
    """Tell the system nothing more; what waits is forgotten."""
    hook = _hook(client_id, by)
    if hook.ended_at is None:
        Hook.objects.filter(pk=hook.pk).update(ended_at=at)
        Delivery.objects.filter(hook=hook, sent_at=None).delete()
        record(by=by, at=at, action="fhir.hook_ended", object_id=hook.client_id)


def _client(client_id: UUID, by: Viewer) -> SystemClient:
    require(by)
    if not by.can(Permission.AGENCY_ADMIN):
        raise NotVisible
    # The system's row is the lock: two presses of one button wait for each other here.
    found = SystemClient.objects.select_for_update().filter(pk=client_id, agency_id=by.holder_id).first()
    if found is None:
        raise NotVisible
    return found


def _hook(client_id: UUID, by: Viewer) -> Hook:
    found = Hook.objects.select_for_update().filter(client=_client(client_id, by), ended_at=None).first()
    if found is None:
        raise NotVisible
    return found
