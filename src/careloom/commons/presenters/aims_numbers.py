"""Savings in words: unit costs with how well they are known, calculations as ranges, and one of them step by step (R-098)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from careloom.aims.queries import Saved
from careloom.aims.words import PARTS, STATUSES, UNITS
from careloom.commons.indicators import indicator_words
from careloom.commons.presenters.aims import now_words
from careloom.commons.presenters.blocks import Block, Line, Table
from careloom.commons.presenters.knowledge_lists import day, link
from careloom.infra.ui.components import Status
from careloom.kernel.indicators.savings import EVENTS, INSIDE, Part, Range, Savings
from careloom.outcomes.queries import Now

#: What the figures say about the parts, to be typed in with its source.
FIGURES = ("INTENSIVE_DAYS", "HOSPITAL_NIGHTS", "CARE_DAYS", "PRETERM_PLAN", "PRETERM_OTHER")
STATUS_TONES: dict[str, Any] = {"V": "done", "D": "done", "K": "wait", "A": "wait"}
THOUSAND, MILLION = 1_000, 1_000_000


def dollars(value: float, *, exact: bool = False) -> str:
    """Dollars as people say them: "$12,400", "$1.2 million", to the dollar where they are `exact`; less than nothing with a minus."""
    sign, size = ("-" if value < 0 else ""), abs(value)
    if size >= MILLION and not exact:
        return _("%(sign)s$%(n)s million") % {"sign": sign, "n": number_format(round(size / MILLION, 1), decimal_pos=1, use_l10n=True)}
    step = 100 if size >= 10 * THOUSAND and not exact else 1
    return f"{sign}${number_format(round(size / step) * step, decimal_pos=0, use_l10n=True, force_grouping=True)}"


def between(told: Range) -> str:
    """A range in one breath; never a value without its ends."""
    if told.low == told.high:
        return dollars(told.value)
    return _("%(low)s to %(high)s, at the usual cost %(middle)s") % {
        "low": dollars(told.low), "high": dollars(told.high), "middle": dollars(told.value),
    }  # fmt: skip


def _to(low: float, high: float) -> str:
    return _("%(low)s to %(high)s") % {"low": dollars(low, exact=True), "high": dollars(high, exact=True)}


def amount(value: float) -> str:
    """Units that were avoided."""
    return str(number_format(round(value, 1), decimal_pos=0 if round(value, 1) == int(value) else 1, use_l10n=True, force_grouping=True))


def sentence(found: Savings) -> str:
    """What it comes to, in a sentence that never stands without its range."""
    told, what = (found.left, _("After the cost of the help")) if found.left is not None else (found.saved, _("Before the cost of the help"))
    if found.unclear:
        return _("%(what)s: between %(low)s and %(high)s. Nobody can say yet whether anything was saved.") % {
            "what": what, "low": dollars(told.low), "high": dollars(told.high),
        }  # fmt: skip
    if told.high <= 0:
        return _("%(what)s: it cost between %(low)s and %(high)s more than the comparison.") % {
            "what": what, "low": dollars(-told.high), "high": dollars(-told.low),
        }  # fmt: skip
    return _("%(what)s: between %(low)s and %(high)s less was spent than in the comparison.") % {
        "what": what, "low": dollars(told.low), "high": dollars(told.high),
    }  # fmt: skip


def list_blocks(found: Iterable[Saved], costs: Mapping[Part, Any], now: Mapping[str, Now], *, may: bool, pk: UUID) -> list[Block]:
    """Calculations that were kept, what units cost, and what the figures say about the parts."""
    lines = tuple(
        Line(
            head=one.row.name, url=reverse("commons:saving", args=[pk, one.row.pk]),
            notes=(sentence(one.found), _("Against: %(against)s") % {"against": one.row.against}, day(one.row.on)),
        )
        for one in found
    )  # fmt: skip
    prices = tuple(
        Line(
            head=str(UNITS[part]), states=(Status(words=str(STATUSES[cost.status]), tone=STATUS_TONES[cost.status]),),
            notes=(
                _("%(value)s, between %(low)s and %(high)s, in dollars of %(year)s")
                % ({name: dollars(getattr(cost, name), exact=True) for name in ("value", "low", "high")} | {"year": cost.year}),
                cost.source,
            ),
            links=(link(_("Change it"), "unit_cost", pk, part.value.lower().replace("_", "-"), hidden=str(UNITS[part])),) if may else (),
        )
        for part, cost in costs.items()
    )  # fmt: skip
    figures = tuple(Line(head=indicator_words(code), notes=(now_words(now.get(code)),)) for code in FIGURES)
    return [
        Block(key="kept", head=_("Worked out"), lines=lines, empty=_("Nothing is worked out yet.")),
        Block(key="costs", head=_("What a unit costs"), lede=_("Yours to change. What is kept above stays as it was worked out."), lines=prices),
        Block(key="figures", head=_("What the figures say"), lede=_("The newest year that is ripe, for everybody."), lines=figures),
    ]


def one_page(one: Saved, *, may: bool) -> dict[str, Any]:
    """A calculation with every step, its method and where each number comes from."""
    row, found, pk = one.row, one.found, one.row.collaborative_id
    sources = {line["part"]: line["source"] for line in row.lines}
    rows, marks = [], []
    for step in found.steps:
        part = step.counted.part
        said = [] if step.added else [Status(words=_("Shown, not added: it is inside the other parts"))]
        marks.append((*said, *((Status(words=_("Chance could explain it."), tone="wait"),) if step.by_chance else ())))
        avoided = amount(step.avoided.value)
        if part in EVENTS:
            avoided += "\n" + _("Between %(low)s and %(high)s, as far as chance goes.") % {
                "low": amount(step.avoided.low), "high": amount(step.avoided.high),
            }  # fmt: skip
        cells = (
            amount(step.counted.ours), _("%(n)s of %(whole)s families") % {"n": amount(step.counted.theirs), "whole": amount(row.compared)},
            amount(step.expected), avoided,
            "\n".join((dollars(step.cost.value, exact=True), _to(step.cost.low, step.cost.high))),
            between(step.saved),
        )  # fmt: skip
        rows.append((str(PARTS[part]), "", cells))
    columns = (
        _("Part"), _("Families with help had"), _("The comparison had"), _("Expected for as many families"), _("Avoided"), _("One costs"), _("Saved"),
    )  # fmt: skip
    total = [Line(head=_("All parts that are added"), notes=(between(found.saved),))]
    if found.left is not None:
        total += [
            Line(head=_("What the help cost"), notes=(dollars(float(row.paid or 0)), row.paid_source)),
            Line(head=_("What is left"), notes=(between(found.left),)),
        ]
    compared = (
        Line(head=_("Families with help"), notes=(row.helped, _("%(n)s families") % {"n": amount(row.families)})),
        Line(head=_("Compared with"), notes=(row.against, _("%(n)s families") % {"n": amount(row.compared)})),
    )
    costs = tuple(
        Line(
            head=str(UNITS[code]), states=(Status(words=str(STATUSES[cost["status"]]), tone=STATUS_TONES[cost["status"]]),),
            notes=(_("In dollars of %(year)s. %(source)s") % {"year": cost["year"], "source": cost["source"]}, sources[code]),
        )
        for code, cost in sorted(row.costs.items())
    )  # fmt: skip
    blocks = [
        Block(key="sum", head=_("What it comes to"), lede=sentence(found), lines=tuple(total)),
        Block(key="against", head=_("Against what"), lines=compared),
        Block(key="steps", head=_("Step by step"), table=Table(columns=columns, rows=tuple(rows), marks=tuple(marks))),
        Block(key="method", head=_("How it is worked out"), text="\n".join(method(found))),
        Block(key="from", head=_("Where the numbers come from"), lines=costs),
    ]
    end = (link(_("Take it off the list"), "aims_end", pk, "saving", row.pk, kind="quiet"),) if may and row.ends_on is None else ()
    buttons = (link(_("Every step as CSV"), "saving_steps", pk, row.pk, kind="outline", icon="file_download"), *end)
    return {"title": row.name, "lede": _("Worked out on %(day)s.") % {"day": day(row.on)}, "blocks": blocks, "buttons": buttons, "states": ()}


def method(found: Savings) -> list[str]:
    """The method in sentences; only those that this calculation used."""
    told = [
        _("What the comparison had for each family, times the families with help, is what would have been expected."),
        _("Expected less what they had is what was avoided. That times what one costs is what was saved."),
        _("Each end of a range takes the lowest or the highest cost. Ranges are added end to end, so that the sum is as wide as it can be."),
        _("Costs are in dollars of their own year, and were not carried forward."),
    ]
    if any(step.counted.part in EVENTS for step in found.steps):
        told.append(_("Births before their time carry chance too: the interval of a difference of two shares (Newcombe)."))
    if any(step.counted.part not in EVENTS for step in found.steps):
        told.append(_("Days and nights carry no chance: a sum does not tell how they spread over families. The true range is wider."))
    if any(not step.added for step in found.steps if step.counted.part in INSIDE):
        told.append(_("The cost of an early birth holds the infant’s days in the hospital. Beside those it is shown and not added."))
    told.append(_("A difference is not a cause: families with help may differ from the others in more than the help."))
    return told


def csv_rows(one: Saved) -> Iterable[list[Any]]:
    """Every step as plain numbers, with the sources."""
    yield [
        "part", "families_with_help", "families_compared", "ours", "comparison", "expected", "avoided", "avoided_low", "avoided_high", "unit_cost",
        "unit_cost_low", "unit_cost_high", "cost_year", "cost_status", "saved", "saved_low", "saved_high", "added", "data_source", "cost_source",
    ]  # fmt: skip
    row, sources = one.row, {line["part"]: line["source"] for line in one.row.lines}
    for step in one.found.steps:
        code, cost = step.counted.part.value, one.row.costs[step.counted.part.value]
        yield [
            code, row.families, row.compared, step.counted.ours, step.counted.theirs, round(step.expected, 3),
            *(round(end, 3) for end in (step.avoided.value, step.avoided.low, step.avoided.high)), cost["value"], cost["low"], cost["high"],
            cost["year"], cost["status"], *(round(end, 2) for end in (step.saved.value, step.saved.low, step.saved.high)),
            "yes" if step.added else "no", _plain(sources[code]), _plain(cost["source"]),
        ]  # fmt: skip
    blank, told = [""] * 13, one.found
    yield ["ALL", *blank, *(round(end, 2) for end in (told.saved.value, told.saved.low, told.saved.high)), "", _plain(row.against), ""]
    if told.left is not None:
        yield ["PAID", *blank, row.paid, row.paid, row.paid, "", _plain(row.paid_source), ""]
        yield ["LEFT", *blank, *(round(end, 2) for end in (told.left.value, told.left.low, told.left.high)), "", _plain(row.against), ""]


def _plain(text: str) -> str:
    """A text that a spreadsheet does not run: one that begins like a formula gets a mark before it."""
    return f"'{text}" if text[:1] in "=+-@" else text
