"""The one-time page of a partner without an account: one question, about a minute, any browser, no script needed."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from careloom.agencies.gate import public
from careloom.agencies.queries import agencies_by_id
from careloom.infra import clock
from careloom.plans.models import ReferralLink
from careloom.plans.referrals import links, presenters
from careloom.plans.referrals.forms import FollowUpForm, LinkForm
from careloom.plans.referrals.links import Tile

MOST_A_MINUTE = 30
COOKIE, COOKIE_LIVES = "careloom_answered", timedelta(hours=24)


@public("a partner without an account answers one referral with a one-time link")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Show the question, take the answer once, and show what follows from it to the browser that answered."""
    if _too_many(request):
        return _private(render(request, "plans/referrals/link_wait.html", {"sender": presenters.sender_of(None)}, status=429))
    at = clock.now()
    link = links.find(token=token, at=at)
    if link is None:
        return _gone(request)
    if link.answered_at is not None:
        # For everyone else a used page is like one that never was.
        return _receipt(request, link) if request.get_signed_cookie(COOKIE, default="", salt=token) == str(link.pk) else _gone(request)
    form = LinkForm(request.POST or None, initial={"answer": request.GET.get("answer")})
    tile = _chosen(request, form)
    follow = FollowUpForm(request.POST if _is_complete(request, tile) else None, tile=tile, asker=link.asked_by) if tile else None
    if tile and follow and follow.is_bound and follow.is_valid() and links.answer_link(link=link, at=at, tile=tile, note=follow.text):
        response = redirect(request.path)
        response.set_signed_cookie(
            COOKIE, str(link.pk), salt=token, max_age=COOKIE_LIVES, path=request.path,
            httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
        return _private(response)
    if follow and follow.is_bound and follow.is_valid():
        return _gone(request)
    context = {**_asked(link), "form": form, "follow": follow, "tile": tile}
    template = "plans/referrals/link_follow.html" if request.headers.get("HX-Request") else "plans/referrals/link.html"
    return _private(render(request, template, context, status=422 if form.errors else 200))


def _chosen(request: HttpRequest, form: LinkForm) -> Tile | None:
    if request.method == "POST":
        return Tile(form.cleaned_data["answer"]) if form.is_valid() else None
    return Tile.__members__.get(request.GET.get("answer", ""))


def _is_complete(request: HttpRequest, tile: Tile | None) -> bool:
    """Whether the follow-up of the chosen answer was on the page when it was sent; without script it is the next page."""
    return request.method == "POST" and tile is not None and request.POST.get("seen") == tile.value


def _asked(link: ReferralLink) -> dict[str, Any]:
    owner = agencies_by_id(ids=[link.holder_id]).get(link.holder_id)
    language = get_language() or "en"
    return {
        "sender": presenters.sender_of(owner),
        "link": link,
        "need": presenters.need_label(link.need_code, language=language),
        "speaks": presenters.language_name(link.language),
        "asked_on": presenters.day(link.asked_at),
        "until": presenters.day(link.expires_at),
    }


def _receipt(request: HttpRequest, link: ReferralLink) -> HttpResponse:
    context = {**_asked(link), "reach": links.reach_of(link=link, at=clock.now()), "said": link.answer}
    return _private(render(request, "plans/referrals/link_receipt.html", context))


def _gone(request: HttpRequest) -> HttpResponse:
    return _private(render(request, "plans/referrals/link_gone.html", {"sender": presenters.sender_of(None)}, status=404))


def _private(response: HttpResponse) -> HttpResponse:
    """The address is a secret: it is not told to other sites, kept or indexed."""
    # Not `no-referrer`: it hides the origin of the form too, and the answer would be refused.
    for name, value in {
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
        "Vary": "HX-Request, Cookie",
    }.items():
        response[name] = value
    return response


def _too_many(request: HttpRequest) -> bool:
    """A polite limit for each address and minute; the address itself is not kept."""
    who = hashlib.sha256(f"{settings.SECRET_KEY}:{request.META.get('REMOTE_ADDR', '')}".encode()).hexdigest()[:24]
    key = f"referral-page:{who}:{clock.now():%Y%m%d%H%M}"
    cache.add(key, 0, timeout=120)
    return cache.incr(key) > MOST_A_MINUTE
