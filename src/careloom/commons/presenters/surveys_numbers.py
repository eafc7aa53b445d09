"""Which figures could show an indicator of the stage of collaboration: numbers of all partners, and an aim that is surely better than it began.

Source: collaboration-instruments.md 4.4, stage 4 (shared data that oversight uses; outcomes improved against the baseline); R-062, R-091.
"""

from __future__ import annotations

from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.aims.queries import Goal, aims_for
from careloom.commons.presenters.aims import in_unit
from careloom.infra.access import Viewer
from careloom.kernel.indicators import definition
from careloom.kernel.indicators.comparing import Reached, against
from careloom.outcomes.queries import Now, snapshots, stands_now

Shown = dict[str, list[tuple[str, str]]]


def of_numbers(pk: UUID, *, viewer: Viewer) -> Shown:
    """Each indicator of the stage that figures could show, with the key (kind:id) and the words of what shows it."""
    found: Shown = {}
    newest = next((row for row in snapshots(viewer=viewer) if row.sealed_at is not None), None)
    if newest is not None:
        words = _("The numbers that all partners read, counted %(day)s") % {"day": date_format(newest.made_at)}
        found["SHARED_DATA"] = [(f"NUMBERS:{pk}", words)]
    goals, _may = aims_for(viewer=viewer, collaborative_id=pk)
    now = stands_now(viewer=viewer, codes={goal.aim.indicator for goal in goals})
    better = [(f"AIM:{goal.aim.pk}", _words(goal, now[goal.aim.indicator])) for goal in goals if _is_better(goal, now.get(goal.aim.indicator))]
    return found | ({"BETTER_OUTCOMES": better} if better else {})


def _is_better(goal: Goal, now: Now | None) -> bool:
    """Whether the whole interval of what stands now lies on the better side of the baseline: else chance could explain it."""
    aim = goal.aim
    if now is None or now.value is None or now.value.interval is None or aim.baseline is None or aim.goal == definition.Goal.KNOWN:
        return False
    start, way = float(aim.baseline), definition.Goal(aim.goal)
    return not now.value.interval.holds(start) and against(now.value, target=start, goal=way) is Reached.REACHED


def _words(goal: Goal, now: Now) -> str:
    aim, one = goal.aim, now.indicator
    value = in_unit(now.value.shown if now.value else None, code=one.code, places=one.places)
    return _("%(outcome)s: %(now)s in %(year)s, %(baseline)s at the beginning") % {
        "outcome": aim.outcome, "now": value, "year": now.year, "baseline": in_unit(aim.baseline, code=one.code),
    }  # fmt: skip
