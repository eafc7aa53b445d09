"""What the rooms beside the agreements show about a year: evidence for the questions of a self-audit, sections of the annual report, clauses.

Each part asks its own app; none of them knows the others. Where families stand behind a number it comes through `outcomes`, by months that are over
and with small counts hidden; nothing here is counted anew. Source: R-183, R-184; agreements.md 5.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.agreements.queries import Whole
from careloom.barriers.queries import year_of
from careloom.changes.queries import guidance_list
from careloom.commons.presenters.inventory import need_words
from careloom.infra.access import Viewer
from careloom.infra.packs import current_pack
from careloom.inventory.actions.strategies import OVER
from careloom.inventory.queries import Gaps, gaps
from careloom.inventory.words import PROGRESS, SHAPES
from careloom.kernel.clocks import local_day
from careloom.kernel.partnership import Month
from careloom.kernel.suppression import Cell
from careloom.meetings.queries import attendance_over, calendar_of
from careloom.outcomes.needs import Needs, families_served, needs_by_county
from careloom.outcomes.presenters.drafted import year_lines
from careloom.partnership.queries import Rooms
from careloom.partnership.words import SECTORS
from careloom.surveys.queries import overview
from careloom.surveys.words import INSTRUMENTS as SURVEYS

MOST = 8


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What is known about one year of a collaborative with a working agreement, in sentences. Each is read when it is asked for, once."""

    rooms: Rooms
    whole: Whole
    viewer: Viewer
    year: int
    at: datetime

    @property
    def pk(self) -> UUID:
        """The collaborative."""
        return self.rooms.standing.collaborative.pk

    @property
    def today(self) -> date:
        """The day where the pack counts."""
        return local_day(at=self.at, zone=current_pack().manifest.zone)

    def question(self, code: str) -> str:
        """What is known about a question of the self-audit; "" where nothing is."""
        known = {
            "workgroup": lambda: self.months, "attendance": lambda: self.attendance, "inventory": lambda: self.inventory,
            "gaps": lambda: self.strategies, "barriers": lambda: _joined(self.barriers, self.guidance), "relevance": lambda: self.surveys,
        }  # fmt: skip
        return known[code]() if code in known else ""

    def sections(self) -> dict[str, str]:
        """What data say in each section of the annual report."""
        return {
            "workgroup": _joined(self.months, self.attendance), "barriers": "\n".join(filter(None, [self.barriers, self.decided, self.guidance])),
            "inventory": "\n".join(filter(None, [self.inventory, self.unmet, self.strategies])), "clients": self.clients, "next": self.coming,
        }  # fmt: skip

    @cached_property
    def bodies(self) -> list[Any]:
        """The workgroup of the agreement."""
        clause = self.whole.written.clauses.get("workgroup")
        return [body for body in self.rooms.bodies if clause is not None and str(body.pk) in clause.codes]

    @cached_property
    def months(self) -> str:
        """In which months the workgroup met, and which were missed."""
        years, said = calendar_of(viewer=self.viewer, collaborative_id=self.pk, at=self.at).by_body, []
        for body in self.bodies:
            found = [(month, what) for month, what in years[body.pk].months if month.year == self.year and what is not Month.COMING]
            held = sum(what is Month.HELD for _month, what in found)
            missed = [date_format(month, "F") for month, what in found if what is Month.MISSED]
            if not found:
                said.append(_("%(name)s has no series of meetings in %(year)s.") % {"name": body.name, "year": self.year})
                continue
            words = _("%(name)s met in %(held)s of %(all)s months of %(year)s that are over.")
            said.append(words % {"name": body.name, "held": held, "all": len(found), "year": self.year})
            said += [_("No meeting in: %(months)s.") % {"months": ", ".join(missed)}] if missed else []
        return " ".join(said)

    @cached_property
    def attendance(self) -> str:
        """How many seats of the workgroup were taken, and which kinds of member never came."""
        said = []
        for body in self.bodies:
            quarters = attendance_over(viewer=self.viewer, collaborative_id=self.pk, at=self.at, body_id=body.pk)
            found = [one for one in quarters if one.quarter.year == self.year]
            meetings, there, every = (
                sum(part) for part in ([sum(one.meetings.values()) for one in found], [one.there for one in found], [one.all for one in found])
            )
            if not every:
                continue
            words = ngettext(
                "At one meeting %(there)s of %(all)s seats were taken.", "At %(n)s meetings %(there)s of %(all)s seats were taken.", meetings
            )
            said.append(words % {"n": meetings, "there": there, "all": every})
            came = {sector for one in found for sector, count in one.sectors.items() if count["THERE"]}
            absent = sorted({str(SECTORS[sector]) for one in found for sector in one.sectors if sector not in came and sector in SECTORS})
            said += [_("Nobody came from: %(kinds)s.") % {"kinds": ", ".join(absent)}] if absent else []
        return " ".join(said)

    @cached_property
    def _barriers(self) -> Any:
        return year_of(viewer=self.viewer, collaborative_id=self.pk, year=self.year, today=self.today)

    @cached_property
    def barriers(self) -> str:
        """How many barriers were raised and answered, how fast, and how many are open and late."""
        found = self._barriers
        if not (found.raised or found.answered or found.open):
            return _("No barrier was raised in %(year)s, and none is open.") % {"year": self.year}
        words = _("Barriers raised in %(year)s: %(raised)s. Answered: %(answered)s. Open now: %(open)s, late: %(late)s.")
        said = words % {"raised": found.raised, "year": self.year, "answered": found.answered, "open": found.open, "late": found.late}
        if found.median_days is not None:
            days = ngettext("Half of the answers came within one day.", "Half of the answers came within %(n)s days.", found.median_days)
            said = _joined(said, days % {"n": found.median_days})
        return said

    @cached_property
    def decided(self) -> str:
        """What became of barriers, one a line."""
        return "\n".join(_joined(f"{row.title}:", row.outcome_words or row.plain or _("answered")) for row in self._barriers.decided)

    @cached_property
    def guidance(self) -> str:
        """What is in force as guidance, how it was received, and what was issued in the year."""
        rows = [one for one in guidance_list(viewer=self.viewer, collaborative_id=self.pk) if one.in_force is not None]
        if not rows:
            return _("No guidance is in force.")
        asked, heard, late = (sum(part) for part in ([one.asked for one in rows], [one.acknowledged for one in rows], [one.late for one in rows]))
        words = ngettext(
            "One guidance is in force. %(heard)s of %(asked)s who got it acknowledged it, %(late)s are late.",
            "%(n)s guidances are in force. %(heard)s of %(asked)s who got them acknowledged them, %(late)s are late.", len(rows),
        )  # fmt: skip
        issued = [one.guidance.title for one in rows if one.in_force and one.in_force.issued_on and one.in_force.issued_on.year == self.year]
        return _joined(
            words % {"n": len(rows), "heard": heard, "asked": asked, "late": late},
            _("Issued in %(year)s: %(titles)s.") % {"year": self.year, "titles": "; ".join(issued[:MOST])} if issued else "",
        )

    @cached_property
    def surveys(self) -> str:
        """Which surveys of partners were closed in the year."""
        rounds = overview(viewer=self.viewer, collaborative_id=self.pk, today=self.today).rounds
        closed = [f"{SURVEYS.get(row.kind, row.title)} ({date_format(row.closed_on, 'F j')})" for row in rounds if _in(row.closed_on, self.year)]
        return _("Surveys of partners that were closed: %(names)s.") % {"names": ", ".join(closed[:MOST])} if closed else ""

    @cached_property
    def needs(self) -> Needs:
        """Needs of families as they may be shown."""
        pack = current_pack()
        return needs_by_county(viewer=self.viewer, collaborative_id=self.pk, at=self.at, zone=pack.manifest.zone, settings=pack.suppression)

    @cached_property
    def _gaps(self) -> Gaps:
        return gaps(viewer=self.viewer, collaborative_id=self.pk, needs=self.needs.facts)

    @cached_property
    def inventory(self) -> str:
        """How many services the inventory holds, and how new it is."""
        lines = self._gaps.array.lines
        if not lines:
            return _("The inventory holds no service yet.")
        days = [line.said_on for line in lines if line.said_on]
        old = sum(day < self.today - timedelta(days=365) for day in days)
        places = ", ".join(self._gaps.array.places)
        words = ngettext("The inventory holds one service in %(places)s.", "The inventory holds %(n)s services in %(places)s.", len(lines))
        told = _("What is known of their room was last told on %(day)s.") % {"day": date_format(max(days), "F j, Y")} if days else ""
        late = ngettext("Of one nobody told anything for a year.", "Of %(n)s nobody told anything for a year.", old) % {"n": old} if old else ""
        return _joined(words % {"n": len(lines), "places": places}, told, late)

    @cached_property
    def unmet(self) -> str:
        """Needs of plans that no service answers, the heaviest first."""
        found = list(dict.fromkeys(f"{need_words(gap.need.code)}, {gap.need.place} ({SHAPES[gap.shape]})" for gap in self._gaps.open))
        return _("Gaps: %(needs)s.") % {"needs": "; ".join(found[:MOST])} if found else ""

    @cached_property
    def strategies(self) -> str:
        """What is done about gaps."""
        rows = self._gaps.answers
        if not rows:
            return _("No change answers a gap now.")
        late = sum(row.due_on < self.today for row in rows)
        words = ngettext("One change answers a gap now, %(late)s late.", "%(n)s changes answer gaps now, %(late)s of them late.", len(rows))
        named = "; ".join(f"{row.what} ({PROGRESS[row.progress]})" for row in rows[:MOST])
        return _joined(words % {"n": len(rows), "late": late}, named + ".")

    @cached_property
    def clients(self) -> str:
        """Families with a plan, and what they needed most: months that are over, and never a small count."""
        pack = current_pack()
        month = (self.today.replace(day=1) - timedelta(days=1)).replace(day=1)
        served = families_served(viewer=self.viewer, collaborative_id=self.pk, month=month, zone=pack.manifest.zone, settings=pack.suppression)
        said = [_("Families with a plan of safe care in %(month)s: %(n)s.") % {"month": date_format(month, "F Y"), "n": _count(served)}]
        months = self.needs.months
        shown = sorted(((cell.value, code) for code, cell in self.needs.totals.items() if cell.value), reverse=True)
        if shown:
            most = "; ".join(f"{need_words(code)}: {value}" for value, code in shown[:MOST])
            span = {"since": date_format(months.first, "F Y"), "until": date_format(months.until - timedelta(days=1), "F Y"), "needs": most}
            said.append(_("What families needed most from %(since)s to %(until)s, by families: %(needs)s.") % span)
        said += year_lines(viewer=self.viewer, year=self.year)
        said.append(_("A count under %(n)s is not shown.") % {"n": pack.suppression.threshold})
        return "\n".join(said)

    @cached_property
    def coming(self) -> str:
        """What is planned: changes that are not over, what the self-audits left to do, and the next review."""
        plans = [f"{row.what}, {row.owner}, {date_format(row.due_on, 'F Y')}" for row in self._gaps.answers if row.progress not in OVER][:MOST]
        tasks = [
            f"{one.action}, {one.owner}, {date_format(one.due_on, 'F Y')}"
            for answers in self.whole.answers.values() for one in answers.values() if one.action and one.done_on is None and one.due_on
        ]  # fmt: skip
        review = self.whole.row.review_on
        again = [_("The agreement is looked at again by %(day)s.") % {"day": date_format(review, "F j, Y")}] if review else []
        return "\n".join([*plans, *tasks, *again])

    def clause(self, code: str) -> str:
        """What data say in a clause that nobody has written yet; "" where they say nothing."""
        known = {"inventory_results": lambda: self.inventory, "needs_results": lambda: self.clients, "gaps": lambda: self.unmet}
        return known[code]() if code in known else ""


def _joined(*texts: str) -> str:
    return " ".join(filter(None, texts))


def _count(cell: Cell) -> str:
    return str(cell.value) if cell.value is not None else _("too few to show")


def _in(day: date | None, year: int) -> bool:
    return day is not None and day.year == year
