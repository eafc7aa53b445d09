"""The court: hearings, extensions, papers under seal, and the family treatment court."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.permanency.models.row import CaseRow

HELD, PLANNED, CANCELLED = "HELD", "PLANNED", "CANCELLED"


class Hearing(CaseRow):
    """A day in court: planned, then held with what was decided, or cancelled."""

    kind = models.CharField(max_length=16)
    starts_at = models.DateTimeField()
    court = models.CharField(max_length=160)
    state = models.CharField(max_length=10, default=PLANNED)
    filed_on = models.DateField(null=True)  # the agency's recommendation
    recommends = models.CharField(max_length=20, blank=True)
    decided = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=1200, blank=True)

    class Meta(CaseRow.Meta):
        db_table = "permanency_hearing"


class Extension(CaseRow):
    """A court put the recommendation off: its reason, its order, the new day, and the treatment evidence that her consent allowed (R-175)."""

    removal_id = models.UUIDField()
    from_on = models.DateField()
    until_on = models.DateField()
    because = models.CharField(max_length=20)
    words = models.CharField(max_length=800, blank=True)
    paper_id = models.UUIDField(null=True)
    evidence = ArrayField(models.CharField(max_length=80), default=list)  # "category|provenance" of what the court was shown
    consent_ids = ArrayField(models.UUIDField(), default=list)

    class Meta(CaseRow.Meta):
        db_table = "permanency_extension"


class Paper(CaseRow):
    """A court's order, or a report to the court, kept sealed under the holder's own key with the digest of what was sealed."""

    kind = models.CharField(max_length=16)  # ORDER, REPORT
    about = models.CharField(max_length=20)
    court = models.CharField(max_length=160, blank=True)
    docket = models.CharField(max_length=60, blank=True)
    dated_on = models.DateField()
    template = models.CharField(max_length=24, blank=True)
    media_type = models.CharField(max_length=80)
    sealed = models.BinaryField()
    digest = models.CharField(max_length=64)  # SHA-256 of the page, in hexadecimal
    word_sealed = models.BinaryField(null=True)
    word_digest = models.CharField(max_length=64, blank=True)

    class Meta(CaseRow.Meta):
        db_table = "permanency_paper"


class TreatmentCourt(CaseRow):
    """Her part in a family treatment court: court, phase, team (R-223). She joins it because she wants to."""

    court = models.CharField(max_length=160)
    enrolled_on = models.DateField()
    phase = models.CharField(max_length=40)
    team = models.CharField(max_length=400)
    next_review_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_how = models.CharField(max_length=12, blank=True)  # GRADUATED, LEFT, ENDED

    class Meta(CaseRow.Meta):
        db_table = "permanency_treatment_court"


class TreatmentCourtStep(CaseRow):
    """A review of that court, or a new phase."""

    enrolment_id = models.UUIDField()
    on = models.DateField()
    phase = models.CharField(max_length=40)
    words = models.CharField(max_length=800)

    class Meta(CaseRow.Meta):
        db_table = "permanency_treatment_step"
