"""The EHRs of the own agency: list, register, end. For its administrators."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import viewer_of
from careloom.exchange.smart import registering
from careloom.exchange.smart.forms import EhrForm
from careloom.exchange.smart.launching import READS
from careloom.exchange.smart.words import GAPS
from careloom.infra import clock
from careloom.infra.answers import Refused

A_PAGE = 50
FIELDS = {"NO_NAME": "name", "ISS": "iss", "KNOWN": "iss", "CLIENT": "client_id", "HOSTS": "hosts"}


@needs(Permission.AGENCY_ADMIN)
@require_safe
def ehrs(request: HttpRequest) -> HttpResponse:
    """Every EHR that was registered here, also those that were ended, and what its administrators need."""
    page = Paginator(registering.ehrs_of(viewer=viewer_of(request)), A_PAGE).get_page(request.GET.get("page"))
    addresses = {name: request.build_absolute_uri(reverse(f"ehr:{name}")) for name in ("launch", "back")}
    return render(request, "exchange/ehrs.html", {"page": page, "addresses": addresses, "reads": READS})


@needs(Permission.AGENCY_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register an EHR by its FHIR address."""
    form = EhrForm(request.POST or None, initial={"request_key": uuid4().hex})
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        done = registering.register(
            name=clean["name"], iss=clean["iss"], client_id=clean["client_id"], hosts=form.host_names, by=viewer_of(request), at=clock.now(),
            request_key=clean["request_key"],
        )  # fmt: skip
        if not isinstance(done, Refused):
            messages.success(request, _("Registered. Give the addresses below to those who run it."))
            return redirect("ehrs:ehrs")
        for code in done.codes:
            form.add_error(FIELDS.get(code), GAPS[code])
    return render(request, "exchange/ehr_register.html", {"form": form}, status=422 if form.errors else 200)


@needs(Permission.AGENCY_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, ehr_id: UUID) -> HttpResponse:
    """End the opening from it, after a page that says what follows."""
    ehr = registering.ehr_of(viewer=viewer_of(request), ehr_id=ehr_id)
    if request.method == "POST":
        registering.end(ehr_id=ehr.pk, by=viewer_of(request), at=clock.now())
        messages.success(request, _("Nobody opens Careloom from it any more. What was read stays."))
        return redirect("ehrs:ehrs")
    return render(request, "exchange/ehr_end.html", {"ehr": ehr})
