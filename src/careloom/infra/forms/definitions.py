"""What a form asks, as frozen data read from a FHIR R4 Questionnaire. Knows nothing of what the form is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

#: Answers by path: a linkId, or `group/0/linkId` inside a group that repeats. Each is a list of plain JSON values: a boolean, an integer,
#: a decimal as text, a day as ISO text, a text, the code of a choice, `{"text": ...}` for own words, `{"value": ..., "unit": ...}`.
Answers = Mapping[str, list[Any]]

#: A number that is larger than this is a slip of the hand.
LARGEST = 10**12
OURS = "urn:careloom:form:"  # the start of our own extensions' addresses


class Kind(StrEnum):
    """The item types that are understood, in FHIR's words."""

    GROUP = "group"
    DISPLAY = "display"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    OPEN_CHOICE = "open-choice"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    STRING = "string"
    TEXT = "text"
    QUANTITY = "quantity"


NOT_ASKED = frozenset({Kind.GROUP, Kind.DISPLAY})


class Licence(StrEnum):
    """Who may hand the wording on. Only the first two ship; the others are brought in by who has the right to use them."""

    PUBLIC_DOMAIN = "public-domain"
    ATTRIBUTION = "free-with-attribution"
    PERMISSION = "permission-needed"
    FEE = "fee"


SHIPPED = frozenset({Licence.PUBLIC_DOMAIN, Licence.ATTRIBUTION})


@dataclass(frozen=True, kw_only=True)
class Text:
    """One text in the language of the definition and in those into which it was translated."""

    plain: str = ""
    others: Mapping[str, str] = field(default_factory=dict)

    def said(self, language: str = "en") -> str:
        """The text in a language, or as the definition was written where there is no translation."""
        return self.others.get(language[:2], self.plain)

    def __bool__(self) -> bool:
        return bool(self.plain)


@dataclass(frozen=True, kw_only=True)
class Option:
    """One answer of a choice; `ordinal` is what it counts in a score."""

    code: str
    text: Text
    system: str = ""
    ordinal: Decimal | None = None
    exclusive: bool = False  # "none of these" stands alone


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One enableWhen: `operator` is FHIR's (exists, =, !=, >, <, >=, <=) and `value` a plain answer."""

    question: str
    operator: str
    value: Any


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question, group or sentence."""

    link_id: str
    kind: Kind
    text: Text = field(default_factory=Text)
    prefix: str = ""
    why: Text = field(default_factory=Text)  # why it is asked
    hint: Text = field(default_factory=Text)
    required: bool = False
    required_if: str = ""
    repeats: bool = False
    options: tuple[Option, ...] = ()
    conditions: tuple[Condition, ...] = ()
    any_of: bool = True  # enableBehavior any; all otherwise
    calculated: str = ""
    prefill: str = ""
    initial: tuple[Any, ...] = ()
    unit: str = ""
    most_letters: int | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    items: tuple[Item, ...] = ()

    @property
    def asked(self) -> bool:
        """Whether somebody answers it; sentences, groups and what is worked out are not asked."""
        return self.kind not in NOT_ASKED and not self.calculated

    def option(self, code: object) -> Option | None:
        """The option with a code."""
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True, kw_only=True)
class Band:
    """What a score between two numbers, both included, means, in words."""

    link_id: str
    low: Decimal
    high: Decimal
    text: Text


@dataclass(frozen=True, kw_only=True)
class Alert:
    """An answer that somebody must act on at once: `when` is a FHIRPath expression over the response."""

    code: str
    when: str


@dataclass(frozen=True, kw_only=True)
class Definition:
    """One version of one form."""

    url: str
    version: str
    name: str
    title: Text
    status: str
    items: tuple[Item, ...]
    topic: str = ""
    about: str = ""  # of whom it asks, in a word of who uses it
    purpose: Text = field(default_factory=Text)  # why this form is asked at all
    languages: tuple[str, ...] = ("en",)
    translation_note: str = ""
    effective_from: date | None = None
    effective_to: date | None = None  # the last day, included, as FHIR means it
    copyright: str = ""
    licence: Licence = Licence.PERMISSION
    licence_note: str = ""
    score_only: bool = False
    bands: tuple[Band, ...] = ()
    alerts: tuple[Alert, ...] = ()
    source: str = ""

    @property
    def canonical(self) -> str:
        """Address and version, as a response names its questionnaire."""
        return f"{self.url}|{self.version}"

    def holds(self, *, on: date) -> bool:
        """Whether the version is in use on a day."""
        begun = self.effective_from is None or self.effective_from <= on
        return self.status == "active" and begun and (self.effective_to is None or on <= self.effective_to)

    def every(self) -> Iterator[Item]:
        """All items, each before what stands in it."""
        yield from walk(self.items)

    def item(self, link_id: str) -> Item | None:
        """The item with a linkId."""
        return next((item for item in self.every() if item.link_id == link_id), None)


def walk(items: tuple[Item, ...]) -> Iterator[Item]:
    """All items of a tree, each before what stands in it."""
    for item in items:
        yield item
        yield from walk(item.items)


def last_of(path: str) -> str:
    """The linkId at the end of a path."""
    return path.rsplit("/", 1)[-1]
