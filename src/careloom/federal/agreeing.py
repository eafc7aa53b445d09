"""Does a federal file agree with our own counts? Every difference has a category, and what no category explains is told as a number.

The Child File's infants with prenatal exposure are compared with the indicator IPSE, computed by its own recipe, and with the infants whom hospitals
notified; AFCARS' entries and exits with the denominators of P1 and P4. Source: journeys.md J5 step 10; law.md 4.1 to 4.3; R-099.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from careloom.federal.layouts import AFCARS, CHILD
from careloom.federal.models import FederalFile
from careloom.infra.packs import PackNotFound, load_pack
from careloom.kernel.clocks import local_day

_EXITS = {
    "REUNIFIED": "reunification", "RELATIVE": "relative", "LEGAL_CUSTODY": "relative", "GUARDIANSHIP": "guardianship", "ADOPTION": "adoption",
    "TRANSFER": "transfer", "OTHER": "other",
}  # fmt: skip
_HOME_OR_KIN = ("reunification", "relative", "guardianship")
_SHORT = 8  # days: a stay that the statewide indicators do not see


def agreement_of(file: FederalFile, *, pack: Any, at: datetime) -> dict[str, Any]:
    """The comparison of a finished file, as numbers by category; nothing for the Agency File, which is counts itself.

    Notifications count until the last midnight: what a hospital sends today is not for the state to see grow (outcomes.queries.Reconciled).
    """
    if file.kind == CHILD:
        return _of_infants(file, pack=pack, at=at)
    return _of_stays(file) if file.kind == AFCARS else {}


def _of_infants(file: FederalFile, *, pack: Any, at: datetime) -> dict[str, Any]:
    zone = ZoneInfo(pack.manifest.zone)
    from_at = datetime.combine(file.starts_on, time(), tzinfo=zone)
    until = min(file.ends_on, local_day(at=at, zone=pack.manifest.zone))
    until_at = max(datetime.combine(until, time(), tzinfo=zone), from_at)
    seen = [
        dict(zip(("notified", "reported", "rule", "filed", "got", "out", "open", "new", "pack", "n"), row, strict=True))
        for row in _ask("SELECT * FROM federal_infants(%s, %s, %s, %s)", file.starts_on, file.ends_on, from_at, until_at)
    ]

    def count(test: Callable[[dict[str, Any]], bool]) -> int:
        return sum(one["n"] for one in seen if test(one))

    state = pack.manifest.jurisdiction
    notified = count(lambda one: one["notified"])
    gone: dict[str, Callable[[dict[str, Any]], bool]] = {
        "other_state": lambda one: one["reported"] and _state_of(one["pack"]) != state,
        "no_report": lambda one: not one["reported"],
        "not_by_rule": lambda one: not one["rule"],
        "screened_out": lambda one: one["out"],
        "no_disposition": lambda one: one["open"],
        "not_written": lambda one: one["new"],
        "other_period": lambda one: True,
    }
    told = _sorted([one for one in seen if one["notified"] and not one["filed"]], gone)
    both = count(lambda one: one["notified"] and one["filed"])
    in_file, indicator = len(file.tallied.get("infants", [])), _indicator_ipse(file, at=at)
    late = {name: gone[name] for name in ("screened_out", "no_disposition", "not_written", "other_period")}
    indicated = _sorted([one for one in seen if one["got"] and not one["filed"]], late)
    earlier = count(lambda one: one["filed"] and not one["got"])
    return {
        "notified": notified, "notified_in_file": both, "apart": told, "not_notified": count(lambda one: one["filed"] and not one["notified"]),
        "in_file": in_file, "indicator": indicator, "indicator_apart": indicated, "received_earlier": earlier,
        # Each total was computed by another way than its parts: the file's from its records, the indicator's by its recipe.
        "unexplained_notified": notified - both - sum(told.values()),
        "unexplained_file": in_file - both - count(lambda one: one["filed"] and not one["notified"]),
        "unexplained_indicator": indicator - sum(indicated.values()) + earlier - in_file,
    }  # fmt: skip


def _sorted(rows: Iterable[dict[str, Any]], tests: dict[str, Callable[[dict[str, Any]], bool]]) -> dict[str, int]:
    """Each row in the first category that holds of it."""
    found = dict.fromkeys(tests, 0)
    for row in rows:
        name = next((name for name, test in tests.items() if test(row)), None)
        if name is not None:
            found[name] += row["n"]
    return found


def _state_of(pack: str) -> str:
    try:
        return load_pack(name=pack).manifest.jurisdiction
    except PackNotFound:
        return ""


def _of_stays(file: FederalFile) -> dict[str, Any]:
    events = _ask("SELECT child, born_on, first_on, last_on, code FROM federal_events(%s)", AFCARS)
    stays = [(child, born, first, last, _EXITS.get(code, "other") if last else None) for child, born, first, last, code in events]
    entered = [one for one in stays if file.starts_on <= one[2] < file.ends_on]
    left = [one for one in stays if one[3] is not None and file.starts_on <= one[3] < file.ends_on]
    entries = _apart(entered, lambda one: one[2])
    kin = [one for one in left if one[4] in _HOME_OR_KIN]
    exits = _apart(kin, lambda one: one[3])
    p1, p4 = _denominators(file, events)
    exits = {"not_home_or_kin": len(left) - len(kin)} | exits
    return {
        "entries": file.tallied.get("entries", 0), "entries_apart": entries, "p1": p1,
        "exits": file.tallied.get("exits", 0), "exits_apart": exits, "p4": p4,
        "unexplained_entries": file.tallied.get("entries", 0) - sum(entries.values()) - p1,
        "unexplained_exits": file.tallied.get("exits", 0) - sum(exits.values()) - p4,
    }  # fmt: skip


def _apart(stays: list[Any], day: Callable[[Any], date]) -> dict[str, int]:
    """Why a stay is not in a denominator: too short, at eighteen or later, or another of the same child in the period."""
    long = [one for one in stays if one[3] is None or (one[3] - one[2]).days >= _SHORT]
    young = [one for one in long if one[1] is None or (one[2] < _adult(one[1]) and day(one) < _adult(one[1]))]
    children = {one[0] for one in young}
    return {"short": len(stays) - len(long), "adult": len(long) - len(young), "again": len(young) - len(children)}


def _adult(born: date) -> date:
    return born.replace(year=born.year + 18, day=28) if (born.month, born.day) == (2, 29) else born.replace(year=born.year + 18)


def _indicator_ipse(file: FederalFile, *, at: datetime) -> int:
    events = _ask("SELECT child, born_on, first_on, last_on, code, source, factor FROM federal_events(%s)", CHILD)
    tables = {
        "subjects": _subjects(events),
        "reports": [
            {"realm": 0, "subject": one[0], "seq": place, "on_date": one[2], "incident_on": one[3], "disposition": one[4], "source": one[5],
             "child_factor": one[6], "screened": None}
            for place, one in enumerate(events)
        ],
    }  # fmt: skip
    return _counted(file, tables, ("IPSE",))["IPSE"]


def _denominators(file: FederalFile, events: list[Any]) -> tuple[int, int]:
    episodes = [
        {"realm": 0, "subject": child, "episode": place, "entered_on": first, "left_on": last, "reason": _EXITS.get(code, "other") if last else None,
         "trial_home_on": None}
        for place, (child, _born, first, last, code) in enumerate(events)
    ]  # fmt: skip
    found = _counted(file, {"subjects": _subjects(events), "episodes": episodes}, ("P1", "P4"))
    return found["P1"], found["P4"]


def _subjects(events: list[Any]) -> list[dict[str, Any]]:
    return [{"realm": 0, "subject": child, "role": "CHILD", "born_on": born} for child, born in {one[0]: one[1] for one in events}.items()]


def _counted(file: FederalFile, rows: dict[str, list[dict[str, Any]]], codes: tuple[str, ...]) -> dict[str, int]:
    """Denominators of indicators over the period, by the same recipes that the dashboard uses. Loads the engine: jobs only."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from careloom.outcomes.measures.engines import engine, fetch, read_extract
    from careloom.outcomes.measures.figures import totals
    from careloom.outcomes.measures.layout import TABLES, schema_of
    from careloom.outcomes.measures.recipes import rows_of, shipped
    from careloom.outcomes.measures.windows import Window

    window = Window(name=file.period, starts_on=file.starts_on, ends_on=file.ends_on)
    with tempfile.TemporaryDirectory(prefix="careloom-federal-") as home, engine(scratch=Path(home)) as backend:
        for name in TABLES:
            pq.write_table(pa.Table.from_pylist(rows.get(name, []), schema=schema_of(name)), Path(home) / f"{name}.parquet")
        extract = read_extract(backend, Path(home))
        found = {}
        for code in codes:
            told = fetch(backend, totals(rows_of(shipped()[code], extract=extract, windows=[window]))).to_pylist()
            # Without a cut-off nothing is unripe: the whole denominator is counted.
            found[code] = sum(one["counted"] + one["apart"] + one["unripe"] for one in told)
    return found


def _ask(sql: str, *given: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()
