"""What a closed round says, in words and pictures: agreement, divergence, priorities, and how it was before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.infra.ui.components import OpinionRow, Opinions, Stairs, Tabs
from careloom.kernel.partnership.anonymity import POOLED
from careloom.kernel.partnership.opinions import Counts
from careloom.surveys.models import Round
from careloom.surveys.queries import Element, Item, Results
from careloom.surveys.words import DIMENSIONS, VERDICTS

TONES = {"SHARED": "done", "CONTESTED": "wait", "UNKNOWN": "", "MIXED": ""}
MOST = 5
OF_CAPACITY = ("CAPACITY", "PULSE", "STANCE", "PRACTICE")


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A statement with a bar for all, or one for each group."""

    words: str
    rows: tuple[OpinionRow, ...]


def of_hundred(counts: Counts) -> str:
    """The larger share as a sentence."""
    if counts.disagree > counts.agree:
        return _("%(n)s of 100 disagree") % {"n": round(100 * counts.disagree)}
    return _("%(n)s of 100 agree") % {"n": round(100 * counts.agree)}


def group_words(row: Round, dimension: str, group: str) -> str:
    """A group by its name; those that were too small together."""
    known = dict(row.choices.get(dimension, ()))
    return _("Smaller groups and who did not say, together") if group == POOLED else known.get(group, group)


def results(found: Results, past: list[Results]) -> dict[str, Any]:
    """The page of a closed round."""
    row = found.round
    return {
        "found": bool(found.items), "is_capacity": row.kind in OF_CAPACITY, "is_values": row.kind == "VALUES",
        "agreements": _picture(_("Where we stand together"), [_row(one) for one in found.agreements[:MOST]]),
        "divergences": _picture(_("Where we differ"), [_row(one) for one in found.divergences[:MOST]]),
        "unknown": [one.text for one in found.unknown[:MOST]],
        "elements": _picture(_("Its parts"), [_element(one) for one in found.elements], first=_("Part")),
        "priorities": [_priority(one) for one in found.priorities[:MOST]] if row.definition.get("votes") else [],
        "lowest": found.lowest.title if found.lowest and row.kind == "CAPACITY" else "",
        "spread": _spread(found), "compared": _compared(found, past), "history": _history(past) if len(past) > 1 else None,
        "questions": questions(found), "groups": [DIMENSIONS[name] for name in (found.items[0].groups if found.items else ())],
    }  # fmt: skip


def statements(found: Results, *, by: str) -> list[Statement]:
    """Every statement in its order."""
    told = []
    for one in found.items:
        groups = one.groups.get(by)
        rows = tuple(_bar(group_words(found.round, by, group), counts) for group, counts in groups.items()) if groups else (_row(one),)
        told.append(Statement(words=one.text, rows=rows))
    return told


def pictures(lines: list[Statement]) -> list[dict[str, Any]]:
    """Without groups one table of all; with groups a table for each statement."""
    if all(len(line.rows) == 1 for line in lines):
        return [{"head": "", "table": _picture(_("All statements"), [line.rows[0] for line in lines])}] if lines else []
    return [{"head": line.words, "table": _picture(line.words, list(line.rows), first=_("Group"))} for line in lines]


def tabs(found: Results, *, by: str) -> Tabs:
    """All together, or by a way of grouping that is kept."""
    names = list(found.items[0].groups) if found.items else []
    items = [(_("All together"), "?", by not in names), *((str(DIMENSIONS[name]), f"?by={name}", name == by) for name in names)]
    return Tabs(label=_("Compare by"), items=tuple(items))


def questions(found: Results) -> list[str]:
    """What to ask each other about the widest differences."""
    told = []
    for one in found.divergences[:MOST]:
        extremes = _extremes(found.round, one)
        if extremes:
            words = _("“%(text)s” %(most)s agree most, %(least)s least. What does each of you see that the other does not?")
            told.append(words % {"text": one.text, "most": extremes[0], "least": extremes[1]})
        else:
            told.append(_("“%(text)s” About half of you agree. Which family do you think of when you answer?") % {"text": one.text})
    return told


def draft_of_principles(found: Results) -> str:
    """The statements that nearly all share, as lines to write principles from."""
    if found.round.kind != "VALUES":
        return ""
    lines = [
        one.text if one.whole.agree >= one.whole.disagree else _("We do not hold that: %(text)s") % {"text": one.text} for one in found.agreements
    ]
    return "\n".join(lines[:MOST])


