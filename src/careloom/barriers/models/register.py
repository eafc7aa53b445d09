"""The register: barriers, the steps of their journey, tries in cycles, and what is posted down. Source: R-005, R-016, R-192, R-202."""

from __future__ import annotations

from django.db import models

from careloom.kernel.partnership import Tier
from careloom.kernel.partnership.barrier import Kind, Source, State
from careloom.partnership.models import Body, Partner, Seat
from careloom.partnership.models.structure import OfCollaborative


class Barrier(OfCollaborative):
    """What stands in the way of families, or an idea that is sent up.

    INVARIANT: one that comes from families (source FAMILIES) has no author, and its `made_at` and `raised_on` are the first of a month.
    """

    title = models.CharField(max_length=120)
    words = models.TextField(blank=True)
    quote = models.CharField(max_length=300, blank=True)  # a mother's words, typed again and released by triage
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Kind])
    source = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Source])
    cause = models.CharField(max_length=16, blank=True)
    service = models.CharField(max_length=40, blank=True)
    county = models.CharField(max_length=80, blank=True)
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+")  # for whom the one who raised it works
    raised_by = models.UUIDField(null=True)  # a worker
    raised_on = models.DateField()
    state = models.CharField(max_length=14, choices=[(one.value, one.value) for one in State], default=State.LOGGED.value)
    tier = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Tier], default=Tier.WORK_GROUP.value)
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")  # who holds it
    came_from = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")  # who sent it up to oversight, and gets it back
    owner = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    cross_system = models.BooleanField(default=False)
    joined_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="joined")
    decision = models.CharField(max_length=8, blank=True)
    outcome_kind = models.CharField(max_length=12, blank=True)  # GUIDANCE, PILOT, POLICY, PRACTICE
    outcome_id = models.UUIDField(null=True)  # of what `careloom.changes` keeps
    outcome_words = models.CharField(max_length=200, blank=True)
    plain = models.CharField(max_length=300, blank=True)  # the answer as families read it
    plain_es = models.CharField(max_length=300, blank=True)
    answered_on = models.DateField(null=True)  # the first answer to who raised it

    class Meta:
        db_table = "barriers_barrier"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="barriers_barrier_once")]
        indexes = [
            models.Index(fields=["collaborative", "state", "tier"], name="barriers_barrier_where"),
            models.Index(fields=["collaborative", "due_on"], name="barriers_barrier_due"),
        ]


class Step(OfCollaborative):
    """One step of a barrier's journey, never changed. `days_late`: how many days after its clock it was taken."""

    barrier = models.ForeignKey(Barrier, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    deed = models.CharField(max_length=8)
    on = models.DateField()
    tier = models.CharField(max_length=12, blank=True)  # where the barrier stood after it
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)  # who did it
    words = models.TextField(blank=True)
    decision = models.CharField(max_length=8, blank=True)
    due_on = models.DateField(null=True)
    days_late = models.PositiveSmallIntegerField(default=0)
    families = models.PositiveIntegerField(null=True)  # as it could be told on that day, rounded; null where it could not

    class Meta:
        db_table = "barriers_step"
        constraints = [
            models.UniqueConstraint(fields=["barrier", "request_key"], name="barriers_step_once"),
            models.UniqueConstraint(fields=["barrier", "number"], name="barriers_step_number"),
        ]


class Cycle(OfCollaborative):
    """One try of something new against a barrier: plan, do, study, act, with who took part (R-202)."""

    barrier = models.ForeignKey(Barrier, on_delete=models.PROTECT, related_name="cycles")
    number = models.PositiveSmallIntegerField()
    change = models.TextField()  # what is tried
    stakeholders = models.CharField(max_length=300)
    measure = models.CharField(max_length=200)
    before = models.DecimalField(max_digits=8, decimal_places=1, null=True)
    aim = models.DecimalField(max_digits=8, decimal_places=1, null=True)
    after = models.DecimalField(max_digits=8, decimal_places=1, null=True)
    starts_on = models.DateField()
    due_on = models.DateField()
    ended_on = models.DateField(null=True)
    happened = models.TextField(blank=True)
    learned = models.TextField(blank=True)
    result = models.CharField(max_length=8, blank=True)

    class Meta:
        db_table = "barriers_cycle"
        constraints = [
            models.UniqueConstraint(fields=["barrier", "request_key"], name="barriers_cycle_once"),
            models.UniqueConstraint(fields=["barrier", "number"], name="barriers_cycle_number"),
        ]


class Posting(OfCollaborative):
    """What a higher tier posts down: support or guidance for the teams below (R-016)."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")  # one body, or all below
    kind = models.CharField(max_length=8)  # SUPPORT, GUIDANCE
    title = models.CharField(max_length=120)
    words = models.TextField()
    on = models.DateField()
    barrier = models.ForeignKey(Barrier, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "barriers_posting"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="barriers_posting_once")]
        indexes = [models.Index(fields=["collaborative", "on"], name="barriers_posting_on")]
