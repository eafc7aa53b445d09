"""What keeps recovery going when it gets hard. Source: R-124, R-149, R-152; F25; plan-content F (Texas Relapse Prevention Plan)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.treatment.models.entry import Entry, by_person, once


class ReturnToUse(Entry):
    """An event of a chronic illness. It opens a review of the plan; it reports nobody, closes nothing and ends no episode (R-124)."""

    told_by = models.CharField(max_length=12)
    words = models.CharField(max_length=600, blank=True)
    helps_now = models.CharField(max_length=600, blank=True)

    class Meta:
        db_table = "treatment_return"
        constraints = [once("treatment_return_once")]
        indexes = [by_person("treatment_return_person")]


class SupportPlan(Entry):
    """Her plan for hard days: what makes it hard, three skills, three people, who can care for the baby, naloxone. The newest counts."""

    triggers = models.CharField(max_length=600, blank=True)
    skills = ArrayField(models.CharField(max_length=160), default=list)
    people = ArrayField(models.CharField(max_length=160), default=list)
    caregivers = ArrayField(models.CharField(max_length=160), default=list)
    naloxone = models.CharField(max_length=12, default="NOT_ASKED")

    class Meta:
        db_table = "treatment_support_plan"
        constraints = [once("treatment_support_once")]
        indexes = [by_person("treatment_support_person")]


class Education(Entry):
    """What she was told about newborn withdrawal and what to expect, by whom, when, in which language (R-149)."""

    topics = ArrayField(models.CharField(max_length=20), default=list)
    how = models.CharField(max_length=8)
    language = models.CharField(max_length=5, default="en")
    given_by = models.CharField(max_length=120)
    her_questions = models.CharField(max_length=600, blank=True)

    class Meta:
        db_table = "treatment_education"
        constraints = [once("treatment_education_once")]
        indexes = [by_person("treatment_education_person")]


class CheckIn(Entry):
    """A time to ask how she is after the birth; `happened_on` is the day it is planned for. Asked, never scored (R-152)."""

    born_on = models.DateField()
    held_on = models.DateField(null=True)
    stresses = ArrayField(models.CharField(max_length=12), default=list)
    words = models.CharField(max_length=600, blank=True)
    helps = models.CharField(max_length=600, blank=True)

    class Meta:
        db_table = "treatment_check_in"
        constraints = [once("treatment_check_in_once")]
        indexes = [by_person("treatment_check_in_person")]
