"""What the three parts point to. A factor is active if there is a threat, a vulnerable child whom it reaches, and no capacity that offsets it.

INVARIANT: no score. Nothing is counted: the strongest single finding decides, one more of the same changes nothing, and earlier child welfare
history, substance use as such, race, payer and marital status are no inputs. The worker decides and a supervisor approves; this only says what the
parts point to and which choices then need a reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from careloom.kernel.safety.vocabulary import STRENGTH, Adult, Answer, Child, Factor, Reason, Response


@dataclass(frozen=True, kw_only=True)
class Held:
    """An active factor: the vulnerable children whom it reaches, and the adults at home who could hold it back without having the daily care."""

    factor: str
    children: tuple[str, ...]
    held_by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the parts point to (None: something that matters is not known yet), why, and which responses may be chosen.

    `needs_why` are the choices among `may_choose` for which the worker must say why the parts do not settle it.
    """

    points_to: Response | None
    active: tuple[Held, ...]
    offset: tuple[str, ...]
    unknown: tuple[str, ...]
    reasons: tuple[Reason, ...]
    may_choose: tuple[Response, ...]
    needs_why: frozenset[Response]

    @property
    def is_safe(self) -> bool:
        """Whether there is nothing that a safety plan would control."""
        return self.points_to is Response.SAFE


def decide(*, children: Iterable[Child], adults: Iterable[Adult], factors: Iterable[Factor]) -> Decision:
    """Say what the parts point to (R-168).

    A threat is offset by an adult with the daily care who has every capacity and whose own behavior the factor is not about. One that is not
    offset may be held back at home by another able adult who lives there; where there is nobody, the child cannot stay there now.
    """
    vulnerable = {child.key for child in children if child.is_vulnerable}
    able = [adult for adult in adults if adult.is_able]
    active: list[Held] = []
    offset: list[str] = []
    unknown: list[str] = []
    threatened = False
    for factor in sorted(factors, key=lambda row: row.key):
        if factor.answer is Answer.NO:
            continue
        threatened = True
        reached = tuple(sorted(vulnerable & factor.children))
        if not reached:
            continue
        if any(adult.cares and adult.key not in factor.by for adult in able):
            offset.append(factor.key)
        elif factor.answer is Answer.UNABLE:
            unknown.append(factor.key)
        else:
            held_by = tuple(sorted(adult.key for adult in able if adult.at_home and not adult.cares and adult.key not in factor.by))
            active.append(Held(factor=factor.key, children=reached, held_by=held_by))
    points_to = _points_to(active, unknown)
    may = _may_choose(points_to)
    return Decision(
        points_to=points_to, active=tuple(active), offset=tuple(offset), unknown=tuple(unknown),
        reasons=_reasons(active, offset=offset, unknown=unknown, threatened=threatened), may_choose=may,
        needs_why=frozenset(choice for choice in may if choice is not points_to),
    )  # fmt: skip


def _points_to(active: list[Held], unknown: list[str]) -> Response | None:
    if not active:
        return None if unknown else Response.SAFE
    return Response.IN_HOME if all(held.held_by for held in active) else Response.OUT_OF_HOME


def _may_choose(points_to: Response | None) -> tuple[Response, ...]:
    """INVARIANT: without an active threat no safety plan is written, and with one the answer is never "safe"."""
    if points_to is Response.SAFE:
        return (Response.SAFE,)
    if points_to is None:
        return (Response.SAFE, Response.IN_HOME)
    return tuple(response for response in STRENGTH if response is not Response.SAFE)


def _reasons(active: list[Held], *, offset: list[str], unknown: list[str], threatened: bool) -> tuple[Reason, ...]:
    found = {
        Reason.NO_DANGER: not threatened,
        Reason.NOBODY_VULNERABLE: threatened and not (active or offset or unknown),
        Reason.OFFSET: bool(offset),
        Reason.NOT_KNOWN: bool(unknown),
        Reason.DANGER_NOW: bool(active),
        Reason.HELD_AT_HOME: bool(active) and all(held.held_by for held in active),
        Reason.NOBODY_AT_HOME: any(not held.held_by for held in active),
    }
    return tuple(reason for reason, holds in found.items() if holds)
