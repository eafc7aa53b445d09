"""What is done about something found, when it is looked at again, and official sets of items. Source: R-048, R-214, R-217; workflow 6.13."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.partnership.actions.keeping import put, row_of, today, values_of, wrong
from careloom.partnership.models import Partner
from careloom.partnership.standing import Standing, standing_of
from careloom.partnership.turns import take_turn
from careloom.surveys.facts import FollowUpFacts
from careloom.surveys.instruments import Wrong, read_items
from careloom.surveys.models import AlignmentReview, FollowUp, ItemSet, Rhythm, Round, StageReading, Walk
from careloom.surveys.words import RHYTHMS

ABOUT: dict[str, type[Any]] = {"ROUND": Round, "WALK": Walk, "REVIEW": AlignmentReview, "STAGE": StageReading}


def works_here(standing: Standing) -> bool:
    """Who looks at things together and writes what comes of it: who runs the collaborative, and the officers and members of its bodies."""
    return standing.runs or bool(standing.officer_of) or bool(standing.sits_in)


def found_in(*, collaborative_id: UUID, about_kind: str, about_id: UUID) -> Any | None:
    """What something is done about, where it is a closed round, a walk, a review or a reading of this collaborative; else None."""
    about = ABOUT[about_kind].objects.filter(pk=about_id, collaborative_id=collaborative_id).first() if about_kind in ABOUT else None
    return None if isinstance(about, Round) and about.state == "OPEN" else about


@transaction.atomic
def put_follow_up(*, by: Viewer, at: datetime, about_kind: str, about_id: UUID, facts: FollowUpFacts, request_key: str) -> Done | Refused | Stale:
    """Say what is done about something found. Refused codes: NOT_ALLOWED, WHAT, OWNER, DUE_ON, NOT_CLOSED. Raises NotVisible."""
    about = ABOUT[about_kind].objects.filter(pk=about_id).first() if about_kind in ABOUT else None
    standing = standing_of(viewer=by, collaborative_id=about.collaborative_id if about else about_id)
    if about is None:
        raise NotVisible
    if not works_here(standing):
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong(
        {
            "WHAT": not facts.what.strip(),
            "OWNER": row_of(Partner, standing, facts.owner_id) is None,
            "DUE_ON": facts.due_on <= today(at),
            "NOT_CLOSED": isinstance(about, Round) and about.state == "OPEN",
        }
    )
    values = {**values_of(facts), "what": said(facts.what, most=300), "about_kind": about_kind, "about_id": about_id}
    done = put(FollowUp, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)
    if isinstance(done, Done) and isinstance(about, Round) and about.state in ("CLOSED", "ANALYSED", "DISCUSSED"):
        about.state, about.row_version = "ACTIONS", about.row_version + 1
        about.save(update_fields=["state", "row_version"])
    return done


@transaction.atomic
def done_follow_up(*, by: Viewer, at: datetime, follow_up_id: UUID, result: str) -> Done | Refused:
    """Say what became of it. Refused codes: NOT_ALLOWED, RESULT. Raises NotVisible."""
    row = FollowUp.objects.select_for_update().filter(pk=follow_up_id).first()
    standing = standing_of(viewer=by, collaborative_id=row.collaborative_id if row else follow_up_id)
    if row is None:
        raise NotVisible
    if not (works_here(standing) or row.owner_id in standing.partner_ids):
        return Refused(codes=("NOT_ALLOWED",))
    if not result.strip():
        return Refused(codes=("RESULT",))
    if row.done_on is None:
        row.done_on, row.result, row.row_version = today(at), said(result, most=300), row.row_version + 1
        row.save(update_fields=["done_on", "result", "row_version"])
        record(by=by, at=at, action="surveys.follow_up_done", object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def put_rhythm(
    *, by: Viewer, at: datetime, collaborative_id: UUID, kind: str, every_months: int, next_on: date, request_key: str
) -> Done | Refused | Stale:
    """Agree how often something is looked at again, and when next (R-048, R-217). Refused codes: NOT_ALLOWED, KIND, EVERY_MONTHS, NEXT_ON."""
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(f"surveys:{collaborative_id}")
    if not standing.runs:
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong({"KIND": kind not in RHYTHMS, "EVERY_MONTHS": not 1 <= every_months <= 36, "NEXT_ON": next_on <= today(at)})
    row = Rhythm.objects.filter(collaborative_id=collaborative_id, kind=kind).first()
    values = {"kind": kind, "every_months": every_months, "next_on": next_on}
    version = row.row_version if row else 0
    return put(Rhythm, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def import_items(
    *,
    by: Viewer,
    at: datetime,
    collaborative_id: UUID,
    kind: str,
    title: str,
    version: str,
    licence: str,
    name: str,
    content: bytes,
    request_key: str,
) -> Done | Refused | Stale | tuple[Wrong, ...]:
    """Import an official set of items from CSV or JSON (R-215, R-216). What is wrong in the file comes back with its place and reason.

    Refused codes: NOT_ALLOWED, KIND, TITLE, LICENCE, TITLE_TAKEN. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(f"surveys:{collaborative_id}")
    if not standing.runs:
        return Refused(codes=("NOT_ALLOWED",))
    heading, number = said(title, most=120), said(version, most=20) or "1"
    there = ItemSet.objects.filter(collaborative_id=collaborative_id, title=heading, version=number).exclude(request_key=request_key)
    codes = wrong(
        {
            "KIND": kind not in ("VALUES", "CAPACITY"),
            "TITLE": not heading,
            "LICENCE": not licence.strip(),
            "TITLE_TAKEN": there.exists(),
        }
    )
    if codes:
        return Refused(codes=codes)
    definition, faults = read_items(content=content, name=name, kind=kind)
    if faults:
        return faults
    values = {"kind": kind, "title": heading, "version": number, "licence": said(licence, most=300), "definition": definition}
    return put(ItemSet, None, codes=(), values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)
