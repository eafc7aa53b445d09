"""What she is asked, when, what is done with her answers and what never happens: she reads it before anybody asks (R-135)."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careloom.infra import clock
from careloom.infra.access.accounting import account
from careloom.portal import presenters
from careloom.portal.door import hers
from careloom.portal.views.hers import her_of
from careloom.screening.actions import note_read
from careloom.screening.protocol import protocol
from careloom.screening.queries import shown_to


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest) -> HttpResponse:
    """The county's protocol in her language, and a button to say that she has read it."""
    her, at = her_of(request), clock.now()
    told = protocol(pack=settings.CARELOOM_PACK, language=get_language() or "en")
    if request.method == "POST":
        note_read(by=her.viewer, at=at, identity_id=her.identity_id, told=told)
        messages.success(request, _("Thank you. Your team knows that you read this."))
        return redirect("portal:asked")
    seen = shown_to(viewer=her.viewer, identity_id=her.identity_id, version=told.version)
    account(viewer=her.viewer, place="my:asked", rows=[seen] if seen else [], at=at)
    context = {"told": told, "read": presenters.short_day(presenters.local(seen.at).date()) if seen else ""}
    return render(request, "portal/asked.html", context)
