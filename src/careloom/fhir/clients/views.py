"""The systems of the own agency: list, register, look at, take back. For its administrators."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies import words as agency_words
from careloom.agencies.gate import needs
from careloom.agencies.reasons import WORDS
from careloom.agencies.roles import Permission, Role
from careloom.fhir.clients import actions, queries
from careloom.fhir.clients.forms import SENDS, ClientForm
from careloom.fhir.clients.scopes import TYPES, UPDATES, USUAL
from careloom.fhir.clients.words import GAPS
from careloom.fhir.clients.words import TYPES as TYPE_WORDS
from careloom.fhir.door import base_of
from careloom.fhir.hooks.queries import hook_of
from careloom.fhir.models import SystemClient
from careloom.infra import clock
from careloom.infra.answers import Refused
from careloom.kernel.agency_kinds import AgencyKind

A_PAGE = 50
FIELDS = {"NO_NAME": "name", "ROLE": "role", "PURPOSE": "purpose", "SCOPES": "types"}


@needs(Permission.AGENCY_ADMIN)
@require_safe
def systems(request: HttpRequest) -> HttpResponse:
    """Every system that was registered here, also those that were taken back."""
    page = Paginator(queries.clients_of(viewer=request.viewer), A_PAGE).get_page(request.GET.get("page"))
    rows = [(client, agency_words.ROLES[Role(client.role)]) for client in page]
    return render(request, "fhir/systems.html", {"page": page, "rows": rows})


@needs(Permission.AGENCY_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register a system with its public keys."""
    kind = request.membership.agency.kind
    form = ClientForm(request.POST or None, initial={"request_key": uuid4().hex, "types": list(USUAL)}, kind=kind)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        done = actions.register(
            name=clean["name"], role=clean["role"], purpose=clean["purpose"], scopes=form.scopes, jwks=clean["jwks"], by=request.viewer,
            at=clock.now(), request_key=clean["request_key"],
        )  # fmt: skip
        if not isinstance(done, Refused):
            messages.success(request, _("Registered. Give its maker the addresses below."))
            return redirect("systems:system", client_id=done.row_id)
        for code in done.codes:
            form.add_error(None if code == "NOT_ALLOWED" else FIELDS.get(code, "jwks"), GAPS[code])
    return render(request, "fhir/register.html", {"form": form})


@needs(Permission.AGENCY_ADMIN)
@require_safe
def system(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """One system: what its maker needs, what it may read, when it last asked."""
    client = queries.client_of(viewer=request.viewer, client_id=client_id)
    return render(request, "fhir/system.html", _about(request, client))


@needs(Permission.AGENCY_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Take its access back, after a page that says what follows."""
    client = queries.client_of(viewer=request.viewer, client_id=client_id)
    if request.method == "POST":
        actions.revoke(client_id=client.pk, by=request.viewer, at=clock.now())
        messages.success(request, _("Its access has ended. What it holds already stays with it."))
        return redirect("systems:systems")
    return render(request, "fhir/revoke.html", {"client": client})


def _about(request: HttpRequest, client: SystemClient) -> dict[str, object]:
    base = base_of(request)
    purpose = client.purpose or AgencyKind(client.agency.kind).purpose
    return {
        "client": client,
        "base": base,
        "token_url": f"{base}/token",
        "group_url": f"{base}/Group/{client.agency_id}/$export",
        "role": agency_words.ROLES[Role(client.role)],
        "purpose": WORDS[purpose],
        "types": [TYPE_WORDS[kind] for kind in TYPES if f"system/{kind}.rs" in client.scopes],
        "answers": any(f"system/{kind}.u" in client.scopes for kind in UPDATES),
        **{name: f"system/{kind}.c" in client.scopes for name, kind in SENDS.items()},
        "scopes": " ".join(client.scopes),
        "keys": [key["kid"] for key in client.jwks["keys"]],
        "hook": hook_of(client),
    }
