"""Who may reach a view at all. Everything needs a signed-in worker in an agency, unless the view is marked.

How to mark a view (function or `SomeView.as_view()`):

    @needs(Permission.PLAN_WRITE)             a worker without it gets the same 404 page as for what does not exist
    @needs(Permission.FAMILY_READ, Permission.NOTIFY)          every one of them
    @public("a partner answers with a one-time link")          nobody needs to be signed in; the reason is printed by the sweep test
    @own_door("portal:sign_in")               the view has its own sign-in and itself sends strangers to that address
    @without_agency                           a signed-in worker who has not chosen an agency yet may open it too
    @comes_first                              it opens also before what her agency asks first is done (code of conduct, trainings)

Marks survive other decorators that use `functools.wraps`, so their order does not matter. In the view `request.viewer` is the viewer and its
scope is set. To answer "not for you" or "not there", raise `access.NotVisible`: `WorkerMiddleware` logs the miss and shows the one 404 page.
Do not write that log row yourself: the view's transaction is rolled back when it raises.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.urls import resolve, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from careloom.agencies import firsts, lock
from careloom.agencies.roles import Permission
from careloom.infra.access import NotVisible
from careloom.infra.ui.context import PLACES, links

View = Callable[..., HttpResponse]


class Door(StrEnum):
    """What a request must bring to reach a view."""

    PUBLIC = "PUBLIC"  # nothing
    OWN = "OWN"  # the view's own sign-in
    LOCKED = "LOCKED"  # a session, even when its screen is locked
    SET_UP = "SET_UP"  # an open session, also before the second factor and an agency
    NO_AGENCY = "NO_AGENCY"  # an open session with a second factor
    FIRST = "FIRST"  # a worker who acts in an agency, also before she has done what comes first there
    WORKER = "WORKER"  # a worker who acts in an agency and has done that: the default
    CLOSED = "CLOSED"  # nobody


# Views of other packages, and of the domain-blind look, which cannot import this module: address name -> why nobody needs to be signed in.
PUBLIC_NAMES = {
    "account_login": "the sign-in page",
    "account_logout": "signs out, and sends those who are signed out to the sign-in page",
    "account_inactive": "says that a sign-in was closed",
    "account_signup": "says that sign-up is closed",
    "account_reset_password": "asks for a new password; the answer is the same for every address",
    "account_reset_password_done": "says that a letter may be on its way",
    "account_reset_password_from_key": "opens with the one-time link only",
    "account_reset_password_from_key_done": "says that the password was set",
    "mfa_authenticate": "the second step of signing in",
    "mfa_login_webauthn": "signing in with a passkey",
    "openid_connect_login": "leads to the provider's sign-in",
    "openid_connect_callback": "comes back from the provider's sign-in",
    "socialaccount_login_cancelled": "says that the provider's sign-in was left",
    "socialaccount_login_error": "says that the provider's sign-in did not work",
    "socialaccount_signup": "says that sign-up is closed",
    "set_language": "changes the language of the pages",
    "offline": "what a tablet shows without a connection; holds nothing",
    "page_worker": "a script that shows that page; holds nothing",
    "accessibility": "what was checked; holds nothing",
    "help": "how to reach a person; holds nothing",
    "about": "what is new, and the licences; holds nothing",
    "gallery": "the parts of the look, in a practice world only",
}
# Where nobody is anybody: who happens to be signed in is not looked up, and her session is neither read nor written.
NAMELESS_NAMES = frozenset({"commons:survey_answer"})
# The address of a sign-in is changed by the agency only: who signs in through OpenID Connect is known by it.
CLOSED_NAMES = frozenset({"account_email", "account_confirm_email", "account_email_verification_sent"})
# What every form of a worker asks while she types; holds no family.
FIRST_NAMES = frozenset({"words"})
_ALLAUTH = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_connect_")


def public(reason: str) -> Callable[[View], View]:
    """Mark a view that nobody needs to be signed in for; `reason` says why that is right."""
    return _mark(door=Door.PUBLIC, reason=reason)


@lru_cache(maxsize=1)
def nameless() -> frozenset[str]:
    """The paths at which nobody is signed in, whatever the browser brings (decision 0012)."""
    return frozenset(reverse(name) for name in NAMELESS_NAMES)


def own_door(sign_in: str) -> Callable[[View], View]:
    """Mark a view that checks its own kind of session and sends strangers to the address named `sign_in`."""
    return _mark(door=Door.OWN, sign_in=sign_in)


def without_agency(view: View) -> View:
    """Mark a view that a signed-in worker may open before she has chosen an agency."""
    return _mark(door=Door.NO_AGENCY)(view)


def comes_first(view: View) -> View:
    """Mark a view that a worker needs in order to do what comes first, or to put it right for others."""
    return _mark(door=Door.FIRST)(view)


def before_set_up(view: View) -> View:
    """Mark a view that is part of setting up a sign-in: it opens before there is a second factor or an agency."""
    return _mark(door=Door.SET_UP)(view)


def under_lock(view: View) -> View:
    """Mark a view that opens while the screen is locked."""
    return _mark(door=Door.LOCKED)(view)


def needs(*permissions: Permission) -> Callable[[View], View]:
    """Let only workers reach the view whose roles in this agency give every one of `permissions`.

    For the others the view is not there: the 404 page, byte for byte, and a miss in the access log.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            viewer = getattr(request, "viewer", None)
            if viewer is None or not all(viewer.can(permission) for permission in permissions):
                raise NotVisible
            return view(request, *args, **kwargs)

        guarded.careloom_needs = frozenset(permissions) | getattr(view, "careloom_needs", frozenset())  # type: ignore[attr-defined]
        return guarded

    return decorate


