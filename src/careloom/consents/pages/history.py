"""Every form of hers with what became of it, a page at a time. Source: workflows 6.5; 42 CFR 2.31."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.consents.models import Consent
from careloom.consents.models.scan import PaperScan
from careloom.consents.pages.subject import Subject, subject_of
from careloom.infra import clock
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.access.accounting import account
from careloom.infra.documents.uploads import unseal_upload

PAGE = 20


@dataclass(frozen=True, kw_only=True)
class History:
    """A page of her forms, newest first; `scanned` are those with a scan that the reader may open, `newer` what took the place of what."""

    subject: Subject
    rows: tuple[Consent, ...]
    newer: dict[UUID, Consent]
    scanned: frozenset[UUID]
    agencies: dict[UUID, Agency]
    has_more: bool
    today: date


@dataclass(frozen=True, kw_only=True)
class OpenedScan:
    """A scan as it may be handed out."""

    media_type: str
    content: bytes


def history_of(*, viewer: Viewer, identity_id: UUID, at: datetime, page: int = 1) -> History:
    """Her forms as far as `viewer` may read them. Raises NotVisible as `subject_of` does."""
    subject = subject_of(viewer=viewer, identity_id=identity_id, place="consents:history", at=at)
    start = (page - 1) * PAGE
    found = list(Consent.objects.seen_by(viewer).filter(identity_id=identity_id).order_by("-drafted_at", "id")[start : start + PAGE + 1])
    rows = found[:PAGE]
    account(viewer=viewer, place="consents:history", rows=rows, at=at)
    newer = Consent.objects.seen_by(viewer).filter(pk__in=[row.superseded_by for row in rows if row.superseded_by])
    scans = PaperScan.objects.seen_by(viewer).filter(about_id__in=[row.pk for row in rows], about_kind="CONSENT")
    named = {pk for row in rows for pk in (*row.discloser_ids, *row.recipient_ids, row.holder_id)}
    return History(
        subject=subject, rows=tuple(rows), newer={row.pk: row for row in newer}, scanned=frozenset(scans.values_list("about_id", flat=True)),
        agencies=agencies_by_id(ids=named), has_more=len(found) > PAGE, today=clock.today(),
    )  # fmt: skip


def has_scan(*, viewer: Viewer, consent_id: UUID) -> bool:
    """Whether there is a scan of this paper that `viewer` may open."""
    return PaperScan.objects.seen_by(viewer).filter(about_id=consent_id, about_kind="CONSENT").exists()


def scan_of(*, viewer: Viewer, consent_id: UUID, at: datetime, place: str = "consents:scan") -> OpenedScan:
    """The scan of a paper, opened and accounted for. Raises NotVisible where there is none, or none for `viewer`."""
    row = PaperScan.objects.seen_by(viewer).filter(about_id=consent_id, about_kind="CONSENT").first()
    if row is None:
        raise NotVisible
    account(viewer=viewer, place=place, rows=[row], at=at)
    return OpenedScan(media_type=row.media_type, content=unseal_upload(row.sealed, holder_id=row.holder_id, document_id=row.pk))
