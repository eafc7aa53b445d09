"""Clinical facts, each with its holder and the record it came from. Owns no decision and no plan.

INVARIANT: a fact that tells about substance use is never kept under the records of birth or pregnancy: each row is labeled as it is saved
(`kernel.labels`; interop.md 0.3), so that who is given the newborn record is not told the mother's secret with it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.health import labeling
from careloom.infra.access import segments
from careloom.infra.access.records import FamilyRecord, GuardedManager, GuardedQuerySet
from careloom.kernel.labels import Kind


class LabeledQuerySet(GuardedQuerySet):
    """Rows that are labeled whichever way they are written."""

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        """Create, each row under the category that its label says."""
        rows = list(objs)
        labeling.put_labels(rows)
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Any, fields: Any, *args: Any, **kwargs: Any) -> Any:
        """Update, each row under the category that its label says; a category that is new for the person opens its segment."""
        rows = list(objs)
        labeling.put_labels(rows)
        if rows:
            segments.open_for(rows)
        return super().bulk_update(rows, sorted({*fields, "category"}), *args, **kwargs)


class LabeledManager(GuardedManager.from_queryset(LabeledQuerySet)):  # type: ignore[misc]
    """The manager of clinical facts."""


class SourcedRecord(FamilyRecord):
    """A clinical fact with where it came from, so that importing it again changes nothing."""

    source_system = models.CharField(max_length=120, default="careloom")
    source_type = models.CharField(max_length=40, default="careloom")
    source_id = models.CharField(max_length=160)
    recorded_at = models.DateTimeField()

    objects = LabeledManager()

    #: What sort of fact the rows are, and the columns that say what it is, where it happened and who wrote it.
    sort: ClassVar[Kind]
    texts: ClassVar[tuple[str, ...]] = ()
    places: ClassVar[tuple[str, ...]] = ()
    authors: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save under the category that the label says."""
        before = self.category
        labeling.put_labels([self])
        if not self._state.adding and self.category != before:
            segments.open_for([self])
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = [*kwargs["update_fields"], "category"]
        super().save(*args, **kwargs)


def _once(name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=["holder_id", "source_system", "source_type", "source_id"], name=name)


class Pregnancy(SourcedRecord):
    """A pregnancy of the mother (identity). `due_on` is the estimated date of delivery."""

    sort = Kind.PREGNANCY

    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    care_began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    outcome = models.CharField(max_length=16, blank=True)  # LIVE_BIRTH, LOSS

    class Meta:
        db_table = "health_pregnancy"
        constraints = [_once("health_pregnancy_once")]
        indexes = [models.Index(fields=["identity_id"], name="health_pregnancy_identity")]


class Birth(SourcedRecord):
    """The birth of an infant (identity): weight in grams, gestation in weeks and days. Signs of exposure lie apart (`NewbornSigns`)."""

    sort = Kind.BIRTH

    mother_identity_id = models.UUIDField()
    pregnancy_id = models.UUIDField(null=True)
    born_at = models.DateTimeField()
    # False where only the day is known: then the hour of `born_at` says nothing and is shown nowhere.
    hour_known = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=1)
    plurality = models.PositiveSmallIntegerField(default=1)
    gestation_weeks = models.PositiveSmallIntegerField(null=True)
    gestation_days = models.PositiveSmallIntegerField(default=0)
    weight_g = models.PositiveIntegerField(null=True)
    sex = models.CharField(max_length=10, blank=True)
    nicu = models.BooleanField(default=False)
    goes_home_with = models.CharField(max_length=24, default="MOTHER")
    discharged_on = models.DateField(null=True)

    class Meta:
        db_table = "health_birth"
        constraints = [_once("health_birth_once")]
        indexes = [
            models.Index(fields=["identity_id"], name="health_birth_identity"),
            models.Index(fields=["mother_identity_id"], name="health_birth_mother"),
        ]


