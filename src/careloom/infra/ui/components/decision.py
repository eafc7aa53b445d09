"""An answer of the kernel as a page shows it, and the screen of someone else shown to us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from careloom.infra.ui.components.page import Kind, Link
from careloom.infra.ui.components.plan import Said, Voice


@dataclass(frozen=True, kw_only=True)
class Button:
    """A submit button of the form around it."""

    label: str
    name: str = ""
    value: str = ""
    kind: Kind = "solid"
    big: bool = True
    full: bool = True
    template: ClassVar[str] = "ui/components/button.html"


@dataclass(frozen=True, kw_only=True)
class Way:
    """One of the possible answers; exactly one is current."""

    label: str
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The outcome, why, on what authority, what would change it, what leaves, what she was told, and the step."""

    eyebrow: str
    outcome: str
    sentence: str = ""
    ways: tuple[Way, ...] = ()
    reasons: tuple[str, ...] = ()
    authority: str = ""
    change: Link | None = None
    leaves_title: str = ""
    leaves: tuple[str, ...] = ()
    stays: str = ""
    told_title: str = ""
    told: Said | None = None
    follows: tuple[str, ...] = ()
    buttons: tuple[Button | Link, ...] = ()
    anchor: str = "result"
    template: ClassVar[str] = "ui/components/decision.html"


@dataclass(frozen=True, kw_only=True)
class PreviewNew:
    """What a draft consent would add: pairs of label and value, and her words."""

    title: str
    pairs: tuple[tuple[str, str], ...] = ()
    voice: Voice | None = None


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Someone else's screen. "There may be more" is always there in the same words, so it tells nothing."""

    title: str
    note: str
    eyebrow: str
    heading: str
    already_title: str = ""
    already: tuple[str, ...] = ()
    new: PreviewNew | None = None
    notice: str = ""
    see_as: tuple[Link, ...] = ()
    anchor: str = "preview"
    template: ClassVar[str] = "ui/components/preview.html"
