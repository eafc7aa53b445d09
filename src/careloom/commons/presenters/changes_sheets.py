"""Strategies, practices, laws, answers, stories, the library, help and priorities, in words."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from careloom.changes.models import Assistance, Definition, KnownStrategy, Lesson, PlaceAnswer, Practice, Priority, Statute, Strategy
from careloom.changes.queries import Asked, Told
from careloom.changes.rights import leads_any
from careloom.changes.words import (
    CHOICES,
    COURSES,
    COVERS,
    DOES,
    EVIDENCE,
    LAWS,
    MARKS,
    POPULATIONS,
    QUESTIONS,
    STAGES,
)
from careloom.changes.words import INDICATORS as FEDERAL
from careloom.commons.indicators import indicator_words
from careloom.commons.presenters.changes_guidance import to
from careloom.commons.presenters.changes_parts import Line, Section, Table, Way, told
from careloom.kernel.notification import Notify, RuleTable
from careloom.kernel.partnership.definition import compared
from careloom.partnership.standing import Standing
from careloom.partnership.words import SECTORS, TIERS
from careloom.plans.presenters.decided import follows

STAGE_TONES = {"PLANNED": "wait", "UNDER_WAY": "move", "EVALUATED": "done", "ENDED": ""}
COURSE_TONES = {"CONTINUE": "done", "FIX": "wait", "STOP": "late", "SCALE": "move"}

SENDS = {
    Notify.NONE: gettext_lazy("Nothing is sent"),
    Notify.DEIDENTIFIED: gettext_lazy("A notification without names"),
    Notify.IDENTIFIED: gettext_lazy("A notification with names"),
}


def change(name: str, row: Any, about: str, *, may: bool, words: str = "") -> tuple[Way, ...]:
    """The way to change a row, for who may."""
    return (Way(words=words or _("Change it"), url=to(f"{name}_edit", row.collaborative_id, row.pk), about=about),) if may else ()


def strategy_line(row: Strategy, standing: Standing, *, may: bool) -> Line:
    """A strategy for systems change."""
    return Line(
        head=row.title, status=STAGES[row.stage], tone=STAGE_TONES[row.stage],
        quiet=f"{DOES[row.does]}. {TIERS[row.tier]}. " + _("%(owner)s answers for it.") % {"owner": row.owner.name},
        parts=told(
            ("", row.what), (_("For:"), ", ".join(row.outcomes)),
            (_("From the library:"), f"{row.known.name} ({EVIDENCE[row.known.evidence]})" if row.known else ""),
            (_("What the evaluation found:"), row.result), (_("Evaluated on"), row.evaluated_on),
        ),
        tags=tuple(MARKS[one] for one in row.marks), ways=change("strategies", row, row.title, may=may),
    )  # fmt: skip


def practice_line(row: Practice, standing: Standing, *, may: bool) -> Line:
    """A practice or a marker."""
    ways = change("changed_practices", row, row.title, may=may)
    if may:
        ways += (Way(words=_("What it puts into practice"), url=f"{to('trace_link', row.collaborative_id)}?of=PRACTICE:{row.pk}", about=row.title),)
    asked = _("Families were asked on %(day)s:") % {"day": date_format(row.family_on)} if row.family_on else _("Families were asked:")
    said = ". ".join(text for text in (row.family_how, row.family_said) if text)
    missing = _("Families have not been asked yet. It is not adopted before.") if row.marker and not said else ""
    return Line(
        head=row.title, status=_("Adopted") if row.adopted_on else _("Proposed"), tone="done" if row.adopted_on else "wait",
        quiet=". ".join(
            text for text in (
                _("Marker of effective practice") if row.marker else "", row.place,
                _("Adopted on %(day)s") % {"day": date_format(row.adopted_on)} if row.adopted_on else "",
            ) if text
        ),
        parts=told(("", row.what), (asked, said), ("", missing)), tags=tuple(MARKS[one] for one in row.marks), ways=ways,
    )  # fmt: skip


def known_line(row: KnownStrategy, standing: Standing, *, may: bool) -> Line:
    """A strategy of the library."""
    return Line(
        head=row.name, status=EVIDENCE[row.evidence], tone={"BASED": "done", "INFORMED": "move"}.get(row.evidence, "wait"),
        quiet=", ".join(str(POPULATIONS[one]) for one in row.populations),
        parts=told(("", row.what), (_("In:"), ", ".join(str(SECTORS[one]) for one in row.systems)), (_("Source:"), row.source)),
        ways=change("library", row, row.name, may=may),
    )  # fmt: skip


def help_line(row: Assistance, standing: Standing, *, may: bool) -> Line:
    """Help that was asked for."""
    done, answered = row.done_on is not None, row.answered_on is not None
    who = ", ".join(text for text in (row.follows_who, date_format(row.follows_by) if row.follows_by else "") if text)
    return Line(
        head=row.title, status=_("Done") if done else _("Answered") if answered else _("Asked"),
        tone="done" if done else "move" if answered else "wait",
        quiet=_("Asked of %(of)s on %(day)s") % {"of": row.of, "day": date_format(row.asked_on)},
        parts=told(
            ("", row.asks), (_("Answer of %(day)s:") % {"day": date_format(row.answered_on)} if row.answered_on else "", row.answer),
            (_("What follows:"), f"{row.follows} ({who})" if row.follows else ""), (_("Done on"), row.done_on),
        ),
        ways=change("help", row, row.title, may=may, words=_("Write down what came of it")),
    )  # fmt: skip


def statute_line(row: Statute, standing: Standing, *, may: bool) -> Line:
    """A law as the scan found it."""
    return Line(
        head=row.citation, status=_("Practice falls short") if row.gap else "", tone="wait" if row.gap else "",
        quiet=f"{LAWS[row.kind]}. " + _("Read on %(day)s") % {"day": date_format(row.looked_on)},
        parts=told(("", row.says), (_("It asks:"), row.asks), (_("Where practice falls short:"), row.gap)),
        ways=change("law", row, row.citation, may=may),
    )  # fmt: skip


def definition_section(rows: tuple[Definition, ...], *, collaborative_id: UUID, may: bool, pack: str) -> Section:
    """The definition in force, the pack's words beside it, and earlier versions."""
    lines = tuple(
        Line(
            head=_("Version %(n)s") % {"n": one.version}, status=_("In force") if place == 0 else _("Replaced"), tone="done" if place == 0 else "",
            quiet=_("Adopted by %(body)s on %(day)s") % {"body": one.body.name, "day": date_format(one.adopted_on)},
            parts=told(
                ("", one.text), (_("Covers:"), ", ".join(str(COVERS[code]) for code in one.covers)), (_("Stands on:"), one.citation),
                (_("What is new:"), one.changed),
            ),
        )
        for place, one in enumerate(rows)
    )  # fmt: skip
    ways = (Way(words=_("Adopt a new version"), url=to("definition_new", collaborative_id)),) if may else ()
    return Section(id="definition", head=_("What an affected infant is here"), lines=lines, empty=_("Not adopted yet."), ways=ways, note=pack)


