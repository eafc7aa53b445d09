"""What a preview of a consent shows of clinical facts. Registered with `consents.preview` in config."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.consents.preview import PreviewRow
from careloom.health.models import Birth, Condition, Encounter, Exposure, Medication, NewbornSigns, Observation, Pregnancy
from careloom.infra import clock
from careloom.infra.access import Viewer

APART = "hipaa.toxicology"


def preview_rows(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> list[PreviewRow]:
    """Pregnancies, births, medicines, visits, and what tells about substance use, of these identities that `viewer` sees. Eight queries."""
    ids = tuple(identity_ids)
    pregnancies = Pregnancy.objects.seen_by(viewer).filter(identity_id__in=ids).order_by("-recorded_at")
    births = Birth.objects.seen_by(viewer).filter(identity_id__in=ids).order_by("born_at")
    medicines = Medication.objects.seen_by(viewer).filter(identity_id__in=ids).order_by("display")
    visits = Encounter.objects.seen_by(viewer).filter(identity_id__in=ids).order_by("-starts_at", "pk")
    found = [
        *(PreviewRow(record=row, heap="PREGNANCY", text=date_format(row.due_on) if row.due_on else "") for row in pregnancies),
        *(PreviewRow(record=row, heap="BIRTH", text=date_format(row.born_at.astimezone(clock.zone()))) for row in births),
        *(PreviewRow(record=row, heap="MEDICINE", text=row.display) for row in medicines),
        *(PreviewRow(record=row, heap="VISITS", text=row.kind) for row in visits),
    ]
    return [*(replace(row, heap="TELLS") if row.record.category == APART else row for row in found), *_apart(viewer, ids)]


def _apart(viewer: Viewer, ids: tuple[UUID, ...]) -> Iterator[PreviewRow]:
    """Diagnoses, tests, signs and exposures that lie apart; those of the ordinary record are its bulk and no preview lists them."""
    of = {"identity_id__in": ids, "category": APART}
    for condition in Condition.objects.seen_by(viewer).filter(**of).order_by("display", "pk"):
        yield PreviewRow(record=condition, heap="TELLS", text=condition.display)
    for test in Observation.objects.seen_by(viewer).filter(**of).order_by("display", "pk"):
        yield PreviewRow(record=test, heap="TELLS", text=test.display)
    for signs in NewbornSigns.objects.seen_by(viewer).filter(**of).order_by("pk"):
        yield PreviewRow(record=signs, heap="TELLS", text=_("What the first days showed"))
    for exposure in Exposure.objects.seen_by(viewer).filter(**of).order_by("substance", "pk"):
        yield PreviewRow(record=exposure, heap="TELLS", text=_("What the baby was exposed to before birth"))
