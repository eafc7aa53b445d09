"""What an entry lacks or says wrongly, as codes; and what the writer should know though it is no reason to stop. No reading, no writing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from careloom.treatment import codes
from careloom.treatment.codes import Sort

Values = Mapping[str, Any]
MOST_LINES = 3


def gaps(sort: Sort, values: Values, *, on: date, today: date) -> tuple[str, ...]:
    """What is wrong with an entry of a day. Only a check-in is planned ahead; everything else has happened."""
    wrong = {"HAPPENED_ON": sort is not Sort.CHECK_IN and on > today, "SOURCE": values.get("source", "OWN") not in codes.SOURCES}
    return tuple(code for code, is_wrong in (wrong | _CHECKS[sort](values, on, today)).items() if is_wrong)


def warnings(sort: Sort, values: Values) -> tuple[str, ...]:
    """What to say beside an entry that is kept all the same. Naltrexone is not recommended to begin in pregnancy (R-147, S2)."""
    begins = sort is Sort.MEDICINE and values.get("code") == "NALTREXONE" and bool(values.get("pregnant"))
    return ("NALTREXONE_IN_PREGNANCY",) if begins else ()


def _text(values: Values, name: str) -> bool:
    return bool(str(values.get(name) or "").strip())


def _ends(values: Values, on: date, today: date) -> bool:
    end = values.get("ends_on")
    return end is not None and (end < on or end > today)


def _episode(values: Values, on: date, today: date) -> dict[str, bool]:
    ended = values.get("ends_on") is not None
    return {
        "ENDS_ON": _ends(values, on, today), "PROGRAM": bool(values.get("elsewhere")) and not _text(values, "program"),
        "LEVEL": values.get("level") not in codes.LEVELS,
        "ENDED_HOW": (values.get("ended_how") or "") not in (codes.ENDED if ended else ("",)),
    }  # fmt: skip


def _components(values: Values, on: date, today: date) -> dict[str, bool]:
    return {c.value: values.get(c.value.lower()) not in codes.STANDS for c in codes.Component}


def _medicine(values: Values, on: date, today: date) -> dict[str, bool]:
    return {"CODE": values.get("code") not in codes.MEDICINES, "ENDS_ON": _ends(values, on, today)}


def _attendance(values: Values, on: date, today: date) -> dict[str, bool]:
    begin = values.get("from_on")
    return {"FROM_ON": begin is None or begin > on, "BAND": values.get("band") not in codes.BANDS}


def _meeting(values: Values, on: date, today: date) -> dict[str, bool]:
    following, copied = values.get("next_on"), values.get("copy_given_on")
    return {
        "PRESENT": not _text(values, "present"), "GOING": not _text(values, "going"), "NEXT_ON": following is not None and following <= on,
        "COPY_GIVEN_ON": copied is not None and not on <= copied <= today,
        "COPY_HOW": (copied is not None) != (values.get("copy_how") in codes.COPY_HOW),
    }  # fmt: skip


def _test(values: Values, on: date, today: date) -> dict[str, bool]:
    reviewed = values.get("reviewed_on")
    said = [reviewed is not None, _text(values, "reviewer"), _text(values, "meaning")]
    return {
        "SPECIMEN": values.get("specimen") not in codes.SPECIMENS, "RESULT": values.get("result") not in codes.RESULTS,
        "REVIEWED_ON": reviewed is not None and not on <= reviewed <= today, "REVIEW": any(said) and not all(said),
    }  # fmt: skip


def _support(values: Values, on: date, today: date) -> dict[str, bool]:
    lists = ("skills", "people", "caregivers")
    empty = not _text(values, "triggers") and not any(values.get(name) for name in lists)
    too_many = {name.upper(): len(values.get(name) or ()) > MOST_LINES for name in lists}
    return too_many | {"NALOXONE": values.get("naloxone") not in codes.NALOXONE, "EMPTY": empty and values.get("naloxone") == "NOT_ASKED"}


def _education(values: Values, on: date, today: date) -> dict[str, bool]:
    topics = set(values.get("topics") or ())
    return {
        "TOPICS": not topics or not topics <= set(codes.TOPICS), "HOW": values.get("how") not in codes.GIVEN_HOW,
        "GIVEN_BY": not _text(values, "given_by"), "LANGUAGE": not _text(values, "language"),
    }  # fmt: skip


def _check_in(values: Values, on: date, today: date) -> dict[str, bool]:
    held, stresses = values.get("held_on"), set(values.get("stresses") or ())
    return {
        "HELD_ON": held is not None and held > today, "STRESSES": not stresses <= set(codes.STRESSES),
        "NOT_HELD": held is None and bool(stresses or _text(values, "words")),
    }  # fmt: skip


_CHECKS: Mapping[Sort, Callable[[Values, date, date], dict[str, bool]]] = {
    Sort.EPISODE: _episode,
    Sort.COMPONENTS: _components,
    Sort.PROGRESS: lambda values, on, today: {"GOALS": not _text(values, "goals")},
    Sort.ATTENDANCE: _attendance,
    Sort.MEDICINE: _medicine,
    Sort.DIAGNOSIS: lambda values, on, today: {"TEXT": not _text(values, "text")},
    Sort.MEETING: _meeting,
    Sort.TEST: _test,
    Sort.RETURN: lambda values, on, today: {"TOLD_BY": values.get("told_by") not in codes.TOLD_BY},
    Sort.SUPPORT: _support,
    Sort.EDUCATION: _education,
    Sort.CHECK_IN: _check_in,
    Sort.GOAL_CHECK: lambda values, on, today: {"ANSWER": values.get("answer") not in codes.ANSWERS, "WORDS": not _text(values, "words")},
}
