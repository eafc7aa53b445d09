"""Who asks, of a request that passed the gate."""

from __future__ import annotations

from django.http import HttpRequest

from careloom.agencies.models import Agency
from careloom.infra.access import Viewer


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer as whom the request reads."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def agency_of(request: HttpRequest) -> Agency:
    """The agency in which the worker acts."""
    agency: Agency = request.membership.agency  # type: ignore[attr-defined]
    return agency
