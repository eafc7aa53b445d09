"""What a preview of a consent, a release and her own copy show of a case: its plan, and nothing of the agency's own record of it.

Registered with `consents.preview` in config.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from careloom.consents.preview import PreviewRow
from careloom.infra.access import Viewer
from careloom.permanency import words
from careloom.permanency.models import Case, PlanItem
from careloom.permanency.models.case import OPEN

MOST = 200


def preview_rows(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> list[PreviewRow]:
    """Open cases by their kind, and the goals, services and steps of their plans. Two queries."""
    about = {"identity_id__in": list(identity_ids), "state": OPEN}
    cases = Case.objects.seen_by(viewer).filter(**about).order_by("-opened_at")[:MOST]
    items = PlanItem.objects.seen_by(viewer).filter(**about).order_by("kind", "at")[:MOST]
    return [PreviewRow(record=row, heap="CASE", text=words.code(row.kind, among=words.KINDS)) for row in cases] + [
        PreviewRow(record=row, heap="CASE", text=f"{words.code(row.kind, among=words.ITEMS)}: {row.words}") for row in items
    ]
