"""Makes the extract folder of the made state: one Parquet file for each table, and what is in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from careloom.demo import parameters as p
from careloom.demo.population.births import Births, draw_births, exposure_of
from careloom.demo.population.chance import FAR, Columns, Streams, joined
from careloom.demo.population.partnership import draw_partnership
from careloom.demo.population.policies import COUNTIES, POLICIES, REALM
from careloom.demo.population.served import draw_services
from careloom.demo.population.welfare import draw_welfare
from careloom.outcomes.extracting import manifest as manifests
from careloom.outcomes.extracting.manifest import Content, Manifest
from careloom.outcomes.measures.layout import STRATA, TABLES, schema_of

YEARS: Final = 5  # whole calendar years before the present one
PEOPLE: Final = 3_000_000
SEED: Final = 98
MAKER: Final = "made population 2"  # another number whenever the same seed gives other events
_DAY_ONE: Final = date(1970, 1, 1)


def make_population(folder: Path, *, until: date, people: int = PEOPLE, seed: int = SEED, switches: p.Switches | None = None) -> dict[str, int]:
    """Write the events of a made state up to the day before `until`, five whole years and the present one; rows by table.

    The same arguments give the same bytes. `people` is how many live there.
    """
    rows = population(until=until, people=people, seed=seed, switches=switches or p.Switches())
    since = date(until.year - YEARS, 1, 1)
    return write_extract(folder, rows, realm=REALM, until=until, since=since, made_of={"people": people, "seed": seed})


def population(*, until: date, people: int, seed: int, switches: p.Switches) -> dict[str, Columns]:
    """The columns of each table; days since 1970, FAR where there is none."""
    streams, last = Streams(seed), _days(until)
    first = _days(date(until.year - YEARS, 1, 1))
    births = draw_births(streams=streams, people=people, starts=first, until=last, switches=switches)
    welfare = draw_welfare(births, streams=streams, until=last)
    tables = {**welfare.tables, **draw_services(births, welfare, streams=streams, starts=first, until=last, switches=switches)}
    years = [(year, _days(date(year, 1, 1)), _days(date(year + 1, 1, 1))) for year in range(until.year - YEARS, until.year)]
    tables |= draw_partnership(births, streams=streams, years=years, starts=first, until=last)
    tables["births"] = {
        "subject": births.subject, "on_date": births.born, "gestation_weeks": births.weeks, "weight_grams": births.grams,
        "intensive_days": births.intensive, "hospital_nights": births.nights, "tested": births.tested,
    }  # fmt: skip
    tables["subjects"] = joined(_people(births), _with_strata(tables["subjects"]))
    return tables


def write_extract(
    folder: Path, tables: Mapping[str, Columns], *, realm: int, until: date, made_of: Mapping[str, Any], since: date | None = None
) -> dict[str, int]:
    """Write the columns as an extract with its manifest: all that happened from `since` on.

    Rows of a table are in order of subject and day, and `seq` counts those of a subject.
    """
    folder.mkdir(parents=True, exist_ok=True)
    told: dict[str, Content] = {}
    for name in TABLES:
        path = folder / f"{name}.parquet"
        table = _arrow(name, tables.get(name, {}), realm)
        pq.write_table(table, path, compression="zstd", use_dictionary=[f for f in table.schema.names if f not in {"subject", "family"}])
        told[name] = Content(rows=table.num_rows, sha256=manifests.hash_of(path))
    manifest = Manifest(
        realm=realm, made_at=datetime(until.year, until.month, until.day, tzinfo=UTC), data_until=until - timedelta(days=1),
        code_version=f"{MAKER}: {', '.join(f'{name} {value}' for name, value in made_of.items())}", tables=told, synthetic=True,
        data_from=since,
    )  # fmt: skip
    manifests.write(folder, manifest)
    return {name: one.rows for name, one in told.items()}


def _arrow(name: str, columns: Columns, realm: int) -> pa.Table:
    schema = schema_of(name)
    # A cohort of a study may look at its people by more than the product does.
    for extra in [extra for extra in columns if extra not in schema.names]:
        schema = schema.append(pa.field(extra, pa.string()))
    if not columns:
        return schema.empty_table()
    count = len(columns["subject"])
    day = columns.get("on_date", columns.get("entered_on"))
    order = np.arange(count) if day is None else np.lexsort((np.arange(count), day, columns["subject"]))
    values = {key: np.asarray(value)[order] for key, value in columns.items()}
    values.setdefault("realm", np.full(count, realm))
    if "seq" in schema.names:
        values.setdefault("seq", _places(values["subject"]))
    arrays = [_array(values[field.name], field.type) if field.name in values else pa.nulls(count, field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _places(subject: Any) -> Any:
    starts = np.flatnonzero(np.r_[True, subject[1:] != subject[:-1]]) if len(subject) else np.zeros(0, dtype=np.int64)
    return np.arange(len(subject)) - np.repeat(starts, np.diff(np.r_[starts, len(subject)]))


def _array(values: Any, kind: pa.DataType) -> pa.Array:
    if pa.types.is_string(kind):
        return pa.array(values.tolist(), type=kind)
    if pa.types.is_boolean(kind):
        return pa.array(values.astype(bool))
    whole = pa.array(values.astype(np.int64), mask=values == FAR)
    return whole.cast(pa.int32()).cast(kind) if pa.types.is_date32(kind) else whole.cast(kind)


def _people(births: Births) -> Columns:
    """Infants, and the mothers of those who were notified. By race and the rest only as their own records say it; no Tribe without its leave."""
    county = np.array([c.name for c in COUNTIES], dtype=object)[births.county]
    arm = np.array([x.code for x in POLICIES], dtype=object)[births.policy]
    exposure = np.array([exposure_of(kind) for kind in births.kind], dtype=object)
    nobody = np.full(len(births), None, dtype=object)
    infants = {
        "subject": births.subject, "role": np.full(len(births), "INFANT", dtype=object), "family": births.mother, "born_on": births.born,
        "race": births.race, "ethnicity": births.ethnicity, "language": births.language, "county": county, "payer": births.payer,
        "disability": births.disability, "site": births.site, "nation": nobody, "exposure": exposure, "arm": arm,
    }  # fmt: skip
    first = births.first & births.notified
    mothers = {key: value[first] for key, value in infants.items()}
    mothers |= {"subject": births.mother[first], "role": np.full(int(first.sum()), "CAREGIVER", dtype=object)}
    mothers["born_on"] = np.full(int(first.sum()), FAR)
    return joined(infants, mothers)


def _with_strata(rows: Columns) -> Columns:
    count = len(rows["subject"])
    nothing = {name: np.full(count, None, dtype=object) for name in STRATA}
    county = np.array([c.name for c in COUNTIES], dtype=object)[rows["county"]]
    arm = np.array([POLICIES[c.policy].code for c in COUNTIES], dtype=object)[rows["county"]]
    far = np.full(count, FAR)
    return {**nothing, **rows, "county": county, "arm": arm, "family": far, "born_on": far}


def _days(day: date) -> int:
    return (day - _DAY_ONE).days
