"""Cohorts made to published counts come out of the indicators with the published tables (synthetic-county.md part 2: T1, T2, T4, T5, T6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from careloom.demo.population.cohorts import TABLES, make_cohort, published
from careloom.outcomes.measures.engines import engine, fetch, read_extract
from careloom.outcomes.measures.figures import totals
from careloom.outcomes.measures.recipes import rows_of, shipped
from careloom.outcomes.measures.windows import Window

Asked = Mapping[tuple[str, ...], dict[str, int]]


class Cohort:
    """One published table's cohort behind an engine."""

    def __init__(self, table: str, home: Path) -> None:
        self.told, self.folder, self.home = published(table), home / table, home
        make_cohort(table, self.folder)

    def sums(self, code: str, *by: str, variant: str = "", months: int | None = None, needs: tuple[str, ...] = ()) -> Asked:
        """The sums of an indicator of the period, by the strata named."""
        last = date.fromisoformat(self.told["ends_on"])
        window = Window(name="all", starts_on=date.fromisoformat(self.told["starts_on"]), ends_on=last, cutoff_on=last.replace(year=last.year + 4))
        indicator = shipped()[code]
        with engine("duckdb", scratch=self.home) as backend:
            extract = read_extract(backend, self.folder)
            if by:  # a cohort's own strata stand beside ours
                people = backend.read_parquet(str(self.folder / "subjects.parquet"))
                extract = type(extract)(tables={**extract.tables, "subjects": people}, care=extract.care, store=extract.store)
            rows = rows_of(indicator, extract=extract, windows=[window], variant=variant)
            found = fetch(backend, totals(rows, extract=extract, by=by)).to_pylist()
        return {tuple(row[name] for name in by): row for row in found}

    def all(self, code: str, *, variant: str = "") -> dict[str, int]:
        return self.sums(code, variant=variant)[()]


@pytest.fixture(scope="module")
def cohorts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Cohort]:
    home = tmp_path_factory.mktemp("cohorts")
    return {table: Cohort(table, home) for table in TABLES}


def share(part: int, whole: int) -> float:
    """Of 100, one digit, halves upward as the journals print them."""
    return int(1000 * part / whole + 0.5) / 10


def of(sums: Mapping[str, int]) -> tuple[int, int, float]:
    return sums["counted"], sums["met"], share(sums["met"], sums["counted"])


def test_delaware_comes_out_as_printed(cohorts: dict[str, Cohort]) -> None:
    cohort = cohorts["T1"]
    printed = cohort.told["published"]
    assert cohort.all("IPSE")["counted"] == cohort.all("CAPTA_A")["counted"] == 1436
    assert of(cohort.all("POSC")) == (1436, 1347, printed["with_plan"])
    by_kind = cohort.sums("CAPTA_A", "exposure")
    assert share(by_kind["CANNABIS",]["counted"], 1436) == printed["one_substance"]
    home = cohort.all("RH12")
    assert (home["counted"], home["apart"], home["unripe"]) == (1436, 0, 0)
    assert 89.5 <= share(home["met"], home["counted"]) < 90  # "nearly 90"
    assert 57.5 <= of(cohort.all("EI_REFERRED"))[2] < 58  # "nearly 58"


def test_delaware_of_the_years_before_screened_in_seventy(cohorts: dict[str, Cohort]) -> None:
    cohort = cohorts["T1_BEFORE"]
    told = cohort.all("CAPTA_A")["counted"]
    assert (told, share(cohort.all("INVESTIGATED")["counted"], told)) == (1222, 70.0)


def test_connecticut_diverts_half(cohorts: dict[str, Cohort]) -> None:
    cohort = cohorts["T2"]
    printed = cohort.told["published"]
    assert of(cohort.all("DIVERTED")) == (4763, 2453, printed["diverted"])
    assert of(cohort.all("REPORTED", variant="with_plan")) == (4763, 733, printed["reported_with_plan"])
    assert of(cohort.all("REPORTED", variant="without_plan")) == (4763, 1577, printed["reported_without_plan"])
    assert of(cohort.all("POSC"))[:2] == (4763, 3186)
    assert of(cohort.all("REPORTED"))[:2] == (4763, 2310)
    kinds = {value: sums["counted"] for (value,), sums in cohort.sums("CAPTA_A", "exposure").items()}

    def any_of(*words: str) -> float:
        return share(sum(count for kind, count in kinds.items() if any(word in kind for word in words)), 4763)

    assert (round(any_of("cannabis")), round(any_of("opioid", "MOUD"))) == (printed["cannabis"], printed["opioid"])
    assert any_of("alcohol") < 3


