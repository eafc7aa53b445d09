"""The providers of the own agency: list, register, renew, map groups, end. For its administrators."""

from __future__ import annotations

from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.answers import Done, Refused
from careloom.sso import registering
from careloom.sso.forms import GroupLines, GroupsForm, ProviderForm, RenewForm
from careloom.sso.metadata import MOST_BYTES
from careloom.sso.shared import map_shared, shared_name, shared_pairs
from careloom.sso.views import here_of
from careloom.sso.words import GAPS

A_PAGE = 50
FIELDS = {"NO_NAME": "name", "DOMAINS": "domains", "ATTRIBUTE": "attribute", "NOT_ALLOWED": None, "GROUPS": None}


@needs(Permission.AGENCY_ADMIN)
@require_safe
def providers(request: HttpRequest) -> HttpResponse:
    """Every provider that was registered here, also those that were ended, and what those who run one need."""
    page = Paginator(registering.providers_of(viewer=viewer_of(request)), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "sso/providers.html", {"page": page, "here": here_of(request), "shared": shared_name()})


@needs(Permission.AGENCY_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register a provider by its metadata."""
    form = ProviderForm(request.POST or None, request.FILES or None, initial={"request_key": uuid4().hex})
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        done = registering.register(
            name=clean["name"], metadata=clean["metadata"].read(MOST_BYTES + 1), domains=clean["domains"].split(), by=viewer_of(request),
            at=clock.now(), request_key=clean["request_key"],
        )  # fmt: skip
        if isinstance(done, Done):
            messages.success(request, _("Registered. It opens nothing before your operator has confirmed the e-mails."))
            return redirect("providers:provider", provider_id=done.row_id)
        _say(form, done, rest="metadata")
    return render(request, "sso/register.html", {"form": form}, status=422 if form.errors else 200)


@needs(Permission.AGENCY_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def provider(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """One provider: how it stands, which groups give which roles, new metadata."""
    viewer = viewer_of(request)
    row = registering.provider_of(viewer=viewer, provider_id=provider_id)
    pairs = [(one.group, one.role) for one in row.groups.order_by("group", "role")]
    asks_groups = request.method == "POST" and "renew" not in request.POST
    groups = GroupsForm(request.POST if asks_groups else None, kind=row.agency.kind, pairs=pairs, initial={"attribute": row.groups_attribute})
    renew = RenewForm(request.POST if "renew" in request.POST else None, request.FILES or None)
    done: Done | Refused | None = None
    if asks_groups and groups.is_valid():
        done = registering.map_groups(
            provider_id=row.pk, attribute=groups.cleaned_data["attribute"], pairs=groups.pairs, by=viewer, at=clock.now()
        )  # fmt: skip
    elif "renew" in request.POST and renew.is_valid():
        data = renew.cleaned_data["metadata"].read(MOST_BYTES + 1)
        done = registering.renew(provider_id=row.pk, metadata=data, by=viewer, at=clock.now())
    if isinstance(done, Done):
        messages.success(request, _("Saved. It counts from the next sign-in."))
        return redirect("providers:provider", provider_id=row.pk)
    if isinstance(done, Refused):
        _say(groups if asks_groups else renew, done, rest=None if asks_groups else "metadata")
    start = request.build_absolute_uri(reverse("sso:start", args=[row.pk]))
    context = {"provider": row, "groups": groups, "renew": renew, "start": start}
    return render(request, "sso/provider.html", context, status=422 if groups.errors or renew.errors else 200)


@needs(Permission.AGENCY_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """End signing in by it, after a page that says what follows."""
    row = registering.provider_of(viewer=viewer_of(request), provider_id=provider_id)
    if request.method == "POST":
        registering.end(provider_id=row.pk, by=viewer_of(request), at=clock.now())
        messages.success(request, _("Nobody signs in by it from now on. Who is signed in stays so until her day ends."))
        return redirect("providers:providers")
    return render(request, "sso/end.html", {"provider": row})


@needs(Permission.AGENCY_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: HttpRequest) -> HttpResponse:
    """Which groups of the installation's one provider give which roles in this agency."""
    name, agency = shared_name(), agency_of(request)
    if not name:
        raise Http404
    form = GroupLines(request.POST or None, kind=agency.kind, pairs=sorted(shared_pairs(agency.pk)))
    if request.method == "POST" and form.is_valid():
        done = map_shared(pairs=form.pairs, by=viewer_of(request), at=clock.now())
        if isinstance(done, Done):
            messages.success(request, _("Saved. It counts from the next sign-in."))
            return redirect("providers:shared")
        _say(form, done, rest=None)
    return render(request, "sso/shared.html", {"form": form, "name": name}, status=422 if form.errors else 200)


def _say(form: forms.Form, refused: Refused, *, rest: str | None) -> None:
    for code in refused.codes:
        form.add_error(FIELDS.get(code, rest), GAPS[code])
