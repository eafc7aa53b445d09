"""Choosing an agency, locking and opening the screen, the practice sign-in."""

from __future__ import annotations

from itertools import groupby

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careloom.agencies import lock, pins, queries, words
from careloom.agencies.forms import UnlockForm
from careloom.agencies.gate import before_set_up, public, under_lock, without_agency
from careloom.agencies.roles import Role
from careloom.infra import clock


def safe_next(request: HttpRequest) -> str:
    """Where to go next, if that is one of our own pages; else the first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()) else "/"


@without_agency
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: HttpRequest) -> HttpResponse:
    """Choose the agency to work for; nothing switches without this form."""
    mine = queries.memberships_of(user_id=request.user.pk, at=clock.now())
    if request.method == "POST":
        chosen = next((m for m in mine if str(m.agency_id) == request.POST.get("agency")), None)
        if chosen is None:
            messages.error(request, _("Choose one of the agencies on this page."))
            return redirect("agencies:switch")
        request.session["agency_id"] = str(chosen.agency_id)
        # An address of the other agency's work would only show the 404 page; the choice leads to the first page then.
        return redirect(safe_next(request) if request.membership is None else "/")
    if not mine:
        return render(request, "agencies/no_membership.html", {"ask": queries.administrators_of(user_id=request.user.pk)})
    return render(request, "agencies/switch.html", {"mine": mine, "next": safe_next(request)})


@under_lock
@require_http_methods(["GET", "HEAD", "POST"])
def lock_now(request: HttpRequest) -> HttpResponse:
    """Lock the screen; without a PIN lead to setting one."""
    if request.signed_in is None or not request.signed_in.has_pin:
        messages.info(request, _("Set a PIN first. It opens your screen again after a pause."))
        return redirect("agencies:pin")
    lock.lock(request)
    return redirect("agencies:unlock")


@under_lock
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """The page under the lock: the PIN opens it, five wrong ones sign out."""
    if request.lock_state is lock.State.OPEN:
        return redirect(safe_next(request))
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if pins.opens(form.cleaned_data["pin"], request.standing.worker.pin_hash):
            lock.unlock(request, at=clock.now())
            return redirect("agencies:kept") if lock.kept(request) else redirect(safe_next(request))
        left = lock.wrong_pin(request)
        if left == 0:
            logout(request)
            messages.error(request, _("That was the fifth wrong PIN, so you were signed out. Sign in again."))
            return redirect(settings.LOGIN_URL)
        form.add_error(
            "pin", ngettext("That is not your PIN. You have %(n)d more try.", "That is not your PIN. You have %(n)d more tries.", left) % {"n": left}
        )
    return render(request, "agencies/unlock.html", {"form": form, "next": safe_next(request)})


@before_set_up
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest) -> HttpResponse:
    """What somebody was sending when the screen locked, ready to be sent again or left."""
    found = lock.kept(request)
    if request.method == "POST":
        lock.forget(request)
        return redirect("/")
    return render(request, "agencies/kept.html", {"kept": found}) if found else redirect("/")


@public("says whom to ask when a provider's account belongs to nobody here")
@require_safe
def no_account(request: HttpRequest) -> HttpResponse:
    """The provider knows her, we do not."""
    return render(request, "agencies/no_account.html")


@public("the practice county's own sign-in; there is no such page in a live world")
@never_cache
@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    """Each role of the practice county with the people who have it, one button each."""
    _practice_only()
    members = queries.practice_members(at=clock.now())
    order = {role.value: number for number, role in enumerate(Role)}
    rows = sorted(members, key=lambda m: (order[m.roles[0]], m.agency.name, m.worker.name))
    groups = [(words.ROLES[Role(code)], words.ROLE_HINTS[Role(code)], list(found)) for code, found in groupby(rows, key=lambda m: m.roles[0])]
    return render(request, "agencies/demo.html", {"groups": groups})


@public("the practice county's own sign-in; there is no such page in a live world")
@require_POST
def demo_enter(request: HttpRequest) -> HttpResponse:
    """Sign in as one person of the practice county."""
    _practice_only()
    wanted = request.POST.get("member")
    member = next((m for m in queries.practice_members(at=clock.now()) if str(m.pk) == wanted), None)
    if member is None:
        raise Http404
    logout(request)
    login(request, member.worker.user, backend="django.contrib.auth.backends.ModelBackend")
    UserSession.objects.create_from_request(request)
    request.session["agency_id"] = str(member.agency_id)
    return redirect("/")


def _practice_only() -> None:
    # INVARIANT: nobody enters without a password in a live world, nor from another machine, nor as a worker who was not made for practice.
    if settings.CARELOOM_WORLD != "demo" or not settings.ENVIRONMENT.is_local:
        raise Http404
