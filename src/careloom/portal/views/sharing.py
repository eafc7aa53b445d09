"""Who can see her information: stop sharing, who looked, and the people she lets see her plan."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.consents.signing import stop_form
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.portal import actions, presenters, words
from careloom.portal.door import hers
from careloom.portal.forms import Keyed, SupporterForm
from careloom.portal.knowing import who_knows
from careloom.portal.sharing import Sharing, all_forms, seen_under, shared_now, who_looked
from careloom.portal.views.hers import her_of


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """A calm page that says what changes and what cannot come back, with two equal buttons; a yes takes effect at once."""
    her = her_of(request)
    shared = _shared(request, consent_id)
    if request.method == "POST":
        stop_form(by=her.viewer, at=clock.now(), consent_id=consent_id, how="PORTAL")
        waits = _("We wrote it down. It ends when the case is decided.")
        messages.success(request, waits if shared.waits else _("Sharing has stopped. It took effect right away."))
        return redirect("portal:home")
    seen = [(name, presenters.short_day(presenters.local(at).date())) for name, at in seen_under(viewer=her.viewer, consent_id=consent_id)]
    context = {"row": shared, "what": words.information_words(shared.information), "seen": seen[:8]}
    return render(request, "portal/stop.html", context)


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """She shares the same again for 90 days: a new yes of hers, never one that goes on by itself."""
    her = her_of(request)
    shared = _shared(request, consent_id)
    if not shared.hers:
        raise NotVisible
    form = Keyed(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.share_again(her=her, at=clock.now(), consent_id=consent_id, request_key=form.cleaned_data["request_key"])
        messages.success(request, _("Done. You can stop it on your page."))
        return redirect("portal:home")
    context = {"row": shared, "what": words.information_words(shared.information), "form": form}
    return render(request, "portal/renew.html", context)


@hers
@require_safe
def forms(request: HttpRequest) -> HttpResponse:
    """Everything that she ever shared, with what became of it, newest first."""
    her = her_of(request)
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and 0 < int(asked) < 10_000 else 1
    rows, has_more = all_forms(viewer=her.viewer, identity_id=her.identity_id, page=number)
    told = [presenters.form_line(row) for row in rows]
    return render(request, "portal/forms.html", {"rows": told, "before": number - 1, "after": number + 1, "has_more": has_more})


def _shared(request: HttpRequest, consent_id: UUID) -> Sharing:
    her = her_of(request)
    found = next((row for row in shared_now(viewer=her.viewer, identity_id=her.identity_id) if row.consent_id == consent_id), None)
    if found is None:
        raise NotVisible
    return found


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
@require_safe
def knows(request: HttpRequest) -> HttpResponse:
    """Who knows what about her and since when, with the ways to stop it (R-108)."""
    return render(request, "portal/knows.html", {"rows": who_knows(her=her_of(request), at=clock.now())})


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
