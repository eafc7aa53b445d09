"""Template context about the signed-in worker."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from careloom.agencies.models import Membership
from careloom.infra.ui.context import SignedIn


def worker(request: HttpRequest) -> dict[str, Any]:
    """The membership she acts in (worker, agency, title), or None; set by the middleware, no query here."""
    membership = getattr(request, "membership", None)
    found = {"membership": membership, "viewer": getattr(request, "viewer", None)}
    if membership is not None:
        unit = ", ".join(part for part in (membership.agency.short_name, membership.title) if part)
        known = getattr(request, "signed_in", None) or SignedIn(name=membership.worker.name, has_pin=bool(membership.worker.pin_hash))
        found["signed_in"] = replace(known, unit=unit)
        found["queue_key"] = queue_key(membership)
    return found


def queue_key(membership: Membership) -> str:
    """The key that seals what this worker writes for this agency while there is no connection: 256 bits as base64.

    It stands in the pages of her open sign-in only and is stored nowhere. It stays the same from one sign-in to the next, so that what waits
    on her tablet opens again for her, and for nobody else who picks it up.
    """
    secret = salted_hmac("careloom.agencies.queue", f"{membership.worker_id}:{membership.agency_id}", algorithm="sha256").digest()
    return base64.b64encode(secret).decode()
