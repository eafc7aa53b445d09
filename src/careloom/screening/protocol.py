"""What an agency asks, when, what it does with the answers and what never happens: pack data that she reads beforehand (R-135).

Data in packs/*/screening/protocol.yaml; a pack says only what differs from base.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from careloom.infra.packs import packs_folder
from careloom.infra.packs.strict_yaml import read_yaml

BASE = "base"


@dataclass(frozen=True, kw_only=True)
class Steps:
    """What to do at once about an answer, and what somebody may have done, by code."""

    title: str
    steps: tuple[str, ...]
    did: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """The protocol in one language. `covers` are the topics that are not asked before she has seen it; `reviewed` once counsel has read it."""

    version: str
    language: str
    reviewed: bool
    covers: frozenset[str]
    answer_within: timedelta
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    alerts: dict[str, Steps]


@cache
def protocol(*, pack: str, language: str, kind: str = "") -> Protocol:
    """The protocol of a pack in English or Spanish, with the lines of one kind of agency; another language gets English."""
    told = {**_read(BASE), **(_read(pack) if pack != BASE else {})}
    spoken = language[:2] if language[:2] in ("en", "es") else "en"
    sections = [(part["title"][spoken], tuple(line[spoken] for line in part["lines"])) for part in told["sections"].values()]
    own = tuple(line[spoken] for line in told["agencies"].get(kind, ()))
    if own:
        sections.append(({"en": "At this place", "es": "En este lugar"}[spoken], own))
    return Protocol(
        version=told["version"], language=spoken, reviewed=told["reviewed_by"] is not None, covers=frozenset(told["covers"]),
        answer_within=timedelta(minutes=told["answer_within_minutes"]), sections=tuple(sections),
        alerts={code: _steps(part, spoken) for code, part in told["alerts"].items()},
    )  # fmt: skip


def _steps(part: dict[str, Any], spoken: str) -> Steps:
    return Steps(
        title=part["title"][spoken], steps=tuple(line[spoken] for line in part["steps"]),
        did=tuple((code, words[spoken]) for code, words in part["did"].items()),
    )  # fmt: skip


def _read(pack: str) -> dict[str, Any]:
    path = packs_folder() / pack / "screening" / "protocol.yaml"
    data: Any = read_yaml(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return dict(data or {})
