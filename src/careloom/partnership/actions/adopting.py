"""What a body or a whole collaborative adopts, version by version. A version is never changed: the next one says what changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale
from careloom.infra.audit.actions import record
from careloom.kernel.partnership import Tier
from careloom.partnership.actions.keeping import made, today, values_of, wrong
from careloom.partnership.facts import CharterFacts, VisionFacts
from careloom.partnership.models import Body, Charter, Vision
from careloom.partnership.standing import Standing, standing_of
from careloom.partnership.turns import take_turn
from careloom.partnership.words import RULES

MOST_LETTERS = 8000


@transaction.atomic
def adopt_charter(*, by: Viewer, at: datetime, body_id: UUID, facts: CharterFacts, after: int, request_key: str) -> Done | Refused | Stale:
    """Adopt the version after number `after` of a body's charter (R-031, R-044).

    Refused codes: NOT_ALLOWED, PROCESSES, ROLES, RULE, LATER_DAY. Raises NotVisible.
    """
    body = Body.objects.filter(pk=body_id, ends_on=None).first()
    standing = standing_of(viewer=by, collaborative_id=body.collaborative_id if body else body_id)
    if body is None or not standing.leads(body_id):
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong(
        {
            "PROCESSES": not facts.processes.strip(),
            "ROLES": not facts.roles.strip(),
            "RULE": facts.rule not in RULES,
            "LATER_DAY": facts.adopted_on > today(at),
        }
    )
    rows = Charter.objects.filter(body_id=body_id).order_by("-version")
    take_turn(body_id)
    return _next(Charter, rows, codes=codes, after=after, by=by, at=at, request_key=request_key, facts=facts, of={"body_id": body_id}, body=body)


def may_adopt_vision(standing: Standing) -> bool:
    """Who runs the collaborative adopts what it is for, and the officers of its oversight committee."""
    return standing.runs or Body.objects.filter(pk__in=standing.officer_of, tier=Tier.OVERSIGHT, ends_on=None).exists()


@transaction.atomic
def adopt_vision(*, by: Viewer, at: datetime, collaborative_id: UUID, facts: VisionFacts, after: int, request_key: str) -> Done | Refused | Stale:
    """Adopt the version after number `after` of mission, vision, principles and equity intent (R-004, R-068).

    Who runs the collaborative adopts it, and the officers of its oversight committee. Equity is asked for.
    Refused codes: NOT_ALLOWED, MISSION, VISION, PRINCIPLES, EQUITY, LATER_DAY, REVIEW. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    if not may_adopt_vision(standing):
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong(
        {
            "MISSION": not facts.mission.strip(),
            "VISION": not facts.vision.strip(),
            "PRINCIPLES": not facts.principles.strip(),
            "EQUITY": not facts.equity.strip(),
            "LATER_DAY": facts.adopted_on > today(at),
            "REVIEW": facts.review_on <= facts.adopted_on,
        }
    )
    rows = Vision.objects.filter(collaborative_id=collaborative_id).order_by("-version")
    take_turn(f"vision:{collaborative_id}")
    of = {"collaborative_id": collaborative_id}
    return _next(Vision, rows, codes=codes, after=after, by=by, at=at, request_key=request_key, facts=facts, of=of)


def _next(
    model: type[Any], rows: Any, *, codes: tuple[str, ...], after: int, by: Viewer, at: datetime, request_key: str, facts: Any, of: dict[str, Any],
    body: Body | None = None,
) -> Done | Refused | Stale:  # fmt: skip
    newest = rows.first()
    if newest is not None and newest.request_key == request_key:
        return Done(row_id=newest.pk)
    if (newest.version if newest else 0) != after:
        return Stale(current=newest)
    if codes:
        return Refused(codes=codes)
    values = {key: value.strip()[:MOST_LETTERS] if isinstance(value, str) else value for key, value in values_of(facts).items()}
    if "rule_words" in values:
        values["rule_words"] = values["rule_words"][:300]
    extra = {"collaborative_id": body.collaborative_id} if body else {}
    row = model.objects.create(version=after + 1, **values, **of, **extra, **made(by, at, request_key))
    record(by=by, at=at, action=f"partnership.{model._meta.model_name}_adopted", object_id=row.pk)
    return Done(row_id=row.pk)
