"""After the rows went: a task for each partner that reads copies under a paper, and then the proposal forgets whose they were."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from careloom.infra.access import System, acting_as, system
from careloom.infra.audit.actions import record
from careloom.keeping.models import DONE, SWEPT, Expunging
from careloom.work.actions import open_obligation

TOLD = "EXPUNGED_ELSEWHERE"


@transaction.atomic
def tell(*, expunging_id: UUID, at: datetime) -> int:
    """Tell the partners of one that was swept, and make it DONE; how many were told. Again tells nobody twice.

    A partner decides by itself about what it received: no law that we know of lets the sender decide. The task names no agency and no reason.
    """
    job = system(System.JOB)
    with acting_as(job):
        row = Expunging.objects.select_for_update().filter(pk=expunging_id, state=SWEPT).first()
    if row is None:
        return 0
    for partner in (UUID(one) for one in row.told):
        open_obligation(
            by=job, at=at, holder_id=partner, kind=TOLD, family_id=row.identity_id, identity_id=row.identity_id,
            link=reverse("desk:family", args=[row.identity_id]), request_key=f"expunged:{row.pk}",
        )  # fmt: skip
    own = system(System.JOB, holder_id=row.holder_id)
    with acting_as(own):
        Expunging.objects.filter(pk=row.pk).update(state=DONE, identity_id=row.pk, reason="")
        record(by=own, at=at, action="keeping.expunged", object_id=row.pk, detail={"told": len(row.told)})
    return len(row.told)
