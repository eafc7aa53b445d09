"""One indicator: definition, figures, chart, groups, how to run it again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import viewer_of
from careloom.infra import access
from careloom.infra.packs import current_pack
from careloom.infra.ui.components import Measures
from careloom.outcomes.presenters import indicator as shown
from careloom.outcomes.presenters.dashboard import lines, run_again
from careloom.outcomes.presenters.rows import measure, told
from careloom.outcomes.presenters.spoken import spoken
from careloom.outcomes.queries import aimed, numbers
from careloom.outcomes.queries.asking import question_of
from careloom.outcomes.views.readers import reads_numbers


@require_safe
@reads_numbers
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about one indicator that this reader may read."""
    viewer = viewer_of(request)
    one = spoken().get(code)
    if one is None:
        raise access.NotVisible
    snapshot = numbers.newest_snapshot(viewer=viewer)
    context = {"nav": "numbers", "one": one, "facts": shown.definition(one), "reference": shown.reference(one), "published": shown.published(one)}
    if snapshot is None:
        return render(request, "outcomes/indicator.html", context)
    rows, curves = numbers.of_indicator(viewer=viewer, snapshot=snapshot, code=code)
    book = numbers.book_from(snapshot=snapshot, viewer=viewer, rows=rows, curves=curves)
    wanted = aimed.aims_of(viewer=viewer).get(code, aimed.NOTHING)
    now = told(one, book, wanted)
    settings = current_pack().suppression
    context |= {
        "now": Measures(rows=(measure(now, lines=lines(now, None)),)) if now.years else None,
        "time": shown.over_time(one, rows), "variants": shown.variants(one, rows), "strata": shown.by_group(one, rows),
        "waiting": shown.waiting(one, curves), "counted": shown.counted_on(snapshot), "again": run_again(book), "inputs": shown.inputs(snapshot),
        "question": question_of(one, snapshot), "exact": book.exact,
        "hidden": _("Hidden: a count from 1 to %(most)s, or one that would give it away.") % {"most": settings.threshold - 1},
    }  # fmt: skip
    return render(request, "outcomes/indicator.html", context)
