"""The people around a child in care: kin who were looked for and told, visits, the question about a Tribe, its notice, and active efforts."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.permanency.models.row import CaseRow


class KinContact(CaseRow):
    """One relative who was looked for. A notice is due within 30 days of the removal (42 USC 671(a)(29))."""

    removal_id = models.UUIDField()
    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=80)
    how_found = models.CharField(max_length=120)
    told_on = models.DateField(null=True)
    told_how = models.CharField(max_length=12, blank=True)  # LETTER, PHONE, PERSON
    not_told = models.CharField(max_length=12, blank=True)  # VIOLENCE, NOT_FOUND
    answer = models.CharField(max_length=12, blank=True)  # HOME, CONTACT, NO
    words = models.CharField(max_length=400, blank=True)

    class Meta(CaseRow.Meta):
        db_table = "permanency_kin"


class Visit(CaseRow):
    """A visit of a parent with a child: planned, then held, or missed with whose reason it was."""

    starts_at = models.DateTimeField()
    place = models.CharField(max_length=160)
    who = models.CharField(max_length=160)
    state = models.CharField(max_length=10, default="PLANNED")  # PLANNED, HELD, MISSED
    whose = models.CharField(max_length=10, blank=True)  # PARENT, AGENCY, CAREGIVER, OTHER
    words = models.CharField(max_length=400, blank=True)

    class Meta(CaseRow.Meta):
        db_table = "permanency_visit"


class TribeQuestion(CaseRow):
    """What was asked about membership in a Tribe, of whom, and what was answered (25 CFR 23.107)."""

    asked_on = models.DateField()
    asked = ArrayField(models.CharField(max_length=16))  # who answered: MOTHER, FATHER, CUSTODIAN, RELATIVE
    signs = ArrayField(models.CharField(max_length=16), default=list)
    tribe = models.CharField(max_length=160, blank=True)
    words = models.CharField(max_length=800, blank=True)

    class Meta(CaseRow.Meta):
        db_table = "permanency_tribe_question"

    @property
    def has_reason(self) -> bool:
        """Whether there is reason to know that the child is an Indian child (25 CFR 23.107(c))."""
        return bool(self.signs)


#: The proceeding of a row that asks a Tribe about a child before any court is asked for anything: an invitation, and no notice in law.
INQUIRY = "INQUIRY"


class TribeNotice(CaseRow):
    """Notice to a Tribe about a child custody proceeding, and what the Tribe answered (25 USC 1912(a), 1915).

    It is addressed to the Tribe: its own workers read it and write their answer in it, and nothing else of the case opens by it.
    """

    tribe_id = models.UUIDField(null=True)  # the Tribe's agency on Careloom; None where it is told by mail alone
    tribe = models.CharField(max_length=160)
    child = models.CharField(max_length=160)
    born_on = models.DateField(null=True)
    mother = models.CharField(max_length=160)
    court = models.CharField(max_length=160)
    proceeding = models.CharField(max_length=16)  # or INQUIRY
    sent_on = models.DateField()
    receipt = models.CharField(max_length=60)  # the number of the registered letter
    received_on = models.DateField(null=True)
    answer = models.CharField(max_length=12, blank=True)  # JOINS, TRANSFER, NOT_OURS, NO
    contact = models.CharField(max_length=160, blank=True)
    more_time = models.BooleanField(default=False)
    preferences = models.CharField(max_length=800, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        db_table = "permanency_tribe_notice"


class Effort(CaseRow):
    """An active effort for an Indian family, more than reasonable ones (25 USC 1912(d); 25 CFR 23.2)."""

    on = models.DateField()
    what = models.CharField(max_length=16)
    words = models.CharField(max_length=400)
    with_tribe = models.BooleanField(default=False)

    class Meta(CaseRow.Meta):
        db_table = "permanency_effort"
