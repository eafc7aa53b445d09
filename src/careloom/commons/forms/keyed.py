"""What the forms of the rooms have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.infra.ui.answering import Answering, Keyed
from careloom.partnership.words import REFUSALS


class Room(Answering, Keyed):
    """A form that makes one row however often it is sent and knows at which version a row was read."""

    #: The words of refusal codes; a room whose app has words of its own names them.
    WORDS: Mapping[str, Any] = REFUSALS
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)
    #: Where somebody changed the row meanwhile: what differs now, as (label, words).
    theirs: tuple[tuple[Any, str], ...] = ()

    def gap(self, code: str) -> Any:
        """What to do next, in the words of the room or of all rooms."""
        return self.WORDS.get(code) or REFUSALS.get(code, REFUSALS["NOT_ALLOWED"])

    def meet(self, current: Any) -> None:
        """Somebody changed the row since the form was read: show how it stands now beside what was written here, and lose neither.

        The form then carries the version of what it showed, so that the next press is made in knowledge of it. What is adopted version by version
        may have none yet (`current` None) where a form claims to have read one.
        """
        shown = ((name, one) for name, one in self.fields.items() if not isinstance(one.widget, forms.HiddenInput) and hasattr(current, name))
        self.theirs = tuple(
            (one.label, as_words(one, getattr(current, name))) for name, one in shown if not same(getattr(current, name), self.cleaned_data.get(name))
        )
        number = getattr(current, "version", None) if current else 0  # of what is adopted version by version
        data = self.data.copy()
        data["version"] = str(number if isinstance(number, int) else current.row_version)
        self.data = data
        self.add_error(None, _("Somebody changed this meanwhile. Nothing is lost: your words are below. Compare them, then save again."))


def same(now: Any, told: Any) -> bool:
    """Whether a form tells what stands."""
    return _plain(now) == _plain(told)


def as_words(field: forms.Field, value: Any) -> str:
    """A value of a row as its field says it."""
    if isinstance(value, (list, tuple)):
        return ", ".join(as_words(field, one) for one in value) or "-"
    named = {_plain(code): str(words) for code, words in getattr(field, "choices", ())}
    if _plain(value) in named:
        return named[_plain(value)]
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, date):
        return date_format(value, "F j, Y")
    return str(value) if value not in (None, "") else "-"


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple, set)):
        return sorted(str(one) for one in value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else value.strip() if isinstance(value, str) else str(value)


def asked_for(pairs: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Choices of which one has to be made: where there is more than one, none stands chosen at first."""
    listed = list(pairs)
    return listed if len(listed) == 1 else [("", _("Choose")), *listed]


def choices(words: Mapping[str, Any], *, empty: str = "") -> list[tuple[str, Any]]:
    """Codes with their words; with `empty`, first the choice of none of them."""
    return [*([("", empty)] if empty else []), *words.items()]
