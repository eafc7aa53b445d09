"""Meetings in words: the calendar of a collaborative, the year of a body, one meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from careloom.infra import clock
from careloom.infra.packs import current_pack
from careloom.infra.ui.components import Fact, Facts, MonthKnot, MonthStrip, Status
from careloom.kernel.partnership import Month
from careloom.meetings.models import ActionItem, AgendaItem, Decision, Meeting, Series
from careloom.meetings.queries import BodyYear, Calendar, Mine, Promised, Sitting
from careloom.meetings.words import BLOCKS, EVERY, MODES, PRESENCES, PROGRESS, STATES, TOLD, WEEKDAYS, WEEKS
from careloom.partnership.queries import Rooms

ABOUT_CHANGES = {"changes.guidance": "guidance", "changes.pilot": "pilot", "agreements.agreement": "agreement"}
ABOUT_AIMS = {"aims.aim": "aim", "aims.proposal": "measure"}
KNOT: dict[Month, Any] = {Month.HELD: "held", Month.MISSED: "missed", Month.COMING: "coming"}
TONES: dict[str, Any] = {"RUNNING": "move", "AGENDA_PUBLISHED": "move", "HELD": "wait", "MINUTES_DRAFT": "wait", "MINUTES_APPROVED": "done"}
PROGRESS_TONES: dict[str, Any] = {"BLOCKED": "wait", "IN_PROGRESS": "move", "ACCEPTED": "move", "DONE": "move", "VERIFIED": "done"}


def when(instant: datetime) -> str:
    """A moment as one says it."""
    return date_format(instant.astimezone(clock.zone()), "l, F j, Y, g:i A")


def on_day(day: date) -> str:
    """A day as one says it."""
    return date_format(day, "F j, Y")


def minutes_words(count: int) -> str:
    """How long something takes."""
    return ngettext("%(n)s minute", "%(n)s minutes", count) % {"n": count}


def quarter_words(quarter: date) -> str:
    """A quarter, short."""
    return _("%(year)s, quarter %(n)s") % {"year": quarter.year, "n": (quarter.month - 1) // 3 + 1}


def state_of(meeting: Meeting) -> Status:
    """How a meeting stands."""
    return Status(words=str(STATES[meeting.state]), tone=TONES.get(meeting.state, ""))


def overview(found: Calendar, *, coming: list[Meeting], mine: Mine, today: date) -> dict[str, Any]:
    """The page of all meetings."""
    row = found.rooms.standing.collaborative
    return {
        "rooms": found.rooms, "row": row, "years": [year_of(year, rooms=found.rooms) for year in found.years],
        "coming": [line_of(meeting, body=True) for meeting in coming], "mine": mine_lines(mine, today=today), "runs": found.rooms.standing.runs,
        "visits": found.rooms.standing.runs or bool(found.rooms.standing.officer_of),
    }  # fmt: skip


def year_of(year: BodyYear, *, rooms: Rooms) -> dict[str, Any]:
    """A body's year: its picture, the same in words, and what gives a notice."""
    body = year.body
    args = [body.collaborative_id, body.pk]
    held = sum(what is Month.HELD for _month, what in year.months)
    ended = sum(what is not Month.COMING for _month, what in year.months)
    return {
        "name": body.name, "url": reverse("commons:body_meetings", args=args), "leads": rooms.standing.leads(body.pk),
        "series_url": reverse("commons:series", args=args), "rhythm": rhythm_of(year.series) if year.series else "",
        "strip": strip_of(year.months) if year.months else None, "next": line_of(year.next) if year.next else None,
        "held": _("%(held)s of %(all)s held in the last year.") % {"held": held, "all": ended} if ended else "",
        "missed": _missed(year.missed), "notices": list(_notices(year)),
    }  # fmt: skip


def strip_of(months: Iterable[tuple[date, Month]]) -> MonthStrip:
    """The months as a picture."""
    return MonthStrip(months=tuple(MonthKnot(label=date_format(month, "M"), state=KNOT[what]) for month, what in months))


def rhythm_of(series: Series) -> str:
    """When a body meets."""
    hour = date_format(datetime.combine(date(2000, 1, 1), series.hour), "g:i A")
    day = _("%(week)s %(day)s") % {"week": WEEKS[series.week], "day": WEEKDAYS[series.weekday]}
    return f"{EVERY[series.every_months]}: {day}, {hour}, " + minutes_words(series.minutes)


def line_of(meeting: Meeting, *, body: bool = False) -> dict[str, Any]:
    """A meeting in a list."""
    local = meeting.starts_at.astimezone(clock.zone())
    parts = [str(MODES[meeting.mode])]
    parts += [_("%(name)s leads") % {"name": meeting.leader.name}] if meeting.leader else [_("nobody leads yet")]
    due = meeting.starts_at - timedelta(days=current_pack().meetings.agenda_days)
    out = "" if meeting.state != "SCHEDULED" else _("Agenda goes out %(day)s") % {"day": date_format(due.astimezone(clock.zone()), "F j")}
    return {
        "url": reverse("commons:meeting", args=[meeting.collaborative_id, meeting.pk]), "day": local, "name": meeting.body.name if body else "",
        "words": ", ".join(parts), "status": state_of(meeting), "out": out, "reason": meeting.reason if meeting.state == "CANCELLED" else "",
        "when": when(meeting.starts_at),
    }  # fmt: skip


