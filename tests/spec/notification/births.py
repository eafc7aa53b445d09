"""Births for the specification, and one call that decides them under a pack."""

from __future__ import annotations

from datetime import UTC, date, datetime

from careloom.infra.packs import load_pack
from careloom.kernel.notification import (
    Basis,
    BirthFacts,
    Exposure,
    NotificationAnswer,
    Substance,
    ToldMother,
    YesNoUnsure,
    decide,
)

YES, NO, UNSURE = YesNoUnsure.YES, YesNoUnsure.NO, YesNoUnsure.UNSURE
BORN_AT = datetime(2026, 11, 21, 3, 15, tzinfo=UTC)


def directed(substance: Substance) -> Exposure:
    """Medication that was prescribed and taken as directed."""
    return Exposure(substance=substance, prescribed=YES, as_prescribed=YES, basis=frozenset({Basis.PRESCRIBER}))


def misused(substance: Substance) -> Exposure:
    """Medication taken otherwise than prescribed."""
    return Exposure(substance=substance, prescribed=YES, as_prescribed=NO, basis=frozenset({Basis.SELF_REPORT}))


def used(substance: Substance, *basis: Basis) -> Exposure:
    """A substance that was not prescribed."""
    return Exposure(substance=substance, prescribed=NO, as_prescribed=NO, basis=frozenset(basis or (Basis.SELF_REPORT,)))


def birth(*exposures: Exposure, **facts: object) -> BirthFacts:
    """A birth about which she was told; discharge is planned."""
    given: dict[str, object] = {"told_mother": ToldMother.YES, "indian_child": NO, "discharge_on": date(2026, 11, 23), **facts}
    return BirthFacts(exposures=exposures, **given)  # type: ignore[arg-type]


def answer(pack: str, facts: BirthFacts) -> NotificationAnswer:
    """Decide a birth under a pack that ships."""
    loaded = load_pack(name=pack)
    rules = loaded.rules_on(day=date(2026, 11, 20))
    assert rules is not None
    return decide(facts=facts, rules=rules, identified_at=BORN_AT, calendar=loaded.calendar)
