"""The few pages of the look itself: the one 404, the expired form, help, accessibility, and the gallery."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from careloom.infra.ui import gallery
from careloom.infra.ui.about import AUDIENCES, Release, notices, releases
from careloom.infra.ui.context import is_practice
from careloom.infra.ui.gallery.example_form import GalleryForm
from careloom.infra.watching import numbers

HEADS: dict[str, Any] = {
    "everybody": _("For everybody"), "workers": _("For who works with families"), "partnership": _("For partners and the state"),
    "operators": _("For who runs Careloom"),
}  # fmt: skip


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The one answer for hidden and absent: same status, same words, whatever was asked for."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something broke; the number leads who runs Careloom to the line of the log."""
    # Without the request: what the page would ask of it (who is signed in, her links) may be what broke.
    return HttpResponse(render_to_string("500.html", {"number": numbers.current()}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long; the reason is for developers and is not shown."""
    return render(request, "403_csrf.html", status=403)


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What a tablet shows when there is no connection."""
    return render(request, "offline.html")


@require_safe
def page_worker(request: HttpRequest) -> HttpResponse:
    """The script that stands between a worker's pages and the network; it must come from the root to see them all."""
    text = (Path(__file__).parent / "static" / "ui" / "worker.js").read_text(encoding="utf-8")
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was checked, what was not, and whom to tell."""
    return render(request, "ui/accessibility.html")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to reach a person, day and night."""
    return render(request, "ui/help.html")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Which release this is, what is new in it, and what it stands on."""
    told = [{"version": row.version, "on": row.on, "parts": _parts(row)} for row in releases()]
    page = Paginator(notices(), 50).get_page(request.GET.get("page"))
    return render(request, "ui/about.html", {"version": settings.CARELOOM_RELEASE, "releases": told, "page": page})


def _parts(release: Release) -> list[dict[str, Any]]:
    found = {audience: [one.words for one in release.new if one.audience == audience] for audience in AUDIENCES}
    return [{"head": HEADS[audience], "words": words} for audience, words in found.items() if words]


@require_safe
def gallery_page(request: HttpRequest) -> HttpResponse:
    """Every component and form field in each state; only where every person is made up."""
    if not is_practice():
        raise Http404
    page = Paginator(range(1, 241), 20).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "sections": gallery.sections(),
        "tokens": gallery.tokens(),
        "form": GalleryForm(initial=gallery.INITIAL),
        "broken": GalleryForm(data=gallery.BROKEN, prefix="broken"),
        "page": page,
        "nav": "today",
    }
    return render(request, "ui/gallery.html", context)
