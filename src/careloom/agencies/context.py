"""Template context about the signed-in worker."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from careloom.infra.ui.context import SignedIn


def worker(request: HttpRequest) -> dict[str, Any]:
    """The membership she acts in (worker, agency, title), or None; set by the middleware, no query here."""
    membership = getattr(request, "membership", None)
    found = {"membership": membership, "viewer": getattr(request, "viewer", None)}
    if membership is not None:
        unit = ", ".join(part for part in (membership.agency.short_name, membership.title) if part)
        found["signed_in"] = SignedIn(name=membership.worker.name, unit=unit, has_pin=bool(membership.worker.pin_hash))
    return found
