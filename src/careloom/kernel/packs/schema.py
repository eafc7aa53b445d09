"""What a pack is: everything that a jurisdiction decides, as data with its authority."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from careloom.kernel.clocks import BusinessCalendar, DueRule, EscalationStep, ReviewSchedule
from careloom.kernel.disclosure.overlays import LocalLaw, Overlay
from careloom.kernel.notification import RuleTable
from careloom.kernel.packs.clock_names import ClockName as ClockName
from careloom.kernel.packs.following import Following
from careloom.kernel.packs.meetings import Meetings
from careloom.kernel.suppression import SuppressionSettings


class Status(StrEnum):
    """How far a statement of a pack has been checked."""

    VERIFIED = "VERIFIED"
    """The text was read at its source ([V])."""
    KNOWN = "KNOWN"
    """From general knowledge, not read again ([K])."""
    OPEN = "OPEN"
    """Contested, or a source nobody could open ([?])."""
    PRODUCT = "PRODUCT"
    """A default of the product that a jurisdiction may change; no law."""
    FICTIONAL = "FICTIONAL"
    """Of a practice jurisdiction."""

    @property
    def review_needed(self) -> bool:
        """Say whether a screen must tell that this was not checked."""
        return self in (Status.KNOWN, Status.OPEN)


class PlaceKind(StrEnum):
    """Kinds of places within a jurisdiction."""

    STATE = "STATE"
    COUNTY = "COUNTY"
    TRIBE = "TRIBE"


Text = Mapping[str, str]
"""A text in each language: {"en": ..., "es": ...}."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A source of the pack, and how far it was read."""

    citation: str
    says: str
    status: Status


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A county or Tribal nation of the jurisdiction."""

    code: str
    name: str
    kind: PlaceKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """Who and when: `reviewed_by` is None until counsel of the jurisdiction has signed."""

    name: str
    title: str
    jurisdiction: str
    zone: str
    effective_from: date
    effective_to: date | None
    reviewed_by: str | None
    reviewed_on: date | None
    fictional: bool
    sources: tuple[Source, ...]
    open_questions: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def review_needed(self) -> bool:
        """Say whether a screen must tell that nobody has signed this pack."""
        return self.reviewed_by is None and not self.fictional


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanSection:
    """One section of the plan: what is drawn into it from the rows that hold it already, what is written in it, what is ticked off in it."""

    code: str
    name: Text
    draws: tuple[str, ...]
    texts: Mapping[str, Text]  # the questions that a free text answers, by code
    checks: Mapping[str, Text]  # things that are there or not, by code


@dataclass(frozen=True, kw_only=True, slots=True)
class MinimumContent:
    """What a plan must say here: a code of `minimum_content`, where it stands, and what fills it."""

    code: str
    section: str
    words: Text
    filled_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanTemplate:
    """How a plan is named, made up, reviewed and approved here."""

    name: Text
    values: Text  # what its people hold dear, in their words; empty where the pack says none
    reviews: ReviewSchedule
    approval_needed: bool
    before_discharge: bool
    minimum_content: tuple[str, ...]
    status: Status
    citations: tuple[str, ...]
    sections: tuple[PlanSection, ...] = ()  # in the order of this jurisdiction
    contents: Mapping[str, MinimumContent] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class ClockRule:
    """One clock: how long, counted from what, and on whose authority."""

    name: ClockName
    due: DueRule
    counts_from: str
    status: Status
    citations: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CodedText:
    """A stable code with its words."""

    code: str
    words: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Closing:
    """What must be true before a plan closes, and the reasons one may give."""

    checklist: tuple[CodedText, ...]
    reasons: tuple[CodedText, ...]
    lost_contact_tries: int
    lost_contact_days: int


class Sayable(Protocol):
    """Anything with a message key and the words for its blanks."""

    @property
    def message_key(self) -> str:
        """The key of the sentence."""

    @property
    def params(self) -> Mapping[str, str]:
        """The words for its blanks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Words for people by key. Words for mothers name their reviewer, or None."""

    texts: Mapping[str, Text]
    reviewed_by: str | None

    def say(self, *, key: str, language: str, params: Mapping[str, str] | None = None) -> str | None:
        """Return the words in a language (English where it is missing), or None for no such key."""
        text = self.texts.get(key)
        if text is None:
            return None
        words = text.get(language) or text["en"]
        return words.format(**(params or {}))

    def sentence(self, *, reason: Sayable, language: str) -> str | None:
        """Return a reason of the router in a language, its blanks translated too.

        A blank `lead` comes with its code under `lead_code`, blanks `fields` with theirs under
        `field_codes`, and a sentence of the pack with `says_es` beside `says`.
        """
        params = dict(reason.params)
        params |= {name: params[f"{name}_{language}"] for name in reason.params if f"{name}_{language}" in params}
        if "lead_code" in params:
            params["lead"] = self.say(key=f"lead.{params['lead_code']}", language=language) or params["lead"]
        if "field_codes" in params:
            codes = params["field_codes"].split(",")
            params["fields"] = ", ".join(self.say(key=f"field.{code}", language=language) or code for code in codes)
        return self.say(key=reason.message_key, language=language, params=params)


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """Counsel of a jurisdiction reviewed one disclosure rule: who, when, and the fingerprint of the text that was read."""

    rule: str
    reviewed_by: str
    reviewed_on: date
    of: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Pack:
    """Everything that one jurisdiction decides."""

    manifest: Manifest
    rule_versions: tuple[RuleTable, ...]
    plan: PlanTemplate
    clocks: Mapping[ClockName, ClockRule]
    overdue_review: tuple[EscalationStep, ...]
    closing: Closing
    words: Words
    calendar: BusinessCalendar
    following: Following
    meetings: Meetings
    suppression: SuppressionSettings = field(default_factory=SuppressionSettings)
    reviews: Mapping[str, Review] = field(default_factory=dict)
    overlays: tuple[Overlay, ...] = ()

    @property
    def law(self) -> LocalLaw:
        """What this place adds to the federal disclosure rules, for `kernel.disclosure.decide_under`."""
        return LocalLaw(overlays=self.overlays, reviewed=frozenset(self.reviews))

    def rules_on(self, *, day: date) -> RuleTable | None:
        """Return the notification rules in force on a legal day, or None."""
        return next((table for table in self.rule_versions if table.covers(day=day)), None)

    def place(self, *, code: str) -> Place | None:
        """Return a county or Tribe by its code, or None."""
        return next((place for place in self.manifest.places if place.code == code), None)
