"""How the mother opens her own pages: a single-use link, a PIN, and a card that shows the least.

What opens the door (hashes, tries) stands apart from `PortalPerson`, because a grant on the plan would show that row to other agencies.
"""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import FamilyRecord, GuardedManager


class PortalPerson(FamilyRecord):
    """A person who may open the portal. `principal_id` is people.PersonPrincipal; the holder is the agency that invited her."""

    principal_id = models.UUIDField(unique=True)
    plan_id = models.UUIDField(null=True)
    language = models.CharField(max_length=5, default="en")
    phone = models.CharField(max_length=20, blank=True)
    skills = ArrayField(models.CharField(max_length=24), default=list)  # what she ticked on her own list
    expect_read_at = models.DateTimeField(null=True)  # she said that she read what to expect
    invited_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "portal_person"
        constraints = [models.UniqueConstraint(fields=["holder_id", "identity_id"], name="portal_person_once")]


class PortalDoor(models.Model):
    """The lock of one person's pages. Read by the sign-in role only; `id` is the id of the PortalPerson.

    `turn` goes up when access is reset, so that every open session ends.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    person_id = models.UUIDField(unique=True)
    pin_hash = models.CharField(max_length=128, blank=True)
    pin_tries = models.PositiveSmallIntegerField(default=0)
    locked_at = models.DateTimeField(null=True)
    device_hash = models.CharField(max_length=64, blank=True)
    device_phone = models.CharField(max_length=20, blank=True)
    opened_at = models.DateTimeField(null=True)
    turn = models.PositiveIntegerField(default=1)

    objects = GuardedManager()

    class Meta:
        db_table = "portal_door"
        indexes = [models.Index(fields=["device_hash"], name="portal_door_device")]


class PortalLink(models.Model):
    """A single-use sign-in link; only its hash is kept. Lives 15 minutes."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person_id = models.UUIDField()
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    request_key = models.CharField(max_length=64)

    objects = GuardedManager()

    class Meta:
        db_table = "portal_link"
        constraints = [models.UniqueConstraint(fields=["person_id", "request_key"], name="portal_link_once")]


class CardCode(models.Model):
    """The participation card's one-time code: shows that she takes part and the care team line, and what she ticked. Source: R-160."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person_id = models.UUIDField()
    code_hash = models.CharField(max_length=64, unique=True)
    shares_program = models.BooleanField(default=False)
    shares_plan = models.BooleanField(default=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by_agency_id = models.UUIDField(null=True)

    objects = GuardedManager()

    class Meta:
        db_table = "portal_card_code"


class CardTry(models.Model):
    """That a worker typed a card code that opened nothing. Says nothing of any person; it limits guessing."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency_id = models.UUIDField()
    worker_id = models.UUIDField()
    at = models.DateTimeField()

    objects = GuardedManager()

    class Meta:
        db_table = "portal_card_try"
        indexes = [models.Index(fields=["agency_id", "at"], name="portal_card_try_agency")]


class ServiceRating(FamilyRecord):
    """How a service was for her, or her whole plan once it is closed, in her own words. Held by her; no score is made of it and no service
    is ranked by it. Source: J4.9, J2.13."""

    referral_id = models.UUIDField(null=True)
    plan_id = models.UUIDField(null=True)  # of the plan as a whole; then there is no referral
    says = models.CharField(max_length=8)  # GOOD, OK, NOT_GOOD
    heard = models.CharField(max_length=10, blank=True)  # whether her team listened: YES, SOMETIMES, NO
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "portal_service_rating"
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "referral_id"], name="portal_service_rating_once"),
            models.UniqueConstraint(fields=["holder_id", "plan_id"], name="portal_service_rating_plan"),
        ]
        indexes = [models.Index(fields=["identity_id"], name="portal_service_rating_identity")]


class HandoutGiven(FamilyRecord):
    """That the handout was given to her: by whom, when, in which language and how; and that she said she read it. Source: R-156."""

    edition = models.CharField(max_length=10)
    language = models.CharField(max_length=5)
    how = models.CharField(max_length=8)  # PAPER, SHOWN, TEXT
    given_at = models.DateTimeField()
    worker_id = models.UUIDField(null=True)
    read_at = models.DateTimeField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "portal_handout_given"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="portal_handout_given_once")]
        indexes = [models.Index(fields=["identity_id", "-given_at"], name="portal_handout_identity")]
