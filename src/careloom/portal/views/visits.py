"""Her visits in the calendar of her own phone, by a secret link that she makes and turns off."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from careloom.infra import clock
from careloom.messages.actions import end_feed, make_feed
from careloom.messages.queries import live_feed
from careloom.portal import presenters
from careloom.portal.door import hers
from careloom.portal.views.hers import her_of


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Make the link, or turn it off. It is shown once."""
    her, at = her_of(request), clock.now()
    made = None
    if request.method == "POST" and request.POST.get("does") == "make":
        made = make_feed(by=her.viewer, at=at, language=presenters.language())
    elif request.method == "POST":
        end_feed(by=her.viewer, at=at)
    feed = live_feed(viewer=her.viewer)
    address = f"{settings.ENVIRONMENT.address}{reverse('messages:feed', args=[made.secret])}" if made else ""
    context = {
        "feed": feed, "made": presenters.short_day(presenters.local(feed.made_at).date()) if feed else "", "address": address,
        "webcal": address.replace("https://", "webcal://").replace("http://", "webcal://"),
    }  # fmt: skip
    return render(request, "portal/visits_calendar.html", context)
