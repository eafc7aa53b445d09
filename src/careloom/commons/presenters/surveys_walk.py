"""A walk as a picture and as tables: who arrives at each step, between which bounds, by group where no small number shows."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.infra.ui.components import Funnel, FunnelStep
from careloom.kernel.partnership.dropoff import Kept, apart, kept, shown, shown_by_group
from careloom.surveys.models import Walk, WalkStep
from careloom.surveys.words import BARRIER_KINDS, SOURCES

MOST_BARS = 8


def walked(row: Walk, steps: list[WalkStep], *, state: dict[str, int | None]) -> dict[str, Any]:
    """The page of a walk. `state`: the counts of the state as they may be published."""
    raw = [state.get(step.source) if step.source else step.count for step in steps]
    counts = shown(raw)
    ways = [None, *(kept(one, two) for one, two in pairwise(counts))]
    return {
        "funnel": _funnel(row, steps, counts) if 1 < len(steps) <= MOST_BARS and any(count is not None for count in counts) else None,
        "steps": [_step(row, step, counts[i], ways[i]) for i, step in enumerate(steps)], "groups": _groups(row, steps, raw),
        "worst": _worst(steps, ways),
    }  # fmt: skip


def _hidden(step: WalkStep, count: int | None) -> str:
    if count is not None:
        return ""
    if step.count is None and not step.small and not step.source:
        return _("Not known")
    return _("Hidden")


def _funnel(row: Walk, steps: list[WalkStep], counts: tuple[int | None, ...]) -> Funnel:
    bars = tuple(
        FunnelStep(label=_short(step.name), count=count, note=_days(step), hidden=_hidden(step, count))
        for step, count in zip(steps, counts, strict=True)
    )
    return Funnel(title=row.title, steps=bars, headings=(_("Step"), _("Families"), _("Lost after it")), lost_word=_("lost"))


def _short(name: str) -> str:
    return name if len(name) <= 16 else f"{name[:15].rstrip()}…"


def _days(step: WalkStep) -> str:
    return ngettext("%(n)s day", "%(n)s days", step.days) % {"n": step.days} if step.days is not None else ""


def _range(way: Kept | None) -> str:
    if way is None:
        return ""
    low, high = way.bounds
    words = _("%(n)s of 100 went on, between %(low)s and %(high)s")
    return words % {"n": round(100 * way.share), "low": round(100 * low), "high": round(100 * high)}


def _step(row: Walk, step: WalkStep, count: int | None, way: Kept | None) -> dict[str, Any]:
    args = [row.collaborative_id, row.pk, step.pk]
    return {
        "name": step.name, "who": step.who, "passed": step.passed, "days": _days(step), "works": step.works, "barrier": step.barrier,
        "kind": BARRIER_KINDS.get(step.barrier_kind, ""), "count": count, "hidden": _hidden(step, count), "range": _range(way),
        "source": SOURCES.get(step.source, ""), "edit": reverse("commons:walk_step", args=args), "drop": reverse("commons:walk_step_drop", args=args),
    }  # fmt: skip


def _groups(row: Walk, steps: list[WalkStep], raw: list[int | None]) -> dict[str, Any] | None:
    """Each group's counts, with everybody else as a group of her own: what is left must not be small either."""
    if not row.groups or not steps:
        return None
    named = [[step.by_group.get(name) for step in steps] for name in row.groups]
    rest: list[int | None] = []
    for place, whole in enumerate(raw):
        parts = [group[place] for group in named]
        known = [part for part in parts if part is not None]
        rest.append(whole - sum(known) if whole is not None and len(known) == len(parts) and whole >= sum(known) else None)
    counts = shown_by_group([*named, rest])
    names, lines = [*row.groups, _("All others")], []
    for name, own in zip(names, counts, strict=True):
        if name == _("All others") and not any(own):
            continue
        cells = [
            {"count": count, "range": _range(kept(own[i - 1], count)) if i else ""} for i, count in enumerate(own)
        ]  # fmt: skip
        lines.append({"name": name, "cells": cells})
    return {"heads": [step.name for step in steps], "rows": lines, "apart": _apart(steps, names, counts)}


def _apart(steps: list[WalkStep], names: list[str], counts: tuple[tuple[int | None, ...], ...]) -> list[dict[str, str]]:
    """The steps at which the group of which most went on and the one of which fewest did differ by more than chance."""
    found = []
    for place in range(1, len(steps)):
        ways = [(way.share, name, way) for name, own in zip(names, counts, strict=True) if (way := kept(own[place - 1], own[place])) is not None]
        if len(ways) < 2:
            continue
        (_high, more, most), (_low, fewer, least) = max(ways, key=lambda one: one[0]), min(ways, key=lambda one: one[0])
        bounds = apart(most, least)
        if bounds is not None:
            words = _("Of 100 families, %(n)s more went on at %(more)s than at %(fewer)s, between %(low)s and %(high)s.")
            gap = {"n": round(100 * (most.share - least.share)), "low": round(100 * bounds[0]), "high": round(100 * bounds[1])}
            found.append({"step": steps[place].name, "words": words % {"more": more, "fewer": fewer, **gap}})
    return found


def _worst(steps: list[WalkStep], ways: list[Kept | None]) -> str:
    found = [(way.share, place) for place, way in enumerate(ways) if way is not None]
    if not found:
        return ""
    share, place = min(found)
    if share == 1:
        return ""
    words = _("Most are lost between %(one)s and %(two)s: %(n)s of 100 do not arrive.")
    return words % {"one": steps[place - 1].name, "two": steps[place].name, "n": round(100 * (1 - share))}
