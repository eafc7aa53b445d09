"""FIPS codes of counties. `data/us_counties.csv` is the list of us-atlas (ISC license, Copyright 2013-2019 Michael Bostock), of the Census Bureau."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_ENDS = (" county", " parish", " borough", " census area", " municipality", " city and borough")
_PAIRS = """
    AL=01 AK=02 AZ=04 AR=05 CA=06 CO=08 CT=09 DE=10 DC=11 FL=12 GA=13 HI=15 ID=16 IL=17 IN=18 IA=19 KS=20 KY=21 LA=22 ME=23 MD=24 MA=25 MI=26
    MN=27 MS=28 MO=29 MT=30 NE=31 NV=32 NH=33 NJ=34 NM=35 NY=36 NC=37 ND=38 OH=39 OK=40 OR=41 PA=42 RI=44 SC=45 SD=46 TN=47 TX=48 UT=49 VT=50
    VA=51 WA=53 WV=54 WI=55 WY=56
    """
STATES = dict(pair.split("=") for pair in _PAIRS.split())


def fips_of(*, county: str, state: str) -> str:
    """The three digits of a county, by its name and the letters of its state; empty where there is none."""
    return _codes().get((STATES.get(state, ""), _plain(county)), "")


@cache
def _codes() -> dict[tuple[str, str], str]:
    with (Path(__file__).parent / "data" / "us_counties.csv").open(encoding="utf-8", newline="") as lines:
        return {(row["state_fips"], _plain(row["county_name"])): row["county_fips"][2:] for row in csv.DictReader(lines)}


def _plain(name: str) -> str:
    text = name.strip().casefold()
    return next((text.removesuffix(end) for end in _ENDS if text.endswith(end)), text)
