"""The case, its plan with the parent, its reviews, and what child welfare gives with or without a case."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import FamilyRecord
from careloom.permanency.models.row import CaseRow

VOLUNTARY, COURT_IN_HOME, REMOVAL = "VOLUNTARY_IN_HOME", "COURT_IN_HOME", "REMOVAL"
OPEN, CLOSED = "OPEN", "CLOSED"


class Case(FamilyRecord):
    """A case that child welfare (or a Tribe) opened, with its reason. INVARIANT: only a worker opens one; no plan of safe care ever does.

    In a case at home custody stays with the parent (R-144, R-170, R-177).
    """

    kind = models.CharField(max_length=20)
    reason = models.CharField(max_length=800)
    decided_on = models.DateField()  # the decision to serve, from which the time for the case plan runs
    opened_at = models.DateTimeField()
    worker_id = models.UUIDField(null=True)
    state = models.CharField(max_length=8, default=OPEN)
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=24, blank=True)
    outcome_words = models.CharField(max_length=800, blank=True)
    recovery_on = models.DateField(null=True)  # when she began treatment, as she told it herself; she decides whether it stands here
    row_version = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "permanency_case"
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "request_key"], name="permanency_case_once"),
            models.UniqueConstraint(fields=["holder_id", "identity_id"], name="permanency_case_one_open", condition=models.Q(state=OPEN)),
        ]
        indexes = [models.Index(fields=["identity_id", "-opened_at"], name="permanency_case_identity")]


class CasePlan(CaseRow):
    """The plan of a case: made with the parent, signed or agreed by word of mouth before a witness, with her own words and copies (R-170, R-173)."""

    due_on = models.DateField()
    signed_on = models.DateField(null=True)
    signed_how = models.CharField(max_length=12, blank=True)  # SIGNED, SPOKEN, NOT_SIGNED
    witness = models.CharField(max_length=120, blank=True)
    her_words = models.CharField(max_length=1200, blank=True)
    copies = ArrayField(models.CharField(max_length=12), default=list)

    class Meta(CaseRow.Meta):
        db_table = "permanency_plan"


class PlanItem(CaseRow):
    """A goal, a service or a step of the case plan. A goal says how one will know and by when, and whether the provider holds it feasible (R-163)."""

    kind = models.CharField(max_length=8)  # GOAL, SERVICE, STEP
    words = models.CharField(max_length=400)
    who = models.CharField(max_length=8)  # PARENT, AGENCY, PROVIDER
    criterion = models.CharField(max_length=400, blank=True)
    by_on = models.DateField(null=True)
    provider_id = models.UUIDField(null=True)
    fit = models.CharField(max_length=12, blank=True)  # YES, WITH_CHANGE, NO
    fit_words = models.CharField(max_length=400, blank=True)
    fit_on = models.DateField(null=True)
    fit_by = models.CharField(max_length=8, blank=True)  # PROVIDER on its own page, or TOLD to the worker
    state = models.CharField(max_length=8, default=OPEN)  # OPEN, DONE, DROPPED
    ended_on = models.DateField(null=True)
    ended_words = models.CharField(max_length=400, blank=True)

    class Meta(CaseRow.Meta):
        db_table = "permanency_item"


class Review(CaseRow):
    """A review of the case: every 90 days, and with a child in care every six months (42 USC 675(5)(B); R-170, R-173)."""

    kind = models.CharField(max_length=12)  # CASE, SIX_MONTHS
    due_on = models.DateField()
    held_on = models.DateField(null=True)
    present = models.CharField(max_length=300, blank=True)
    safe = models.CharField(max_length=8, blank=True)  # YES, LOOK: what was found on safety and risk, for a new look where needed
    words = models.CharField(max_length=1200, blank=True)

    class Meta(CaseRow.Meta):
        db_table = "permanency_review"


class Resource(FamilyRecord):
    """What child welfare gives to support a family, with a case or without one (R-144, R-177)."""

    case_id = models.UUIDField(null=True)
    what = models.CharField(max_length=16)
    words = models.CharField(max_length=400)
    given_on = models.DateField()
    at = models.DateTimeField()
    worker_id = models.UUIDField(null=True)
    row_version = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "permanency_resource"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="perm_resource_once")]
        indexes = [models.Index(fields=["identity_id", "at"], name="perm_resource_hers")]
