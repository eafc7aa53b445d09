"""Words, profiles, roles and talks, in words and tables."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.commons.presenters.blocks import Block, Line, Table
from careloom.commons.presenters.knowledge_lists import day, link
from careloom.infra.ui.components import Status
from careloom.kernel.partnership.knowing import PROFILE, QUESTIONS, SETTLED_TOGETHER, ProcessStep
from careloom.knowledge import words
from careloom.knowledge.guides import TALKS
from careloom.knowledge.models import Matrix, Part, Settled
from careloom.knowledge.queries import Roles, Talk, Word
from careloom.partnership.queries import Rooms


def words_block(page: Page[Word]) -> Block:
    """The glossary."""
    return Block(key="words", head=_("What they mean to us"), lines=tuple(_word_line(one) for one in page), empty=_("No word yet."), pager=page)


def _word_line(one: Word) -> Line:
    states = []
    if one.in_conflict:
        states.append(Status(words=_("Means different things"), tone="" if one.now else "wait"))
    states.append(Status(words=_("Agreed"), tone="done") if one.now else Status(words=_("Not agreed yet")))
    notes = [one.now.words] if one.now else []
    notes += [f"{row.partner.name}: {row.words}" for row in one.meanings]
    url = reverse("commons:word", args=[one.term.collaborative_id, one.term.pk])
    return Line(head=one.term.name, url=url, states=tuple(states), notes=tuple(notes))


def word_block(rooms: Rooms, one: Word) -> list[Block]:
    """One word: agreed, side by side, and earlier versions."""
    pk, term = rooms.standing.collaborative.pk, one.term
    leads = rooms.standing.runs or bool(rooms.standing.officer_of)
    agree = (link(_("Agree on a meaning"), "word_agree", pk, term.pk, kind="outline"),) if leads else ()
    now = one.now
    notes: list[Line] = []
    if now:
        notes.append(Line(head=_("For families"), notes=(now.plain or _("Nothing agreed yet."), now.plain_es)))
        notes[0] = Line(head=notes[0].head, notes=tuple(text for text in notes[0].notes if text))
    head = Block(
        key="agreed", head=_("What we agreed on"), text=now.words if now else "", lines=tuple(notes), buttons=agree,
        lede=_("Version %(n)s, agreed %(day)s.") % {"n": now.version, "day": day(now.agreed_on)} if now else "", empty=_("Nothing agreed yet."),
    )  # fmt: skip
    told = {row.partner_id: row for row in one.meanings}
    rows: list[tuple[str, str, tuple[Any, ...]]] = []
    for partner in sorted(rooms.partners, key=lambda one: one.pk not in told):
        row, own = told.get(partner.pk), rooms.standing.speaks_for(partner.pk)
        if row or own:
            say = link(_("Say it") if row is None else _("Change"), "word_meaning", pk, term.pk, partner.pk, hidden=partner.name) if own else ""
            rows.append((partner.name, "", (row.words if row else _("Not said yet"), row.source if row else "", say)))
    differ = _("These meanings differ.") if one.in_conflict else ""
    columns = (_("Partner"), _("Means"), _("Written where"), _("What to do"))
    beside = Block(
        key="beside", head=_("Side by side"), lede=differ, table=Table(columns=columns, rows=tuple(rows), text=True), empty=_("Nobody said it yet.")
    )
    older = tuple(Line(head=day(row.agreed_on), notes=(row.words,)) for row in one.agreed[1:])
    return [head, beside, *([Block(key="older", head=_("What we agreed on before"), lines=older)] if older else [])]


def profiles_block(rooms: Rooms, told: dict[UUID, set[str]]) -> list[Block]:
    """Partners with how much of their profile is told, and the ways to see them side by side."""
    pk, whole = rooms.standing.collaborative.pk, sum(map(len, PROFILE.values()))
    rows = []
    for partner in rooms.partners:
        n = len(told.get(partner.pk, ()))
        tone: Any = "done" if n == whole else "wait" if n == 0 else "move"
        state = Status(words=_("%(n)s of %(all)s parts") % {"n": n, "all": whole}, tone=tone)
        rows.append(Line(head=partner.name, url=reverse("commons:profile", args=[pk, partner.pk]), states=(state,)))
    beside = tuple(Line(head=str(title), url=reverse("commons:beside", args=[pk, section])) for section, title in words.SECTIONS.items())
    return [
        Block(key="beside", head=_("Side by side"), lines=beside),
        Block(key="partners", head=_("By partner"), lines=tuple(rows), empty=_("No partner yet.")),
    ]


def profile_blocks(rooms: Rooms, partner_id: UUID, told: dict[str, list[Part]]) -> list[Block]:
    """A partner's profile by section, each part with its day and what it said before."""
    pk, own, blocks = rooms.standing.collaborative.pk, rooms.standing.speaks_for(partner_id), []
    for section, parts in PROFILE.items():
        lines = []
        for part in parts:
            versions = told.get(part, [])
            if versions and versions[0].words:
                notes = [versions[0].words, _("As of %(day)s, version %(n)s") % {"day": day(versions[0].as_of), "n": versions[0].version}]
                notes += [_("As of %(day)s: %(words)s") % {"day": day(old.as_of), "words": old.words} for old in versions[1:4] if old.words]
                lines.append(Line(head=str(words.PARTS[part]), notes=tuple(notes)))
        write = (link(_("Write it"), "profile_write", pk, partner_id, section, kind="quiet", hidden=str(words.SECTIONS[section])),) if own else ()
        blocks.append(Block(key=section, head=str(words.SECTIONS[section]), lines=tuple(lines), empty=_("Not told yet."), buttons=write))
    return blocks


