"""A form is handed in: checked as a whole, worked out, kept as a record, and where an answer asks for it somebody must act at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from careloom.agencies.models import Agency
from careloom.infra import forms
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale
from careloom.infra.audit.actions import record
from careloom.infra.forms import Answers, Definition, Wrong
from careloom.screening.actions.drafting import keep, to_fill
from careloom.screening.models import HANDED_IN, FormDraft, FormResponse
from careloom.screening.protocol import protocol
from careloom.screening.queries import shown_to
from careloom.work.actions import meet_obligation, open_obligation

KIND, ABOUT = "FORM_ALERT", "FORM"
WAYS = ("SPOKEN", "HERSELF", "PAPER")


@dataclass(frozen=True, kw_only=True)
class Incomplete:
    """Nothing was handed in: what is missing or wrong, each with its item. The draft is kept."""

    wrongs: tuple[Wrong, ...]


@transaction.atomic
def hand_in(
    *, by: Viewer, at: datetime, draft_id: UUID, form: Definition, agency: Agency, answers: Answers, how: str, tab: str, row_version: int
) -> Done | Incomplete | Refused | Stale:
    """Hand a draft in. Twice makes one record. Raises NotVisible.

    Refused: SHOWN (she has not been shown what is asked and what comes of it, R-135), OTHERS (a colleague's text waits for a word), HOW.
    INVARIANT: the answers go to nobody: no event is published, and no message is sent. Who may read them is for consents and grants to say.
    """
    row = to_fill(by=by, draft_id=draft_id)
    if row.state == HANDED_IN and row.response_id is not None:
        return Done(row_id=row.response_id)
    kept = keep(row, by=by, at=at, answers=answers, tab=tab, row_version=row_version)
    if isinstance(kept, Stale):
        return kept
    told = protocol(pack=agency.pack, language="en")
    unseen = form.topic in told.covers and not shown_to(viewer=by, identity_id=row.family_id, version=told.version)
    wrong = {"HOW": how not in WAYS, "OTHERS": bool(row.others), "SHOWN": unseen}
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    wrongs = forms.check(form, row.answers)
    if wrongs:
        return Incomplete(wrongs=wrongs)
    if codes:
        return Refused(codes=codes)
    made = _response(row, by=by, at=at, form=form, how=how)
    made.save()
    if row.amends_id is not None:
        FormResponse.objects.filter(pk=row.amends_id, holder_id=by.holder_id).update(replaced_at=at)
    # A draft is no record: once handed in, what was typed stands in the record alone.
    FormDraft.objects.filter(pk=row.pk).update(state=HANDED_IN, response_id=made.pk, answers={}, row_version=F("row_version") + 1)
    action = "screening.amended" if row.amends_id else "screening.handed_in"
    detail: dict[str, object] = {"form": form.url, "version": form.version, "number": made.number}
    record(by=by, at=at, action=action, identity_id=row.identity_id, object_id=made.pk, detail=detail)
    _owe(made, by=by, at=at, within=told.answer_within)
    return Done(row_id=made.pk)


def _response(row: FormDraft, *, by: Viewer, at: datetime, form: Definition, how: str) -> FormResponse:
    there = forms.visible(form, row.answers)
    answers = {path: values for path, values in row.answers.items() if path in there and values}
    worked_out, new = forms.scores(form, answers), uuid4()
    before = FormResponse.objects.filter(pk=row.amends_id, holder_id=by.holder_id).first() if row.amends_id else None
    response = forms.as_response(
        form, answers, status="amended" if before else "completed", authored=at.isoformat(), response_id=str(new), language=row.language,
        scores=worked_out,
    )  # fmt: skip
    return FormResponse(
        id=new, holder_id=by.holder_id, identity_id=row.identity_id, category=row.category, family_id=row.family_id, pack=row.pack, url=form.url,
        form_version=form.version, title=form.title.plain[:200], topic=form.topic[:40], language=row.language, how=how, answers=answers,
        response=response, scores=worked_out, alerts=list(forms.alerts(form, answers)), handed_in_at=at, worker_id=by.worker_id,
        series_id=before.series_id if before else new, number=before.number + 1 if before else 1, replaces_id=row.amends_id, reason=row.reason,
        draft_id=row.pk,
    )  # fmt: skip


def _owe(made: FormResponse, *, by: Viewer, at: datetime, within: timedelta) -> None:
    """Somebody acts at once and writes down what was done; what an earlier version of the answers asked for is met by the correction."""
    if made.replaces_id is not None:
        meet_obligation(by=by, at=at, about_id=made.replaces_id, kind=KIND)
    for code in made.alerts:
        open_obligation(
            by=by, at=at, holder_id=made.holder_id, kind=KIND, family_id=made.family_id, identity_id=made.identity_id,
            link=reverse("screening:one", args=[made.pk]), request_key=f"form:{made.pk}:{code}", worker_id=by.worker_id, due_at=at + within,
            promised=True, about_id=made.pk, about_kind=ABOUT, category=made.category,
        )  # fmt: skip
