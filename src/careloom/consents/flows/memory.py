"""What the kernel answered to questions of one shape, remembered while one materialisation runs.

INVARIANT: a question is kept as the kernel reads it, so that two with one key are one question. Where ids would make each family's question
another one, they are numbered before the question is made (`shape`), and the paper's own id is put back where the grant is made.
Nothing is kept between two materialisations: a question of a family with her own words on the form stays no longer than that.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from careloom.consents.flows.shape import Shape
from careloom.kernel.disclosure import Decision

#: How many answers are kept before all are forgotten: some forty megabytes, and far more than the shapes of a county's forms.
MOST = 60_000


@dataclass(frozen=True, kw_only=True, eq=False)
class Terms:
    """What a grant says of the decisions that it follows from. `ends` is exclusive."""

    purposes: tuple[str, ...]
    basis: tuple[str, ...]
    obligations: tuple[str, ...]
    review_needed: bool
    ends: datetime


@dataclass(frozen=True, kw_only=True, eq=False)
class Permit:
    """The permitting decision for each purpose, and the terms of a grant for all of them."""

    decided: Mapping[str, Decision]
    terms: Terms


@dataclass(eq=False)
class Memory:
    """The answers so far, by their questions; None is a denial. `asked` counts what the kernel was asked."""

    most: int = MOST
    asked: int = 0
    _answers: dict[Hashable, Permit | None] = field(default_factory=dict)
    _permits: dict[Hashable, Permit] = field(default_factory=dict)
    _ways: dict[Hashable, tuple[Permit | None, ...]] = field(default_factory=dict)
    _shapes: dict[Hashable, Shape] = field(default_factory=dict)

    def answer(self, question: Hashable, *, ask: Callable[[], Permit | None]) -> Permit | None:
        """The answer to this question, asked once."""
        try:
            found = self._answers[question]
        except KeyError:
            if len(self._answers) >= self.most:
                self._answers.clear()
                self._permits.clear()
            found = self._answers[question] = self._shared(ask())
            self.asked += 1
        return found

    def ways(self, way: Hashable, *, make: Callable[[], Iterable[Permit | None]]) -> tuple[Permit | None, ...]:
        """What each recipient of a form may have of one kind of record. `way` must hold all that `make` asks about; asked once."""
        found = self._ways.get(way)
        if found is None:
            if len(self._ways) >= self.most:
                self._ways.clear()
            found = self._ways[way] = tuple(make())
        return found

    def _shared(self, permit: Permit | None) -> Permit | None:
        # Many questions have one answer: the same decisions are kept once, and said once to the database.
        return self._permits.setdefault(tuple(permit.decided.items()), permit) if permit is not None else None

    def shape(self, row: Hashable, *, make: Callable[[], Shape]) -> Shape:
        """The shape of a renamed form, made once."""
        found = self._shapes.get(row)
        if found is None:
            if len(self._shapes) >= self.most:
                self._shapes.clear()
            found = self._shapes[row] = make()
        return found
