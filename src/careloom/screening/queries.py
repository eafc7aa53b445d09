"""Reads of forms. Each takes `viewer`; row security decides which rows there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q

from careloom.agencies.models import Worker
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.ui.paging import Some, some
from careloom.screening.models import OPEN, FormDraft, FormFollowUp, FormResponse, ProtocolShown

MOST_DRAFTS = 30
MOST_VERSIONS = 50


def _readable(viewer: Viewer) -> Any:
    """What stands, and what the viewer's own agency took back: that is shown to its holder alone, marked."""
    return FormResponse.every.seen_by(viewer).filter(Q(taken_back_at=None) | Q(holder_id=viewer.holder_id))


def responses_about(*, viewer: Viewer, identity_ids: Iterable[UUID], page: int = 1) -> Some:
    """What was handed in about a family and stands, newest first, of every holder whose record the viewer reads. One query."""
    rows = _readable(viewer).filter(identity_id__in=list(identity_ids), replaced_at=None)
    return some(rows.defer("answers", "response").order_by("-handed_in_at", "pk"), page=page)


def drafts_of(*, viewer: Viewer, family_id: UUID) -> list[FormDraft]:
    """The forms that the agency has begun for a family, newest first. One query."""
    rows = FormDraft.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, family_id=family_id, state=OPEN)
    return list(rows.defer("answers", "others").order_by("-saved_at", "pk")[:MOST_DRAFTS])


def get_draft(*, viewer: Viewer, draft_id: UUID) -> FormDraft:
    """One draft of the viewer's agency. Raises NotVisible."""
    row: FormDraft | None = FormDraft.objects.seen_by(viewer).filter(pk=draft_id, holder_id=viewer.holder_id).first()
    if row is None:
        raise NotVisible
    return row


def get_response(*, viewer: Viewer, response_id: UUID) -> FormResponse:
    """One form that was handed in, of any holder whose record the viewer reads. Raises NotVisible."""
    row: FormResponse | None = _readable(viewer).filter(pk=response_id).first()
    if row is None:
        raise NotVisible
    return row


def versions_of(*, viewer: Viewer, row: FormResponse) -> list[FormResponse]:
    """All versions of what was handed in once, newest first. One query."""
    rows = _readable(viewer).filter(holder_id=row.holder_id, series_id=row.series_id)
    return list(rows.defer("answers", "response").order_by("-number")[:MOST_VERSIONS])


def follow_ups_of(*, viewer: Viewer, response_id: UUID) -> list[FormFollowUp]:
    """What was done about the alerts of a form. One query."""
    return list(FormFollowUp.objects.seen_by(viewer).filter(response_id=response_id).order_by("at"))


def shown_to(*, viewer: Viewer, identity_id: UUID, version: str) -> ProtocolShown | None:
    """That she was shown a version of the protocol: by this agency, or read by herself where the viewer sees that; the first. One query."""
    rows = ProtocolShown.objects.seen_by(viewer).filter(identity_id=identity_id, version=version)
    return rows.order_by("at").first()


def workers_named(ids: Iterable[UUID | None]) -> dict[UUID, Worker]:
    """Workers by id, for their names. One query, or none where nobody is meant."""
    wanted = {pk for pk in ids if pk is not None}
    return Worker.objects.in_bulk(wanted) if wanted else {}
