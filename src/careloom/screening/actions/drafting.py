"""Drafts: begun, saved as one types, met by a colleague's text, settled, thrown away. Source: features F47; ux.md 7.2 ("never lose work")."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from careloom.agencies.models import Agency
from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.infra.forms import Answers, Definition
from careloom.screening.kinds import category_of
from careloom.screening.models import DISCARDED, HANDED_IN, OPEN, FormDraft, FormResponse

LEAST_REASON = 3


@transaction.atomic
def begin(*, by: Viewer, at: datetime, identity_id: UUID, family_id: UUID, form: Definition, agency: Agency, language: str, answers: Answers) -> Done:
    """Begin a form about a person, or go on with the one that the agency has begun: twice makes one draft.

    The caller has checked that `by` sees the person. `answers` are those known already. Raises NotVisible for who fills no forms.
    """
    may_fill(by)
    take_turn([f"{by.holder_id}:form:{identity_id}:{form.url}"])
    there = FormDraft.objects.filter(holder_id=by.holder_id, identity_id=identity_id, url=form.url, amends_id=None, state=OPEN).first()
    if there is not None:
        return Done(row_id=there.pk)
    row = _draft(by, at, identity_id=identity_id, family_id=family_id, form=form, agency=agency, language=language, answers=dict(answers))
    row.save()
    return Done(row_id=row.pk)


@transaction.atomic
def amend(*, by: Viewer, at: datetime, response: FormResponse, form: Definition, agency: Agency, reason: str) -> Done | Refused:
    """Begin a correction of what was handed in, with its reason: a draft with the same answers. The old row stays as it is.

    Only its holder corrects it, and only the newest of a series. Raises NotVisible.
    """
    may_fill(by)
    if response.holder_id != by.holder_id:
        raise NotVisible
    take_turn([f"{by.holder_id}:form:{response.identity_id}:{form.url}"])
    there = FormDraft.objects.filter(
        holder_id=by.holder_id, identity_id=response.identity_id, url=form.url, amends_id=response.pk, state=OPEN
    ).first()
    if there is not None:
        return Done(row_id=there.pk)
    wrong = {"REASON": len(reason.strip()) < LEAST_REASON, "REPLACED": response.replaced_at is not None, "GONE": response.taken_back_at is not None}
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if codes:
        return Refused(codes=codes)
    row = _draft(
        by, at, identity_id=response.identity_id, family_id=response.family_id, form=form, agency=agency, language=response.language,
        answers=response.answers,
    )  # fmt: skip
    row.amends_id, row.reason = response.pk, said(reason, most=400)
    row.save()
    return Done(row_id=row.pk)


@transaction.atomic
def save(*, by: Viewer, at: datetime, draft_id: UUID, answers: Answers, tab: str, row_version: int) -> Done | Stale:
    """Keep the answers as they are now. Stale where a colleague, or another device, saved other answers meanwhile: then both are kept.

    Raises NotVisible.
    """
    row = to_fill(by=by, draft_id=draft_id)
    return keep(row, by=by, at=at, answers=answers, tab=tab, row_version=row_version)


@transaction.atomic
def settle(*, by: Viewer, at: datetime, draft_id: UUID, mine: Collection[str], row_version: int) -> Done | Stale:
    """Say which of two texts stands, item by item: `mine` are the paths where the worker's own does. Raises NotVisible."""
    row = to_fill(by=by, draft_id=draft_id)
    own = own_text(row, by=by)
    if row.state != OPEN or row.row_version != row_version:
        return Stale(current=row)
    if own is None:
        return Done(row_id=row.pk)
    merged: dict[str, Any] = dict(row.answers)
    for path in mine:
        if path in own["answers"]:
            merged[path] = own["answers"][path]
        else:
            merged.pop(path, None)
    others = [one for one in row.others if one is not own]
    _write(row, answers=merged, others=others, saved_by=by.worker_id, saved_at=at, tab="")
    record(by=by, at=at, action="screening.settled", identity_id=row.identity_id, object_id=row.pk, detail={"items": len(mine)})
    return Done(row_id=row.pk)


@transaction.atomic
def discard(*, by: Viewer, at: datetime, draft_id: UUID) -> Done:
    """Throw a draft away with all that was typed into it. Twice is once. Raises NotVisible."""
    row = to_fill(by=by, draft_id=draft_id)
    if row.state == OPEN:
        _write(row, answers={}, others=[], state=DISCARDED, tab="")
        record(by=by, at=at, action="screening.discarded", identity_id=row.identity_id, object_id=row.pk, detail={"form": row.url})
    return Done(row_id=row.pk)


def may_fill(by: Viewer) -> None:
    """Raises NotVisible for who fills no forms."""
    require(by)
    if not by.can("FORMS_FILL") or by.holder_id is None:
        raise NotVisible


def to_fill(*, by: Viewer, draft_id: UUID) -> FormDraft:
    """A draft of the agency of `by`, with its turn taken. Raises NotVisible where it is hidden or absent."""
    may_fill(by)
    take_turn([f"{by.holder_id}:draft:{draft_id}"])
    row: FormDraft | None = FormDraft.objects.seen_by(by).filter(pk=draft_id, holder_id=by.holder_id).first()
    if row is None:
        raise NotVisible
    return row


def keep(row: FormDraft, *, by: Viewer, at: datetime, answers: Answers, tab: str, row_version: int) -> Done | Stale:
    """Save a draft whose turn is held; `row` is as it stands afterwards."""
    if row.state != OPEN:
        return Done(row_id=row.pk) if row.state == HANDED_IN else Stale(current=row)
    told = dict(answers)
    if told == row.answers:
        return Done(row_id=row.pk)
    # The open page that saved last may save again: its own answers cross on the way, and no colleague's text is touched.
    if row.row_version != row_version and not (tab and row.tab == tab):
        entry = {"worker": str(by.worker_id), "at": at.isoformat(), "answers": told}
        row.others = [*(one for one in row.others if one["worker"] != str(by.worker_id)), entry]
        FormDraft.objects.filter(pk=row.pk).update(others=row.others)
        return Stale(current=row)
    _write(row, answers=told, saved_by=by.worker_id, saved_at=at, tab=tab[:32])
    return Done(row_id=row.pk)


def own_text(row: FormDraft, *, by: Viewer) -> dict[str, Any] | None:
    """What the worker typed while somebody else saved, and which waits for her word; None where nothing does."""
    return next((one for one in row.others if one["worker"] == str(by.worker_id)), None)


def _write(row: FormDraft, **values: Any) -> None:
    FormDraft.objects.filter(pk=row.pk).update(row_version=F("row_version") + 1, **values)
    row.refresh_from_db()


def _draft(
    by: Viewer, at: datetime, *, identity_id: UUID, family_id: UUID, form: Definition, agency: Agency, language: str, answers: Mapping[str, Any]
) -> FormDraft:
    return FormDraft(
        id=uuid4(), holder_id=by.holder_id, identity_id=identity_id, category=category_of(topic=form.topic, agency=agency), family_id=family_id,
        pack=agency.pack, url=form.url, form_version=form.version, language=language if language in form.languages else "en",
        answers=dict(answers), started_by=by.worker_id, started_at=at, saved_by=by.worker_id, saved_at=at,
    )  # fmt: skip
