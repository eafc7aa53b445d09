"""Who is missing: pure rules over seats and bodies. Each answers with codes in a fixed order, empty where nothing is missing.

Source: R-001, R-003, R-009, R-018, R-030, R-033, R-040, R-041.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from careloom.kernel.partnership.vocabulary import AUTHORITY_OF, Authority, Level, Lived, Sector, Stream, Tier

WHOLE = (Tier.OVERSIGHT, Tier.CORE, Tier.WORK_GROUP)
#: What families meet beyond the sixteen kinds, and what a collaborative looks for among its partners (R-040).
BEYOND = ("HOUSING", "TRANSPORTATION", "CULTURE", "SCHOOLS", "EARLY_CHILDHOOD", "COMMUNITY")


class Place(StrEnum):
    """How a kind of partner stands in a tier."""

    HELD = "HELD"
    EMPTY = "EMPTY"
    NOT_NEEDED = "NOT_NEEDED"


@dataclass(frozen=True, kw_only=True)
class BodyFact:
    """A committee, team or group: its tier and the kinds of partner that it needs."""

    key: str
    tier: Tier
    needs: frozenset[Sector]


@dataclass(frozen=True, kw_only=True)
class SeatFact:
    """A seat that somebody holds: in which body, for which partner, and what its holder brings."""

    body: str
    partner: str
    sectors: frozenset[Sector]
    streams: frozenset[Stream] = frozenset()
    level: Level | None = None
    authority: Authority | None = None
    lived: frozenset[Lived] = field(default_factory=frozenset)
    decides: bool = False

    def fits(self, tier: Tier) -> bool:
        """Whether its holder may decide what this tier decides (R-030). Lived experience fits everywhere, and so does who has not said yet."""
        return bool(self.lived) or self.authority is None or self.authority == AUTHORITY_OF[tier]


def tiers_missing(bodies: Iterable[BodyFact]) -> tuple[Tier, ...]:
    """The tiers that a collaborative does not have yet (R-001). A local team stands for a work group."""
    have = {body.tier for body in bodies}
    have |= {Tier.WORK_GROUP} if Tier.LOCAL_TEAM in have else set()
    return tuple(tier for tier in WHOLE if tier not in have)


def sectors_missing(body: BodyFact, *, seats: Iterable[SeatFact]) -> tuple[Sector, ...]:
    """The kinds of partner that this body needs and nobody of which sits in it (R-018)."""
    held = {sector for seat in seats if seat.body == body.key for sector in seat.sectors}
    return tuple(sector for sector in Sector if sector in body.needs - held)


def cell(tier: Tier, sector: Sector, *, bodies: Iterable[BodyFact], seats: Iterable[SeatFact]) -> Place:
    """How a kind of partner stands in a tier: held where one of its bodies has it."""
    mine = {body.key: body for body in bodies if body.tier == tier}
    if any(seat.body in mine and sector in seat.sectors for seat in seats):
        return Place.HELD
    return Place.EMPTY if any(sector in body.needs for body in mine.values()) else Place.NOT_NEEDED


def wheel(*, bodies: Iterable[BodyFact], seats: Iterable[SeatFact]) -> dict[Sector, dict[Tier, Place]]:
    """The sixteen kinds of partner by the three tiers; a local team counts as a work group."""
    merged = [BodyFact(key=one.key, tier=Tier.WORK_GROUP, needs=one.needs) if one.tier is Tier.LOCAL_TEAM else one for one in bodies]
    held = list(seats)
    return {sector: {tier: cell(tier, sector, bodies=merged, seats=held) for tier in WHOLE} for sector in Sector}


def partners_without_decision_maker(*, bodies: Iterable[BodyFact], seats: Iterable[SeatFact]) -> tuple[str, ...]:
    """The partners on the core team that have no key decision maker on oversight (R-003), by key."""
    tiers, held = {body.key: body.tier for body in bodies}, list(seats)
    deciding = {seat.partner for seat in held if seat.decides and tiers.get(seat.body) is Tier.OVERSIGHT}
    return tuple(sorted({seat.partner for seat in held if tiers.get(seat.body) is Tier.CORE and not seat.lived} - deciding))


def tiers_without_lived_experience(*, bodies: Iterable[BodyFact], seats: Iterable[SeatFact]) -> tuple[Tier, ...]:
    """The tiers in which no family member with lived experience sits (R-033); a tier that has no body is not among them."""
    tiers = {body.key: body.tier for body in bodies}
    there = {tiers[seat.body] for seat in seats if seat.lived and seat.body in tiers}
    return tuple(tier for tier in Tier if tier in set(tiers.values()) - there)


def levels_missing(seats: Iterable[SeatFact]) -> Mapping[str, tuple[Level, ...]]:
    """For each partner, the levels inside it from which nobody takes part in any body (R-041). Family members have no level."""
    found: dict[str, set[Level]] = {}
    for seat in seats:
        if not seat.lived:
            found.setdefault(seat.partner, set()).update({seat.level} if seat.level else ())
    return {partner: tuple(level for level in Level if level not in have) for partner, have in sorted(found.items())}


def streams_missing(seats: Iterable[SeatFact]) -> tuple[Stream, ...]:
    """The service streams from which no partner takes part (R-009)."""
    have = {stream for seat in seats for stream in seat.streams}
    return tuple(stream for stream in Stream if stream not in have)


def beyond_missing(kinds: Iterable[str]) -> tuple[str, ...]:
    """The kinds beyond the sixteen of which no partner is; `kinds` are those of all partners (R-040)."""
    have = set(kinds)
    return tuple(kind for kind in BEYOND if kind not in have)
