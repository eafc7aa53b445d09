"""The plan of safe care and what it is made of. A safety plan and a case plan are other documents, in other apps.

Every row carries its holder, so the plan that a reader sees is what the holders' rows, law and consent allow.
Source: plan-content.md 2.1; workflows 6.2 to 6.4; R-140, R-142, R-208.
"""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import FamilyRecord, GuardedManager


class PlanOfSafeCare(FamilyRecord):
    """One plan for a birthing parent's pregnancy and the infants of it. About the mother's identity."""

    pregnancy_id = models.UUIDField()
    kind = models.CharField(max_length=10)  # PRENATAL, POSTNATAL
    status = models.CharField(max_length=16)  # DRAFT, ACTIVE, UNDER_REVIEW, CLOSED, MERGED
    label = models.CharField(max_length=60, default="Family care plan")
    level = models.CharField(max_length=4, blank=True)
    pack = models.CharField(max_length=40)
    language = models.CharField(max_length=5, default="en")
    lead_agency_id = models.UUIDField()
    lead_worker_id = models.UUIDField()
    co_lead_ids = ArrayField(models.UUIDField(), default=list)
    started_at = models.DateTimeField()
    born_on = models.DateField(null=True)
    agreed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    next_review_on = models.DateField(null=True)
    follow_until = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=24, blank=True)
    row_version = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "plans_plan"
        constraints = [
            # Holder first: a duplicate-key error must not tell one agency that another has a plan.
            models.UniqueConstraint(
                fields=["holder_id", "pregnancy_id"],
                condition=models.Q(status__in=["DRAFT", "ACTIVE", "UNDER_REVIEW"]),
                name="plans_one_active_per_pregnancy",
            ),
            models.UniqueConstraint(fields=["holder_id", "request_key"], name="plans_plan_once"),
        ]
        indexes = [
            models.Index(fields=["identity_id"], name="plans_plan_identity"),
            models.Index(fields=["holder_id", "status", "next_review_on"], name="plans_plan_reviews"),
        ]


class PlanRow(FamilyRecord):
    """A row that belongs to a plan."""

    plan_id = models.UUIDField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    changed_at = models.DateTimeField()
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


def _by_plan(name: str) -> models.Index:
    return models.Index(fields=["plan_id"], name=name)


class PlanInfant(PlanRow):
    """An infant (identity) of the plan. Each infant is in one active plan at most."""

    birth_id = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "plans_infant"
        indexes = [_by_plan("plans_infant_plan")]
        constraints = [
            models.UniqueConstraint(
                fields=["holder_id", "identity_id"], condition=models.Q(ended_at=None), name="plans_infant_one_active"
            )
        ]


class CareTeamMember(PlanRow):
    """Somebody on the care team: an agency's worker, or a person she named. Source: R-140, plan-content K."""

    agency_id = models.UUIDField(null=True)
    worker_id = models.UUIDField(null=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=32)
    phone = models.CharField(max_length=20, blank=True)
    leads = models.BooleanField(default=False)
    through_her = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "plans_team_member"
        indexes = [_by_plan("plans_team_plan")]
        constraints = [
            # INVARIANT: exactly one lead at a time; the database refuses a second.
            models.UniqueConstraint(fields=["plan_id"], condition=models.Q(leads=True, ends_at=None), name="plans_team_one_lead"),
        ]


class LeadTransfer(PlanRow):
    """An offer to hand the lead to another agency; the old lead stays until it is accepted."""

    to_agency_id = models.UUIDField()
    to_worker_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()
    answer = models.CharField(max_length=10, blank=True)  # ACCEPTED, DECLINED, WITHDRAWN
    answered_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "plans_lead_transfer"
        indexes = [_by_plan("plans_transfer_plan")]


class Strength(PlanRow):
    """What is strong in the family. Needs never stand without strengths. Source: R-120."""

    text = models.CharField(max_length=300)
    whose = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "plans_strength"
        indexes = [_by_plan("plans_strength_plan")]


class Goal(PlanRow):
    """What she wants, in her words. Changing it keeps the old words. Source: R-034 to R-163, F34."""

    words = models.CharField(max_length=500)
    was = models.CharField(max_length=500, blank=True)
    hers = models.BooleanField(default=True)
    theme = models.CharField(max_length=24, blank=True)  # ATTACHMENT, HOME, HEALTH, RECOVERY, WORK, OTHER
    measured_by = models.CharField(max_length=200, blank=True)
    target_on = models.DateField(null=True)
    state = models.CharField(max_length=12, default="OPEN")  # OPEN, MET, LET_GO

    class Meta:
        db_table = "plans_goal"
        indexes = [_by_plan("plans_goal_plan")]


class Need(PlanRow):
    """A need of one person of the family (identity), from naming it to the problem being resolved. Source: workflows 6.3."""

    code = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    for_whom = models.CharField(max_length=120, blank=True)
    priority = models.PositiveSmallIntegerField(default=2)
    her_choice = models.CharField(max_length=10, default="NOT_ASKED")  # NOT_ASKED, YES, NOT_NOW, NO
    her_words = models.CharField(max_length=300, blank=True)
    chosen_at = models.DateTimeField(null=True)
    existing_service = models.CharField(max_length=160, blank=True)
    result = models.CharField(max_length=10, default="OPEN")  # OPEN, MET, PARTLY, UNMET
    result_reason = models.CharField(max_length=24, blank=True)
    resolved_at = models.DateTimeField(null=True)
    owner_worker_id = models.UUIDField(null=True)
    next_on = models.DateField(null=True)

    class Meta:
        db_table = "plans_need"
        indexes = [_by_plan("plans_need_plan")]


