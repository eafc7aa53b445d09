"""Her card, and the worker's page where its code is typed."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urlencode
from uuid import UUID

import qrcode
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from qrcode.image.svg import SvgPathImage

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.people.queries import records_of
from careloom.plans.models import CareTeamMember
from careloom.plans.queries import plans_of
from careloom.portal import actions, presenters
from careloom.portal.actions import NoCard
from careloom.portal.door import hers
from careloom.portal.forms import CardCodeForm, CardForm
from careloom.portal.views.hers import her_of


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """What her card says, her ticks, and after "Show my code" the code with its picture."""
    form = CardForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        ticks = form.cleaned_data["ticks"]
        made = actions.make_card(
            by=her_of(request).viewer, at=clock.now(), person_id=her_of(request).person.pk,
            shares_program="PROGRAM" in ticks, shares_plan="PLAN" in ticks,
        )  # fmt: skip
        shown = f"{made.code[:4]} {made.code[4:]}"
        context = {"code": shown, "picture": qr_picture(made.code), "until": presenters.hour_words(made.until), "ticks": ticks}
        return render(request, "portal/card_code.html", context)
    return render(request, "portal/card.html", {"form": form})


def qr_picture(text: str) -> SafeString:
    """The code as a drawing, white behind, with its words for readers beside it."""
    image = qrcode.make(text, image_factory=SvgPathImage, border=4, box_size=20)
    stream = BytesIO()
    image.save(stream)
    svg = stream.getvalue().decode()
    return mark_safe(svg[svg.index("<svg") :].replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


@needs(Permission.PLAN_WRITE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def use(request: HttpRequest) -> HttpResponse:
    """A worker types the code for her agency's own record of the mother. A code that opens nothing always gets the same answer."""
    viewer = request.viewer  # type: ignore[attr-defined]
    mother = _uuid(request.GET.get("mother", ""))
    own = [r for r in records_of(viewer=viewer, identity_ids=[mother]) if r.holder_id == viewer.holder_id and r.role == "MOTHER"]
    if not own:
        raise NotVisible
    account(viewer=viewer, place="portal:card_use", rows=own, at=clock.now())
    form = CardCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        used = actions.use_card(by=viewer, at=clock.now(), identity_id=mother, code=form.cleaned_data["code"])
        if not isinstance(used, NoCard):
            asked = {"mother": str(used.identity_id)} | ({"birth": birth} if (birth := _birth(request)) else {})
            return redirect(f"{reverse('portal:card_used')}?{urlencode(asked)}")
        form.add_error("code", _("This code opens nothing. Ask her to make a new one; a code works once, for ten minutes."))
    return render(request, "portal/card_use.html", {"form": form, "person": own[0]})


@needs(Permission.PLAN_WRITE)
@never_cache
@require_http_methods(["GET", "HEAD"])
def used(request: HttpRequest) -> HttpResponse:
    """What the card says to this agency: a family care plan, the care team line, and what she ticked."""
    viewer = request.viewer  # type: ignore[attr-defined]
    mother = _uuid(request.GET.get("mother", ""))
    own = [r for r in records_of(viewer=viewer, identity_ids=[mother]) if r.holder_id == viewer.holder_id]
    if not own:
        raise NotVisible
    plans = plans_of(viewer=viewer, identity_ids=[mother])
    team = [m for m in CareTeamMember.objects.seen_by(viewer).filter(identity_id=mother, ends_at=None) if m.holder_id != viewer.holder_id]
    account(viewer=viewer, place="portal:card_used", rows=[*own, *plans, *team], at=clock.now())
    context = {"person": own[0], "plan_url": f"/plans/{plans[0].pk}/" if plans else "", "team": team, "birth": _birth(request)}
    return render(request, "portal/card_used.html", context)


def _birth(request: HttpRequest) -> str:
    """The notification from which the worker came, to lead back to it; empty where she came from elsewhere."""
    try:
        return str(UUID(request.GET.get("birth", "")))
    except ValueError:
        return ""


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotVisible from None
