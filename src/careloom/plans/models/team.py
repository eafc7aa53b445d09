"""Who stands around the family, and who leads. Source: R-140."""

from __future__ import annotations

from django.db import models

from careloom.plans.models.plan import PlanRow, by_plan, once


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
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "plans_team_member"
        indexes = [by_plan("plans_team_plan")]
        constraints = [
            once("plans_team_once"),
            # INVARIANT: exactly one lead at a time; the database refuses a second.
            models.UniqueConstraint(fields=["plan_id"], condition=models.Q(leads=True, ends_at=None), name="plans_team_one_lead"),
        ]


class LeadTransfer(PlanRow):
    """An offer to hand the lead to another agency; the old lead stays until it is accepted."""

    to_agency_id = models.UUIDField()
    to_worker_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()
    answer = models.CharField(max_length=10, blank=True)  # ACCEPTED, DECLINED, WITHDRAWN, SILENT
    answered_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    hand_off = models.CharField(max_length=300, blank=True)  # how she gets to know the new lead: the warm hand-off
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "plans_lead_transfer"
        indexes = [by_plan("plans_transfer_plan")]
        constraints = [once("plans_transfer_once")]
