"""Papers of a judge about her, as she reads them: who may show what to whom, until when. Source: R-107; 42 CFR 2.64(b); 45 CFR 164.512(e)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.consents.models import CourtOrder
from careloom.consents.reach import order_reach
from careloom.infra import clock
from careloom.infra.access import Viewer
from careloom.infra.access.accounting import account
from careloom.kernel.disclosure import OrderKind
from careloom.portal import words

PAGE = 20


@dataclass(frozen=True, kw_only=True)
class CourtPaper:
    """One paper in plain words. `opens` is false for one that lets nobody see anything now; `is_order` is false for a mere request."""

    court: str
    is_order: bool
    issued_on: date
    until: date | None
    ended_on: datetime | None
    by: str
    to: tuple[str, ...]
    what: str
    opens: bool


@dataclass(frozen=True, kw_only=True)
class CourtPapers:
    """A page of them, newest first."""

    rows: tuple[CourtPaper, ...]
    page: int
    has_more: bool


def papers_about(*, viewer: Viewer, identity_id: UUID, at: datetime, page: int) -> CourtPapers:
    """Every paper of a court about her that any agency keeps. Three queries."""
    start = (page - 1) * PAGE
    kept = CourtOrder.objects.seen_by(viewer).filter(identity_id=identity_id).exclude(ended_because="MISTAKE")
    found = list(kept.order_by("-issued_on", "id")[start : start + PAGE + 1])
    account(viewer=viewer, place="portal:court", rows=found[:PAGE], at=at)
    agencies = agencies_by_id(ids={pk for row in found for pk in (row.holder_id, *row.recipient_ids)})
    today = clock.today()
    return CourtPapers(rows=tuple(_paper(row, agencies=agencies, today=today) for row in found[:PAGE]), page=page, has_more=len(found) > PAGE)


def _paper(row: CourtOrder, *, agencies: dict[UUID, Agency], today: date) -> CourtPaper:
    to = [words.agency_words(agencies[pk].kind) for pk in row.recipient_ids if pk in agencies]
    to += [words.place_words(name) for name in row.recipient_names]
    opened = [one.category for one in order_reach(row, agencies=agencies, on=today) if one.permits] if row.ended_at is None else []
    return CourtPaper(
        court="" if words.tells(row.court) else row.court, is_order=row.kind != OrderKind.SUBPOENA.value, issued_on=row.issued_on,
        until=row.expires_on, ended_on=row.ended_at, by=words.agency_words(agencies[row.holder_id].kind) if row.holder_id in agencies else "",
        to=tuple(dict.fromkeys(to)), what=words.information_words(opened), opens=bool(opened),
    )  # fmt: skip
