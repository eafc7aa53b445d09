"""The process that computes a snapshot: every indicator over the extracts, as lines of JSON, and the rows beside them as Parquet.

Run as `python -m careloom.outcomes.snapshots.computing` with a job on standard input: `{"folders": [...], "engine": "duckdb", "since": "",
"until": "2026-10-31", "out": FOLDER or "", "codes": []}`. Lines on standard output: `{"doing": CODE, "done": n, "of": m}`, `{"figure": [...]}`,
`{"curve": {...}}`, at the end `{"end": {"definitions": sha256, "code": text, "figures_hash": sha256}}`. It ends, so that the heavy libraries never
stay in a web process (DESIGN section 3).
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import msgspec
import pyarrow.parquet as pq

from careloom.kernel.indicators import survival
from careloom.kernel.indicators.definition import Indicator, Kind
from careloom.kernel.indicators.survival import Day, Step, curve, limits, median
from careloom.outcomes.measures import looks, quality
from careloom.outcomes.measures.engines import EngineMissing, engine, fetch, listed, read_extracts, room
from careloom.outcomes.measures.recipes import rows_of, shipped
from careloom.outcomes.measures.tables import Extract
from careloom.outcomes.measures.windows import Window
from careloom.outcomes.snapshots.periods import Period, periods

SUMS = ("counted", "met", "apart", "unripe", "whole", "part")
HALF = 0.5
MOST_STEPS = 60  # of a curve: enough for a picture, and for the table beside it


def definitions_hash(indicators: Mapping[str, Indicator]) -> str:
    """SHA-256 of the definitions, whatever order their files name things in."""
    return hashlib.sha256(msgspec.json.encode(dict(indicators), order="deterministic")).hexdigest()


def code_version() -> str:
    """What computes, told apart from any other: a hash of the recipes and rules, and the engine's library."""
    digest = hashlib.sha256()
    here, kernel = Path(looks.__file__).parent, Path(survival.__file__).parent
    for path in sorted([*here.glob("*.py"), *kernel.glob("*.py"), Path(__file__)], key=lambda path: (path.parent.name, path.name)):
        digest.update(path.read_bytes())
    return f"measures {digest.hexdigest()[:16]}, ibis {importlib.metadata.version('ibis-framework')}"


def compute(
    *,
    folders: Sequence[Path],
    until: date,
    since: date | None = None,
    engine_name: str = "duckdb",
    out: Path | None = None,
    codes: Sequence[str] = (),
) -> Iterator[Any]:
    """Each line that the process writes, in an order that does not depend on the engine.

    `since` and `until` are the first and the last day that the extracts know whole; `out` is where the rows are kept, or None.

    :raises EngineMissing: the engine is not installed.
    :raises FileNotFoundError: a folder is no extract.
    """
    indicators = {code: found for code, found in shipped().items() if not codes or code in codes}
    digest = hashlib.sha256()
    with (
        tempfile.TemporaryDirectory(prefix="careloom-snapshot-") as scratch,
        engine(engine_name, scratch=Path(scratch), memory=room(folders)) as backend,
    ):
        extract = read_extracts(backend, folders)
        lines = looks.strata(extract)
        if backend.name == "duckdb":
            lines = backend.create_table("extract_strata", lines, temp=True)
        asked = periods(until=until, since=since)
        for done, (code, indicator) in enumerate(indicators.items()):
            yield {"doing": code, "done": done, "of": len(indicators)}
            for variant in indicator.variants:
                told = _one(backend, extract, lines, indicator, variant, asked, until, out if variant == indicator.variants[0] else None)
                for line in told:
                    digest.update(json.dumps(line, sort_keys=True).encode())
                    yield line
        if out is not None:
            _score(backend, extract, out)
    yield {"end": {"definitions": definitions_hash(indicators), "code": code_version(), "figures_hash": digest.hexdigest()}}


def _score(backend: Any, extract: Extract, out: Path) -> None:
    """Keep how good the extract is, by site, beside the rows."""
    found = listed(backend, quality.scores(extract))
    out.mkdir(parents=True, exist_ok=True)
    rows = sorted(found, key=lambda row: (row["site"], row["kind"], row["name"]))
    (out / "quality.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")


