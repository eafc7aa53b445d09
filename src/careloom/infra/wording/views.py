"""The suggestions under one field, while the worker writes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from careloom.infra.wording.asking import shown
from careloom.infra.wording.suggesting import suggest


@require_POST
def words(request: HttpRequest) -> HttpResponse:
    """What could be said better in the one text that was sent. It is read and forgotten: nothing is stored and nothing logged."""
    sent = [(name, text) for name, text in request.POST.items() if name != "csrfmiddlewaretoken"][:1]
    text = sent[0][1] if sent else ""
    return render(request, "wording/under.html", {"lines": shown(suggest(text, get_language() or "en"))})
