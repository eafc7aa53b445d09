"""A family meeting in one family of four: what was said, what was agreed with who and by when, her signature, and a new version of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from careloom.demo.draw import ZONE, working_day
from careloom.demo.load.family import Family, Moment
from careloom.plans.actions import begin_meeting, end_meeting, sign_minutes, write_minute
from careloom.plans.actions.meetings import make_true
from careloom.plans.models import Meeting, MeetingNote

EVERY, AFTER = 4, timedelta(days=38)
SAID = "She says that mornings are hard and evenings are good."
AGREED = "Find out who can take the baby on group days"
LATER = "Talk about work when the baby is six months old"


def moments(family: Family) -> Iterator[Moment]:
    """The meeting some weeks after the agreement."""
    story, plan = family.story, family.story.plan
    if plan is None or plan.agreed_on is None or story.number % EVERY:
        return
    begun = family.on(working_day(plan.agreed_on + AFTER), 13)
    begun = family.after_birth(begun, hours=30) if plan.kind == "AT_BIRTH" else begun
    if begun < family.now - timedelta(days=1) and (plan.closed_on is None or begun.date() < plan.closed_on):
        yield Moment(at=begun, order=82, play=lambda at: meet(family, at=at))


def meet(family: Family, *, at: datetime) -> None:
    """The meeting from the first word to the signature."""
    if family.plan_id is None:
        return
    key = family.key(family.story.key, "meeting")
    her, day = family.story.mother, at.astimezone(ZONE).date()
    with family.acting(family.lead_key) as by:
        of = {"by": by, "at": at}
        begun = begin_meeting(**of, plan_id=family.plan_id, agency_ids=(), her_present=True, people=[her.preferred], request_key=key)  # type: ignore[arg-type]
        if not isinstance(begun, Meeting):
            family.count(begun)
            return
        for kind, words, who, due in (("SAID", SAID, "", None), ("AGREED", AGREED, "The lead", day + timedelta(days=14)), ("LATER", LATER, "", None)):
            row = write_minute(
                **of,
                meeting_id=begun.pk,
                kind=kind,
                words=words,
                who=who,
                due_on=due,
                request_key=f"{key}:{kind}",  # type: ignore[arg-type]
            )
            if kind == "AGREED" and isinstance(row, MeetingNote):
                family.count(make_true(**of, note_id=row.pk, becomes="TASK"))  # type: ignore[arg-type]
        name = f"{her.given} {her.family}"
        family.count(sign_minutes(**of, meeting_id=begun.pk, name=name, hers=True, request_key=f"{key}:hers"))  # type: ignore[arg-type]
        family.count(end_meeting(**of, meeting_id=begun.pk))  # type: ignore[arg-type]
