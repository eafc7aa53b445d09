"""What a partnership wants of each indicator, as the pages of the numbers show it beside the figure (R-091)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from careloom.aims.queries import Goal, goals_by_indicator
from careloom.changes.models import Priority
from careloom.changes.queries import courses_by_indicator
from careloom.changes.words import COURSES
from careloom.infra.access import Viewer


@dataclass(frozen=True, kw_only=True)
class Aimed:
    """Baseline and target in the indicator's unit, who answers for it, when it is looked at again, and what oversight decided.

    `priority` names the year or the reason when oversight made it a priority; `decisions` say what will be done. `place`: the
    collaborative and the aim by id. `is_final`: whether the body's word on it stands (decision 0013).
    """

    baseline: float | None = None
    baseline_period: str = ""
    baseline_source: str = ""
    target: float | None = None
    by_when: date | None = None
    owner: str = ""
    next_review: date | None = None
    priority: str = ""
    decisions: tuple[str, ...] = ()
    place: tuple[UUID, UUID] | None = None
    is_final: bool = True


NOTHING = Aimed()


def aims_of(*, viewer: Viewer) -> Mapping[str, Aimed]:
    """The aims of the reader's collaboratives by the code of their indicator, with the newest decision of oversight about it.

    Where several collaboratives aim at one indicator, the state's speaks.
    """
    aims = {code: _aimed(goals[0]) for code, goals in goals_by_indicator(viewer=viewer).items()}
    for code, rows in courses_by_indicator(viewer=viewer).items():
        aim = aims.get(code, NOTHING)
        aims[code] = replace(aim, decisions=(_decided(rows[0]), *aim.decisions))
    return aims


def _decided(row: Priority) -> str:
    """The newest decision in a line: what is done, how, and who answers for it."""
    said = {"course": str(COURSES[row.course]), "how": row.plan or row.why, "owner": row.owner.name}
    return _("%(course)s: %(how)s (%(owner)s)") % said


def _aimed(goal: Goal) -> Aimed:
    aim, look = goal.aim, goal.looks[0] if goal.looks else None
    first = next((row for row, _noted in goal.priorities), None)
    return Aimed(
        baseline=None if aim.baseline is None else float(aim.baseline),
        baseline_period=aim.baseline_period,
        baseline_source=aim.baseline_source,
        target=None if aim.target is None else float(aim.target),
        by_when=aim.target_by,
        owner=aim.owner_name or aim.owner.name,
        next_review=aim.review_on,
        priority=f"{first.year}, {first.why}".rstrip(". ") if first else "",
        decisions=(look.follows,) if look and look.follows else (),
        place=(aim.collaborative_id, aim.pk),
        is_final=goal.is_final,
    )
