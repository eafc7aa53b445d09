"""Who is missing: the pure rules over seats and bodies."""

from __future__ import annotations

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
from careloom.kernel.partnership.missing import BEYOND

OVERSIGHT = BodyFact(key="o", tier=Tier.OVERSIGHT, needs=NEEDS[Tier.OVERSIGHT])
CORE = BodyFact(key="c", tier=Tier.CORE, needs=NEEDS[Tier.CORE])
GROUP = BodyFact(key="w", tier=Tier.WORK_GROUP, needs=NEEDS[Tier.WORK_GROUP] - {Sector.EDUCATION})


def seat(body: str, *sectors: Sector, partner: str = "p", **facts: object) -> SeatFact:
    return SeatFact(body=body, partner=partner, sectors=frozenset(sectors), **facts)  # type: ignore[arg-type]


def test_a_collaborative_lacks_the_tiers_that_it_does_not_have() -> None:
    assert tiers_missing([]) == (Tier.OVERSIGHT, Tier.CORE, Tier.WORK_GROUP)
    assert tiers_missing([OVERSIGHT, CORE]) == (Tier.WORK_GROUP,)
    assert tiers_missing([OVERSIGHT, CORE, BodyFact(key="l", tier=Tier.LOCAL_TEAM, needs=frozenset())]) == ()


def test_each_body_is_held_against_the_kinds_that_it_needs() -> None:
    seats = [seat("w", *(set(Sector) - {Sector.COURTS, Sector.EDUCATION})), seat("c", Sector.COURTS)]
    assert sectors_missing(GROUP, seats=seats) == (Sector.COURTS,)  # what sits elsewhere does not count, what it does without is not missed
    assert set(sectors_missing(CORE, seats=seats)) == set(Sector) - {Sector.COURTS}


def test_the_wheel_shows_held_empty_and_not_needed() -> None:
    local = BodyFact(key="l", tier=Tier.LOCAL_TEAM, needs=frozenset())
    drawn = wheel(bodies=[OVERSIGHT, CORE, local], seats=[seat("o", Sector.COURTS), seat("l", Sector.HOME_VISITING)])
    assert list(drawn) == list(Sector)
    assert drawn[Sector.COURTS] == {Tier.OVERSIGHT: Place.HELD, Tier.CORE: Place.EMPTY, Tier.WORK_GROUP: Place.NOT_NEEDED}
    assert drawn[Sector.HOME_VISITING][Tier.WORK_GROUP] is Place.HELD  # a local team stands in the ring of the work groups
    assert drawn[Sector.HOME_VISITING][Tier.OVERSIGHT] is Place.NOT_NEEDED


def test_a_core_partner_needs_a_decision_maker_on_oversight() -> None:
    seats = [seat("c", partner="a"), seat("c", partner="b"), seat("o", partner="a", decides=True), seat("o", partner="b")]
    assert partners_without_decision_maker(bodies=[OVERSIGHT, CORE], seats=seats) == ("b",)
    parent = seat("c", Sector.FAMILIES, partner="c", lived=frozenset({Lived.TREATMENT}))
    assert partners_without_decision_maker(bodies=[OVERSIGHT, CORE], seats=[*seats, parent]) == ("b",)


def test_families_sit_at_every_tier_that_there_is() -> None:
    parent = seat("c", Sector.FAMILIES, lived=frozenset({Lived.CHILD_WELFARE}))
    assert tiers_without_lived_experience(bodies=[OVERSIGHT, CORE], seats=[parent, seat("o")]) == (Tier.OVERSIGHT,)


def test_an_agency_is_looked_at_level_by_level() -> None:
    seats = [seat("c", partner="a", level=Level.DIRECTOR), seat("w", partner="a", level=Level.FRONT_LINE), seat("w", partner="b")]
    assert levels_missing(seats) == {"a": (Level.MANAGER, Level.SUPERVISOR), "b": tuple(Level)}


def test_services_without_a_partner_are_named() -> None:
    assert streams_missing([seat("c", streams=frozenset({Stream.PREVENTION, Stream.COMMUNITY_TREATMENT}))]) == (
        Stream.EARLY_INTERVENTION,
        Stream.MATERNAL_INFANT_HEALTH,
    )


def test_what_families_meet_beyond_the_sixteen_is_looked_for_among_the_partners() -> None:
    assert beyond_missing(["HOUSING", "COMMUNITY", "FAITH"]) == ("TRANSPORTATION", "CULTURE", "SCHOOLS", "EARLY_CHILDHOOD")
    assert beyond_missing([]) == BEYOND


def test_authority_fits_its_tier_and_lived_experience_every_tier() -> None:
    assert seat("o", authority=Authority.DIRECTS_RESOURCES).fits(Tier.OVERSIGHT)
    assert not seat("o", authority=Authority.ON_THE_GROUND).fits(Tier.OVERSIGHT)
    assert seat("o", authority=Authority.ON_THE_GROUND, lived=frozenset({Lived.TREATMENT})).fits(Tier.OVERSIGHT)
    assert seat("o").fits(Tier.OVERSIGHT)