def turns_of(series: Series, *, rooms: Rooms) -> list[str]:
    """Who leads in turn, in order."""
    names = {seat.pk: seat.name for seat in rooms.seats}
    return [names[pk] for pk in series.rotation if pk in names]


def place_facts(meeting: Meeting) -> list[Fact]:
    """How long, how and where."""
    return [
        Fact(label=_("How long"), value=ngettext("%(n)s minute", "%(n)s minutes", meeting.minutes) % {"n": meeting.minutes}),
        Fact(label=_("How"), value=str(MODES[meeting.mode]), note=meeting.place),
        Fact(label=_("Who leads"), value=meeting.leader.name if meeting.leader else _("Nobody yet")),
    ]


def about_url(row: AgendaItem | Decision) -> str:
    """Where what a point or a decision is about can be read; "" where it is about nothing with a page."""
    names = {"barriers.barrier": "barrier", "meetings.meeting": "meeting", "meetings.action": "promise"} | ABOUT_CHANGES | ABOUT_AIMS
    name = names.get(row.about_kind)
    return reverse(f"commons:{name}", args=[row.collaborative_id, row.about_id]) if name and row.about_id else ""


def one(found: Sitting, *, today: date) -> dict[str, Any]:
    """The page of one meeting."""
    row = found.meeting
    facts = place_facts(row)
    if found.needed:
        facts.append(Fact(label=_("Quorum"), value=quorum_words(found)))
    args = [row.collaborative_id, row.pk]
    return {
        "row": found.standing.collaborative, "meeting": row, "sitting": found, "title": row.body.name, "status": state_of(row),
        "when": when(row.starts_at), "facts": Facts(items=tuple(facts)), "agenda_due": when(found.agenda_due), "minutes_due": when(found.minutes_due),
        "body_url": reverse("commons:body_meetings", args=[row.collaborative_id, row.body_id]),
        "items": [{"row": item, "block": BLOCKS.get(item.block, "") if item.kind != "BLOCK" else "", "url": about_url(item)} for item in found.items],
        "all_minutes": sum(item.minutes for item in found.items), "people": people_of(found), "decisions": found.decisions,
        "promises": [promise_line(Promised(row=one, told=()), today=today) for one in found.promises],
        "blank": sum(not item.for_families for item in found.items), "step_url": reverse("commons:meeting_step", args=args),
    }  # fmt: skip


def quorum_words(found: Sitting) -> str:
    """The quorum, as met or not."""
    if found.meeting.began_at is None:
        return ngettext("%(n)s member must be there", "%(n)s members must be there", found.needed) % {"n": found.needed}
    told = {"there": found.present, "needed": found.needed}
    return _("Met: %(there)s there, %(needed)s needed") % told if found.quorum else _("Not met: %(there)s there, %(needed)s needed") % told


def people_of(found: Sitting) -> list[dict[str, Any]]:
    """Who was there and how, those who came first."""
    rows = [
        {"name": seat.name, "partner": seat.partner.name, "how": PRESENCES[found.there[seat.pk]], "there": found.there[seat.pk] != "ABSENT"}
        for seat in found.seats
        if seat.pk in found.there
    ]
    return sorted(rows, key=lambda person: not person["there"])


def promise_line(promised: Promised, *, today: date) -> dict[str, Any]:
    """A promise in a list, with who has heard that it is late."""
    row: ActionItem = promised.row
    late = (today - row.due_on).days
    heard = get_text_list([str(TOLD[who]) for who in promised.told], _("and"))
    words = ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late} if promised.told else ""
    return {
        "what": row.what, "url": reverse("commons:promise", args=[row.collaborative_id, row.pk]), "who": row.owner.name, "due": on_day(row.due_on),
        "status": Status(words=words, tone="late") if words else Status(words=str(PROGRESS[row.state]), tone=PROGRESS_TONES.get(row.state, "")),
        "heard": _("Told: %(who)s") % {"who": heard} if promised.told else "", "body": row.body.name, "state": PROGRESS[row.state] if words else "",
        "families": row.for_families,
    }  # fmt: skip


def mine_lines(mine: Mine, *, today: date) -> list[dict[str, Any]]:
    """What the reader owes, what came to her, and what she has to see, as parts with a heading."""
    parts = ((_("You promised"), mine.owed), (_("Late, and told to you"), mine.late_below), (_("Done: see whether it is"), mine.to_verify))
    return [{"head": head, "lines": [promise_line(row, today=today) for row in rows]} for head, rows in parts if rows]


def _missed(months: tuple[date, ...]) -> str:
    names = [date_format(month, "F Y") for month in months]
    return _("No meeting was held in %(months)s.") % {"months": get_text_list(names, _("and"))} if names else ""


def _notices(year: BodyYear) -> Iterable[str]:
    if year.ungoverned:
        told = {"n": year.without_governance}
        yield ngettext(
            "The last meeting talked about none of the four duties: policy, barriers, sustainability, outcomes.",
            "%(n)s meetings in a row talked about none of the four duties: policy, barriers, sustainability, outcomes.", year.without_governance,
        ) % told  # fmt: skip
    if year.minimum_missing:
        words = {one.code: one.label(get_language() or "en") for one in current_pack().meetings.work_group_minimum}
        yield _("This work group does not have its minimum. Missing: %(parts)s.") % {
            "parts": get_text_list([words[code] for code in year.minimum_missing], _("and"))
        }
