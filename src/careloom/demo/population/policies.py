"""Three ways in which states handle a birth with prenatal exposure, and the counties that live under each.

They differ more than any other input, so the made state has a region of each. None is one real state: the shares of each are those that were
published of a state that works so, with their source; what no source tells is marked A (assumed). Race is no input of any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

REALM: Final = 98  # no state has this FIPS number
BIRTHS_PER_THOUSAND: Final = 10.7  # a year (V, NCHS 2023; population K)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """One way. Shares are of notified infants unless said otherwise; `exposed` is of births and `detected` of the exposed.

    `retention_days` is the Weibull scale (shape .8) of medicine for opioid use disorder after birth.
    """

    code: str
    mix: str
    exposed: float
    detected: float
    reported: float
    screened_in: float
    plan_if_reported: float
    plan_if_not: float
    removed_first_year: float
    retention_days: float


# `notified` of births is `exposed` times `detected`: where everybody is asked 95 of 100 are found, where only a record or a test speaks 25 are (A).
POLICIES: Final = (
    # Connecticut 2019-21 (V, SSWR 49198): 5.6 of 100 births, 48.5 reported, a plan for 733 of 2,310 reported and for all others; removed 8 (A).
    Policy(
        code="blind_notice", mix="ct_like", exposed=0.056 / 0.95, detected=0.95, reported=0.485, screened_in=0.70,
        plan_if_reported=733 / 2310, plan_if_not=1.0, removed_first_year=0.08, retention_days=1005.0,
    ),
    # Delaware 2018-20 (V, PMC8792271): 6.9 of 100 births, each told to child welfare, 70 screened in (PMC8064022), plan 93.8, removed 10.
    Policy(
        code="child_welfare_leads", mix="de_like", exposed=0.069 / 0.95, detected=0.95, reported=1.0, screened_in=0.70,
        plan_if_reported=0.938, plan_if_not=0.938, removed_first_year=0.10, retention_days=1005.0,
    ),
    # California 2006 and Washington 2006-13 (V, Prindle, Rebbe): 1.5 to 2 found, 42 to 61 reported, 13 to 30 placed; plan 30 (A), screened in 84 (V).
    Policy(
        code="report_based", mix="west_rural", exposed=0.07, detected=0.25, reported=0.50, screened_in=0.84,
        plan_if_reported=0.30, plan_if_not=0.30, removed_first_year=0.22, retention_days=234.0,
    ),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class County:
    """A county: its part of the state's people, and the policy of its region (a place in POLICIES)."""

    name: str
    fips: str
    policy: int
    part: float
    hospitals: int


# Names of trees; numbers of a state that does not exist. The practice county's own two (Pine, Harbor) keep their own installation.
COUNTIES: Final = tuple(
    County(name=name, fips=f"98{2 * place + 101:03d}", policy=policy, part=part, hospitals=hospitals)
    for place, (name, policy, part, hospitals) in enumerate(
        (
            ("Tamarack", 0, 0.16, 4), ("Sumac", 0, 0.10, 3), ("Alder", 0, 0.08, 2), ("Hawthorn", 0, 0.06, 2),
            ("Juniper", 1, 0.12, 3), ("Hickory", 1, 0.08, 2), ("Linden", 1, 0.05, 1), ("Buckeye", 1, 0.02, 1),
            ("Cottonwood", 2, 0.15, 4), ("Madrone", 2, 0.09, 3), ("Larch", 2, 0.06, 2), ("Aspen", 2, 0.03, 1),
        )
    )
)  # fmt: skip
