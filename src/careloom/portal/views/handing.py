"""The handout: her page, the sheet to print, and the worker's page where it is given and recorded (R-156)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.models import Worker
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import viewer_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.ui.paging import some
from careloom.messages.contact import ways_for
from careloom.people.queries import names_of
from careloom.portal import actions
from careloom.portal.actions import Given
from careloom.portal.door import hers
from careloom.portal.forms import LANGUAGES, HandoutForm
from careloom.portal.models import HandoutGiven
from careloom.portal.pages import name_of
from careloom.portal.views.hers import her_of

NOT_SENT = {
    "NOT_ALLOWED": gettext_lazy("She gets no text messages. Give it to her another way."),
    "OUTSIDE_HOURS": gettext_lazy("This is outside the hours in which she may be reached. Give it to her another way, or later."),
    "NO_ADDRESS": gettext_lazy("There is no number to send it to. Give it to her another way."),
}


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def handout(request: HttpRequest) -> HttpResponse:
    """What her team can do for her, to read or to hear; she may say that she read it."""
    her = her_of(request)
    if request.method == "POST":
        actions.read_handout(by=her.viewer, at=clock.now(), identity_id=her.identity_id)
        messages.success(request, _("Thank you. Your team knows that you read this."))
        return redirect("portal:handout")
    rows = list(HandoutGiven.objects.seen_by(her.viewer).filter(identity_id=her.identity_id)[:20])
    account(viewer=her.viewer, place="my:handout", rows=rows, at=clock.now())
    return render(request, "portal/handout.html", {"waits": any(row.read_at is None for row in rows), "given": bool(rows)})


@require_safe
@needs(Permission.PLAN_WRITE)
def printed(request: HttpRequest) -> HttpResponse:
    """The sheet in one language, large and without any name."""
    language = request.GET.get("language", "en")
    with translation.override(language if language in dict(LANGUAGES) else "en"):
        return render(request, "portal/handout_print.html", {"LANGUAGE_CODE": translation.get_language()})


@needs(Permission.PLAN_WRITE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, mother_id: UUID) -> HttpResponse:
    """Give her the handout and record it: by whom, when, in which language, how. Below stands what was given before."""
    viewer = viewer_of(request)
    mother = names_of(viewer=viewer, identity_ids=[mother_id]).get(mother_id)
    if mother is None or mother.role != "MOTHER":
        raise NotVisible
    found = some(HandoutGiven.objects.seen_by(viewer).filter(identity_id=mother_id).order_by("-given_at", "pk"), page=1)
    account(viewer=viewer, place="portal:handout", rows=[mother, *found.rows], at=clock.now())  # type: ignore[list-item]
    ways = ways_for(viewer=viewer, identity_id=mother_id)
    form = HandoutForm(request.POST or None, initial={"language": mother.language, "how": "PAPER"})
    if request.method == "POST" and form.is_valid():
        done = actions.give_handout(by=viewer, at=clock.now(), identity_id=mother_id, **form.cleaned_data)
        if isinstance(done, Given) and not done.not_sent:
            messages.success(request, _("Recorded: she has the handout."))
            return redirect("portal:handout_give", mother_id=mother_id)
        if isinstance(done, Given):
            form.add_error("how", str(NOT_SENT[done.not_sent]))
    context: dict[str, Any] = {
        "mother": mother, "name": name_of(mother), "form": form, "ways": ways, "rows": _lines(found.rows), "languages": LANGUAGES,
    }  # fmt: skip
    return render(request, "portal/handout_give.html", context, status=422 if form.errors else 200)


def _lines(rows: tuple[Any, ...]) -> list[tuple[str, HandoutGiven, str]]:
    names = dict(Worker.objects.filter(pk__in={row.worker_id for row in rows if row.worker_id}).values_list("pk", "name"))
    hows = {"PAPER": _("On paper"), "SHOWN": _("Read with her"), "TEXT": _("By text message")}
    return [(names.get(row.worker_id, _("Somebody")), row, hows.get(row.how, "")) for row in rows]
