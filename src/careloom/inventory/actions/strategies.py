"""Changes that answer a gap, from the plan to what became of them (R-037)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.directory.needs import catalogue
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.inventory.facts import StrategyFacts
from careloom.inventory.models import Step, Strategy
from careloom.inventory.places import places_of
from careloom.inventory.rights import works
from careloom.kernel.partnership.array import Progress, Way
from careloom.partnership.actions.keeping import made, put, row_of, today, values_of, wrong
from careloom.partnership.models import Partner
from careloom.partnership.standing import standing_of
from careloom.partnership.turns import take_turn

OVER = (Progress.IN_PLACE, Progress.STOPPED)


@transaction.atomic
def begin_strategy(*, by: Viewer, at: datetime, collaborative_id: UUID, facts: StrategyFacts, request_key: str) -> Done | Refused | Stale:
    """Answer a gap in one of four ways: a change with an owner and a day.

    Refused codes: NOT_ALLOWED, NEED, PLACE, WAY, WORDS, PARTNER, OWNER, DUE. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    if not works(standing):
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong(
        {
            "NEED": facts.need not in catalogue().needs,
            "PLACE": facts.place not in {"", *places_of(standing.collaborative)},
            "WAY": facts.way not in set(Way),
            "WORDS": not facts.what.strip(),
            "PARTNER": row_of(Partner, standing, facts.partner_id) is None,
            "OWNER": not facts.owner.strip(),
            "DUE": facts.due_on < today(at),
        }
    )
    values = {**values_of(facts), "what": said(facts.what, most=300), "owner": said(facts.owner, most=120)}
    return put(Strategy, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def step_strategy(
    *, by: Viewer, at: datetime, strategy_id: UUID, progress: str, words: str, version: int, request_key: str
) -> Done | Refused | Stale:  # fmt: skip
    """Say where a change stands now, and what happened; by a work group or the partner that owns it.

    A change that is in place or was stopped is over. Refused codes: NOT_ALLOWED, PROGRESS, WORDS. Raises NotVisible.
    """
    row = Strategy.objects.filter(pk=strategy_id).first()
    standing = standing_of(viewer=by, collaborative_id=row.collaborative_id if row else strategy_id)
    if row is None or not (works(standing) or standing.speaks_for(row.partner_id)):
        return Refused(codes=("NOT_ALLOWED",))
    take_turn(strategy_id)
    row.refresh_from_db()
    if Step.objects.filter(collaborative_id=row.collaborative_id, request_key=request_key).exists():
        return Done(row_id=row.pk)
    if row.row_version != version:
        return Stale(current=row)
    text = said(words, most=400)
    codes = wrong(
        {"PROGRESS": progress not in set(Progress) or row.progress in OVER or (progress == row.progress == Progress.PLANNED), "WORDS": not text},
    )
    if codes:
        return Refused(codes=codes)
    Step.objects.create(
        collaborative_id=row.collaborative_id, strategy_id=row.pk, progress=progress, words=text, on=today(at), **made(by, at, request_key)
    )
    row.progress, row.row_version = progress, row.row_version + 1
    row.save(update_fields=["progress", "row_version"])
    record(by=by, at=at, action="inventory.strategy_moved", object_id=row.pk)
    return Done(row_id=row.pk)
