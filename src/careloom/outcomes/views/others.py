"""What others published, in one list: also what no indicator of ours asks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careloom.outcomes.presenters.others import all_told
from careloom.outcomes.views.readers import reads_numbers


@require_safe
@reads_numbers
def others(request: HttpRequest) -> HttpResponse:
    """Figures of other places with source and status. They are data of the packs: the same for every reader, and no count of ours."""
    return render(request, "outcomes/others.html", {"nav": "numbers", "rows": all_told()})
