"""The places of a collaborative as the directory and the plans name them."""

from __future__ import annotations

from careloom.infra.packs import current_pack
from careloom.kernel.partnership.vocabulary import plain_place
from careloom.partnership.models import Collaborative


def places_of(collaborative: Collaborative) -> tuple[str, ...]:
    """The counties and Tribes of a collaborative, by plain name; for a state all that its pack names."""
    named = tuple(plain_place(name) for name in collaborative.places)
    return named or tuple(plain_place(place.name) for place in current_pack().manifest.places)


def counties_of(collaborative: Collaborative) -> tuple[str, ...]:
    """Those of its places that are no Tribe: a Nation's families are counted by the Nation (R-014 counts by county)."""
    tribes = {plain_place(place.name) for place in current_pack().manifest.places if place.kind == "TRIBE"}
    return tuple(name for name in places_of(collaborative) if name not in tribes)
