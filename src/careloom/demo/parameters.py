"""The figures the practice county is drawn from, each with where it comes from.

``data/params.json`` holds all 108 with source and status (V read at its source, K recollected, A assumed by us).
Constants here are those that the generator uses, by the key of their row. Race is in none of them: it may touch the
world only through the two named switches, both off by default.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

OLDEST_PRACTICE = 12
"""This family is born first, has a plan and closes it, so that each practice county shows a closing."""

# Population (A: Pine is shown above its share so that rural practice has enough families).
PINE_SHARE = 0.40
EXPECTING_SHARE = 0.08
TWIN_SHARE = 0.016  # "twins": 31.2 per 1,000 births, 1.6% of deliveries (V)
LOSS_SHARE = 0.0055  # fetal death from 20 weeks: 5.48 per 1,000 (V)
MALE_SHARE = 0.512
MEDICAID_SHARE = 0.85  # public payer 84.8 (V, PMC10692263)
LANGUAGES = (("en", 0.92), ("es", 0.07), ("other", 0.01))  # 1.y: 7% Spanish, 1% other (A)
RACE_SHARES = (
    ("WHITE", 0.50),
    ("HISPANIC", 0.26),
    ("BLACK", 0.14),
    ("ASIAN", 0.06),
    ("NATIVE", 0.01),
    ("MULTIPLE", 0.03),
)  # NVSR 73(2) tables (K)
EAGLE_NATION_SHARE = 0.025  # citizenship is asked, never guessed from race (A)
AGE_MEAN, AGE_DEVIATION = 27.8, 5.4  # NIS opioid deliveries 27.8 (V)
PRENATAL_CARE = (("FIRST", 0.626), ("SECOND", 0.220), ("THIRD_OR_NONE", 0.154))  # CA PSE 2017 (V)
UNHOUSED_SHARE = 0.06
DO_NOT_CONTACT_SHARE = 0.12
TOBACCO = {"MOUD": 0.93, "OPIOID": 0.57, "METHAMPHETAMINE": 0.49, "CANNABIS": 0.46}  # nicotine overlay (V)
TOBACCO_ELSE = 0.05
BASIS = (("SELF_REPORT", 0.55), ("MATERNAL_URINE", 0.50), ("INFANT_TEST", 0.45), ("RECORD", 0.30))
MOUD_AS_DIRECTED = 0.92

# Birth. Preterm by care (V: TN Medicaid), cannabis and stimulants (A around it), baseline 10.4 (V).
PRETERM_MOUD, PRETERM_UNTREATED_OPIOID, PRETERM_CANNABIS, PRETERM_BASE = 0.141, 0.20, 0.12, 0.104
LATE_PRETERM_OF_PRETERM = 0.72
WEIGHT_MEAN_G, WEIGHT_DEVIATION_G, WEIGHT_PER_WEEK_G, WEIGHT_OPIOID_G = 3250, 480, 190, -150
WITHDRAWAL = {"MOUD": 0.60, "ILLICIT": 0.50, "PRESCRIBED": 0.10}  # A around PA 57.9
MEDICINE = {"ESC": 0.195, "FINNEGAN": 0.52}  # ESC-NOW (K)
STAY_MEDIAN = {"ESC": 7.0, "FINNEGAN": 12.0}
STAY_TREATED_FACTOR = 1.9
TEST_ORDERED = 0.25  # passive ordering (A)
INFANT_DEATH_SHARE = 0.005

# Pathway and plan, Connecticut archetype (V, T2): 51.5 diverted with plan, 15.4 reported with plan, 33.1 without.
REPORT_BASE = 0.428
REPORT_FACTOR = {"CANNABIS": 1.0, "MOUD": 0.78, "PRESCRIBED": 0.5, "OTHER": 1.70}
PLAN_AT_BIRTH_IF_REPORTED = 0.216
PLAN_AT_BIRTH_IF_NOT_REPORTED = 0.983
PRENATAL_PLAN = {"MOUD": 0.45, "PRESCRIBED": 0.25, "CANNABIS": 0.08, "OTHER": 0.10}  # default (A)
PRESENT_DANGER_OF_REPORTED = 0.10
SCREENED_IN = 0.70  # DE 2014-18 (V)
REMOVED_OF_REPORTED = 0.165  # 8% of notified in year 1, CT-like (A)
REMOVED_EARLY = 0.5  # half within 14 days (A)
PLACED_WITH = (("FOSTER", 0.58), ("RELATIVE", 0.37), ("OTHER", 0.05))

# Cascade (A, scaled to the published 21 to 25% connected; a generic need gives .27).
OFFERED, SENT, RECEIVED, FIRST_KEPT, SECOND_KEPT, COMPLETED, WAITLISTED = 0.92, 0.95, 0.85, 0.65, 0.75, 0.55, 0.25
EI_REFERRED, EI_ENROLLED = 0.853, 0.495  # Massachusetts, PMID 42081262 (V)
NO_SHOW_FIRST = 0.25

# Treatment. Weibull shape .8 through 64.1% still on medication at 12 months (V anchor, A shape).
RETENTION_SHAPE, RETENTION_SCALE_DAYS = 0.8, 1005.0
RETURN_TO_USE_YEAR = 0.50
MEDICINES = (("BUPRENORPHINE", 0.55), ("METHADONE", 0.45))

# Slips to inject (A).
DUPLICATE, WRONG_BIRTH_DATE, NAME_VARIANT, LATE_ENTRY = 0.03, 0.015, 0.08, 0.05
MISSING_RACE, MISSING_ADDRESS, EXPIRED_WHILE_SHARING = 0.12, 0.04, 0.02

MIXES = ("ct_like", "de_like", "west_rural")


@dataclass(frozen=True, kw_only=True, slots=True)
class Switches:
    """The only two ways in which race may touch the world, each off unless a demo of inequity asks for it.

    ``testing_bias``: a newborn's test is ordered 4.3 times as often when the mother is Black (JAMA Netw Open 2023).
    ``medicine_access``: days covered by medication after birth .49 White, .41 Hispanic, .23 Black (six-state Medicaid).
    """

    testing_bias: bool = False
    medicine_access: bool = False


TEST_BIAS_FACTOR = 4.3
MEDICINE_ACCESS = {"HISPANIC": 0.41 / 0.49, "BLACK": 0.23 / 0.49}


@cache
def data(name: str) -> Any:
    """A data file of this package, read once."""
    return json.loads(files("careloom.demo").joinpath("data", f"{name}.json").read_text(encoding="utf-8"))


def exposure_mix(*, mix: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Names and percent weights of the 18 exposure classes of an archetype; ValueError for an unknown one."""
    if mix not in MIXES:
        raise ValueError(f"Choose one of {', '.join(MIXES)}.")
    table = data("exposure_mix")
    return tuple(table["order"]), tuple(table[mix])
