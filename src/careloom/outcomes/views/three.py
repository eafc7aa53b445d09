"""The federal three of a year, exact for the state's own file only, and as they may be published."""

from __future__ import annotations

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.infra import clock
from careloom.infra.access import Viewer
from careloom.infra.packs import current_pack
from careloom.outcomes import presenters, queries


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdigit() and len(asked) == 4 else clock.today().year


@require_safe
@needs(Permission.COUNTS_READ)
def federal_three(request: HttpRequest) -> HttpResponse:
    """The three counts of a year, with what reconciles them (R-099). Exact for the state, which keeps the rows; published for others."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    pack, year = current_pack(), _year(request)
    state = pack.manifest.jurisdiction
    three = queries.federal_three(viewer=viewer, year=year, state=state)
    found = queries.reconcile(viewer=viewer, year=year, state=state, zone=pack.manifest.zone)
    published = queries.publish(three, settings=pack.suppression)
    keeper = viewer.can(Permission.COUNTS_EXACT)
    context = {
        "nav": "numbers",
        "year": year,
        "years": queries.years(viewer=viewer, state=state),
        "figures": presenters.figures(three, published, settings=pack.suppression, keeper=keeper),
        "keeper": keeper,
        "may_file": viewer.can(Permission.FEDERAL_FILES),
        "counted": three.identified if keeper else published.identified.value,
        "withdrawn": three.withdrawn if keeper else published.withdrawn.value,
        "reconciliation": presenters.reconciliation(queries.publish_unexplained(found, settings=pack.suppression)),
        "hidden": _("Hidden: a count from 1 to %(most)s, or one that would give it away.") % {"most": pack.suppression.threshold - 1},
    }
    return render(request, "outcomes/three.html", context)


@require_safe
@needs(Permission.COUNTS_READ)
def download(request: HttpRequest) -> HttpResponse:
    """The published counts as CSV: what is hidden on the page is hidden here too."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    pack, year = current_pack(), _year(request)
    three = queries.federal_three(viewer=viewer, year=year, state=pack.manifest.jurisdiction)
    published = queries.publish(three, settings=pack.suppression)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="federal-three-{year}.csv"'
    writer = csv.writer(response)
    writer.writerow(["measure", "year", "published_count", "source"])
    for figure in presenters.figures(three, published, settings=pack.suppression, keeper=False):
        writer.writerow([figure.title, year, "*" if figure.published is None else figure.published, figure.source])
    return response
