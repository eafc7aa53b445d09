"""The shape of a row of a case.

Every row is filed under the mother, whose case it is; `child_id` names the child that it is about. So one caseload, one consent and one page
hold a case together, and a child who goes home or is adopted takes no row of hers along.
"""

from __future__ import annotations

from django.db import models

from careloom.infra.access.records import Retractable

#: Shared with the parent: what is agreed with her, what she owes and is owed, and when (42 USC 675(1), 675(5)(B); 45 CFR 1356.21(g)(1)).
PLAN = "cw.case_plan"
#: Kept by the agency (42 USC 671(a)(8), 5106a(b)(2)(B)(viii)).
RECORD = "cw.case_record"


class CaseRow(Retractable):
    """One row of a case, written once for each form that was sent; by mistake, it is taken back with the reason."""

    case_id = models.UUIDField()
    child_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    worker_id = models.UUIDField(null=True)
    row_version = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=64)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["holder_id", "request_key"], name="perm_%(class)s_once")]
        indexes = [
            models.Index(fields=["identity_id", "at"], name="perm_%(class)s_hers"),
            models.Index(fields=["case_id"], name="perm_%(class)s_case"),
        ]
