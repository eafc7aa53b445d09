"""Which questions of a form that is data are asked of everybody and may stay empty."""

from __future__ import annotations

from collections.abc import Iterator

from careloom.infra.forms.definitions import Definition, Item
from careloom.infra.forms.finding import FormNotFound, definition


def form_of(*, pack: str, url: str, of: str = "") -> Definition | None:
    """The newest version of a form, or None where it is not here any more."""
    try:
        return definition(pack=pack, url=url, of=of)
    except FormNotFound:
        return None


def questions_of(*, pack: str, url: str, of: str = "") -> list[Item]:
    """The questions that may stay empty. One that is asked in some cases only, or worked out by itself, says nothing by being empty."""
    form = form_of(pack=pack, url=url, of=of)
    return [] if form is None else list(_open(form.items))


def _open(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        if item.conditions:
            continue
        if item.asked and not item.required:
            yield item
        yield from _open(item.items)
