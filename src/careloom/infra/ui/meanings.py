"""What a word means to those who agreed on it, as it stands beside the word. The look asks whoever knows; it knows no word itself.

A context processor gives `meanings`: a mapping from a word in small letters to a :class:`Meaning`, read when the first word is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What a word means, and who agreed on it."""

    words: str
    by: str = ""
    word: str = ""  # as it was agreed on; "" where the word that is shown says it


def drawn(*, meanings: Mapping[str, Meaning] | None, shown: Any, key: str, place: int) -> SafeString | str:
    """The word as a button that opens its meaning, or the plain word where nobody agreed on one.

    A native popover: it opens with a click, a touch, Enter or the space bar, and closes with Escape or a click beside it, without any script.
    """
    meaning = (meanings or {}).get(key.casefold())
    if meaning is None:
        return str(shown)
    mark = f"cl-meaning-{place}"
    return format_html(
        '<button class="cl-term" type="button" popovertarget="{}">{}<span class="cl-vh">{}</span></button>'
        '<span class="cl-meaning" id="{}" popover role="note"><b>{}</b> {}<small>{}</small></span>',
        mark, shown, _(", what it means"), mark, meaning.word or shown, meaning.words, meaning.by,
    )  # fmt: skip
