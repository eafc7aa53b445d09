"""The log of looks as AuditEvent, for who may read it on its page: the privacy officer of the agency that looked or whose record it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from careloom.fhir.resources import audit
from careloom.fhir.serving.kinds import Kind, Source, at_path
from careloom.fhir.serving.matching import Id, Ref, When
from careloom.infra.access import Viewer
from careloom.infra.access.models import AccessLog


def _looks(viewer: Viewer, at: datetime) -> Sequence[QuerySet[Any]]:
    """Looks at somebody; one that was shown nothing is of nobody, and stays on the page."""
    seen = AccessLog.objects.seen_by(viewer).filter(found=True, identity_id__isnull=False)
    own = Q(agency_id=viewer.holder_id)
    return seen.filter(own), seen.filter(~own | Q(agency_id=None), holder_id=viewer.holder_id)


AUDIT_EVENT = Kind(
    name="AuditEvent",
    words="A look at somebody's record: by which agency, when, at which kinds of record. For systems of a privacy officer.",
    needs=("patient", "entity", "date", "_id"),
    sources=(
        Source(
            rows=_looks, shape=audit.looks, changed=lambda viewer: F("at"),
            columns={
                "_id": Id(), "patient": Ref("identity_id", "Patient"), "entity": Ref("identity_id", "Patient"), "date": When("at"),
                "agent": Ref("agency_id", "Organization"),
            },
        ),
    ),
    includes={"agent": (("Organization",), at_path("agent", "who"))},
)  # fmt: skip
