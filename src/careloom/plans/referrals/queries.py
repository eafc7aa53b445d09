"""Reads of referrals. Each takes `viewer`; row security decides which rows there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.core.paginator import Page, Paginator

from careloom.agencies.models import Agency, Membership
from careloom.agencies.queries import agencies_by_id
from careloom.infra.access import Viewer
from careloom.kernel.referral import IN_SERVICE, Kind, State
from careloom.people.models import PersonRecord
from careloom.people.queries import names_of
from careloom.plans.models import Need, Referral, ReferralEvent

PER_PAGE = 25


class Group(StrEnum):
    """The three heaps of a receiving agency's inbox, and what is over."""

    NEW = "NEW"
    WAITING = "WAITING"
    IN_SERVICE = "IN_SERVICE"
    ENDED = "ENDED"


GROUPS: dict[Group, list[str]] = {
    Group.NEW: [State.REQUESTED],
    Group.WAITING: [State.ACCEPTED, State.WAITLISTED, State.NO_SHOW, State.REOPENED],
    Group.IN_SERVICE: sorted(IN_SERVICE),
    Group.ENDED: [State.COMPLETED, State.DECLINED, State.CANCELLED, State.FAILED],
}


@dataclass(frozen=True, kw_only=True)
class ReferralPage:
    """One referral as `viewer` may see it: its steps in order, its need, whom it is for, both agencies, who asked, what followed.

    `is_receiver`: the reader's agency was asked. `moves` and `answers`: the reader may speak for the agency that asked, or for the one asked.
    """

    referral: Referral
    events: tuple[ReferralEvent, ...]
    need: Need | None
    people: tuple[PersonRecord, ...]
    owner: Agency | None
    receiver: Agency | None
    is_receiver: bool
    moves: bool
    answers: bool
    followed_by: Referral | None
    asked_by: Membership | None

    @property
    def rows(self) -> list[Referral | ReferralEvent | Need | PersonRecord]:
        """Every family row that the page shows, for the accounting."""
        return [self.referral, *self.events, *([self.need] if self.need else []), *self.people]


def get_referral(*, viewer: Viewer, referral_id: UUID) -> ReferralPage | None:
    """One referral with its history, or None when it is hidden or absent. Eight statements at most."""
    row = Referral.objects.seen_by(viewer).filter(pk=referral_id).first()
    if row is None:
        return None
    live = row.kind == Kind.LIVE
    is_receiver = row.receiver_id == viewer.principal_id
    moves = row.holder_id == viewer.holder_id and viewer.can("PLAN_WRITE")
    agencies = agencies_by_id(ids=[row.holder_id, *([row.receiver_id] if live and row.receiver_id else [])])
    named = names_of(viewer=viewer, identity_ids=row.household_ids or [row.identity_id])
    return ReferralPage(
        referral=row,
        events=tuple(ReferralEvent.objects.seen_by(viewer).filter(referral_id=row.pk).order_by("at", "id")),
        need=Need.objects.seen_by(viewer).filter(pk=row.need_id).first(),
        people=tuple(named[i] for i in row.household_ids if i in named),
        owner=agencies.get(row.holder_id),
        receiver=agencies.get(row.receiver_id) if row.receiver_id else None,
        is_receiver=is_receiver,
        moves=moves,
        answers=viewer.can("REFERRAL_ANSWER") if is_receiver else moves and not live and row.state != State.DRAFT,
        asked_by=Membership.objects.filter(worker_id=row.owner_worker_id, agency_id=row.holder_id).select_related("worker").first(),
        followed_by=Referral.objects.seen_by(viewer).filter(follows_id=row.pk).first(),
    )


def referrals_of_plans(*, viewer: Viewer, plan_ids: Iterable[UUID]) -> dict[UUID, list[Referral]]:
    """The referrals of these plans that `viewer` may see, oldest first, by plan. One query."""
    found: dict[UUID, list[Referral]] = {}
    for row in Referral.objects.seen_by(viewer).filter(plan_id__in=set(plan_ids)).order_by("made_at", "id"):
        found.setdefault(row.plan_id, []).append(row)
    return found


def events_of_plans(*, viewer: Viewer, plan_ids: Iterable[UUID]) -> dict[UUID, list[ReferralEvent]]:
    """Their steps that `viewer` may see, in order, by referral. One query."""
    found: dict[UUID, list[ReferralEvent]] = {}
    for row in ReferralEvent.objects.seen_by(viewer).filter(plan_id__in=set(plan_ids)).order_by("at", "id"):
        found.setdefault(row.referral_id, []).append(row)
    return found


def inbox(*, viewer: Viewer, group: Group, page: int = 1) -> Page[Referral]:
    """What was asked of the agency of `viewer`, one heap, 25 a page: the soonest answer first."""
    asked = Referral.objects.seen_by(viewer).filter(receiver_id=viewer.principal_id, kind=Kind.LIVE, state__in=GROUPS[group])
    return Paginator(asked.order_by("answer_due_at", "id"), PER_PAGE).get_page(page)


def inbox_names(*, viewer: Viewer, rows: Iterable[Referral]) -> dict[UUID, PersonRecord]:
    """The names in a page of the inbox that `viewer` may see, by identity. One query."""
    return names_of(viewer=viewer, identity_ids={row.identity_id for row in rows})


def need_of(*, viewer: Viewer, need_id: UUID) -> Need | None:
    """The need that a referral is begun from, or None."""
    return Need.objects.seen_by(viewer).filter(pk=need_id).first()