def compared_sections(rows: tuple[Definition, ...], *, collaborative_id: UUID, rules: RuleTable | None, may: bool) -> list[Section]:
    """The definition in force beside the rules in use, thing by thing, and the pack that brings them together (R-224)."""
    if not rows or rules is None:
        return []
    found = compared(covers=rows[0].covers, rules=rules)
    apart = [one for one in found if not one.agrees]
    table = Table(
        heads=(_("What it is about"), _("The definition"), _("The rules in use"), _("Do they agree?")),
        rows=tuple(
            (COVERS[one.code], _("Covers it") if one.covered else _("Leaves it out"), SENDS[one.notify], _("Yes") if one.agrees else _("They differ"))
            for one in found
        ),
    )  # fmt: skip
    text = ngettext("The rules and the definition differ in %(n)s point.", "The rules and the definition differ in %(n)s points.", len(apart))
    ways = (Way(words=_("Rules that follow the definition (ZIP)"), url=to("definition_pack", collaborative_id)),) if may and apart else ()
    return [
        Section(
            id="compared", head=_("Do the rules follow the definition?"), table=table, ways=ways,
            text=text % {"n": len(apart)} if apart else _("The rules in use follow the definition."),
            note=_("Whoever runs this installation checks it, has counsel read it and puts it in force. Nothing changes by itself.") if ways else "",
        )
    ]  # fmt: skip


def question_sections(rows: tuple[Asked, ...], *, collaborative_id: UUID, may: bool) -> list[Section]:
    """The six questions of each place."""
    places = list(dict.fromkeys(one.place for one in rows))
    return [
        Section(
            id=f"place-{number}", head=place,
            lines=tuple(_question(one, collaborative_id=collaborative_id, may=may) for one in rows if one.place == place),
        )
        for number, place in enumerate(places, start=1)
    ]  # fmt: skip


