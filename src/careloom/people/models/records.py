"""Person records, each with one holder; identities that join them; the family as the mother defines it.

Does not own clinical facts (health) or the plan (plans).
"""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from careloom.infra.access.records import FamilyRecord, GuardedManager


class Identity(models.Model):
    """One human being, joining the records that agencies hold. Read by the matching role only; grants point here."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    made_at = models.DateTimeField()
    # Set when two identities turned out to be one; kept so that the join can be undone.
    joined_into = models.UUIDField(null=True)
    joined_because = models.CharField(max_length=24, blank=True)

    objects = GuardedManager()

    class Meta:
        db_table = "people_identity"
        verbose_name_plural = "identities"


class PersonRecord(FamilyRecord):
    """What one agency (or the person herself) knows of a person: names, birth date, how to reach her."""

    role = models.CharField(max_length=12)  # MOTHER, INFANT, CHILD, ADULT
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    preferred_name = models.CharField(max_length=80, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=10, blank=True)
    race_ethnicity = ArrayField(models.CharField(max_length=40), default=list)
    tribe = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=5, default="en")
    wants_interpreter = models.BooleanField(default=False)
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=160, blank=True)
    county = models.CharField(max_length=40, blank=True)
    payer = models.CharField(max_length=40, blank=True)
    died_on = models.DateField(null=True)
    mother_identity_id = models.UUIDField(null=True)
    # The number by which the holder's own chart knows her, as it is printed on a wristband; what a worker types.
    record_number = models.CharField(max_length=64, blank=True)
    source_system = models.CharField(max_length=120, default="careloom")
    source_id = models.CharField(max_length=120)
    # Lower case without accents, made by the search function's own rule; what a trigram search reads.
    search_key = models.CharField(max_length=320, editable=False)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "people_record"
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "source_system", "source_id"], name="people_record_once_per_holder"),
        ]
        indexes = [
            models.Index(fields=["identity_id", "holder_id"], name="people_record_identity"),
            models.Index(fields=["mother_identity_id"], name="people_record_mother", condition=models.Q(mother_identity_id__isnull=False)),
            models.Index(fields=["holder_id", "record_number"], name="people_record_number", condition=~models.Q(record_number="")),
        ]


class PersonPrincipal(models.Model):
    """A person as a reader: the mother, or a supporter she named. `subject_ids` are the identities whose records she may open."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)  # the principal
    identity_id = models.UUIDField()
    subject_ids = ArrayField(models.UUIDField())
    kind = models.CharField(max_length=10, default="SELF")  # SELF, SUPPORTER
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = GuardedManager()

    class Meta:
        db_table = "people_principal"
        indexes = [
            models.Index(fields=["identity_id"], name="people_principal_identity"),
            GinIndex(fields=["subject_ids"], name="people_principal_subjects"),
        ]


class FamilyMember(FamilyRecord):
    """Somebody whom the mother counts as family or support, with the relation in her words. Source: R-118.

    A person marked unsafe is stored under `dv.victim_record`, which no plan consent opens.
    """

    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=80)
    kind = models.CharField(max_length=16)  # PARTNER, PARENT, CHILD, KIN, FRIEND, SPONSOR, OTHER
    birth_date = models.DateField(null=True)
    lives_with_her = models.BooleanField(default=False)
    contact = models.CharField(max_length=16, default="THROUGH_HER")  # THROUGH_HER, OK, DO_NOT_CONTACT
    unsafe = models.BooleanField(default=False)
    phone = models.CharField(max_length=20, blank=True)
    strengths = models.CharField(max_length=300, blank=True)
    needs = models.CharField(max_length=300, blank=True)
    wants_services = models.CharField(max_length=10, default="NOT_ASKED")
    participation = models.CharField(max_length=12, default="NOT_STARTED")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_family_member"
        indexes = [models.Index(fields=["identity_id"], name="people_family_identity")]
