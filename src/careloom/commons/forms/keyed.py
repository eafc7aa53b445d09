"""What the forms of the rooms have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django import forms

from careloom.partnership.words import REFUSALS


class Room(forms.Form):
    """A form that makes one row however often it is sent, knows at which version a row was read, and shows what an action refused."""

    AT: dict[str, str] = {}
    #: The words of refusal codes; a room whose app has words of its own names them.
    WORDS: Mapping[str, Any] = REFUSALS
    request_key = forms.CharField(widget=forms.HiddenInput, max_length=56, initial=lambda: uuid4().hex)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)

    def refuse(self, codes: Iterable[str]) -> None:
        """Put each refusal at its field: at the field of its name in small letters, unless `AT` says where."""
        for code in codes:
            name = self.AT.get(code, code.lower())
            self.add_error(name if name in self.fields else None, self.WORDS.get(code) or REFUSALS.get(code, REFUSALS["NOT_ALLOWED"]))


def choices(words: Mapping[str, Any], *, empty: str = "") -> list[tuple[str, Any]]:
    """Codes with their words; with `empty`, first the choice of none of them."""
    return [*([("", empty)] if empty else []), *words.items()]