def _extremes(row: Round, item: Item) -> tuple[str, str] | None:
    best: tuple[float, str, str] = (0.0, "", "")
    for dimension, groups in item.groups.items():
        order = sorted(((counts.agree, group_words(row, dimension, group)) for group, counts in groups.items() if counts.said), reverse=True)
        if len(order) > 1 and order[0][0] - order[-1][0] > best[0]:
            best = (order[0][0] - order[-1][0], order[0][1], order[-1][1])
    return (best[1], best[2]) if best[0] >= 0.3 else None


def _bar(words: str, counts: Counts, *, status: str = "", tone: str = "", said: str = "") -> OpinionRow:
    middle = 1 - counts.agree - counts.disagree if counts.said else 0.0
    return OpinionRow(
        words=words, shares=(counts.disagree, max(0.0, middle), counts.agree), said=said or of_hundred(counts), status=status, tone=tone
    )


def _row(item: Item) -> OpinionRow:
    return _bar(item.text, item.whole, status=str(VERDICTS[item.verdict]), tone=TONES[item.verdict])


def _element(one: Element) -> OpinionRow:
    mean = one.counts.mean
    return _bar(one.title, one.counts, said=_("%(n)s of 5") % {"n": f"{mean:.1f}"} if mean is not None else _("Nobody can say"))


def _picture(title: str, rows: list[OpinionRow], *, first: str = "") -> Opinions | None:
    return Opinions(title=title, rows=tuple(rows), headings=(first or _("Statement"), _("Disagree, between, agree"), _("Said"))) if rows else None


def _priority(one: Element) -> dict[str, Any]:
    return {
        "title": one.title,
        "chosen": round(100 * one.votes),
        "mean": f"{one.counts.mean:.1f}" if one.counts.mean else "",
        "score": f"{one.priority:.2f}",
    }


def _spread(found: Results) -> list[dict[str, Any]]:
    """Between agencies and inside them: the mean of each group for each part, and how far apart the groups are."""
    told = []
    for dimension in found.items[0].groups if found.items else ():
        names = list(found.elements[0].by_group.get(dimension, ()))
        rows = []
        for one in found.elements:
            means = [one.by_group[dimension][name].mean for name in names]
            known = [mean for mean in means if mean is not None]
            rows.append(
                {
                    "title": one.title, "means": [f"{mean:.1f}" if mean is not None else "" for mean in means],
                    "inside": f"{max((one.by_group[dimension][name].spread for name in names), default=0):.1f}",
                    "apart": f"{max(known) - min(known):.1f}" if known else "",
                }
            )  # fmt: skip
        told.append({"name": DIMENSIONS[dimension], "groups": [group_words(found.round, dimension, name) for name in names], "rows": rows})
    return told


def _compared(found: Results, past: list[Results]) -> dict[str, Any] | None:
    """This time beside the time before: the statements that moved by ten points or more, and the parts."""
    before = next((one for one in reversed(past) if one.round.pk != found.round.pk), None)
    if before is None or not found.items:
        return None
    then = {one.id: one for one in before.items}
    moved = [(one, then[one.id]) for one in found.items if one.id in then and abs(one.whole.agree - then[one.id].whole.agree) >= 0.1]
    moved.sort(key=lambda pair: -abs(pair[0].whole.agree - pair[1].whole.agree))
    old = {one.code: one for one in before.elements}
    return {
        "when": date_format(before.round.opened_on, "F Y"),
        "rows": [
            {"text": one.text, "before": round(100 * was.whole.agree), "now": round(100 * one.whole.agree), "up": one.whole.agree > was.whole.agree}
            for one, was in moved[:10]
        ],
        "parts": [
            {"title": one.title, "before": f"{old[one.code].counts.mean or 0:.1f}", "now": f"{one.counts.mean or 0:.1f}"}
            for one in found.elements
            if one.code in old and (one.counts.mean is not None and old[one.code].counts.mean is not None)
        ],
    }  # fmt: skip


def _history(past: list[Results]) -> dict[str, Any]:
    """The mean of everything at each time, as a picture and its table."""
    points, rows = [], []
    for one in past[-8:]:
        means = [element.counts.mean for element in one.elements if element.counts.mean is not None]
        mean = sum(means) / len(means) if means else 0.0
        when = date_format(one.round.opened_on, "M Y")
        points.append((when, max(0.0, mean - 1)))
        rows.append({"when": when, "mean": f"{mean:.1f}", "answers": one.round.answers})
    return {"rows": rows, "picture": Stairs(levels=("1", "2", "3", "4", "5"), points=tuple(points))}
