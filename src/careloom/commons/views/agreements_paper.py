"""Agreements as papers: one of them, and the communication plan made from what governs the collaborative."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.agreements.queries import spoken_of
from careloom.commons.documents.agreements import agreement_pdf, communication_pdf
from careloom.commons.views.agreements import find
from careloom.commons.views.parts import load, reads
from careloom.infra import clock
from careloom.infra.documents.handing import document


@require_safe
@reads
def paper(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID) -> HttpResponse:
    """The agreement as it stands."""
    rooms, whole = find(request, collaborative_id, agreement_id)
    return document(agreement_pdf(rooms, whole, on=clock.today(agency_of(request).zone)), name="agreement")


@require_safe
@reads
def communication_plan(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Structure, reporting lines and flows of the collaborative, from what is kept here (R-105)."""
    rooms, viewer = load(request, collaborative_id), viewer_of(request)
    parties, lines = spoken_of(viewer=viewer, collaborative_id=collaborative_id)
    return document(communication_pdf(rooms, parties, lines, on=clock.today(agency_of(request).zone)), name="communication-plan")
