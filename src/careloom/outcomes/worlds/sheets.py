"""The rows of an indicator as the answer that a world asks for: who is counted, who is in the numerator, and the figure in words.

Each sheet takes the rows of one world (dictionaries, in order of the subject) and gives the object that stands under its mode.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import median as middle
from typing import Any, Final

from careloom.kernel.indicators.definition import Indicator, Kind
from careloom.kernel.indicators.survival import Day, curve, median
from careloom.kernel.suppression import publish_list

Rows = Sequence[Mapping[str, Any]]
Sheet = dict[str, Any]


def share(rows: Rows) -> Sheet:
    """The ids in denominator and numerator; who is not yet observable stands apart, and then the figure is withheld (W14)."""
    counted, met, unripe = _ids(rows, "counted"), _ids(rows, "met"), _ids(rows, "unripe")
    sheet: Sheet = {"den": counted, "num": met}
    if unripe:
        return {**sheet, "immature": unripe, "value": f"withheld ({len(unripe)} immature)"}
    return {**sheet, "value": f"{len(met)}/{len(counted)}"}


def share_with_apart(rows: Rows) -> Sheet:
    """A share that also names who left the denominator for a stated reason (W17)."""
    sheet = share(rows)
    return {**{name: value for name, value in sheet.items() if name != "value"}, "apart": _ids(rows, "apart"), "value": sheet["value"]}


def plans(rows: Rows) -> Sheet:
    """Infants and how many have a plan; the families stand beside (W15)."""
    counted, met = _ids(rows, "counted"), _ids(rows, "met")
    families = sorted({str(row["family"]) for row in rows if row["counted"] and row.get("family")})
    return {"infants": counted, "with_plan": met, "families": families, "value": f"{len(met)}/{len(counted)}"}


def moves(rows: Rows) -> Sheet:
    """Days in care and moves, as moves per 1,000 days."""
    days, part = _sums(rows)
    return {"days": days, "moves": part, "value": f"{_per(part, days, 1000)} per 1,000 days"}


def harms(rows: Rows) -> Sheet:
    """Days in care and confirmed incidents, per 100,000 days."""
    days, part = _sums(rows)
    return {"days": days, "victimisations": part, "value": _per(part, days, 100_000)}


def quotient(rows: Rows, *, per: int) -> Sheet:
    """What is divided, and the quotient for so many."""
    whole, part = _sums(rows)
    return {"whole": whole, "part": part, "value": _per(part, whole, per)}


def names(rows: Rows) -> Sheet:
    """Who is counted, and how many."""
    found = _ids(rows, "met")
    return {"ids": found, "value": str(len(found))}


def runs(rows: Rows) -> Sheet:
    """Each mother's longest run of medicine, and who reached half a year."""
    met = _ids(rows, "met")
    return {"runs": {row["subject"]: row["longest"] for row in rows}, "num": met, "value": f"{len(met)}/{len(rows)}"}


def beginnings(begun: Rows, engaged: Rows) -> Sheet:
    """Who began treatment, and whom it took hold of: two shares of one cohort."""
    first, second = _ids(begun, "met"), _ids(engaged, "met")
    among = (len(_ids(begun, "counted")), len(_ids(engaged, "counted")))
    return {"initiated": first, "engaged": second, "value": f"{len(first)}/{among[0]}; {len(second)}/{among[1]}"}


def clock(rows: Rows) -> Sheet:
    """For each child the day it is held to have entered care, and the day the hearing is due."""
    return {row["subject"]: [row["held_on"].isoformat(), row["due_on"].isoformat()] for row in rows}


def times(curves: Mapping[str, Rows]) -> Sheet:
    """The median of those who came, the honest median of all, and how many came within a year; further sets give their median (W28)."""
    sheet: Sheet = {}
    for name in sorted(curves, key=lambda name: (len(name), name)):
        days = [Day(days=row["days"], came=row["came"], seen=row["seen"]) for row in curves[name]]
        honest = median(curve(days))
        if name != "durations":
            sheet[f"km_median_set{name.removeprefix('durations')}"] = honest
            continue
        came = [day.days for day in days for _ in range(day.came)]
        naive = middle(came) if came else None
        within = sum(day.came for day in days if day.days <= 365)
        sheet |= {"naive_median": int(naive) if naive is not None and naive == int(naive) else naive, "km_median": honest}
        sheet["within_365"] = f"{within}/{sum(day.seen for day in days)}"
    return sheet


def suppressed(tables: Mapping[str, Sequence[int]]) -> Sheet:
    """Each list of counts with its total, as it may be published (W30)."""
    return {name: _published(counts) for name, counts in tables.items()}


def _published(counts: Sequence[int]) -> list[int | str]:
    listed = publish_list(labels=[str(place) for place in range(len(counts))], counts=counts)
    return ["*" if cell.value is None else cell.value for cell in (*listed.cells, listed.total)]


def _ids(rows: Rows, flag: str) -> list[str]:
    return [str(row["subject"]) for row in rows if row[flag]]


def _sums(rows: Rows) -> tuple[int, int]:
    return sum(row["whole"] for row in rows), sum(row["part"] for row in rows)


def _per(part: int, whole: int, per: int) -> str:
    """To two places, halves up, from whole numbers; nothing at risk is nothing to divide by."""
    if whole == 0:
        return "no days"
    exact = Fraction(part * per, whole)
    return str((Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


# The sheet of an indicator that has its own; all others have the one of their kind.
SHEETS: Final[dict[str, Callable[[Rows], Sheet]]] = {
    "POSC": plans, "RH12": share_with_apart, "RH6": share_with_apart, "P5": moves, "S1": harms, "MOUD180": runs,
}  # fmt: skip


def sheet_of(indicator: Indicator) -> Callable[[Rows], Sheet]:
    """The sheet that an indicator's rows are told on."""
    if indicator.code in SHEETS or indicator.kind is Kind.SHARE:
        return SHEETS.get(indicator.code, share)
    if indicator.kind is Kind.COUNT:
        return names
    return lambda rows: quotient(rows, per=indicator.per)
