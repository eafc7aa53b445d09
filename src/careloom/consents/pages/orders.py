"""The register of court orders: a page of it, and one order with what it opened and why it did not open the rest. Source: R-107; law.md 1.8."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from careloom.agencies.models import Agency, Worker
from careloom.agencies.queries import agencies_by_id
from careloom.consents.models import CourtOrder
from careloom.consents.models.scan import PaperScan
from careloom.consents.pages.history import OpenedScan
from careloom.consents.pages.subject import Subject, subject_of
from careloom.consents.reach import Answer, order_reach
from careloom.infra import clock
from careloom.infra.access import NotVisible, System, Viewer, acting_as, system
from careloom.infra.access.accounting import account
from careloom.infra.access.models import Disclosure, Grant, Segment
from careloom.infra.documents.uploads import unseal_upload
from careloom.people.models import PersonRecord
from careloom.people.queries import names_of, with_infants

PAGE = 25


@dataclass(frozen=True, kw_only=True)
class Orders:
    """A page of the register, newest first. `opens` are the ids of those that open something now; `subject` is set for one family's list."""

    rows: tuple[CourtOrder, ...]
    people: dict[UUID, PersonRecord]
    opens: frozenset[UUID]
    subject: Subject | None
    page: int
    has_more: bool
    today: date


@dataclass(frozen=True, kw_only=True)
class OneOrder:
    """One order. `grants` are what it opens now; `reach` is what the kernel says of each kind it lists; `held` what the agency holds of them.

    `has_page`: what it opens holds her name or her plan, so that a page of hers opens to who reads by it.
    """

    row: CourtOrder
    people: dict[UUID, PersonRecord]
    agencies: dict[UUID, Agency]
    grants: tuple[Grant, ...]
    reach: tuple[Answer, ...]
    held: frozenset[str]
    given: tuple[Disclosure, ...]
    recorded_by: str
    has_scan: bool
    has_page: bool
    today: date

    @property
    def has_run_out(self) -> bool:
        """Whether its last day is over."""
        return self.row.expires_on is not None and self.row.expires_on < self.today


def orders_page(*, viewer: Viewer, at: datetime, page: int = 1, identity_id: UUID | None = None) -> Orders:
    """The orders that the agency of `viewer` keeps, of one family or of all. Raises NotVisible as `kept_subject` does."""
    place = "consents:orders"
    subject = kept_subject(viewer=viewer, identity_id=identity_id, place=place, at=at) if identity_id else None
    kept = CourtOrder.objects.seen_by(viewer).filter(holder_id=viewer.holder_id)
    if identity_id:
        kept = kept.filter(identity_id=identity_id)
    start = (page - 1) * PAGE
    found = list(kept.order_by("-recorded_at", "id")[start : start + PAGE + 1])
    rows = found[:PAGE]
    people = names_of(viewer=viewer, identity_ids=[row.identity_id for row in rows])
    account(viewer=viewer, place=place, rows=[*rows, *people.values()], at=at)
    live = _live(viewer, at=at, order_ids=[row.pk for row in rows])
    return Orders(
        rows=tuple(rows), people=people, opens=frozenset(pk for pk in live.values_list("instrument_id", flat=True) if pk), subject=subject,
        page=page, has_more=len(found) > PAGE, today=clock.today(),
    )  # fmt: skip


def kept_subject(*, viewer: Viewer, identity_id: UUID, place: str, at: datetime) -> Subject:
    """The family of a paper, for who keeps the papers: also one of whom her agency holds only kinds of record that her role does not open.

    Then it has no name here. Raises NotVisible where the agency holds nothing of her at all.
    """
    try:
        return subject_of(viewer=viewer, identity_id=identity_id, place=place, at=at)
    except NotVisible:
        if not Segment.objects.filter(holder_id=viewer.holder_id, identity_id=identity_id).exists():
            raise
    return Subject(identity_id=identity_id, mother=None, infants=())


def one_order(*, viewer: Viewer, order_id: UUID, at: datetime, place: str = "consents:order") -> OneOrder:
    """One order of the agency of `viewer`, accounted for on `place`. Raises NotVisible when it is hidden or absent."""
    row = CourtOrder.objects.seen_by(viewer).filter(pk=order_id, holder_id=viewer.holder_id).first()
    if row is None:
        raise NotVisible
    found = with_infants(viewer=viewer, identity_ids=[row.identity_id])
    account(viewer=viewer, place=place, rows=[row, *found], at=at)
    people: dict[UUID, PersonRecord] = {}
    for person in found:
        people.setdefault(person.identity_id, person)
    agencies = agencies_by_id(ids={row.holder_id, *row.recipient_ids})
    given = Disclosure.objects.filter(instrument_id=row.pk).order_by("-hour", "id")[:PAGE]
    writer = Worker.objects.filter(pk=row.recorded_by).values_list("name", flat=True).first() if row.recorded_by else None
    today, grants = clock.today(), tuple(_live(viewer, at=at, order_ids=[row.pk]).order_by("recipient_id", "category"))
    return OneOrder(
        row=row, people=people, agencies=agencies, grants=grants, has_page=_has_page(row, kinds={grant.category for grant in grants}),
        reach=tuple(order_reach(row, agencies=agencies, on=today)), held=_held(row), given=tuple(given), recorded_by=writer or "",
        has_scan=row.document_id is not None, today=today,
    )  # fmt: skip


def order_scan(*, viewer: Viewer, order_id: UUID, at: datetime) -> OpenedScan:
    """The scan of an order, opened and accounted for. Raises NotVisible where there is none, or none for `viewer`."""
    row = PaperScan.objects.seen_by(viewer).filter(about_id=order_id, about_kind="ORDER", holder_id=viewer.holder_id).first()
    if row is None:
        raise NotVisible
    account(viewer=viewer, place="consents:order_scan", rows=[row], at=at)
    return OpenedScan(media_type=row.media_type, content=unseal_upload(row.sealed, holder_id=row.holder_id, document_id=row.pk))


def _live(viewer: Viewer, *, at: datetime, order_ids: Iterable[UUID]) -> QuerySet[Grant]:
    """What these orders open now. Not narrowed to the categories of the role: the keeper of the papers answers for all that they open."""
    return Grant.objects.filter(holder_id=viewer.holder_id, instrument_id__in=list(order_ids), valid_from__lte=at, valid_to__gt=at)


def _has_page(row: CourtOrder, *, kinds: set[str]) -> bool:
    # Asked for the agency: the role of who keeps the papers may not open these kinds of record, and needs only a yes or no.
    with acting_as(system(System.JOB, holder_id=row.holder_id)):
        named = PersonRecord.objects.filter(holder_id=row.holder_id, identity_id=row.identity_id, category__in=kinds)
        plan = apps.get_model("plans", "PlanOfSafeCare").objects.filter(holder_id=row.holder_id, identity_id=row.identity_id, category__in=kinds)
        return named.exists() or plan.exists()


def _held(row: CourtOrder) -> frozenset[str]:
    """The listed kinds of record that the agency holds of these people."""
    segments = Segment.objects.filter(holder_id=row.holder_id, identity_id__in=row.subject_ids, category__in=row.scope)
    return frozenset(segments.values_list("category", flat=True))
