"""Asks our engine, Cedar and OPA the same questions and keeps those on which they differ."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from careloom.bench.ten.judges import Cedar, Opa
from careloom.bench.ten.requests import cedar_context
from careloom.bench.ten.rules import decide_ten, determining
from careloom.exchange.disclosure_jsonl import quick_scenario, read_scenario
from careloom.kernel.disclosure import Decision, Scenario

Answer = tuple[str, frozenset[str]]
BATCH = 500


@dataclass
class Comparison:
    """How often each answer was given, how many questions took the quick reader, and the questions that were answered differently."""

    answers: Counter[Answer] = field(default_factory=Counter)
    quick: int = 0
    different: list[tuple[dict[str, Any], Answer, Answer, Answer]] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """How many questions were asked of each."""
        return self.answers.total()


def compare(
    rows: Iterable[dict[str, Any]], *, cedar: Cedar, opa: Opa, decide: Callable[[Scenario], Decision] = decide_ten, at_most: int = 20
) -> Comparison:
    """Ask all three, a batch at a time, until the rows end or `at_most` differences are found."""
    found, left = Comparison(), iter(rows)
    while len(found.different) < at_most and (batch := list(islice(left, BATCH))):
        theirs = cedar.determining([cedar_context(row) for row in batch])
        for row, from_cedar in zip(batch, theirs, strict=True):
            line = json.dumps(row)
            quick = quick_scenario(line=line)
            ours = determining(decide(quick[1] if quick is not None else read_scenario(raw=row)))
            from_opa = opa.determining(line)
            found.quick += quick is not None
            found.answers[ours] += 1
            if not ours == from_cedar == from_opa:
                found.different.append((row, ours, from_cedar, from_opa))
    return found
