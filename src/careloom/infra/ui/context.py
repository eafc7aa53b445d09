"""What stands around every page: the five places, who is signed in, and whether this is practice.

The look is domain-blind. An app that knows who is signed in sets ``request.signed_in`` to a
:class:`SignedIn`; without it the bar falls back to Django's ``request.user``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Place:
    """One of the five places in the bar: a key, its words, the names its page may have, and what lies beneath it."""

    key: str
    label: Any  # a lazy translation
    names: tuple[str, ...]
    path: str
    beneath: tuple[str, ...]

    @property
    def url(self) -> str:
        """Where it is; empty while no app serves it, and then the bar leaves it out."""
        return address(names=self.names, path=self.path)


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """The person at the keyboard: name, the unit they act for, whether they have another agency, and which addresses are not for them.

    ``reason`` says for what they look now, where that is not the usual reason of their unit.
    """

    name: str
    unit: str = ""
    can_switch: bool = False
    has_pin: bool = True
    shut: frozenset[str] = frozenset()
    reason: str = ""


# BRIEF.md section 3: five places in the bar, never more.
PLACES = (
    Place(key="today", label=_("Today"), names=("desk:today",), path="/today/", beneath=("/today/",)),
    Place(
        key="families",
        label=_("Families"),
        names=("desk:families",),
        path="/families/",
        beneath=(
            "/families/",
            "/plans/",
            "/consents/",
            "/following/",
            "/forms/",
            "/treatment/",
            "/safety/",
            "/cases/",
            "/messages/",
            "/disclosures/of/",
            "/rights/of/",
        ),
    ),
    Place(key="birth", label=_("New birth"), names=("notifications:new",), path="/births/new/", beneath=("/births/",)),
    Place(
        key="partnership",
        label=_("Partnership"),
        names=("commons:home", "following:barriers"),
        path="/partnership/",
        beneath=("/partnership/", "/directory/", "/following/barriers/"),
    ),
    Place(key="numbers", label=_("Numbers"), names=("outcomes:home",), path="/numbers/", beneath=("/numbers/",)),
)
LINKS = {
    "home": (("desk:today",), "/"),
    "find": (("desk:search",), "/families/search/"),
    "looked": (("desk:who_looked",), "/who-looked/"),
    "requests": (("disclosures:register",), ""),
    "rights": (("rights:register",), ""),
    "emergency": (("disclosures:emergency",), ""),
    "one_person": (("people:matches",), ""),
    "accessibility": (("accessibility",), "/accessibility/"),
    "help": (("help",), "/help/"),
    "about": (("about",), "/about/"),
    "switch": (("agencies:switch",), "/switch/"),
    "lock": (("agencies:lock",), "/lock/"),
    "reason": (("agencies:reason",), ""),
    "account": (("agencies:me", "mfa_index"), "/account/2fa/"),
    "practice": (("agencies:demo",), ""),
    "own_sign_in": (("sso:find",), ""),
    "sign_in": (("account_login",), "/account/login/"),
    "sign_out": (("account_logout",), "/account/logout/"),
    "language": (("set_language",), "/language/"),
    "exit": (("portal:leave",), "/my/leave/"),
}


def address(*, names: tuple[str, ...], path: str) -> str:
    """The page by the first name that some app carries, else the agreed ``path`` if one is served there, else ""."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    try:
        resolve(path)
    except Resolver404:
        return ""
    return path


def _here(path: str) -> str:
    """The place beneath which an address lies: the one that names the longest beginning of it."""
    return max(((len(start), place.key) for place in PLACES for start in place.beneath if path.startswith(start)), default=(0, ""))[1]


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``places``, ``here``, ``links``, ``signed_in``, ``practice``, ``care_line``, ``exit_to``, ``draft_owner``."""
    path, person = request.path, signed_in(request)
    shut = person.shut if person else frozenset()
    return {
        "places": tuple(place for place in PLACES if place.url not in shut),
        "here": _here(path),
        "links": {key: "" if to in shut else to for key, to in links().items()},
        "signed_in": person,
        "draft_owner": draft_owner(request),
        "practice": is_practice(),
        "exit_to": getattr(settings, "CARELOOM_EXIT_URL", "https://www.weather.gov/"),
        "care_line": getattr(settings, "CARELOOM_CARE_LINE", "555-0100"),
    }


def links() -> dict[str, str]:
    """Where the bar, the foot and the portal lead; a link without a page is empty and is left out."""
    return {key: address(names=names, path=path) for key, (names, path) in LINKS.items()}


def draft_owner(request: HttpRequest) -> str:
    """An opaque mark of the signed-in worker, so that a draft on a shared tablet opens for its writer only."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    return salted_hmac("careloom.infra.ui.draft", str(user.pk)).hexdigest()[:16]


def is_practice() -> bool:
    """True in a demo world, where every person is made up."""
    return getattr(settings, "CARELOOM_WORLD", "") == "demo"


def signed_in(request: HttpRequest) -> SignedIn | None:
    """Who is signed in, or None; reads what an app set on the request before it asks Django."""
    given = getattr(request, "signed_in", None)
    if given is not None:
        return given
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return SignedIn(name=user.get_full_name() or user.get_username(), has_pin=False)
