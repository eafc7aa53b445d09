"""What all four sides are asked: the statewide indicators of the CFSR and the five Rs, of five federal fiscal years, up to the last known day."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple


class Year(NamedTuple):
    """A year that is asked. It is no window of ours, so that the other sides load none of our libraries, which would count as their memory."""

    name: str
    starts_on: date
    ends_on: date


# Permanency, stability and safety (CFSR round 4); recovery, remaining at home, reunification (P1), recidivism (S2) and re-entry (P4).
CODES: Final = ("P1", "P2", "P3", "P4", "P5", "S1", "S2", "RH6", "RH12", "MOUD180", "IET_INITIATED", "POSC")
SUMS: Final = ("counted", "met", "apart", "unripe", "whole", "part")
CUTOFF_ON: Final = date(2023, 3, 31)  # in the last of the years, so that some answers are not ripe
YEARS: Final = tuple(Year(f"FFY{year}", date(year - 1, 10, 1), date(year, 10, 1)) for year in range(2018, 2023))

Answer = dict[str, dict[str, list[int]]]
"""By code of the indicator and year, the six sums."""
