"""Stands before everything else: answers the health addresses, numbers each request, and tells of it when it is over."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse, JsonResponse

from careloom.infra.watching import numbers, telemetry
from careloom.infra.watching.health import Watch

LIVE, READY = "/health/live", "/health/ready"
HEADER = "X-Request-ID"  # of what broke only: any other answer is the same for everybody whom it tells the same
SERVER_ERROR = 500
log = logging.getLogger("careloom.request")
Answer = Callable[[HttpRequest], HttpResponse]


class WatchMiddleware:
    """Before the check of host names and sessions, so that a load balancer may ask a machine by its number and costs no session."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response, self.watch = get_response, Watch()
        got_request_exception.connect(tell_error, dispatch_uid="careloom.watching")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in (LIVE, READY):
            return self._health(request)
        began, number = time.perf_counter(), numbers.begin()
        try:
            response = self.get_response(request)
            if response.status_code >= SERVER_ERROR:
                response[HEADER] = number
            telemetry.request_over(route=route_of(request), method=method_of(request), status=response.status_code, began=began)
            return response
        finally:
            numbers.end()

    def _health(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        if request.path == LIVE:
            answer: HttpResponse = JsonResponse({"alive": True})
        else:
            health = self.watch.look()
            answer = JsonResponse({"ready": health.is_ready, **health.parts}, status=200 if health.is_ready else 503)
        answer["Cache-Control"] = "no-store"
        return answer


def route_of(request: HttpRequest) -> str:
    """The pattern of the address, which holds no id; "" where no page has it."""
    match = getattr(request, "resolver_match", None)
    return str(match.route) if match is not None else ""


def method_of(request: HttpRequest) -> str:
    """The method, or "_OTHER" for one that anybody may have made up."""
    return request.method if request.method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS") else "_OTHER"


def tell_error(sender: object, request: HttpRequest, **_signal: object) -> None:
    """Write that a request broke: its number, method and pattern; the log's formatter adds the kind and the place of the error."""
    log.error("%s %s broke on %s", numbers.current() or "-", method_of(request), route_of(request) or "no page", exc_info=True)
    telemetry.request_broke()
