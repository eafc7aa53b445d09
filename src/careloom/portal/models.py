"""How the mother opens her own pages: a single-use link, a PIN, and a card that shows the least."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from careloom.infra.access.records import FamilyRecord, GuardedManager


class PortalPerson(FamilyRecord):
    """A person who may open the portal. `principal_id` is people.PersonPrincipal; the holder is the agency that invited her."""

    principal_id = models.UUIDField(unique=True)
    plan_id = models.UUIDField(null=True)
    language = models.CharField(max_length=5, default="en")
    pin_hash = models.CharField(max_length=128, blank=True)
    pin_tries = models.PositiveSmallIntegerField(default=0)
    locked_at = models.DateTimeField(null=True)
    device_hash = models.CharField(max_length=64, blank=True)
    invited_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "portal_person"
        constraints = [models.UniqueConstraint(fields=["holder_id", "identity_id"], name="portal_person_once")]


class PortalLink(models.Model):
    """A single-use sign-in link; only its hash is kept. Lives 15 minutes."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person_id = models.UUIDField()
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = GuardedManager()

    class Meta:
        db_table = "portal_link"


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