def beside_block(rooms: Rooms, section: str, found: dict[UUID, dict[str, Part]]) -> Block:
    """A section of all profiles as a table."""
    pk, parts = rooms.standing.collaborative.pk, PROFILE[section]
    rows, silent = [], []
    for partner in rooms.partners:
        mine = found.get(partner.pk, {})
        if not any(row.words for row in mine.values()):
            silent.append(partner.name)
            continue
        cells = tuple(_cell(mine.get(part)) for part in parts)
        rows.append((partner.name, reverse("commons:profile", args=[pk, partner.pk]), cells))
    columns = (_("Partner"), *(str(words.PARTS[part]) for part in parts))
    narrow = tuple((str(text), reverse("commons:beside", args=[pk, code]), code == section) for code, text in words.SECTIONS.items())
    lede = _("Not told yet: %(names)s.") % {"names": ", ".join(silent)} if silent else ""
    table = Table(columns=columns, rows=tuple(rows), text=True) if rows else None
    return Block(key="beside", head=str(words.SECTIONS[section]), table=table, narrow=narrow, lede=lede)


def _cell(row: Part | None) -> str:
    return _("%(words)s (%(day)s)") % {"words": row.words, "day": day(row.as_of)} if row and row.words else _("Not told yet")


def settled_blocks(rooms: Rooms, found: dict[str, list[Settled]]) -> list[Block]:
    """How differences were settled, under the views side by side."""
    pk, blocks = rooms.standing.collaborative.pk, []
    leads = rooms.standing.runs or bool(rooms.standing.officer_of)
    for part in SETTLED_TOGETHER:
        versions = found.get(part, [])
        lines = tuple(Line(head=day(row.as_of), notes=(row.words,)) for row in versions)
        write = (link(_("Write down what we agree on"), "settle", pk, part, kind="quiet", hidden=str(words.PARTS[part])),) if leads else ()
        head = _("How we settled it: %(part)s") % {"part": words.PARTS[part]}
        blocks.append(Block(key=f"settled-{part}", head=head, lines=lines, empty=_("Not settled yet."), buttons=write))
    return blocks


