"""The short page on which she says what is in her way. Nothing of it leads back to her."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careloom.barriers.actions import take_in
from careloom.barriers.queries import told_to_families
from careloom.infra import clock
from careloom.portal.door import hers
from careloom.portal.in_the_way import InTheWayForm

# A form is taken once. Its key lives in her session alone and is gone when it was used: no row anywhere keeps it.
KEY = "in_the_way"


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def in_the_way(request: HttpRequest) -> HttpResponse:
    """Say what is in her way, and read what changed because families said so."""
    if request.method == "POST":
        form = InTheWayForm(request.POST)
        if form.is_valid():
            if request.session.pop(KEY, "") == form.cleaned_data["key"]:
                take_in(month=clock.today(), **form.told)
            messages.success(request, _("Thank you. It went in without your name."))
            return redirect("portal:in_the_way")
    else:
        request.session[KEY] = str(uuid4())
        form = InTheWayForm(initial={"key": request.session[KEY]})
    spanish = (get_language() or "en").startswith("es")
    answers = [row.plain_es if spanish else row.plain for row in told_to_families()]
    return render(request, "portal/in_the_way.html", {"form": form, "answers": answers}, status=422 if form.errors else 200)
