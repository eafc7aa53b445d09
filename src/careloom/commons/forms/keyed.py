"""What the forms of the rooms have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from careloom.infra.ui.answering import Answering, Keyed
from careloom.partnership.words import REFUSALS


class Room(Answering, Keyed):
    """A form that makes one row however often it is sent and knows at which version a row was read."""

    #: The words of refusal codes; a room whose app has words of its own names them.
    WORDS: Mapping[str, Any] = REFUSALS
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)

    def gap(self, code: str) -> Any:
        """What to do next, in the words of the room or of all rooms."""
        return self.WORDS.get(code) or REFUSALS.get(code, REFUSALS["NOT_ALLOWED"])


def choices(words: Mapping[str, Any], *, empty: str = "") -> list[tuple[str, Any]]:
    """Codes with their words; with `empty`, first the choice of none of them."""
    return [*([("", empty)] if empty else []), *words.items()]