def roles_blocks(rooms: Rooms, found: Roles, chosen: Matrix | None) -> list[Block]:
    """The role matrix as a table, what is unclear in it, and its versions."""
    pk, blocks = rooms.standing.collaborative.pk, []
    asks = [Line(head=f"{words.STEPS[gap.step]}: {words.ROLE_GAPS[gap.code]}.") for gap in found.gaps]
    n = found.came + found.left
    if n:
        text = ngettext("A member came or left since this version. Look at it again.", "%(n)s members came or left since. Look at it again.", n)
        asks.append(Line(head=text % {"n": n}))
    if found.now and asks:
        blocks.append(Block(key="asks", head=_("To look at"), lines=tuple(asks)))
    if chosen is None:
        return [Block(key="now", head=_("Who does what"), empty=_("Not agreed yet."))]
    names = {str(row.pk): row.name for row in rooms.partners}
    told = [key for key in names if any(key in row for row in chosen.cells.values())]
    rows = tuple((names[key], "", tuple(chosen.cells.get(step, {}).get(key, "") for step in ProcessStep)) for key in told)
    key = ". ".join(f"{letter}: {text}" for letter, text in words.DUTIES.items())
    columns = (_("Partner"), *(str(words.STEPS[step]) for step in ProcessStep))
    head = _("Version %(n)s, adopted %(day)s") % {"n": chosen.version, "day": day(chosen.adopted_on)}
    blocks.append(Block(key="now", head=head, lede=f"{key}.", table=Table(columns=columns, rows=rows)))
    base = reverse("commons:roles", args=[pk])
    lines = [
        Line(head=_("Version %(n)s") % {"n": row.version}, url=f"{base}?version={row.version}",
             notes=tuple(text for text in (f"{day(row.adopted_on)}. {words.WHYS[row.why]}.", row.words) if text))
        for row in found.versions
    ]  # fmt: skip
    blocks.append(Block(key="versions", head=_("Every version, and why"), lines=tuple(lines)))
    return blocks


def guides_block(rooms: Rooms, counts: dict[str, int]) -> list[Block]:
    """The guides with how many answered."""
    pk, lines = rooms.standing.collaborative.pk, []
    for code, guide in TALKS.items():
        n = counts[code]
        said = ngettext("%(n)s member answered", "%(n)s members answered", n) % {"n": n} if n else _("Nobody answered yet")
        state = Status(words=said, tone="move" if n else "")
        lines.append(Line(head=str(guide.title), url=reverse("commons:guide", args=[pk, code]), notes=(str(guide.lede),), states=(state,)))
    eight, own = lines[:-1], lines[-1:]
    return [
        Block(key="guides", head=_("Eight talks"), lines=tuple(eight)),
        Block(key="own", head=_("In one's own house"), lines=tuple(own)),
    ]


def guide_blocks(rooms: Rooms, code: str, talk: Talk) -> list[Block]:
    """One guide: every question with all answers, and what is done about it."""
    blocks = []
    for number, question in zip(QUESTIONS, TALKS[code].questions, strict=True):
        lines = tuple(Line(head=row.partner.name if row.partner else _("A member"), notes=(row.words,)) for row in talk.answers.get(number, ()))
        blocks.append(Block(key=f"q{number}", head=str(question), lines=lines, empty=_("Nobody answered yet.")))
    pk = rooms.standing.collaborative.pk
    add = link(_("Add what we do"), "task_new", pk, "guide", pk, kind="outline", query=f"?topic={code}")
    lines = tuple(task_line(row, pk=pk) for row in talk.tasks)
    blocks.append(Block(key="do", head=str(words.TASK_LISTS["guide"]), lines=lines, empty=_("Nothing yet."), buttons=(add,)))
    return blocks


def task_line(row: Any, *, pk: UUID, may: bool = True) -> Line:
    """A task of one's own."""
    notes = [row.partner.name if row.partner else "", row.note]
    if row.done_on:
        states = [Status(words=_("Done %(day)s") % {"day": day(row.done_on)}, tone="done")]
    else:
        states = [Status(words=_("Due %(day)s") % {"day": day(row.due_on)} if row.due_on else _("Open"), tone="wait")]
    states += [Status(words=_("Rural"))] if row.rural else []
    do = (link(_("It is done"), "task_done", pk, row.task_list, row.about, row.pk, hidden=row.words),) if may and not row.done_on else ()
    return Line(head=row.words, notes=tuple(text for text in notes if text), states=tuple(states), links=do)