class Referral(PlanRow):
    """A request to a service for a need. It never moves who holds the family's record. Source: workflows 6.4, F14, F15."""

    need_id = models.UUIDField()
    household_ids = ArrayField(models.UUIDField(), default=list)
    kind = models.CharField(max_length=8)  # LIVE (answers here), LINK (answers by a one-time page), LOGGED (noted by us)
    receiver_id = models.UUIDField(null=True)  # principal: an agency or a one-time link
    service_id = models.UUIDField(null=True)
    organization = models.CharField(max_length=160)
    service_name = models.CharField(max_length=160, blank=True)
    frequency = models.CharField(max_length=80, blank=True)
    length = models.CharField(max_length=80, blank=True)
    place = models.CharField(max_length=120, blank=True)
    method = models.CharField(max_length=24, blank=True)
    funding = models.CharField(max_length=24, blank=True)
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=20)  # a kernel.referral state
    reason = models.CharField(max_length=24, blank=True)
    family_wants = models.CharField(max_length=10, default="YES")
    requested_at = models.DateTimeField(null=True)
    answer_due_at = models.DateTimeField(null=True)
    scheduled_for = models.DateTimeField(null=True)
    no_shows = models.PositiveSmallIntegerField(default=0)
    waitlist_place = models.PositiveSmallIntegerField(null=True)
    outcome = models.CharField(max_length=24, blank=True)
    got_help = models.CharField(max_length=10, blank=True)  # YES, PARTLY, NO: her own answer
    closed_at = models.DateTimeField(null=True)
    owner_worker_id = models.UUIDField()
    follows_id = models.UUIDField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "plans_referral"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="plans_referral_once")]
        indexes = [
            _by_plan("plans_referral_plan"),
            models.Index(fields=["need_id"], name="plans_referral_need"),
            models.Index(fields=["receiver_id", "state"], name="plans_referral_receiver"),
        ]


class ReferralEvent(PlanRow):
    """One step of a referral, said by whoever took it. Nothing that happened is overwritten."""

    referral_id = models.UUIDField()
    state = models.CharField(max_length=20)
    reason = models.CharField(max_length=24, blank=True)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    said_by = models.CharField(max_length=10)  # US, THEM, HER

    class Meta:
        db_table = "plans_referral_event"
        indexes = [models.Index(fields=["referral_id", "at"], name="plans_referral_event_of"), _by_plan("plans_referral_event_plan")]


class ReferralLink(models.Model):
    """The one-time page of a partner without an account. Only the hash of the token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)  # also the LINK principal
    holder_id = models.UUIDField()
    referral_id = models.UUIDField()
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    objects = GuardedManager()

    class Meta:
        db_table = "plans_referral_link"


class Review(PlanRow):
    """A review of the plan: due by the pack's schedule, held on a day, with what was found. Source: workflows 6.2, F17."""

    due_on = models.DateField()
    kind = models.CharField(max_length=16)  # FIRST_CONTACT, HOME_VISIT, REVIEW, AFTER_EVENT
    why = models.CharField(max_length=40, blank=True)
    planned_for = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    mode = models.CharField(max_length=12, blank=True)  # IN_PERSON, VIDEO, PHONE
    present = ArrayField(models.CharField(max_length=120), default=list)
    her_rating = models.PositiveSmallIntegerField(null=True)
    her_words = models.CharField(max_length=500, blank=True)
    summary = models.CharField(max_length=1000, blank=True)

    class Meta:
        db_table = "plans_review"
        indexes = [_by_plan("plans_review_plan")]
        constraints = [models.UniqueConstraint(fields=["plan_id", "kind", "due_on"], name="plans_review_once")]


class ReviewFinding(PlanRow):
    """What a review found about one need or referral."""

    review_id = models.UUIDField()
    need_id = models.UUIDField()
    finding = models.CharField(max_length=16)  # GOING_WELL, NEEDS_WORK, MET, UNMET, LET_GO
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "plans_review_finding"
        indexes = [_by_plan("plans_finding_plan")]
        constraints = [models.UniqueConstraint(fields=["review_id", "need_id"], name="plans_finding_once")]


class PlanVersion(PlanRow):
    """A version of the plan: when, why, and who agreed. Its content is in PlanVersionEntry, row by row."""

    number = models.PositiveIntegerField()
    why = models.CharField(max_length=24)  # STARTED, AGREED, BIRTH, REVIEW, CHANGE, REOPENED, CLOSED
    agreed_by_mother = models.CharField(max_length=12, blank=True)  # SCREEN, PAPER, SPOKEN
    witness = models.CharField(max_length=120, blank=True)
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "plans_version"
        constraints = [models.UniqueConstraint(fields=["plan_id", "number"], name="plans_version_number")]


class PlanVersionEntry(PlanRow):
    """One item as it stood in a version, with its own holder and category, so that a reader's copy holds only what she may see."""

    version_id = models.UUIDField()
    item_kind = models.CharField(max_length=16)
    item_id = models.UUIDField()
    body = models.JSONField()

    class Meta:
        db_table = "plans_version_entry"
        indexes = [models.Index(fields=["version_id"], name="plans_entry_version"), _by_plan("plans_entry_plan")]
        constraints = [models.UniqueConstraint(fields=["version_id", "item_id"], name="plans_entry_once")]


class HerView(PlanRow):
    """What the mother wrote beside a sentence of the plan; printed next to it on every copy. Held by her. Source: F34, J4."""

    item_kind = models.CharField(max_length=16)
    item_id = models.UUIDField()
    quoted = models.CharField(max_length=300, blank=True)
    words = models.CharField(max_length=500)
    answered = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "plans_her_view"
        indexes = [_by_plan("plans_her_view_plan")]