def test_california_2017_both_columns_come_out_as_printed_and_so_do_the_counts(cohorts: dict[str, Cohort]) -> None:
    cohort = cohorts["T4"]
    columns = {"PSE": 5988, "NONE": 22855 - 5988}
    assert {value: sums["counted"] for (value,), sums in cohort.sums("INVESTIGATED", "exposure").items()} == columns
    off: dict[str, float] = {}

    def check(name: str, row: tuple[int, float, float, float], pse: int, none: int) -> None:
        every, of_pse, of_none, of_row = row
        assert (pse + none, share(pse, 5988), share(none, columns["NONE"])) == (every, of_pse, of_none), name
        off[name] = round(abs(share(pse, every) - of_row), 1)

    for code, name in (("INVESTIGATED_CARE36", "in_care"), ("INVESTIGATED_NEW36", "new_family"), ("INVESTIGATED_AWAY36", "away")):
        sums, row = cohort.sums(code, "exposure"), cohort.told["rows"]["care"][name]
        assert {value: one["counted"] for (value,), one in sums.items()} == columns
        check(name, (row["all"], row["pse"], row["no"], row["row"]), sums["PSE",]["met"], sums["NONE",]["met"])
    for stratum, rows in cohort.told["rows"].items():
        if stratum != "care":
            sums = cohort.sums("INVESTIGATED", "exposure", stratum)
            for value, (every, _, of_pse, of_none, of_row) in rows.items():
                check(f"{stratum} {value}", (every, of_pse, of_none, of_row), sums["PSE", value]["counted"], sums["NONE", value]["counted"])
    # Where no whole number gives all three percents the columns are kept; the row's own is off by the least that is possible.
    assert max(off.values()) <= 0.2
    assert sum(1 for far in off.values() if far) == 9
    assert off["in_care"] == off["away"] == 0


def test_california_2006_and_washington_come_out_as_printed(cohorts: dict[str, Cohort]) -> None:
    for table in ("T5_CALIFORNIA", "T5_WASHINGTON"):
        cohort = cohorts[table]
        printed = cohort.told["published"]
        assert of(cohort.all("REPORTED"))[2] == printed["reported"]
        assert of(cohort.all("SUPPORT1"))[2] == printed["placed"]
    births = cohorts["T5_CALIFORNIA"].all("NOTIFIED_BIRTHS")
    assert (births["whole"], births["part"], round(100 * births["part"] / births["whole"], 2)) == (551232, 7994, 1.45)
    assert cohorts["T5_WASHINGTON"].all("NOTIFIED_BIRTHS")["whole"] == 760863


def test_massachusetts_early_intervention_comes_out_as_printed(cohorts: dict[str, Cohort]) -> None:
    cohort = cohorts["T6"]
    printed = cohort.told["published"]
    referred, enrolled = cohort.sums("EI_REFERRED", "exposure"), cohort.sums("EI_ENROLLED", "exposure")
    for group in ("NAS", "OTHER"):
        told = [*of(referred[group,])[1:], *of(enrolled[group,])[1:]]
        assert told == printed[group]
        assert enrolled[group,]["counted"] == referred[group,]["met"]
    infants, count, percent = of(cohort.all("EI_REFERRED"))
    assert [infants, count, percent, *of(cohort.all("EI_ENROLLED"))[1:]] == printed["all"]


def test_there_is_no_cohort_of_other_tables(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="There is no cohort T9"):
        make_cohort("T9", tmp_path)


def test_the_same_cohort_is_made_each_time(tmp_path: Path) -> None:
    made: list[dict[str, Any]] = []
    for name in ("one", "two"):
        make_cohort("T6", tmp_path / name)
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert made[0] == made[1]
