"""What would change: the neighbors of the facts, one answer away, that come out otherwise.

A worker sees which answers matter and why, and the mother can be told the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from careloom.kernel.notification.answer import WouldChange
from careloom.kernel.notification.facts import BirthFacts
from careloom.kernel.notification.table import RuleTable
from careloom.kernel.notification.vocabulary import (
    FasdSigns,
    InTreatment,
    Level,
    Notify,
    PlanStatus,
    Withdrawal,
    YesNoUnsure,
)

_IF = {
    ("safety_concern", "YES"): "If a safety concern were recorded and explained",
    ("safety_concern", "NO"): "If there were no safety concern",
    ("in_treatment", "YES"): "If she were in treatment",
    ("in_treatment", "WAITING"): "If she were waiting for treatment",
    ("in_treatment", "NO"): "If she were not in treatment",
    ("withdrawal", "NONE"): "If the infant showed no withdrawal",
    ("withdrawal", "OBSERVED"): "If the infant showed withdrawal",
    ("fasd", "NONE"): "If there were no sign of a fetal alcohol spectrum disorder",
    ("fasd", "SUSPECTED"): "If a fetal alcohol spectrum disorder were suspected",
    ("plan_status", "HAS_CARD"): "If she had a plan already",
    ("plan_status", "WANTS_ONE"): "If she wanted a plan",
    ("plan_status", "NOT_NOW"): "If she said not now to a plan",
    ("exposure", "AS_DIRECTED"): "If exposure {number} was prescribed and taken as directed",
    ("exposure", "NOT_PRESCRIBED"): "If exposure {number} was not prescribed",
}

_NOTIFIED = {
    Notify.NONE: "no notification",
    Notify.DEIDENTIFIED: "a notification without names",
    Notify.IDENTIFIED: "a notification with names",
}


def what_would_change(*, facts: BirthFacts, rules: RuleTable) -> tuple[WouldChange, ...]:
    """Return the single other answers that would change level, notification or report."""
    now = _outcome(facts, rules)
    found = []
    for fact, value, exposure, other in _neighbors(facts):
        then = _outcome(other, rules)
        if then != now:
            found.append(_describe(fact, value, exposure, then))
    return tuple(found)


def _outcome(facts: BirthFacts, rules: RuleTable) -> tuple[Level, Notify, bool]:
    then = rules.row_for(facts=facts).then
    return then.level, rules.effective_notify(outcome=then), then.report


def _describe(fact: str, value: str, exposure: int | None, then: tuple[Level, Notify, bool]) -> WouldChange:
    level, notify, report = then
    params = {"level": level.value, "notify": notify.value, "report": "YES" if report else "NO"}
    if exposure is not None:
        params["number"] = str(exposure + 1)
    reported = "a report" if report else "no report"
    opening = _IF[fact, value].format(**params)
    return WouldChange(
        fact=fact,
        value=value,
        exposure=exposure,
        level=level,
        notify=notify,
        report=report,
        sentence=f"{opening}, it would be {level}: {_NOTIFIED[notify]} and {reported}.",
        message_key=f"notification.if.{fact}.{value}",
        params=params,
    )


def _neighbors(facts: BirthFacts) -> Iterator[tuple[str, str, int | None, BirthFacts]]:
    concern = not facts.safety_concern
    flipped = replace(facts, safety_concern=concern, safety_concern_explained=concern)
    yield "safety_concern", "YES" if concern else "NO", None, flipped
    for treatment in (InTreatment.YES, InTreatment.WAITING, InTreatment.NO):
        if treatment is not facts.in_treatment:
            yield "in_treatment", treatment, None, replace(facts, in_treatment=treatment)
    seen = Withdrawal.OBSERVED if facts.withdrawal is Withdrawal.NONE else Withdrawal.NONE
    yield "withdrawal", seen, None, replace(facts, withdrawal=seen)
    fasd = FasdSigns.SUSPECTED if facts.fasd is FasdSigns.NONE else FasdSigns.NONE
    yield "fasd", fasd, None, replace(facts, fasd=fasd)
    for status in PlanStatus:
        if status is not facts.plan_status:
            yield "plan_status", status, None, replace(facts, plan_status=status)
    yield from _other_uses(facts)


def _other_uses(facts: BirthFacts) -> Iterator[tuple[str, str, int | None, BirthFacts]]:
    yes, no = YesNoUnsure.YES, YesNoUnsure.NO
    for place, exposure in enumerate(facts.exposures):
        for use, prescribed, taken in (("AS_DIRECTED", yes, yes), ("NOT_PRESCRIBED", no, no)):
            if exposure.use == use:
                continue
            changed = replace(exposure, prescribed=prescribed, as_prescribed=taken)
            others = (*facts.exposures[:place], changed, *facts.exposures[place + 1 :])
            yield "exposure", use, place, replace(facts, exposures=others)
