"""What is written down for a body by somebody without an office in it, and how it becomes final. Source: decision 0013; R-031; workflows 6.11."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.partnership.actions.keeping import made, today
from careloom.partnership.models import Noted
from careloom.partnership.queries.noted import paper_officer
from careloom.partnership.standing import Standing, name_of, standing_of
from careloom.partnership.turns import take_turn


def note(standing: Standing, *, body_id: UUID, about_id: UUID, words: str, by: Viewer, at: datetime, key: str) -> None:
    """Keep with a decision of a body that no officer of it wrote it down. Nothing for an officer: what she writes is final.

    Called by the action that keeps the decision, in its transaction; `key` is that of the form. What one form decides in two rooms is one line.
    """
    if body_id in standing.officer_of:
        return
    pk = standing.collaborative.pk
    row = Noted.objects.filter(collaborative_id=pk, request_key=key).first()
    if row is None:
        noted_by = name_of(viewer=by, collaborative_id=pk)
        Noted.objects.create(
            collaborative_id=pk, body_id=body_id, about=[about_id], words=said(words, most=200), noted_by=noted_by, **made(by, at, key)
        )
    elif about_id not in row.about:
        row.about = [*row.about, about_id]
        row.save(update_fields=["about"])


@transaction.atomic
def confirm(*, by: Viewer, at: datetime, noted_id: UUID) -> Done | Refused:
    """An officer of the body makes it final. Where none of its officers signs in here, who runs the collaborative says that one did on paper.

    Refused codes: NOT_ALLOWED. Raises NotVisible.
    """
    row = Noted.objects.filter(pk=noted_id).first()
    standing = standing_of(viewer=by, collaborative_id=row.collaborative_id if row else noted_id)
    if row is None:
        raise NotVisible
    take_turn(row.pk)
    row.refresh_from_db()
    if row.confirmed_on is not None:
        return Done(row_id=row.pk)
    if row.body_id in standing.officer_of:
        return _confirmed(row, how="OFFICER", who=name_of(viewer=by, collaborative_id=row.collaborative_id), by=by, at=at)
    officer = paper_officer(row.body_id) if standing.runs else None
    if officer is None:
        return Refused(codes=("NOT_ALLOWED",))
    return _confirmed(row, how="PAPER", who=officer.name, by=by, at=at)


def approved(*, body_id: UUID, about_ids: Iterable[UUID], by: Viewer, at: datetime) -> None:
    """The body approved the minutes in which these stand: they are final. Called by the action that keeps the approval."""
    for row in Noted.objects.select_for_update().filter(body_id=body_id, about__overlap=list(about_ids), confirmed_on=None):
        _confirmed(row, how="MINUTES", who="", by=by, at=at)


def _confirmed(row: Noted, *, how: str, who: str, by: Viewer, at: datetime) -> Done:
    row.confirmed_on, row.confirmed_how, row.confirmed_by, row.row_version = today(at), how, who, row.row_version + 1
    row.save(update_fields=["confirmed_on", "confirmed_how", "confirmed_by", "row_version"])
    record(by=by, at=at, action="partnership.confirmed", object_id=row.about[0], detail={"how": how})
    return Done(row_id=row.pk)
