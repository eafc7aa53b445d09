"""The definitions of indicators in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language

from careloom.infra.packs.indicators import indicators, indicators_in
from careloom.kernel.indicators.definition import Indicator


def spoken() -> Mapping[str, Indicator]:
    """All indicators by code, with what is said of them in the language of the page where it is translated, else in English."""
    language = (get_language() or "en")[:2]
    return indicators() if language == "en" else indicators_in(language)
