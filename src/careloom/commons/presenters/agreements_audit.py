"""A self-audit with what is known here beside each question, and the annual report as the data draft it. What the other rooms tell comes through
`agreements_sources`. Source: R-183, R-184; agreements.md 5.1.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.agreements.checklists import checklists
from careloom.agreements.models import Audit
from careloom.agreements.queries import Whole
from careloom.agreements.words import SAYS, SECTIONS
from careloom.commons.presenters.agreements import day_of
from careloom.commons.presenters.agreements_position import counted_words
from careloom.commons.presenters.agreements_sources import Evidence
from careloom.partnership.queries import Rooms


def audit_context(known: Evidence, row: Audit, *, today: date) -> dict[str, Any]:
    """The page of a self-audit."""
    rooms, whole = known.rooms, known.whole
    answers, args = whole.answers[row.pk], [rooms.standing.collaborative.pk, whole.row.pk, row.pk]
    lines = []
    for code, ask in checklists().questions.items():
        told = answers.get(code)
        url = reverse("commons:agreement_answer", args=[*args, code]) if rooms.standing.runs and row.closed_on is None else ""
        late = bool(told and told.action and told.done_on is None and told.due_on and told.due_on < today)
        lines.append(
            {
                "ask": ask,
                "told": told,
                "says": SAYS[told.says] if told else "",
                "url": url,
                "late": late,
                "known": "" if told else evidence(known, code),
            }
        )
    findings, actions = [one for one in answers.values() if one.finding], [one for one in answers.values() if one.action]
    return {
        "rooms": rooms, "collaborative": rooms.standing.collaborative, "whole": whole, "row": row, "lines": lines, "runs": rooms.standing.runs,
        "state": state_of(row, answered=len(answers), actions=actions), "found": _found(len(findings), len(actions)), "answered": len(answers),
        "questions": len(lines), "closes": rooms.standing.runs and row.closed_on is None and len(answers) >= len(lines),
    }  # fmt: skip


def _found(findings: int, actions: int) -> str:
    found = ngettext("%(n)s finding", "%(n)s findings", findings) % {"n": findings}
    return found + ", " + ngettext("%(n)s action", "%(n)s actions", actions) % {"n": actions}


def state_of(row: Audit, *, answered: int, actions: list[Any]) -> str:
    """Where a self-audit stands, in words."""
    if row.closed_on:
        return _("Done")
    if answered < len(checklists().questions):
        return _("Being answered") if answered else _("Planned")
    return _("Actions under way") if any(one.done_on is None for one in actions) else _("Answered")


def evidence(known: Evidence, code: str) -> str:
    """What is known here about a question; "" where nothing is."""
    rooms, whole = known.rooms, known.whole
    own = {"contacts": _contacts, "position": _position, "colocation": _sites, "relevance": _reviews, "notices": _notices, "episodes": _episodes}
    said = [known.question(code), own[code](rooms, whole) if code in own else "", _members(rooms, whole) if code == "attendance" else ""]
    return " ".join(filter(None, said))


def drafted(known: Evidence) -> dict[str, str]:
    """The sections of the annual report as far as data say them; what no data say is left for the writer."""
    rooms, whole = known.rooms, known.whole
    row, written = whole.row, whole.written
    audit = next((one for one in whole.audits if one.year == known.year), None)
    answers = list(whole.answers[audit.pk].values()) if audit else []
    found = [f"{checklists().questions[one.code]} {SAYS[one.says]}. {one.finding} {one.action}".strip() for one in answers if one.finding]
    clause = {code: told.text for code, told in written.clauses.items()}
    parties = ", ".join(one.partner.name for one in written.parties)
    own = {
        "operation": _("Version %(n)s of “%(title)s” is in force since %(day)s for %(places)s. Parties: %(parties)s.")
        % {"n": row.number, "title": row.title, "day": day_of(row.starts_on), "places": ", ".join(row.places), "parties": parties},
        "workgroup": _members(rooms, whole),
        "inventory": "\n".join(filter(None, [clause.get("inventory_results", ""), clause.get("needs_results", ""), clause.get("gaps", "")])),
        "position": " ".join(
            filter(None, [clause.get("position_outline", ""), _position(rooms, whole), _sites(rooms, whole), _episodes(rooms, whole)])
        ),
        "audit": "\n".join(found) or (_("No finding.") if answers else ""),
        "changes": _changes(whole, year=known.year),
    }  # fmt: skip
    told = known.sections()
    # A clause that was drafted from the same data says the same sentence: it is told once.
    return {code: "\n".join(dict.fromkeys(f"{own.get(code, '')}\n{told.get(code, '')}".strip().split("\n"))) for code in SECTIONS}


def _contacts(rooms: Rooms, whole: Whole) -> str:
    return "; ".join(f"{one.partner.name}: {one.contact_name}" for one in whole.written.parties)


def _members(rooms: Rooms, whole: Whole) -> str:
    codes = whole.written.clauses["workgroup"].codes if "workgroup" in whole.written.clauses else []
    bodies = [one for one in rooms.bodies if str(one.pk) in codes]
    said = []
    for body in bodies:
        seats = rooms.seats_in(body)
        partners = len({one.partner_id for one in seats})
        said.append(_("%(name)s has %(n)s members of %(partners)s partners.") % {"name": body.name, "n": len(seats), "partners": partners})
    return " ".join(said)


def _position(rooms: Rooms, whole: Whole) -> str:
    held = sum(one.table == "HOLDER" for one in whole.written.lines)
    return (
        ngettext("%(n)s person holds the position.", "%(n)s people hold the position.", held) % {"n": held}
        if held
        else _("Nobody holds the position.")
    )


def _sites(rooms: Rooms, whole: Whole) -> str:
    return "; ".join(", ".join(filter(None, one.cells)) for one in whole.written.lines if one.table == "SITE")


def _episodes(rooms: Rooms, whole: Whole) -> str:
    return _("Episodes are counted by definition %(version)s.") % {"version": counted_words(whole)}


def _reviews(rooms: Rooms, whole: Whole) -> str:
    last = next(iter(whole.reviews), None)
    return _("Last looked at on %(day)s.") % {"day": day_of(last.held_on)} if last else _("Not looked at again yet.")


def _notices(rooms: Rooms, whole: Whole) -> str:
    late = sum(one.sent_on is None or one.sent_on > one.due_on for one in whole.notices)
    if not whole.notices:
        return _("No change was logged.")
    told = ngettext("%(n)s change was logged.", "%(n)s changes were logged.", len(whole.notices)) % {"n": len(whole.notices)}
    return told + " " + (_("Not told in time: %(n)s.") % {"n": late} if late else _("All were told in time."))


def _changes(whole: Whole, *, year: int) -> str:
    rows = [one for one in whole.notices if one.changed_on.year == year]
    return "\n".join(f"{day_of(one.changed_on)}: {one.what}" for one in rows) or _("The agreement did not change.")
