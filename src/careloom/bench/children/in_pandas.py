"""pandas: the same answers from data frames, year by year, as somebody writes them who knows the rules.

Each table is read once, and of it the columns that are needed.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

from careloom.bench.children.asked import CUTOFF_ON, YEARS, Answer

KEY: Final = ["realm", "subject"]
PERMANENT: Final = ["reunification", "relative", "guardianship", "adoption"]


def answers(folder: Path, *, scratch: Path) -> Answer:
    """The sums of every indicator. pandas keeps all in memory; `scratch` is of no use to it."""
    frames = _Frames(folder)
    told: Answer = {}
    for code, ask in (
        ("P1", frames.entries), ("P2", frames.waiting_one), ("P3", frames.waiting_two), ("P4", frames.reentry), ("P5", frames.moves),
        ("S1", frames.harms), ("S2", frames.again), ("RH6", frames.half_a_year), ("RH12", frames.a_year), ("MOUD180", frames.medicine),
        ("IET_INITIATED", frames.begun), ("POSC", frames.planned),
    ):  # fmt: skip
        years = ((w.name, ask(frames.day(w.starts_on), frames.day(w.ends_on))) for w in YEARS)
        told[code] = {year: sums for year, sums in years if sums is not None}
    return told


class _Frames:
    def __init__(self, folder: Path) -> None:
        import numpy as np
        import pandas as pd

        self.np, self.pd, self.folder = np, pd, folder
        self.cut, self.far, self.held = self.day(CUTOFF_ON), self.day(date(2200, 1, 1)), {}
        self.born = self.read("subjects", [*KEY, "born_on"])
        stays = self.read("episodes", [*KEY, "episode", "entered_on", "left_on", "reason", "trial_home_on"]).merge(self.born, on=KEY, how="left")
        stays["adult_on"] = self.birthday(stays["born_on"], 18).fillna(self.far)
        long = stays["left_on"].isna() | ((stays["left_on"] - stays["entered_on"]).dt.days >= 8)
        stays = stays[long & (stays["entered_on"] < stays["adult_on"])].drop(columns="born_on").sort_values([*KEY, "entered_on", "episode"])
        stays["next_on"] = stays.groupby(KEY, sort=False)["entered_on"].shift(-1)
        stays = stays[stays["entered_on"] <= self.cut]
        gone = stays["left_on"] <= self.cut
        stays["left_on"], stays["reason"] = stays["left_on"].where(gone), stays["reason"].where(gone)
        stays["next_on"] = stays["next_on"].where(stays["next_on"] <= self.cut)
        self.care = stays

    def day(self, value: date) -> Any:
        return self.pd.Timestamp(value)

    def read(self, name: str, columns: list[str]) -> Any:
        pd, days = self.pd, [column for column in columns if column.endswith("_on") or column == "on_date"]
        found = pd.read_parquet(self.folder / name, columns=columns)
        for column in days:
            found[column] = pd.to_datetime(found[column])
        return found

    def once(self, what: str, make: Any) -> Any:
        if what not in self.held:
            self.held[what] = make()
        return self.held[what]

    def birthday(self, born: Any, years: int) -> Any:
        same = born + self.pd.DateOffset(years=years)
        leap = (born.dt.month == 2) & (born.dt.day == 29) & (same.dt.day != 29)
        return same.where(~leap, same + self.days(1))

    def days(self, count: int) -> Any:
        return self.pd.Timedelta(days=count)

    def share(self, met: Any, *, apart: Any = None, unripe: Any = None) -> list[int] | None:
        if not len(met):
            return None
        aside = met & False if apart is None else apart
        still = (met & False if unripe is None else unripe) & ~aside
        counted = ~aside & ~still
        sums = [int(counted.sum()), int((met & counted).sum())]
        return [*sums, int(aside.sum()), int(still.sum()), *sums]

    def rate(self, rows: Any) -> list[int] | None:
        if not len(rows):
            return None
        part = rows["part"].fillna(0)
        return [int((rows["whole"] > 0).sum()), int((part > 0).sum()), 0, 0, int(rows["whole"].sum()), int(part.sum())]

    def permanency(self, rows: Any, start: Any) -> list[int] | None:
        first = rows.sort_values(["entered_on", "episode"]).drop_duplicates(KEY)
        trial = first["trial_home_on"] + self.days(30)
        early = (first["reason"] == "reunification") & (trial < first["left_on"])
        home, last = first["left_on"].where(~early, trial), (first["entered_on"] if start is None else start) + self.days(365)
        met = first["reason"].isin(PERMANENT) & (first["left_on"] < first["adult_on"]) & (home <= last)
        return self.share(met, unripe=first["left_on"].isna() & (self.cut < last))

    def entered(self, first: Any, after: Any) -> Any:
        return self.care[(self.care["entered_on"] >= first) & (self.care["entered_on"] < after)]

    def entries(self, first: Any, after: Any) -> list[int] | None:
        return self.permanency(self.entered(first, after), None)

    def waiting(self, first: Any, *, under: bool) -> list[int] | None:
        care, months = self.care, self.pd.DateOffset
        there = (care["entered_on"] < first) & (care["left_on"].isna() | (care["left_on"] > first)) & (care["adult_on"] > first)
        rows = care[there]
        two = rows["entered_on"] + months(months=24)
        long = (rows["entered_on"] + months(months=12) <= first) & (two > first) if under else two <= first
        return self.permanency(rows[long], first)

    def waiting_one(self, first: Any, after: Any) -> list[int] | None:
        return self.waiting(first, under=True)

    def waiting_two(self, first: Any, after: Any) -> list[int] | None:
        return self.waiting(first, under=False)

    def reentry(self, first: Any, after: Any) -> list[int] | None:
        care = self.care
        inside = (care["left_on"] >= first) & (care["left_on"] < after) & (care["left_on"] < care["adult_on"])
        went = care[inside & care["reason"].isin(PERMANENT[:3])].sort_values(["left_on", "episode"]).drop_duplicates(KEY)
        last = went["left_on"] + self.days(365)
        back = went["next_on"] <= last
        return self.share(back, unripe=~back & (self.cut < last))

    def until(self, rows: Any, after: Any) -> Any:
        end = min(after, self.cut + self.days(1))
        return self.np.minimum(self.np.minimum(rows["left_on"].fillna(self.far), rows["adult_on"]), end)

    def changed(self) -> Any:
        homes = self.read("placements", [*KEY, "episode", "seq", "on_date", "setting", "place"])
        homes = homes[~homes["setting"].isin(["hospital", "respite", "runaway", "trial_home_visit"])]
        homes["home"] = homes["setting"] + ":" + homes["place"].fillna("")
        homes = homes.drop(columns=["setting", "place"]).sort_values(["on_date", "seq"])
        before = homes.groupby([*KEY, "episode"], sort=False)["home"].shift(1)
        return homes.loc[before.notna() & (before != homes["home"]), [*KEY, "episode", "on_date"]]

    def moves(self, first: Any, after: Any) -> list[int] | None:
        rows = self.entered(first, after)[[*KEY, "episode", "entered_on", "left_on", "adult_on"]].copy()
        rows["until"] = self.until(rows, after)
        rows["whole"] = (rows["until"] - rows["entered_on"]).dt.days
        moved = rows.merge(self.once("changed", self.changed), on=[*KEY, "episode"])
        moved = moved[(moved["on_date"] >= moved["entered_on"]) & (moved["on_date"] < moved["until"])]
        days = rows.groupby(KEY, sort=False)["whole"].sum().to_frame()
        return self.rate(days.join(moved.groupby(KEY, sort=False).size().rename("part")))

    def founded(self) -> Any:
        told = self.once("reports", lambda: self.read("reports", [*KEY, "seq", "on_date", "incident_on", "disposition"]))
        return told[told["disposition"].isin(["substantiated", "indicated"])].drop(columns="disposition")

    def harms(self, first: Any, after: Any) -> list[int] | None:
        rows = self.care[[*KEY, "entered_on", "left_on", "adult_on"]].copy()
        rows["since"], rows["until"] = rows["entered_on"].clip(lower=first), self.until(rows, after)
        rows = rows[rows["since"] < rows["until"]]
        rows["whole"] = (rows["until"] - rows["since"]).dt.days
        told = rows.merge(self.once("founded", self.founded), on=KEY)
        told["incident_on"] = told["incident_on"].fillna(told["on_date"])
        inside = (told["on_date"] >= told["since"]) & (told["on_date"] < told["until"])
        told = told[inside & (told["on_date"] > told["entered_on"] + self.days(7)) & (told["incident_on"] >= told["entered_on"])]
        days = rows.groupby(KEY, sort=False)["whole"].sum().to_frame()
        return self.rate(days.join(told.groupby(KEY, sort=False)["incident_on"].nunique().rename("part")))

    def minors(self) -> Any:
        told = self.founded().merge(self.born, on=KEY, how="left")
        return told[(told["on_date"] <= self.cut) & (told["born_on"].isna() | (told["on_date"] < self.birthday(told["born_on"], 18)))]

    def again(self, first: Any, after: Any) -> list[int] | None:
        minors = self.once("minors", self.minors)
        rows = minors[(minors["on_date"] >= first) & (minors["on_date"] < after)].sort_values(["on_date", "seq"]).drop_duplicates(KEY)
        pairs = rows.merge(minors[[*KEY, "on_date", "incident_on"]], on=KEY, suffixes=("", "_then"))
        late, last = pairs["on_date"] + self.days(14), pairs["on_date"] + self.days(365)
        new = pairs["incident_on"].isna() | pairs["incident_on_then"].isna() | (pairs["incident_on"] != pairs["incident_on_then"])
        pairs["hit"] = (pairs["on_date_then"] > late) & (pairs["on_date_then"] <= last) & new
        met = rows.set_index(KEY).join(pairs.groupby(KEY, sort=False)["hit"].any())
        return self.share(met["hit"], unripe=~met["hit"] & (self.cut < met["on_date"] + self.days(365)))

    def first_days(self, name: str, first: Any, after: Any) -> Any:
        rows = self.once(name, lambda: self.read(name, [*KEY, "on_date"]))
        inside = rows[(rows["on_date"] >= first) & (rows["on_date"] < after) & (rows["on_date"] <= self.cut)]
        return inside.groupby(KEY, sort=False)["on_date"].min().reset_index()

    def soonest(self, name: str, day: str) -> Any:
        return self.once(
            f"soonest {name}", lambda: self.read(name, [*KEY, day]).groupby(KEY, sort=False)[day].min().rename(f"{name}_on").reset_index()
        )

    def at_home(self, first: Any, after: Any, count: int) -> list[int] | None:
        rows = self.first_days("notifications", first, after).merge(self.born, on=KEY, how="left")
        rows = rows.merge(self.soonest("episodes", "entered_on"), on=KEY, how="left").merge(self.soonest("losses", "on_date"), on=KEY, how="left")
        end = rows["born_on"].fillna(rows["on_date"]) + self.days(count)
        removed = (rows["episodes_on"] <= end) & (rows["episodes_on"] <= self.cut)
        gone = (rows["losses_on"] < end) & (rows["losses_on"] <= self.cut)
        apart = gone & ~(removed & (rows["episodes_on"] <= rows["losses_on"]))
        return self.share(~removed, apart=apart, unripe=~removed & (self.cut + self.days(1) < end))

    def half_a_year(self, first: Any, after: Any) -> list[int] | None:
        return self.at_home(first, after, 182)

    def a_year(self, first: Any, after: Any) -> list[int] | None:
        return self.at_home(first, after, 365)

    def medicine(self, first: Any, after: Any) -> list[int] | None:
        supplies = self.once("supplies", lambda: self.read("supplies", [*KEY, "seq", "on_date", "days"]))
        known = supplies[(supplies["on_date"] >= first) & (supplies["on_date"] <= self.cut)]
        mothers = known.loc[known["on_date"] < after, KEY].drop_duplicates()
        rows = known.merge(mothers, on=KEY).sort_values([*KEY, "on_date", "seq"])
        who = [rows["realm"], rows["subject"]]
        at, total = (rows["on_date"] - first).dt.days, rows["days"].groupby(who, sort=False).cumsum()
        end = total + (at - total + rows["days"]).groupby(who, sort=False).cummax()
        begin, last = end - rows["days"], end.groupby(who, sort=False).shift(1)
        rows["run"], rows["begin"], rows["end"] = (last.isna() | (begin - last > 7)).groupby(who, sort=False).cumsum(), begin, end
        runs = rows.groupby([*KEY, "run"], sort=False).agg(begin=("begin", "min"), end=("end", "max"))
        runs["long"] = runs["end"] - runs["begin"]
        ended = runs.groupby(KEY, sort=False).agg(long=("long", "max"), end=("end", "max"))
        enough = ended["long"] >= 180
        return self.share(enough, unripe=~enough & (ended["end"] + 7 >= (self.cut + self.days(1) - first).days))

    def begun(self, first: Any, after: Any) -> list[int] | None:
        rows = self.first_days("diagnoses", first, after)
        visits = self.once("visits", lambda: self.read("visits", [*KEY, "on_date"])).rename(columns={"on_date": "visit_on"})
        came = rows.merge(visits[visits["visit_on"] <= self.cut], on=KEY)
        began = came[came["visit_on"] >= came["on_date"]].groupby(KEY, sort=False)["visit_on"].min().reset_index()
        rows = rows.merge(began, on=KEY, how="left")
        last = rows["on_date"] + self.days(14)
        met = rows["visit_on"] <= last
        return self.share(met, unripe=~met & (self.cut < last))

    def planned(self, first: Any, after: Any) -> list[int] | None:
        rows = self.first_days("notifications", first, after).merge(self.soonest("plans", "on_date"), on=KEY, how="left")
        return self.share(rows["plans_on"] <= self.cut)
