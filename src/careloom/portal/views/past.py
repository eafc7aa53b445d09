"""Who asked for a summary of her earlier time with child welfare, and why. She reads it in plain words (R-109)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from careloom.agencies.queries import agencies_by_id
from careloom.infra import clock
from careloom.infra.access.accounting import account
from careloom.infra.ui.paging import page_number
from careloom.portal import presenters, words
from careloom.portal.door import hers
from careloom.portal.views.hers import her_of
from careloom.safety.queries import looks_of

#: Why somebody asked, as she reads it.
WHY = {
    "CURRENT_SAFETY": _("They worry about safety now"),
    "SERVICES": _("To plan help with you"),
    "SHE_ASKED": _("You asked them to"),
    "COURT": _("A judge asks for it"),
}


@hers
@require_safe
def past(request: HttpRequest) -> HttpResponse:
    """Each time that somebody asked, newest first: what kind of place, the day, the reason and their words."""
    her = her_of(request)
    found = looks_of(viewer=her.viewer, identity_ids=her.subject_ids, page=page_number(request))
    account(viewer=her.viewer, place="my:past", rows=list(found.rows), at=clock.now())  # type: ignore[arg-type]
    agencies = agencies_by_id(ids={row.holder_id for row in found.rows})  # type: ignore[attr-defined]
    rows = [
        (words.agency_words(agencies[row.holder_id].kind), presenters.day_words(presenters.local(row.at).date()), WHY[row.reason], row.words)  # type: ignore[attr-defined]
        for row in found.rows
        if row.holder_id in agencies  # type: ignore[attr-defined]
    ]
    return render(request, "portal/past.html", {"rows": rows, "found": found, "before": found.page - 1, "after": found.page + 1})
