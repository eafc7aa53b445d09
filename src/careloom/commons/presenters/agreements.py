"""Agreements in words: what waits, the line of time, and one of them with what is missing and where it is filled in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.agreements import words
from careloom.agreements.checklists import ClauseOf
from careloom.agreements.models import Agreement
from careloom.agreements.queries import Due, Whole
from careloom.agreements.term import Carried
from careloom.infra.ui.components import ClockPoint, ClockRow, Clocks, Fact, Facts
from careloom.infra.ui.paging import Some
from careloom.kernel.partnership.agreements import MOVES, OPEN, WHOLE, Gap, State, Takes, Why
from careloom.partnership.queries import Rooms
from careloom.partnership.standing import Standing

TONES = {"EXECUTED": "done", "AMENDMENT": "done", "EXPIRED": "late", "TERMINATED": ""}
HOLDS = frozenset({State.EXECUTED, State.EXPIRED, State.TERMINATED})
WRITES = frozenset({Takes.TEXT, Takes.CODES, Takes.PARTNERS, Takes.BODY})


def list_context(rooms: Rooms, found: Some, waits: tuple[Due, ...], *, today: date) -> dict[str, Any]:
    """The page of all agreements."""
    rows: list[Any] = list(found.rows)
    return {
        "rooms": rooms, "row": rooms.standing.collaborative, "runs": rooms.standing.runs, "page": found,
        "waits": [due_line(one, standing=rooms.standing) for one in waits],
        "lines": [_line(row) for row in rows], "clocks": _clocks(rows, today=today),
    }  # fmt: skip


def one_context(rooms: Rooms, whole: Whole, *, today: date) -> dict[str, Any]:
    """The page of one agreement."""
    row, written, runs = whole.row, whole.written, rooms.standing.runs
    state = State(row.state)
    may_write = runs and state in OPEN
    gaps = [gap_line(rooms, whole, gap, may_write=may_write) for gap in written.gaps] if state is not State.TERMINATED else []
    moves = [{"to": to, "words": words.MOVES[to]} for to in MOVES[state] if not (gaps and to in WHOLE)] if runs else []
    # Who signed what holds now, or, while the next version is written and signed, who signed that one.
    number = row.number if state in HOLDS else row.number + 1
    signed = {one.party_id: one for one in whole.signatures if one.number == number}
    facts = [
        Fact(label=_("Kind"), value=words.KINDS[row.kind]), Fact(label=_("State"), value=words.STATES[row.state]),
        Fact(label=_("In force since"), value=day_of(row.starts_on) if row.number else _("Not yet")),
        Fact(label=_("Next review"), value=day_of(row.review_on)),
        Fact(label=_("Version"), value=str(row.number) if row.number else _("First draft")),
    ]  # fmt: skip
    return {
        "rooms": rooms, "collaborative": rooms.standing.collaborative, "row": row, "runs": runs, "may_write": may_write, "gaps": gaps, "moves": moves,
        "facts": Facts(items=tuple(one for one in facts if one.value)), "groups": _groups(rooms, whole, may_write=may_write),
        "parties": [_party(rooms, whole, one, signed=signed) for one in written.parties], "is_signing": state is State.SIGNING,
        "missing": ngettext("One thing is missing", "%(n)s things are missing", len(gaps)) % {"n": len(gaps)} if gaps else "",
        "comments": [_comment(rooms, whole, one) for one in whole.comments], "in_force": bool(row.number and row.ended_at is None),
        "filing": [_filed(rooms, one) for one in whole.signatures if one.number <= row.number and one.number == row.number],
        "versions": whole.versions, "reviews": [_reviewed(one) for one in whole.reviews],
        "notices": [{"row": one, "late": one.sent_on is None and one.due_on < today} for one in whole.notices], "is_working": row.kind == "WORKING",
        "may_end": bool(row.number and state is not State.TERMINATED),
        "audits": whole.audits, "reports": whole.reports, "ahead": row.number and row.state in {*OPEN, *WHOLE},
    }  # fmt: skip


def gap_line(rooms: Rooms, whole: Whole, gap: Gap, *, may_write: bool) -> dict[str, Any]:
    """What is missing in words, and the way to where it is filled in for who may."""
    clause = whole.written.checklist.clause(gap.code)
    assert clause is not None
    name = whole.written.names.get(gap.key) or str(words.ROLES.get(gap.key, "")) or clause.options.get(gap.key, "")
    said = f"{words.WHY[gap.why]} {name}".strip()
    return {"head": clause.label, "words": said, "url": _where(rooms, whole, clause, gap) if may_write else ""}


def day_of(day: date | None) -> str:
    """A day as one reads it."""
    return date_format(day, "F j, Y") if day else ""


def carried_words(found: Carried) -> str:
    """What a line of the schedule does now."""
    if found.code == "IN_FORCE" and found.on is None:
        return _("In force")
    return str(words.CARRIED[found.code]) % {"day": day_of(found.on)}


def _where(rooms: Rooms, whole: Whole, clause: ClauseOf, gap: Gap) -> str:
    pk = [rooms.standing.collaborative.pk, whole.row.pk]
    if gap.why in {Why.NOT_SEATED, Why.NO_PROVIDER}:
        body = next(iter(whole.written.clauses[gap.code].codes))
        return reverse("commons:seat_new", args=[pk[0], body])
    match clause.rule.takes:
        case Takes.BODY if not rooms.bodies:
            return f"{reverse('commons:body_new', args=pk[:1])}?tier=WORK_GROUP"
        case Takes.PARTIES:
            return f"{reverse('commons:agreement_party_new', args=pk)}?role={gap.key or 'MEMBER'}"
        case Takes.CONTACTS | Takes.SIGNERS | Takes.FILING:
            party = next((one for one in whole.written.parties if str(one.partner_id) == gap.key), None)
            return reverse("commons:agreement_party", args=[*pk, party.pk]) if party else reverse("commons:agreement_party_new", args=pk)
        case Takes.LINES:
            return reverse("commons:agreement_line_new", args=[*pk, clause.rule.table])
        case Takes.ELEMENTS:
            return reverse("commons:agreement_element_new", args=pk)
        case Takes.AREA | Takes.TERM | Takes.REPORT:
            return reverse("commons:agreement_edit", args=pk)
    return reverse("commons:agreement_clause", args=[*pk, clause.rule.code])


def _groups(rooms: Rooms, whole: Whole, *, may_write: bool) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    pk = [rooms.standing.collaborative.pk, whole.row.pk]
    for clause in whole.written.checklist.clauses:
        takes, url, rows = clause.rule.takes, "", []
        if may_write and takes in WRITES:
            url = reverse("commons:agreement_clause", args=[*pk, clause.rule.code])
        elif may_write and takes in {Takes.LINES, Takes.ELEMENTS}:
            url = _where(rooms, whole, clause, Gap(code=clause.rule.code, why=Why.EMPTY))
        elif may_write and takes in {Takes.AREA, Takes.TERM, Takes.REPORT}:
            url = reverse("commons:agreement_edit", args=pk)
        if takes is Takes.LINES:
            rows = [
                (one.cells, reverse("commons:agreement_line", args=[*pk, one.table, one.pk]))
                for one in whole.written.lines
                if one.table == clause.rule.table
            ]
        elif takes is Takes.ELEMENTS:
            texts = whole.written.words(clause).split("\n")
            pairs = zip(texts, whole.written.elements, strict=False)
            rows = [([text, carried_words(whole.carried[one.pk])], reverse("commons:agreement_element", args=[*pk, one.pk])) for text, one in pairs]
        found.setdefault(clause.group, []).append(
            {
                "clause": clause, "text": "" if rows else whole.written.words(clause), "url": url, "rows": rows,
                "columns": words.TABLES[clause.rule.table] if takes is Takes.LINES else (), "adds": takes in {Takes.LINES, Takes.ELEMENTS},
                "comment": reverse("commons:agreement_comment", args=[*pk, clause.rule.code]) if whole.row.state == State.PARTNER_REVIEW else "",
            }
        )  # fmt: skip
    return [{"label": words.GROUPS[group], "code": group, "clauses": clauses} for group, clauses in found.items()]


def _party(rooms: Rooms, whole: Whole, row: Any, *, signed: dict[Any, Any]) -> dict[str, Any]:
    pk, speaks = [rooms.standing.collaborative.pk, whole.row.pk, row.pk], rooms.standing.speaks_for(row.partner_id)
    done = signed.get(row.pk)
    on_paper = done is not None and (row.partner.agency_id is None or done.by_agency != row.partner.agency_id)
    return {
        "on_paper": on_paper, "row": row, "role": words.ROLES[row.role],
        "edit": reverse("commons:agreement_party", args=pk) if speaks and whole.row.state in OPEN else "",
        "sign": reverse("commons:agreement_sign", args=pk) if speaks and whole.row.state == State.SIGNING and done is None else "", "signed": done,
    }  # fmt: skip


def _comment(rooms: Rooms, whole: Whole, row: Any) -> dict[str, Any]:
    clause = whole.written.checklist.clause(row.code)
    args = [rooms.standing.collaborative.pk, whole.row.pk, row.pk]
    url = reverse("commons:agreement_comment_answer", args=args) if rooms.standing.runs and row.answered_at is None else ""
    return {"row": row, "clause": clause.label if clause else row.code, "url": url}


def _reviewed(row: Any) -> dict[str, Any]:
    return {"row": row, "because": words.BECAUSE[row.because], "outcome": words.OUTCOMES.get(row.outcome, "")}


def _filed(rooms: Rooms, row: Any) -> dict[str, Any]:
    args = [row.collaborative_id, row.agreement_id, row.pk]
    return {"row": row, "url": reverse("commons:agreement_file", args=args) if rooms.standing.speaks_for(row.party.partner_id) else ""}


def _line(row: Agreement) -> dict[str, Any]:
    stands = bool(row.number and row.review_on and row.ended_at is None)
    return {
        "row": row, "kind": words.KINDS[row.kind], "state": words.STATES[row.state], "tone": TONES.get(row.state, "wait"),
        "url": reverse("commons:agreement", args=[row.collaborative_id, row.pk]),
        "note": _("Next review %(day)s") % {"day": day_of(row.review_on)} if stands else row.ended_because,
    }  # fmt: skip


def _clocks(rows: list[Agreement], *, today: date) -> Clocks | None:
    """Agreements that were executed, on one line of time: since when, the review, the end."""
    lanes = []
    for row in rows:
        if not row.number or row.starts_on is None or row.ended_at is not None:
            continue
        since = max(row.starts_on, today - timedelta(days=540))
        points = [ClockPoint(on=since, label=_("In force"), kind="done")] if since == row.starts_on else []
        if row.review_on and row.review_on < today + timedelta(days=540):
            points.append(ClockPoint(on=row.review_on, label=_("Review"), kind="due" if row.review_on <= today + timedelta(days=60) else "open"))
        if row.ends_on and row.ends_on < today + timedelta(days=540):
            points.append(ClockPoint(on=row.ends_on, label=_("Last day"), kind="due" if row.ends_on < today else "key"))
        last = max([today, *(one.on for one in points)])
        name, kind = Truncator(row.title).chars(38), Truncator(words.KINDS[row.kind]).chars(42)
        lanes.append(ClockRow(name=name, sub=kind, starts_on=since, ends_on=last, points=tuple(points)))
    if not lanes:
        return None
    waits = sum(point.kind == "due" for lane in lanes for point in lane.points)
    said = ngettext("%(n)s agreement is in force.", "%(n)s agreements are in force.", len(lanes)) % {"n": len(lanes)}
    said += " " + (
        ngettext("One date needs somebody.", "%(n)s dates need somebody.", waits) % {"n": waits} if waits else _("No date needs somebody now.")
    )
    return Clocks(today=today, rows=tuple(lanes[:12]), title=_("Agreements in time"), sentence=said)


def due_line(one: Due, *, standing: Standing) -> dict[str, Any]:
    """Something that waits, in words, with the way to it."""
    pk = standing.collaborative.pk
    said = words.WAITS[one.code]
    url = reverse("commons:agreements_success", args=[pk])
    if one.agreement is not None:
        args = [pk, one.agreement.pk]
        names = {
            "REVIEW": "agreement_review",
            "JOINED": "agreement_review",
            "REPORT": "agreement_report_new",
            "AUDIT": "agreement_audit_new",
        }
        rowed = {"NOTICE": "agreement_notice", "FILING": "agreement_file", "ACTION": "agreement_audit"}
        url = (
            reverse(f"commons:{rowed[one.code]}", args=[*args, one.row_id])
            if one.code in rowed
            else reverse(f"commons:{names.get(one.code, 'agreement')}", args=args)
        )
        url += "?because=JOINED" if one.code == "JOINED" else ""
    title = one.agreement.title if one.agreement else ""
    return {
        "said": said,
        "name": one.name,
        "title": title if title != one.name else "",
        "on": one.on,
        "late": one.late,
        "url": url if standing.runs or one.code == "ACTION" else "",  # every member may read a self-audit; the other ways are forms
    }
