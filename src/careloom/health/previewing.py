"""What a preview of a consent shows of clinical facts. Registered with `consents.preview` in config."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.formats import date_format

from careloom.consents.preview import PreviewRow
from careloom.health.models import Birth, Encounter, Medication, Pregnancy
from careloom.infra import clock
from careloom.infra.access import Viewer


def preview_rows(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> list[PreviewRow]:
    """Pregnancies, births, medicines and visits of these identities that `viewer` sees. Four queries."""
    ids = tuple(identity_ids)
    pregnancies = Pregnancy.objects.seen_by(viewer).filter(identity_id__in=ids).order_by("-recorded_at")
    births = Birth.objects.seen_by(viewer).filter(identity_id__in=ids).order_by("born_at")
    medicines = Medication.objects.seen_by(viewer).filter(identity_id__in=ids).order_by("display")
    visits = Encounter.objects.seen_by(viewer).filter(identity_id__in=ids).order_by("-starts_at", "pk")
    return [
        *(PreviewRow(record=row, heap="PREGNANCY", text=date_format(row.due_on) if row.due_on else "") for row in pregnancies),
        *(PreviewRow(record=row, heap="BIRTH", text=date_format(row.born_at.astimezone(clock.zone()))) for row in births),
        *(PreviewRow(record=row, heap="MEDICINE", text=row.display) for row in medicines),
        *(PreviewRow(record=row, heap="VISITS", text=row.kind) for row in visits),
    ]
