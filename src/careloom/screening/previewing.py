"""What a preview of a consent shows of forms. Registered with `consents.preview` in config."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from careloom.consents.preview import PreviewRow
from careloom.infra.access import Viewer
from careloom.screening import presenters
from careloom.screening.kinds import PRIVATE_TOPICS
from careloom.screening.models import FormResponse

MOST = 200


def preview_rows(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> list[PreviewRow]:
    """The forms about these people that `viewer` sees, newest first, without those that are never printed. One query."""
    rows = FormResponse.objects.seen_by(viewer).filter(identity_id__in=list(identity_ids), replaced_at=None).exclude(topic__in=PRIVATE_TOPICS)
    return [PreviewRow(record=row, heap="FORM", text=_text(row)) for row in rows.order_by("-handed_in_at", "pk")[:MOST]]


def _text(row: FormResponse) -> str:
    """The form with its answers: a copy of a record is the record, not its title (45 CFR 164.524)."""
    answers = "; ".join(f"{line.text}: {line.answer}" for line in presenters.answer_lines(row, None) if not line.heading)
    return f"{row.title}, {presenters.moment(row.handed_in_at)}. {answers}"
