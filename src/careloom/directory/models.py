"""The service directory: public information about who offers what. No person is in it, so no row security.

Rows of an import are known by `source` and the sender's id; what a later import no longer holds becomes
inactive and is never deleted, because a referral may point at it.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

HOLDS_NO_PERSON = True
WORKING = ("active", "temporarily closed")


class PublicRecord(models.Model):
    """What each directory table shares. The sweep test reads `Careloom.holds_people`."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True

    class Careloom:
        holds_people = False


class Imported(PublicRecord):
    """A row with a source and the sender's id.

    `digest` stands for everything that the source said of it, its child rows included; `modified_at` is when that last changed here.
    """

    source = models.CharField(max_length=60)
    source_id = models.CharField(max_length=200)
    active = models.BooleanField(default=True)
    digest = models.CharField(max_length=64, blank=True)
    modified_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="%(app_label)s_%(class)s_source")]


class Organization(Imported):
    """A provider organization."""

    name = models.CharField(max_length=250)
    alternate_name = models.CharField(max_length=250, blank=True)
    description = models.TextField(blank=True)
    email = models.CharField(max_length=250, blank=True)
    website = models.CharField(max_length=500, blank=True)
    phone = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name


class Service(Imported):
    """What a provider offers. The array columns repeat child rows so that a search reads one table."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="services")
    agency = models.ForeignKey("agencies.Agency", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=250)
    alternate_name = models.CharField(max_length=250, blank=True)
    description = models.TextField(blank=True)
    status = models.CharField(max_length=24, default="active")
    email = models.CharField(max_length=250, blank=True)
    website = models.CharField(max_length=500, blank=True)
    application = models.TextField(blank=True)
    wait = models.TextField(blank=True)
    fees = models.TextField(blank=True)
    interpretation = models.TextField(blank=True)
    eligibility = models.TextField(blank=True)
    minimum_age = models.PositiveIntegerField(null=True, blank=True)
    maximum_age = models.PositiveIntegerField(null=True, blank=True)
    documents = ArrayField(models.TextField(), default=list, blank=True)
    assured_on = models.DateField(null=True, blank=True)
    needs = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    features = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    language_codes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    # Counties and cities of its places.
    located_in = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    areas_served = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    postal_codes = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    statewide = models.BooleanField(default=False)
    available = models.PositiveIntegerField(null=True, blank=True)
    search_text = models.TextField(blank=True)

    class Meta(Imported.Meta):
        indexes = [
            GinIndex(fields=["needs"], name="directory_service_needs"),
            GinIndex(fields=["features"], name="directory_service_features"),
            models.Index(fields=["agency"], name="directory_service_agency"),
        ]

    def __str__(self) -> str:
        return self.name


class Location(Imported):
    """A place. One without lines of address is kept secret or is online."""

    organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="locations")
    name = models.CharField(max_length=250, blank=True)
    kind = models.CharField(max_length=10, default="physical")
    description = models.TextField(blank=True)
    transportation = models.TextField(blank=True)
    line1 = models.CharField(max_length=200, blank=True)
    line2 = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100, blank=True)
    county = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=40, blank=True)
    postal_code = models.CharField(max_length=20, blank=True, db_index=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    accessibility = ArrayField(models.TextField(), default=list, blank=True)


class ServiceAtLocation(Imported):
    """That a service is offered at a place."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="at_locations")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="services_here")
    description = models.TextField(blank=True)


class Phone(PublicRecord):
    """A number of a service or a place."""

    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="phones")
    location = models.ForeignKey(Location, null=True, blank=True, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(max_length=60)
    extension = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20, default="voice")
    description = models.TextField(blank=True)


class Schedule(PublicRecord):
    """Opening hours; `byday` in iCalendar days (MO,TU)."""

    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="schedules")
    location = models.ForeignKey(Location, null=True, blank=True, on_delete=models.CASCADE, related_name="schedules")
    byday = models.CharField(max_length=60, blank=True)
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    description = models.TextField(blank=True)


class ServiceLanguage(PublicRecord):
    """A language in which a service is given."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=80)


class TaxonomyTerm(PublicRecord):
    """A term of any vocabulary: HSDS taxonomies, the SAMHSA locator, ours."""

    taxonomy = models.CharField(max_length=100)
    code = models.CharField(max_length=250)
    name = models.CharField(max_length=250)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["taxonomy", "code"], name="directory_term_once")]


class Attribute(PublicRecord):
    """That a service carries a term."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="attributes")
    term = models.ForeignKey(TaxonomyTerm, on_delete=models.PROTECT, related_name="+")


class ServiceArea(PublicRecord):
    """A place that a service serves: county, zip, state or other words."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="areas")
    name = models.TextField()
    kind = models.CharField(max_length=10, default="other")


class CostOption(PublicRecord):
    """What a service costs, in cents where the source gives a number."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="costs")
    option = models.TextField(blank=True)
    amount_cents = models.IntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    description = models.TextField(blank=True)


class Capacity(PublicRecord):
    """Room for new people in one unit (bed, slot), and when that was last said."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="capacities")
    unit = models.CharField(max_length=60)
    available = models.PositiveIntegerField()
    maximum = models.PositiveIntegerField(null=True, blank=True)
    updated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "unit"], name="directory_capacity_once"),
            models.CheckConstraint(
                condition=models.Q(maximum__isnull=True) | models.Q(available__lte=models.F("maximum")),
                name="directory_capacity_within",
            ),
        ]


class DirectorySource(PublicRecord):
    """A directory that was brought in: its short name, the form of its file, when that was last done, and how many rows of services it had."""

    name = models.CharField(max_length=60, unique=True)
    layout = models.CharField(max_length=30)
    imported_at = models.DateTimeField()
    services = models.PositiveIntegerField()


class ProviderAnswer(PublicRecord):
    """What a provider answered to a question that child welfare or court staff ask before a referral (R-130). Added to, never changed.

    An empty text takes the answer before it back. `spoke_with` is the provider's staff, by name or function, as they wish to be named.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="answers")
    code = models.CharField(max_length=24)
    text = models.CharField(max_length=600, blank=True)
    spoke_with = models.CharField(max_length=120)
    on = models.DateField()
    agency_id = models.UUIDField(null=True)  # who asked
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["service", "code", "made_at"], name="directory_answer_newest")]


class WaitingUpload(PublicRecord):
    """A directory file between the dry run and the steward's yes. Taken or dropped within a day."""

    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=60)
    data: Any = models.BinaryField()
