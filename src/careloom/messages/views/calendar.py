"""A worker's own calendar over all her families, and the secret address under which a calendar program reads it."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs, public
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.messages import actions, presenters, queries
from careloom.messages.calendars import read_feed
from careloom.people.queries import names_of

WEEKS = timedelta(days=28)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ)
def mine(request: HttpRequest) -> HttpResponse:
    """The next four weeks, with what falls on one time whoever planned it; and her calendar's address, made or ended here."""
    viewer, at, zone = viewer_of(request), clock.now(), clock.zone(agency_of(request).zone)
    made = None
    if request.method == "POST" and request.POST.get("does") == "make":
        made = actions.make_feed(by=viewer, at=at, language=get_language() or "en")
    elif request.method == "POST":
        actions.end_feed(by=viewer, at=at)
    rows = queries.ahead_of(viewer=viewer, since=at - timedelta(hours=1), until=at + WEEKS)
    people = names_of(viewer=viewer, identity_ids={row.identity_id for row in rows})
    account(viewer=viewer, place="messages:calendar", rows=[*rows, *people.values()], at=at)
    together = queries.clashing(rows)
    named = {pk: person.preferred_name or person.given_name for pk, person in people.items()}
    context = {
        "rows": [(words, row, named.get(row.identity_id, ""), row.pk in together) for words, row in presenters.day_heads(rows, zone=zone)],
        "feed": queries.live_feed(viewer=viewer), "nav": "today",
        "address": f"{settings.ENVIRONMENT.address}{reverse('messages:feed', args=[made.secret])}" if made else "",
    }  # fmt: skip
    return render(request, "messages/calendar.html", context)


@public("a calendar program reads it with a secret address; it holds hours and the words Visit or Meeting only")
@never_cache
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar behind a secret address; the page of nothing for every address that is unknown or ended."""
    try:
        content = read_feed(secret=secret, at=clock.now())
    except NotVisible:
        raise Http404 from None
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
