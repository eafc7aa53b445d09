"""Rounds of an anonymous questionnaire. How nobody can be found in them: docs/decisions/0012. Source: R-045, R-048, R-075, R-076, R-215, R-216."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.partnership.models import Partner
from careloom.partnership.models.structure import OfCollaborative


class ItemSet(OfCollaborative):
    """An official set of items that the collaborative may use, as it was imported."""

    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    version = models.CharField(max_length=20)
    licence = models.CharField(max_length=300)  # who owns the wording and that the collaborative may use it
    definition = models.JSONField()

    class Meta:
        db_table = "surveys_item_set"
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "request_key"], name="surveys_item_set_once"),
            models.UniqueConstraint(fields=["collaborative", "title", "version"], name="surveys_item_set_name"),
        ]


class Round(OfCollaborative):
    """One time of asking. What was asked is kept with it; what was answered is in `Box` until it closes, and in `Tally` after."""

    kind = models.CharField(max_length=12)
    definition = models.JSONField()
    title = models.CharField(max_length=120)
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+")  # whose practice it is about
    least = models.PositiveSmallIntegerField()
    choices = models.JSONField(default=dict)  # group -> [[code, words]], as they stood when it opened
    state = models.CharField(max_length=12, default="OPEN")  # OPEN, CLOSED, ANALYSED, DISCUSSED, ACTIONS, REPEATED
    opened_on = models.DateField()
    closes_on = models.DateField()
    invited = models.PositiveIntegerField()
    issued = models.PositiveIntegerField(default=0)  # codes printed on paper
    reminded_on = ArrayField(models.DateField(), default=list)
    closed_on = models.DateField(null=True)
    answers = models.PositiveIntegerField(null=True)  # how many, once closed; never shown under `least`
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    reading = models.TextField(blank=True)
    principles = models.TextField(blank=True)  # the statement of principles that the facilitator drafts
    discussed_on = models.DateField(null=True)
    discussed_where = models.CharField(max_length=120, blank=True)
    discussed = models.TextField(blank=True)

    class Meta:
        db_table = "surveys_round"
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "request_key"], name="surveys_round_once"),
            models.UniqueConstraint(
                fields=["collaborative", "kind", "partner"], condition=models.Q(state="OPEN"), nulls_distinct=False, name="surveys_round_one_open"
            ),
        ]


class Box(models.Model):
    """All answers of an open round, as one sealed and shuffled bundle in one row. Emptied, and its key destroyed, when the round closes."""

    round = models.OneToOneField(Round, primary_key=True, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        db_table = "surveys_box"


class Spent(models.Model):
    """Hashes of the codes that were used, sorted, in one row a round: neither when nor in which order. Emptied when the round closes."""

    round = models.OneToOneField(Round, primary_key=True, on_delete=models.PROTECT, related_name="+")
    hashes = ArrayField(models.CharField(max_length=64), default=list)

    class Meta:
        db_table = "surveys_spent"


class Taken(models.Model):
    """Which workers took a code, sorted, in one row a round: not which code, nor whether it was used. Emptied when the round closes.

    `presses` are the marks of the presses that gave one (`secrecy.mark_of`), sorted: a second press of the same button gives the same code.
    """

    round = models.OneToOneField(Round, primary_key=True, on_delete=models.PROTECT, related_name="+")
    workers = ArrayField(models.UUIDField(), default=list)
    presses = ArrayField(models.CharField(max_length=64), default=list)

    class Meta:
        db_table = "surveys_taken"


class Tally(models.Model):
    """How often an answer was given to an item, by all (`dimension` "") or by a group of `least` or more. No row is anybody's sheet."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    dimension = models.CharField(max_length=12, blank=True)
    group = models.CharField(max_length=40, blank=True)
    item = models.CharField(max_length=24)
    answer = models.SmallIntegerField()
    number = models.PositiveIntegerField()

    class Meta:
        db_table = "surveys_tally"
        constraints = [models.UniqueConstraint(fields=["round", "dimension", "group", "item", "answer"], name="surveys_tally_cell")]


class Remark(models.Model):
    """What somebody added in words: apart from all answers and groups, in no order."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()

    class Meta:
        db_table = "surveys_remark"


class Rhythm(OfCollaborative):
    """How often something is looked at again, and when next (R-045, R-048, R-217)."""

    kind = models.CharField(max_length=12)
    every_months = models.PositiveSmallIntegerField()
    next_on = models.DateField()

    class Meta:
        db_table = "surveys_rhythm"
        constraints = [models.UniqueConstraint(fields=["collaborative", "kind"], name="surveys_rhythm_kind")]


class FollowUp(OfCollaborative):
    """What is done about something that was found: by which partner, until when, and what became of it."""

    about_kind = models.CharField(max_length=12)  # ROUND, WALK, REVIEW, STAGE
    about_id = models.UUIDField()
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    result = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "surveys_follow_up"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="surveys_follow_up_once")]
        indexes = [models.Index(fields=["about_id"], name="surveys_follow_up_about")]
