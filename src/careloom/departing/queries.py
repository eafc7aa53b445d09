"""The exports of an agency, for its administrators and privacy officers. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from careloom.agencies.models import Worker
from careloom.agencies.roles import Permission
from careloom.departing.models import Departure, Piece
from careloom.infra.access import NotVisible, Viewer, acting_as, require


def may_ask(viewer: Viewer) -> bool:
    """An administrator asks."""
    return viewer.can(Permission.AGENCY_ADMIN)


def may_answer(viewer: Viewer) -> bool:
    """Another administrator, or a privacy officer, confirms."""
    return viewer.can(Permission.AGENCY_ADMIN) or viewer.can(Permission.ACCESS_LOG_READ)


def departures_of(*, viewer: Viewer) -> QuerySet[Departure]:
    """Every export that was asked for in the viewer's agency, the newest first. Raises NotVisible."""
    require(viewer)
    if viewer.holder_id is None or not may_answer(viewer):
        raise NotVisible
    found: QuerySet[Departure] = Departure.objects.filter(agency_id=viewer.holder_id).order_by("-asked_at", "pk")
    return found


def departure_of(*, viewer: Viewer, departure_id: UUID) -> Departure:
    """One of them. Raises NotVisible alike for another agency's and for none."""
    found = departures_of(viewer=viewer).filter(pk=departure_id).first()
    if found is None:
        raise NotVisible
    return found


def pieces_of(*, viewer: Viewer, departure: Departure) -> Iterator[bytes]:
    """The sealed file, piece by piece, each read by itself."""
    place = 0
    while True:
        # After the request's own transaction: each piece is read in one of its own, for the scope lives no longer than a transaction.
        with acting_as(viewer), transaction.atomic():
            piece = Piece.objects.filter(departure=departure, place=place).first()
        if piece is None:
            return
        yield bytes(piece.content)
        place += 1


def names_of(departure: Departure) -> dict[UUID, str]:
    """Who asked and who answered, by worker. One query."""
    who = [one for one in (departure.asked_by, departure.answered_by) if one is not None]
    return dict(Worker.objects.filter(pk__in=who).values_list("pk", "name"))
