"""The list of families, and finding one by name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.desk.pages import families_page, found_page
from careloom.desk.presenters import families as words
from careloom.desk.views.asked import MOST, open_name, seal_name
from careloom.infra import clock
from careloom.infra.ui.paging import page_number
from careloom.position.queries import has_pages, works_cases


@require_safe
@needs(Permission.FAMILY_READ)
def families(request: HttpRequest) -> HttpResponse:
    """The caseload."""
    only = request.GET.get("only", "")
    chosen = only if only in dict(words.FILTERS) else ""
    page = families_page(viewer=request.viewer, membership=request.membership, at=clock.now(), page=page_number(request), only=chosen)
    context = {"page": page, "cards": words.cards(page), "filters": words.FILTERS, "query": urlencode({"only": chosen}) if chosen else ""}
    return render(
        request,
        "desk/families.html",
        {
            **context,
            "nav": "families",
            "may_import": request.viewer.can(Permission.IMPORT_RECORDS),
            "position": has_pages(viewer=request.viewer, at=clock.now()),
            "enters": works_cases(viewer=request.viewer),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ)
def search(request: HttpRequest) -> HttpResponse:
    """Families by name. The name is posted; htmx gets the list alone, and without script the page that can be loaded again follows."""
    asks = request.method == "POST"
    text = request.POST.get("q", "").strip()[:MOST] if asks else open_name(request)
    carried = {"s": seal_name(request, text=text)} if text else {}
    if asks and not request.htmx:
        return redirect(f"{reverse('desk:search')}?{urlencode(carried)}" if carried else "desk:search")
    page = found_page(viewer=request.viewer, text=text, page=page_number(request), at=clock.now())
    context = {"page": page, "cards": words.found_cards(page), "query": urlencode(carried), "nav": "families"}
    response = render(request, "desk/parts/found.html" if request.htmx else "desk/search.html", context)
    response["Vary"] = "HX-Request"
    return response
