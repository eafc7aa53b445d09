"""Reads of an agency's systems. No person is in them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from careloom.fhir.models import SystemClient
from careloom.infra.access import NotVisible, Viewer, require


def clients_of(*, viewer: Viewer) -> QuerySet[SystemClient]:
    """The systems of the viewer's agency, those in use first, by name: a list for pages."""
    require(viewer)
    return SystemClient.objects.filter(agency_id=viewer.holder_id).select_related("hook").order_by("-revoked_at", "name", "id")


def client_of(*, viewer: Viewer, client_id: UUID) -> SystemClient:
    """One system of the viewer's agency; `NotVisible` for another agency's."""
    found = clients_of(viewer=viewer).filter(pk=client_id).select_related("agency", "hook").first()
    if found is None:
        raise NotVisible
    return found
