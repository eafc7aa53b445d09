"""A mother's consents, and who looked."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careloom.agencies.family_tabs import family_tabs
from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.consents.pages.family import family_consents
from careloom.consents.pages.history import history_of
from careloom.consents.pages.looked import looked as read_looked
from careloom.consents.presenters import family as shown
from careloom.consents.presenters.history import stories
from careloom.infra import clock
from careloom.infra.documents.handing import document


def number_of(request: HttpRequest, name: str = "page") -> int:
    """A page number from the address; 1 for anything else."""
    text = request.GET.get(name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 6 else 1


@require_safe
@needs(Permission.FAMILY_READ)
def family(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Every consent of hers that the reader may see, with who sees what now (R-108)."""
    own = request.viewer.holder_id
    page = family_consents(viewer=request.viewer, identity_id=identity_id, at=clock.now())
    context = {
        "page": page, "live": shown.lines(page, own_id=own, live=True),
        "sees": shown.sees_table(page, own_id=own), "subject": page.subject,
        "tabs": family_tabs(viewer=request.viewer, identity_id=identity_id, here="consents"),
        "may_write": request.viewer.can(Permission.CONSENT_WRITE), "nav": "families",
    }  # fmt: skip
    return render(request, "consents/family.html", context)


@require_safe
@needs(Permission.FAMILY_READ)
def after_stop(request: HttpRequest) -> HttpResponse:
    """What an agency does when somebody stopped sharing with it. Names nobody; the same page for everybody."""
    return render(request, "consents/after_stop.html", {"nav": "today"})


@require_safe
@needs(Permission.FAMILY_READ)
def history(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Every form of hers and what became of it, a page at a time (workflows 6.5)."""
    number = number_of(request)
    page = history_of(viewer=request.viewer, identity_id=identity_id, at=clock.now(), page=number)
    context = {
        "subject": page.subject, "forms": stories(page, own_id=request.viewer.holder_id), "number": number, "has_more": page.has_more,
        "tabs": family_tabs(viewer=request.viewer, identity_id=identity_id, here="consents"), "nav": "families",
    }  # fmt: skip
    return render(request, "consents/history.html", context)


@require_safe
@needs(Permission.FAMILY_READ)
def looked(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Who looked, and what was given under which paper (R-206); a file for who reads the access log."""
    own, may_file = request.viewer.holder_id, request.viewer.can(Permission.ACCESS_LOG_READ)
    as_file = may_file and request.GET.get("format") == "csv"
    number, given = number_of(request), number_of(request, "given")
    page = read_looked(viewer=request.viewer, identity_id=identity_id, at=clock.now(), page=number, given=given, whole=as_file)
    if as_file:
        return document(shown.looked_csv(page, own_id=own).encode(), media_type="text/csv", name="who-looked")
    context = {
        "page": page, "subject": page.subject, "looks": shown.look_rows(page, own_id=own),
        "gives": shown.give_rows(page, own_id=own, keeps=request.viewer.can(Permission.PAPERS_KEEP)),
        "by_hand": shown.by_hand_rows(page), "number": number, "given": given, "may_file": may_file,
        "tabs": family_tabs(viewer=request.viewer, identity_id=identity_id, here="consents"),
        "nav": "families",
    }  # fmt: skip
    return render(request, "consents/looked.html", context)
