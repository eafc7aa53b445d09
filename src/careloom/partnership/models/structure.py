"""Collaboratives, partners, bodies, seats, and what they adopted. Source: R-001 to R-004, R-010, R-017, R-020, R-022, R-030 to R-035, R-068."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.kernel.partnership import Authority, Level, Reach, Tier


class Kept(models.Model):
    """What every row here has: an id, who made it and when, the key of the form that made it, and a number that each change raises."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)  # a worker; null where the load of a practice county made it
    request_key = models.CharField(max_length=56)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Collaborative(Kept):
    """Agencies, Tribes and families of a place who write plans of safe care together."""

    name = models.CharField(max_length=120)
    reach = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Reach])
    places = ArrayField(models.CharField(max_length=40), default=list)  # counties or Tribes, by name
    agency_id = models.UUIDField()  # who coordinates it
    new = models.BooleanField(default=True)  # which start-up track it follows
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    gate_since = models.DateField(null=True)  # since when new members take a training before they take part (P12); knowledge says so
    gate_levels = ArrayField(models.CharField(max_length=12), default=list)  # members of which levels

    class Meta:
        db_table = "partnership_collaborative"
        constraints = [
            models.UniqueConstraint(fields=["agency_id", "request_key"], name="partnership_collaborative_once"),
            models.UniqueConstraint(fields=["name"], condition=models.Q(ends_on=None), name="partnership_collaborative_name"),
        ]


class OfCollaborative(Kept):
    """A row of one collaborative. A form that is sent twice makes one."""

    collaborative = models.ForeignKey(Collaborative, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Partner(OfCollaborative):
    """An organization or a circle of families that takes part. `agency_id` where it works in Careloom."""

    name = models.CharField(max_length=120)
    agency_id = models.UUIDField(null=True)
    sectors = ArrayField(models.CharField(max_length=24))
    kinds = ArrayField(models.CharField(max_length=24), default=list)  # beyond the sixteen: housing, transportation, schools
    streams = ArrayField(models.CharField(max_length=24), default=list)
    brings = models.TextField(blank=True)  # expertise, staff, money, data, space, training
    joined_on = models.DateField()
    left_on = models.DateField(null=True)

    class Meta:
        db_table = "partnership_partner"
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "request_key"], name="partnership_partner_once"),
            models.UniqueConstraint(fields=["collaborative", "name"], condition=models.Q(left_on=None), name="partnership_partner_name"),
            models.UniqueConstraint(
                fields=["collaborative", "agency_id"], condition=models.Q(left_on=None, agency_id__isnull=False), name="partnership_partner_agency"
            ),
        ]


class Body(OfCollaborative):
    """A committee, a team or a group of one tier, or a body that stood before and takes the tier on (R-022)."""

    name = models.CharField(max_length=120)
    tier = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Tier])
    focus = models.CharField(max_length=300, blank=True)
    stood_before = models.BooleanField(default=False)
    lead = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+")
    convened_by = models.CharField(max_length=200, blank=True)  # the statute, order or charter that convenes it
    reports_to = models.CharField(max_length=120, blank=True)
    not_needed = ArrayField(models.CharField(max_length=24), default=list)  # kinds of partner that this body does without, by its own choice
    quorum = models.PositiveSmallIntegerField(default=0)  # members who must be there to decide; 0: not agreed yet
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "partnership_body"
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "request_key"], name="partnership_body_once"),
            models.UniqueConstraint(fields=["collaborative", "name"], condition=models.Q(ends_on=None), name="partnership_body_name"),
        ]


class Seat(OfCollaborative):
    """A member of a body, from one day to another. `worker_id` where the member signs in to Careloom."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="seats")
    name = models.CharField(max_length=120)
    worker_id = models.UUIDField(null=True)
    title = models.CharField(max_length=80, blank=True)
    level = models.CharField(max_length=12, blank=True, choices=[(one.value, one.value) for one in Level])
    office = models.CharField(max_length=12, default="MEMBER")  # CHAIR, CO_CHAIR, SECRETARY, MEMBER
    lens = models.CharField(max_length=80, blank=True)  # what a co-chair looks through, such as child protection
    authority = models.CharField(max_length=20, blank=True, choices=[(one.value, one.value) for one in Authority])
    decides = models.BooleanField(default=False)  # key decision maker
    money = models.BooleanField(default=False)  # financing or budget expertise
    expertise = models.CharField(max_length=200, blank=True)
    lived = ArrayField(models.CharField(max_length=20), default=list)
    supports = ArrayField(models.CharField(max_length=16), default=list)  # stipend, child care, travel, mentor, interpreter
    line_to = models.CharField(max_length=120, blank=True)  # the leader of her agency who decides
    line_how = models.CharField(max_length=200, blank=True)
    line_days = models.PositiveSmallIntegerField(null=True)  # business days until such a decision usually comes
    needs_authority = models.CharField(max_length=200, blank=True)  # what she would have to be allowed to contribute
    granted_on = models.DateField(null=True)
    commitment = models.CharField(max_length=300, blank=True)
    committed_on = models.DateField(null=True)  # said or said again; asked for each year
    starts_on = models.DateField()
    term_ends_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    let_in_on = models.DateField(null=True)  # when she had taken the training that comes first
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")  # whom she replaces

    class Meta:
        db_table = "partnership_seat"
        constraints = [
            models.UniqueConstraint(fields=["body", "request_key"], name="partnership_seat_once"),
            models.UniqueConstraint(
                fields=["body", "worker_id"], condition=models.Q(left_on=None, worker_id__isnull=False), name="partnership_seat_worker"
            ),
        ]
        indexes = [models.Index(fields=["worker_id"], name="partnership_seat_who")]


class Charter(OfCollaborative):
    """What a body agreed about how it works, version by version; a new version is a new row (R-031)."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="charters")
    version = models.PositiveSmallIntegerField()
    processes = models.TextField()
    protocols = models.TextField(blank=True)
    roles = models.TextField()
    rule = models.CharField(max_length=16)  # CONSENSUS, RESERVATIONS, VOTE, CHAIR
    rule_words = models.CharField(max_length=300, blank=True)
    disputes = models.TextField(blank=True)  # steps, time limits, who stands between, who decides at last
    adopted_on = models.DateField()

    class Meta:
        db_table = "partnership_charter"
        constraints = [models.UniqueConstraint(fields=["body", "version"], name="partnership_charter_version")]


class Vision(OfCollaborative):
    """Mission, vision, principles and equity intent of a collaborative, version by version (R-004, R-068)."""

    version = models.PositiveSmallIntegerField()
    mission = models.TextField()
    vision = models.TextField()
    principles = models.TextField()
    equity = models.TextField()
    adopted_on = models.DateField()
    review_on = models.DateField()

    class Meta:
        db_table = "partnership_vision"
        constraints = [models.UniqueConstraint(fields=["collaborative", "version"], name="partnership_vision_version")]
