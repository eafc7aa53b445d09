"""What is served: for each type its rows, how they are searched and shaped, and what may be included. The CapabilityStatement is made from this.

A type has one or more sources (tables). The rows of a family source come in two parts, as in the lists of the pages: what the agency keeps itself,
and what a grant opens to it. So the database starts from the agency's own rows and from its grants, and never from everybody's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Expression, QuerySet

from careloom.fhir.resources.shape import Reading, Shaped
from careloom.fhir.serving.matching import Column
from careloom.infra.access import Viewer

Rows = Callable[[Viewer, Any], Sequence[QuerySet[Any]]]


@dataclass(frozen=True, kw_only=True)
class Source:
    """One table of a type. `rows(viewer, at)` are its parts, `key` the column of the resource's id, `changed` the instant of the last change.

    `columns` maps search parameters to tests. A parameter that this table cannot answer matches none of its rows.
    """

    rows: Rows
    columns: Mapping[str, Column]
    shape: Callable[[Reading, Sequence[Any]], list[Shaped]]
    key: str = "pk"
    changed: Callable[[Viewer], Expression | Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One resource type. `includes` maps a search parameter to the types it may include and where their references stand in the resource."""

    name: str
    sources: tuple[Source, ...]
    profile: str = ""
    profiles: tuple[str, ...] = ()  # others of US Core that some of its resources claim
    ours: str = ""  # the canonical of our own profile (`guide/`) that all or some of its resources claim
    includes: Mapping[str, tuple[tuple[str, ...], Callable[[dict[str, Any]], list[Any]]]] = field(default_factory=dict)
    words: str = ""
    needs: tuple[str, ...] = ()  # parameters of which a search must name one, where all of it would be too much to walk

    @property
    def params(self) -> dict[str, str]:
        """Every search parameter with its type, those for all types left out."""
        return {name: column.type for source in self.sources for name, column in source.columns.items()}

    @property
    def dated(self) -> bool:
        """Whether `_lastUpdated` is known."""
        return all(source.changed is not None for source in self.sources)


def at_path(*path: str) -> Callable[[dict[str, Any]], list[Any]]:
    """Finds the references of a resource that stand at a path of element names, through lists."""

    def find(resource: dict[str, Any]) -> list[Any]:
        found: list[Any] = [resource]
        for name in path:
            stepped = [one.get(name) for one in found if isinstance(one, dict)]
            found = [each for one in stepped if one is not None for each in (one if isinstance(one, list) else [one])]
        return found

    return find
