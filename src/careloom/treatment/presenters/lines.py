"""One entry as a line of a list: what it says, in facts and in her own words, with where it comes from and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.agencies.models import Agency
from careloom.infra.ui.components import Status
from careloom.kernel.clocks import local_day
from careloom.treatment import medicines, words
from careloom.treatment.codes import Component, Sort
from careloom.treatment.queries import Shown
from careloom.treatment.sorts import RULES


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    """A line: head, a mark, facts with labels, her words, a warning, and its links. `source` says whose it is and of which day."""

    head: str
    source: str
    facts: tuple[tuple[str, str], ...] = ()
    said: str = ""
    status: Status | None = None
    warning: str = ""
    change_url: str = ""
    paper_url: str = ""
    gone: str = ""


@dataclass(frozen=True, kw_only=True)
class _Told:
    head: str
    facts: tuple[tuple[Any, Any], ...] = ()
    said: str = ""
    status: Status | None = None
    warning: str = ""


def line_of(entry: Shown, *, own: Agency, agencies: Mapping[UUID, Agency], today: date, may_change: bool = False) -> EntryLine:
    """An entry as its reader sees it."""
    row = entry.first
    holder = agencies.get(row.holder_id)
    told = _TELLS[entry.sort](entry, holder, today)
    mine = row.holder_id == own.pk
    changes = mine and may_change and row.taken_back_at is None and _is_main(entry)
    return EntryLine(
        head=told.head, facts=tuple((str(label), str(value)) for label, value in told.facts if value), said=told.said, status=told.status,
        warning=told.warning, source=source_of(entry, holder=holder, mine=mine),
        change_url=reverse("treatment:change", args=[entry.sort, row.pk]) if changes else "",
        paper_url=reverse("treatment:paper", args=[row.pk]) if mine and entry.sort is Sort.MEETING and row.taken_back_at is None else "",
        gone=_("Taken back: %(why)s") % {"why": row.taken_back_because} if row.taken_back_at else "",
    )  # fmt: skip


def source_of(entry: Shown, *, holder: Agency | None, mine: bool) -> str:
    """Whose entry it is, where that agency has it from, and when it was written. R-220 asks for source and date beside each line."""
    row = entry.first
    name = named(holder, mine=mine or (entry.sort is Sort.EPISODE and _is_main(entry)))
    told = {"who": name, "how": words.code(row.source, among=words.TOLD), "day": date_format(local_day(at=row.recorded_at, zone=settings.TIME_ZONE))}
    return _("%(who)s, %(how)s, written %(day)s") % told


def named(holder: Agency | None, *, mine: bool) -> str:
    """An agency by its outward name, unless the reader may know that she is treated there (42 CFR 2.13(c))."""
    if holder is None:
        return _("Her care team")
    return holder.name if mine else holder.name_outside


def _is_main(entry: Shown) -> bool:
    return isinstance(entry.first, RULES[entry.sort].main)


def _day(value: date | None) -> str:
    return date_format(value) if value else ""


def _mark(code: str | None, *, among: Mapping[str, tuple[Any, str, str]]) -> Status | None:
    if not code or code not in among:
        return None
    label, tone, icon = among[code]
    return Status(words=str(label), tone=tone, icon=icon)  # type: ignore[arg-type]


def _period(begun: date | None, ended: date | None) -> str:
    if begun is None:
        return ""
    return _("%(first)s to %(last)s") % {"first": _day(begun), "last": _day(ended)} if ended else _("Since %(day)s") % {"day": _day(begun)}


def _episode(entry: Shown, holder: Agency | None, today: date) -> _Told:
    if entry.get("elsewhere") is None:  # only how it went is open to this reader, and not where
        return _Told(head=_("A time in treatment"), facts=_went(entry))
    name = entry.get("program") or (holder.name if holder else "")
    lasts = entry.get("ends_on") is None
    status = Status(words=_("In treatment"), tone="done", icon="check") if lasts else Status(words=_("Ended"))
    days = ((entry.get("ends_on") or today) - entry.first.happened_on).days
    facts = ((_("When"), _period(entry.first.happened_on, entry.get("ends_on"))), (_("Days"), days), *_went(entry))
    return _Told(head=name, facts=facts, status=status)


def _went(entry: Shown) -> tuple[tuple[Any, Any], ...]:
    return (
        (_("Level of care"), words.code(entry.get("level"), among=words.LEVELS)),
        (_("How it ended"), words.code(entry.get("ended_how"), among=words.ENDED)),
    )


def _components(entry: Shown, holder: Agency | None, today: date) -> _Told:
    facts = tuple((words.PARTS[c], words.code(entry.get(c.value.lower()), among=words.STANDS)) for c in Component)
    return _Told(head=_("As of %(day)s") % {"day": _day(entry.first.happened_on)}, facts=facts, said=entry.get("words"))


def _progress(entry: Shown, holder: Agency | None, today: date) -> _Told:
    facts = (
        (_("Goals of treatment"), entry.get("goals")), (_("Schedule"), entry.get("schedule")), (_("How it goes"), entry.get("going")),
        (_("What would help her"), entry.get("supports")),
    )  # fmt: skip
    return _Told(head=_("As of %(day)s") % {"day": _day(entry.first.happened_on)}, facts=facts)


def _attendance(entry: Shown, holder: Agency | None, today: date) -> _Told:
    return _Told(
        head=_period(entry.get("from_on"), entry.first.happened_on), facts=((_("Visits kept"), words.code(entry.get("band"), among=words.BANDS)),)
    )


def _medicine(entry: Shown, holder: Agency | None, today: date) -> _Told:
    known = next((one for one in medicines.KNOWN if one.code == entry.get("code")), None)
    about = f"{known.in_pregnancy} {_('Ask your prescriber.')} ({known.source}, {known.year})" if known else ""
    facts = (
        (_("When"), _period(entry.first.happened_on, entry.get("ends_on"))), (_("Dose"), entry.get("dose")),
        (_("Prescriber"), entry.get("prescriber")), (_("To know"), about),
    )  # fmt: skip
    warns = entry.get("code") == "NALTREXONE" and entry.get("pregnant")
    return _Told(
        head=words.code(entry.get("code"), among=medicines.NAMES), facts=facts, warning=str(words.NALTREXONE_WARNING) if warns else "",
        status=Status(words=_("No end set"), tone="done", icon="check") if entry.get("ends_on") is None else Status(words=_("Ended")),
    )  # fmt: skip


def _diagnosis(entry: Shown, holder: Agency | None, today: date) -> _Told:
    return _Told(head=entry.get("text"), facts=((_("Code"), entry.get("code")), (_("Since"), _day(entry.first.happened_on))))


def _meeting(entry: Shown, holder: Agency | None, today: date) -> _Told:
    copied = entry.get("copy_given_on")
    facts = (
        (_("Took part"), "; ".join([entry.get("present"), *([_("She herself")] if entry.get("she_took_part") else [])])),
        (_("How treatment goes"), entry.get("going")), (_("Supports she needs"), entry.get("supports")),
        (_("Next meeting"), _day(entry.get("next_on"))),
        (_("Her copy"), f"{_day(copied)}, {words.code(entry.get('copy_how'), among=words.COPY_HOW)}" if copied else ""),
    )  # fmt: skip
    status = Status(words=_("She has her copy"), tone="done", icon="check") if copied else Status(words=_("Copy not given yet"), tone="wait")
    return _Told(head=_day(entry.first.happened_on), facts=facts, said=entry.get("her_words"), status=status)


def _test(entry: Shown, holder: Agency | None, today: date) -> _Told:
    reviewed = entry.get("reviewed_on")
    facts = (
        (_("Tested"), words.code(entry.get("specimen"), among=words.SPECIMENS)),
        (_("Result"), words.code(entry.get("result"), among=words.RESULTS) if reviewed else ""),
        (_("Found"), entry.get("found") if reviewed else ""),
        (_("Reviewed"), f"{entry.get('reviewer')}, {_day(reviewed)}" if reviewed else ""), (_("What it means"), entry.get("meaning")),
    )  # fmt: skip
    waits = Status(words=_("Waits for a review"), tone="wait", icon="schedule")
    head = _("Collected %(day)s") % {"day": _day(entry.first.happened_on)}
    return _Told(head=head, facts=facts, status=Status(words=_("Reviewed"), tone="done", icon="check") if reviewed else waits)


def _returned(entry: Shown, holder: Agency | None, today: date) -> _Told:
    facts = ((_("Who told it"), words.code(entry.get("told_by"), among=words.TOLD_BY)), (_("What helps now"), entry.get("helps_now")))
    return _Told(head=_day(entry.first.happened_on), facts=facts, said=entry.get("words"))


def _support(entry: Shown, holder: Agency | None, today: date) -> _Told:
    facts = (
        (_("What makes it hard"), entry.get("triggers")), (_("What helps"), "; ".join(entry.get("skills"))),
        (_("Whom she talks to"), "; ".join(entry.get("people"))), (_("Who can care for the baby"), "; ".join(entry.get("caregivers"))),
        (_("Naloxone"), words.code(entry.get("naloxone"), among=words.NALOXONE)),
    )  # fmt: skip
    return _Told(head=_("Made %(day)s") % {"day": _day(entry.first.happened_on)}, facts=facts)


def _education(entry: Shown, holder: Agency | None, today: date) -> _Told:
    facts = (
        (_("What"), words.listed(entry.get("topics"), among=words.TOPICS)), (_("How"), words.code(entry.get("how"), among=words.GIVEN_HOW)),
        (_("Told by"), entry.get("given_by")), (_("Language"), {"en": _("English"), "es": _("Spanish")}.get(entry.get("language"), "")),
    )  # fmt: skip
    return _Told(head=_day(entry.first.happened_on), facts=facts, said=entry.get("her_questions"))


def _check_in(entry: Shown, holder: Agency | None, today: date) -> _Told:
    held = entry.get("held_on")
    facts = (
        (_("What weighs on her"), words.listed(entry.get("stresses"), among=words.STRESSES)), (_("What helps"), entry.get("helps")),
        (_("Asked on"), _day(held)),
    )  # fmt: skip
    waits = Status(words=_("Planned"), tone="move") if entry.first.happened_on >= today else Status(words=_("Not asked yet"), tone="wait")
    return _Told(
        head=_("Planned for %(day)s") % {"day": _day(entry.first.happened_on)}, facts=facts, said=entry.get("words"),
        status=Status(words=_("Asked"), tone="done", icon="check") if held else waits,
    )  # fmt: skip


def _goal_check(entry: Shown, holder: Agency | None, today: date) -> _Told:
    facts = ((_("Goal of"), words.code(entry.get("goal_kind"), among=words.GOAL_KINDS)), (_("Why"), entry.get("words")))
    return _Told(head=entry.get("goal"), facts=facts, status=_mark(entry.get("answer"), among=words.ANSWERS))


_TELLS: Mapping[Sort, Callable[[Shown, Agency | None, date], _Told]] = {
    Sort.EPISODE: _episode, Sort.COMPONENTS: _components, Sort.PROGRESS: _progress, Sort.ATTENDANCE: _attendance, Sort.MEDICINE: _medicine,
    Sort.DIAGNOSIS: _diagnosis, Sort.MEETING: _meeting, Sort.TEST: _test, Sort.RETURN: _returned, Sort.SUPPORT: _support,
    Sort.EDUCATION: _education, Sort.CHECK_IN: _check_in, Sort.GOAL_CHECK: _goal_check,
}  # fmt: skip
