"""Reads of threads: which there are, what stands in one, who could take part and who of them may read what somebody is about to write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import OuterRef, Subquery

from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.consents.queries import consents_of, who_sees_what, would_see
from careloom.infra.access import NotVisible, PrincipalKind, System, Viewer, acting_as, segments, system
from careloom.infra.documents.uploads import unseal_upload
from careloom.infra.ui.paging import PAGE
from careloom.kernel.agency_kinds import AgencyKind
from careloom.messages.actions.threads import APART, CORE
from careloom.messages.models import Attachment, Entry, Participant, Thread
from careloom.messages.models.thread import HER


@dataclass(frozen=True, kw_only=True)
class ThreadLine:
    """One thread of a list, with when something was last written in it that the reader may read, and how much of it is new."""

    thread: Thread
    last_at: datetime
    unread: int
    seats: tuple[Participant, ...]


@dataclass(frozen=True, kw_only=True)
class Lines:
    """A page of threads, the one that was written in last first."""

    rows: tuple[ThreadLine, ...]
    page: int
    has_more: bool


@dataclass(frozen=True, kw_only=True)
class ThreadPage:
    """One thread: who takes part, and a page of its entries, oldest first. `papers` are entries with something beside them."""

    thread: Thread
    seats: tuple[Participant, ...]
    entries: tuple[Entry, ...]
    papers: frozenset[UUID]
    seat: Participant | None
    page: int
    has_more: bool

    @property
    def may_write(self) -> bool:
        """Whether the reader takes part still."""
        return self.seat is not None and self.seat.left_at is None


@dataclass(frozen=True, kw_only=True)
class Reader:
    """An agency that could take part, and what of the writer's words it may read now: `core` all that is plain, `apart` what tells of treatment."""

    agency: Agency
    core: bool
    apart: bool


def threads_about(*, viewer: Viewer, identity_ids: Iterable[UUID], page: int = 1, a_page: int = PAGE) -> Lines:
    """The threads about these people in which the viewer takes part, as far as her papers let it read. Three queries."""
    newest = Entry.objects.filter(thread_id=OuterRef("pk")).order_by("-written_at").values("written_at")[:1]
    rows = Thread.objects.seen_by(viewer).filter(identity_id__in=set(identity_ids)).annotate(last_at=Subquery(newest))
    start = (max(page, 1) - 1) * a_page
    # A thread of which nothing may be read (each entry lies in a part that is closed to the viewer) is not there.
    found = list(rows.filter(last_at__isnull=False).order_by("-last_at", "pk")[start : start + a_page + 1])
    ids = [row.pk for row in found[:a_page]]
    seats = list(Participant.objects.seen_by(viewer).filter(thread_id__in=ids))
    said = list(Entry.objects.seen_by(viewer).filter(thread_id__in=ids).values_list("thread_id", "written_at", "holder_id"))
    return Lines(
        rows=tuple(_line(row, viewer=viewer, seats=seats, said=said) for row in found[:a_page]), page=max(page, 1), has_more=len(found) > a_page
    )


def _line(row: Thread, *, viewer: Viewer, seats: list[Participant], said: list[tuple[UUID, datetime, UUID]]) -> ThreadLine:
    here = tuple(seat for seat in seats if seat.thread_id == row.pk)
    own = next((seat for seat in here if _is_own(seat, viewer=viewer)), None)
    since = own.read_at if own else None
    fresh = [at for thread_id, at, holder in said if thread_id == row.pk and holder != viewer.holder_id and (since is None or at > since)]
    return ThreadLine(thread=row, last_at=row.last_at, unread=len(fresh) if own and own.left_at is None else 0, seats=here)  # type: ignore[attr-defined]


def unread_for_her(*, viewer: Viewer, identity_id: UUID) -> int:
    """How many messages she has not read. Two queries."""
    seats = {seat.thread_id: seat for seat in Participant.objects.seen_by(viewer).filter(identity_id=identity_id, party=HER, left_at=None)}
    said = Entry.objects.seen_by(viewer).filter(identity_id=identity_id, thread_id__in=list(seats)).exclude(holder_id=viewer.holder_id)
    return sum(
        1 for thread_id, at in said.values_list("thread_id", "written_at") if seats[thread_id].read_at is None or at > seats[thread_id].read_at
    )


