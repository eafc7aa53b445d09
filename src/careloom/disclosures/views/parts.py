"""What views of disclosures share: the viewer, a page number, the family that is meant, and a PDF."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format, time_format

from careloom.agencies.models import Agency
from careloom.consents.pages.subject import Subject, subject_of
from careloom.infra import clock
from careloom.infra.access import Viewer


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer of a request that passed the gate."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def agency_of(request: HttpRequest) -> Agency:
    """The agency in which the worker acts."""
    agency: Agency = request.membership.agency  # type: ignore[attr-defined]
    return agency


def page_number(request: HttpRequest, name: str = "page") -> int:
    """A page number from the address; 1 for anything else."""
    text = request.GET.get(name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 6 else 1


def family_of(request: HttpRequest, identity_id: UUID, *, place: str) -> Subject:
    """The family, logged on `place`. Raises NotVisible where the worker sees nothing of it."""
    return subject_of(viewer=viewer_of(request), identity_id=identity_id, place=place, at=clock.now())


def as_pdf(content: bytes, *, name: str) -> HttpResponse:
    """A PDF that no browser keeps. The file's name tells nothing of anybody."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def moment(at: datetime, *, agency: Agency) -> str:
    """A day and an hour where the agency is."""
    local = at.astimezone(clock.zone(agency.zone))
    return f"{date_format(local)}, {time_format(local, 'TIME_FORMAT')}"


def short_day(at: datetime, *, agency: Agency) -> str:
    """A day where the agency is."""
    return date_format(at.astimezone(clock.zone(agency.zone)))
