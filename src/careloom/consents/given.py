"""What was given by hand or on paper, for the page of the accounting. Apps above keep it and register how it is read (joined in config).

Source: 42 CFR 2.25; 45 CFR 164.528.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from careloom.infra.access import Viewer


@dataclass(frozen=True, kw_only=True)
class GivenRow:
    """One disclosure that no page made: when, to whom, which categories, how (in words), on which authority, and where it is shown.

    `what` is its brief description, `duties` the obligations of the permit, `waits_until` the last day on which her accounting leaves it out
    (45 CFR 164.528(a)(2)).
    """

    at: datetime
    to: str
    categories: tuple[str, ...]
    how: str
    basis: tuple[str, ...]
    permitted: bool
    url: str = ""
    holder_id: UUID | None = None
    to_agency_id: UUID | None = None
    to_kind: str = ""
    address: str = ""
    what: str = ""
    purpose: str = ""
    duties: tuple[str, ...] = ()
    waits_until: date | None = None
    review_needed: bool = False


class GivenReader(Protocol):
    """Reads such rows of some people that `viewer` may know of, newest first, at most `most` of them from `start` on."""

    def __call__(self, *, viewer: Viewer, identity_ids: Iterable[UUID], start: int, most: int) -> list[GivenRow]: ...


_readers: list[GivenReader] = []


def on_given(reader: GivenReader) -> None:
    """Have `reader` asked on the page of the accounting. Joined in config."""
    if reader not in _readers:
        _readers.append(reader)


def given_rows(*, viewer: Viewer, identity_ids: Iterable[UUID], start: int, most: int) -> list[GivenRow]:
    """The rows of every reader, newest first."""
    ids = list(identity_ids)
    found = [row for reader in _readers for row in reader(viewer=viewer, identity_ids=ids, start=start, most=most)]
    return sorted(found, key=lambda row: row.at, reverse=True)[:most]
