"""The two purposes of a program with their figures, and data points: what is due, what went, in time or late (R-194, R-201)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.aims.models import Purpose
from careloom.aims.queries import Goal, Reported
from careloom.aims.words import EVERIES, PURPOSES, STANDS
from careloom.commons.indicators import indicator_words
from careloom.commons.presenters.aims import in_unit, month, now_words
from careloom.commons.presenters.blocks import Block, Line
from careloom.commons.presenters.knowledge_lists import day, link
from careloom.infra.ui.components import Status
from careloom.kernel.indicators.schedule import Due, InTime
from careloom.outcomes.models import Snapshot
from careloom.outcomes.queries import Now

TONES: dict[InTime, Any] = {InTime.IN_TIME: "done", InTime.SENT_LATE: "wait", InTime.DUE: "move", InTime.LATE: "late"}
MOST_PERIODS = 8


def purpose_blocks(
    found: Mapping[str, Purpose], now: Mapping[str, Now], goals: Iterable[Goal], *, may: bool, pk: UUID
) -> list[Block]:  # fmt: skip
    """Each of the two purposes: who answers for it, and its figures beside the aims that speak of them."""
    aims: dict[str, list[Goal]] = {}
    for goal in goals:
        aims.setdefault(goal.aim.indicator, []).append(goal)
    blocks = []
    for code, words in PURPOSES.items():
        row = found.get(code)
        lines = tuple(_metric_line(one, now, aims.get(one, [])) for one in row.indicators) if row else ()
        text = _("%(program)s. %(partner)s answers for it.") % {"program": row.program, "partner": row.partner.name} if row else ""
        change = _("Change it") if row else _("Say how it is tracked")
        buttons = (link(change, "program_purpose", pk, code.lower(), kind="outline", hidden=str(words)),) if may else ()
        blocks.append(
            Block(
                key=code.lower(),
                head=str(words),
                lede=row.words if row else "",
                text=text,
                lines=lines,
                empty=_("Nobody tracks it yet."),
                buttons=buttons,
            )
        )
    return blocks


def _metric_line(code: str, now: Mapping[str, Now], goals: list[Goal]) -> Line:
    notes = [now_words(now.get(code))]
    for goal in goals:
        aim = goal.aim
        if aim.baseline is not None:
            notes.append(_("Baseline: %(value)s, %(period)s") % {"value": in_unit(aim.baseline, code=code), "period": aim.baseline_period})
        if aim.target is not None and aim.target_by is not None:
            notes.append(_("Target: %(value)s by %(day)s") % {"value": in_unit(aim.target, code=code), "day": day(aim.target_by)})
    return Line(head=indicator_words(code), notes=tuple(notes))


def period_words(starts_on: date, ends_on: date) -> str:
    """A period in words: "March 2026", "January to March 2026", "July 2025 to June 2026"."""
    if (starts_on.year, starts_on.month) == (ends_on.year, ends_on.month):
        return month(starts_on)
    if starts_on.year == ends_on.year:
        first = month(starts_on).replace(f" {starts_on.year}", "")
        return _("%(first)s to %(last)s") % {"first": first, "last": month(ends_on)}
    return _("%(first)s to %(last)s") % {"first": month(starts_on), "last": month(ends_on)}


def snapshot_words(row: Snapshot) -> str:
    """A snapshot as a report names it."""
    return _("Snapshot of %(day)s, data until %(until)s") % {"day": day(row.made_at), "until": day(row.data_until)}


def point_blocks(found: tuple[Reported, ...], *, may: bool) -> list[Block]:
    """Each schedule: what goes to whom and when, and how its periods stand."""
    return [_schedule_block(one, may=may) for one in found]


def _schedule_block(one: Reported, *, may: bool) -> Block:
    row, pk = one.row, one.row.collaborative_id
    due = ngettext("%(n)s day after a period ends", "%(n)s days after a period ends", row.days) % {"n": row.days}
    told = [
        _("%(partner)s sends it to %(whom)s. %(every)s, due %(due)s.")
        % {"partner": row.partner.name, "whom": row.to_whom, "every": EVERIES[row.every], "due": due},
        ", ".join(indicator_words(code) for code in row.indicators) + ".",
    ]
    buttons = (link(_("It went"), "points_send", pk, row.pk, kind="solid", hidden=row.name),) if one.may_send and one.periods else ()
    if may:
        buttons += (link(_("Change it"), "points_edit", pk, row.pk, kind="outline", hidden=row.name),)
        buttons += (link(_("It ends"), "aims_end", pk, "schedule", row.pk, kind="quiet", hidden=row.name),)
    lines = tuple(_period_line(one, period) for period in one.periods[:MOST_PERIODS])
    late = sum(period.stands is InTime.LATE for period in one.periods)
    lede = ngettext("One period is late.", "%(n)s periods are late.", late) % {"n": late} if late else ""
    return Block(
        key=f"s-{row.pk}", head=row.name, lede=lede, text="\n".join(told), lines=lines, empty=_("No period is over yet."), buttons=buttons,
    )  # fmt: skip


def _period_line(one: Reported, period: Due) -> Line:
    notes = [_("Due %(day)s") % {"day": day(period.due_on)}]
    notes += [
        _("Sent %(day)s: %(how)s. %(source)s") % {"day": day(sent.on), "how": sent.how, "source": sent.source}
        for sent in one.sent_for(period.starts_on)
    ]
    state = Status(words=str(STANDS[period.stands]), tone=TONES[period.stands])
    return Line(head=period_words(period.starts_on, period.ends_on), states=(state,), notes=tuple(notes))
