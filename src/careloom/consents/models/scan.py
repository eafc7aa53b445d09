"""Scans of papers that were signed by hand. Source: 42 CFR 2.31(a)(8); DESIGN section 8, "At rest", "Uploads"."""

from __future__ import annotations

from django.db import models

from careloom.infra.access.records import FamilyRecord


class PaperScan(FamilyRecord):
    """The picture or PDF of a signed paper, sealed under the data key of its holder; one for each paper, and never changed.

    Read by the agency that took the paper, within its caseload, and by the person herself; a grant on her plan does not open it.
    """

    about_id = models.UUIDField()
    about_kind = models.CharField(max_length=12)  # CONSENT, ORDER
    media_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()  # bytes of the opened file
    sealed = models.BinaryField()
    kept_at = models.DateTimeField()
    kept_by = models.UUIDField(null=True)

    class Meta:
        db_table = "consents_scan"
        constraints = [models.UniqueConstraint(fields=["holder_id", "about_id"], name="consents_scan_once")]
        indexes = [models.Index(fields=["about_id"], name="consents_scan_about"), models.Index(fields=["identity_id"], name="consents_scan_identity")]
