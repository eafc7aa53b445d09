"""Form controls that Django has not: option tiles with a layout, a three-part date, a share switch list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.safestring import mark_safe


class TileMixin:
    """Radio or checkbox tiles: ``stack`` one under another, ``her`` when the choice is the mother's own."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        stack: bool = False,
        her: bool = False,
        hints: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(attrs, choices)  # type: ignore[call-arg]
        self.stack, self.her, self.hints = stack, her, dict(hints or {})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the layout words that ``multiple_input.html`` reads."""
        context = super().get_context(name, value, attrs)  # type: ignore[misc]
        context["widget"].update(stack=self.stack, her=self.her)
        return context

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the option's own hint, when it has one."""
        option = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        option["hint"] = self.hints.get(str(value), "")
        option["her"] = self.her
        return option


class RadioTiles(TileMixin, forms.RadioSelect):
    """One answer out of a few, as tiles of at least 44 px."""


class CheckboxTiles(TileMixin, forms.CheckboxSelectMultiple):
    """Any number of answers, as tiles of at least 44 px."""


class ShareSwitches(forms.CheckboxSelectMultiple):
    """The consent list: each row says what, and its switch says "May share" or "Keep private"."""

    template_name = "ui/forms/share.html"

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = (), *, hints: Any = None) -> None:
        super().__init__(attrs, choices)
        self.hints = dict(hints or {})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the line under the name of a category."""
        option = super().create_option(name, value, *args, **kwargs)
        option["hint"] = self.hints.get(str(value), "")
        return option


class MemorableDateInput(forms.Widget):
    """Month, day and year in three boxes; reads one ISO text under the plain name too."""

    template_name = "ui/forms/memorable_date.html"
    use_fieldset = True
    parts = ("month", "day", "year")

    def first_id(self, auto_id: str) -> str:
        """Where an error link leads."""
        return f"{auto_id}_month" if auto_id else ""

    def id_for_label(self, id_: str) -> str:
        """The group is labelled by its legend."""
        return ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Split the value, a date or the text as it was typed, into the three boxes."""
        context = super().get_context(name, value, attrs)
        invalid = bool(attrs and attrs.get("aria-invalid"))
        context["widget"]["invalid"] = mark_safe(' aria-invalid="true"') if invalid else ""
        context["widget"]["boxes"] = dict(zip(("year", "month", "day"), split_date(value), strict=True))
        return context

    def format_value(self, value: Any) -> str:
        """The value as ISO text."""
        return value.isoformat() if isinstance(value, dt.date) else str(value or "")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        """ISO text from the three boxes; what cannot be a date is kept as typed, so that it can be shown again."""
        month, day, year = (str(data.get(f"{name}_{part}") or "").strip().replace("-", "") for part in self.parts)
        if not (month or day or year):
            return data.get(name)
        return f"{year}-{month.zfill(2) if month.isdigit() else month}-{day.zfill(2) if day.isdigit() else day}"

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """True only when neither the plain name nor any box was sent."""
        return name not in data and all(f"{name}_{part}" not in data for part in self.parts)


def split_date(value: Any) -> tuple[str, str, str]:
    """``(year, month, day)`` as texts for the boxes, from a date or from what was typed."""
    text = value.isoformat() if isinstance(value, dt.date) else str(value or "")
    year, month, day = ([*text.split("-", 2), "", "", ""])[:3]
    return year, month.lstrip("0"), day[:2].lstrip("0")
