"""One plan and all its parts, as far as the viewer may see: the same number of queries for one need and for twenty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import F
from django.db.models.expressions import OrderBy

from careloom.infra.access import NotVisible, Viewer
from careloom.plans.merging import GoalNow, NeedNow, goals_now, needs_now
from careloom.plans.models import (
    OPEN_STATES,
    CareTeamMember,
    Goal,
    HerView,
    LeadTransfer,
    MeetingNote,
    Need,
    NeedStep,
    PlanInfant,
    PlanOfSafeCare,
    PlanRow,
    PlanVersion,
    Referral,
    ReferralEvent,
    Review,
    ReviewFinding,
    SectionCheck,
    SectionText,
    Strength,
)

Row = TypeVar("Row", bound=PlanRow)
WRITTEN: tuple[type[PlanRow], ...] = (SectionText, SectionCheck, MeetingNote)


@dataclass(frozen=True, kw_only=True)
class PlanParts:
    """Everything that a plan page shows. `lead` is None when the reader may not see who leads: show the care team line instead.

    `team` holds who is on it now, `team_before` who left. `reviews` are in order of their day, without those called off.
    `versions` are newest first. `her_views` hold her words and the team's answers (`answers_id`).
    """

    plan: PlanOfSafeCare
    infants: tuple[PlanInfant, ...]
    team: tuple[CareTeamMember, ...]
    team_before: tuple[CareTeamMember, ...]
    transfer: LeadTransfer | None
    strengths: tuple[Strength, ...]
    goals: tuple[GoalNow, ...]
    needs: tuple[NeedNow, ...]
    referrals: tuple[Referral, ...]
    referral_events: tuple[ReferralEvent, ...]
    reviews: tuple[Review, ...]
    findings: tuple[ReviewFinding, ...]
    versions: tuple[PlanVersion, ...]
    her_views: tuple[HerView, ...]
    written: tuple[PlanRow, ...] | None = None  # texts and checks of sections, and minutes; None where the page did not ask for them

    @property
    def lead(self) -> CareTeamMember | None:
        """Who leads, where the reader may see it."""
        return next((member for member in self.team if member.leads), None)

    @property
    def next_review(self) -> Review | None:
        """The next review that is still to be held."""
        return next((row for row in self.reviews if row.held_at is None and row.kind in {"REVIEW", "AFTER_EVENT"}), None)

    @property
    def last_review(self) -> Review | None:
        """The review that was held last."""
        held = [row for row in self.reviews if row.held_at is not None and row.kind in {"REVIEW", "AFTER_EVENT"}]
        return max(held, key=lambda row: row.held_at) if held else None

    def referrals_of(self, need_id: UUID) -> tuple[Referral, ...]:
        """The referrals of a need, oldest first."""
        return tuple(row for row in self.referrals if row.need_id == need_id)

    def events_of(self, referral_id: UUID) -> tuple[ReferralEvent, ...]:
        """The steps of a referral, oldest first."""
        return tuple(row for row in self.referral_events if row.referral_id == referral_id)

    def views_of(self, item_id: UUID) -> tuple[HerView, ...]:
        """What she wrote beside an item, and the answers to it, oldest first."""
        return tuple(row for row in self.her_views if row.item_id == item_id)

    def findings_of(self, review_id: UUID) -> tuple[ReviewFinding, ...]:
        """What a review found."""
        return tuple(row for row in self.findings if row.review_id == review_id)

    def rows(self) -> list[PlanOfSafeCare | PlanRow]:
        """Every row that is shown: what the page hands to `infra.access.accounting.account`."""
        goals = [goal.row for goal in self.goals]
        needs = [row for need in self.needs for row in (need.row, *need.steps)]
        transfer = [self.transfer] if self.transfer else []
        return [
            self.plan, *self.infants, *self.team, *self.team_before, *transfer, *self.strengths, *goals, *needs, *self.referrals,
            *self.referral_events, *self.reviews, *self.findings, *self.versions, *self.her_views, *(self.written or ()),
        ]  # fmt: skip


def get_plan(*, viewer: Viewer, plan_id: UUID) -> PlanOfSafeCare:
    """The plan, or `NotVisible` where it is hidden or absent. One query."""
    plan = PlanOfSafeCare.objects.seen_by(viewer).filter(pk=plan_id).first()
    if plan is None:
        raise NotVisible
    return plan


def plans_of(*, viewer: Viewer, identity_ids: Iterable[UUID], only_open: bool = False) -> list[PlanOfSafeCare]:
    """The plans of these mothers that `viewer` may see, newest first. One query."""
    rows = PlanOfSafeCare.objects.seen_by(viewer).filter(identity_id__in=set(identity_ids))
    return list((rows.filter(status__in=OPEN_STATES) if only_open else rows).order_by("-started_at"))


def plan_parts(*, viewer: Viewer, plan_id: UUID, plan: PlanOfSafeCare | None = None, brief: bool = False) -> PlanParts:
    """All parts of a plan that `viewer` may see, in 17 queries whatever it holds. Raises `NotVisible`.

    The family page has read the `plan` and asks for it in `brief`: without steps of referrals, findings, offers to lead and what sections say, in 10.
    """
    plan = plan or PlanOfSafeCare.objects.seen_by(viewer).filter(pk=plan_id).first()
    # Before its parts are asked for: row security would pass over the parts of a hidden plan one by one, and an absent plan has none.
    if plan is None:
        raise NotVisible
    team = _rows(CareTeamMember, viewer, plan_id, "starts_at", "made_at", "name")
    needs = _rows(Need, viewer, plan_id, "priority", "made_at", "id")
    steps = _rows(NeedStep, viewer, plan_id, "at", "made_at")
    goals = _rows(Goal, viewer, plan_id, "made_at", "id")
    transfers = [] if brief else _rows(LeadTransfer, viewer, plan_id, "-asked_at")
    reviews = _rows(Review, viewer, plan_id, "due_on", "kind")
    infants = _rows(PlanInfant, viewer, plan_id, "made_at", "id")
    strengths = _rows(Strength, viewer, plan_id, "made_at", "id")
    referrals = _rows(Referral, viewer, plan_id, "made_at", "id")
    events = [] if brief else _rows(ReferralEvent, viewer, plan_id, "at", "made_at")
    findings = [] if brief else _rows(ReviewFinding, viewer, plan_id, "made_at", "id")
    versions = _rows(PlanVersion, viewer, plan_id, "-number")
    written = None if brief else [row for model in WRITTEN for row in _rows(model, viewer, plan_id, "made_at", "id")]
    views = _rows(HerView, viewer, plan_id, "made_at", F("answers_id").asc(nulls_first=True), "id")
    return PlanParts(
        plan=plan,
        infants=_one_each(infants),
        team=tuple(row for row in sorted(team, key=lambda m: not m.leads) if row.ends_at is None),
        team_before=tuple(row for row in team if row.ends_at is not None),
        transfer=next((row for row in transfers if not row.answer), None),
        strengths=tuple(strengths),
        goals=goals_now(goals),
        needs=needs_now(needs, steps),
        referrals=tuple(referrals),
        referral_events=tuple(events),
        reviews=tuple(row for row in reviews if row.called_off_at is None),
        findings=tuple(findings),
        versions=tuple(versions),
        her_views=tuple(views),
        written=None if written is None else tuple(written),
    )


def last_version(*, viewer: Viewer, plan_id: UUID, why: str | None = None) -> PlanVersion | None:
    """The newest version of a plan (of one kind: AGREED, REVIEW, ...) that `viewer` may see. One query."""
    rows = PlanVersion.objects.seen_by(viewer).filter(plan_id=plan_id)
    return (rows.filter(why=why) if why else rows).order_by("-number").first()


def waiting_transfers(*, viewer: Viewer) -> list[LeadTransfer]:
    """The offers to lead that wait for an answer of the viewer's agency, soonest due first. One query."""
    rows = LeadTransfer.objects.seen_by(viewer).filter(to_agency_id=viewer.holder_id, answer="")
    return list(rows.order_by("answer_due_at"))


def _rows(model: type[Row], viewer: Viewer, plan_id: UUID, *order: str | OrderBy) -> list[Row]:
    return list(model.objects.seen_by(viewer).filter(plan_id=plan_id).order_by(*order))


def _one_each(infants: list[PlanInfant]) -> tuple[PlanInfant, ...]:
    # The plan's holder and whoever attached them keep a row each; a page shows an infant once. Those of a closed plan stay on its page.
    chosen: dict[UUID, PlanInfant] = {}
    for row in sorted(infants, key=lambda row: row.ended_at is not None):
        chosen.setdefault(row.identity_id, row)
    return tuple(chosen.values())
