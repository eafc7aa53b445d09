"""Reads of clinical facts."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from careloom.health.models import Birth, Condition, Encounter, Exposure, Medication, NewbornSigns, Pregnancy
from careloom.infra.access import Viewer


def births_of(*, viewer: Viewer, mother_ids: Iterable[UUID]) -> list[Birth]:
    """The births of these mothers that `viewer` may see, by day and order. One query."""
    return list(Birth.objects.seen_by(viewer).filter(mother_identity_id__in=set(mother_ids)).order_by("born_at", "order"))


def signs_of(*, viewer: Viewer, infant_ids: Iterable[UUID]) -> list[NewbornSigns]:
    """What the first days of these infants showed, as far as `viewer` may see it, in the order of writing. One query."""
    return list(NewbornSigns.objects.seen_by(viewer).filter(identity_id__in=set(infant_ids)).order_by("recorded_at", "pk"))


def exposures_of(*, viewer: Viewer, mother_id: UUID) -> list[Exposure]:
    """The exposures of a mother's pregnancy that `viewer` may see. One query."""
    return list(Exposure.objects.seen_by(viewer).filter(identity_id=mother_id).order_by("recorded_at"))


def pregnancies_of(*, viewer: Viewer, identity_id: UUID) -> list[Pregnancy]:
    """The pregnancies of a mother that `viewer` may see, newest first. One query."""
    return list(Pregnancy.objects.seen_by(viewer).filter(identity_id=identity_id).order_by("-starts_on", "-recorded_at"))


def treatment_medicines(*, viewer: Viewer, identity_id: UUID) -> list[Medication]:
    """Medication for opioid use disorder that `viewer` may see. One query."""
    return list(Medication.objects.seen_by(viewer).filter(identity_id=identity_id, is_moud=True).order_by("-starts_on"))


def medicines_of(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> list[Medication]:
    """Every medicine that these people take now, as far as `viewer` may see it, newest first. One query."""
    rows = Medication.objects.seen_by(viewer).filter(identity_id__in=set(identity_ids), ends_on=None)
    return list(rows.order_by("-starts_on", "display"))


def conditions_of(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> list[Condition]:
    """What these people are treated for now, as far as `viewer` may see it, newest first. One query."""
    return list(Condition.objects.seen_by(viewer).filter(identity_id__in=set(identity_ids), ends_on=None).order_by("-starts_on", "display"))


def stays_of(*, viewer: Viewer, identity_ids: Iterable[UUID], most: int = 50) -> list[Encounter]:
    """Visits and stays of these people with a beginning, as far as `viewer` may see them, newest first. One query."""
    rows = Encounter.objects.seen_by(viewer).filter(identity_id__in=set(identity_ids), starts_at__isnull=False)
    return list(rows.order_by("-starts_at", "pk")[:most])
