"""The aims in words: shared outcomes beside baseline, what stands now and target; one of them; and what agencies want beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careloom.aims.models import Aim, Desire
from careloom.aims.queries import Crosswalk, Goal
from careloom.aims.words import GOALS
from careloom.commons.indicators import indicator_words
from careloom.commons.presenters.blocks import Block, Line, Table
from careloom.commons.presenters.knowledge_lists import day, link
from careloom.commons.presenters.noted import mark_of, told_of
from careloom.infra.packs.indicators import indicators
from careloom.infra.ui.components import Link, Status, Tabs
from careloom.meetings.models import Decision
from careloom.meetings.words import RESULTS
from careloom.outcomes.queries import Now
from careloom.partnership.standing import Standing

PAGES: tuple[tuple[str, Any], ...] = (
    ("aims", gettext_lazy("Shared goals")),
    ("aims_agencies", gettext_lazy("What agencies want")),
    ("measures", gettext_lazy("Better measures")),
    ("savings", gettext_lazy("Savings")),
    ("program", gettext_lazy("The program’s two purposes")),
    ("points", gettext_lazy("Data points")),
)


def around(standing: Standing, here: str) -> dict[str, Any]:
    """What every page of the aims has: the collaborative and the tabs."""
    row = standing.collaborative
    items = tuple((str(label), reverse(f"commons:{name}", args=[row.pk]), name == here) for name, label in PAGES)
    return {"row": row, "tabs": Tabs(label=_("Pages of the aims"), items=items), "nav": "partnership"}


def in_unit(value: Decimal | float | None, *, code: str = "", kind: str = "", places: int | None = None) -> str:
    """A value as people say it: "61 of 100 mothers", "4.5 moves per 1,000 days in care", "12 days", "350"."""
    if value is None:
        return ""
    one = indicators().get(code)
    digits = places if places is not None else _places(value)
    text = number_format(round(value, digits), decimal_pos=digits, use_l10n=True, force_grouping=True)
    kind = str(one.kind) if one else kind
    if kind == "SHARE":
        return _("%(n)s of 100 %(unit)s") % {"n": text, "unit": one.unit} if one else _("%(n)s of 100") % {"n": text}
    if kind == "TIME":
        return _("%(n)s days") % {"n": text}
    return f"{text} {one.unit}" if one else text


def now_words(now: Now | None) -> str:
    """Where an indicator stands, with its year and how sure it is."""
    if now is None:
        return _("No figure yet, or too few to show.")
    code, year = now.indicator.code, now.year
    if now.value is None:
        value = in_unit(now.median, code=code, places=0) if now.median is not None else _("Half were not reached")
        return _("%(value)s, %(year)s") % {"value": value, "year": year}
    told = _("%(value)s, %(year)s") % {"value": in_unit(now.value.shown, code=code, places=now.indicator.places), "year": year}
    sure = now.value.interval
    if sure is None:
        return told
    ends = (number_format(round(end, 1), decimal_pos=1, use_l10n=True, force_grouping=True) for end in (sure.low, sure.high))
    return told + "\n" + _("Between %(low)s and %(high)s, as far as chance goes.") % dict(zip(("low", "high"), ends, strict=True))


def _places(value: Decimal | float) -> int:
    return 0 if value == int(value) else 1 if round(value * 10) == value * 10 else 3


def measure_words(aim: Aim) -> str:
    """By what an aim is measured."""
    if aim.proposal is not None:
        return _("%(name)s (proposed)") % {"name": aim.proposal.name}
    return indicator_words(aim.indicator)


def _said(value: Decimal | None, aim: Aim) -> str:
    return in_unit(value, code=aim.indicator, kind=aim.proposal.kind if aim.proposal else "")


def _baseline(aim: Aim) -> str:
    if aim.baseline is None:
        return _("No baseline yet")
    return f"{_said(aim.baseline, aim)}, {aim.baseline_period}"


def _target(aim: Aim) -> str:
    if aim.target is None or aim.target_by is None:
        return _("No target yet")
    return _("%(value)s by %(day)s") % {"value": _said(aim.target, aim), "day": day(aim.target_by)}


def goals_block(goals: tuple[Goal, ...], now: Mapping[str, Now], *, today: date) -> Block:
    """Every shared outcome in a line: where it stood, where it stands, where it shall stand (R-091)."""
    rows, marks = [], []
    for goal in sorted(goals, key=lambda one: not one.first_in(today.year)):
        aim = goal.aim
        found = [Status(words=_("First in %(year)s") % {"year": today.year}, tone="move")] if goal.first_in(today.year) else []
        found += _marks(goal.noted)
        found += [Status(words=_("To be looked at since %(day)s") % {"day": day(aim.review_on)}, tone="late")] if goal.is_late(today) else []
        marks.append(tuple(found))
        cells = (
            measure_words(aim), _baseline(aim), now_words(now.get(aim.indicator)) if aim.indicator else _last(goal) or _("No figure yet."),
            _target(aim), f"{aim.owner.name}\n{aim.owner_name}",
        )  # fmt: skip
        rows.append((aim.outcome, reverse("commons:aim", args=[aim.collaborative_id, aim.pk]), cells))
    columns = (_("Outcome"), _("By what we know"), _("Baseline"), _("Now"), _("Target"), _("Whose it is"))
    return Block(
        key="goals", head=_("Where we stood, where we stand, where we want to be"),
        table=Table(columns=columns, rows=tuple(rows), marks=tuple(marks)),
        empty=_("No shared outcome yet. Begin with what families would notice first."),
    )  # fmt: skip


def _last(goal: Goal) -> str:
    look = next((one for one in goal.looks if one.value is not None), None)
    return f"{_said(look.value, goal.aim)}, {look.period}" if look else ""


def one_aim(goal: Goal, now: Now | None, *, may: bool, leads: bool, today: date) -> dict[str, Any]:
    """The page of one aim: what success is, how it is known, where it stands, who answers, what was seen."""
    aim, pk = goal.aim, goal.aim.collaborative_id
    found, live = indicators().get(aim.indicator), aim.ends_on is None
    known = [Line(head=_("What success would be"), notes=(aim.success,)), Line(head=_("By what we know"), notes=(measure_words(aim),))]
    if found is not None:
        known += [Line(head=_("What is counted"), notes=(found.numerator,)), Line(head=_("Among whom"), notes=(found.denominator,))]
        known += [Line(head=_("Not counted"), notes=tuple(found.exclusions))] if found.exclusions else []
        known.append(Line(head=_("From which data"), notes=(found.source,)))
    elif aim.proposal is not None:
        known += [Line(head=_("What is counted"), notes=(aim.proposal.counted,)), Line(head=_("Among whom"), notes=(aim.proposal.among,))]
        known.append(Line(head=_("From which data"), notes=(aim.proposal.source,)))
    if aim.candidates:
        known.append(Line(head=_("What else could tell"), notes=(get_text_list([indicator_words(one) for one in aim.candidates], _("and")),)))
    stands = [
        Line(head=_("Baseline"), notes=tuple(one for one in (_baseline(aim), aim.baseline_source) if one)),
        Line(head=_("Now"), notes=((now_words(now) if aim.indicator else _last(goal) or _("No figure yet.")),)),
        Line(head=_("Target"), notes=(_target(aim), str(GOALS[aim.goal]))),
    ]
    whose = [
        Line(head=_("Answers for it"), notes=(f"{aim.owner.name}, {aim.owner_name}",)),
        Line(head=_("Agreed on by"), notes=tuple(one for one in (f"{aim.body.name}, {day(aim.agreed_on)}", told_of(goal.noted)) if one)),
        Line(
            head=_("Looked at again on"), notes=(day(aim.review_on),), states=(Status(words=_("Late"), tone="late"),) if goal.is_late(today) else ()
        ),
    ]
    firsts = tuple(
        Line(head=str(row.year), notes=tuple(one for one in (row.why, row.body.name, told_of(noted)) if one), states=_marks(noted))
        for row, noted in goal.priorities
    )
    looks = tuple(
        Line(
            head=day(look.on),
            notes=tuple(
                one
                for one in (
                    look.seen,
                    _("%(value)s, %(period)s. %(source)s") % {"value": _said(look.value, aim), "period": look.period, "source": look.source}
                    if look.value is not None else "",
                    _("What follows: %(what)s") % {"what": look.follows} if look.follows else "",
                )
                if one
            ),
        )
        for look in goal.looks
    )  # fmt: skip
    acts = may and live
    buttons = (
        (link(_("Look at it"), "aim_look", pk, aim.pk, kind="solid"), link(_("Change it"), "aim_edit", pk, aim.pk, kind="outline")) if acts else ()
    )
    first = (link(_("Put it first for a year"), "aim_first", pk, aim.pk, kind="quiet"),) if leads and live else ()
    end = (link(_("It is no aim any more"), "aims_end", pk, "aim", aim.pk, kind="quiet"),) if acts else ()
    blocks = [
        Block(key="stands", head=_("Where it stands"), lines=tuple(stands), half=True),
        Block(key="whose", head=_("Whose it is"), lines=tuple(whose), half=True),
        Block(key="known", head=_("How we know"), lines=tuple(known), buttons=end),
        Block(key="first", head=_("Years in which it comes first"), lines=firsts, empty=_("Oversight has not put it first yet."), buttons=first),
        Block(key="looks", head=_("What we saw"), lines=looks, empty=_("Nobody looked at it yet.")),
    ]
    states = (*_marks(goal.noted), *((Status(words=_("Ended %(day)s") % {"day": day(aim.ends_on)}),) if aim.ends_on else ()))
    return {"title": aim.outcome, "at_home": True, "states": states, "blocks": blocks, "buttons": buttons}


def _marks(noted: Any) -> tuple[Status, ...]:
    mark = mark_of(noted)
    return (mark,) if mark else ()


def crosswalk_blocks(found: Crosswalk) -> list[Block]:
    """Agencies by shared outcomes, with what is missing said first (R-083)."""
    pk = found.standing.collaborative.pk
    missing = []
    if found.silent:
        names = get_text_list([one.name for one in found.silent], _("and"))
        n = len(found.silent)
        head = ngettext("One partner has not said what it wants.", "%(n)s partners have not said what they want.", n) % {"n": n}
        missing.append(Line(head=head, notes=(names,)))
    missing += [Line(head=_("No agency names it as its own: %(aim)s.") % {"aim": aim.outcome}) for aim in found.unowned]
    missing += [
        Line(head=_("%(partner)s wants it, and it is no shared outcome yet: %(words)s") % {"partner": row.partner.name, "words": row.words})
        for row in found.unshared
    ]
    rows = []
    for partner in found.partners:
        if found.by_partner[partner.pk]:
            cells = tuple("\n".join(row.words for row in found.meets(partner, aim)) or "-" for aim in found.aims)
            rows.append((partner.name, "", cells))
    table = Table(columns=(_("Agency"), *(aim.outcome for aim in found.aims)), rows=tuple(rows), text=True) if found.aims and rows else None
    own = tuple(_desire_line(row, found=found) for row in found.desires)
    return [
        Block(
            key="gaps", head=_("What does not meet"), lines=tuple(missing),
            empty=_("Every agency wants something that is shared, and every shared outcome is somebody’s."),
        ),
        Block(
            key="walk", head=_("Agencies and shared outcomes"), table=table,
            empty="" if table else _("It shows when there is a shared outcome and an agency has said what it wants."),
        ),
        Block(
            key="own", head=_("In their own words"), lines=own, buttons=_say(found, pk),
            empty=_("No agency has said what it wants for families yet."),
        ),
    ]  # fmt: skip


def _say(found: Crosswalk, pk: Any) -> tuple[Link, ...]:
    return (link(_("Say what we want"), "desire_new", pk, kind="solid", icon="add"),) if found.standing.runs or found.standing.partner_ids else ()


def _desire_line(row: Desire, *, found: Crosswalk) -> Line:
    outcomes = [aim.outcome for aim in found.aims if aim.pk in row.aims]
    notes = [row.partner.name]
    notes += [_("Known by: %(how)s") % {"how": row.measured_by}] if row.measured_by else []
    notes.append(_("Shared as: %(names)s") % {"names": get_text_list(outcomes, _("and"))} if outcomes else _("No shared outcome yet"))
    links: tuple[Link, ...] = ()
    if found.standing.speaks_for(row.partner_id):
        pk = row.collaborative_id
        end = link(_("We do not want it any more"), "aims_end", pk, "desire", row.pk, hidden=row.words)
        links = (link(_("Change it"), "desire", pk, row.pk, hidden=row.words), end)
    return Line(head=row.words, notes=tuple(notes), links=links)


def met_block(rows: Iterable[Decision]) -> list[Block]:
    """What meetings decided about it; nothing where none did."""
    lines = tuple(
        Line(
            head=row.proposal, url=reverse("commons:decision", args=[row.collaborative_id, row.pk]), states=(Status(words=str(RESULTS[row.result])),),
            notes=(_("%(body)s, %(day)s") % {"body": row.body.name, "day": day(row.decided_on)},),
        )
        for row in rows
    )  # fmt: skip
    return [Block(key="met", head=_("What meetings decided"), lines=lines)] if lines else []


def month(value: date) -> str:
    """A month in words."""
    return date_format(value, "F Y")
