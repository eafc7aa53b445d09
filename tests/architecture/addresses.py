"""Every address of the product, found in the resolver, with made-up values for its parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, PathConverter, SlugConverter, StringConverter, UUIDConverter

SAMPLES: dict[type, Any] = {
    UUIDConverter: UUID("6f1d2a34-5b6c-4d7e-8f90-a1b2c3d4e5f6"),
    IntConverter: 7,
    StringConverter: "sample",
    SlugConverter: "sample",
    PathConverter: "sample",
}


@dataclass(frozen=True, kw_only=True)
class Address:
    """One address: its name with namespaces, the view and a path that leads to it."""

    name: str
    view: Callable[..., Any]
    path: str

    def __str__(self) -> str:
        return self.name or self.path


def addresses() -> list[Address]:
    """All of them. An address with parts needs a name; one without parts is known by its path where a package gave it none."""
    return list(_walk(get_resolver(), "", "/", {}))


def converters_of(name: str) -> dict[str, Any]:
    """The parts of a named address, each with what turns it into a value."""
    return next(found for known, found in _named(get_resolver(), "", {}) if known == name)


def _named(resolver: URLResolver, space: str, given: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for pattern in resolver.url_patterns:
        parts = given | getattr(pattern.pattern, "converters", {})
        if isinstance(pattern, URLResolver):
            yield from _named(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space, parts)
        elif pattern.name:
            yield f"{space}{pattern.name}", parts


def _walk(resolver: URLResolver, space: str, root: str, given: dict[str, Any]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        parts, path = given | _samples(pattern), root + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space, path, parts)
            continue
        name = f"{space}{pattern.name}" if pattern.name else ""
        assert name or not parts, f"The address {path} has no name."
        yield Address(name=name, view=pattern.callback, path=reverse(name, kwargs=parts) if name else path)


def _samples(pattern: URLPattern | URLResolver) -> dict[str, Any]:
    converters = getattr(pattern.pattern, "converters", {})
    if converters:
        return {name: _sample(converter) for name, converter in converters.items()}
    expression = getattr(pattern.pattern, "_regex", "")
    return dict.fromkeys(re.findall(r"\(\?P<(\w+)>", str(expression)), "sample")


def _sample(converter: Any) -> Any:
    # A converter of our own says itself what a made-up value looks like.
    for kind in chain([type(converter)], type(converter).__mro__):
        if kind in SAMPLES:
            return getattr(converter, "sample", SAMPLES[kind])
    return converter.sample
