"""The questionnaires' room in words: what is open, what is due, what is done about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.infra.answers import Done, Refused
from careloom.infra.ui.answering import Keyed
from careloom.infra.ui.components import Status
from careloom.surveys.models import FollowUp, Round
from careloom.surveys.queries import Due, Overview, StageNow
from careloom.surveys.words import INSTRUMENTS, RHYTHMS, STATES

Step = Callable[..., Done | Refused]
TONES = {"OPEN": "move", "CLOSED": "wait", "ANALYSED": "wait", "DISCUSSED": "move", "ACTIONS": "done", "REPEATED": ""}
WHERE = {"WALK": "walk_new", "STAGE": "stage_new", "REVIEW": "practice_new"}


def tell(request: HttpRequest, words: Any, *, well: bool) -> None:
    """Say on the next page what became of it."""
    (messages.success if well else messages.warning)(request, words)


def home(found: Overview, page: Page[Round], *, stage: StageNow, today: date) -> dict[str, Any]:
    """The room."""
    pk = found.standing.collaborative.pk
    return {
        "head": found.standing.collaborative, "page": page, "may_ask": found.may_ask or bool(found.standing.partner_ids),
        "runs": found.standing.runs, "stage": stage.sentence,
        "open": [one(row, found, today=today) | {"row": row} for row in found.rounds if row.state == "OPEN"],
        "lines": [line(row) for row in page], "due": [_due(entry, pk=pk, today=today) for entry in found.due],
        "rhythms": [
            {"name": RHYTHMS[row.kind], "months": row.every_months, "on": date_format(row.next_on, "F j, Y"), "late": row.next_on < today,
             "url": f"{reverse('commons:survey_rhythm', args=[pk])}?kind={row.kind}"}
            for row in found.rhythms
        ],
        "sets": found.sets,
    }  # fmt: skip


def one(row: Round, found: Overview, *, today: date) -> dict[str, Any]:
    """What the reader may do with a round."""
    late = row.state == "OPEN" and row.closes_on < today
    return {
        "name": INSTRUMENTS[row.kind], "taken": row.pk in found.taken, "late": late, "closes": date_format(row.closes_on, "F j, Y"),
        "may_take": found.sits and row.kind != "PRACTICE" and row.state == "OPEN" and row.pk not in found.taken and not late,
        "reminded": date_format(row.reminded_on[-1], "F j, Y") if row.reminded_on else "", "may_remind": len(row.reminded_on) < 2,
        "url": reverse("commons:survey", args=[row.collaborative_id, row.pk]), "about": row.partner.name if row.partner else "",
        "press": Keyed(auto_id=False),
        "status": Status(words=str(STATES[row.state]), tone=TONES[row.state]), "opened": date_format(row.opened_on, "F j, Y"),
    }  # fmt: skip


def line(row: Round) -> dict[str, Any]:
    """A round in the list."""
    answers = (
        _("%(n)s answers") % {"n": row.answers}
        if row.answers
        else (_("Too few answers to show") if row.closed_on else _("until %(day)s") % {"day": date_format(row.closes_on, "F j")})
    )
    return {
        "title": row.title, "name": INSTRUMENTS[row.kind], "url": reverse("commons:survey", args=[row.collaborative_id, row.pk]),
        "about": row.partner.name if row.partner else "", "opened": date_format(row.opened_on, "F Y"), "answers": answers,
        "state": STATES[row.state], "tone": TONES[row.state],
    }  # fmt: skip


def follow_lines(rows: list[FollowUp], *, today: date) -> list[dict[str, Any]]:
    """What is done about something."""
    return [
        {
            "what": row.what, "owner": row.owner.name, "due": date_format(row.due_on, "F j, Y"), "late": row.done_on is None and row.due_on < today,
            "result": row.result, "done": date_format(row.done_on, "F j, Y") if row.done_on else "",
            "url": reverse("commons:survey_action_done", args=[row.collaborative_id, row.pk]),
        }
        for row in rows
    ]  # fmt: skip


def _due(entry: Due, *, pk: Any, today: date) -> dict[str, Any]:
    day = date_format(entry.on, "F j, Y")
    if entry.first and entry.on >= today:
        words = _("It is part of the first 90 days of a collaborative: until %(day)s.") % {"day": day}
    elif entry.first:
        words = _("It is part of the first 90 days of a collaborative. They ended on %(day)s.") % {"day": day}
    else:
        words = _("Due again on %(day)s.") % {"day": day}
    to = WHERE.get(entry.kind)
    url = reverse(f"commons:{to}", args=[pk]) if to else f"{reverse('commons:survey_new', args=[pk])}?kind={entry.kind}"
    return {"name": RHYTHMS[entry.kind], "words": words, "url": url, "late": entry.on < today}
