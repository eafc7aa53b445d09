"""The list of families, and finding one by name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.desk.pages import families_page, found_page
from careloom.desk.presenters import families as words
from careloom.desk.views.parts import page_number
from careloom.infra import clock


@require_safe
@needs(Permission.FAMILY_READ)
def families(request: HttpRequest) -> HttpResponse:
    """The caseload; the field in the bar asks here with a name."""
    if request.GET.get("q", "").strip():
        return redirect(f"{reverse('desk:search')}?{urlencode({'q': request.GET['q']})}")
    only = request.GET.get("only", "")
    chosen = only if only in dict(words.FILTERS) else ""
    page = families_page(viewer=request.viewer, membership=request.membership, at=clock.now(), page=page_number(request), only=chosen)
    context = {"page": page, "cards": words.cards(page), "filters": words.FILTERS, "query": urlencode({"only": chosen}) if chosen else ""}
    return render(request, "desk/families.html", {**context, "nav": "families", "may_import": request.viewer.can(Permission.IMPORT_RECORDS)})


@require_safe
@needs(Permission.FAMILY_READ)
def search(request: HttpRequest) -> HttpResponse:
    """Families by name; htmx asks for the list alone."""
    page = found_page(viewer=request.viewer, text=request.GET.get("q", "").strip()[:120], page=page_number(request), at=clock.now())
    context = {"page": page, "cards": words.found_cards(page), "query": urlencode({"q": page.text}), "nav": "families"}
    response = render(request, "desk/parts/found.html" if request.htmx else "desk/search.html", context)
    response["Vary"] = "HX-Request"
    return response