@lru_cache(maxsize=256)
def shut_to(permissions: frozenset[str]) -> frozenset[str]:
    """Those addresses of the bar whose views want a permission that is not among `permissions`: the bar leaves them out."""
    asked = {to for to in (*(place.url for place in PLACES), *links().values()) if to}
    return frozenset(to for to in asked if not getattr(resolve(to).func, "careloom_needs", frozenset()) <= permissions)


def door_of(*, view: View, name: str) -> Door:
    """What a request must bring to reach `view`, whose address is called `name` (with its namespace)."""
    marked = getattr(view, "careloom_door", None)
    if marked is not None:
        return Door(marked)
    if name in PUBLIC_NAMES:
        return Door.PUBLIC
    if name in CLOSED_NAMES:
        return Door.CLOSED
    if name in FIRST_NAMES:
        return Door.FIRST
    return Door.SET_UP if name.startswith(_ALLAUTH) else Door.WORKER


def _mark(*, door: Door, **facts: str) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        view.careloom_door = door  # type: ignore[attr-defined]
        for key, value in facts.items():
            setattr(view, f"careloom_{key}", value)
        return view

    return decorate


class GateMiddleware:
    """Lets a request through to its view, or leads to what is missing: sign-in, PIN, second factor, agency. Stands after WorkerMiddleware."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        """Runs after the check of the form's token, so a form that is kept under the lock came from our own page."""
        match = request.resolver_match
        door = door_of(view=view, name=match.view_name or "" if match else "")
        if door in (Door.PUBLIC, Door.OWN):
            return None
        if not request.user.is_authenticated:
            return _lead(request, redirect_to_login(_return_to(request), resolve_url(settings.LOGIN_URL)).url, status=401)
        if door is Door.CLOSED:
            raise Http404
        return None if door is Door.LOCKED else _missing(request, door)


def _missing(request: HttpRequest, door: Door) -> HttpResponse | None:
    standing = request.standing  # type: ignore[attr-defined]
    if request.lock_state is lock.State.LOCKED:  # type: ignore[attr-defined]
        if request.method == "POST" and not _is_autosave(request):
            lock.keep(request)
        return _lead(request, f"{reverse('agencies:unlock')}?{urlencode({'next': _return_to(request)})}", status=423)
    if request.method == "POST":
        lock.sent_again(request)
    if door is Door.SET_UP:
        return None
    if standing.lacks_second_factor:
        messages.info(request, _("Set up a second step for signing in first. It takes about two minutes."))
        return _lead(request, reverse("mfa_activate_totp"), status=403)
    if standing.lacks_pin:
        messages.info(request, _("Set a PIN first. It opens your screen again after a pause."))
        return _lead(request, reverse("agencies:pin"), status=403)
    if standing.membership is None and door in (Door.FIRST, Door.WORKER):
        return _lead(request, f"{reverse('agencies:switch')}?{urlencode({'next': _return_to(request)})}", status=403)
    is_reading = request.method in ("GET", "HEAD")
    if door is Door.WORKER and not firsts.lets_through(standing.membership, session=request.session, is_reading=is_reading):
        return _lead(request, f"{reverse('conduct:mine')}?{urlencode({'next': _return_to(request)})}", status=403)
    return None


def _return_to(request: HttpRequest) -> str:
    """Where to go afterwards: this page, or for a form the page it stands on."""
    return request.get_full_path() if request.method in ("GET", "HEAD") else "/"


def _is_autosave(request: HttpRequest) -> bool:
    return request.headers.get("X-Autosave") == "1"


def _lead(request: HttpRequest, url: str, *, status: int) -> HttpResponse:
    # A draft that saves itself must not take the page it is led to for success: it stays on the device and tries again.
    if _is_autosave(request):
        return JsonResponse({"url": url}, status=status)
    return HttpResponseClientRedirect(url) if getattr(request, "htmx", False) else HttpResponseRedirect(url)
