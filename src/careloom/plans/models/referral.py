"""Referrals: a request to a service, its steps, and the one-time page of a partner without an account."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import GuardedManager
from careloom.plans.models.plan import PlanRow, by_plan


class Referral(PlanRow):
    """A request to a service for a need. It never moves who holds the family's record. Source: workflows 6.4, F14, F15."""

    need_id = models.UUIDField()
    household_ids = ArrayField(models.UUIDField(), default=list)
    kind = models.CharField(max_length=8)  # LIVE (answers here), LINK (answers by a one-time page), LOGGED (noted by us)
    receiver_id = models.UUIDField(null=True)  # principal: an agency or a one-time link
    service_id = models.UUIDField(null=True)
    organization = models.CharField(max_length=160)
    service_name = models.CharField(max_length=160, blank=True)
    service_type = models.CharField(max_length=80, blank=True)  # type, length, frequency, location and method of each planned service
    frequency = models.CharField(max_length=80, blank=True)
    length = models.CharField(max_length=80, blank=True)
    place = models.CharField(max_length=120, blank=True)
    method = models.CharField(max_length=24, blank=True)
    funding = models.CharField(max_length=24, blank=True)
    note = models.CharField(max_length=500, blank=True)
    hand_off = models.CharField(max_length=300, blank=True)  # how she gets to know them: the warm hand-off
    state = models.CharField(max_length=20)  # a kernel.referral state
    reason = models.CharField(max_length=24, blank=True)
    family_wants = models.CharField(max_length=10, default="YES")
    requested_at = models.DateTimeField(null=True)
    answer_due_at = models.DateTimeField(null=True)
    scheduled_for = models.DateTimeField(null=True)
    no_shows = models.PositiveSmallIntegerField(default=0)
    waitlist_place = models.PositiveSmallIntegerField(null=True)
    outcome = models.CharField(max_length=24, blank=True)
    got_help = models.CharField(max_length=10, blank=True)  # YES, PARTLY, NO: her own answer
    closed_at = models.DateTimeField(null=True)
    owner_worker_id = models.UUIDField()
    follows_id = models.UUIDField(null=True)
    request_key = models.CharField(max_length=64)

    class Meta:
        db_table = "plans_referral"
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="plans_referral_once")]
        indexes = [
            by_plan("plans_referral_plan"),
            models.Index(fields=["need_id"], name="plans_referral_need"),
            models.Index(fields=["receiver_id", "state"], name="plans_referral_receiver"),
        ]


class ReferralEvent(PlanRow):
    """One step of a referral, said by whoever took it. Nothing that happened is overwritten."""

    referral_id = models.UUIDField()
    state = models.CharField(max_length=20)
    reason = models.CharField(max_length=24, blank=True)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    said_by = models.CharField(max_length=10)  # US, THEM, HER

    class Meta:
        db_table = "plans_referral_event"
        indexes = [models.Index(fields=["referral_id", "at"], name="plans_referral_event_of"), by_plan("plans_referral_event_plan")]


class ReferralLink(models.Model):
    """The one-time page of a partner without an account. Only the hash of the token is kept.

    It carries what may be shown before a yes (a need, a place, a language), so that the page reads no row about a person.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)  # also the LINK principal
    holder_id = models.UUIDField()
    referral_id = models.UUIDField()
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)
    organization = models.CharField(max_length=160, default="")
    need_code = models.CharField(max_length=40, default="")
    place = models.CharField(max_length=120, blank=True, default="")
    language = models.CharField(max_length=5, default="en")
    asked_by = models.CharField(max_length=60, blank=True, default="")  # first name only
    asked_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=8, blank=True, default="")  # YES, WAIT, NOT_NOW, WRONG

    objects = GuardedManager()

    class Meta:
        db_table = "plans_referral_link"
