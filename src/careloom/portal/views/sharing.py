"""Who can see her information: stop sharing, who looked, and the people she lets see her plan."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.consents.actions import revoke_consent
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.portal import actions, presenters, words
from careloom.portal.door import hers
from careloom.portal.forms import SupporterForm
from careloom.portal.sharing import shared_now, who_looked
from careloom.portal.views.hers import her_of


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """A calm page that says what changes, with two equal buttons; a yes takes effect at once."""
    her = her_of(request)
    shared = next((row for row in shared_now(viewer=her.viewer, identity_id=her.identity_id) if row.consent_id == consent_id), None)
    if shared is None:
        raise NotVisible
    if request.method == "POST":
        revoke_consent(by=her.viewer, at=clock.now(), consent_id=consent_id, how="PORTAL")
        messages.success(request, _("Sharing has stopped. It took effect right away."))
        return redirect("portal:home")
    context = {"row": shared, "what": words.information_words(shared.information)}
    return render(request, "portal/stop.html", context)


@hers
@require_safe
def looked(request: HttpRequest) -> HttpResponse:
    """Who looked and when, newest first."""
    her = her_of(request)
    asked = request.GET.get("page", "1")
    page = who_looked(viewer=her.viewer, identity_ids=her.subject_ids, page=int(asked) if asked.isdecimal() and 0 < int(asked) < 10_000 else 1)
    rows = [(look.name, presenters.day_words(presenters.local(look.at).date()), presenters.hour_words(look.at)) for look in page.rows]
    return render(request, "portal/looked.html", {"rows": rows, "looks": page, "before": page.page - 1, "after": page.page + 1})


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def supporters(request: HttpRequest) -> HttpResponse:
    """Let somebody of her own see her plan."""
    her = her_of(request)
    form = SupporterForm(request.POST or None, initial={"language": her.person.language})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.let_supporter_see(
            her=her, at=clock.now(), name=data["name"], phone=data["phone"], language=data["language"],
            shares_program="PROGRAM" in data["also"], request_key=data["request_key"],
        )  # fmt: skip
        messages.success(request, _("Done. We sent a link. You can stop it on your page."))
        return redirect("portal:home")
    return render(request, "portal/supporters.html", {"form": form})
