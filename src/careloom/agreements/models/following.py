"""What follows from an agreement: looking at it again, notices of change, self-audits, annual reports. Source: R-051, R-183 to R-186, R-205."""

from __future__ import annotations

from django.db import models

from careloom.agreements.models.paper import Agreement as _Agreement
from careloom.agreements.models.paper import OfAgreement
from careloom.partnership.models.structure import OfCollaborative


class Review(OfCollaborative):
    """That an agreement was looked at: still needed, what changed. Without an agreement: what partners call progress and success (R-051)."""

    agreement = models.ForeignKey(_Agreement, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=12)  # YEARLY, JOINED, LAW, DEFINITIONS
    needed = models.BooleanField(default=True)
    changed = models.TextField(blank=True)
    success = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, blank=True)  # NO_CHANGE, AMEND, END
    held_on = models.DateField()

    class Meta:
        db_table = "agreements_review"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="agreements_review_once")]


class Notice(OfAgreement):
    """A change of which the Department hears, by when, and that it did (R-186)."""

    what = models.CharField(max_length=500)
    changed_on = models.DateField()
    due_on = models.DateField()
    sent_on = models.DateField(null=True)
    sent_to = models.CharField(max_length=160, blank=True)
    sent_how = models.CharField(max_length=160, blank=True)

    class Meta:
        db_table = "agreements_notice"
        constraints = [models.UniqueConstraint(fields=["collaborative", "request_key"], name="agreements_notice_once")]


class Audit(OfAgreement):
    """A self-audit of one year by the questions of a stated version (R-183)."""

    year = models.PositiveSmallIntegerField()
    auditor = models.CharField(max_length=120)
    due_on = models.DateField()
    questions = models.CharField(max_length=24)
    closed_on = models.DateField(null=True)

    class Meta:
        db_table = "agreements_audit"
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "request_key"], name="agreements_audit_once"),
            models.UniqueConstraint(fields=["agreement", "year"], name="agreements_audit_year"),
        ]


class Answer(OfCollaborative):
    """One question of a self-audit: the answer, what shows it, what was found, and what is done about it by whom and when."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=24)
    says = models.CharField(max_length=8)  # YES, PARTLY, NO, NONE
    evidence = models.CharField(max_length=1000, blank=True)
    finding = models.CharField(max_length=1000, blank=True)
    action = models.CharField(max_length=500, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)

    class Meta:
        db_table = "agreements_answer"
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "request_key"], name="agreements_answer_once"),
            models.UniqueConstraint(fields=["audit", "code"], name="agreements_answer_code"),
        ]


class Report(OfAgreement):
    """The annual report to the Department: drafted from the data, edited, approved, submitted, acknowledged (R-184)."""

    year = models.PositiveSmallIntegerField()
    sections = models.JSONField()  # {"section code": "its words"}
    approved_on = models.DateField(null=True)
    approved_by = models.CharField(max_length=120, blank=True)
    submitted_on = models.DateField(null=True)
    submitted_how = models.CharField(max_length=160, blank=True)
    acknowledged_on = models.DateField(null=True)
    acknowledged_how = models.CharField(max_length=160, blank=True)

    class Meta:
        db_table = "agreements_report"
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "request_key"], name="agreements_report_once"),
            models.UniqueConstraint(fields=["agreement", "year"], name="agreements_report_year"),
        ]
