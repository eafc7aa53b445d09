"""The facts of a record as the layouts ask for them, from what the database answered: ids encrypted, ages counted, lists as flags."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from careloom.federal.models import FederalFile
from careloom.federal.values import Ids, county_code, races

UNBORN = "77"
_SERVICES = (
    "FAMILY_SUPPORT", "FAMILY_PRESERVATION", "FOSTER_CARE", "COURT_REPRESENTATIVE", "ADOPTION", "CASE_MANAGEMENT", "COUNSELING", "DAY_CARE",
    "EDUCATION", "EMPLOYMENT", "FAMILY_PLANNING", "HEALTH", "HOME_BASED", "HOUSING", "INDEPENDENT", "INFORMATION", "LEGAL", "MENTAL_HEALTH",
    "PREGNANCY", "RESPITE", "DISABILITY", "DELINQUENCY", "SUBSTANCE", "TRANSPORT", "OTHER",
)  # fmt: skip
_YES = {True: "YES", False: "NO"}


def day_of(value: Any) -> date | None:
    """A day of the database's JSON."""
    return date.fromisoformat(str(value)[:10]) if value else None


def age_at(born: date | None, on: date) -> str | None:
    """Whole years on a day; 77 before birth; None where the birth is not known."""
    if born is None:
        return None
    return UNBORN if on < born else str(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def of_pair(row: Mapping[str, Any], *, holder: object, file: FederalFile, state: str, ids: Ids) -> dict[str, Any]:
    """A report and a child as the Child File asks (law.md 4.1)."""
    report, child, removal = row["report"], row["child"] or {}, row["removal"] or {}
    born, received = day_of(child.get("birth_date")), day_of(report["received_on"])
    assert received is not None
    given = report["services_given"]
    # Asked and answered: a service that is not named was not given. Not asked: every one of them stays blank.
    services = {code: "YES" if code in report["services"] else "NO" for code in _SERVICES} if given in {"YES", "NO"} else {}
    number = ids.of("child", report["child_id"])
    worker = ids.of("worker", report["worker_id"]) if report["worker_id"] else None
    county = {"county": county_code(row["agency"]["county"], state)}
    return {
        "period": {"year": file.ends_on.year, "name": file.period}, "place": {"state": state},
        "report": report | county | {"id": ids.of("report", holder, report["number"]), "services": services, "worker": worker},
        "child": _child(child, state) | {
            "id": number, "age": age_at(born, received), "prior_victim": report["prior_victim"] or ("YES" if row["founded_before"] else ""),
        },
        "removal": removal | {"id": number} if removal else {},
    }  # fmt: skip


def of_removal(row: Mapping[str, Any], *, file: FederalFile, state: str, ids: Ids) -> dict[str, Any]:
    """A child in care as the out-of-home file asks (law.md 4.2). What happened after the period is not told yet."""
    removal, child, mother, asked, report = (row[name] or {} for name in ("removal", "child", "mother", "asked", "report"))
    removal = _until(removal, file.ends_on)
    told, goal = {}, row["goal"] or {}
    if report:
        kinds = {one["kind"] for one in report["maltreatments"]}
        told = {kind: _YES[kind in kinds] for kind in ("NEGLECT", "PHYSICAL", "SEXUAL", "PSYCHOLOGICAL", "MEDICAL_NEGLECT")}
        told |= _answers(report["caretaker"], {"ALCOHOL": "CARETAKER_ALCOHOL", "DRUG": "CARETAKER_DRUG", "HOUSING": "HOUSING", "VIOLENCE": "VIOLENCE",
                                               "INTELLECTUAL": "CARETAKER_COGNITIVE"})  # fmt: skip
        told |= _answers(report["child"], {"ALCOHOL": "PRENATAL_ALCOHOL", "DRUG": "PRENATAL_DRUG", "MEDICAL": "CHILD_CONDITION"})
    placements = [one | {"ends_on": one["ends_on"] if _before(one["ends_on"], file.ends_on) else None} for one in row["placements"]
                  if _before(one["starts_on"], file.ends_on)]  # fmt: skip
    left = removal.get("exit") or ""
    return {
        "period": {"name": file.period}, "place": {"state": state}, "agency": {"county": county_code(row["agency"]["county"], state)},
        "child": _child(child, state) | {
            "id": ids.of("child", removal["child_id"]), "tribe": asked.get("tribe") or child.get("tribe"),
            "reason_to_know": _YES[bool(asked["signs"])] if asked else None,
        },
        "mother": {"born_year": str(mother.get("birth_date") or "")[:4], "tribal": "YES" if mother.get("tribe") else ""},
        "court": {"terminated_on": row["terminated_on"]}, "removal": removal, "circumstances": told, "placements": placements,
        "plan": {"goal": goal.get("decided"), "on": goal.get("on"), "reviewed_on": row["reviewed_on"], "heard_on": (row["heard"] or {}).get("on")},
        "exit": {"adoption": _YES[left == "ADOPTION"], "guardianship": _YES[left == "GUARDIANSHIP"]} if left else {},
    }  # fmt: skip


def _child(child: Mapping[str, Any], state: str) -> dict[str, Any]:
    flags, hispanic = races(child.get("race_ethnicity") or [])
    county = county_code(child["county"], state) if child.get("county") else None
    return {"birth_date": child.get("birth_date"), "sex": child.get("sex"), "race": flags, "hispanic": hispanic, "county": county}


def _before(day: Any, end: date) -> bool:
    on = day_of(day)
    return on is not None and on < end


def _until(removal: Mapping[str, Any], end: date) -> dict[str, Any]:
    """A removal as it stood at the end of the period."""
    if _before(removal["ended_on"], end):
        return dict(removal)
    return {**removal, "ended_on": None, "exit": "", "exit_recorded_on": None}


def _answers(given: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    return {name: given[code] for code, name in names.items() if given.get(code) in {"YES", "NO"}}