class NewbornSigns(SourcedRecord):
    """What the first days of an infant showed of withdrawal or of alcohol before birth. It tells of the mother, so it lies apart from the birth.

    A birth whose first days showed nothing, and where nothing was watched for, has no such row.
    """

    sort = Kind.NEWBORN_SIGNS

    mother_identity_id = models.UUIDField()
    withdrawal = models.CharField(max_length=12, default="NONE")  # NONE, OBSERVED, TREATED
    withdrawal_method = models.CharField(max_length=24, blank=True)  # ESC, FINNEGAN
    fasd_signs = models.BooleanField(default=False)

    class Meta:
        db_table = "health_newborn_signs"
        constraints = [_once("health_newborn_signs_once")]
        indexes = [
            models.Index(fields=["identity_id"], name="health_signs_identity"),
            models.Index(fields=["mother_identity_id"], name="health_signs_mother"),
        ]


class Condition(SourcedRecord):
    """A diagnosis or a health concern, with its code."""

    sort = Kind.CONDITION
    texts = ("display",)

    system = models.CharField(max_length=120)
    code = models.CharField(max_length=40)
    display = models.CharField(max_length=240)
    status = models.CharField(max_length=20, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    reveals_substance_use = models.BooleanField(default=False)

    class Meta:
        db_table = "health_condition"
        constraints = [_once("health_condition_once")]
        indexes = [models.Index(fields=["identity_id"], name="health_condition_identity")]


class Medication(SourcedRecord):
    """A medicine that a person is prescribed or takes."""

    sort = Kind.MEDICATION
    texts = ("display",)
    authors = ("prescriber",)

    system = models.CharField(max_length=120)
    code = models.CharField(max_length=40)
    display = models.CharField(max_length=240)
    status = models.CharField(max_length=20, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    prescriber = models.CharField(max_length=120, blank=True)
    is_moud = models.BooleanField(default=False)

    class Meta:
        db_table = "health_medication"
        constraints = [_once("health_medication_once")]
        indexes = [models.Index(fields=["identity_id"], name="health_medication_identity")]


class Encounter(SourcedRecord):
    """A visit or a stay."""

    sort = Kind.ENCOUNTER
    texts = ("kind",)
    places = ("place",)

    kind = models.CharField(max_length=240)
    status = models.CharField(max_length=20, blank=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=160, blank=True)

    class Meta:
        db_table = "health_encounter"
        constraints = [_once("health_encounter_once")]
        indexes = [models.Index(fields=["identity_id", "-starts_at"], name="health_encounter_identity")]


class Observation(SourcedRecord):
    """A measured or stated value with its code and UCUM unit."""

    sort = Kind.OBSERVATION
    texts = ("display", "value")

    system = models.CharField(max_length=120)
    code = models.CharField(max_length=40)
    display = models.CharField(max_length=240)
    value = models.CharField(max_length=240)
    unit = models.CharField(max_length=24, blank=True)
    observed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "health_observation"
        constraints = [_once("health_observation_once")]
        indexes = [models.Index(fields=["identity_id"], name="health_observation_identity")]


class Exposure(SourcedRecord):
    """A substance to which the infant was exposed before birth; kept on the mother's identity. Source: F8, plan-content D."""

    sort = Kind.EXPOSURE
    texts = ("detail",)

    substance = models.CharField(max_length=32)  # a class of kernel.notification
    detail = models.CharField(max_length=120, blank=True)
    prescribed = models.CharField(max_length=8, default="UNSURE")  # YES, NO, UNSURE
    as_prescribed = models.CharField(max_length=8, default="UNSURE")
    trimesters = ArrayField(models.PositiveSmallIntegerField(), default=list)
    known_from = ArrayField(models.CharField(max_length=24), default=list)

    class Meta:
        db_table = "health_exposure"
        constraints = [_once("health_exposure_once")]
        indexes = [models.Index(fields=["identity_id"], name="health_exposure_identity")]
