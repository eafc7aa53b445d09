"""What was done about an answer that somebody had to act on at once, written down. Source: safety-and-screening.md 3.4, "Scoring safety"."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from careloom.agencies.models import Agency
from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.screening.actions.drafting import may_fill
from careloom.screening.models import FormFollowUp, FormResponse
from careloom.screening.protocol import protocol
from careloom.work.actions import meet_obligation


@transaction.atomic
def follow_up(*, by: Viewer, at: datetime, response_id: UUID, code: str, did: Collection[str], words: str, agency: Agency) -> Done | Refused:
    """Write down what was done about one alert. Twice is once; the last alert of a form meets what Today asks. Raises NotVisible."""
    may_fill(by)
    take_turn([f"{by.holder_id}:form-alert:{response_id}"])
    row: FormResponse | None = FormResponse.objects.seen_by(by).filter(pk=response_id, holder_id=by.holder_id).first()
    steps = protocol(pack=agency.pack, language="en").alerts.get(code)
    if row is None or code not in row.alerts or steps is None:
        raise NotVisible
    there = FormFollowUp.objects.filter(response_id=row.pk, holder_id=by.holder_id)
    known = there.filter(code=code).first()
    if known is not None:
        return Done(row_id=known.pk)
    chosen = sorted(set(did))
    wrong = {"DID": not chosen or not set(chosen) <= {one for one, _words in steps.did}}
    codes = tuple(each for each, is_wrong in wrong.items() if is_wrong)
    if codes:
        return Refused(codes=codes)
    made = FormFollowUp(
        id=uuid4(), holder_id=by.holder_id, identity_id=row.identity_id, category=row.category, family_id=row.family_id, response_id=row.pk,
        code=code, did=chosen, words=said(words, most=1200), at=at, worker_id=by.worker_id,
    )  # fmt: skip
    made.save()
    meet_obligation(by=by, at=at, request_key=f"form:{row.pk}:{code}")
    record(by=by, at=at, action="screening.followed_up", identity_id=row.identity_id, object_id=row.pk, detail={"code": code, "did": chosen})
    return Done(row_id=made.pk)