def _question(one: Asked, *, collaborative_id: UUID, may: bool) -> Line:
    url = f"{to('question_answer', collaborative_id)}?{urlencode({'question': one.question.value, 'place': one.place})}"
    words = _("Answer anew") if one.now else _("Answer it")
    ways = (Way(words=words, url=url, about=f"{QUESTIONS[one.question]} {one.place}"),) if may else ()
    if one.now is None:
        return Line(head=str(QUESTIONS[one.question]), status=_("Open"), tone="wait", ways=ways)
    before = "; ".join(f"{CHOICES[row.question][row.choice]} ({date_format(row.answered_on)})" for row in one.before)
    return Line(
        head=str(QUESTIONS[one.question]), status=CHOICES[one.now.question][one.now.choice], tone="done", quiet=_approved(one.now),
        parts=told(
            ("", one.now.answer), (_("Why:"), one.now.rationale), (_("In plans:"), follows(one.question, one.now.choice)), (_("Before:"), before)
        ),
        ways=ways,
    )  # fmt: skip


def _approved(row: PlaceAnswer) -> str:
    return _("Approved by %(who)s on %(day)s, version %(n)s") % {"who": row.approved_by, "day": date_format(row.answered_on), "n": row.version}


def story_sections(found: Told, *, collaborative_id: UUID) -> list[Section]:
    """Stories with their tags, who shares them and who took them up."""
    lines = tuple(_story(row, found, collaborative_id=collaborative_id) for row in found.page.rows)  # type: ignore[arg-type]
    here = to("stories", collaborative_id)
    tags = tuple(Way(words=tag, url=f"{here}?tag={tag}") for tag in found.tags[:20])
    kinds = (
        Way(words=_("All"), url=here), Way(words=_("What worked"), url=f"{here}?worked=1"), Way(words=_("What did not work"), url=f"{here}?worked=0"),
    )  # fmt: skip
    note = _("Stories of this collaborative, and those that others share.")
    shown = [Section(id="stories", head=_("Stories and lessons"), lines=lines, empty=_("No story here."), note=note, ways=kinds)]
    return [*shown, Section(id="tags", head=_("Tags"), ways=tags)] if tags else shown


def _story(row: Lesson, found: Told, *, collaborative_id: UUID) -> Line:
    standing, ours = found.standing, row.collaborative_id == collaborative_id
    taken = found.taken.get(row.pk, ())
    may = leads_any(standing)
    own = ours and (may or (row.made_by is not None and row.made_by == standing.worker_id))
    ways = change("stories", row, row.title, may=own)
    if may and all(one.collaborative_id != collaborative_id for one in taken):
        ways += (Way(words=_("Take it up here"), url=to("story_take", collaborative_id, row.pk), about=row.title),)
    who = "" if ours else row.collaborative.name
    shared = _("Shared since %(day)s") % {"day": date_format(row.shared_on)} if row.shared_on else _("Not shared")
    took = "; ".join(
        pgettext("collaborative, day, how", "%(who)s, %(day)s: %(how)s") % {"who": one.collaborative.name, "day": date_format(one.on), "how": one.how}
        for one in taken
        if ours or one.collaborative_id == collaborative_id
    )
    return Line(
        head=row.title, status=_("It worked") if row.worked else _("It did not work"), tone="done" if row.worked else "late",
        quiet=". ".join(text for text in (row.place, who, shared) if text),
        parts=told(("", row.words), (_("What one learns:"), row.learned), (_("Taken up by:"), took)), tags=tuple(row.tags), ways=ways,
    )  # fmt: skip


def course_line(row: Priority) -> Line:
    """What was decided about an indicator."""
    return Line(
        head=indicator_words(row.indicator), status=COURSES[row.course], tone=COURSE_TONES[row.course],
        quiet=_("%(body)s, %(day)s. %(owner)s answers for it. Looked at again on %(again)s.")
        % {"body": row.body.name, "day": date_format(row.decided_on), "owner": row.owner.name, "again": date_format(row.review_on)},
        parts=told((_("Why:"), row.why), (_("How:"), row.plan)),
    )  # fmt: skip


def figures_section(years: list[tuple[int, Any]]) -> Section:
    """The three counts of the last years as they may be published, with the course that stands for each."""
    heads = (_("Indicator"), *(str(year) for year, _published in years))
    cells = {"CAPTA_A": "identified", "CAPTA_B": "with_plan", "CAPTA_C": "with_referral"}
    rows = tuple((str(FEDERAL[code]), *(getattr(published, name).shown for _year, published in years)) for code, name in cells.items())
    note = _("Counts of the state as they may be published. A star stands where fewer than 11 are behind a count.")
    return Section(
        id="figures", head=_("The data"), table=Table(heads=heads, rows=rows) if years else None, note=note if years else _("No counts yet.")
    )
