"""The twelve facts of a notification as they are stored, and as the kernel reads them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from careloom.kernel.notification import (
    Basis,
    BirthFacts,
    Exposure,
    FasdSigns,
    InTreatment,
    PlanStatus,
    Substance,
    ToldMother,
    Withdrawal,
    YesNoUnsure,
)

QUESTIONS = ("as_prescribed", "in_treatment", "safety_concern", "plan_status", "told_mother")


@dataclass(frozen=True, kw_only=True)
class ExposureFact:
    """One exposure in stable codes."""

    substance: str
    prescribed: str = "UNSURE"
    as_prescribed: str = "UNSURE"
    known_from: tuple[str, ...] = ()
    # Known to the hospital from a substance use program's own record: it never leaves with names (42 CFR 2.31).
    part2: bool = False


@dataclass(frozen=True, kw_only=True)
class NotificationFacts:
    """What the hospital says of a birth; stored as JSON on the notification. An empty answer means not answered yet.

    INVARIANT: no field for prior child-welfare history, race, payer or marital status exists here or in the kernel.
    """

    exposures: tuple[ExposureFact, ...] = ()
    withdrawal: str = "NONE"
    fasd: str = "NONE"
    goes_home_with: str = "MOTHER"
    as_prescribed: str = ""
    in_treatment: str = ""
    safety_concern: str = ""
    safety_words: str = ""
    plan_status: str = ""
    told_mother: str = ""
    told_how: str = ""  # IN_HER_LANGUAGE, INTERPRETER, COLLEAGUE
    not_told_because: str = ""
    indian_child: str = "UNSURE"
    discharge_on: str = ""

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Which of the five questions that no chart answers still wait for an answer, by their field names."""
        skipped = () if self._was_prescribed else ("as_prescribed",)
        return tuple(name for name in QUESTIONS if name not in skipped and not getattr(self, name))

    @property
    def answered(self) -> bool:
        """Whether each of the five questions has its answer."""
        return not self.unanswered

    @property
    def _was_prescribed(self) -> bool:
        return any(e.prescribed == "YES" for e in self.exposures)


def to_json(facts: NotificationFacts) -> dict[str, Any]:
    """The facts as they are stored."""
    return asdict(facts)


def from_json(stored: dict[str, Any]) -> NotificationFacts:
    """The facts as they were stored; keys of older versions are dropped, new ones take their default."""
    known = {key: value for key, value in stored.items() if key in NotificationFacts.__dataclass_fields__}
    known["exposures"] = tuple(ExposureFact(**{**e, "known_from": tuple(e.get("known_from", ()))}) for e in known.get("exposures", ()))
    return NotificationFacts(**known)


def changed(facts: NotificationFacts, **answers: Any) -> NotificationFacts:
    """The facts with some answers changed."""
    return replace(facts, **answers)


def as_stored(facts: NotificationFacts) -> dict[str, Any]:
    """The facts as they come back from the database, to compare with."""
    stored = to_json(facts)
    stored["exposures"] = [{**e, "known_from": list(e["known_from"])} for e in stored["exposures"]]
    return stored


def to_kernel(facts: NotificationFacts) -> BirthFacts:
    """The facts as the kernel reads them. What is not answered is unsure, and is never read against her."""
    return BirthFacts(
        exposures=tuple(_exposure(e, facts.as_prescribed) for e in facts.exposures),
        withdrawal=Withdrawal(facts.withdrawal),
        fasd=FasdSigns(facts.fasd),
        in_treatment=InTreatment(facts.in_treatment or InTreatment.DECLINED_TO_SAY),
        safety_concern=facts.safety_concern == "YES",
        safety_concern_explained=bool(facts.safety_words.strip()),
        plan_status=PlanStatus(facts.plan_status or PlanStatus.WANTS_ONE),
        told_mother=ToldMother(facts.told_mother or ToldMother.NOT_YET),
        indian_child=YesNoUnsure(facts.indian_child),
        discharge_on=date.fromisoformat(facts.discharge_on) if facts.discharge_on else None,
    )


def _exposure(fact: ExposureFact, answer: str) -> Exposure:
    return Exposure(
        substance=Substance(fact.substance),
        prescribed=YesNoUnsure(fact.prescribed),
        as_prescribed=YesNoUnsure(answer or fact.as_prescribed),
        basis=frozenset(Basis(word) for word in fact.known_from if word in Basis.__members__.values()),
    )
