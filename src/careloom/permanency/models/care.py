"""A child in care: removal, custody, placements, and days that do not count."""

from __future__ import annotations

from django.db import models

from careloom.permanency.models.row import CaseRow


class Removal(CaseRow):
    """A stay in care. INVARIANT: it rests on a completed safety assessment that says unsafe, and on why nothing less restrictive sufficed (R-171)."""

    assessment_id = models.UUIDField()
    insufficient = models.CharField(max_length=1200)
    authority = models.CharField(max_length=16)  # COURT_ORDER, EMERGENCY, AGREEMENT
    removed_on = models.DateField()
    found_on = models.DateField(null=True)  # the first finding of abuse or neglect
    no_efforts_on = models.DateField(null=True)  # a court found that efforts to reunify are not required
    re_entry = models.BooleanField(default=False)
    ended_on = models.DateField(null=True)
    exit = models.CharField(max_length=16, blank=True)
    exit_words = models.CharField(max_length=400, blank=True)
    no_filing = models.CharField(max_length=16, blank=True)  # why the agency need not file: KIN, COMPELLING, NO_SERVICES (42 USC 675(5)(E))
    no_filing_words = models.CharField(max_length=800, blank=True)
    alerted = models.PositiveSmallIntegerField(default=0)  # the last of the notices before the hearing that was opened, in months

    class Meta(CaseRow.Meta):
        db_table = "permanency_removal"


class Custody(CaseRow):
    """Who has custody of a child, from when to when (exclusive)."""

    to = models.CharField(max_length=20)
    whom = models.CharField(max_length=160, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    paper_id = models.UUIDField(null=True)

    class Meta(CaseRow.Meta):
        db_table = "permanency_custody"


class Placement(CaseRow):
    """Where a child in care lives. `skipped` explains, for each less restrictive setting, why it was not used (R-172)."""

    removal_id = models.UUIDField()
    setting = models.CharField(max_length=16)
    with_whom = models.CharField(max_length=200)
    skipped = models.JSONField(default=dict)
    siblings_together = models.CharField(max_length=8, blank=True)  # YES, NO, NONE
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=16, blank=True)

    class Meta(CaseRow.Meta):
        db_table = "permanency_placement"


class Pause(CaseRow):
    """Days at home on trial, or away without leave; they do not count (45 CFR 1356.21(i))."""

    removal_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta(CaseRow.Meta):
        db_table = "permanency_pause"
