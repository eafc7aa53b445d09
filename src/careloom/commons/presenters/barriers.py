"""The register of barriers in words: lines, where they stand as a picture, the queue of oversight, and what goes up and comes down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from careloom.barriers.models import Barrier, Posting, Step
from careloom.barriers.queries import Asks, Chip, Register
from careloom.barriers.words import DECISIONS, KINDS, POSTED, SOURCES, STATES, title_of
from careloom.commons.presenters.changes_parts import Line as PartLine
from careloom.commons.presenters.changes_parts import Section
from careloom.infra.ui.components import LaneCount, Lanes, Status
from careloom.kernel.partnership.barrier import OVER, Source
from careloom.kernel.suppression import Cell
from careloom.partnership.words import TIERS

PLACES = {
    "TRIAGE": later("Waits for triage"), "WORK_GROUP": later("Work groups and teams"), "CORE": later("Core team"), "OVERSIGHT": later("Oversight"),
    "TOLD": later("With who raised it"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Line:
    """One barrier in a list."""

    title: str
    url: str
    where: str
    facts: str
    families: str
    status: Status
    late: Status | None
    note: str = ""


def raised_words(row: Barrier) -> str:
    """When it was raised: a day, or only the month where it came from families."""
    return date_format(row.raised_on, "F Y" if row.source == Source.FAMILIES else "F j, Y")


def families_words(cell: Cell | None) -> str:
    """How many families, rounded; a star stands for fewer than eleven."""
    if cell is None or cell.value == 0:
        return ""
    return _("Fewer than 11 families") if cell.value is None else _("About %(n)s families") % {"n": cell.value}


def lines_of(rows: tuple[Barrier, ...], *, families: dict[Any, Cell], today: date) -> list[Line]:
    """Barriers as a list shows them."""
    return [line_of(row, families=families.get(row.pk), today=today) for row in rows]


def line_of(row: Barrier, *, families: Cell | None, today: date) -> Line:
    """One of them."""
    where = [row.body.name if row.body else _("Triage"), row.owner.name if row.owner else ""]
    facts = [str(KINDS[row.kind]), str(SOURCES[row.source]), row.county, raised_words(row)]
    return Line(
        title=title_of(row), url=reverse("commons:barrier", args=[row.collaborative_id, row.pk]), where=", ".join(part for part in where if part),
        facts=". ".join(part for part in facts if part), families=families_words(families), status=state_of(row), late=late_of(row, today=today),
    )  # fmt: skip


def state_of(row: Barrier) -> Status:
    """Where it stands."""
    tone: Any = "done" if row.state == "CLOSED" else "wait" if row.state in {"LOGGED", "QUEUED", "REFERRED", "TOLD"} else "move"
    return Status(words=str(STATES[row.state]), tone="" if row.state in {"DUPLICATE", "NOT_A_BARRIER"} else tone)


def late_of(row: Barrier, *, today: date) -> Status | None:
    """How many days its clock is over; None where it is on time or done."""
    if row.state in OVER or row.due_on is None or row.due_on >= today:
        return None
    days = (today - row.due_on).days
    return Status(words=ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}, tone="late", icon="update")


def register_context(found: Register, *, asks: Asks, today: date) -> dict[str, Any]:
    """The page of the register."""
    pk = found.standing.collaborative.pk
    lede = [ngettext("%(n)s is open.", "%(n)s are open.", found.open_count) % {"n": found.open_count} if found.open_count else _("None is open.")]
    lede += [ngettext("%(n)s is late.", "%(n)s are late.", found.late_count) % {"n": found.late_count}] if found.late_count else []
    silent = ""
    if found.silent_count:
        days = (today - found.silent_before).days
        silent = ngettext(
            "%(n)s has no answer after %(days)s days.", "%(n)s have no answer after %(days)s days.", found.silent_count
        ) % {"n": found.silent_count, "days": days}  # fmt: skip
    return {
        "row": found.standing.collaborative, "lede": " ".join(lede), "silent": silent, "found": found.some, "asks": asks,
        "lines": lines_of(found.rows, families=found.families, today=today), "lanes": lanes_of(found.stands),
        "for_me": [{"title": title_of(row), "url": reverse("commons:barrier", args=[pk, row.pk])} for row in found.for_me],
        "oversees": found.standing.runs or bool(found.standing.officer_of),
    }  # fmt: skip


def lanes_of(stands: dict[str, Chip]) -> Lanes | None:
    """Where the open ones stand; nothing where none is open."""
    if not any(chip.count for chip in stands.values()):
        return None
    lanes = tuple(LaneCount(label=str(words), count=stands[key].count, late=stands[key].late) for key, words in PLACES.items())
    return Lanes(title=_("Where they stand, as a table"), lanes=lanes, headings=(_("Where"), _("Open"), _("Late")), late_word=_("late"))


def decided_lines(steps: tuple[Step, ...]) -> list[dict[str, Any]]:
    """The newest decisions, each with where it went back to."""
    return [
        {
            "title": title_of(step.barrier), "url": reverse("commons:barrier", args=[step.collaborative_id, step.barrier_id]),
            "words": step.words, "decision": DECISIONS.get(step.decision, ""), "on": date_format(step.on, "F j, Y"),
            "due": date_format(step.due_on, "F j, Y") if step.due_on and step.decision != "DECLINE" else "",
            "to": step.barrier.body.name if step.barrier.body else "",
        }
        for step in steps
    ]  # fmt: skip


def up_lines(rows: tuple[Any, ...], *, silent_before: date) -> list[dict[str, Any]]:
    """What went up: with its answer, or how long it has waited for one."""
    found = []
    for row in rows:
        waits = row.answered_on is None and row.state not in OVER
        silent = waits and row.raised_on < silent_before
        found.append(
            {
                "title": title_of(row), "url": reverse("commons:barrier", args=[row.collaborative_id, row.pk]), "kind": KINDS[row.kind],
                "who": row.partner.name if row.partner else SOURCES[row.source], "when": raised_words(row), "state": state_of(row),
                "silent": Status(words=_("No answer for too long"), tone="late", icon="update") if silent else None,
                "answered": _("Answered %(day)s") % {"day": date_format(row.answered_on, "F j, Y")} if row.answered_on else _("No answer yet"),
            }
        )  # fmt: skip
    return found


def down_lines(rows: tuple[Any, ...]) -> list[dict[str, Any]]:
    """What was posted down."""
    posted: tuple[Posting, ...] = rows
    return [
        {
            "title": row.title, "words": row.words, "kind": POSTED[row.kind], "on": date_format(row.on, "F j, Y"),
            "route": _("%(one)s to %(other)s") % {"one": row.body.name, "other": row.to.name if row.to else _("all teams below")},
            "about": title_of(row.barrier) if row.barrier else "",
            "about_url": reverse("commons:barrier", args=[row.collaborative_id, row.barrier_id]) if row.barrier_id else "",
        }
        for row in posted
    ]  # fmt: skip


FILTERS = (("tier", later("Tier"), TIERS), ("state", later("Where it stands"), STATES), ("kind", later("What it is"), KINDS))


def filters_of(asks: Asks, *, counties: tuple[str, ...]) -> list[dict[str, Any]]:
    """The lists by which the register is narrowed."""
    found: list[dict[str, Any]] = [
        {"name": name, "label": label, "options": [(code, text, getattr(asks, name) == code) for code, text in words.items()]}
        for name, label, words in FILTERS
    ]
    found.insert(2, {"name": "county", "label": _("County"), "options": [(county, county, asks.county == county) for county in counties]})
    return found


def answers_section(row: Barrier | None) -> list[Section]:
    """The barrier that a guidance or a pilot answers, as a part of its page; nothing where it answers none."""
    if row is None:
        return []
    state = state_of(row)
    line = PartLine(
        head=title_of(row), url=reverse("commons:barrier", args=[row.collaborative_id, row.pk]), status=state.words, tone=state.tone,
        quiet=_("Who raised it reads what becomes of it."),
    )  # fmt: skip
    return [Section(id="answers", head=_("It answers this barrier"), lines=(line,))]


def beside_first(sections: list[Section], more: list[Section]) -> list[Section]:
    """The parts of a page with `more` after the first one."""
    return [*sections[:1], *more, *sections[1:]]
