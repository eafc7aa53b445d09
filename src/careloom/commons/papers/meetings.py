"""The agenda and the minutes of a meeting on paper, as tagged PDF (workflows 6.11)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from careloom.commons.presenters.meetings import on_day, place_facts, quorum_words, when
from careloom.infra import clock
from careloom.infra.documents import render_pdf
from careloom.meetings.queries import Sitting
from careloom.meetings.words import BLOCKS, DISSENTS, PRESENCES, PROGRESS, RESULTS, STATES
from careloom.partnership.words import RULES

TEMPLATE = Path(__file__).parent / "meeting.typ"


def agenda_paper(found: Sitting, *, at: datetime) -> bytes:
    """The agenda as PDF/UA-1. Raises documents.PdfRefusedError."""
    items = [
        {
            "title": f"{number}. {item.title}",
            "detail": ", ".join(part for part in (_minutes(item.minutes), item.who, str(BLOCKS.get(item.block, ""))) if part),
            "lines": [_("For families: %(words)s") % {"words": item.for_families}] if item.for_families else [],
        }
        for number, item in enumerate(found.items, start=1)
    ]
    return _made(found, title=_("Agenda: %(body)s") % {"body": found.meeting.body.name}, parts=[_part(_("What we talk about"), items=items)], at=at)


def minutes_paper(found: Sitting, *, at: datetime) -> bytes:
    """The minutes as PDF/UA-1: who was there, each point with its notes, decisions with their method, promises. Raises documents.PdfRefusedError."""
    there = [[seat.name, seat.partner.name, str(PRESENCES[found.there[seat.pk]])] for seat in found.seats if seat.pk in found.there]
    items = [
        {
            "title": f"{number}. {item.title}",
            "detail": _("For families: %(words)s") % {"words": item.for_families} if item.for_families else "",
            "lines": [line for line in item.notes.splitlines() if line.strip()] or ([_("Not talked about.")] if not item.talked else []),
        }
        for number, item in enumerate(found.items, start=1)
    ]
    promises = [[row.what, row.owner.name, on_day(row.due_on), str(PROGRESS[row.state])] for row in found.promises]
    parts = [
        _part(_("Who was there"), heads=[_("Member"), _("Partner"), _("How")], rows=there),
        _part(_("What we talked about"), items=items),
        _part(_("What was decided"), items=[_decision(row) for row in found.decisions]),
        _part(_("Who does what"), heads=[_("What"), _("Who"), _("By when"), _("Now")], rows=promises),
    ]
    return _made(found, title=_("Minutes: %(body)s") % {"body": found.meeting.body.name}, parts=[part for part in parts if part], at=at)


def _decision(row: Any) -> dict[str, Any]:
    votes = (
        [_("%(a)s for, %(b)s against, %(c)s abstained") % {"a": row.votes_for, "b": row.votes_against, "c": row.abstained or 0}]
        if row.votes_for is not None
        else []
    )
    dissents = [
        f"{DISSENTS[one.kind]}, {one.seat.name if one.seat else _('without a name')}: {one.words}" for one in row.dissents.all()
    ]  # fmt: skip
    return {
        "title": row.proposal,
        "detail": f"{RESULTS[row.result]}. {RULES[row.rule]}.",
        "lines": [_("For families: %(words)s") % {"words": row.for_families}, *votes, *dissents],
    }


def _part(
    title: str, *, items: list[dict[str, Any]] | None = None, heads: list[str] | None = None, rows: list[list[str]] | None = None
) -> dict[str, Any]:
    """A part of the paper; {} where there is nothing in it."""
    return {"title": title, "items": items or [], "heads": heads or [], "rows": rows or []} if items or rows else {}


def _minutes(count: int) -> str:
    return _("%(n)s minutes") % {"n": count}


def _made(found: Sitting, *, title: str, parts: list[dict[str, Any]], at: datetime) -> bytes:
    row = found.meeting
    facts = [{"label": str(fact.label), "value": f"{fact.value}{', ' + str(fact.note) if fact.note else ''}"} for fact in place_facts(row)]
    facts += [{"label": _("Link"), "value": row.link}] if row.link else []
    facts += [{"label": _("Quorum"), "value": quorum_words(found)}] if found.needed else []
    facts += [{"label": _("Guests"), "value": row.guests}] if row.guests else []
    data = {
        "lang": (get_language() or "en")[:2], "title": title, "issuer": "Careloom", "facts": facts, "parts": parts,
        "eyebrow": f"{found.standing.collaborative.name}. {when(row.starts_at)}. {STATES[row.state]}",
        "page": _("Page"), "of": _("of"),
        "footer": _("Printed %(day)s") % {"day": date_format(at.astimezone(clock.zone()), "DATE_FORMAT")}
        + (f". {_('Practice county')}" if settings.CARELOOM_WORLD == "demo" else ""),
    }  # fmt: skip
    return render_pdf(template=TEMPLATE, data=data)
