"""The sources of the own agency and its keys there: list, register, end, change the key. For its administrators; the public keys are open."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careloom.agencies.gate import needs, public
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.exchange.fetching import keys, sources, words
from careloom.exchange.fetching.forms import SourceForm
from careloom.exchange.fetching.remote import READS
from careloom.exchange.smart.words import GAPS
from careloom.infra import clock
from careloom.infra.answers import Refused

A_PAGE = 50
FIELDS = {"NO_NAME": "name", "ISS": "iss", "KNOWN": "iss", "CLIENT": "client_id", "HOSTS": "hosts", "PARTNER": "discloser"}


@public("gives the public keys by which an agency's requests are known; holds nothing of anybody")
@require_safe
def jwks(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """The JWKS of an agency; empty for one that has none, and for none."""
    return JsonResponse(keys.public_keys(agency_id, at=clock.outside()), content_type="application/jwk-set+json")


@needs(Permission.AGENCY_ADMIN)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every source that was registered here, also those that were ended, and what those who run one need."""
    page = Paginator(sources.sources_of(viewer=viewer_of(request)), A_PAGE).get_page(request.GET.get("page"))
    agency, at = agency_of(request), clock.outside()
    address = request.build_absolute_uri(reverse("sources:jwks", args=[agency.pk]))
    shown = keys.keys_of(agency.pk, at=at)
    return render(request, "exchange/sources.html", {"page": page, "address": address, "reads": READS, "keys": shown, "at": at})


@needs(Permission.AGENCY_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register a source by its FHIR address."""
    partners = sorted(sources.partners_of(agency_of(request).pk), key=lambda one: one.name_outside)
    form = SourceForm(request.POST or None, partners=partners, initial={"request_key": uuid4().hex})
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        done = sources.register(
            name=clean["name"], discloser_id=UUID(clean["discloser"]), iss=clean["iss"], client_id=clean["client_id"], hosts=form.host_names,
            by=viewer_of(request), at=clock.now(), request_key=clean["request_key"],
        )  # fmt: skip
        if not isinstance(done, Refused):
            messages.success(request, _("Registered. Give the address of your keys to those who run it."))
            return redirect("sources:sources")
        for code in done.codes:
            form.add_error(FIELDS.get(code), words.GAPS.get(code) or GAPS[code])
    return render(request, "exchange/source_register.html", {"form": form}, status=422 if form.errors else 200)


@needs(Permission.AGENCY_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """End fetching from it, after a page that says what follows."""
    source = sources.source_of(viewer=viewer_of(request), source_id=source_id)
    if request.method == "POST":
        sources.end(source_id=source.pk, by=viewer_of(request), at=clock.now())
        messages.success(request, _("Nothing is fetched from it any more. What was taken over stays."))
        return redirect("sources:sources")
    return render(request, "exchange/source_end.html", {"source": source})


@needs(Permission.AGENCY_ADMIN)
@require_POST
def change_key(request: HttpRequest) -> HttpResponse:
    """Make a new key of the agency."""
    done = keys.change_key(by=viewer_of(request), at=clock.outside())
    if isinstance(done, Refused):
        messages.warning(request, words.GAPS.get(done.codes[0]) or GAPS[done.codes[0]])
    else:
        messages.success(request, _("A new key is shown. It signs in a day; the older one is shown for another day."))
    return redirect("sources:sources")
