"""What a jurisdiction decides about consents: who signs for a minor, what a monitoring program is told, when somebody is reminded.

Source: 42 CFR 2.14, 2.36; workflows 6.5; data in packs/*/consents/people.yaml. A pack says only what differs from base.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from careloom.infra.packs import packs_folder
from careloom.infra.packs.strict_yaml import read_yaml

BASE = "base"


@dataclass(frozen=True, kw_only=True)
class Jurisdiction:
    """The decisions of one pack. `alone_from` (years) and `must_report` are None where no text was found: then somebody is asked."""

    reminders: tuple[int, ...]
    alone_from: int | None
    minors_citation: str
    must_report: bool | None
    report_citation: str

    def may_sign_alone(self, age: int) -> bool | None:
        """Whether a minor of this age signs alone here; None where the pack does not know."""
        return None if self.alone_from is None else age >= self.alone_from


@cache
def jurisdiction(pack: str) -> Jurisdiction:
    """The decisions of a pack; a pack without its own answers takes those of base."""
    told = _merged(_read(BASE), _read(pack) if pack != BASE else {})
    minors, program = told["minors"], told["monitoring_program"]
    return Jurisdiction(
        reminders=tuple(sorted((int(days) for days in told["reminders"]["before_days"]), reverse=True)),
        alone_from=minors["alone_from"], minors_citation=minors["citation"],
        must_report=program["required"], report_citation=program["citation"],
    )  # fmt: skip


def _read(pack: str) -> dict[str, Any]:
    path = packs_folder() / pack / "consents" / "people.yaml"
    data: Any = read_yaml(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return dict(data or {})


def _merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    return {key: {**value, **own.get(key, {})} for key, value in base.items()}
