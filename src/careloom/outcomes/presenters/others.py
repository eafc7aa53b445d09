"""What others published, in words: each figure with its place, its source and how sure we are of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from careloom.infra.packs.indicators import indicators as definitions
from careloom.outcomes.references import Published, Status, references


def told_by(one: Published) -> dict[str, str]:
    """One figure as cells of a table: where, title, value, source."""
    sure = {
        Status.READ: _("read at its source"), Status.SECOND_HAND: _("read in a secondary source"),
        Status.RECOLLECTED: _("recollected: check it before you quote it"),
    }  # fmt: skip
    return {"where": f"{one.place}, {one.years}", "title": one.title, "value": one.value, "source": f"{one.source} ({sure[one.status]})"}


def all_told() -> list[dict[str, Any]]:
    """All figures of others in the order of their file, each with our indicators (`beside`) that ask nearly the same."""
    return [{**told_by(one), "beside": [definitions()[code] for code in one.beside]} for one in references()]
