"""An agreement as it is written and signed: parties, clauses, comments, tables, element schedule, versions, signatures.

Source: R-101, R-104, R-178 to R-182, R-185, R-187, R-193 to R-203, R-219, R-228; workflows.md 6.10.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.kernel.partnership.agreements import State
from careloom.partnership.models import Partner
from careloom.partnership.models.structure import OfCollaborative


class Agreement(OfCollaborative):
    """A paper between partners. `state` is that of the version being written; `number` is the version in force, 0 before the first."""

    kind = models.CharField(max_length=16)
    title = models.CharField(max_length=160)
    because = models.TextField(blank=True)  # why it is needed
    places = ArrayField(models.CharField(max_length=40), default=list)
    state = models.CharField(max_length=16, choices=[(one.value, one.value) for one in State], default=State.NEEDED)
    checklist = models.CharField(max_length=24)  # the version of the pack's checklist by which it was begun
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)  # the last day
    review_on = models.DateField(null=True)
    frequency = models.CharField(max_length=12, blank=True)  # how often it is reported on
    report_due_on = models.DateField(null=True)
    number = models.PositiveSmallIntegerField(default=0)
    executed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "agreements_agreement"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="agreements_agreement_once")]


class OfAgreement(OfCollaborative):
    """A row of one agreement."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Party(OfAgreement):
    """A partner who is a party: in which role, whom one speaks with, who signs, and which contract it is filed under."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_reach = models.CharField(max_length=160, blank=True)
    signer_name = models.CharField(max_length=120, blank=True)
    signer_title = models.CharField(max_length=120, blank=True)
    contract = models.CharField(max_length=80, blank=True)  # its reference
    manager = models.CharField(max_length=120, blank=True)  # the contract manager, for whose file the final copy is
    left_on = models.DateField(null=True)

    class Meta:
        db_table = "agreements_party"
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "request_key"], name="agreements_party_once"),
            models.UniqueConstraint(fields=["agreement", "partner"], condition=models.Q(left_on=None), name="agreements_party_partner"),
        ]


class Clause(OfAgreement):
    """What stands in a clause now: words, and choices, partners or a body by their codes and ids."""

    code = models.CharField(max_length=24)
    text = models.TextField(blank=True)
    codes = ArrayField(models.CharField(max_length=36), default=list)

    class Meta:
        db_table = "agreements_clause"
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "request_key"], name="agreements_clause_once"),
            models.UniqueConstraint(fields=["agreement", "code"], name="agreements_clause_code"),
        ]


class Comment(OfAgreement):
    """What somebody says about a clause while it is looked over, and what was answered."""

    code = models.CharField(max_length=24)
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=1000)
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "agreements_comment"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="agreements_comment_once")]


class Line(OfAgreement):
    """A row of one of its tables: who does what, who tells whom, regional staff, sites, what changed. `cells` in the order of the table's columns."""

    table = models.CharField(max_length=8)
    cells = ArrayField(models.CharField(max_length=300))
    left_on = models.DateField(null=True)

    class Meta:
        db_table = "agreements_line"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="agreements_line_once")]


class Element(OfAgreement):
    """A line of the element schedule: what one party may give another, for what. `clause_id` is in the register of consents while in force."""

    discloser = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    categories = ArrayField(models.CharField(max_length=40))
    purposes = ArrayField(models.CharField(max_length=40))
    clause_id = models.UUIDField(null=True)
    left_on = models.DateField(null=True)

    class Meta:
        db_table = "agreements_element"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="agreements_element_once")]


class Version(OfAgreement):
    """What was executed, word for word; the next version stands beside it with the difference (R-104)."""

    number = models.PositiveSmallIntegerField()
    words = models.JSONField()  # {"clause code": "its words as they are read"}, in the order of the clauses
    codes = models.JSONField(default=dict)  # {"clause code": ["what was chosen"]}, where a clause is a choice
    ends_on = models.DateField(null=True)  # its last day, whatever the next version says while it is written

    class Meta:
        db_table = "agreements_version"
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="agreements_version_number")]


class Signature(OfAgreement):
    """That a party signed a version, and that its contract manager has the final copy (R-185)."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    signed_on = models.DateField()
    by_agency = models.UUIDField(null=True)  # the agency of the worker who signed here
    void = models.BooleanField(default=False)  # the text went back to be written on after it was signed
    filed_on = models.DateField(null=True)
    filed_how = models.CharField(max_length=160, blank=True)
    receipt_on = models.DateField(null=True)
    receipt = models.CharField(max_length=160, blank=True)

    class Meta:
        db_table = "agreements_signature"
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "request_key"], name="agreements_signature_once"),
            models.UniqueConstraint(fields=["party", "number"], condition=models.Q(void=False), name="agreements_signature_party"),
        ]
