"""What pages of the numbers have in common: the newest snapshot that the reader may read, and the place that she asks for."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from careloom.agencies.signed_in import viewer_of
from careloom.infra import access
from careloom.infra.access import Viewer
from careloom.outcomes.models import Snapshot
from careloom.outcomes.presenters.cascade import CODES
from careloom.outcomes.presenters.labels import POLICIES, group_words
from careloom.outcomes.queries import numbers
from careloom.outcomes.queries.numbers import Book
from careloom.outcomes.queries.sight import Seen


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A reader, a snapshot (None before the first), the places of it (code and words) and the one that is asked for ("" for the whole state)."""

    viewer: Viewer
    snapshot: Snapshot | None
    places: tuple[tuple[str, str], ...]
    place: str

    @property
    def by(self) -> str:
        """The stratum of the place."""
        return self.place.partition(":")[0]

    @property
    def group(self) -> str:
        """Its group."""
        return self.place.partition(":")[2]

    @property
    def place_words(self) -> str:
        """The name of the place; "" for the whole state."""
        return group_words(self.by, self.group) if self.place else ""

    @property
    def about(self) -> str:
        """What one must know of the place: which policy its counties live under."""
        return str(POLICIES.get(self.group, "")) if self.by == "arm" else ""

    def book(self) -> Book:
        """The figures of that place. Only where there is a snapshot."""
        assert self.snapshot is not None
        return numbers.book(viewer=self.viewer, snapshot=self.snapshot, by=self.by, group=self.group)

    def reasons(self) -> list[Seen]:
        """Why families are lost, of everybody: a place's own reasons would be too few to tell."""
        if self.place or self.snapshot is None:
            return []
        return numbers.by_groups(viewer=self.viewer, snapshot=self.snapshot, codes=CODES, by="reason")


def asked(request: HttpRequest) -> Asked:
    """What the address asks for. A place that this reader has no figure of is no place.

    :raises access.NotVisible: there is no such place.
    """
    viewer = viewer_of(request)
    snapshot = numbers.newest_snapshot(viewer=viewer)
    found = numbers.places_of(viewer=viewer, snapshot=snapshot) if snapshot else []
    place = request.GET.get("place", "")
    if place and tuple(place.split(":", 1)) not in found:
        raise access.NotVisible
    places = sorted((({"site": 0, "county": 1}.get(by, 2), group_words(by, group), f"{by}:{group}") for by, group in found))
    return Asked(viewer=viewer, snapshot=snapshot, places=tuple((code, words) for _order, words, code in places), place=place)
