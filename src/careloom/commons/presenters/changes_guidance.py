"""Guidance in words: the list, what is due, and one guidance with who has not acknowledged it."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from careloom.changes.actions.heard import answers_for, hears, speaks
from careloom.changes.models import Addressee, Feedback
from careloom.changes.queries import Due, GuidanceRow, Heard
from careloom.changes.queries.guidance import name_of
from careloom.changes.rights import leads_any
from careloom.changes.words import STATES
from careloom.commons.presenters.changes_parts import TONES, Line, Section, Table, Way, told
from careloom.commons.presenters.noted import told_of
from careloom.partnership.queries import noted_about
from careloom.partnership.standing import Standing

WAITS = {
    "GUIDANCE": later("%(who)s is to acknowledge it by %(day)s."),
    "FEEDBACK": later("Feedback from %(who)s is to be read by %(day)s."),
    "PILOT_ENDS": later("The pilot of %(who)s ends on %(day)s. Then it is evaluated."),
    "PILOT_DECIDE": later("%(who)s has evaluated it. What becomes of it is to be said by %(day)s."),
}


def to(name: str, *args: object) -> str:
    """An address of the rooms."""
    return reverse(f"commons:{name}", args=list(args))


def due_section(rows: tuple[Due, ...], collaborative_id: UUID) -> Section:
    """What waits for somebody."""
    lines = tuple(
        Line(
            head=one.title, url=to("pilot" if one.of_pilot else "guidance", collaborative_id, one.id),
            status=_("Late") if one.late else _("Waits"), tone="late" if one.late else "wait",
            quiet=str(WAITS[one.kind]) % {"who": one.who, "day": date_format(one.due_on)},
        )
        for one in rows[:50]
    )  # fmt: skip
    more = _("And %(n)s more.") % {"n": len(rows) - 50} if len(rows) > 50 else ""
    return Section(id="due", head=_("What waits"), lines=lines, note=more, empty=_("Nothing waits. Everybody has acknowledged what was issued."))


def list_section(rows: tuple[GuidanceRow, ...], *, collaborative_id: UUID) -> Section:
    """Every guidance with how it was received."""
    lines = tuple(
        Line(
            head=one.guidance.title, url=to("guidance", collaborative_id, one.guidance.pk), status=STATES[one.state], tone=TONES[one.state],
            quiet=line_of(one),
        )
        for one in rows
    )  # fmt: skip
    return Section(id="guidance", head=_("Guidance"), lines=lines, empty=_("None yet. Oversight issues guidance to teams and partners."))


def line_of(one: GuidanceRow) -> str:
    """Who issues it, its version, and how the one in force was received."""
    parts = [_("%(body)s, version %(n)s") % {"body": one.guidance.body.name, "n": one.newest.number}]
    if one.in_force is not None:
        facts = {"n": one.acknowledged, "all": one.asked, "used": one.applied}
        parts.append(_("%(n)s of %(all)s acknowledged, %(used)s work this way") % facts)
    return ". ".join(parts) + "."


def sections_of(found: Heard, *, collaborative_id: UUID) -> list[Section]:
    """One guidance: its words, to whom it went, comments, feedback and versions."""
    now, newest, standing = found.row.in_force, found.row.newest, found.standing
    shown = [_words(found, collaborative_id=collaborative_id)]
    if now is not None:
        waits = tuple(one for one in found.addressees if one.acknowledged_on is None)
        shown.append(
            Section(
                id="waits", head=_("Who has not acknowledged it"), empty=_("Everybody has."),
                lines=tuple(_addressee(one, standing, collaborative_id) for one in waits),
            )
        )  # fmt: skip
        have = tuple(one for one in found.addressees if one.acknowledged_on is not None)
        lines = tuple(_addressee(one, standing, collaborative_id) for one in have)
        shown.append(Section(id="have", head=_("Who has acknowledged it"), lines=lines, empty=_("Nobody yet.")))
    if newest.state == "CONSULT" or found.comments:
        ways = (Way(words=_("Comment"), url=to("guidance_comment", collaborative_id, newest.pk)),) if newest.state == "CONSULT" else ()
        shown.append(
            Section(
                id="comments", head=_("Comments on version %(n)s") % {"n": newest.number}, empty=_("No comment yet."), ways=ways,
                lines=tuple(Line(head=one.who, quiet=date_format(one.made_at), parts=(("", one.words),)) for one in found.comments),
            )
        )  # fmt: skip
    if now is not None or found.feedback:
        url = to("feedback_guidance", collaborative_id, found.row.guidance.pk)
        shown.append(feedback_section(found.feedback, standing, ways=(Way(words=_("Say how it goes"), url=url),)))
    rows = tuple(
        (
            str(one.number), str(STATES[one.state]), date_format(one.issued_on) if one.issued_on else "", one.changed,
            ". ".join(text for text in (date_format(one.ended_on) if one.ended_on else "", one.ended_why) if text),
        )
        for one in found.versions
    )  # fmt: skip
    heads = (_("Version"), _("How it stands"), _("Issued"), _("What is new"), _("Ended"))
    return [*shown, Section(id="versions", head=_("Versions"), table=Table(heads=heads, rows=rows))]


def _words(found: Heard, *, collaborative_id: UUID) -> Section:
    newest, standing, pk = found.row.newest, found.standing, collaborative_id
    writes, issues = leads_any(standing), standing.leads(found.row.guidance.body_id)
    ways: list[Way] = []
    if newest.state == "DRAFT" and writes:
        ways += [
            Way(words=_("Open it for comments"), url=to("guidance_comments", pk, newest.pk), first=True),
            Way(words=_("Change the words"), url=to("guidance_write", pk, newest.pk)),
        ]
    if newest.state == "CONSULT":
        ways += [Way(words=_("Issue it"), url=to("guidance_issue", pk, newest.pk), first=True)] if issues else []
        back = Way(words=_("Back to the draft"), url=to("guidance_back", pk, newest.pk), post=True, version=newest.row_version)
        ways += [back] if writes else []
    if newest.state in ("ISSUED", "RETIRED") and writes:
        ways.append(Way(words=_("Draft the next version"), url=to("guidance_next", pk, found.row.guidance.pk)))
    if newest.state == "ISSUED" and issues:
        ways.append(Way(words=_("Retire it"), url=to("guidance_retire", pk, newest.pk)))
    ways.append(Way(words=_("As a PDF"), url=f"{to('guidance_pdf', pk, found.row.guidance.pk)}?version={newest.number}"))
    note = _("Comments are open until %(day)s.") % {"day": date_format(newest.consult_until)} if newest.state == "CONSULT" else ""
    old = found.row.in_force
    if old is not None and old.pk != newest.pk:
        note = f"{note} " + _("Version %(n)s stays in force until this one is issued.") % {"n": old.number}
    note = f"{note} {told_of(noted_about([newest.pk]).get(newest.pk))}"
    head = _("Version %(n)s: %(state)s") % {"n": newest.number, "state": STATES[newest.state]}
    return Section(id="words", head=head, text=newest.text, note=note.strip(), ways=tuple(ways))


def _addressee(one: Addressee, standing: Standing, collaborative_id: UUID) -> Line:
    mine, paper, name = answers_for(standing, one), standing.runs and not answers_for(standing, one), name_of(one)
    ways: tuple[Way, ...] = ()
    if mine and one.acknowledged_on is None:
        url = to("guidance_acknowledge", collaborative_id, one.pk)
        ways += (Way(words=_("We have read it"), url=url, about=name, post=True, version=one.row_version, first=True),)
    if paper and one.acknowledged_on is None:
        ways += (Way(words=_("It came on paper"), url=to("guidance_acknowledge", collaborative_id, one.pk), about=name),)
    if speaks(standing, one) and one.applied_since is None:
        ways += (
            Way(words=_("They work this way") if paper else _("We work this way"), url=to("guidance_applied", collaborative_id, one.pk), about=name),
        )
    if one.acknowledged_on is None:
        quiet, status, tone = _("By %(day)s") % {"day": date_format(one.due_on)}, _("Not yet"), "wait"
    elif one.applied_since is None:
        quiet, status, tone = "", _("Read, not applied yet"), "move"
    else:
        quiet, status, tone = "", _("Applied since %(day)s") % {"day": date_format(one.applied_since)}, "done"
    if one.acknowledged_on:
        told_how = {"day": date_format(one.acknowledged_on), "who": one.acknowledged_by, "noted": one.noted_by}
        quiet = _("Acknowledged on paper by %(who)s, noted on %(day)s by %(noted)s") if one.noted_by else _("Acknowledged on %(day)s by %(who)s")
        quiet %= told_how
    return Line(head=name, quiet=quiet, status=status, tone=tone, ways=ways, parts=told((_("How:"), one.applied_how)))


def feedback_section(rows: tuple[Feedback, ...], standing: Standing, *, ways: tuple[Way, ...]) -> Section:
    """What the places said, with what one may do."""
    lines = tuple(_feedback(one, standing) for one in rows[:50])
    return Section(id="feedback", head=_("What the places say"), lines=lines, empty=_("Nothing yet."), ways=ways)


def _feedback(one: Feedback, standing: Standing) -> Line:
    pk, may = one.collaborative_id, hears(standing, one)
    ways: tuple[Way, ...] = ()
    if may and one.read_on is None:
        ways += (Way(words=_("I have read it"), url=to("feedback_read", pk, one.pk), about=one.who, post=True, version=one.row_version),)
    if may and one.state in ("SENT", "READ"):
        ways += (Way(words=_("Answer"), url=to("feedback_answer", pk, one.pk), about=one.who),)
    if one.state == "ANSWERED" and (may or (one.made_by is not None and one.made_by == standing.worker_id)):
        ways += (Way(words=_("Close it"), url=to("feedback_close", pk, one.pk), about=one.who, post=True, version=one.row_version),)
    quiet = _("Sent on %(day)s") % {"day": date_format(one.sent_on)}
    quiet += ", " + _("to be read by %(day)s") % {"day": date_format(one.read_by)} if one.state == "SENT" else ""
    return Line(
        head=one.who,
        status=STATES[one.state],
        tone=TONES[one.state],
        quiet=quiet,
        parts=(("", one.words), *told((_("Answer:"), one.answer))),
        ways=ways,
    )