def thread_page(*, viewer: Viewer, thread_id: UUID, page: int = 1) -> ThreadPage:
    """A thread as `viewer` may read it. Four queries. Raises NotVisible when it is hidden or absent, or nothing of it may be read."""
    thread = Thread.objects.seen_by(viewer).filter(pk=thread_id).first()
    seats = tuple(Participant.objects.seen_by(viewer).filter(thread_id=thread_id).order_by("party", "pk"))
    start = (max(page, 1) - 1) * PAGE
    found = list(Entry.objects.seen_by(viewer).filter(thread_id=thread_id).order_by("-written_at", "pk")[start : start + PAGE + 1])
    papers = frozenset(Attachment.objects.seen_by(viewer).filter(entry_id__in=[row.pk for row in found]).values_list("entry_id", flat=True))
    if thread is None or (not found and page <= 1):
        raise NotVisible
    return ThreadPage(
        thread=thread, seats=seats, entries=tuple(reversed(found[:PAGE])), papers=papers,
        seat=next((seat for seat in seats if _is_own(seat, viewer=viewer)), None), page=max(page, 1), has_more=len(found) > PAGE,
    )  # fmt: skip


def _is_own(seat: Participant, *, viewer: Viewer) -> bool:
    return seat.party == HER if viewer.kind is PrincipalKind.PERSON else seat.party_id == viewer.principal_id


def paper_of(*, viewer: Viewer, entry_id: UUID) -> tuple[Attachment, bytes]:
    """What stands beside an entry, opened. Raises NotVisible when it is hidden or absent. One query."""
    paper = Attachment.objects.seen_by(viewer).filter(entry_id=entry_id).first()
    if paper is None:
        raise NotVisible
    return paper, unseal_upload(paper.sealed, holder_id=paper.holder_id, document_id=paper.pk)


def who_may_join(*, viewer: Viewer, identity_id: UUID, at: datetime) -> list[Agency]:
    """The agencies of the care team as the viewer sees it, and those who read something of hers now; not its own. By name. Four queries."""
    team = apps.get_model("plans", "CareTeamMember").objects.seen_by(viewer).filter(identity_id=identity_id, ends_at=None)
    plans = apps.get_model("plans", "PlanOfSafeCare").objects.seen_by(viewer).filter(identity_id=identity_id)
    ids = set(team.exclude(agency_id=None).values_list("agency_id", flat=True))
    ids |= {pk for pair in plans.values_list("holder_id", "lead_agency_id") for pk in pair if pk}
    if viewer.kind is PrincipalKind.AGENCY:
        ids |= {row.recipient_id for row in who_sees_what(viewer=viewer, identity_ids=[identity_id], at=at)}
    else:
        # Those whom a form of hers names; whether they may read her words is asked next.
        forms = consents_of(viewer=viewer, identity_id=identity_id)
        ids |= {pk for form in forms if form.revoked_at is None for pk in form.recipient_ids}
    found = agencies_by_id(ids=ids - {viewer.holder_id}).values()
    return sorted((agency for agency in found if agency.active), key=lambda agency: agency.name_outside)


def readers_of(*, viewer: Viewer, identity_id: UUID, agencies: Iterable[Agency], at: datetime) -> list[Reader]:
    """Which agencies may read what `viewer` is about to write about this person, plain and apart, by the grants that would exist then.

    What is about to be written may open a first segment, so it is tried in a savepoint that is always rolled back; nothing is accounted.
    """
    wanted = list(agencies)
    if not wanted:
        # Nothing is tried where nobody could read: what a trial asks follows from papers, also those of others.
        return []
    hers = viewer.kind is PrincipalKind.PERSON
    provenance = "self_reported" if hers else "originating"
    frame = {"holder_id": viewer.holder_id, "identity_id": identity_id, "provenance": provenance}
    with transaction.atomic():
        point = transaction.savepoint()
        segments.open_for([Entry(**frame, category=CORE), Entry(**frame, category=APART)])
        with acting_as(system(System.JOB, holder_id=viewer.holder_id)):
            found = [
                Reader(agency=agency, core=_reads(agency, viewer, identity_id, CORE, provenance, at),
                       apart=_reads(agency, viewer, identity_id, APART, provenance, at))
                for agency in wanted
            ]  # fmt: skip
        transaction.savepoint_rollback(point)
    return found


def _reads(agency: Agency, viewer: Viewer, identity_id: UUID, category: str, provenance: str, at: datetime) -> bool:
    if agency.pk == viewer.holder_id or viewer.holder_id is None:
        return True
    return would_see(
        holder_id=viewer.holder_id, identity_id=identity_id, recipient_id=agency.pk, category=category, provenance=provenance,
        purpose=AgencyKind(agency.kind).purpose, at=at,
    )  # fmt: skip
