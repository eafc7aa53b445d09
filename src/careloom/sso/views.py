"""Sign-in by an agency's own provider: find it, go there, come back.

The answer comes from another site by POST, so no cookie of a session comes along: what ties it to the browser that asked is a cookie of its own.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careloom.agencies.gate import public
from careloom.infra import clock
from careloom.sso import words
from careloom.sso.entering import Entered, Here, NotEntered, begin, finish, provider_for, provider_in_use
from careloom.sso.forms import DomainForm
from careloom.sso.models import Provider
from careloom.sso.protocol import MOST_TEXT

COOKIE = "careloom_sso"
MOST_FAULTS, A_WHILE = 60, 300
"""Answers from one address that lead nobody in, and for how many seconds they count. Those that do count nothing: a whole hospital comes from
one address at the change of shift."""
METHOD = "saml"


def here_of(request: HttpRequest) -> Here:
    """Our name and address at this installation."""
    return Here(entity_id=request.build_absolute_uri(reverse("sso:metadata")), acs_url=request.build_absolute_uri(reverse("sso:back")))


@public("finds an agency's sign-in by the end of a work e-mail; says nothing of anybody")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """Which agency's sign-in: by the end of the work e-mail, which is not kept and stands in no address."""
    form = DomainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        provider = provider_for(form.cleaned_data["email"])
        if provider is not None:
            return _go(request, provider)
        form.add_error("email", words.NO_PROVIDER)
    return render(request, "sso/find.html", {"form": form, "next": _next(request)}, status=422 if form.errors else 200)


@public("leads to an agency's own sign-in")
@require_safe
@never_cache
def start(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Go to one provider: the address that an agency puts on its own pages."""
    provider = provider_in_use(provider_id)
    return _go(request, provider) if provider else _not(request, NotEntered(code="AGAIN"), status=404)


@public("takes the signed answer of an agency's own sign-in, once")
@csrf_exempt
@require_POST
@never_cache
def back(request: HttpRequest) -> HttpResponse:
    """Back from the provider."""
    counts, key = caches["default"], f"sso:{request.META.get('REMOTE_ADDR', '')}"
    if counts.get(key, 0) >= MOST_FAULTS:
        return _not(request, NotEntered(code="AGAIN"), status=429)
    text, relay = request.POST.get("SAMLResponse", "")[: MOST_TEXT + 1], request.POST.get("RelayState", "")[:200]
    done = finish(text=text, relay=relay, browser=request.COOKIES.get(COOKIE, "")[:200], here=here_of(request), at=clock.now())
    if not isinstance(done, Entered):
        counts.add(key, 0, A_WHILE)
        counts.incr(key)
        return _not(request, done)
    record_authentication(request, done.user, method=METHOD, provider=str(done.provider.pk), two_steps=done.two_steps)
    answer = perform_login(request, Login(user=done.user, redirect_url=done.next_path or "/"))
    answer.delete_cookie(COOKIE, path=reverse("sso:find"), samesite="None" if settings.SESSION_COOKIE_SECURE else "Lax")
    return answer


@public("describes this installation to identity providers; holds nothing of anybody")
@require_safe
def metadata(request: HttpRequest) -> HttpResponse:
    """Our SAML metadata: our name, and where answers go."""
    here = here_of(request)
    answer = HttpResponse(content_type="application/samlmetadata+xml; charset=utf-8")
    xml = SimplerXMLGenerator(answer, "utf-8")
    md, protocol = "urn:oasis:names:tc:SAML:2.0:metadata", "urn:oasis:names:tc:SAML:2.0:protocol"
    xml.startDocument()
    xml.startElement("md:EntityDescriptor", {"xmlns:md": md, "entityID": here.entity_id})
    sp = {"protocolSupportEnumeration": protocol, "AuthnRequestsSigned": "false", "WantAssertionsSigned": "true"}
    xml.startElement("md:SPSSODescriptor", sp)
    xml.addQuickElement("md:NameIDFormat", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent")
    place = {"Binding": "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST", "Location": here.acs_url, "index": "0", "isDefault": "true"}
    xml.addQuickElement("md:AssertionConsumerService", "", place)
    xml.endElement("md:SPSSODescriptor")
    xml.endElement("md:EntityDescriptor")
    return answer


def _go(request: HttpRequest, provider: Provider) -> HttpResponse:
    """A page that goes on by itself: after a form, the policy of our own pages would stop a redirect to another site."""
    out = begin(provider=provider, here=here_of(request), next_path=_next(request), at=clock.now())
    answer = render(request, "sso/go.html", {"provider": provider, "url": out.url})
    secure = bool(settings.SESSION_COOKIE_SECURE)
    # The answer comes by POST from another site: only SameSite=None brings this cookie along, and browsers want it Secure then.
    answer.set_cookie(
        COOKIE, out.browser, max_age=900, path=reverse("sso:find"), secure=secure, httponly=True, samesite="None" if secure else "Lax"
    )  # fmt: skip
    return answer


def _next(request: HttpRequest) -> str:
    told = request.POST.get("next", request.GET.get("next", ""))
    return told if told.startswith("/") and url_has_allowed_host_and_scheme(told, allowed_hosts=None) else ""


def _not(request: HttpRequest, why: NotEntered, *, status: int = 403) -> HttpResponse:
    context: dict[str, Any] = {"words": words.NOT_ENTERED[why.code]}
    return render(request, "sso/not.html", context, status=status)
