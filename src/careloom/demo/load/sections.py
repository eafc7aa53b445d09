"""Sections of the plan as the lead writes them with her: the home, hard days, what the home has; signed by the agency, and by her on her page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from careloom.demo.load.family import Family, Moment
from careloom.plans.actions import cosign_section, put_checks, sign_section, write_text
from careloom.plans.actions.sections import CheckSaid

TEXTS = {
    "en": {
        ("A", "HOME"): "To her own place, with her and the baby. Her mother comes in the evenings.",
        ("C", "SPECIAL_CARE"): "Small feeds every two hours, a dark room, and skin to skin when it cries.",
        ("F", "STAYING_WELL"): "Her groups, a walk in the morning, and a call before it gets late.",
        ("J", "WORRIES"): "Nights without sleep. What helps is somebody who takes one feeding.",
    },
    "es": {
        ("A", "HOME"): "A su propia casa, con ella y el bebé. Su mamá llega por las tardes.",
        ("C", "SPECIAL_CARE"): "Tomas pequeñas cada dos horas, un cuarto oscuro, y piel con piel cuando llora.",
        ("F", "STAYING_WELL"): "Sus grupos, caminar por la mañana, y llamar antes de que sea tarde.",
        ("J", "WORRIES"): "Las noches sin dormir. Le ayuda que alguien dé una de las tomas.",
    },
}  # fmt: skip
CHECKS = {
    "CRIB": "YES", "CAR_SEAT": "YES", "DIAPERS": "ASKED", "FEEDING": "YES", "CLOTHES": "YES", "STROLLER": "NEEDED", "SAFE_SLEEP": "YES",
    "CRYING": "YES", "HOME_SAFETY": "YES", "STORAGE": "YES",
}  # fmt: skip
SIGNED = ("A", "I", "J")
UNSIGNED = 5  # in one family of so many the sections are written and not signed yet


def moments(family: Family) -> Iterator[Moment]:
    """The day after the agreement, and her own signature in the evening."""
    plan = family.story.plan
    if plan is None or plan.agreed_on is None:
        return
    begun = family.on(plan.agreed_on + timedelta(days=1), 11)
    begun = family.after_birth(begun, hours=10) if plan.kind == "AT_BIRTH" else begun
    if plan.closed_on is not None and begun.date() >= plan.closed_on:
        return
    yield Moment(at=begun, order=79, play=lambda at: write(family, at=at))
    if family.story.number % UNSIGNED:
        yield Moment(at=family.past(begun + timedelta(hours=9)), order=84, play=lambda at: she_signs(family, at=at))


def write(family: Family, *, at: datetime) -> None:
    """The texts and what the home has, and the lead's approval of what she leads herself."""
    if family.plan_id is None:
        return
    key = family.key(family.story.key, "section")
    treated = family.story.treatment is not None
    with family.acting(family.lead_key) as by:
        of = {"by": by, "at": at, "plan_id": family.plan_id}
        for (section, code), text in TEXTS["es" if family.story.mother.language == "es" else "en"].items():
            if (section != "F" or treated) and (section != "C" or family.infants):
                family.count(write_text(**of, section=section, code=code, text=text))
        said = CHECKS | ({"NALOXONE": "YES"} if treated else {})
        family.count(put_checks(**of, section="I", said={code: CheckSaid(state=state) for code, state in said.items()}))
        for section in SIGNED if family.story.number % UNSIGNED else ():
            family.count(sign_section(**of, section=section, request_key=f"{key}:{section}"))


def she_signs(family: Family, *, at: datetime) -> None:
    """She signs the same sections on her own page."""
    if family.plan_id is None or family.principal_id is None:
        return
    name = f"{family.story.mother.given} {family.story.mother.family}"
    with family.herself() as by:
        for section in SIGNED:
            key = family.key(family.story.key, "cosign", section)
            family.count(cosign_section(by=by, at=at, plan_id=family.plan_id, section=section, name=name, request_key=key))
