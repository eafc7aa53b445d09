"""The edits of a record: what must be there, what must have a code, and what must fit together. Codes only; no value of a record leaves here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from careloom.federal.facts import day_of
from careloom.federal.layouts import Layout
from careloom.federal.models import FederalFile
from careloom.federal.values import DoesNotFit, text_of, value_at

IN_TIME = timedelta(days=30)  # a removal is recorded within 30 days of it (K, 45 CFR 1355.42)
REVIEW = timedelta(days=183)  # 42 USC 675(5)(B)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Something wrong: the field, a code, and whether the file cannot be final with it."""

    field: str
    code: str
    is_error: bool = True


def read_texts(layout: Layout, facts: Any, *, only: str | None = None) -> tuple[dict[str, str], list[Fault]]:
    """The text of each field (of one group, where it is named), with what is missing or has no code."""
    texts: dict[str, str] = {}
    faults: list[Fault] = []
    for field in layout.fields:
        if only is not None and field.group != only:
            continue
        try:
            texts[field.name] = text_of(field, layout, facts)
        except DoesNotFit:
            texts[field.name] = ""
            faults.append(Fault(field=field.name, code="NO_CODE"))
        else:
            if field.required and not texts[field.name]:
                faults.append(Fault(field=field.name, code="MISSING"))
    return texts, faults


def edits_of(layout: Layout, facts: Mapping[str, Any], file: FederalFile) -> Iterator[Fault]:
    """What does not fit together in a record, by the edits that the layout names."""
    for name in layout.edits:
        yield from EDITS[name](facts, file)


def _day(facts: Mapping[str, Any], source: str) -> date | None:
    return day_of(value_at(facts, source))


def _order(first: str, second: str, field: str) -> Callable[[Mapping[str, Any], FederalFile], Iterator[Fault]]:
    def edit(facts: Mapping[str, Any], file: FederalFile) -> Iterator[Fault]:
        one, two = _day(facts, first), _day(facts, second)
        if one is not None and two is not None and two < one:
            yield Fault(field=field, code="BEFORE")

    return edit


def _disposition_in_period(facts: Mapping[str, Any], file: FederalFile) -> Iterator[Fault]:
    on = _day(facts, "report.disposed_on")
    if on is None or not file.starts_on <= on < file.ends_on:
        yield Fault(field="RPTDISDT", code="OUTSIDE")


def _finding_has_kind(facts: Mapping[str, Any], file: FederalFile) -> Iterator[Fault]:
    levels = {one["level"] for one in facts["report"]["maltreatments"]}
    found = facts["report"]["disposition"]
    if found in {"SUBSTANTIATED", "INDICATED", "ALTERNATIVE_VICTIM"} and found not in levels:
        yield Fault(field="CHMAL1", code="NO_KIND")


def _kind_has_level(facts: Mapping[str, Any], file: FederalFile) -> Iterator[Fault]:
    for place, one in enumerate(facts["report"]["maltreatments"], 1):
        if one["level"] == "UNKNOWN":
            yield Fault(field=f"MAL{place}LEV", code="NOT_KNOWN", is_error=False)


def _services_have_day(facts: Mapping[str, Any], file: FederalFile) -> Iterator[Fault]:
    if (facts["report"]["services_given"] == "YES") != bool(facts["report"]["services_on"]):
        yield Fault(field="SERVDATE", code="PAIR")


def _death_has_day(facts: Mapping[str, Any], file: FederalFile) -> Iterator[Fault]:
    if (facts["report"]["died"] == "YES") != bool(facts["report"]["died_on"]):
        yield Fault(field="DEATHDT", code="PAIR")


def _removal_has_day(facts: Mapping[str, Any], file: FederalFile) -> Iterator[Fault]:
    care = value_at(facts, "report.services.FOSTER_CARE") == "YES"
    if care and not value_at(facts, "removal.removed_on"):
        yield Fault(field="RMVDATE", code="PAIR")


def _age_fits_birth(facts: Mapping[str, Any], file: FederalFile) -> Iterator[Fault]:
    age = value_at(facts, "child.age")
    if age == "77":
        yield Fault(field="CHAGE", code="BEFORE_BIRTH", is_error=False)
    elif age is not None and int(age) >= 18:
        yield Fault(field="CHAGE", code="ADULT")


def _removal_in_time(facts: Mapping[str, Any], file: FederalFile) -> Iterator[Fault]:
    removed, recorded = _day(facts, "removal.removed_on"), _day(facts, "removal.recorded_on")
    if removed is not None and recorded is not None and recorded - removed > IN_TIME:
        yield Fault(field="RemovalTransactionDate", code="LATE", is_error=False)


def _exit_has_reason(facts: Mapping[str, Any], file: FederalFile) -> Iterator[Fault]:
    if bool(facts["removal"]["ended_on"]) != bool(facts["removal"]["exit"]):
        yield Fault(field="ExitReason", code="PAIR")


def _placed_in_care(facts: Mapping[str, Any], file: FederalFile) -> Iterator[Fault]:
    if not facts["placements"]:
        yield Fault(field="PlacementType", code="MISSING")


def _placement_in_removal(facts: Mapping[str, Any], file: FederalFile) -> Iterator[Fault]:
    removed = _day(facts, "removal.removed_on")
    if any(removed is not None and (day_of(one["starts_on"]) or removed) < removed for one in facts["placements"]):
        yield Fault(field="PlacementDate", code="BEFORE")


def _review_is_timely(facts: Mapping[str, Any], file: FederalFile) -> Iterator[Fault]:
    removed, reviewed = _day(facts, "removal.removed_on"), _day(facts, "plan.reviewed_on")
    until = _day(facts, "removal.ended_on") or file.ends_on
    if removed is not None and until - (reviewed or removed) > REVIEW:
        yield Fault(field="PeriodicReviewDate", code="LATE", is_error=False)


EDITS: Mapping[str, Callable[[Mapping[str, Any], FederalFile], Iterator[Fault]]] = {
    "disposition_in_period": _disposition_in_period,
    "investigated_before_decided": _order("report.started_on", "report.disposed_on", "RPTDISDT"),
    "received_before_decided": _order("report.received_on", "report.disposed_on", "RPTDISDT"),
    "finding_has_kind": _finding_has_kind,
    "kind_has_level": _kind_has_level,
    "services_have_day": _services_have_day,
    "death_has_day": _death_has_day,
    "removal_has_day": _removal_has_day,
    "age_fits_birth": _age_fits_birth,
    "removal_in_time": _removal_in_time,
    "exit_after_removal": _order("removal.removed_on", "removal.ended_on", "ExitDate"),
    "exit_has_reason": _exit_has_reason,
    "placed_in_care": _placed_in_care,
    "placement_in_removal": _placement_in_removal,
    "review_is_timely": _review_is_timely,
}
