"""Registers: lists to which members add and from which they take out; what was taken out stays as a row with its day.

Source: R-021, R-034, R-039, R-042, R-060, R-061, R-078, R-113, R-127, R-138, R-212; contact, liaison and on-call directory (P13).
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.partnership.models import OfCollaborative, Partner, Seat


def codes() -> ArrayField:
    """A column of codes or short words."""
    return ArrayField(models.CharField(max_length=40), default=list)


def of_partner(*, optional: bool = False) -> models.ForeignKey:
    """A column that names a partner."""
    return models.ForeignKey(Partner, null=optional, on_delete=models.PROTECT, related_name="+")


class Entry(OfCollaborative):
    """A line of a register."""

    left_on = models.DateField(null=True)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="%(app_label)s_%(class)s_once")]


class Contact(Entry):
    """Whom to call at a partner: its contact, its liaison, who is on call, and where staff sits beside another's."""

    partner = of_partner()
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=80, blank=True)
    line = models.CharField(max_length=40, blank=True)
    mail = models.EmailField(blank=True)
    hours = models.CharField(max_length=120, blank=True)

    class Meta(Entry.Meta):
        db_table = "knowledge_contact"


class Transfer(Entry):
    """Who taught what to whom (R-078)."""

    subject = models.CharField(max_length=160)
    taught_by = models.CharField(max_length=120)
    taught_to = models.CharField(max_length=160)
    on = models.DateField()
    link = models.URLField(blank=True, max_length=300)
    note = models.CharField(max_length=300, blank=True)

    class Meta(Entry.Meta):
        db_table = "knowledge_transfer"


class Resource(Entry):
    """A document of the library (R-138)."""

    title = models.CharField(max_length=200)
    by_whom = models.CharField(max_length=120, blank=True)
    year = models.PositiveSmallIntegerField()
    link = models.URLField(max_length=300)
    tags = codes()
    why = models.CharField(max_length=300, blank=True)

    class Meta(Entry.Meta):
        db_table = "knowledge_resource"


class Course(Entry):
    """A training; `gate`: a member takes it before she takes part (R-212, P12)."""

    title = models.CharField(max_length=160)
    subject = models.CharField(max_length=16)
    given_by = models.CharField(max_length=120, blank=True)
    partner = of_partner(optional=True)  # whose system it teaches
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    gate = models.BooleanField(default=False)
    levels = codes()
    link = models.URLField(blank=True, max_length=300)

    class Meta(Entry.Meta):
        db_table = "knowledge_course"


class Passed(OfCollaborative):
    """That a member took a training that comes before she takes part (P12). Of other trainings only numbers are kept (`Taken`)."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        db_table = "knowledge_passed"
        constraints = [models.UniqueConstraint(fields=["course", "seat"], name="knowledge_passed_once")]


class Staff(Entry):
    """How many people of a level work at a partner in this field: what completion is counted against."""

    partner = of_partner()
    level = models.CharField(max_length=12)
    people = models.PositiveSmallIntegerField()
    as_of = models.DateField()

    class Meta(Entry.Meta):
        db_table = "knowledge_staff"


class Taken(Entry):
    """How many people of one level of a partner took a course on a day; nobody is named."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    partner = of_partner()
    level = models.CharField(max_length=12)
    people = models.PositiveSmallIntegerField()
    on = models.DateField()

    class Meta(Entry.Meta):
        db_table = "knowledge_taken"


class Exchange(Entry):
    """One discipline asks another for training or for advice (R-127). Families are not named in it."""

    subject = models.CharField(max_length=160)
    kind = models.CharField(max_length=12)
    partner = of_partner()  # who asks
    asked_of = models.CharField(max_length=24)  # a kind of partner
    by_day = models.DateField(null=True)
    state = models.CharField(max_length=12, default="OPEN")
    answer = models.CharField(max_length=300, blank=True)

    class Meta(Entry.Meta):
        db_table = "knowledge_exchange"


class Champion(Entry):
    """Who carries the work inside and outside of the partners (R-060)."""

    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    partner = of_partner(optional=True)  # none: from outside
    critical = models.BooleanField(default=False)  # says what does not work; wanted
    influences = models.CharField(max_length=200)
    reviewed_on = models.DateField()

    class Meta(Entry.Meta):
        db_table = "knowledge_champion"


class Material(Entry):
    """What was handed out or shown, where, and how much of it (R-061)."""

    what = models.CharField(max_length=160)
    place = models.CharField(max_length=120)
    rural = models.BooleanField(default=False)
    pieces = models.PositiveIntegerField()
    on = models.DateField()
    language = models.CharField(max_length=16, default="ENGLISH")

    class Meta(Entry.Meta):
        db_table = "knowledge_material"


class Stakeholder(Entry):
    """Who speaks for the families whom the collaborative serves (R-039)."""

    name = models.CharField(max_length=120)
    stands_for = models.CharField(max_length=160)
    state = models.CharField(max_length=12)
    note = models.CharField(max_length=200, blank=True)

    class Meta(Entry.Meta):
        db_table = "knowledge_stakeholder"


class Related(Entry):
    """Another body in the field, its part in each phase, and where its work touches ours (R-021)."""

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20)
    phases = codes()
    role = models.CharField(max_length=300)
    liaison = models.CharField(max_length=120, blank=True)
    overlap = models.CharField(max_length=300, blank=True)

    class Meta(Entry.Meta):
        db_table = "knowledge_related"


class Initiative(Entry):
    """Something that is being done, by us or by a related body: for which outcome and for whom (R-021)."""

    title = models.CharField(max_length=160)
    related = models.ForeignKey(Related, null=True, on_delete=models.PROTECT, related_name="+")  # none: ours
    outcome = models.CharField(max_length=20)
    population = models.CharField(max_length=12)
    note = models.CharField(max_length=200, blank=True)

    class Meta(Entry.Meta):
        db_table = "knowledge_initiative"


class Community(Entry):
    """A share of the community served, from a public source (R-034)."""

    dimension = models.CharField(max_length=12)
    part = models.CharField(max_length=20)
    percent = models.DecimalField(max_digits=4, decimal_places=1)
    source = models.CharField(max_length=160)
    year = models.PositiveSmallIntegerField()

    class Meta(Entry.Meta):
        db_table = "knowledge_community"
