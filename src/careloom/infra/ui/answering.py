"""Forms that answer to an action: what it refused is shown at the field, and a form that is sent twice makes one row."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django import forms

__all__ = ["Answering", "Keyed"]


class Answering(forms.Form):
    """A form that shows the codes which an action refused. An app gives the words by `gap`."""

    #: The field at which a code is shown, where it is not the field of its own name in small letters.
    AT: Mapping[str, str] = {}

    @abstractmethod
    def gap(self, code: str) -> Any:
        """What to do next about a refused code, in words."""

    def refuse(self, codes: Iterable[str]) -> None:
        """Show each code at its field where there is one, else above the form."""
        for code in codes:
            name = self.AT.get(code, code.lower())
            self.add_error(name if name in self.fields else None, self.gap(code))


class Keyed(forms.Form):
    """A form that makes one row however often it is sent. The key is at most 48 characters long."""

    request_key = forms.CharField(widget=forms.HiddenInput, max_length=48, initial=lambda: uuid4().hex)
