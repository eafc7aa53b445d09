"""Reads of requests. Each takes `viewer`; row security decides which rows there are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from careloom.infra.access import NotVisible, System, Viewer, acting_as, system
from careloom.infra.ui.paging import Some, some
from careloom.people.models import PersonRecord
from careloom.rights.models import HeldBack, PassedOn, RightsRequest, RightsStep, StandsBeside
from careloom.rights.models.request import RECEIVED

PAGE = 25
MOST_STEPS = 100
MOST_BESIDE = 500


def requests_of(*, viewer: Viewer, open_only: bool, right: str = "", page: int = 1) -> Some:
    """The requests in the agency's book: the open ones, the next clock first; or all, the newest first. One query."""
    rows = RightsRequest.objects.seen_by(viewer).filter(holder_id=viewer.holder_id).defer("sealed")
    rows = rows.filter(right=right) if right else rows
    if open_only:
        return some(rows.filter(state=RECEIVED).order_by("due_on", "received_at", "pk"), page=page)
    return some(rows.order_by("-received_at", "pk"), page=page)


def get_right(*, viewer: Viewer, right_id: UUID) -> RightsRequest:
    """One request in the agency's own book. Raises NotVisible."""
    row: RightsRequest | None = RightsRequest.objects.seen_by(viewer).filter(pk=right_id, holder_id=viewer.holder_id).defer("sealed").first()
    if row is None:
        raise NotVisible
    return row


def steps_of(*, viewer: Viewer, request_id: UUID) -> list[RightsStep]:
    """What happened to a request, oldest first. One query."""
    return list(RightsStep.objects.seen_by(viewer).filter(request_id=request_id).order_by("at", "id")[:MOST_STEPS])


def held_back_for(*, viewer: Viewer, identity_id: UUID, at: datetime) -> list[HeldBack]:
    """What the agency leaves out of a person's accounting now. One query."""
    rows = HeldBack.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, identity_id=identity_id, lifted_at=None, ends_at__gt=at)
    return list(rows.order_by("ends_at")[:PAGE])


def beside_record(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> list[StandsBeside]:
    """Corrections and statements beside the parts of records that `viewer` reads, newest first. One query."""
    rows = StandsBeside.objects.seen_by(viewer).filter(identity_id__in=list(identity_ids))
    return list(rows.order_by("-at", "pk")[:MOST_BESIDE])


def passed_on_about(*, viewer: Viewer, identity_id: UUID, page: int = 1) -> Some:
    """What the agency's workers passed on for a person, newest first. One query."""
    rows = PassedOn.objects.seen_by(viewer).filter(identity_id=identity_id, holder_id=viewer.holder_id)
    return some(rows.order_by("-at", "pk"), page=page)


def hers(*, viewer: Viewer, identity_ids: Iterable[UUID], page: int = 1) -> Some:
    """What she asked, of every holder, and what was asked for her, newest first. One query."""
    rows = RightsRequest.objects.seen_by(viewer).filter(identity_id__in=list(identity_ids)).defer("sealed")
    return some(rows.order_by("-received_at", "pk"), page=page)


def one_of_hers(*, viewer: Viewer, identity_ids: Iterable[UUID], right_id: UUID) -> RightsRequest:
    """One request of hers. Raises NotVisible."""
    rows = RightsRequest.objects.seen_by(viewer).filter(pk=right_id, identity_id__in=list(identity_ids)).defer("sealed")
    row: RightsRequest | None = rows.first()
    if row is None:
        raise NotVisible
    return row


def language_at(*, holder_id: UUID, identity_id: UUID) -> str:
    """The language of a person in the holder's own record, for a letter: English where it says nothing. One query, as the holder's job."""
    with acting_as(system(System.JOB, holder_id=holder_id)):
        rows = PersonRecord.objects.filter(holder_id=holder_id, identity_id=identity_id).order_by("made_at")
        known = rows.values_list("language", flat=True).first()
    return known if known in {"en", "es"} else "en"
