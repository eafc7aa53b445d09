"""Coming in and leaving: the link, the PIN, the quick exit, and the practice county's own door."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careloom.agencies.gate import public
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.ui.context import page
from careloom.people.queries import names_of
from careloom.portal import actions, door
from careloom.portal.actions import PinAnswer
from careloom.portal.forms import NewPinForm, PinForm
from careloom.portal.models import PortalPerson
from careloom.portal.pages import name_of

MOST_PRACTICE = 40


@public("the single-use link opens with its token only; the page is the same for every token")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button, so that a preview of the message does not use the link up."""
    if request.method != "POST":
        return render(request, "portal/link.html")
    at = clock.now()
    door.end(request)
    person_id = actions.open_link(token=token, at=at)
    if person_id is not None:
        door.wait_for_pin(request, person_id=person_id, at=at)
    return redirect("portal:sign_in")


@public("where the PIN is typed; without a link or a known phone it shows one neutral page")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The PIN of whoever came by a link or on a known phone. Everybody else, and whoever is locked, gets the same neutral page."""
    at = clock.now()
    her = door.waiting(request, at=at)
    if her is None or her.door.locked_at is not None:
        return render(request, "portal/closed.html")
    door.speak(request, language=her.person.language)
    form_of = PinForm if her.door.pin_hash else NewPinForm
    form = form_of(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer, left = _try(her, pin=form.cleaned_data["pin"])
        if answer is PinAnswer.OPEN:
            return _enter(request, her)
        if answer is PinAnswer.LOCKED:
            door.end(request)
            return redirect("portal:sign_in")
        form.add_error("pin", _wrong(answer, left))
    return render(request, "portal/pin.html", {"form": form, "first": not her.door.pin_hash})


def _try(her: door.Her, *, pin: str) -> tuple[PinAnswer, int]:
    at = clock.now()
    return actions.enter_pin(her=her, pin=pin, at=at) if her.door.pin_hash else (actions.set_pin(her=her, pin=pin, at=at), 0)


def _wrong(answer: PinAnswer, left: int) -> str:
    if answer is PinAnswer.WEAK:
        return _("Others could guess this PIN. Pick six other numbers.")
    return ngettext("That is not your PIN. You have %(n)d more try.", "That is not your PIN. You have %(n)d more tries.", left) % {"n": left}


def _enter(request: HttpRequest, her: door.Her) -> HttpResponse:
    at, mark = clock.now(), door.phone_of(request)
    door.begin(request, her=her, at=at)
    actions.know_phone(her=her, mark=mark, at=at)
    response = redirect("portal:home")
    door.mark_phone(response, mark=mark)
    return response


@public("leaves fast: ends her session, then a neutral page of another site")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Ends the session. The script has already put another page in place; without it this leads there."""
    door.end(request)
    return HttpResponse(status=204) if request.method == "POST" else redirect(page(request)["exit_to"])


@door.hers_and_supporters
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; with `delete` this phone is forgotten too."""
    forget = bool(request.POST.get("delete"))
    if forget:
        actions.delete_phone(her=request.her, at=clock.now())  # type: ignore[attr-defined]
    door.end(request)
    response = render(request, "portal/signed_out.html", {"forgot": forget})
    if forget:
        door.forget_phone(response)
    return response


@public("the practice county's own door; there is no such page in a live world")
@never_cache
@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    """The practice mothers with a page of their own, one button each."""
    _practice_only()
    with acting_as(system(System.SIGN_IN)):
        people = list(PortalPerson.objects.filter(ended_at=None).order_by("invited_at", "id")[:MOST_PRACTICE])
    return render(request, "portal/demo.html", {"people": [(p.pk, _practice_name(p), p.language) for p in people]})


@public("the practice county's own door; there is no such page in a live world")
@require_POST
def demo_enter(request: HttpRequest) -> HttpResponse:
    """Open the pages of one practice mother."""
    _practice_only()
    with acting_as(system(System.SIGN_IN)):
        person = next((p for p in PortalPerson.objects.filter(ended_at=None) if str(p.pk) == request.POST.get("person")), None)
    her = door.her_of(person_id=person.pk) if person else None
    if her is None:
        raise Http404
    door.begin(request, her=her, at=clock.now())
    return redirect("portal:home")


def _practice_name(person: PortalPerson) -> str:
    her = door.her_of(person_id=person.pk)
    if her is None:
        return ""
    with acting_as(her.viewer):
        found = names_of(viewer=her.viewer, identity_ids=her.subject_ids)
    name = name_of(found.get(her.identity_id) or next(iter(found.values()), None))
    return _("Supporter of %(name)s") % {"name": name} if her.is_supporter else name


def _practice_only() -> None:
    # INVARIANT: nobody enters without a PIN in a live world, nor from another machine.
    if settings.CARELOOM_WORLD != "demo" or not settings.ENVIRONMENT.is_local:
        raise Http404
