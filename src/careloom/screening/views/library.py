"""The forms that an agency may fill, whose words they are, and how it brings in one of its own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock, forms
from careloom.screening import actions, presenters
from careloom.screening.actions.own_forms import NotTaken
from careloom.screening.forms import BringInForm


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.AGENCY_ADMIN)
def library(request: HttpRequest) -> HttpResponse:
    """All forms in use with their licences, what is wrong with files that cannot be used, and a place for a file."""
    own, spoken = agency_of(request), get_language() or "en"
    form, problems = BringInForm(request.POST or None, request.FILES or None), []
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["paper"]
        done = actions.bring_in(by=viewer_of(request), at=clock.now(), agency=own, content=sent.read(), name=sent.name[:80])
        if not isinstance(done, NotTaken):
            messages.success(request, _("%(title)s, version %(version)s, can be filled now.") % {"title": done.title.plain, "version": done.version})
            return redirect("screening:library")
        problems = list(done.problems)
    found = forms.found(pack=own.pack, of=str(own.pk))
    in_use = forms.definitions(pack=own.pack, on=clock.today(own.zone), of=str(own.pk))
    rows = [(one, one.title.said(spoken), presenters.LICENCES[one.licence], ", ".join(one.languages)) for one in in_use]
    context = {"rows": rows, "broken": found.problems, "form": form, "problems": problems}
    return render(request, "screening/library.html", context, status=422 if problems or form.errors else 200)
