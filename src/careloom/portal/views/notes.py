"""Her copies: what was said at progress meetings, and her own plan for hard days (R-111, F25)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careloom.infra import clock
from careloom.infra.access.accounting import account
from careloom.infra.ui.paging import page_number
from careloom.portal.door import hers
from careloom.portal.views.hers import her_of
from careloom.treatment.codes import Sort
from careloom.treatment.queries import Shown, entries_of

A_PAGE = 5


@hers
@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    """Each meeting as it was written down, newest first, and the newest plan for hard days. The same page where there is neither."""
    her = her_of(request)
    of = {"viewer": her.viewer, "identity_id": her.identity_id}
    meetings = entries_of(**of, sort=Sort.MEETING, page=page_number(request), a_page=A_PAGE)
    plans = entries_of(**of, sort=Sort.SUPPORT, a_page=1)
    shown: list[Shown] = [*meetings.rows, *plans.rows]  # type: ignore[list-item]
    account(viewer=her.viewer, place="portal:notes", rows=[row for entry in shown for row in entry.rows], at=clock.now())
    context = {"meetings": [entry.first for entry in meetings.rows], "found": meetings, "plan": plans.rows[0].first if plans.rows else None}  # type: ignore[attr-defined]
    return render(request, "portal/notes.html", context)
