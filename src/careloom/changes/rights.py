"""Who writes what about changes: officers of a tier, whoever runs the collaborative, and each partner for itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.agencies.days import day_of
from careloom.agencies.models import Agency
from careloom.infra.access import NotVisible, Viewer
from careloom.kernel.packs import ClockName
from careloom.kernel.partnership import Tier
from careloom.partnership.actions.noting import note
from careloom.partnership.models import Body, Partner, Seat
from careloom.partnership.standing import Standing, standing_of
from careloom.partnership.turns import take_turn


def leads_tier(standing: Standing, *tiers: Tier) -> bool:
    """Whether she runs the collaborative or is an officer of one of its bodies of these tiers. One query."""
    live = Body.objects.filter(pk__in=standing.officer_of, collaborative=standing.collaborative, ends_on=None, tier__in=tiers)
    return standing.runs or live.exists()


def leads_any(standing: Standing) -> bool:
    """Whether she runs the collaborative or is an officer of one of its bodies."""
    return standing.runs or bool(standing.officer_of)


def note_for_tier(standing: Standing, *tiers: Tier, about_id: UUID, words: str, by: Viewer, at: datetime, key: str) -> None:
    """Keep that a decision of these tiers was written down by somebody who is an officer of none of their bodies (decision 0013)."""
    bodies = Body.objects.filter(collaborative=standing.collaborative, ends_on=None, tier__in=tiers).order_by("starts_on", "pk")
    first = bodies.first()
    if first is not None and not bodies.filter(pk__in=standing.officer_of).exists():
        note(standing, body_id=first.pk, about_id=about_id, words=words, by=by, at=at, key=key)


def found(model: type[Any], *, by: Viewer, pk: UUID) -> tuple[Any, Standing]:
    """A row and how `by` stands to its collaborative, locked for this transaction. Raises NotVisible for what is absent and for an outsider."""
    assert transaction.get_connection().in_atomic_block
    row = model.objects.filter(pk=pk).first()
    standing = standing_of(viewer=by, collaborative_id=row.collaborative_id if row else pk)
    if row is None:
        raise NotVisible
    take_turn(standing.collaborative.pk)
    row.refresh_from_db()
    return row, standing


def signer(standing: Standing) -> str:
    """How a member signs: her own name with her partner's where she has a seat, else her agency's or the collaborative's name. Two queries."""
    seats = Seat.objects.filter(collaborative=standing.collaborative, left_on=None, worker_id=standing.worker_id or standing.collaborative.pk)
    seat = seats.select_related("partner").order_by("starts_on", "pk").first()
    partner = Partner.objects.filter(pk__in=standing.partner_ids).order_by("name").first()
    if seat is not None:
        return f"{seat.name}, {seat.partner.name}"[:120]
    return partner.name if partner else standing.collaborative.name


def last_day(name: ClockName, *, standing: Standing, start: date) -> date:
    """The last day of a clock of the pack where the collaborative is coordinated."""
    return day_of(name, agency=Agency.objects.get(pk=standing.collaborative.agency_id), start=start)