def _one(
    backend: Any, extract: Extract, lines: Any, indicator: Indicator, variant: str, asked: Sequence[Period], until: date, out: Path | None
) -> Iterator[Any]:
    by_name = {period.name: period for period in asked}
    # A variant is the same question asked otherwise: it stands beside the years, and nobody charts it.
    wanted = [period for period in asked if period.deep or variant == indicator.variants[0]]
    windows = [Window(name=p.name, starts_on=p.starts_on, ends_on=p.ends_on, cutoff_on=until) for p in wanted]
    rows = rows_of(indicator, extract=extract, windows=windows, variant=variant)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / f"{indicator.code}.sql").write_text(f"{ibis.to_sql(rows, dialect='duckdb')}\n", encoding="utf-8")
    name = f"rows_{indicator.code}_{variant}".lower()
    if backend.name == "duckdb":
        rows = backend.create_table(name, rows, temp=True)
    deep = [period.name for period in wanted if period.deep]
    try:
        if indicator.kind == Kind.TIME:
            yield from _curves(indicator, _kept(listed(backend, looks.waits(rows, lines=lines)), deep), by_name)
        else:
            found = _kept(listed(backend, looks.figures(rows, lines=lines)), deep)
            for row in sorted(found, key=lambda row: (row["window"], row["look"], row["value"])):
                period = by_name[row["window"]]
                head = [indicator.code, variant, period.name, period.starts_on.isoformat(), period.ends_on.isoformat(), row["look"], row["value"]]
                yield {"figure": [*head, *(int(row[name]) for name in SUMS)]}
            if out is not None:
                out.mkdir(parents=True, exist_ok=True)
                pq.write_table(fetch(backend, rows), out / f"{indicator.code}.parquet", compression="zstd")
    finally:
        if backend.name == "duckdb":
            backend.raw_sql(f'DROP TABLE "{name}"')


def _kept(rows: list[dict[str, Any]], deep: Sequence[str]) -> list[dict[str, Any]]:
    """Of quarters and fiscal years only what is for everybody; realms of one snapshot are one state."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    sums = [name for name in (*SUMS, "came", "seen") if rows and name in rows[0]]
    for row in rows:
        if row["look"] and row["window"] not in deep:
            continue
        key = (row["window"], row["look"], row["value"], row.get("days"))
        if key in found:
            for name in sums:
                found[key][name] += row[name]
        else:
            found[key] = dict(row)
    return list(found.values())


def _curves(indicator: Indicator, rows: list[dict[str, Any]], by_name: Mapping[str, Period]) -> Iterator[Any]:
    grouped: dict[tuple[str, str, str], list[Day]] = defaultdict(list)
    for row in rows:
        grouped[row["window"], row["look"], row["value"]].append(Day(days=int(row["days"]), came=int(row["came"]), seen=int(row["seen"])))
    for (window, look, value), days in sorted(grouped.items(), key=lambda item: item[0]):
        steps, period = curve(days), by_name[window]
        yield {
            "curve": {
                "indicator": indicator.code, "period": period.name, "starts_on": period.starts_on.isoformat(), "ends_on": period.ends_on.isoformat(),
                "by": look, "value": value, "seen": sum(day.seen for day in days), "came": sum(day.came for day in days), "median": median(steps),
                "steps": _told(steps),
            }
        }  # fmt: skip


def _told(steps: list[Step]) -> list[list[Any]]:
    """Steps with their limits: about so many, evenly, always with the last and with those by which the median and its limits are read."""
    bounds = limits(steps)
    every = max(1.0, len(steps) / MOST_STEPS)
    places = {int((place + 1) * every) - 1 for place in range(min(MOST_STEPS, len(steps)))}
    shares = ([float(step.waiting) for step in steps], [bound.low for bound in bounds], [bound.high for bound in bounds])
    places |= {next((place for place, share in enumerate(line) if share <= HALF), len(steps) - 1) for line in shares if line}
    return [
        [steps[place].days, f"{shares[0][place]:.4f}", f"{shares[1][place]:.4f}", f"{shares[2][place]:.4f}", steps[place].at_risk]
        for place in sorted(places)
    ]


def main() -> int:
    """Read a job, write the lines; exit status 0, or 1 with `{"problem": TEXT}` as the last line."""
    job = json.load(sys.stdin)
    try:
        out = Path(job["out"]) if job.get("out") else None
        for line in compute(
            folders=[Path(folder) for folder in job["folders"]], until=date.fromisoformat(job["until"]),
            since=date.fromisoformat(job["since"]) if job.get("since") else None,
            engine_name=job["engine"], out=out, codes=job.get("codes", ()),
        ):  # fmt: skip
            print(json.dumps(line), flush="doing" in line)
    except (EngineMissing, FileNotFoundError) as problem:
        print(json.dumps({"problem": str(problem)}), flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
