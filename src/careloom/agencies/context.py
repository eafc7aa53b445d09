"""Template context about the signed-in worker."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest

from careloom.infra.ui.context import SignedIn


def worker(request: HttpRequest) -> dict[str, Any]:
    """The membership she acts in (worker, agency, title), or None; set by the middleware, no query here."""
    membership = getattr(request, "membership", None)
    found = {"membership": membership, "viewer": getattr(request, "viewer", None)}
    if membership is not None:
        unit = ", ".join(part for part in (membership.agency.short_name, membership.title) if part)
        known = getattr(request, "signed_in", None) or SignedIn(name=membership.worker.name, has_pin=bool(membership.worker.pin_hash))
        found["signed_in"] = replace(known, unit=unit)
    return found
