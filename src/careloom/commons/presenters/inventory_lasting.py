"""What lasts in words: the three R's in one view, money by its end, changes with their keepers, scope and scale as a picture with its table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.infra.ui.components import Growth, GrowthStep, Status
from careloom.inventory.models import Fund, Keep, Lesson, Promising, Reach, Sustain
from careloom.inventory.queries import Gaps, Lasting
from careloom.inventory.words import AFTERS, HERE, KINDS, LESSONS, PAYERS, PROMISING, STAYS
from careloom.kernel.partnership.array import Progress
from careloom.kernel.partnership.lasting import PLANNING_DAYS, After, Kind, Strategy, ends_soon, needed_a_quarter, reach
from careloom.partnership.queries import Rooms

STAY_TONES: dict[str, Any] = {"UNDECIDED": "wait", "KEEP": "done", "ALTER": "move", "LET_GO": ""}
HERE_TONES: dict[str, Any] = {"YES": "done", "PARTLY": "move", "NO": "wait"}


def three(rooms: Rooms, found: Lasting, *, gaps: Gaps, months: Sequence[Reach], today: date) -> dict[str, Any]:
    """The sustainability plan: what was written, and what the rooms show of relationships, resources and results (R-066)."""
    plan, pk = found.plan, rooms.standing.collaborative.pk
    written = {
        Kind.RELATIONSHIPS: plan.relationships if plan else "", Kind.RESOURCES: plan.resources if plan else "",
        Kind.RESULTS: plan.results if plan else "",
    }  # fmt: skip
    facts = {
        Kind.RELATIONSHIPS: _relationships(rooms), Kind.RESOURCES: _resources(rooms, found, today=today),
        Kind.RESULTS: _results(gaps, months),
    }  # fmt: skip
    return {
        "parts": [
            {"name": KINDS[kind], "code": kind.value.lower(), "written": written[kind], "facts": facts[kind],
             "keeps": [keep_line(row, may=found.may_write, today=today) for row in found.of(kind)]}
            for kind in Kind
        ],
        "plan": plan, "opened": _opened(found, today=today), "may_write": found.may_write,
        "review_late": bool(plan and plan.review_on < today),
        "funds": [fund_line(row, may=found.may_write, today=today) for row in found.funds],
        "ending": [f"{row.name}, {date_format(row.until, 'F j, Y')}" for row in found.ending(today) if row.until],
        "keep_new": reverse("commons:inventory_keep_new", args=[pk]),
    }  # fmt: skip


def fund_line(row: Fund, *, may: bool, today: date) -> dict[str, Any]:
    """Money in the list, with whether its end needs an answer."""
    soon = ends_soon(until=row.until, today=today) and row.after not in (After.SECURED, After.NOT_NEEDED)
    over = row.until is not None and row.until < today
    return {
        "name": row.name, "payer": PAYERS[row.payer], "pays_for": row.pays_for,
        "holder": row.partner.name if row.partner else _("The collaborative"),
        "dollars": f"{row.dollars:,}" if row.dollars is not None else "-",
        "until": date_format(row.until, "F j, Y") if row.until else _("No end"), "soon": soon, "over": over,
        "after": AFTERS[row.after], "after_words": row.after_words,
        "url": reverse("commons:inventory_fund", args=[row.collaborative_id, row.pk]) if may else "",
    }  # fmt: skip


def keep_line(row: Keep, *, may: bool, today: date) -> dict[str, Any]:
    """A change with what becomes of it and who keeps it."""
    return {
        "name": row.name, "why": row.why, "status": Status(words=str(STAYS[row.stay]), tone=STAY_TONES[row.stay]),
        "keeper": ", ".join(part for part in (row.keeper, row.partner.name if row.partner else "") if part), "written_at": row.written_at,
        "look": date_format(row.look_on, "F j, Y") if row.look_on else "", "late": bool(row.look_on and row.look_on < today),
        "url": reverse("commons:inventory_keep", args=[row.collaborative_id, row.pk]) if may else "",
    }  # fmt: skip


def lesson_line(row: Lesson) -> dict[str, Any]:
    """Something that is known."""
    return {"kind": LESSONS[row.kind], "name": row.name, "words": row.words, "on": date_format(row.on, "F j, Y"), "keeper": row.keeper}


def kinds(chosen: str) -> list[dict[str, Any]]:
    """The kinds of what is known, to narrow by."""
    return [{"code": code, "words": words, "chosen": code == chosen} for code, words in LESSONS.items()]


def seven(found: dict[Strategy, Promising | None], *, may: bool, pk: UUID) -> list[dict[str, Any]]:
    """The seven strategies, each with how far it is in place (R-132)."""
    lines = []
    for code, row in found.items():
        status = Status(words=str(HERE[row.here]), tone=HERE_TONES[row.here]) if row else Status(words=_("Nobody looked yet"))
        lines.append(
            {
                "name": PROMISING[code], "status": status, "evidence": row.evidence if row else "",
                "since": date_format(row.since, "F Y") if row and row.since else "", "looked": date_format(row.looked_on, "F j, Y") if row else "",
                "url": reverse("commons:inventory_promising_edit", args=[pk, code.value.lower()]) if may else "",
            }
        )  # fmt: skip
    return lines


def growth(months: Sequence[Reach]) -> dict[str, Any]:
    """Scope and scale over months: the picture, and the same numbers as lines (R-056, R-065)."""
    steps = tuple(
        GrowthStep(label=date_format(row.month, "M y"), breadth=row.kinds, people=row.families, hidden=_("few") if row.few else "") for row in months
    )
    lines = [
        {
            "month": date_format(row.month, "F Y"), "kinds": row.kinds, "services": row.services, "families": row.families, "few": row.few,
            "eligible": row.eligible, "reach": reach(families=row.families, few=row.few, eligible=row.eligible).value, "source": row.source,
        }
        for row in reversed(months)
    ]  # fmt: skip
    return {"growth": Growth(steps=steps) if len(steps) > 1 else None, "lines": lines, "newest": lines[0] if lines else None}


def pace(months: Sequence[Reach], plan: Sustain | None, *, today: date) -> str:
    """What it takes to get from the newest share to the goal in time; "" where there is no goal, or no share to begin from (R-065)."""
    if plan is None or plan.reach_goal is None or plan.reach_by is None:
        return ""
    shares = (reach(families=row.families, few=row.few, eligible=row.eligible).value for row in reversed(months))
    share = next((one for one in shares if one is not None), None)
    if share is None:
        return _("Nobody can say yet how far it is: no month has a share.")
    if share >= plan.reach_goal:
        return _("The goal is reached.")
    needed = needed_a_quarter(share=share, goal=plan.reach_goal, today=today, by=plan.reach_by)
    if needed is None:
        return _("The day is over, and %(n)s of 100 are missing.") % {"n": f"{plan.reach_goal - share:g}"}
    return _("To get there in time it takes %(n)s of 100 more each quarter.") % {"n": f"{needed:g}"}


def _relationships(rooms: Rooms) -> list[str]:
    families = sum(bool(row.lived) for row in rooms.seats)
    told = [
        ngettext("%(n)s partner", "%(n)s partners", len(rooms.partners)) % {"n": len(rooms.partners)},
        ngettext("%(n)s member", "%(n)s members", len(rooms.seats)) % {"n": len(rooms.seats)},
        ngettext("%(n)s of them with lived experience", "%(n)s of them with lived experience", families) % {"n": families},
    ]
    lacking = len(rooms.tiers_missing)
    return told + ([ngettext("%(n)s tier is missing", "%(n)s tiers are missing", lacking) % {"n": lacking}] if lacking else [])


def _resources(rooms: Rooms, found: Lasting, *, today: date) -> list[str]:
    year = sum(row.dollars or 0 for row in found.funds if row.until is None or row.until >= today)
    bring = sum(bool(row.brings) for row in rooms.partners)
    told = [_("%(n)s dollars a year") % {"n": f"{year:,}"}] if year else []
    told += [ngettext("%(n)s partner says what it brings", "%(n)s partners say what they bring", bring) % {"n": bring}]
    ending = len(found.ending(today))
    return told + ([ngettext("%(n)s source ends within a year", "%(n)s sources end within a year", ending) % {"n": ending}] if ending else [])


def _results(gaps: Gaps, months: Sequence[Reach]) -> list[str]:
    done = sum(row.progress == Progress.IN_PLACE for row in gaps.answers)
    told = [
        ngettext("%(n)s change in place", "%(n)s changes in place", done) % {"n": done},
        ngettext("%(n)s gap open", "%(n)s gaps open", len(gaps.open)) % {"n": len(gaps.open)},
    ]
    share = reach(families=months[-1].families, few=months[-1].few, eligible=months[-1].eligible).value if months else None
    return [*told, _("%(share)s of 100 intended families reached") % {"share": f"{share:g}"}] if share is not None else told


def _opened(found: Lasting, *, today: date) -> str:
    """Since when the plan is open, and whether it was written while the collaborative was planned (R-218)."""
    begun = found.standing.collaborative.starts_on
    if found.plan is None:
        days = (today - begun).days
        if days <= PLANNING_DAYS:
            return _("Open since the collaborative began on %(day)s. You are planning: write it now.") % {"day": date_format(begun, "F j, Y")}
        return _("Open since the collaborative began on %(day)s, and nobody wrote it yet.") % {"day": date_format(begun, "F j, Y")}
    day = date_format(found.plan.made_at, "F j, Y")
    if found.opened_in_time:
        return _("Written in the planning phase, on %(day)s.") % {"day": day}
    return _("Written on %(day)s, after the planning phase.") % {"day": day}
