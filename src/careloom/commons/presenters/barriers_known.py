"""What is known of a barrier when a guidance or a pilot is drafted from it, so that nobody types it twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from careloom.barriers.queries import Journey
from careloom.barriers.words import title_of
from careloom.kernel.partnership import Tier
from careloom.kernel.partnership.barrier import Deed

PILOT_DAYS = timedelta(days=90)


def guidance_start(found: Journey) -> dict[str, Any]:
    """The title, who issues it, and the words of the newest decision, else those of the barrier."""
    issuers = [body.pk for body in found.bodies if body.tier == Tier.OVERSIGHT]
    return {"title": _title(found), "body_id": issuers[0] if issuers else None, "text": decided_words(found) or found.row.words}


def pilot_start(found: Journey, *, today: date) -> dict[str, Any]:
    """The title, who runs it, what is done, where, how long, and the measure of the newest try with how it was and what it aims at."""
    row = found.row
    until = row.due_on if row.due_on and row.due_on > today else today + PILOT_DAYS
    start: dict[str, Any] = {
        "title": _title(found), "kind": "PRACTICE", "body_id": row.body_id, "what": decided_words(found) or row.words, "sites": row.county,
        "starts_on": today, "until": until, "higher": "1",
    }  # fmt: skip
    if found.cycles:
        last = found.cycles[-1]
        before = last.before if last.after is None else last.after
        start |= {"measure": last.measure, "unit": "NUMBER", "baseline": before, "target": last.aim}
        start |= {"higher": "0"} if before is not None and last.aim is not None and last.aim < before else {}
    return start


def decided_words(found: Journey) -> str:
    """The words of the newest decision about it; "" for none."""
    said = [step.words for step in found.steps if step.deed == Deed.DECIDE]
    return said[-1] if said else ""


def _title(found: Journey) -> str:
    row = found.row
    return (row.outcome_words if row.outcome_id is None and row.outcome_words else title_of(row))[:120]
