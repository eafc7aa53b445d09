"""Reads of disclosures. Each takes `viewer`; row security decides which rows there are."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from careloom.consents.models import EmergencyOpening
from careloom.disclosures.keepers import for_review
from careloom.disclosures.models import AskedRecord, EmergencyFinding, Given, MoreReached, RecordRequest
from careloom.disclosures.models.request import OPEN
from careloom.infra.access import NotVisible, Viewer, acting_as, require
from careloom.infra.access.models import Disclosure, Grant
from careloom.infra.ui.paging import Some, some


def requests_of(*, viewer: Viewer, open_only: bool, page: int) -> Some:
    """The requests that the viewer's agency was sent, the next clock first; with all, the newest first."""
    rows = RecordRequest.objects.seen_by(viewer).filter(holder_id=viewer.holder_id)
    if open_only:
        return some(rows.filter(state__in=OPEN).order_by("answer_by", "received_at", "pk"), page=page)
    return some(rows.order_by("-received_at", "pk"), page=page)


def get_request(*, viewer: Viewer, request_id: UUID) -> RecordRequest:
    """One request in the agency's own book. Raises NotVisible."""
    row: RecordRequest | None = RecordRequest.objects.seen_by(viewer).filter(pk=request_id, holder_id=viewer.holder_id).first()
    if row is None:
        raise NotVisible
    return row


def asked_about(*, viewer: Viewer, identity_id: UUID, page: int = 1) -> Some:
    """What the viewer's agency asked others about a person, newest first."""
    rows = AskedRecord.objects.seen_by(viewer).filter(identity_id=identity_id, holder_id=viewer.holder_id)
    return some(rows.order_by("-asked_at", "pk"), page=page)


def given_about(*, viewer: Viewer, identity_ids: Iterable[UUID], page: int = 1) -> Some:
    """What was given by hand or on paper about some people, as far as the viewer may know (as holder, or as the person), newest first."""
    rows = Given.objects.seen_by(viewer).filter(identity_id__in=list(identity_ids)).defer("sealed")
    return some(rows.order_by("-given_at", "pk"), page=page)


def get_given(*, viewer: Viewer, given_id: UUID) -> Given:
    """One disclosure that the viewer's agency made, or that it received by its own question. Raises NotVisible."""
    require(viewer)
    row: Given | None = Given.objects.seen_by(viewer).filter(pk=given_id).first()
    if row is None:
        raise NotVisible
    return row


def opening_to_review(*, viewer: Viewer, opening_id: UUID) -> EmergencyOpening:
    """An opening that took records of the viewer's agency. Raises NotVisible."""
    near = for_review(viewer)
    with acting_as(near):
        row = EmergencyOpening.objects.seen_by(near).filter(pk=opening_id, discloser_ids__contains=[viewer.holder_id]).first()
    if row is None:
        raise NotVisible
    return row


def opened_by(*, viewer: Viewer, opening_id: UUID) -> tuple[list[str], list[Disclosure]]:
    """What an opening opened of the viewer's agency's records, by category, and what was read of it. Two queries."""
    require(viewer)
    grants = Grant.objects.filter(instrument_id=opening_id, holder_id=viewer.holder_id).values_list("category", flat=True)
    read = Disclosure.objects.filter(instrument_id=opening_id, holder_id=viewer.holder_id).order_by("hour", "category")
    return sorted(set(grants)), list(read[:500])


def finding_about(*, viewer: Viewer, opening_id: UUID) -> EmergencyFinding | None:
    """What the viewer's agency found about an opening, or None."""
    require(viewer)
    found: EmergencyFinding | None = EmergencyFinding.objects.filter(opening_id=opening_id, holder_id=viewer.holder_id).first()
    return found


def get_finding(*, viewer: Viewer, finding_id: UUID) -> EmergencyFinding:
    """A finding against an opening of the viewer's agency. Raises NotVisible."""
    require(viewer)
    row: EmergencyFinding | None = EmergencyFinding.objects.filter(pk=finding_id, opener_id=viewer.holder_id).first()
    if row is None:
        raise NotVisible
    return row


def openings_of(*, viewer: Viewer, page: int) -> Some:
    """The openings that the viewer's agency made, newest first."""
    near = for_review(viewer)
    with acting_as(near):
        return some(EmergencyOpening.objects.seen_by(near).filter(holder_id=viewer.holder_id).order_by("-opened_at", "pk"), page=page)


def emergencies_about(*, viewer: Viewer, identity_ids: Iterable[UUID], page: int) -> Some:
    """Looks in an emergency at some people, as far as the viewer may know, newest first."""
    rows = EmergencyOpening.objects.seen_by(viewer).filter(identity_id__in=list(identity_ids))
    return some(rows.order_by("-opened_at", "pk"), page=page)


def get_reached(*, viewer: Viewer, reached_id: UUID) -> MoreReached:
    """A question for more that reached the viewer's agency. Raises NotVisible."""
    row: MoreReached | None = MoreReached.objects.seen_by(viewer).filter(pk=reached_id, holder_id=viewer.holder_id).first()
    if row is None:
        raise NotVisible
    return row
