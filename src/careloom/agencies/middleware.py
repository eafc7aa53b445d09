"""Turns the signed-in worker and her chosen agency into the request's viewer, and runs the view in its scope."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from careloom.agencies import queries
from careloom.infra import clock
from careloom.infra.access import NotVisible, acting_as

Respond = Callable[[HttpRequest], HttpResponse]


class WorkerMiddleware:
    """Sets `request.viewer` and `request.membership` and wraps the view in `acting_as`."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        membership = None
        if request.user.is_authenticated:
            membership = queries.acting_membership(user_id=request.user.pk, agency_id=request.session.get("agency_id"), at=clock.now())
        request.membership = membership  # type: ignore[attr-defined]
        request.viewer = queries.viewer_of(membership) if membership else None  # type: ignore[attr-defined]
        with acting_as(request.viewer):  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotVisible):
            return None
        from careloom.infra.ui.views import not_found

        return not_found(request)
