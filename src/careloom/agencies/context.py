"""Template context about the signed-in worker."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def worker(request: HttpRequest) -> dict[str, Any]:
    """The membership she acts in (worker, agency, title), or None; set by the middleware, no query here."""
    return {"membership": getattr(request, "membership", None), "viewer": getattr(request, "viewer", None)}
