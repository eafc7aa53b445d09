"""Polars: the same answers from lazy frames, as somebody writes them who knows the rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from careloom.bench.children.asked import CUTOFF_ON, YEARS, Answer

FAR: Final = date(9999, 12, 31)
KEY: Final = ["realm", "subject"]
IN_YEAR: Final = ["year", "realm", "subject"]
PERMANENT: Final = ["reunification", "relative", "guardianship", "adoption"]


def answers(folder: Path, *, scratch: Path) -> Answer:
    """The sums of every indicator. Polars keeps what it needs in memory; `scratch` is of no use to it."""
    return _Frames(folder).answers()


class _Frames:
    def __init__(self, folder: Path) -> None:
        import polars as pl

        self.pl, self.folder = pl, folder
        self.years = pl.LazyFrame([{"year": w.name, "first": w.starts_on, "after": w.ends_on} for w in YEARS])
        born = self.read("subjects").select(*KEY, "born_on")
        stays = self.read("episodes").join(born, on=KEY, how="left").with_columns(adult_on=self.birthday(18).fill_null(FAR))
        stays = stays.filter(
            (pl.col("left_on").is_null() | ((pl.col("left_on") - pl.col("entered_on")).dt.total_days() >= 8))
            & (pl.col("entered_on") < pl.col("adult_on"))
        )
        stays = stays.sort("entered_on", "episode").with_columns(next_on=pl.col("entered_on").shift(-1).over(KEY))
        self.care = stays.collect().lazy()

    def read(self, name: str) -> Any:
        return self.pl.scan_parquet(self.folder / name / "*.parquet")

    def birthday(self, years: int) -> Any:
        """The day somebody turns so old; of a leap day the first of March where there is none."""
        pl = self.pl
        born, same = pl.col("born_on"), pl.col("born_on").dt.offset_by(f"{years}y")
        leap = (born.dt.month() == 2) & (born.dt.day() == 29) & (same.dt.day() != 29)
        return pl.when(leap).then(same + timedelta(days=1)).otherwise(same)

    def known(self) -> Any:
        pl = self.pl
        seen = self.care.filter(pl.col("entered_on") <= CUTOFF_ON).join(self.years, how="cross")
        gone = (pl.col("left_on") <= CUTOFF_ON).fill_null(False)
        return seen.with_columns(
            left_on=pl.when(gone).then("left_on"),
            reason=pl.when(gone).then("reason"),
            next_on=pl.when(pl.col("next_on") <= CUTOFF_ON).then("next_on"),
        )

    def within(self, rows: Any, day: str) -> Any:
        pl = self.pl
        inside = (pl.col(day) >= pl.col("first")) & (pl.col(day) < pl.col("after")) & (pl.col(day) <= CUTOFF_ON)
        return rows.join(self.years, how="cross").filter(inside)

    def first_of(self, rows: Any, *by: str) -> Any:
        return rows.sort(*by).unique(subset=IN_YEAR, keep="first", maintain_order=True)

    def shares(self, rows: Any, *, met: Any, apart: Any = None, unripe: Any = None) -> dict[str, list[int]]:
        pl = self.pl
        nobody = pl.lit(False)
        aside = nobody if apart is None else apart
        still = (nobody if unripe is None else unripe) & ~aside
        flags = rows.select("year", aside=aside, still=still, met=met).with_columns(counted=~pl.col("aside") & ~pl.col("still"))
        sums = flags.group_by("year").agg(
            pl.col("counted").sum(), (pl.col("met") & pl.col("counted")).sum().alias("met"), pl.col("aside").sum(), pl.col("still").sum()
        )
        return {year: [*sums, *sums[:2]] for year, *sums in sorted(sums.collect().rows())}

    def rates(self, rows: Any) -> dict[str, list[int]]:
        pl = self.pl
        sums = rows.group_by("year").agg(
            (pl.col("whole") > 0).sum().alias("counted"), (pl.col("part") > 0).sum().alias("met"), pl.col("whole").sum(), pl.col("part").sum()
        )
        return {year: [counted, met, 0, 0, whole, part] for year, counted, met, whole, part in sorted(sums.collect().rows())}

    def permanency(self, rows: Any, start: str) -> dict[str, list[int]]:
        pl = self.pl
        trial = pl.col("trial_home_on") + timedelta(days=30)
        early = ((pl.col("reason") == "reunification") & (trial < pl.col("left_on"))).fill_null(False)
        home, last = pl.when(early).then(trial).otherwise(pl.col("left_on")), pl.col(start) + timedelta(days=365)
        met = (pl.col("reason").is_in(PERMANENT) & (pl.col("left_on") < pl.col("adult_on")) & (home <= last)).fill_null(False)
        return self.shares(self.first_of(rows, "entered_on", "episode"), met=met, unripe=pl.col("left_on").is_null() & (last > CUTOFF_ON))

    def waiting(self, under: bool) -> dict[str, list[int]]:
        pl = self.pl
        seen, first = self.known(), pl.col("first")
        there = (pl.col("entered_on") < first) & (pl.col("left_on").is_null() | (pl.col("left_on") > first)) & (pl.col("adult_on") > first)
        two = pl.col("entered_on").dt.offset_by("24mo")
        long = (pl.col("entered_on").dt.offset_by("12mo") <= first) & (two > first) if under else two <= first
        return self.permanency(seen.filter(there & long), "first")

    def reentry(self) -> dict[str, list[int]]:
        pl = self.pl
        inside = (pl.col("left_on") >= pl.col("first")) & (pl.col("left_on") < pl.col("after")) & (pl.col("left_on") < pl.col("adult_on"))
        went = self.first_of(self.known().filter(inside & pl.col("reason").is_in(PERMANENT[:3])), "left_on", "episode")
        last = pl.col("left_on") + timedelta(days=365)
        back = (pl.col("next_on") <= last).fill_null(False)
        return self.shares(went, met=back, unripe=~back & (last > CUTOFF_ON))

    def until(self) -> Any:
        pl = self.pl
        return pl.min_horizontal(pl.col("left_on").fill_null(FAR), "after", "adult_on", pl.lit(CUTOFF_ON + timedelta(days=1)))

    def moves(self) -> dict[str, list[int]]:
        pl = self.pl
        key = [*KEY, "episode"]
        entered = self.known().filter((pl.col("entered_on") >= pl.col("first")) & (pl.col("entered_on") < pl.col("after")))
        entered = entered.select("year", *key, "entered_on", until=self.until())
        homes = self.read("placements").filter(~pl.col("setting").is_in(["hospital", "respite", "runaway", "trial_home_visit"]))
        homes = homes.join(entered.select(key).unique(), on=key, how="semi").with_columns(
            home=pl.col("setting") + ":" + pl.col("place").fill_null("")
        )
        homes = homes.sort("on_date", "seq").with_columns(before=pl.col("home").shift(1).over(key))
        changed = homes.filter(pl.col("before") != pl.col("home")).select(*key, "on_date")
        moved = entered.join(changed, on=key).filter((pl.col("on_date") >= pl.col("entered_on")) & (pl.col("on_date") < pl.col("until")))
        days = entered.group_by(IN_YEAR).agg((pl.col("until") - pl.col("entered_on")).dt.total_days().sum().alias("whole"))
        return self.rates(days.join(moved.group_by(IN_YEAR).agg(part=pl.len()), on=IN_YEAR, how="left").with_columns(pl.col("part").fill_null(0)))

    def harms(self) -> dict[str, list[int]]:
        pl = self.pl
        there = self.known().with_columns(since=pl.max_horizontal("entered_on", "first"), until=self.until())
        there = there.filter(pl.col("since") < pl.col("until")).select(*IN_YEAR, "entered_on", "since", "until")
        told = self.read("reports").filter(pl.col("disposition").is_in(["substantiated", "indicated"]))
        told = told.select(*KEY, "on_date", incident_on=pl.col("incident_on").fill_null(pl.col("on_date")))
        both = there.join(told, on=KEY).filter(
            (pl.col("on_date") >= pl.col("since")) & (pl.col("on_date") < pl.col("until"))
            & (pl.col("on_date") > pl.col("entered_on") + timedelta(days=7)) & (pl.col("incident_on") >= pl.col("entered_on"))
        )  # fmt: skip
        days = there.group_by(IN_YEAR).agg((pl.col("until") - pl.col("since")).dt.total_days().sum().alias("whole"))
        part = both.group_by(IN_YEAR).agg(part=pl.col("incident_on").n_unique())
        return self.rates(days.join(part, on=IN_YEAR, how="left").with_columns(pl.col("part").fill_null(0)))

    def again(self) -> dict[str, list[int]]:
        pl = self.pl
        founded = self.read("reports").filter(pl.col("disposition").is_in(["substantiated", "indicated"]) & (pl.col("on_date") <= CUTOFF_ON))
        minors = founded.join(self.read("subjects").select(*KEY, "born_on"), on=KEY, how="left")
        minors = minors.filter(pl.col("born_on").is_null() | (pl.col("on_date") < self.birthday(18))).select(*KEY, "seq", "on_date", "incident_on")
        first = self.first_of(self.within(minors, "on_date"), "on_date", "seq")
        pairs = first.join(minors.select(*KEY, told_on="on_date", told_of="incident_on"), on=KEY)
        new = pl.col("told_of").is_null() | pl.col("incident_on").is_null() | (pl.col("told_of") != pl.col("incident_on"))
        last = pl.col("on_date") + timedelta(days=365)
        hit = (pl.col("told_on") > pl.col("on_date") + timedelta(days=14)) & (pl.col("told_on") <= last) & new
        rows = pairs.group_by(IN_YEAR).agg(pl.col("on_date").min(), hit.any().alias("again"))
        return self.shares(rows, met=pl.col("again"), unripe=~pl.col("again") & (last > CUTOFF_ON))

    def first_days(self, name: str) -> Any:
        return self.within(self.read(name).select(*KEY, "on_date"), "on_date").group_by(IN_YEAR).agg(self.pl.col("on_date").min())

    def soonest(self, name: str, day: str, called: str) -> Any:
        return self.read(name).group_by(KEY).agg(self.pl.col(day).min().alias(called))

    def at_home(self, days: Sequence[int]) -> list[dict[str, list[int]]]:
        pl = self.pl
        rows = self.first_days("notifications").join(self.read("subjects").select(*KEY, "born_on"), on=KEY, how="left")
        rows = rows.join(self.soonest("episodes", "entered_on", "removed_on"), on=KEY, how="left")
        rows = rows.join(self.soonest("losses", "on_date", "lost_on"), on=KEY, how="left")
        told = []
        for count in days:
            end = pl.coalesce("born_on", "on_date") + timedelta(days=count)
            removed = ((pl.col("removed_on") <= end) & (pl.col("removed_on") <= CUTOFF_ON)).fill_null(False)
            gone = ((pl.col("lost_on") < end) & (pl.col("lost_on") <= CUTOFF_ON)).fill_null(False)
            apart = gone & ~(removed & (pl.col("removed_on") <= pl.col("lost_on")).fill_null(False))
            told.append(self.shares(rows, met=~removed, apart=apart, unripe=~removed & (end > CUTOFF_ON + timedelta(days=1))))
        return told

    def medicine(self) -> dict[str, list[int]]:
        pl = self.pl
        supplies = self.read("supplies").select(*KEY, "seq", "on_date", "days")
        mothers = self.within(supplies, "on_date").select(*IN_YEAR, "first").unique()
        rows = supplies.join(mothers, on=KEY).filter((pl.col("on_date") >= pl.col("first")) & (pl.col("on_date") <= CUTOFF_ON)).sort("on_date", "seq")
        rows = rows.with_columns(at=(pl.col("on_date") - pl.col("first")).dt.total_days(), total=pl.col("days").cum_sum().over(IN_YEAR))
        rows = rows.with_columns(end=pl.col("total") + (pl.col("at") - pl.col("total") + pl.col("days")).cum_max().over(IN_YEAR))
        rows = rows.with_columns(begin=pl.col("end") - pl.col("days"), last=pl.col("end").shift(1).over(IN_YEAR))
        rows = rows.with_columns(run=(pl.col("last").is_null() | (pl.col("begin") - pl.col("last") > 7)).cum_sum().over(IN_YEAR))
        runs = rows.group_by(*IN_YEAR, "first", "run").agg(long=pl.col("end").max() - pl.col("begin").min(), end=pl.col("end").max())
        ended = runs.group_by(*IN_YEAR, "first").agg(pl.col("long").max(), pl.col("end").max())
        enough, left = pl.col("long") >= 180, (pl.lit(CUTOFF_ON + timedelta(days=1)) - pl.col("first")).dt.total_days()
        return self.shares(ended, met=enough, unripe=~enough & (pl.col("end") + 7 >= left))

    def begun(self) -> dict[str, list[int]]:
        pl = self.pl
        found = self.first_days("diagnoses")
        visits = self.read("visits").filter(pl.col("on_date") <= CUTOFF_ON).select(*KEY, visit_on="on_date")
        came = found.join(visits, on=KEY).filter(pl.col("visit_on") >= pl.col("on_date")).group_by(IN_YEAR).agg(pl.col("visit_on").min())
        rows, last = found.join(came, on=IN_YEAR, how="left"), pl.col("on_date") + timedelta(days=14)
        met = (pl.col("visit_on") <= last).fill_null(False)
        return self.shares(rows, met=met, unripe=~met & (last > CUTOFF_ON))

    def planned(self) -> dict[str, list[int]]:
        rows = self.first_days("notifications").join(self.soonest("plans", "on_date", "planned_on"), on=KEY, how="left")
        return self.shares(rows, met=(self.pl.col("planned_on") <= CUTOFF_ON).fill_null(False))

    def answers(self) -> Answer:
        pl = self.pl
        entered = self.known().filter((pl.col("entered_on") >= pl.col("first")) & (pl.col("entered_on") < pl.col("after")))
        six, twelve = self.at_home((182, 365))
        return {
            "P1": self.permanency(entered, "entered_on"), "P2": self.waiting(under=True), "P3": self.waiting(under=False), "P4": self.reentry(),
            "P5": self.moves(), "S1": self.harms(), "S2": self.again(), "RH6": six, "RH12": twelve, "MOUD180": self.medicine(),
            "IET_INITIATED": self.begun(), "POSC": self.planned(),
        }  # fmt: skip
