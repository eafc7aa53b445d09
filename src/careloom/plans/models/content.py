"""What the plan says: strengths, goals, needs with their threads, and what the mother writes beside it."""

from __future__ import annotations

from django.db import models

from careloom.plans.models.plan import PlanRow, by_plan, once


class Strength(PlanRow):
    """What is strong in the family. Needs never stand without strengths. Source: R-120."""

    text = models.CharField(max_length=300)
    whose = models.CharField(max_length=120, blank=True)
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "plans_strength"
        indexes = [by_plan("plans_strength_plan")]
        constraints = [once("plans_strength_once")]


class Goal(PlanRow):
    """What she wants, in her words. Changing it keeps the old words. Source: R-119, R-163, F34.

    She cannot write in an agency's row, so her change of an agency's goal is a goal of her own that names it in `supersedes_id`.
    """

    words = models.CharField(max_length=500)
    was = models.CharField(max_length=500, blank=True)
    hers = models.BooleanField(default=True)
    about = models.CharField(max_length=8, default="PARENT")  # PARENT, CHILD, FAMILY: R-116 asks for both
    theme = models.CharField(max_length=24, blank=True)  # a code of presenters.words.THEMES
    measured_by = models.CharField(max_length=200, blank=True)
    target_on = models.DateField(null=True)
    supersedes_id = models.UUIDField(null=True)
    state = models.CharField(max_length=12, default="OPEN")  # OPEN, MET, LET_GO
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "plans_goal"
        indexes = [by_plan("plans_goal_plan")]
        constraints = [once("plans_goal_once")]


class Need(PlanRow):
    """A need of one person of the family (identity), from naming it to the problem being resolved. Source: workflows 6.3.

    The answers here are what its holder last wrote; `NeedStep` has everybody's, and `queries` put them together.
    """

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
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "plans_need"
        indexes = [by_plan("plans_need_plan")]
        constraints = [once("plans_need_once")]


class NeedStep(PlanRow):
    """One step of a need's thread, said by whoever took it and held by them. Nothing that was said is overwritten.

    CHOICE: YES, NOT_NOW, NO. RESULT: MET, PARTLY, UNMET (with a reason), OPEN.
    """

    need_id = models.UUIDField()
    step = models.CharField(max_length=8)
    value = models.CharField(max_length=10)
    reason = models.CharField(max_length=24, blank=True)
    words = models.CharField(max_length=300, blank=True)
    hers = models.BooleanField(default=False)
    at = models.DateTimeField()
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "plans_need_step"
        indexes = [by_plan("plans_need_step_plan")]
        constraints = [once("plans_need_step_once")]


class HerView(PlanRow):
    """What the mother wrote beside a sentence of the plan, printed next to it on every copy; and what the team answered.

    Her own rows are held by her; an answer (`answers_id`) is held by the agency that gave it. Source: F34, J4.
    """

    item_kind = models.CharField(max_length=16)
    item_id = models.UUIDField()
    says = models.CharField(max_length=10, default="COMMENT")  # COMMENT, DISAGREE, ANSWER
    quoted = models.CharField(max_length=300, blank=True)
    words = models.CharField(max_length=500)
    answers_id = models.UUIDField(null=True)
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "plans_her_view"
        indexes = [by_plan("plans_her_view_plan")]
        constraints = [once("plans_her_view_once")]
