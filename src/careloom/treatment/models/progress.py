"""How treatment goes, in parts that a consent can open one by one. Source: R-111, R-146, R-163, R-220; F24, F26."""

from __future__ import annotations

from django.db import models

from careloom.treatment.models.entry import Entry, by_person, once


class Components(Entry):
    """How each of the five parts stands on a day; the newest counts. Category `part2.treatment_summary`."""

    medication = models.CharField(max_length=12, default="NOT_YET")
    counseling = models.CharField(max_length=12, default="NOT_YET")
    support = models.CharField(max_length=12, default="NOT_YET")
    services = models.CharField(max_length=12, default="NOT_YET")
    testing = models.CharField(max_length=12, default="NOT_YET")
    words = models.CharField(max_length=600, blank=True)

    class Meta:
        db_table = "treatment_components"
        constraints = [once("treatment_components_once")]
        indexes = [by_person("treatment_components_person")]


class Progress(Entry):
    """The treatment plan in short as it stands on a day: goals, schedule, how it goes, what would help. Category `part2.treatment_summary`."""

    goals = models.CharField(max_length=600)
    schedule = models.CharField(max_length=300, blank=True)
    going = models.CharField(max_length=600, blank=True)
    supports = models.CharField(max_length=600, blank=True)

    class Meta:
        db_table = "treatment_progress"
        constraints = [once("treatment_progress_once")]
        indexes = [by_person("treatment_progress_person")]


class Attendance(Entry):
    """How many of the planned visits she kept, as a band: no dates of visits and no numbers. Category `part2.attendance`."""

    from_on = models.DateField()
    band = models.CharField(max_length=12)

    class Meta:
        db_table = "treatment_attendance"
        constraints = [once("treatment_attendance_once")]
        indexes = [by_person("treatment_attendance_person")]


class Meeting(Entry):
    """A progress review with child welfare: who took part, how it goes, which supports she needs, her copy. `part2.treatment_summary`."""

    present = models.CharField(max_length=300)
    she_took_part = models.BooleanField(default=True)
    going = models.CharField(max_length=1200)
    supports = models.CharField(max_length=1200, blank=True)
    her_words = models.CharField(max_length=600, blank=True)
    next_on = models.DateField(null=True)
    copy_given_on = models.DateField(null=True)
    copy_how = models.CharField(max_length=12, blank=True)

    class Meta:
        db_table = "treatment_meeting"
        constraints = [once("treatment_meeting_once")]
        indexes = [by_person("treatment_meeting_person")]


class DrugTest(Entry):
    """A test with the day on which it was collected (`happened_on`), who reviewed it and what it means. Category `part2.drug_screens`.

    INVARIANT: nothing reads this table to open, route, score or decide anything; a result alone is no reason for any step (F26).
    """

    specimen = models.CharField(max_length=12)
    result = models.CharField(max_length=16)
    found = models.CharField(max_length=200, blank=True)
    reviewer = models.CharField(max_length=120, blank=True)
    reviewed_on = models.DateField(null=True)
    meaning = models.CharField(max_length=600, blank=True)

    class Meta:
        db_table = "treatment_drug_test"
        constraints = [once("treatment_drug_test_once")]
        indexes = [by_person("treatment_drug_test_person")]


class GoalCheck(Entry):
    """Whether the treatment provider finds a goal of another record realistic, with words (R-163). Category `part2.treatment_summary`."""

    goal_kind = models.CharField(max_length=12)
    goal_id = models.UUIDField()
    goal = models.CharField(max_length=500)  # as it read when it was checked
    answer = models.CharField(max_length=12)
    words = models.CharField(max_length=600)

    class Meta:
        db_table = "treatment_goal_check"
        constraints = [once("treatment_goal_check_once")]
        indexes = [by_person("treatment_goal_check_person"), models.Index(fields=["goal_id"], name="treatment_goal_check_goal")]
