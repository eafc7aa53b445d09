"""Decisions and promises in words, attendance and contributions as pictures with their tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from careloom.commons.presenters.meetings import about_url, on_day, promise_line, quarter_words, when
from careloom.commons.presenters.noted import mark_of, told_of
from careloom.infra.packs import current_pack
from careloom.infra.ui.components import Column, Columns, Part, Status, Tabs
from careloom.kernel.partnership import Tier, minimum_missing
from careloom.meetings.models import Decision, Load, Represents, Visit
from careloom.meetings.queries import Coming, Ledger, Promised, PromisePage
from careloom.meetings.words import DISSENTS, MODES, PRESENCES, PRIORITIES, PROGRESS, RESULTS
from careloom.partnership.models import Noted
from careloom.partnership.queries import Rooms
from careloom.partnership.words import RULES, SECTORS

WAYS: tuple[tuple[str, Any], ...] = (("IN_PERSON", "a"), ("VIDEO", "b"), ("PHONE", "c"), ("ABSENT", "d"))
RESULT_TONES: dict[str, Any] = {"ADOPTED": "done", "PUT_OFF": "wait", "NOT_ADOPTED": ""}


def tabs_of(items: list[tuple[str, str, bool]]) -> Tabs:
    """Places of one list."""
    return Tabs(label=_("Which ones"), items=tuple(items))


def decision_line(row: Decision, *, noted: Noted | None = None) -> dict[str, Any]:
    """A decision: what, for families, how, what was said against it, and whether it is final."""
    votes = ""
    if row.votes_for is not None:
        votes = _("%(a)s for, %(b)s against, %(c)s abstained") % {"a": row.votes_for, "b": row.votes_against, "c": row.abstained or 0}
    quorum = {True: _("The quorum was met."), False: _("The quorum was not met."), None: ""}[row.quorum_met]
    return {
        "url": reverse("commons:decision", args=[row.collaborative_id, row.pk]), "proposal": row.proposal, "families": row.for_families,
        "status": Status(words=str(RESULTS[row.result]), tone=RESULT_TONES[row.result]), "mark": mark_of(noted),
        "noted": told_of(noted), "rule": RULES[row.rule], "rule_words": row.rule_words,
        "votes": votes, "quorum": quorum, "body": row.body.name, "day": on_day(row.decided_on), "about": about_url(row),
        "meeting": {"url": reverse("commons:meeting", args=[row.collaborative_id, row.meeting.pk]), "when": when(row.meeting.starts_at)}
        if row.meeting
        else None,
        "dissents": [
            {"kind": DISSENTS[one.kind], "who": one.seat.name if one.seat else _("Without a name"), "words": one.words} for one in row.dissents.all()
        ],
    }  # fmt: skip


def promise_page(found: PromisePage, *, today: date) -> dict[str, Any]:
    """One promise with its steps."""
    row = found.row
    line = promise_line(Promised(row=row, told=found.told), today=today)
    steps = [{"state": PROGRESS[step.state], "words": step.words, "day": on_day(step.made_at.date())} for step in found.steps]
    return {
        "blocked": row.state == "BLOCKED", "line": line, "partner": row.owner.partner.name, "steps": steps, "made": on_day(row.made_at.date()),
        "meeting": {"url": reverse("commons:meeting", args=[row.collaborative_id, row.meeting.pk]), "when": when(row.meeting.starts_at)}
        if row.meeting
        else None,
        "decision": {"url": reverse("commons:decision", args=[row.collaborative_id, row.decision.pk]), "words": row.decision.proposal}
        if row.decision
        else None,
    }  # fmt: skip


def attendance_page(found: tuple[Coming, ...]) -> dict[str, Any]:
    """How members came over two years: a picture, its table, by how the meeting was held, and by kind of partner."""
    columns = tuple(
        Column(label=_short(coming.quarter), parts=tuple(Part(tone=tone, value=coming.ways[way]) for way, tone in WAYS)) for coming in found
    )
    quarters = [
        {
            "name": quarter_words(coming.quarter),
            "meetings": ", ".join(f"{MODES[mode]}: {coming.meetings[mode]}" for mode in sorted(coming.meetings)),
            "ways": [coming.ways[way] for way, _tone in WAYS], "share": _share(coming.there, coming.all),
        }
        for coming in reversed(found)
        if coming.all
    ]  # fmt: skip
    return {
        "picture": Columns(columns=columns, keys=tuple((tone, str(PRESENCES[way])) for way, tone in WAYS)) if quarters else None,
        "ways": [PRESENCES[way] for way, _tone in WAYS], "quarters": quarters, "modes": _modes(found), "sectors": _sectors(found),
    }  # fmt: skip


def ledger_page(rooms: Rooms, quarters: tuple[date, ...], ledgers: Iterable[Ledger]) -> dict[str, Any]:
    """What partners committed against what they brought, what weighs on them, and what their leaders signed."""
    rows = list(ledgers)
    columns = tuple(
        Column(
            label=_short(quarter),
            parts=(Part(tone="b", value=sum(row.committed[quarter] for row in rows)), Part(tone="a", value=sum(row.hours(quarter) for row in rows))),
        )
        for quarter in quarters
    )
    return {
        "rooms": rooms, "quarters": [quarter_words(quarter) for quarter in quarters],
        "picture": Columns(columns=columns, keys=(("b", _("Hours committed")), ("a", _("Hours brought"))), beside=True),
        "totals": [(quarter_words(q), sum(row.committed[q] for row in rows), sum(row.hours(q) for row in rows)) for q in quarters],
        "lines": [_ledger(rooms, row, quarters) for row in sorted(rows, key=_weight)],
        "asked": sum(row.due_again and row.commitment is not None for row in rows),
    }  # fmt: skip


def _weight(row: Ledger) -> tuple[bool, bool]:
    """Who is asked again comes first, who committed nothing yet last; otherwise by name, as they came."""
    return row.commitment is None, not row.due_again


def visit_line(row: Visit) -> dict[str, Any]:
    """A visit to a partner."""
    before = f"{row.meeting.body.name}, {when(row.meeting.starts_at)}" if row.meeting else ""
    return {"partner": row.partner.name, "day": on_day(row.on), "who": row.who, "heard": row.heard, "asks": row.asks, "before": before}


def minimum_page(rooms: Rooms, parts: dict[Any, Represents]) -> dict[str, Any]:
    """Which work groups have their minimum, and for whom each partner stands."""
    minimum, language = current_pack().meetings.work_group_minimum, get_language() or "en"
    words = {one.code: one.label(language) for one in minimum}
    groups = []
    for body in rooms.bodies:
        if body.tier != Tier.WORK_GROUP:
            continue
        there = {code for seat in rooms.seats_in(body) for code in (parts[seat.partner_id].parts if seat.partner_id in parts else ())}
        missing = minimum_missing(minimum=[one.code for one in minimum], there=there)
        url = reverse("commons:seat_new", args=[body.collaborative_id, body.pk]) if rooms.standing.leads(body.pk) else ""
        groups.append({"name": body.name, "cells": [one.code not in missing for one in minimum], "whole": not missing, "url": url})
    may = rooms.standing.runs or bool(rooms.standing.officer_of)
    return {
        "rooms": rooms, "heads": [words[one.code] for one in minimum], "groups": groups,
        "partners": [
            {
                "name": row.name, "stands": ", ".join(words[code] for code in parts[row.pk].parts if code in words) if row.pk in parts else "",
                "url": reverse("commons:represents", args=[row.collaborative_id, row.pk]) if may else "",
            }
            for row in rooms.partners
        ],
    }  # fmt: skip


def _ledger(rooms: Rooms, row: Ledger, quarters: tuple[date, ...]) -> dict[str, Any]:
    partner, commitment = row.partner, row.commitment
    args = [partner.collaborative_id, partner.pk]
    mine = rooms.standing.speaks_for(partner.pk)
    given = [row.reported[quarter] for quarter in quarters if quarter in row.reported]
    return {
        "name": partner.name, "cells": [(quarter_words(quarter), row.committed[quarter], row.hours(quarter)) for quarter in quarters],
        "funds": number_format(sum(one.funds for one in given), force_grouping=True) if any(one.funds for one in given) else "",
        "in_kind": ", ".join(dict.fromkeys(one.in_kind for one in given if one.in_kind)),
        "mission": commitment.mission if commitment else "", "since": on_day(commitment.on) if commitment else "", "due_again": row.due_again,
        "brings": commitment.in_kind if commitment else "", "load": load_words(row.load) if row.load else "", "heavy": row.heavy,
        "load_month": date_format(row.load.month, "F Y") if row.load else "",
        "priorities": [
            {"kind": PRIORITIES[one.kind], "what": one.what, "by": one.signed_by, "where": one.where, "on": on_day(one.on)} for one in row.priorities
        ],
        "urls": [(words, reverse(f"commons:{name}", args=args)) for words, name in _ways_in(row)] if mine else [],
    }  # fmt: skip


def _ways_in(row: Ledger) -> list[tuple[str, str]]:
    first = _("Say whether it still stands") if row.commitment else _("Say what you commit")
    return [(first, "commit"), (_("What you brought"), "report"), (_("What weighs on you"), "load"), (_("What your leader signed"), "priority")]


def load_words(row: Load) -> str:
    """What weighs on a partner, in a line."""
    parts = []
    if row.caseload is not None:
        parts.append(ngettext("%(n)s family for each worker", "%(n)s families for each worker", row.caseload) % {"n": row.caseload})
    if row.turnover is not None:
        parts.append(_("%(n)s of 100 staff left within a year") % {"n": row.turnover})
    if row.budget:
        parts.append((_("budget down by %(n)s of 100") if row.budget < 0 else _("budget up by %(n)s of 100")) % {"n": abs(row.budget)})
    return ". ".join([", ".join(parts), row.words]).strip(". ")


def _modes(found: tuple[Coming, ...]) -> list[dict[str, Any]]:
    rows = []
    for mode, words in MODES.items():
        there = sum(coming.by_mode.get(mode, {}).get("THERE", 0) for coming in found)
        away = sum(coming.by_mode.get(mode, {}).get("ABSENT", 0) for coming in found)
        meetings = sum(coming.meetings[mode] for coming in found)
        if meetings:
            rows.append({"name": words, "meetings": meetings, "there": there, "all": there + away, "share": _share(there, there + away)})
    return rows


def _sectors(found: tuple[Coming, ...]) -> list[dict[str, Any]]:
    """By kind of partner: the earlier four quarters beside the last four."""
    halves, rows = (found[: len(found) // 2], found[len(found) // 2 :]), []
    for sector, words in SECTORS.items():
        counts = [[sum(one.sectors.get(sector, {}).get(word, 0) for one in half) for word in ("THERE", "ABSENT")] for half in halves]
        if any(map(sum, counts)):
            rows.append({"name": words, "cells": [_share(there, there + away) for there, away in counts], "n": sum(counts[1])})
    return rows


def _share(part: int, whole: int) -> str:
    """A part of a whole, as people."""
    return _("%(part)s of %(whole)s") % {"part": part, "whole": whole} + f" ({round(100 * part / whole)}%)" if whole else "-"


def _short(quarter: date) -> str:
    return f"{date_format(quarter, 'M')} {quarter.year}"
