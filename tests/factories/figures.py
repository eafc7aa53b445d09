"""Snapshots and figures for tests of the pages, written as the extract's role writes them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.packs.indicators import indicators as definitions
from careloom.outcomes.models import Curve, Figure, Snapshot

UNTIL = date(2026, 6, 30)


def a_snapshot(*, sealed: bool = True, until: date = UNTIL, **facts: Any) -> Snapshot:
    """A snapshot without figures."""
    with acting_as(system(System.EXTRACT)):
        return Snapshot.objects.create(
            request_key=uuid.uuid4().hex, made_at=clock.now(), data_until=until, engine="duckdb", code_version="1.0 (test)", definitions="d" * 64,
            inputs=[{"name": "own", "tables": {"episodes": {"rows": 12, "sha256": "e" * 64}}}], figures_hash="f" * 64, folder="",
            sealed_at=clock.now() if sealed else None, **facts,
        )  # fmt: skip


def figure(
    snapshot: Snapshot, code: str, period: str, counts: tuple[int, int], *, by: str = "", value: str = "", hidden: str | None = "", **facts: Any
) -> None:
    """One figure: `counts` are met and counted."""
    met, counted = counts
    starts, ends = _days(period)
    told = {"counted": counted, "met": met, "apart": 0, "unripe": 0, "whole": counted, "part": met, "variant": definitions()[code].measure.variant}
    with acting_as(system(System.EXTRACT)):
        Figure.objects.create(
            snapshot=snapshot, indicator=code, period=period, starts_on=starts, ends_on=ends, by=by, value=value, hidden=hidden, **{**told, **facts}
        )


def figures(snapshot: Snapshot, code: str, years: Mapping[str, tuple[int, int]], **facts: Any) -> None:
    """One indicator over several periods."""
    for period, counts in years.items():
        figure(snapshot, code, period, counts, **facts)


def a_curve(snapshot: Snapshot, code: str, period: str, steps: Iterable[tuple[int, str, int]], *, seen: int, came: int, median: int | None) -> None:
    """A curve of an indicator of time."""
    starts, ends = _days(period)
    with acting_as(system(System.EXTRACT)):
        Curve.objects.create(
            snapshot=snapshot, indicator=code, period=period, starts_on=starts, ends_on=ends, seen=seen, came=came, median=median,
            steps=[list(step) for step in steps], hidden="",
        )  # fmt: skip


def _days(period: str) -> tuple[date, date]:
    year, _dash, quarter = period.partition("-Q")
    if not quarter:
        return date(int(year), 1, 1), date(int(year) + 1, 1, 1)
    first = 3 * int(quarter) - 2
    return date(int(year), first, 1), date(int(year) + (first == 10), (first + 2) % 12 + 1, 1)
