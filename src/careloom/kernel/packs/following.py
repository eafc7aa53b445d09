"""What `following.yaml` says: who hears of what is late, when a family counts as unreached, and what an integration position is.

Source: workflows 6.2 to 6.4; plan-content 2.7; features F16 to F18; Guidance 19 (R-193 to R-199); R-130.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as fields

from careloom.kernel.clocks import DueRule, EscalationStep


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A stable code and its words in each language."""

    code: str
    words: Mapping[str, str]

    def label(self, language: str) -> str:
        """The words in a language, English where there are none."""
        return self.words.get(language[:2]) or self.words["en"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Disengagement:
    """What is done when nobody reaches a family: so many ways over so many days, what is offered, what is written to her. Never a report."""

    ways: int
    days: int
    offers: tuple[Said, ...]
    letter: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class BetweenVisits:
    """What she is asked on her own page between visits, and how many days after her last answer."""

    every_days: int
    questions: tuple[Said, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column of the state system's contact entry and the field that fills it.

    `most` characters at the greatest (0: as many as there are), `must` it be filled, the state's `codes` for ours (none: our words),
    and the `shape` of a day or an hour as strftime writes it (none: ISO 8601).
    """

    name: str
    field: str
    most: int = 0
    must: bool = False
    codes: Mapping[str, str] = fields(default_factory=dict)
    shape: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Position:
    """The integration position: its title, what counts as admission and discharge, and how its contacts go to the state system."""

    title: Mapping[str, str]
    version: str
    attempts_days: int
    admission: Mapping[str, str]
    admits_on: tuple[str, ...]
    discharge_after_days: int
    discharge_reasons: tuple[Said, ...]
    contact_types: tuple[Said, ...]
    places: tuple[Said, ...]
    supports: tuple[Said, ...]
    system: str
    entry_due: DueRule
    columns: tuple[Column, ...]
    columns_verified: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Following:
    """Everything that a jurisdiction decides about following a family to the end."""

    overdue_duty: tuple[EscalationStep, ...]
    unreached_after_days: int
    unreached_after_tries: int
    referral_tries: int
    between_visits: BetweenVisits
    disengagement: Disengagement
    position: Position
    provider_questions: tuple[Said, ...]
