"""The Treatment page in words: what stands at the top, the five parts, and a section for each sort that the reader sees something of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.infra.ui.components import Fact, Facts, Status
from careloom.treatment import medicines, words
from careloom.treatment.codes import MISSING, Component, Sort
from careloom.treatment.pages import TreatmentPage
from careloom.treatment.presenters.lines import EntryLine, line_of, named, source_of
from careloom.treatment.retention import Retained

ORDER = (
    Sort.PROGRESS, Sort.EPISODE, Sort.MEDICINE, Sort.ATTENDANCE, Sort.MEETING, Sort.SUPPORT, Sort.CHECK_IN, Sort.EDUCATION, Sort.GOAL_CHECK,
    Sort.DIAGNOSIS, Sort.TEST, Sort.RETURN,
)  # fmt: skip
#: What a worker writes down most, first. The rest follows in the order of the page.
WRITE_FIRST = (Sort.PROGRESS, Sort.ATTENDANCE, Sort.MEETING, Sort.CHECK_IN, Sort.RETURN, Sort.COMPONENTS)


@dataclass(frozen=True, kw_only=True)
class Section:
    """The newest entries of one sort, with where all of them stand."""

    anchor: str
    title: str
    note: str
    lines: tuple[EntryLine, ...]
    every_url: str


@dataclass(frozen=True, kw_only=True)
class FivePart:
    """One of the five parts and how it stands."""

    name: str
    status: Status


def shown(page: TreatmentPage) -> dict[str, Any]:
    """The context of the page."""
    return {
        "subject": page.subject, "facts": _facts(page), "parts": _parts(page), "parts_source": _parts_source(page), "lacking": _lacking(page),
        "parts_more": reverse("treatment:every", args=[page.subject.identity_id, Sort.COMPONENTS]) if page.newest(Sort.COMPONENTS) else "",
        "sections": [section for sort in ORDER if (section := _section(page, sort)) is not None], "adds": _adds(page), "goals": _goals(page),
        "births": [(day.isoformat(), date_format(day)) for day in page.births_to_follow] if Sort.CHECK_IN in page.writes else [],
        "waiting": page.waiting, "may_admit": page.own.is_part2_program and Sort.EPISODE in page.writes, "nav": "families",
    }  # fmt: skip


def _facts(page: TreatmentPage) -> Facts | None:
    found: list[Fact] = []
    episode, attendance, medicine = page.newest(Sort.EPISODE), page.newest(Sort.ATTENDANCE), page.newest(Sort.MEDICINE)
    if episode is not None and episode.get("elsewhere") is not None and episode.get("ends_on") is None:
        holder = page.agencies.get(episode.first.holder_id)
        found.append(Fact(label=_("Program"), value=episode.get("program") or named(holder, mine=True)))
    if page.retained is not None:
        found.append(Fact(label=_("In treatment since"), value=date_format(page.retained.since), note=_stayed(page.retained)))
    if episode is not None and episode.get("level") is not None:
        found.append(Fact(label=_("Level of care"), value=words.code(episode.get("level"), among=words.LEVELS)))
    if attendance is not None:
        found.append(Fact(label=_("Visits kept"), value=words.code(attendance.get("band"), among=words.BANDS)))
    if medicine is not None and medicine.get("ends_on") is None:
        found.append(Fact(label=_("Medicine"), value=words.code(medicine.get("code"), among=medicines.NAMES), note=medicine.get("dose")))
    return Facts(items=tuple(found[:5])) if found else None


def _stayed(kept: Retained) -> str:
    """How long she has stayed, which mark she reached, and the next one."""
    told = [_("%(days)s days.") % {"days": kept.days}]
    if kept.reached:
        told.append(_("Reached %(mark)s days.") % {"mark": kept.reached[-1]})
    if kept.next_on is not None:
        told.append(_("%(mark)s days on %(day)s.") % {"mark": kept.next_mark, "day": date_format(kept.next_on)})
    return " ".join(told)


def _parts(page: TreatmentPage) -> list[FivePart]:
    newest = page.newest(Sort.COMPONENTS)
    if newest is None:
        return []
    found = []
    for part in Component:
        label, tone, icon = words.STANDS[newest.get(part.value.lower())]
        found.append(FivePart(name=str(words.PARTS[part]), status=Status(words=str(label), tone=tone, icon=icon)))  # type: ignore[arg-type]
    return found


def _parts_source(page: TreatmentPage) -> str:
    newest = page.newest(Sort.COMPONENTS)
    if newest is None:
        return ""
    row = newest.first
    return source_of(newest, holder=page.agencies.get(row.holder_id), mine=row.holder_id == page.own.pk)


def _lacking(page: TreatmentPage) -> str:
    """The parts that nobody has seen to. One that she said no to is there: she was asked (R-146)."""
    newest = page.newest(Sort.COMPONENTS)
    missing = [str(words.PARTS[part]) for part in Component if newest is not None and newest.get(part.value.lower()) == MISSING]
    return _("Not seen to yet: %(parts)s.") % {"parts": "; ".join(missing)} if missing else ""


def _section(page: TreatmentPage, sort: Sort) -> Section | None:
    some = page.found[sort]
    if not some.rows:
        return None
    lines = tuple(
        line_of(entry, own=page.own, agencies=page.agencies, today=page.today, may_change=sort in page.writes)  # type: ignore[arg-type]
        for entry in some.rows
    )
    return Section(
        anchor=sort.value.lower(), title=words.code(sort, among=words.SORTS), lines=lines,
        note=str(words.LEDES[sort]) if sort in {Sort.TEST, Sort.RETURN, Sort.CHECK_IN} else "",
        every_url=reverse("treatment:every", args=[page.subject.identity_id, sort]),
    )  # fmt: skip


def _adds(page: TreatmentPage) -> list[tuple[str, str]]:
    """Words and address of what this worker may write down; a goal is checked from the goal itself."""
    order = [*WRITE_FIRST, *(sort for sort in Sort if sort not in WRITE_FIRST)]
    return [
        (words.code(sort, among=words.ADDS), reverse("treatment:new", args=[page.subject.identity_id, sort]))
        for sort in order if sort in page.writes and sort is not Sort.GOAL_CHECK
    ]  # fmt: skip


def _goals(page: TreatmentPage) -> list[dict[str, Any]]:
    """Open goals with what the provider said of each, for who may say it."""
    found = []
    for goal in page.goals:
        check = page.checks.get(goal.record.pk)
        label, tone, icon = words.ANSWERS[check.answer] if check else (_("Not checked yet"), "wait", "")
        found.append({
            "words": goal.words, "kind": words.code(goal.kind, among=words.GOAL_KINDS), "measured": goal.measured_by,
            "by": date_format(goal.target_on) if goal.target_on else "",
            "status": Status(words=str(label), tone=tone, icon=icon),  # type: ignore[arg-type]
            "url": reverse("treatment:check_goal", args=[page.subject.identity_id, goal.record.pk]),
        })  # fmt: skip
    return found
