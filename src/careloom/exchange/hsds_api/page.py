"""The directory steward's page about the open directory: its addresses, what it tells and leaves out, and what was last brought in."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.directory import published
from careloom.directory.models import Capacity, DirectorySource
from careloom.directory.queries import listed_services


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A source of the directory: its short name, the form of its file in words, the day and time of its last import, its services."""

    name: str
    form: str
    at: str
    services: int


@require_safe
@needs(Permission.DIRECTORY_EDIT)
def others(request: HttpRequest) -> HttpResponse:
    """Directory for other systems."""
    addresses = [
        (_("The directory, for programs"), reverse("hsds:about")),
        (_("Its description (OpenAPI)"), reverse("hsds:openapi")),
        (_("The whole directory as one file"), reverse("hsds:datapackage")),
    ]
    context = {
        "addresses": [(words, request.build_absolute_uri(path)) for words, path in addresses],
        "told": _told(),
        "brought": _brought(),
    }
    return render(request, "exchange/directory_others.html", context)


def _told() -> list[tuple[str, int]]:
    open_places = published.open_places()
    whole, places = published.whole_addresses(open_places).count(), published.public_places().count()
    undated = Capacity.objects.filter(updated_at__isnull=True, service__in=listed_services()).values("service").distinct().count()
    return [
        (_("Services"), listed_services().count()),
        (_("Organizations"), published.public_organizations().count()),
        (_("Places with their address"), whole),
        (_("Places whose address is not told"), places - open_places.count()),
        (_("Places without an address because a part of it is missing"), open_places.count() - whole),
        (_("Services whose room is left out because nobody said when it was true"), undated),
    ]


def _brought() -> list[Brought]:
    forms = {
        "hsds_datapackage": _("HSDS datapackage"),
        "hsds_csv": _("HSDS tables"),
        "hsds_tabular": _("HSDS tables as JSON"),
        "hsds_json": _("HSDS JSON"),
        "ohana_csv": _("Ohana tables"),
        "samhsa_json": _("SAMHSA locator"),
        "careloom_seed": _("Practice county"),
    }
    rows = DirectorySource.objects.order_by("-imported_at", "name")
    return [
        Brought(
            name=row.name, form=forms.get(row.layout, row.layout), services=row.services,
            at=date_format(timezone.localtime(row.imported_at), "M j, Y, g:i A"),
        )
        for row in rows
    ]  # fmt: skip
