"""The quality of the data by site, before anything of it is published."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import viewer_of
from careloom.outcomes.presenters.indicator import counted_on
from careloom.outcomes.presenters.quality import scorecard
from careloom.outcomes.queries import numbers
from careloom.outcomes.queries.quality import scores_of
from careloom.outcomes.views.readers import reads_numbers

SITES = 12  # on a page


@require_safe
@reads_numbers
def quality(request: HttpRequest) -> HttpResponse:
    """How complete, timely and sound each site's data are: all sites for the state, her own provider for another reader."""
    viewer = viewer_of(request)
    snapshot = numbers.newest_snapshot(viewer=viewer)
    card = scorecard(scores_of(viewer=viewer, snapshot=snapshot) if snapshot else [])
    context = {"nav": "numbers", "page": Paginator(card["tables"], SITES).get_page(request.GET.get("page")), **card}
    if snapshot is not None:
        context["counted"] = counted_on(snapshot)
    return render(request, "outcomes/quality.html", context)
