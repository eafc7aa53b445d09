"""A report of maltreatment as child welfare keeps it: one row for each child of a report, with its screening, its disposition and what was found.

The fields are those that the federal Child File asks of a report and a child (NCANDS, OMB 0970-0424; law.md 4.1). Codes are words of our own
(`careloom.safety.report_words`); the federal numbers stand in the layout data of the year.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import Retractable, RowApart

REPORT = "cw.report"


class ReportOnChild(Retractable, RowApart):
    """A report about one child, filed under the mother like everything of her case; `child_id` names the child.

    INVARIANT: its holder alone reads it, whatever a consent opens (42 U.S.C. 5106a(b)(2)(B)(viii)): row security has no other way in.
    A correction is a further row: the one before it stays with `replaced_by_id`, so nothing that was once decided is lost.
    """

    child_id = models.UUIDField()
    number = models.CharField(max_length=40)  # the agency's own number of the report; twins of one report share it
    received_id = models.UUIDField(null=True)  # what the hospital sent, where the report came through Careloom
    received_on = models.DateField()
    received_time = models.TimeField(null=True)
    source = models.CharField(max_length=16)  # who reported, by profession
    incident_on = models.DateField(null=True)
    screened = models.CharField(max_length=3, blank=True)  # IN, OUT; empty while it is open
    screened_on = models.DateField(null=True)
    response = models.CharField(max_length=13, blank=True)  # INVESTIGATION, ALTERNATIVE
    started_on = models.DateField(null=True)  # the first contact of the response
    started_time = models.TimeField(null=True)
    disposition = models.CharField(max_length=24, blank=True)
    disposed_on = models.DateField(null=True)
    # [{"kind": NEGLECT, "level": SUBSTANTIATED}, ...], at most four, the gravest first.
    maltreatments = models.JSONField(default=list)
    child_factors = models.JSONField(default=dict)  # factor -> YES, NO, UNKNOWN; a factor that nobody asked about is not in it
    caretaker_factors = models.JSONField(default=dict)
    prior_victim = models.CharField(max_length=7, blank=True)
    services_given = models.CharField(max_length=7, blank=True)  # whether services followed the response
    services_on = models.DateField(null=True)
    services = ArrayField(models.CharField(max_length=16), default=list)
    safe_care_plan = models.CharField(max_length=7, blank=True)
    safe_care_referral = models.CharField(max_length=7, blank=True)
    died = models.CharField(max_length=7, blank=True)  # whether the child died of maltreatment
    died_on = models.DateField(null=True)
    version = models.PositiveSmallIntegerField(default=1)
    corrects_id = models.UUIDField(null=True)
    correction_reason = models.CharField(max_length=300, blank=True)
    replaced_by_id = models.UUIDField(null=True)
    from_file = models.BooleanField(default=False)  # brought in from the state's system
    at = models.DateTimeField()
    worker_id = models.UUIDField(null=True)
    request_key = models.CharField(max_length=120)

    class Meta:
        db_table = "safety_report"
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "request_key"], name="safety_report_once"),
            models.UniqueConstraint(
                fields=["holder_id", "number", "child_id"], name="safety_report_one_stands",
                condition=models.Q(replaced_by_id=None, taken_back_at=None),
            ),
            models.CheckConstraint(
                condition=models.Q(disposition="", disposed_on=None) | (~models.Q(disposition="") & models.Q(disposed_on__isnull=False)),
                name="safety_report_disposed",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["identity_id", "-received_on"], name="safety_report_identity"),
            models.Index(fields=["disposed_on", "id"], name="safety_report_disposed_on"),
            models.Index(fields=["received_on"], name="safety_report_received_on"),
        ]
