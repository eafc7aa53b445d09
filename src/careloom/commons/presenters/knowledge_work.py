"""Tasks, onboarding, starts and reviews, in lines."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _

from careloom.commons.presenters.blocks import Block, Line
from careloom.commons.presenters.knowledge_lists import day, link
from careloom.commons.presenters.knowledge_told import task_line
from careloom.infra.ui.components import Bar, Bars, Link, Status
from careloom.kernel.partnership.knowing import KICK_OFF, ONBOARDING
from careloom.knowledge import words
from careloom.knowledge.models import Course, Passed, Review
from careloom.knowledge.queries import Newcomer, Tasks
from careloom.partnership.models import Seat
from careloom.partnership.queries import Rooms


def task_blocks(found: Tasks, *, pk: UUID, task_list: str, about: UUID) -> list[Block]:
    """A checklist with its own tasks under it."""
    lines = []
    for code, row in found.items:
        done = row is not None and row.done_on is not None
        text = str(words.ITEMS[f"{task_list}.{code}"])
        state = Status(words=_("Done %(day)s") % {"day": day(row.done_on)}, tone="done") if row and done else Status(words=_("Open"), tone="wait")
        again = _("Change") if done else _("It is done")
        do = (link(again, "task_done", pk, task_list, about, code, hidden=text),) if found.may_do else ()
        lines.append(Line(head=text, states=(state,), notes=(row.note,) if row and row.note else (), links=do))
    add = (link(_("Add a task"), "task_new", pk, task_list, about, kind="outline", icon="add"),) if found.may_do else ()
    own = tuple(task_line(row, pk=pk, may=found.may_do) for row in found.own)
    more = Block(
        key=f"own-{task_list}",
        head=_("Our own tasks: %(list)s") % {"list": str(words.TASK_LISTS[task_list]).lower()}
        if lines and task_list in ("start", "widen")
        else _("Our own tasks")
        if lines
        else str(words.TASK_LISTS[task_list]),
        lines=own,
        empty=_("None yet."),
        buttons=add,
    )
    if not lines:
        return [more]
    lede = _("%(n)s of %(all)s done.") % {"n": found.done, "all": len(lines)}
    return [Block(key=f"list-{task_list}", head=str(words.TASK_LISTS[task_list]), lede=lede, lines=tuple(lines)), more]


def training_block(first: list[tuple[Course, Passed | None]], *, seat: Seat, may: bool, waits: bool) -> Block:
    """The training that a member takes before she takes part."""
    lines = []
    for course, passed in first:
        state = Status(words=_("Taken %(day)s") % {"day": day(passed.on)}, tone="done") if passed else Status(words=_("Open"), tone="wait")
        do = (
            (link(_("It was taken"), "training_taken", seat.collaborative_id, seat.pk, course.pk, hidden=course.title),) if may and not passed else ()
        )
        away = Link(label=_("Open it"), url=course.link, hidden=course.title) if course.link else None
        notes = [_("%(n)s hours") % {"n": course.hours.normalize()}, course.given_by]
        lines.append(Line(head=course.title, away=away, states=(state,), notes=tuple(note for note in notes if note), links=do))
    lede = _("Until it is taken, a new member reads everything here and does not yet act for the body.") if waits else ""
    return Block(key="training", head=_("Training that comes first"), lede=lede, lines=tuple(lines))


def newcomer_blocks(page: Page[Newcomer], *, pk: UUID, late: int) -> list[Block]:
    """Members by how their onboarding stands, with a picture of those shown that are open."""
    lines, open_ = [], [one for one in page if not one.complete]
    for one in page:
        seat = one.seat
        n = _("%(n)s of %(all)s") % {"n": len(one.done & set(ONBOARDING)), "all": len(ONBOARDING)}
        state = (
            Status(words=_("Complete"), tone="done")
            if one.complete
            else Status(words=_("Late"), tone="late")
            if one.late
            else Status(words=n, tone="wait")
        )
        notes = [f"{seat.partner.name}, {seat.body.name}", _("Member since %(day)s") % {"day": day(seat.starts_on)}]
        if not one.complete:
            notes.append(_("%(n)s done. In time until %(day)s.") % {"n": n, "day": day(one.due_on)})
        if seat.follows_id:
            notes.append(_("Replaces %(name)s") % {"name": seat.follows.name})
        url = reverse("commons:tasks", args=[pk, "onboarding", seat.pk])
        lines.append(Line(head=seat.name, url=url, states=(state,), notes=tuple(notes)))
    bars = tuple(
        Bar(
            label=one.seat.name,
            value=100 * len(one.done & set(ONBOARDING)) / len(ONBOARDING),
            words=f"{len(one.done & set(ONBOARDING))}/{len(ONBOARDING)}",
        )
        for one in open_
    )
    lede = _("%(n)s late.") % {"n": late} if late else _("Nobody is late.")
    picture = Bars(rows=bars) if bars else None
    return [
        Block(key="open", head=_("Under way"), lede=lede, picture=picture, empty=_("Everybody's onboarding is complete.") if not bars else ""),
        Block(key="all", head=_("Every member"), lines=tuple(lines), empty=_("Nobody sits yet."), pager=page),
    ]


def start_blocks(rooms: Rooms, *, tracks: dict[str, Tasks], kick_offs: dict[UUID, Tasks]) -> list[Block]:
    """The two tracks, ours first, and the kick-offs with sites."""
    pk = rooms.standing.collaborative.pk
    blocks = [block for task_list, found in tracks.items() for block in task_blocks(found, pk=pk, task_list=task_list, about=pk)]
    lines = []
    for partner in rooms.partners:
        if partner.pk not in kick_offs:
            continue
        n = kick_offs[partner.pk].done
        text = _("%(n)s of %(all)s done") % {"n": n, "all": len(KICK_OFF)}
        tone: Any = "done" if n == len(KICK_OFF) else "move" if n else "wait"
        url = reverse("commons:tasks", args=[pk, "kick-off", partner.pk])
        lines.append(Line(head=partner.name, url=url, states=(Status(words=text, tone=tone),)))
    lede = _("County child welfare and a treatment site get to know each other, step by step.")
    return [
        *blocks,
        Block(
            key="kick-offs", head=_("Kick-offs with sites"), lede=lede, lines=tuple(lines),
            empty=_("No treatment site is a partner yet: one that works on substance use and gives treatment in the community."),
        ),
    ]  # fmt: skip


def review_block(rows: list[Review], *, pk: UUID, kind: str, about: UUID, may: bool, today: date) -> Block:
    """Every look of a kind, and when the next one is."""
    new = (link(_("Write down a look"), "review_new", pk, kind, about, kind="outline"),) if may else ()
    due = rows[0].next_on if rows else None
    lede = _("The next look is due.") if due is None or due <= today else _("Next look: %(day)s.") % {"day": day(due)}
    lines = tuple(Line(head=day(row.held_on), notes=tuple(text for text in (row.words, row.outcomes) if text)) for row in rows)
    return Block(key=f"review-{kind}", head=str(words.REVIEW_KINDS[kind]), lede=lede, lines=lines, empty=_("Nobody looked yet."), buttons=new)
