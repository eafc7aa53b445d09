"""What the rooms hold now, on the page of a collaborative: barriers at each body, the next meetings, papers that are due, how far it has come.

Each part asks its own app; none of them knows the others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.agreements.queries import due
from careloom.barriers.queries import open_for
from careloom.barriers.words import title_of
from careloom.changes.queries import due as changes_due
from careloom.commons.presenters.agreements import due_line
from careloom.commons.presenters.changes_guidance import due_section
from careloom.commons.presenters.meetings import line_of, mine_lines
from careloom.commons.presenters.rooms import Gap
from careloom.infra.access import Viewer
from careloom.inventory.queries import ending_funds
from careloom.knowledge.queries import flags
from careloom.meetings.queries import coming_up, mine
from careloom.partnership.queries import not_final
from careloom.partnership.standing import Standing
from careloom.surveys.queries import stage_of
from careloom.surveys.words import STAGES

MOST_CHIPS = 4
MOST_MEETINGS = 3
MOST_PROMISES = 4
MOST_PAPERS = 4


def held(*, viewer: Viewer, collaborative_id: UUID, today: date) -> dict[UUID, list[dict[str, str]]]:
    """What each body holds, by its id: its open barriers as chips, the late ones first, and how many more there are."""
    rows: dict[UUID, list[Any]] = defaultdict(list)
    for barrier in open_for(viewer=viewer, collaborative_id=collaborative_id):
        if barrier.body_id is not None:
            rows[barrier.body_id].append(barrier)
    chips = {}
    for body_id, barriers in rows.items():
        barriers.sort(key=lambda row: (row.due_on is None, row.due_on or today))
        chips[body_id] = [_chip(row, collaborative_id=collaborative_id, today=today) for row in barriers[:MOST_CHIPS]]
        more = len(barriers) - MOST_CHIPS
        if more > 0:
            words = ngettext("One more", "%(n)s more", more) % {"n": more}
            chips[body_id].append({"words": words, "url": reverse("commons:barriers", args=[collaborative_id]), "kind": ""})
    return chips


def meets(*, viewer: Viewer, collaborative_id: UUID, today: date, at: datetime) -> dict[str, Any]:
    """The next meetings, and what the reader promised or has to look at."""
    coming = coming_up(viewer=viewer, collaborative_id=collaborative_id, at=at, most=MOST_MEETINGS)
    own = mine(viewer=viewer, collaborative_id=collaborative_id, at=at, most=MOST_PROMISES)
    return {"coming": [line_of(meeting, body=True) for meeting in coming], "promises": mine_lines(own, today=today)}


def papers(*, viewer: Viewer, standing: Standing) -> dict[str, Any]:
    """Agreements that wait for somebody: the first ones, and how many more there are."""
    waits = due(viewer=viewer, collaborative_id=standing.collaborative.pk)
    lines = [due_line(one, standing=standing) for one in waits[:MOST_PAPERS]]
    return {"papers": lines, "more_papers": max(0, len(waits) - MOST_PAPERS)}


def waits(*, viewer: Viewer, collaborative_id: UUID) -> dict[str, Any]:
    """Guidance, feedback and pilots that wait for somebody: the first ones as lines, and how many more there are."""
    rows = changes_due(viewer=viewer, collaborative_id=collaborative_id)
    section = due_section(rows[:MOST_PAPERS], collaborative_id)
    return {"waits": section.lines, "more_waits": max(0, len(rows) - MOST_PAPERS)}


def come(*, viewer: Viewer, collaborative_id: UUID) -> dict[str, Any]:
    """How far the collaborative has come: its stages, each with what shows it, and its way in a sentence."""
    now = stage_of(viewer=viewer, collaborative_id=collaborative_id)
    stages = [
        {"words": STAGES[stage.value], "met": met, "of": of, "now": stage is now.stage} for stage, (met, of) in now.counts.items()
    ] if now.newest else []  # fmt: skip
    return {"stages": stages, "way": now.sentence}


def asks(*, viewer: Viewer, collaborative_id: UUID, today: date) -> list[Gap]:
    """What asks for somebody: onboarding, champions, the table, equity reviews, tasks, money that ends."""
    found, args = flags(viewer=viewer, collaborative_id=collaborative_id, today=today), [collaborative_id]
    lines = []
    if late := len(found.onboarding_late):
        head = ngettext("One member is not oriented yet.", "%(n)s members are not oriented yet.", late) % {"n": late}
        lines.append(Gap(head=head, words=_("Thirty days have passed."), url=reverse("commons:onboarding", args=args), do=_("See who")))
    if found.champions:
        words = {"NONE": _("There is no champion yet."), "LEFT": _("A champion left."), "DUE": _("Who are our champions now?")}[found.champions]
        lines.append(Gap(head=words, url=reverse("commons:champions", args=args), do=_("Look")))
    if found.table_due:
        lines.append(
            Gap(head=_("Who should be at the table?"), words=_("It is time to look."), url=reverse("commons:table", args=args), do=_("Look"))
        )
    if many := len(found.equity_due):
        head = ngettext("One partner has no equity review this year.", "%(n)s partners have no equity review this year.", many) % {"n": many}
        lines.append(Gap(head=head, url=reverse("commons:equity", args=args), do=_("See who")))
    if many := len(found.tasks_late):
        head = ngettext("One task of the beginning is late.", "%(n)s tasks of the beginning are late.", many) % {"n": many}
        lines.append(Gap(head=head, url=reverse("commons:start", args=args), do=_("See it")))
    if funds := ending_funds(viewer=viewer, collaborative_id=collaborative_id, today=today):
        head = ngettext("Money ends for one thing.", "Money ends for %(n)s things.", len(funds)) % {"n": len(funds)}
        lines.append(Gap(head=head, words=_("Say what stays."), url=reverse("commons:inventory_lasting", args=args), do=_("See it")))
    return lines


def asks_her(*, viewer: Viewer, standing: Standing) -> list[Gap]:
    """What asks for the reader herself: training before she takes part, and what waits for her to make it final as an officer."""
    pk = standing.collaborative.pk
    first = [
        Gap(
            head=_("A training comes first."), words=_("You read everything here. With the training you take part."),
            url=reverse("commons:tasks", args=[pk, "onboarding", seat_id]), do=_("See which"),
        )
        for seat_id in list(standing.waits_in)[:1]
    ]  # fmt: skip
    counts = Counter(row.body for row in not_final(viewer=viewer, collaborative_id=pk) if row.body_id in standing.officer_of)
    lines = first
    for body, many in counts.items():
        head = ngettext("One decision waits for you to confirm it.", "%(n)s decisions wait for you to confirm them.", many) % {"n": many}
        lines.append(Gap(head=head, words=body.name, url=f"{reverse('commons:body', args=[pk, body.pk])}#waits", do=_("Confirm")))
    return lines


def _chip(barrier: Any, *, collaborative_id: UUID, today: date) -> dict[str, str]:
    days = (today - barrier.due_on).days if barrier.due_on else 0
    words = (
        ngettext("%(title)s: one day late", "%(title)s: %(n)s days late", days) % {"title": title_of(barrier), "n": days}
        if days > 0
        else title_of(barrier)
    )
    soon = barrier.due_on is not None and -14 <= days <= 0
    kind = "late" if days > 0 else "wait" if soon else ""
    return {"words": words, "url": reverse("commons:barrier", args=[collaborative_id, barrier.pk]), "kind": kind}
