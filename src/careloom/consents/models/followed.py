"""How far the grants of everybody were brought in line with the rules of this release."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from careloom.infra.access.records import GuardedManager


class GrantsPass(models.Model):
    """One pass over all people: `through` is the last identity that is done, in the order of ids. A pass that was stopped goes on from there.

    `rules` is the digest of what decides (`passes.rules_digest`). No person is in it but by that id, and the role that makes grants alone reads it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    rules = models.CharField(max_length=64)
    began_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    through = models.UUIDField(null=True)
    people = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)

    objects = GuardedManager()

    class Meta:
        db_table = "consents_pass"
        constraints = [
            models.UniqueConstraint(fields=["finished_at"], condition=models.Q(finished_at=None), nulls_distinct=False, name="consents_pass_one")
        ]
