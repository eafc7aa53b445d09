"""Identity providers of agencies, what their groups mean here, and which requests and answers were used. No person of a family is in it."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.agencies.models import Agency


class Provider(models.Model):
    """An identity provider of one agency, which signs in that agency's own members and nobody else.

    `domains` are the ends of the work e-mails by which it may make somebody known; they count once the operator has confirmed that they are the
    agency's (`confirmed_at`).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    entity_id = models.CharField(max_length=300)
    sso_url = models.CharField(max_length=500)
    certificates = ArrayField(models.TextField())  # PEM
    keys_end_at = models.DateTimeField()
    domains = ArrayField(models.CharField(max_length=120))
    confirmed_at = models.DateTimeField(null=True)
    groups_attribute = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "sso_provider"
        constraints = [
            models.UniqueConstraint(fields=["agency", "request_key"], name="sso_provider_once"),
            models.UniqueConstraint(fields=["entity_id"], name="sso_provider_one", condition=models.Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return self.name


class GroupRole(models.Model):
    """That who is in a group of the provider holds a role here."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="groups")
    group = models.CharField(max_length=200)
    role = models.CharField(max_length=30)

    class Meta:
        db_table = "sso_group_role"
        constraints = [models.UniqueConstraint(fields=["provider", "group", "role"], name="sso_group_role_once")]


class SharedGroup(models.Model):
    """That who is in a group of the installation's one provider (OpenID Connect) holds a role in an agency."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    group = models.CharField(max_length=200)
    role = models.CharField(max_length=30)

    class Meta:
        db_table = "sso_shared_group"
        constraints = [models.UniqueConstraint(fields=["agency", "group", "role"], name="sso_shared_group_once")]


class Known(models.Model):
    """Under which name a provider knows one of our sign-ins, as a hash."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    subject_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "sso_known"
        constraints = [models.UniqueConstraint(fields=["provider", "subject_hash"], name="sso_known_once")]


class Pending(models.Model):
    """A request that went out and was not answered yet. Which browser it belongs to, and the word that comes back with it, are kept as hashes."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    asked = models.CharField(max_length=80)  # the id of the request
    relay_hash = models.CharField(max_length=64, unique=True)
    browser_hash = models.CharField(max_length=64)
    next_path = models.CharField(max_length=300, blank=True)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sso_pending"
        indexes = [models.Index(fields=["ends_at"], name="sso_pending_ends")]


class UsedAnswer(models.Model):
    """That an assertion was used, until it would have ended anyway: it counts once, on whichever machine it arrives."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    answer_hash = models.CharField(max_length=64)
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "sso_used_answer"
        constraints = [models.UniqueConstraint(fields=["provider", "answer_hash"], name="sso_used_answer_once")]
