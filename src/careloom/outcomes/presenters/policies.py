"""Places that live under different policies, side by side: the same few questions of each, before anybody calls one better (R-210)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from careloom.kernel.indicators.definition import Indicator
from careloom.outcomes.presenters import sentences
from careloom.outcomes.presenters.labels import POLICIES, group_words, hidden_words
from careloom.outcomes.presenters.measured import current, value_of
from careloom.outcomes.queries.sight import Seen

# What policies differ in: how many are told of, who has a plan, who is reported, and who is at home.
ASKED = ("NOTIFIED_BIRTHS", "POSC", "PRENATAL", "REPORTED", "DIVERTED", "RH12")


def side_by_side(indicators: Mapping[str, Indicator], rows: Sequence[Seen]) -> dict[str, Any] | None:
    """A table with a column for each policy and a row for each of `ASKED`, each in its newest year that is ripe everywhere; None where fewer
    than two policies have figures. `rows`: figures by arm."""
    arms = [arm for arm in POLICIES if any(one.group == arm and not one.hidden for one in rows)]
    lines = [line for code in ASKED if code in indicators and (line := _line(indicators[code], arms, rows))]
    if len(arms) < 2 or not lines:
        return None
    return {"heads": [group_words("arm", arm) for arm in arms], "about": [(group_words("arm", arm), POLICIES[arm]) for arm in arms], "lines": lines}


def _line(indicator: Indicator, arms: Sequence[str], rows: Sequence[Seen]) -> dict[str, Any] | None:
    mine = [one for one in rows if one.indicator == indicator.code and one.variant == indicator.measure.variant and one.is_year]
    # Of each policy the newest year in which its answers are known; the oldest of these is known of all.
    newest = [found for arm in arms if (found := current(indicator, [one for one in mine if one.group == arm])) is not None and not found.hidden]
    if not newest:
        return None
    period = min(newest, key=lambda one: one.starts_on).period
    of_year = {one.group: one for one in mine if one.period == period}
    cells = [_cell(indicator, of_year.get(arm)) for arm in arms]
    return {"code": indicator.code, "title": indicator.title, "period": period, "cells": cells}


def _cell(indicator: Indicator, seen: Seen | None) -> dict[str, str]:
    if seen is None:
        return {"hidden": hidden_words("NOT_PUBLISHED")}
    if seen.hidden:
        return {"hidden": hidden_words(seen.hidden)}
    value = value_of(indicator, seen)
    return {
        "value": "" if value is None else sentences.shown(indicator, value.value), "range": sentences.chance_words(indicator, value),
        "behind": sentences.behind_words(indicator, seen),
    }  # fmt: skip
