"""A collaborative as a whole: bodies, partners, seats, and who is missing.

Source: R-001, R-003, R-009, R-017 to R-019, R-022, R-030, R-033, R-041.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from careloom.infra.access import NotVisible, Viewer
from careloom.kernel.partnership import (
    NEEDS,
    Authority,
    BodyFact,
    Level,
    Lived,
    Place,
    SeatFact,
    Sector,
    Stream,
    Tier,
    beyond_missing,
    levels_missing,
    partners_without_decision_maker,
    sectors_missing,
    streams_missing,
    tiers_missing,
    tiers_without_lived_experience,
    wheel,
)
from careloom.partnership.models import Body, Charter, Partner, Seat, Vision
from careloom.partnership.standing import Standing, standing_of

MOST = 1000


@dataclass(frozen=True, kw_only=True)
class Rooms:
    """A collaborative with what stands now: bodies by tier and name, partners by name, seats by office and name; and what the reader may do."""

    standing: Standing
    bodies: tuple[Body, ...]
    partners: tuple[Partner, ...]
    seats: tuple[Seat, ...]
    charters: dict[UUID, Charter]  # the newest of each body
    vision: Vision | None

    @cached_property
    def body_facts(self) -> tuple[BodyFact, ...]:
        """The bodies as the kernel's rules read them."""
        return tuple(
            BodyFact(key=str(row.pk), tier=Tier(row.tier), needs=NEEDS[Tier(row.tier)] - {Sector(code) for code in row.not_needed})
            for row in self.bodies
        )

    @cached_property
    def seat_facts(self) -> tuple[SeatFact, ...]:
        """The seats as the kernel's rules read them. Who sits for families brings that kind of partner, wherever she is employed."""
        by_id = {row.pk: row for row in self.partners}
        return tuple(_fact(row, partner=by_id[row.partner_id]) for row in self.seats if row.partner_id in by_id)

    def seats_in(self, body: Body) -> tuple[Seat, ...]:
        """Who sits in a body."""
        return tuple(row for row in self.seats if row.body_id == body.pk)

    @cached_property
    def tiers_missing(self) -> tuple[Tier, ...]:
        """R-001."""
        return tiers_missing(self.body_facts)

    @cached_property
    def wheel(self) -> dict[Sector, dict[Tier, Place]]:
        """R-018 as a picture."""
        return wheel(bodies=self.body_facts, seats=self.seat_facts)

    def sectors_missing(self, body: Body) -> tuple[Sector, ...]:
        """R-018 for one body."""
        return next(sectors_missing(fact, seats=self.seat_facts) for fact in self.body_facts if fact.key == str(body.pk))

    @cached_property
    def undecided(self) -> tuple[Partner, ...]:
        """Partners on the core team without a key decision maker on oversight (R-003)."""
        keys = set(partners_without_decision_maker(bodies=self.body_facts, seats=self.seat_facts))
        return tuple(row for row in self.partners if str(row.pk) in keys)

    @cached_property
    def unlived(self) -> tuple[Tier, ...]:
        """Tiers without lived experience (R-033)."""
        return tiers_without_lived_experience(bodies=self.body_facts, seats=self.seat_facts)

    @cached_property
    def levels_missing(self) -> dict[Partner, tuple[Level, ...]]:
        """Levels inside each partner from which nobody takes part (R-041)."""
        found = levels_missing(self.seat_facts)
        return {row: found[str(row.pk)] for row in self.partners if str(row.pk) in found}

    @cached_property
    def streams_missing(self) -> tuple[Stream, ...]:
        """R-009."""
        return streams_missing(self.seat_facts)

    @cached_property
    def beyond_missing(self) -> tuple[str, ...]:
        """Kinds beyond the sixteen of which no partner is (R-040)."""
        return beyond_missing(kind for row in self.partners for kind in row.kinds)

    @cached_property
    def misfits(self) -> tuple[Seat, ...]:
        """Members whose authority is not that of their tier (R-030)."""
        tiers = {fact.key: fact.tier for fact in self.body_facts}
        facts = dict(zip([row.pk for row in self._seated], self.seat_facts, strict=True))
        return tuple(row for row in self._seated if str(row.body_id) in tiers and not facts[row.pk].fits(tiers[str(row.body_id)]))

    @property
    def has_money(self) -> bool:
        """Whether somebody knows budgets and financing (R-019)."""
        return any(row.money for row in self.seats)

    def one_lens(self, body: Body) -> bool:
        """Whether two co-chairs come from one kind of partner or look through one lens (R-022)."""
        chairs = [row for row in self.seats_in(body) if row.office == "CO_CHAIR"]
        facts = {row.pk: fact for row, fact in zip(self._seated, self.seat_facts, strict=True)}
        pairs = [(one, two) for place, one in enumerate(chairs) for two in chairs[place + 1 :]]
        return any(
            facts[one.pk].sectors & facts[two.pk].sectors or (one.lens and one.lens.casefold() == two.lens.casefold())
            for one, two in pairs
            if one.pk in facts and two.pk in facts
        )

    @cached_property
    def _seated(self) -> tuple[Seat, ...]:
        ids = {row.pk for row in self.partners}
        return tuple(row for row in self.seats if row.partner_id in ids)


def rooms_of(*, viewer: Viewer, collaborative_id: UUID) -> Rooms:
    """A collaborative as it stands. Eight queries. Raises NotVisible for who has no part in it."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    pk = standing.collaborative.pk
    tiers = list(Tier)
    bodies = sorted(Body.objects.filter(collaborative_id=pk, ends_on=None)[:MOST], key=lambda row: (tiers.index(Tier(row.tier)), row.name))
    charters: dict[UUID, Charter] = {}
    for row in Charter.objects.filter(collaborative_id=pk).order_by("version"):
        charters[row.body_id] = row
    return Rooms(
        standing=standing,
        bodies=tuple(bodies),
        partners=tuple(Partner.objects.filter(collaborative_id=pk, left_on=None).order_by("name")[:MOST]),
        seats=tuple(Seat.objects.filter(collaborative_id=pk, left_on=None, body__ends_on=None).order_by("office", "name")[:MOST]),
        charters=charters,
        vision=Vision.objects.filter(collaborative_id=pk).order_by("-version").first(),
    )


def seat_of(*, viewer: Viewer, seat_id: UUID) -> tuple[Seat, Standing]:
    """One seat with how the reader stands to its collaborative. Raises NotVisible."""
    row = Seat.objects.select_related("body", "partner").filter(pk=seat_id, left_on=None).first()
    standing = standing_of(viewer=viewer, collaborative_id=row.collaborative_id if row else seat_id)
    if row is None:
        raise NotVisible
    return row, standing


def _fact(row: Seat, *, partner: Partner) -> SeatFact:
    lived = frozenset(Lived(code) for code in row.lived)
    return SeatFact(
        body=str(row.body_id),
        partner=str(row.partner_id),
        sectors=frozenset(Sector(code) for code in partner.sectors) | ({Sector.FAMILIES} if lived else frozenset()),
        streams=frozenset(Stream(code) for code in partner.streams),
        level=Level(row.level) if row.level else None,
        authority=Authority(row.authority) if row.authority else None,
        lived=lived,
        decides=row.decides,
    )
