"""Answers a file of micro-worlds: all of them in one pass for each indicator and variant, one JSON line for each world.

The worlds are realms of one extract, so that Spark, whose every query takes seconds, answers a thousand of them like one.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from careloom.kernel.indicators.definition import Indicator, Kind
from careloom.outcomes.measures import timing, treatment
from careloom.outcomes.measures.engines import engine, fetch, read_extract
from careloom.outcomes.measures.infants import beside
from careloom.outcomes.measures.layout import TABLES, schema_of
from careloom.outcomes.measures.recipes import rows_of, shipped
from careloom.outcomes.measures.tables import Extract
from careloom.outcomes.measures.windows import Window, named
from careloom.outcomes.worlds import sheets
from careloom.outcomes.worlds.reading import NotAWorld, World, read_world

# What a world may ask that is made of more than one indicator, or is no indicator of the dashboard.
MADE_OF: Final = {"IET": ("IET_INITIATED", "IET_ENGAGED"), "CLOCK": (), "REUNTIME": ("REUNTIME",), "SUPPRESS": ()}
# What a world of entries tells as well, when it does not say what it asks (W06, W09).
BESIDE: Final = {"P1": ("P4", "P5")}


@dataclass(frozen=True)
class Asked:
    """One mode of one world: the indicator and its variant."""

    mode: str
    code: str
    variant: str


def answer_lines(*, lines: Iterable[str | bytes], out: TextIO, engine_name: str = "duckdb") -> bool:
    """Write one JSON line for each line with something on it, in their order; True when every line could be answered."""
    read = [_read(line, place) for place, line in enumerate(line for line in lines if line.strip())]
    worlds = [world for world, _ in read if world is not None]
    results = answers(worlds, engine_name=engine_name) if worlds else {}
    for world, error in read:
        found = error if world is None else {"id": world.id, **results[world.realm]}
        # Plain ASCII: it can be written whatever the terminal's encoding is.
        out.write(json.dumps(found) + "\n")
    return all("error" not in (error if world is None else results[world.realm]) for world, error in read)


def answers(worlds: Sequence[World], *, engine_name: str = "duckdb") -> dict[int, dict[str, Any]]:
    """What each world (by realm) asks: `{"results": {MODE: {...}}}`."""
    asked = {world.realm: _modes(world) for world in worlds}
    with tempfile.TemporaryDirectory(prefix="careloom-worlds-") as home, engine(engine_name, scratch=Path(home)) as backend:
        _write(worlds, Path(home))
        extract = read_extract(backend, Path(home))
        found = _compute(backend, extract, worlds, asked)
    return {world.realm: {"results": {one.mode: found[world.realm, one.code, one.variant] for one in asked[world.realm]}} for world in worlds}


def _read(line: str | bytes, realm: int) -> tuple[World | None, dict[str, Any]]:
    try:
        world = read_world(line, realm=realm)
        _modes(world)
    except (NotAWorld, RecursionError) as problem:
        return None, {"id": _id_of(line), "error": str(problem)}
    return world, {}


def _id_of(line: str | bytes) -> Any:
    try:
        return json.loads(line).get("id")
    except (ValueError, AttributeError, RecursionError):
        return None


def _modes(world: World) -> list[Asked]:
    """Which figures a world asks for. The first indicator's variants go by their own name, another's by `CODE:variant`."""
    for code in world.indicators:
        if code not in shipped() and code not in MADE_OF:
            raise NotAWorld(f"There is no indicator {code}. There are: {', '.join(sorted({*shipped(), *MADE_OF}))}.")
    if world.asked is not None:
        return [_mode(world, mode) for mode in world.asked]
    codes = dict.fromkeys([*world.indicators, *(code for named in world.indicators for code in BESIDE.get(named, ()))])
    return [Asked(mode, code, variant) for code in codes for mode, variant in _all_modes(code, first=code == world.indicators[0])]


def _all_modes(code: str, *, first: bool) -> Iterator[tuple[str, str]]:
    variants = (code,) if code in MADE_OF else shipped()[code].variants
    for variant in variants:
        yield (variant if first or variant == code else f"{code}:{variant}"), variant


def _mode(world: World, mode: str) -> Asked:
    code, _, variant = mode.rpartition(":")
    codes = [code] if code else [*world.indicators, mode]
    for candidate in codes:
        if candidate in MADE_OF and variant == candidate:
            return Asked(mode, candidate, variant)
        if candidate in shipped() and candidate not in MADE_OF and variant in shipped()[candidate].variants:
            return Asked(mode, candidate, variant)
    raise NotAWorld(f"{'+'.join(world.indicators)} has no mode {mode}.")


def _write(worlds: Sequence[World], home: Path) -> None:
    """The rows of all worlds as one extract."""
    for table in TABLES:
        schema = schema_of(table)
        rows = [{name: row.get(name) for name in schema.names} for world in worlds for row in world.rows.get(table, [])]
        if table == "durations":
            rows = [
                {"realm": world.realm, "subject": place, "curve": name, "days": days, "came": came}
                for world in worlds for name, pairs in world.durations.items() for place, (days, came) in enumerate(pairs)
            ]  # fmt: skip
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), home / f"{table}.parquet")


def _compute(backend: Any, extract: Extract, worlds: Sequence[World], asked: Mapping[int, Sequence[Asked]]) -> dict[tuple[int, str, str], Any]:
    wanted: dict[tuple[str, str], list[World]] = defaultdict(list)
    for world in worlds:
        for one in asked[world.realm]:
            wanted[one.code, one.variant].append(world)
    found: dict[tuple[int, str, str], Any] = {}
    for (code, variant), those in wanted.items():
        windows = [_window(world, code) for world in those]
        for realm, sheet in _sheets(backend, extract, code, variant, windows, those).items():
            found[realm, code, variant] = sheet
    return found


def _window(world: World, code: str) -> Window:
    first, last = world.period(code)
    return Window(name=code, starts_on=first, ends_on=last + timedelta(days=1), cutoff_on=world.cutoff, realm=world.realm)


def _sheets(backend: Any, extract: Extract, code: str, variant: str, windows: Sequence[Window], worlds: Sequence[World]) -> dict[int, sheets.Sheet]:
    def rows(expression: Any) -> dict[int, list[dict[str, Any]]]:
        return _by_realm(fetch(backend, expression), worlds)

    if code == "SUPPRESS":
        return {world.realm: sheets.suppressed(world.counts) for world in worlds}
    if code == "CLOCK":
        return {realm: sheets.clock(found) for realm, found in rows(timing.court_clock(extract, windows)).items()}
    if code == "IET":
        begun, engaged = (rows(rows_of(shipped()[part], extract=extract, windows=windows)) for part in MADE_OF["IET"])
        return {realm: sheets.beginnings(begun[realm], engaged[realm]) for realm in begun}
    indicator = shipped()[code]
    if indicator.kind is Kind.TIME:
        return _times(backend, extract, indicator, windows, worlds)
    expression = _beside(extract, indicator, rows_of(indicator, extract=extract, windows=windows, variant=variant), windows)
    sheet = sheets.sheet_of(indicator)
    return {realm: sheet(found) for realm, found in rows(expression).items()}


def _beside(extract: Extract, indicator: Indicator, rows: Any, windows: Sequence[Window]) -> Any:
    """What a sheet shows beside the counts."""
    if indicator.code == "POSC":
        return beside(extract, rows)
    if indicator.code == "MOUD180":
        longest = treatment.medicine_runs(extract, windows, longest_gap=indicator.arguments()["longest_gap"])
        return rows.join(named(longest, windows).select("realm", "window", "subject", "longest"), ["realm", "window", "subject"])
    return rows


def _times(backend: Any, extract: Extract, indicator: Indicator, windows: Sequence[Window], worlds: Sequence[World]) -> dict[int, sheets.Sheet]:
    curves: dict[int, dict[str, list[dict[str, Any]]]] = {world.realm: {} for world in worlds}
    for name in sorted({name for world in worlds for name in world.durations}):
        days = fetch(backend, timing.survivors(timing.written_down(extract, windows, curve=name)))
        for realm, rows in _by_realm(days, [world for world in worlds if name in world.durations], order="days").items():
            curves[realm][name] = rows
    without = [world for world in worlds if not world.durations]
    if without:
        days = fetch(backend, timing.survivors(rows_of(indicator, extract=extract, windows=windows)))
        for realm, rows in _by_realm(days, without, order="days").items():
            curves[realm]["durations"] = rows
    return {realm: sheets.times(found) for realm, found in curves.items()}


def _by_realm(table: pa.Table, worlds: Sequence[World], *, order: str = "subject") -> dict[int, list[dict[str, Any]]]:
    """The rows of each world in order, its people by the names that it gave them."""
    found: dict[int, list[dict[str, Any]]] = {world.realm: [] for world in worlds}
    names = {world.realm: world.names for world in worlds}
    for row in table.to_pylist():
        if row["realm"] in found:
            people = names[row["realm"]]
            told = {key: people[row[key]] for key in ("subject", "family") if row.get(key) is not None}
            found[row["realm"]].append({**row, **told})
    return {realm: sorted(rows, key=lambda row: row[order]) for realm, rows in found.items()}
