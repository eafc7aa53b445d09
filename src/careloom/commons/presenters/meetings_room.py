"""The room in words: the agenda with what was talked about, the point of now, who is here, what was agreed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.commons.presenters.meetings import about_url, minutes_words, on_day, people_of, quorum_words
from careloom.infra.ui.components import Agenda, AgendaItem
from careloom.meetings.models import AgendaItem as Point
from careloom.meetings.queries import Sitting
from careloom.meetings.words import BLOCKS


def room_context(found: Sitting, *, current: Point | None, today: date) -> dict[str, Any]:
    """The page of the room."""
    row, here = found.meeting, reverse("commons:meeting_room", args=[found.meeting.collaborative_id, found.meeting.pk])
    place = found.items.index(current) if current in found.items else 0
    before = found.items[place - 1] if place > 0 else None
    after = found.items[place + 1] if place + 1 < len(found.items) else None
    link = lambda item: f"{here}?point={item.pk}"  # noqa: E731
    states = {item.pk: "now" if current and item.pk == current.pk else "done" if item.talked else "next" for item in found.items}
    agenda = Agenda(items=tuple(AgendaItem(label=item.title, note=_note(item), state=states[item.pk], url=link(item)) for item in found.items))  # type: ignore[arg-type]
    agreed = [{"what": one.what, "who": one.owner.name, "when": on_day(one.due_on)} for one in found.promises]
    return {
        "row": found.standing.collaborative, "meeting": row, "sitting": found, "agenda": agenda, "current": current, "here": here,
        "place": _("Point %(n)s of %(all)s") % {"n": place + 1, "all": len(found.items)} if found.items else "",
        "duty": BLOCKS.get(current.block, "") if current and current.kind != "BLOCK" else "",
        "about": about_url(current) if current else "",
        "before": {"title": before.title, "url": link(before)} if before else None,
        "after": {"title": after.title, "url": link(after)} if after else None,
        "people": [person for person in people_of(found) if person["there"]], "away": sum(how == "ABSENT" for how in found.there.values()),
        "quorum": quorum_words(found) if found.needed else "", "decisions": [one for one in found.decisions if current and one.item_id == current.pk],
        "all_decisions": found.decisions,
        "agreed": agreed,
        "approves": found.approves.get(current.about_id) if current and current.about_id else None,
        "left": _left(found), "post": f"{here}?point={current.pk}" if current else here, "today": today,
    }  # fmt: skip


def _note(item: Point) -> str:
    return f"{item.who}, {minutes_words(item.minutes)}" if item.who else minutes_words(item.minutes)


def _left(found: Sitting) -> str:
    """How many minutes the points still take that were not talked about."""
    left = sum(item.minutes for item in found.items if not item.talked)
    if not left:
        return _("All points were talked about.")
    return ngettext("Points for %(n)s minute are left.", "Points for %(n)s minutes are left.", left) % {"n": left}
