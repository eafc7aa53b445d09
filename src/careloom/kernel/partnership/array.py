"""The service array as pure rules: when in a child's life a need stands, what makes a gap, which ways answer it, and what is given twice.

Source: Plan of Safe Care learning module 2 (five points of intervention, gaps and how to address them, four ways to extend services);
R-013, R-014, R-037, R-038, R-225.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from careloom.kernel.suppression import Cell


class Point(StrEnum):
    """The five points of intervention, from before a pregnancy to childhood (R-225)."""

    PRE_PREGNANCY = "PRE_PREGNANCY"
    PRENATAL = "PRENATAL"
    BIRTH = "BIRTH"
    NEONATAL = "NEONATAL"
    CHILDHOOD = "CHILDHOOD"


class Way(StrEnum):
    """The four ways to answer a gap (R-037)."""

    ACCESS = "ACCESS"
    EXPAND = "EXPAND"
    DEVELOP = "DEVELOP"
    COORDINATE = "COORDINATE"


class Progress(StrEnum):
    """Where a change stands."""

    PLANNED = "PLANNED"
    UNDER_WAY = "UNDER_WAY"
    IN_PLACE = "IN_PLACE"
    STOPPED = "STOPPED"


class Found(StrEnum):
    """What a check of a standard found."""

    MET = "MET"
    PARTLY = "PARTLY"
    NOT_MET = "NOT_MET"


class Shape(StrEnum):
    """What kind of gap it is, the heaviest first."""

    NO_SERVICE = "NO_SERVICE"
    NO_ROOM = "NO_ROOM"
    TURNED_AWAY = "TURNED_AWAY"
    ANSWERED = "ANSWERED"


P = Point
PRE, CARRYING, BORN, WEEKS, GROWING = ({point} for point in P)
LATER = frozenset(WEEKS | GROWING)
# When a need stands. What is not named here stands from the pregnancy on, but not in the hospital room.
MOSTLY = frozenset(CARRYING | WEEKS | GROWING)
POINTS: Mapping[str, frozenset[Point]] = {
    **dict.fromkeys(("FAMILY_PLANNING",), frozenset(PRE | WEEKS)),
    **dict.fromkeys(("HEALTH_EDUCATION",), frozenset(PRE | CARRYING)),
    **dict.fromkeys(("PRIMARY_CARE", "RECOVERY_ASSESSMENT", "RECOVERY_CARE", "TOBACCO", "HEALTH_INSURANCE"), frozenset(PRE | MOSTLY)),
    **dict.fromkeys(("MEDICINE_FOR_RECOVERY", "NALOXONE"), frozenset(P)),
    **dict.fromkeys(("PRENATAL_CARE",), frozenset(CARRYING)),
    **dict.fromkeys(("DOULA", "CRIB_AND_CAR_SEAT", "RETURN_TO_USE_PLAN"), frozenset(CARRYING | BORN | WEEKS)),
    **dict.fromkeys(("INFANT_FEEDING", "SAFE_SLEEP", "NEWBORN_FOLLOW_UP"), frozenset(BORN | WEEKS)),
    **dict.fromkeys(("POSTPARTUM_VISIT",), frozenset(WEEKS)),
    **dict.fromkeys(("PERINATAL_DEPRESSION",), frozenset(CARRYING | WEEKS)),
    **dict.fromkeys(("HEPATITIS_C", "IMMUNIZATION", "INFANT_MENTAL_HEALTH"), frozenset(BORN | LATER)),
    **dict.fromkeys(("INFANT_DOCTOR", "INFANT_SPECIALIST", "MEDICAL_EQUIPMENT", "EARLY_INTERVENTION", "RESPITE", "SPECIALTY_COURT"), LATER),
    **dict.fromkeys(("DEVELOPMENTAL_SCREENING", "EARLY_HEAD_START", "CHILD_CARE", "SIBLINGS"), frozenset(GROWING)),
}
SUGGESTED = {Shape.NO_SERVICE: Way.DEVELOP, Shape.NO_ROOM: Way.EXPAND, Shape.TURNED_AWAY: Way.ACCESS, Shape.ANSWERED: Way.COORDINATE}


@dataclass(frozen=True, kw_only=True)
class SupplyFact:
    """A service: the needs it answers, the places it serves (None: all), whether a member gives it, and its room (None: nobody said)."""

    key: str
    codes: frozenset[str]
    places: frozenset[str] | None
    partner: str = ""
    room: int | None = None
    most: int | None = None

    def serves(self, code: str, place: str) -> bool:
        """Whether it answers this need in this place."""
        return code in self.codes and (self.places is None or place in self.places)


@dataclass(frozen=True, kw_only=True)
class NeedFact:
    """A need in a place as plans have it, already published: how many families, and how many of them a service refused or let wait."""

    code: str
    place: str
    families: Cell
    turned_away: Cell

    @property
    def stands(self) -> bool:
        """Whether any family has it. A hidden count is some."""
        return self.families.value != 0


@dataclass(frozen=True, kw_only=True)
class GapFact:
    """A need in a place against what there is: `services` by key, `room` among those that say it, and the way that suggests itself."""

    need: NeedFact
    shape: Shape
    services: tuple[str, ...]
    members: int
    room: int | None
    suggested: Way


def points_of(codes: Iterable[str]) -> frozenset[Point]:
    """The points at which services for these needs meet a family."""
    return frozenset(point for code in codes for point in POINTS.get(code, MOSTLY))


def gap_of(need: NeedFact, *, supply: Iterable[SupplyFact]) -> GapFact:
    """What a need in a place meets: nothing, services without room, services that turn families away, or an answer."""
    there = [one for one in supply if one.serves(need.code, need.place)]
    said = [one.room for one in there if one.room is not None]
    if not there:
        shape = Shape.NO_SERVICE
    elif said and not sum(said):
        shape = Shape.NO_ROOM
    elif need.turned_away.value != 0:
        shape = Shape.TURNED_AWAY
    else:
        shape = Shape.ANSWERED
    return GapFact(
        need=need, shape=shape, services=tuple(one.key for one in there), members=len({one.partner for one in there if one.partner}),
        room=sum(said) if said else None, suggested=SUGGESTED[shape],
    )  # fmt: skip


def gaps(needs: Iterable[NeedFact], *, supply: Iterable[SupplyFact]) -> tuple[GapFact, ...]:
    """Every need that stands, the heaviest gap first: by shape, by families (a hidden count last of them), then by code and place."""
    held = list(supply)
    found = [gap_of(need, supply=held) for need in needs if need.stands]
    shapes = list(Shape)
    return tuple(sorted(found, key=lambda gap: (shapes.index(gap.shape), -(gap.need.families.value or 1), gap.need.code, gap.need.place)))


def critical(needs: Iterable[NeedFact], *, supply: Iterable[SupplyFact]) -> tuple[str, ...]:
    """Needs of families that no member supplies anywhere: critical missing partners, the most families first (R-038)."""
    supplied = {code for one in supply if one.partner for code in one.codes}
    families: dict[str, int] = {}
    for need in needs:
        if need.stands and need.code not in supplied:
            families[need.code] = families.get(need.code, 0) + (need.families.value or 1)
    return tuple(sorted(families, key=lambda code: (-families[code], code)))


def doubled(supply: Iterable[SupplyFact], *, places: Iterable[str], least: int = 3) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Needs that at least `least` services answer in one place: where to look for double work. Need, place, keys; the most first."""
    held = list(supply)
    found = []
    for place in places:
        for code in sorted({code for one in held for code in one.codes}):
            keys = tuple(one.key for one in held if one.serves(code, place))
            if len(keys) >= least:
                found.append((code, place, keys))
    return tuple(sorted(found, key=lambda row: (-len(row[2]), row[0], row[1])))
