"""The shared screen of a meeting in words: the agenda, one topic at a time, what was agreed, and the minutes afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.infra.ui.components import Agenda, AgendaItem, Agreement, Agreements, PersonRow
from careloom.kernel.referral import State
from careloom.plans.merging import NeedNow
from careloom.plans.models import MeetingNote
from careloom.plans.pages.meeting import Table
from careloom.plans.presenters.changes import change_lines
from careloom.plans.presenters.words import CHOICES, RESULTS
from careloom.plans.referrals.words import STATES

STEPS = ("changed", "wants", "agreed", "sign")
STUCK = frozenset({State.DECLINED, State.FAILED, State.WAITLISTED, State.NO_SHOW, State.REOPENED})


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One want at a time: her words first, then how it stands."""

    need: NeedNow
    place: str
    lines: tuple[str, ...]
    url: str


def topics_of(table: Table) -> list[NeedNow]:
    """The needs to talk about: stuck or past their day first, then what she wants, then what was not asked yet."""
    today = table.at.astimezone(table.zone).date()
    return sorted(
        (need for need in table.needs if not need.is_over), key=lambda need: (_rank(need, table, today), need.row.priority, need.row.made_at)
    )


def room_context(table: Table, *, step: str, need_id: UUID | None) -> dict[str, Any]:
    """Everything that the room's page needs for one step."""
    topics = topics_of(table)
    chosen = next((need for need in topics if need.id == need_id), topics[0] if topics else None)
    here = step if step in STEPS else STEPS[0]
    order = _order(table, topics)
    now = next(
        (place for place, (key, need, _url) in enumerate(order) if key == here and (need is None or chosen is None or need.id == chosen.id)), 0
    )
    return {
        "table": table, "step": here, "agenda": _agenda(table, topics, here, order), "lines": change_lines(table.changes),
        "topic": _topic(table, topics, chosen) if chosen and here == "wants" else None,
        "agreements": _agreements(table), "later": [row for row in table.notes if row.kind == "LATER"],
        "said": [row for row in table.notes if row.kind == "SAID"], "agreed_rows": [row for row in table.notes if row.kind == "AGREED"],
        "here": _here(table), "goals": table.goals, "strengths": table.strengths, "signatures": table.signatures,
        "before": order[now - 1][2] if now > 0 else "", "after": order[now + 1][2] if now + 1 < len(order) else "",
        "title": _title(table),
    }  # fmt: skip


def minutes_context(table: Table, *, lines: list[Any]) -> dict[str, Any]:
    """What a meeting came to, for reading afterwards."""
    return {
        "table": table, "title": _title(table), "agreements": _agreements(table), "lines": lines, "here": _here(table),
        "later": [row for row in table.notes if row.kind == "LATER"], "said": [row for row in table.notes if row.kind == "SAID"],
        "signatures": table.signatures, "day": date_format(table.meeting.began_at.astimezone(table.zone), "F j, Y"),
    }  # fmt: skip


def _order(table: Table, topics: list[NeedNow]) -> list[tuple[str, NeedNow | None, str]]:
    room = reverse("plans:meeting", args=[table.plan.pk, table.meeting.pk])
    wants = [("wants", need, f"{room}?step=wants&need={need.id}") for need in topics]
    return [("changed", None, f"{room}?step=changed"), *wants, ("agreed", None, f"{room}?step=agreed"), ("sign", None, f"{room}?step=sign")]  # type: ignore[list-item]


def _agenda(table: Table, topics: list[NeedNow], here: str, order: list[tuple[str, NeedNow | None, str]]) -> Agenda:
    first = {key: url for key, _need, url in reversed(order)}
    talked = {row.about_id for row in table.notes if row.about_id}
    names = {
        "changed": (_("What changed"), ngettext("%(n)s change", "%(n)s changes", len(table.changes)) % {"n": len(table.changes)}),
        "wants": (_("What she wants"), _("%(n)s of %(all)s talked about") % {"n": sum(1 for t in topics if t.id in talked), "all": len(topics)}),
        "agreed": (_("Who does what"), ""),
        "sign": (_("Read it back and sign"), ""),
    }
    items = []
    passed = True
    for key in STEPS:
        if key not in first:
            continue
        passed = passed and key != here
        state = "now" if key == here else "done" if passed else "next"
        items.append(AgendaItem(label=names[key][0], note=names[key][1], state=state, url=first[key]))  # type: ignore[arg-type]
    return Agenda(items=tuple(items))


def _topic(table: Table, topics: list[NeedNow], need: NeedNow) -> Topic:
    lines = [f"{row.organization}: {str(STATES[State(row.state)]).lower()}" for row in table.referrals_of(need.id)]
    if need.row.existing_service:
        lines.append(need.row.existing_service)
    if need.choice in CHOICES:
        lines.append(_("Her answer so far: %(said)s") % {"said": CHOICES[need.choice]})
    if need.result != "OPEN":
        lines.append(str(RESULTS[need.result]))
    place = _("Want %(n)s of %(all)s") % {"n": topics.index(need) + 1, "all": len(topics)}
    return Topic(need=need, place=place, lines=tuple(lines), url=reverse("plans:need", args=[need.id]))


def _agreements(table: Table) -> Agreements | None:
    rows = tuple(_agreement(row, table) for row in table.notes if row.kind == "AGREED")
    return Agreements(rows=rows) if rows else None


def _agreement(row: MeetingNote, table: Table) -> Agreement:
    when = date_format(row.due_on, "F j") if row.due_on else ""
    names = {name.casefold() for person in table.people for name in (person.given_name, person.preferred_name) if name}
    return Agreement(what=row.words, who=row.who, when=when, her=row.who.casefold() in names)


def _here(table: Table) -> list[PersonRow]:
    rows = []
    mother = next((p for p in table.people if p.identity_id == table.plan.identity_id), None)
    if table.meeting.her_present and mother is not None:
        rows.append(PersonRow(name=mother.preferred_name or mother.given_name, role=_("Her plan"), her=True))
    rows += [PersonRow(name=agency.name_outside, role=_("Agency at the table")) for agency in table.agencies.values()]
    return rows + [PersonRow(name=name, role="") for name in table.meeting.people]


def _title(table: Table) -> str:
    names = list(dict.fromkeys(p.preferred_name or p.given_name for p in table.people if p.preferred_name or p.given_name))
    return _("Family meeting, %(who)s") % {"who": get_text_list(names, _("and"))} if names else _("Family meeting")


def _rank(need: NeedNow, table: Table, today: date) -> int:
    if any(State(row.state) in STUCK for row in table.referrals_of(need.id)) or (need.row.next_on is not None and need.row.next_on <= today):
        return 0
    return {"YES": 1, "NOT_ASKED": 2}.get(need.choice, 3)
