"""Agencies and Tribes, their workers, and how workers sign in. Holds no family data."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.kernel.agency_kinds import AgencyKind

FOREVER = datetime(9999, 12, 31, tzinfo=UTC)


class Agency(models.Model):
    """An agency, a Tribe or a program unit that holds its own records. Its id is also its principal."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)
    # What mothers and partners see where the name alone would tell that somebody is in treatment (42 CFR 2.13(c)); empty: its own name.
    outward_name = models.CharField(max_length=120, blank=True)
    short_name = models.CharField(max_length=40)
    kind = models.CharField(max_length=24, choices=[(k.value, k.value) for k in AgencyKind])
    # Stored per unit, never per hospital: a labor ward is not a Part 2 program, its addiction unit is (42 CFR 2.11).
    is_part2_program = models.BooleanField(default=False)
    is_covered_entity = models.BooleanField(default=False)
    is_tribe = models.BooleanField(default=False)
    is_state = models.BooleanField(default=False)
    county = models.CharField(max_length=40, blank=True)
    pack = models.CharField(max_length=40, default="columbia")
    zone = models.CharField(max_length=40, default="America/New_York")
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=160, blank=True)
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="units")
    active = models.BooleanField(default=True)
    # Which kinds of record a role opens here where it is not the default: role -> {"version": n, "categories": [...]}. It lies on the agency so
    # that each request has it with the membership; RoleOpening keeps the history (45 CFR 164.514(d)(2)).
    opens = models.JSONField(default=dict)
    # What comes before the first family here (code of conduct, trainings), for the gate: [{"id", "kind", "title", "from"}]. `conduct` keeps it.
    firsts = models.JSONField(default=list)

    class Meta:
        db_table = "agencies_agency"
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name

    @property
    def name_outside(self) -> str:
        """The name to use outside the agency where its own would reveal treatment."""
        return self.outward_name or self.name


class UserManager(BaseUserManager["User"]):
    """Makes sign-in rows, which are known by e-mail."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make a sign-in row; no password means that only a passkey or OpenID Connect opens it."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Django's sign-in row. Everything about a person who works is on Worker."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=datetime(1970, 1, 1, tzinfo=UTC))

    USERNAME_FIELD = "email"
    objects = UserManager()

    class Meta:
        db_table = "agencies_user"

    def get_full_name(self) -> str:
        """Empty: the name is on Worker and is shown through the request, without a query from a template."""
        return ""


class Worker(models.Model):
    """A person who works in one or more agencies."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="worker")
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=5, default="en")
    # A second, short secret that opens a locked screen; hashed like a password.
    pin_hash = models.CharField(max_length=128, blank=True)
    # Made in a practice world. Only such workers are offered on the practice sign-in page, so a live database offers nobody.
    practice = models.BooleanField(default=False)

    class Meta:
        db_table = "agencies_worker"

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """That a worker acts in an agency with certain roles, for a time. Its end ends her sessions there at once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=30))
    title = models.CharField(max_length=80, blank=True)
    supervisor = models.ForeignKey(Worker, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(default=FOREVER)
    # Which of `agency.firsts` she has done: id -> the last day on which it counts, or "" where it counts for good.
    cleared = models.JSONField(default=dict)

    class Meta:
        db_table = "agencies_membership"
        constraints = [
            models.UniqueConstraint(fields=["worker", "agency"], name="agencies_membership_once"),
            models.CheckConstraint(condition=models.Q(ends_at__gte=models.F("starts_at")), name="agencies_membership_period"),
        ]


class RoleOpening(models.Model):
    """One decision of a privacy officer: which kinds of record a role opens in her agency from then on. Added to, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    version = models.PositiveIntegerField()
    before = ArrayField(models.CharField(max_length=40))
    categories = ArrayField(models.CharField(max_length=40))
    reason = models.CharField(max_length=300)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "agencies_role_opening"
        constraints = [
            models.UniqueConstraint(fields=["agency", "role", "version"], name="agencies_role_opening_version"),
            models.UniqueConstraint(fields=["agency", "request_key"], name="agencies_role_opening_once"),
        ]
