"""A few words of HTML made in Python, for the small parts that a page shows by the hundred. Escapes as templates do."""

from __future__ import annotations

import html

from django.utils.safestring import SafeString, mark_safe

from careloom.infra.ui.icons import icon_svg


def escaped(value: object) -> str:
    """The text of `value` as it may stand in HTML; what is marked as safe stays as it is."""
    text = value if isinstance(value, str) else str(value)
    return text if isinstance(text, SafeString) else html.escape(text)


def attribute(name: str, value: object) -> str:
    """`` name="value"``, or nothing for an empty value."""
    return f' {name}="{escaped(value)}"' if value else ""


def icon_before(name: str) -> str:
    """An icon with the space that parts it from the words behind it; nothing without a name."""
    return f"{icon_svg(name)} " if name else ""


def joined(*parts: str) -> SafeString:
    """Parts that are HTML already, as one that templates do not escape again."""
    return mark_safe("".join(parts))
