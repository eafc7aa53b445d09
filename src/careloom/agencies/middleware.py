"""Turns the signed-in worker and her chosen agency into the request's viewer, and runs the view in its scope."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from careloom.agencies import lock, queries, reasons
from careloom.agencies.gate import nameless, shut_to
from careloom.infra import clock
from careloom.infra.access import NotVisible, Viewer, acting_as
from careloom.infra.access.accounting import account_miss
from careloom.infra.ui.context import SignedIn
from careloom.infra.ui.views import not_found

Respond = Callable[[HttpRequest], HttpResponse]


class WorkerMiddleware:
    """Sets `request.viewer`, `membership`, `standing`, `lock_state` and `signed_in`, and wraps the view in `acting_as`.

    The membership is read at each request, so its end takes effect at the next one. Under the lock nobody is in scope.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        standing, state = queries.NOBODY, lock.State.OPEN
        if request.path in nameless():
            request.user = AnonymousUser()
        if request.user.is_authenticated:
            at = clock.now()
            standing = queries.standing(request=request, at=at)
            state = lock.look(request, at=at, has_pin=bool(standing.worker and standing.worker.pin_hash))
        if state is lock.State.ENDED:
            logout(request)
            messages.info(request, _("You were signed out because this screen was not used for a while or your day was over. Sign in again."))
            standing, state = queries.NOBODY, lock.State.OPEN
        membership = standing.membership if state is lock.State.OPEN else None
        viewer, reason = reasons.reading(queries.viewer_of(membership), session=request.session) if membership else (None, None)
        for name, value in {
            "standing": standing, "lock_state": state, "membership": membership, "viewer": viewer, "reason": reason,
            "signed_in": _shown(standing, viewer, reason),
        }.items():  # fmt: skip
            setattr(request, name, value)
        _speak(request, standing)
        with acting_as(viewer):
            response = self.get_response(request)
        # A page may hold a family: neither the browser's back button nor a proxy shows it to the next one at this screen.
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Hidden, forbidden and absent are one answer. The miss is logged here because the view's own transaction was rolled back."""
        if not isinstance(exception, NotVisible | Http404 | PermissionDenied):
            return None
        viewer = getattr(request, "viewer", None)
        if viewer is not None:
            place = (request.resolver_match.view_name or "unnamed")[:60] if request.resolver_match else "unnamed"
            with transaction.atomic(), acting_as(viewer):
                account_miss(viewer=viewer, place=place, at=clock.now())
        return not_found(request)


def _shown(standing: queries.Standing, viewer: Viewer | None, reason: reasons.Reason | None) -> SignedIn | None:
    if standing.worker is None:
        return None
    unit = standing.membership.agency.short_name if standing.membership else ""
    shut = shut_to(viewer.permissions) if viewer else frozenset()
    return SignedIn(
        name=standing.worker.name, unit=unit, can_switch=standing.count > 1, has_pin=bool(standing.worker.pin_hash), shut=shut,
        reason="" if reason is None or reason.is_usual else reason.words,
    )  # fmt: skip


def _speak(request: HttpRequest, standing: queries.Standing) -> None:
    """Use the worker's own language unless this browser was told another."""
    if standing.worker and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(standing.worker.language)
        request.LANGUAGE_CODE = translation.get_language()
