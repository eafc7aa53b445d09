"""The worker's own page: name, language, PIN, this browser, and the way to her sessions and second step."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from careloom.agencies import actions, lock, pins, words
from careloom.agencies.forms import PinForm, ProfileForm
from careloom.agencies.gate import before_set_up, comes_first
from careloom.agencies.models import Worker
from careloom.agencies.roles import Permission, Role
from careloom.agencies.views.session import safe_next
from careloom.infra import clock
from careloom.infra.access import NotVisible, PrincipalKind, Viewer, acting_as


@comes_first
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """What a worker says about herself, and the doors to her sign-in."""
    worker = _worker(request)
    start = {"name": worker.name, "phone": worker.phone, "language": worker.language}
    form = ProfileForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        actions.change_profile(worker_id=worker.pk, by=request.viewer, at=clock.now(), **form.cleaned_data)
        language = form.cleaned_data["language"]
        translation.activate(language)
        messages.success(request, _("Saved."))
        response = redirect("agencies:me")
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
        return response
    roles = [words.ROLES[Role(code)] for code in request.membership.roles]
    shared = lock.is_shared(request)
    return render(request, "agencies/me.html", {"form": form, "roles": roles, "shared": shared, "has_pin": bool(worker.pin_hash)})


@before_set_up
@require_http_methods(["GET", "HEAD", "POST"])
def pin(request: HttpRequest) -> HttpResponse:
    """Set or change the PIN. A wrong old PIN counts like one under the lock."""
    worker = _worker(request)
    form = PinForm(request.POST or None, has_pin=bool(worker.pin_hash))
    if request.method == "POST" and form.is_valid():
        if worker.pin_hash and not pins.opens(form.cleaned_data["current"], worker.pin_hash):
            if lock.wrong_pin(request) == 0:
                lock.lock(request)
                return redirect("agencies:unlock")
            form.add_error("current", _("That is not your PIN. Type it again."))
        else:
            viewer = _herself(request, worker)
            with acting_as(viewer):
                actions.set_pin(worker_id=worker.pk, pin=form.cleaned_data["pin"], by=viewer, at=clock.now())
            lock.unlock(request, at=clock.now())
            messages.success(request, _("Your PIN is set. It opens this screen after a pause."))
            return redirect("agencies:me") if request.membership else redirect(safe_next(request))
    return render(request, "agencies/pin.html", {"form": form, "next": safe_next(request)})


@require_POST
def workstation(request: HttpRequest) -> HttpResponse:
    """Mark this browser as a shared workstation, which anybody may; only an administrator takes the mark away."""
    wants = request.POST.get("shared") == "yes"
    if not wants and not request.viewer.can(Permission.AGENCY_ADMIN):
        messages.error(request, _("Only an administrator of this agency can make this your own computer again. Ask one of them."))
        return redirect("agencies:me")
    response = redirect("agencies:me")
    lock.mark_shared(response, shared=wants)
    messages.success(request, _("This screen now locks after 5 minutes.") if wants else _("This screen now locks after 15 minutes."))
    return response


def _worker(request: HttpRequest) -> Worker:
    worker: Worker | None = request.standing.worker
    if worker is None:
        raise NotVisible
    return worker


def _herself(request: HttpRequest, worker: Worker) -> Viewer:
    """Her viewer in the agency, or before she has chosen one a viewer that stands for the worker only and sees nothing."""
    if request.viewer is not None:
        return request.viewer
    return Viewer(principal_id=worker.pk, kind=PrincipalKind.AGENCY, purpose="account", worker_id=worker.pk)
