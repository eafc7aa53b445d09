"""Where an indicator stands now, for pages that show it beside what was agreed: the newest year that is ripe, as far as the reader may look.

Row security decides which figures she may read: the state's lead every one, everybody else those that publishing has marked as fit to be shown.
Source: R-091, R-194; outcomes.models.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from careloom.infra.access import Viewer, require
from careloom.infra.packs.indicators import indicators
from careloom.kernel.indicators.definition import Indicator, Kind
from careloom.kernel.indicators.values import Tally, Value, value_of
from careloom.outcomes.models import Curve, Figure, Snapshot
from careloom.outcomes.queries.numbers import newest_snapshot, sight_of

NEWEST = 5


@dataclass(frozen=True, kw_only=True)
class Now:
    """A figure of one calendar year for everybody: `value` in the indicator's own unit, or for a time its `median` in days (None: not reached)."""

    indicator: Indicator
    snapshot: Snapshot
    year: str
    ends_on: date
    value: Value | None = None
    median: int | None = None


def snapshots(*, viewer: Viewer) -> tuple[Snapshot, ...]:
    """The newest snapshots that this reader may read, the newest first; for who reads exactly those too that are not protected yet."""
    require(viewer)
    rows = Snapshot.objects.order_by("-made_at")
    return tuple((rows if sight_of(viewer).exact else rows.exclude(sealed_at=None))[:NEWEST])


def stands_now(*, viewer: Viewer, codes: Iterable[str]) -> dict[str, Now]:
    """The figures of these indicators in the newest snapshot, by code; none for what nobody may read, or what is too early to say.

    Three queries. A year counts when nobody in it has still to be waited for.
    """
    newest, sight = newest_snapshot(viewer=viewer), sight_of(viewer)
    wanted = {code: indicators()[code] for code in codes if code in indicators()}
    if newest is None or not wanted:
        return {}
    found: dict[str, Now] = {}
    of = {"snapshot": newest, "indicator__in": wanted, "by": "", "period__regex": r"^\d{4}$"}
    for row in Figure.objects.filter(**of, unripe=0).order_by("-ends_on"):
        one = wanted[row.indicator]
        if row.indicator in found or row.variant != one.measure.variant or one.kind is Kind.TIME or not sight.shows(row):
            continue
        value = value_of(Tally(part=row.part, whole=row.whole), indicator=one)
        if value is not None:
            found[row.indicator] = Now(indicator=one, snapshot=newest, year=row.period, ends_on=row.ends_on, value=value)
    for curve in Curve.objects.filter(**of, seen__gt=0).order_by("-ends_on"):
        if curve.indicator not in found and sight.shows(curve):
            one = wanted[curve.indicator]
            found[curve.indicator] = Now(indicator=one, snapshot=newest, year=curve.period, ends_on=curve.ends_on, median=curve.median)
    return found
