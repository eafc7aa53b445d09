"""What each kind of agreement must hold, as the pack says it. Source: packs/base/agreements/checklists.yaml."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings

from careloom.infra.packs import current_pack, packs_folder
from careloom.infra.packs.strict_yaml import read_yaml
from careloom.kernel.partnership.agreements import ClauseRule, Takes

BASE = "base"


@dataclass(frozen=True, kw_only=True)
class ClauseOf:
    """A clause with its words: what it is called, what it asks, and its choices."""

    rule: ClauseRule
    label: str
    group: str
    ask: str = ""
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """The clauses of one kind of agreement, and the roles that its parties must hold."""

    version: str
    roles: tuple[str, ...]
    clauses: tuple[ClauseOf, ...]

    def clause(self, code: str) -> ClauseOf | None:
        """A clause by its code."""
        return next((one for one in self.clauses if one.rule.code == code), None)

    @property
    def rules(self) -> tuple[ClauseRule, ...]:
        """The clauses as the kernel reads them."""
        return tuple(one.rule for one in self.clauses)


@dataclass(frozen=True, kw_only=True)
class Checklists:
    """All kinds, and the days that hold for them. `questions` are those of the self-audit, by code."""

    version: str
    review_months: int
    warn_days: tuple[int, ...]
    notice_days: int
    kinds: dict[str, Checklist]
    questions: dict[str, str]


def checklists() -> Checklists:
    """What the pack of this place says; what it leaves out is taken from base."""
    return _read(settings.CARELOOM_PACK)


@cache
def _read(pack: str) -> Checklists:
    told = _file(BASE) | (_file(pack) if pack != BASE else {})
    version = str(told["version"])
    return Checklists(
        version=version,
        review_months=int(told["review_months"]),
        warn_days=tuple(told["warn_days"]),
        notice_days=int(told["notice_days"]),
        kinds={
            code: Checklist(version=version, roles=tuple(kind["roles"]), clauses=tuple(_clause(one) for one in kind["clauses"]))
            for code, kind in told["kinds"].items()
        },
        questions={one["code"]: one["ask"] for one in told["questions"]},
    )


def _clause(told: dict[str, Any]) -> ClauseOf:
    options = dict(told.get("options", {})) or _of_position(told.get("options_of", ""))
    rule = ClauseRule(
        code=told["code"], takes=Takes(told["takes"]), required=told.get("required", True), least=int(told.get("least", 1)),
        must=tuple(told.get("must", ())), table=told.get("table", ""), role=told.get("role", ""),
    )  # fmt: skip
    return ClauseOf(rule=rule, label=told["label"], group=told["group"], ask=told.get("ask", ""), options=options)


def _of_position(name: str) -> dict[str, str]:
    """The choices that the pack gives for the integration position, in English as agreements are signed: the code and its words."""
    position = current_pack().following.position
    of = {"admits_on": [one for one in position.contact_types if one.code in position.admits_on], "discharge_reasons": position.discharge_reasons}
    return {one.code: one.label("en") for one in of.get(name, ())}


def _file(pack: str) -> dict[str, Any]:
    path = packs_folder() / pack / "agreements" / "checklists.yaml"
    data: Any = read_yaml(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return dict(data or {})
