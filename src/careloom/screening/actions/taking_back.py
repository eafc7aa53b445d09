"""A form that was handed in by mistake, as for another family, is taken back with the reason. Source: issue 4; DESIGN section 5."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.screening.actions.drafting import LEAST_REASON, may_fill
from careloom.screening.models import DISCARDED, OPEN, FormDraft, FormResponse
from careloom.work.actions import meet_obligation


@transaction.atomic
def take_back(*, by: Viewer, at: datetime, response_id: UUID, because: str) -> Done | Refused:
    """Take back a form with all its versions: it stays with its holder, marked, and nobody else reads it any more. Twice is once.

    What an answer asked for at once is owed no more, and a correction that was begun is thrown away. Refused: REASON. Raises NotVisible.
    """
    may_fill(by)
    row: FormResponse | None = FormResponse.every.seen_by(by).filter(pk=response_id, holder_id=by.holder_id).first()
    if row is None:
        raise NotVisible
    take_turn([f"{by.holder_id}:form:{row.identity_id}:{row.url}"])
    if len(because.strip()) < LEAST_REASON:
        return Refused(codes=("REASON",))
    series = FormResponse.objects.filter(holder_id=by.holder_id, series_id=row.series_id)
    ids = list(series.values_list("pk", flat=True))
    if not ids:
        return Done(row_id=row.pk)
    series.update(taken_back_at=at, taken_back_because=said(because, most=300))
    begun = FormDraft.objects.filter(holder_id=by.holder_id, amends_id__in=ids, state=OPEN)
    begun.update(state=DISCARDED, answers={}, others=[], row_version=F("row_version") + 1)
    for pk in ids:
        meet_obligation(by=by, at=at, about_id=pk)
    record(by=by, at=at, action="screening.taken_back", identity_id=row.identity_id, object_id=row.pk, detail={"versions": len(ids)})
    return Done(row_id=row.pk)
