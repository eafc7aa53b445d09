"""What views of rights share: the viewer, the agency, a page number, and a document that no browser keeps."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from careloom.agencies.models import Agency
from careloom.infra.access import Viewer

ENDINGS = {"application/pdf": "pdf", "text/csv": "csv"}


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


def document(content: bytes, *, media_type: str, name: str) -> HttpResponse:
    """A paper or file. The file's name tells nothing of anybody; a file of text is saved and never shown by the browser."""
    response = HttpResponse(content, content_type=media_type)
    how = "inline" if media_type == "application/pdf" else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{name}.{ENDINGS[media_type]}"'
    response["Cache-Control"] = "no-store"
    return response
