"""What came of a barrier in words: guidance and pilots that answer it, how they were received, and how oversight decided."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from careloom.barriers.models import Barrier
from careloom.changes.queries import CameOf, Event
from careloom.changes.words import STATES
from careloom.commons.presenters.changes_guidance import line_of as received_words
from careloom.commons.presenters.changes_parts import TONES
from careloom.commons.presenters.meetings_outcomes import decision_line
from careloom.infra.ui.components import PathKnot, Status
from careloom.kernel.partnership.barrier import Deed
from careloom.meetings.models import Decision

HEADS = {
    "ISSUED": later("Guidance issued, version %(n)s: %(title)s"),
    "READ": later("Version %(n)s acknowledged by %(who)s"),
    "APPLIED": later("Version %(n)s is applied by %(who)s"),
    "RETIRED": later("Guidance retired: %(title)s"),
    "APPROVED": later("Pilot approved: %(title)s"),
    "EVALUATED": later("Pilot evaluated: %(title)s"),
    "ADOPT": later("Pilot adopted: %(title)s"),
    "ADAPT": later("Pilot to be adapted: %(title)s"),
    "ABANDON": later("Pilot ended, it did not work: %(title)s"),
}
DRAWN = {"ISSUED": (0, later("Guidance")), "ADOPT": (1, later("Adopted")), "ABANDON": (1, later("Did not work"))}
MOST_NAMED = 4


def came_lines(came: CameOf) -> list[dict[str, Any]]:
    """Guidance and pilots with how they stand."""
    lines = []
    for one in came.guidance:
        url = reverse("commons:guidance", args=[one.guidance.collaborative_id, one.guidance.pk])
        late = _("%(n)s late") % {"n": one.late} if one.late else ""
        lines.append(
            {
                "kind": _("Guidance"), "title": one.guidance.title, "url": url, "words": received_words(one),
                "status": Status(words=str(STATES[one.state]), tone=TONES[one.state]),  # type: ignore[arg-type]
                "late": Status(words=late, tone="late", icon="update") if late else None,
            }
        )  # fmt: skip
    for row in came.pilots:
        told = [row.body.name, _("%(start)s to %(end)s") % {"start": date_format(row.starts_on), "end": date_format(row.until)}, row.measure]
        lines.append(
            {
                "kind": _("Pilot"), "title": row.title, "url": reverse("commons:pilot", args=[row.collaborative_id, row.pk]),
                "words": ". ".join(told),
                "status": Status(words=str(STATES[row.state]), tone=TONES[row.state]), "late": None,  # type: ignore[arg-type]
            }
        )  # fmt: skip
    return lines


def came_steps(came: CameOf, row: Barrier) -> list[tuple[date, dict[str, Any]]]:
    """What happened to the answers, as steps on the way back, each with its day."""
    return [(one.on, _step(one, row)) for one in came.events]


def came_knots(came: CameOf) -> list[tuple[date, PathKnot]]:
    """The events that the picture draws."""
    drawn = [(one, *DRAWN[one.code]) for one in came.events if one.code in DRAWN]
    return [(one.on, PathKnot(lane=lane, label=date_format(one.on, "M j"), note=str(words))) for one, lane, words in drawn]


def decided(steps: list[dict[str, Any]], decisions: list[Decision]) -> list[dict[str, Any]]:
    """How each decision was made, at the step that carries its key; what was decided beside (put off, not adopted) as steps of their own."""
    by_key = {row.request_key: decision_line(row) for row in decisions}
    for step in steps:
        line = by_key.pop(step["key"], None) if step["deed"] == Deed.DECIDE else None
        step["how"] = how_words(line) if line else ""
        step["dissents"] = line["dissents"] if line else []
        step["url"] = line["url"] if line else ""
    return [line | {"how": how_words(line)} for line in by_key.values()]


def how_words(line: dict[str, Any]) -> str:
    """The method of a decision, the votes and the quorum."""
    return ". ".join(str(part).rstrip(".") for part in (line["rule"], line["votes"], line["quorum"]) if part) + "."


def _step(one: Event, row: Barrier) -> dict[str, Any]:
    some = [*one.who[:MOST_NAMED], *([_("%(n)s more") % {"n": len(one.who) - MOST_NAMED}] if len(one.who) > MOST_NAMED else [])]
    who = get_text_list(some, _("and"))
    name = "pilot" if one.of_pilot else "guidance"
    return {
        "when": date_format(one.on, "M j, Y"), "iso": one.on.isoformat(), "words": one.words, "name": "", "families": "", "late": None, "due": "",
        "head": str(HEADS[one.code]) % {"n": one.number, "title": one.title, "who": who},
        "url": reverse(f"commons:{name}", args=[row.collaborative_id, one.id]),
    }  # fmt: skip
