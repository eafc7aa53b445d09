"""The partnership's structure as pure facts and rules: who sits where, and who is missing. No person is named in it."""

from careloom.kernel.partnership.missing import (
    BodyFact,
    Place,
    SeatFact,
    cell,
    levels_missing,
    partners_without_decision_maker,
    sectors_missing,
    streams_missing,
    tiers_missing,
    tiers_without_lived_experience,
    wheel,
)
from careloom.kernel.partnership.vocabulary import AUTHORITY_OF, NEEDS, Authority, Level, Lived, Reach, Sector, Stream, Tier

__all__ = [
    "AUTHORITY_OF",
    "NEEDS",
    "Authority",
    "BodyFact",
    "Level",
    "Lived",
    "Place",
    "Reach",
    "SeatFact",
    "Sector",
    "Stream",
    "Tier",
    "cell",
    "levels_missing",
    "partners_without_decision_maker",
    "sectors_missing",
    "streams_missing",
    "tiers_missing",
    "tiers_without_lived_experience",
    "wheel",
]
