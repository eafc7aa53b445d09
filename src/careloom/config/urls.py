"""The root of all addresses."""

from __future__ import annotations

from importlib import import_module

from django.urls import include, path

handler404 = "careloom.infra.ui.views.not_found"
handler500 = "careloom.infra.ui.views.broken"
handler403 = "careloom.infra.ui.views.not_found"


def _include(prefix: str, module: str) -> list[object]:
    try:
        import_module(module)
    except ModuleNotFoundError as missing:
        if missing.name != module:
            raise
        return []
    return [path(prefix, include(module))]


urlpatterns = [
    *_include("account/sso/", "careloom.sso.urls"),
    path("account/", include("allauth.urls")),
    *_include("", "careloom.infra.ui.urls"),
    *_include("", "careloom.infra.wording.urls"),
    *_include("", "careloom.agencies.urls"),
    *_include("first/", "careloom.conduct.urls"),
    *_include("agency/keeping/", "careloom.keeping.urls"),
    *_include("directory/", "careloom.directory.urls"),
    *_include("consents/", "careloom.consents.urls"),
    *_include("births/", "careloom.notifications.urls"),
    *_include("disclosures/", "careloom.disclosures.urls"),
    *_include("rights/", "careloom.rights.urls"),
    *_include("forms/", "careloom.screening.urls"),
    *_include("treatment/", "careloom.treatment.urls"),
    *_include("safety/", "careloom.safety.urls"),
    *_include("cases/", "careloom.permanency.urls"),
    *_include("messages/", "careloom.messages.urls"),
    *_include("people/", "careloom.people.urls"),
    *_include("plans/", "careloom.plans.urls"),
    *_include("following/", "careloom.following.urls"),
    *_include("position/", "careloom.position.urls"),
    *_include("r/", "careloom.plans.referrals.link_urls"),
    *_include("import/sheets/", "careloom.exchange.sheets.urls"),
    *_include("import/", "careloom.exchange.urls"),
    *_include("ehr/", "careloom.exchange.smart.urls"),
    *_include("agency/sign-in/", "careloom.sso.admin_urls"),
    *_include("agency/ehrs/", "careloom.exchange.smart.admin_urls"),
    *_include("agency/sources/", "careloom.exchange.fetching.admin_urls"),
    *_include("fetch/", "careloom.exchange.fetching.urls"),
    *_include("fhir/", "careloom.fhir.urls"),
    *_include("agency/systems/", "careloom.fhir.clients.urls"),
    *_include("agency/usage/", "careloom.usage.urls"),
    *_include("agency/leaving/", "careloom.departing.urls"),
    *_include("hsds/", "careloom.exchange.hsds_api.urls"),
    *_include("numbers/federal/", "careloom.federal.urls"),
    *_include("numbers/", "careloom.outcomes.urls"),
    *_include("partnership/", "careloom.commons.urls"),
    *_include("my/", "careloom.portal.urls"),
    *_include("", "careloom.desk.urls"),
]
