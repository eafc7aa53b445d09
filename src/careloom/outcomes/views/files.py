"""Figures as CSV and Parquet, of one indicator or of all, as the reader sees them on the page (O11)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import viewer_of
from careloom.infra import access
from careloom.infra.packs.indicators import indicators as definitions
from careloom.outcomes.publishing import data
from careloom.outcomes.queries import numbers
from careloom.outcomes.views.readers import reads_numbers

KINDS = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}


@require_safe
@reads_numbers
def figures_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The figures of an indicator as a file.

    :raises access.NotVisible: there is no such indicator, no such kind of file, or nothing was counted yet.
    """
    viewer, indicator = viewer_of(request), definitions().get(code)
    snapshot = numbers.newest_snapshot(viewer=viewer)
    if indicator is None or kind not in KINDS or snapshot is None:
        raise access.NotVisible
    rows = data.rows_of(indicator, numbers.of_indicator(viewer=viewer, snapshot=snapshot, code=code)[0])
    response = HttpResponse(data.as_csv(rows) if kind == "csv" else data.as_parquet(rows), content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{indicator.code.lower()}.{kind}"'
    return response
