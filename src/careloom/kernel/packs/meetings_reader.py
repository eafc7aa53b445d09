"""Reads `meetings.yaml` into `kernel.packs.meetings`; each mistake in it is a problem of the pack."""

from __future__ import annotations

from typing import Final

from careloom.kernel.packs.following import Said
from careloom.kernel.packs.meetings import LateStep, Meetings
from careloom.kernel.packs.reader import Reader

TELLS: Final = ("OWNER", "CHAIR", "CORE")
MOST_MONTHS: Final = 24


def read_meetings(document: Reader) -> Meetings:
    """Return what the document says; each mistake in it is a problem of the pack."""
    found = Meetings(
        ahead_months=document.number("ahead_months"),
        agenda_days=document.number("agenda_days"),
        minutes_business_days=document.number("minutes_business_days"),
        cycles_without_governance=document.number("cycles_without_governance"),
        commitment_again_days=document.number("commitment_again_days"),
        overdue_action=_steps(document),
        work_group_minimum=_minimum(document),
    )
    if not 1 <= found.ahead_months <= MOST_MONTHS:
        document.problem("Meetings are made some months ahead.", f"Ask for 1 to {MOST_MONTHS}.", key="ahead_months")
    if found.cycles_without_governance < 1:
        document.problem("Every meeting would give a notice.", "Ask for 1 or more.", key="cycles_without_governance")
    document.done()
    return found


def _steps(document: Reader) -> tuple[LateStep, ...]:
    steps = []
    for inner in document.children("overdue_action"):
        step = LateStep(after_days=inner.number("after_days"), tell=inner.text("tell"))
        if step.tell not in TELLS:
            inner.problem("Nobody of this name is told.", f"Use one of {', '.join(TELLS)}.", key="tell")
        steps.append(step)
        inner.done()
    if [step.after_days for step in steps] != sorted(step.after_days for step in steps):
        document.problem("The days go up.", "Put them in order.", key="overdue_action")
    return tuple(steps)


def _minimum(document: Reader) -> tuple[Said, ...]:
    found = []
    for inner in document.children("work_group_minimum"):
        found.append(Said(code=inner.text("code"), words=inner.words("words")))
        inner.done()
    return tuple(found)
