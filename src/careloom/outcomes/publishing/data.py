"""Figures as rows of a file, through the same eyes as the page: what a reader does not see there is not in her file. O11, R-087."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, Final

from careloom.kernel.indicators.definition import Indicator, Kind
from careloom.kernel.indicators.values import Tally, value_of
from careloom.outcomes.queries.sight import Seen

COLUMNS: Final = (
    "indicator", "title", "variant", "period", "first_day", "last_day", "by", "group", "counted", "met", "apart", "whole", "part", "value", "per",
    "low", "high", "hidden",
)  # fmt: skip
_NUMBERS: Final = {
    "counted": "int64", "met": "int64", "apart": "int64", "whole": "int64", "part": "int64", "value": "float64", "per": "int64",
    "low": "float64", "high": "float64",
}  # fmt: skip
_DAYS: Final = ("first_day", "last_day")
# A program that opens tables takes a text that begins so for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def rows_of(indicator: Indicator, figures: Iterable[Seen]) -> list[dict[str, Any]]:
    """One row for each figure; the counts of a hidden one are empty, and `hidden` says why."""
    return [_row(indicator, one) for one in sorted(figures, key=lambda one: (one.starts_on, one.period, one.by, one.group, one.variant))]


def as_csv(rows: Sequence[dict[str, Any]]) -> str:
    """The rows as CSV with a head; what is hidden is an empty cell, never a zero."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(["" if row[name] is None else _safe(row[name]) for name in COLUMNS])
    return out.getvalue()


def as_parquet(rows: Sequence[dict[str, Any]]) -> bytes:
    """The rows as a Parquet file: whole numbers, decimals and days typed, text else."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"int64": pa.int64(), "float64": pa.float64()}
    schema = pa.schema([(name, kinds[_NUMBERS[name]] if name in _NUMBERS else pa.date32() if name in _DAYS else pa.string()) for name in COLUMNS])
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), out, compression="zstd")
    return out.getvalue()


def _row(indicator: Indicator, one: Seen) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    row |= {
        "indicator": indicator.code, "title": indicator.title, "variant": one.variant, "period": one.period, "first_day": one.starts_on,
        "last_day": one.ends_on - timedelta(days=1), "by": one.by, "group": one.group, "per": indicator.per, "hidden": one.hidden,
    }  # fmt: skip
    if one.hidden:
        return row
    row |= {name: getattr(one, name) for name in ("counted", "met", "apart", "whole", "part")}
    value = None if indicator.kind is Kind.TIME else value_of(Tally(part=one.part, whole=one.whole), indicator=indicator)
    if value is not None:
        row["value"] = round(value.shown, indicator.places)
        if value.interval is not None:
            row["low"], row["high"] = round(value.interval.low, indicator.places), round(value.interval.high, indicator.places)
    return row


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
