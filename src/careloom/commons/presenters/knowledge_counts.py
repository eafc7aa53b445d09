"""What is counted, as pictures with their tables."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from careloom.commons.presenters.blocks import Block, Line, Table
from careloom.commons.presenters.knowledge_lists import day, link
from careloom.commons.presenters.knowledge_told import task_line
from careloom.infra.ui.components import Bar, Bars, Link, Status
from careloom.kernel.partnership import Level
from careloom.kernel.partnership.knowing import FOR_SITES
from careloom.knowledge import words
from careloom.knowledge.models import Initiative
from careloom.knowledge.queries import Compared, Completion, Taught
from careloom.partnership.words import LEVELS, SECTORS

HIDDEN = "*"


def percent(value: int | None) -> str:
    """A percentage, or that nobody is counted."""
    return _("%(n)s%%") % {"n": value} if value is not None else _("Not counted")


def training_blocks(found: list[Completion], both_ways: list[Taught], *, pk: UUID, subject: str) -> list[Block]:
    """Completion by agency and level, with the picture, and the two directions between child welfare and sites."""
    base = reverse("commons:training", args=[pk])
    narrow = (
        (_("All subjects"), base, not subject),
        *((str(text), f"{base}?subject={code}", code == subject) for code, text in words.SUBJECTS.items()),
    )
    counted = [one for one in found if one.whole is not None]
    bars = tuple(Bar(label=one.partner.name, value=one.whole, words=percent(one.whole)) for one in counted)
    rows = tuple((one.partner.name, "", (percent(one.whole), *(percent(one.percent(level)) for level in Level))) for one in counted)
    columns = (_("Partner"), _("All levels"), *(str(LEVELS[level]) for level in Level))
    silent = [one.partner.name for one in found if one.whole is None]
    picture = Block(
        key="completion", head=_("Who took what was asked for"), narrow=narrow, picture=Bars(rows=bars) if bars else None,
        table=Table(columns=columns, rows=rows) if rows else None, empty=_("Nothing to count yet: add trainings, and how many people work where."),
    )  # fmt: skip
    lines = []
    for one in both_ways:
        head = _("%(name)s, taught %(subject)s") % {"name": one.partner.name, "subject": str(words.SUBJECTS[one.subject]).lower()}
        if one.last_on:
            state = Status(words=_("Last %(day)s") % {"day": day(one.last_on)}, tone="done")
            lines.append(Line(head=head, states=(state,), notes=(_("%(n)s people in all") % {"n": one.people},)))
        else:
            lines.append(Line(head=head, states=(Status(words=_("Not yet"), tone="wait"),)))
    sites = sum(one.subject == FOR_SITES for one in both_ways)
    both = [one for code in ("DUTIES", "CARE") for one in both_ways if one.subject == code and one.last_on]
    done = {one.subject for one in both}
    lede = _("Both directions have begun.") if len(done) == 2 else _("One direction is still missing.") if done else _("Neither direction has begun.")
    tracker = Block(
        key="both", head=_("Child welfare and treatment sites teach each other"), lede=lede if sites else "", lines=tuple(lines),
        empty=_("No treatment site and no child welfare agency is a partner yet."),
    )  # fmt: skip
    rest = Block(
        key="rest", head=_("Not counted"), text=", ".join(silent), lede=_("Nobody said yet how many people work there, or nothing is asked of them.")
    )
    return [picture, *([rest] if silent and counted else []), tracker]


def diversity_blocks(found: list[Compared], *, pk: UUID) -> list[Block]:
    """Members beside the community by dimension: picture and table."""
    blocks = []
    heads: dict[str, Any] = {
        **words.DIMENSIONS, "LEVEL": _("Level in the agency"), "SECTOR": _("Kind of partner"), "LIVED": _("Lived experience"),
    }  # fmt: skip
    for one in found:
        named = [(code, _name(one.dimension, code)) for code in one.cells]
        bars = tuple(
            Bar(
                label=text, value=one.percents[code], beside=one.community[code][0] if code in one.community else None,
                words=_percents(one, code),
            )
            for code, text in named
            if one.percents[code] is not None or code in one.community
        )  # fmt: skip
        key = (_("Members"), _("Community")) if one.community else ()
        rows = tuple(
            (
                text, "",
                (one.cells[code].shown, f"{one.percents[code]}%" if one.percents[code] is not None else HIDDEN, *_beside(one, code)),
            )
            for code, text in named
        )  # fmt: skip
        columns = (_("Group"), _("Members"), _("Percent of members"), *((_("Percent of the community"), _("Source")) if one.community else ()))
        blocks.append(
            Block(
                key=one.dimension, head=str(heads[one.dimension]), picture=Bars(rows=bars, key=key) if bars else None,
                table=Table(columns=columns, rows=rows) if rows else None, empty=_("Nothing said yet."),
            )
        )  # fmt: skip
    return blocks


def _name(dimension: str, code: str) -> str:
    if dimension == "SECTOR":
        return str(SECTORS.get(code, code))
    if dimension == "LEVEL":
        return str(LEVELS[code])
    if dimension == "LIVED":
        return _("Has lived through it") if code == "YES" else _("Has not said so")
    if code == "NOT_SAID":
        return _("Not said")
    return _("More than one") if code == "SEVERAL" else str(words.SELF_SAID[code])


def _beside(one: Compared, code: str) -> tuple[str, ...]:
    if not one.community:
        return ()
    share = one.community.get(code)
    return (f"{number_format(share[0], 1)}%", share[1]) if share else ("", "")


def _percents(one: Compared, code: str) -> str:
    mine = f"{one.percents[code]}%" if one.percents[code] is not None else HIDDEN
    share = one.community.get(code)
    return f"{mine} / {number_format(share[0], 0)}%" if share else mine


def doubles_block(found: list[list[Initiative]]) -> Block:
    """What different bodies do for the same aim and the same families."""
    lines = []
    for group in found:
        first = group[0]
        head = _("%(aim)s: %(whom)s") % {"aim": words.OUTCOMES[first.outcome], "whom": str(words.POPULATIONS[first.population]).lower()}
        notes = tuple(f"{row.title} ({row.related.name if row.related else _('ours')})" for row in group)
        lines.append(Line(head=head, states=(Status(words=_("Double"), tone="wait"),), notes=notes))
    return Block(key="doubles", head=_("What is done twice"), lines=tuple(lines), empty=_("Nothing is done twice, as far as we wrote it down."))


def phases_block(rows: list[Any], *, pk: UUID) -> Block:
    """Related bodies by phase, as a table."""
    table = tuple((row.name, "", tuple(row.role if phase in row.phases else "" for phase in words.PHASES)) for row in rows)
    columns = (_("Body"), *(str(text) for text in words.PHASES.values()))
    add = link(_("All related bodies"), "list", pk, "bodies", kind="outline")
    empty = _("No related body yet.")
    return Block(
        key="phases",
        head=_("Who works in which phase"),
        table=Table(columns=columns, rows=table, text=True) if rows else None,
        empty=empty,
        buttons=(add,),
    )


def equity_block(block: Block, *, partner: Any, tasks: list[Any], may: bool, pk: UUID) -> Block:
    """A partner's equity reviews under its own name, with what it does about them."""
    lines = block.lines + tuple(task_line(row, pk=pk, may=may) for row in tasks)
    add = (link(_("Add what we do"), "task_new", pk, "equity", partner.pk, kind="quiet", hidden=partner.name),) if may else ()
    return replace(block, key=f"p-{partner.pk}", head=partner.name, lines=lines, buttons=block.buttons + add)


def not_looked(blocks: list[Block]) -> Block:
    """Partners that never looked at their own policies, as one list."""
    lines = tuple(Line(head=one.head, links=tuple(replace(way, kind="") for way in one.buttons)) for one in blocks)
    return Block(key="silent", head=_("Nobody looked yet"), lede=_("Each partner looks at its own policies once a year."), lines=lines)


def with_pager(block: Block, page: Any) -> Block:
    """The block with the links to other pages under it."""
    return replace(block, pager=page)


def as_part(block: Block, *, more: Link | None) -> Block:
    """A register as a part of another page: no pages of its own, but a way to all of it."""
    return replace(block, pager=None, buttons=(more,) if more else ())
