"""The field's words for a collaborative's structure, as codes.

Source: Plan of Safe Care learning module 2 (tiers, sixteen key partners, four service streams), practice-level strategies for relationships
(authority by tier, levels inside an agency, lived experience); R-001, R-009, R-017, R-030, R-033, R-035, R-041.
"""

from __future__ import annotations

from enum import StrEnum


class Reach(StrEnum):
    """What a collaborative is for."""

    STATE = "STATE"
    REGION = "REGION"
    COUNTY = "COUNTY"
    TRIBE = "TRIBE"


class Tier(StrEnum):
    """Where a body stands. A local team works like a work group, at one place."""

    OVERSIGHT = "OVERSIGHT"
    CORE = "CORE"
    WORK_GROUP = "WORK_GROUP"
    LOCAL_TEAM = "LOCAL_TEAM"


class Sector(StrEnum):
    """The sixteen kinds of partner, in the order in which the wheel shows them (R-017)."""

    PUBLIC_HEALTH = "PUBLIC_HEALTH"
    MATERNAL_CHILD_HEALTH = "MATERNAL_CHILD_HEALTH"
    HOME_VISITING = "HOME_VISITING"
    SUBSTANCE_USE = "SUBSTANCE_USE"
    MENTAL_HEALTH = "MENTAL_HEALTH"
    ABUSE_PREVENTION = "ABUSE_PREVENTION"
    CHILD_WELFARE = "CHILD_WELFARE"
    EARLY_INTERVENTION = "EARLY_INTERVENTION"
    COURTS = "COURTS"
    EDUCATION = "EDUCATION"
    FINANCE = "FINANCE"
    HEALTH_PLANS = "HEALTH_PLANS"
    HOSPITALS = "HOSPITALS"
    MEDICAL_PROVIDERS = "MEDICAL_PROVIDERS"
    TRIBES = "TRIBES"
    FAMILIES = "FAMILIES"


class Level(StrEnum):
    """Where in her agency a member works (R-041)."""

    DIRECTOR = "DIRECTOR"
    MANAGER = "MANAGER"
    SUPERVISOR = "SUPERVISOR"
    FRONT_LINE = "FRONT_LINE"


class Authority(StrEnum):
    """What a member may decide for her agency (R-030)."""

    DIRECTS_RESOURCES = "DIRECTS_RESOURCES"
    POLICY_AND_MONEY = "POLICY_AND_MONEY"
    ON_THE_GROUND = "ON_THE_GROUND"


class Lived(StrEnum):
    """What a member with lived experience has lived through, as she says it herself; several may be true (R-035)."""

    CHILD_WELFARE = "CHILD_WELFARE"
    TREATMENT = "TREATMENT"
    RAISING_A_CHILD = "RAISING_A_CHILD"


class Stream(StrEnum):
    """The four streams of the family-focused system of care (R-009)."""

    PREVENTION = "PREVENTION"
    EARLY_INTERVENTION = "EARLY_INTERVENTION"
    MATERNAL_INFANT_HEALTH = "MATERNAL_INFANT_HEALTH"
    COMMUNITY_TREATMENT = "COMMUNITY_TREATMENT"


# Which authority a tier works with: leaders who direct staff and money, managers who change policy, staff on the ground.
AUTHORITY_OF = {
    Tier.OVERSIGHT: Authority.DIRECTS_RESOURCES,
    Tier.CORE: Authority.POLICY_AND_MONEY,
    Tier.WORK_GROUP: Authority.ON_THE_GROUND,
    Tier.LOCAL_TEAM: Authority.ON_THE_GROUND,
}

# Which kinds of partner a tier needs unless it says otherwise: the core team and the work groups all sixteen; oversight those that
# set law, money and services, and families at every tier.
NEEDS = {
    Tier.OVERSIGHT: frozenset(
        {
            Sector.PUBLIC_HEALTH, Sector.SUBSTANCE_USE, Sector.MENTAL_HEALTH, Sector.CHILD_WELFARE, Sector.COURTS, Sector.FINANCE,
            Sector.HEALTH_PLANS, Sector.TRIBES, Sector.FAMILIES,
        }
    ),
    Tier.CORE: frozenset(Sector),
    Tier.WORK_GROUP: frozenset(Sector),
    Tier.LOCAL_TEAM: frozenset(),
}  # fmt: skip


def plain_place(place: str) -> str:
    """A county as it is kept, however it was written: "Pine" for "Pine County"."""
    return " ".join(place.split()).removesuffix(" County").removesuffix(" county")
