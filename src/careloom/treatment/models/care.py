"""Where she is or was in treatment, how it went, with which medicine, for what. Source: R-110, R-124, R-147, R-148; plan-content F."""

from __future__ import annotations

from django.db import models

from careloom.treatment.models.entry import Entry, by_person, once


class Episode(Entry):
    """A time in treatment: `happened_on` is its first day, `ends_on` its last, empty while it lasts. Category `part2.presence`.

    Recovery is many episodes, and a later one is no failure of an earlier one (R-124). An earlier time at another program has `elsewhere`.
    """

    program = models.CharField(max_length=120, blank=True)
    elsewhere = models.BooleanField(default=False)
    ends_on = models.DateField(null=True)
    admission_id = models.UUIDField(null=True)

    class Meta:
        db_table = "treatment_episode"
        constraints = [once("treatment_episode_once")]
        indexes = [by_person("treatment_episode_person")]


class EpisodeOutcome(Entry):
    """The level of care of an episode and how it ended; its id is the episode's. Category `part2.treatment_summary`."""

    level = models.CharField(max_length=8, default="UNKNOWN")
    ended_how = models.CharField(max_length=12, blank=True)

    class Meta:
        db_table = "treatment_episode_outcome"
        constraints = [once("treatment_outcome_once")]
        indexes = [by_person("treatment_outcome_person")]


class Medicine(Entry):
    """A medicine for opioid use disorder. `ends_on` stays empty as long as it helps: nothing here asks for an end (R-148). `part2.medication`."""

    code = models.CharField(max_length=24)
    dose = models.CharField(max_length=60, blank=True)
    prescriber = models.CharField(max_length=120, blank=True)
    pregnant = models.BooleanField(default=False)
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "treatment_medicine"
        constraints = [once("treatment_medicine_once")]
        indexes = [by_person("treatment_medicine_person")]


class Diagnosis(Entry):
    """What she is treated for, with its code where the program uses one. Category `part2.diagnosis`."""

    text = models.CharField(max_length=160)
    code = models.CharField(max_length=12, blank=True)  # ICD-10-CM

    class Meta:
        db_table = "treatment_diagnosis"
        constraints = [once("treatment_diagnosis_once")]
        indexes = [by_person("treatment_diagnosis_person")]
