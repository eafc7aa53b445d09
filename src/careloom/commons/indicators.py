"""Indicators in the rooms: their words, and the choice of one among all that the pack defines, in the groups of the dashboard."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from careloom.changes.words import INDICATORS as FEDERAL
from careloom.infra.packs.indicators import indicators
from careloom.kernel.indicators.definition import Theme
from careloom.outcomes.presenters.labels import THEMES


def indicator_words(code: str) -> str:
    """What an indicator is called; its code where no pack defines it any more."""
    found = indicators().get(code)
    return str(FEDERAL.get(code) or (found.title if found else code))


def indicator_choices() -> list[tuple[Any, Any]]:
    """Every indicator by its theme, for a choice; first the choice of none."""
    groups = [(THEMES[theme], [(code, indicator_words(code)) for code, one in indicators().items() if one.theme is theme]) for theme in Theme]
    return [("", _("Choose")), *((head, some) for head, some in groups if some)]
