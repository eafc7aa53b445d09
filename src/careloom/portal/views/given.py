"""What was given about her, and her answer to somebody who asks to see more."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.disclosures.actions import her_answer
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.portal import presenters
from careloom.portal.door import hers
from careloom.portal.given import asks_for_her, given_to_others
from careloom.portal.views.hers import her_of


@hers
@require_safe
def given(request: HttpRequest) -> HttpResponse:
    """What was given beside the pages, newest first, with why."""
    her, asked = her_of(request), request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 4 else 1
    page = given_to_others(viewer=her.viewer, identity_ids=her.subject_ids, page=number)
    rows = [(line, presenters.day_words(presenters.local(line.at).date()), presenters.hour_words(line.at)) for line in page.rows]
    return render(request, "portal/given.html", {"rows": rows, "page": page, "before": page.page - 1, "after": page.page + 1})


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def more(request: HttpRequest, reached_id: UUID) -> HttpResponse:
    """Somebody asks to see more. Each answer is as good as the others, and nobody who asked hears it."""
    her = her_of(request)
    found = next((ask for ask in asks_for_her(viewer=her.viewer) if ask.id == reached_id), None)
    if found is None:
        raise NotVisible
    if request.method == "POST":
        answer = request.POST.get("answer", "")
        her_answer(by=her.viewer, at=clock.now(), reached_id=reached_id, answer=answer)
        yes = _("Thank you. Your team brings you the form. Nothing is shared until you sign it.")
        messages.success(request, yes if answer == "YES" else _("Thank you. Nothing changes."))
        return redirect("portal:home")
    return render(request, "portal/more.html", {"ask": found})
