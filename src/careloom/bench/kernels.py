"""Speed of the disclosure kernel, beside Cedar and OPA, in one process on one core.

Every figure goes from JSON text to an answer with its reasons: ours writes its whole line (citations, duties, sentences), Cedar and OPA tell the
names of the rules. Policies are parsed once on every side, nothing of a question is remembered on any side, and the sides take turns in each
round, so that a busy neighbor slows all of them. A ratio is the median of the rounds' ratios.

The product looks at the line of each permit once more for a key that stands twice. The others make no such look. It is in the figures of the whole
law and in `ten_rules_checked`; in `ten_rules_ours` each side does the same work.
"""

from __future__ import annotations

import io
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from careloom.bench.figures import median, progress, say
from careloom.bench.ten.judges import Cedar, Opa
from careloom.bench.ten.requests import cedar_context, questions
from careloom.bench.ten.rules import decide_ten
from careloom.exchange.disclosure_jsonl import answer_line, decide_lines, quick_scenario
from careloom.kernel import disclosure

ROUNDS: Final = 7
SECONDS: Final = 1.0
QUESTIONS: Final = 2000
SEED: Final = 5
SAMPLE: Final = Path(__file__).resolve().parents[4] / "shared" / "data" / "disclosure" / "scenarios.jsonl"

Turn = Callable[[], None]


def measure() -> None:
    """Print the figures of the kernel."""
    rows = list(questions(seed=SEED, count=QUESTIONS, odd=False))
    lines = [json.dumps(row) for row in rows]
    contexts = [cedar_context(row) for row in rows]
    cedar, opa = Cedar(), Opa()

    def ask_cedar() -> None:
        cedar.answers(contexts)

    def ask_opa() -> None:
        for line in lines:
            opa.answer(line)

    turns: dict[str, tuple[Turn, int]] = {
        "ten_rules_ours": (lambda: _answer_ten(lines), len(lines)),
        "ten_rules_checked": (lambda: _answer(lines, decide_ten), len(lines)),
        "ten_rules_cedar": (ask_cedar, len(contexts)),
        "ten_rules_opa": (ask_opa, len(lines)),
        "decisions": (lambda: _answer(lines, disclosure.decide), len(lines)),
    }
    sample = _sample()
    if sample:
        turns["decisions_sample"] = (lambda: _answer(sample, disclosure.decide), len(sample))
    else:
        progress("The folder ../shared is absent, so the whole law is measured on the bench's own questions alone.")
    with _one_core():
        rounds = [{name: _rate(turn, count) for name, (turn, count) in turns.items()} for _ in range(ROUNDS)]
    _tell(rounds, of={name: count for name, (_, count) in turns.items()})


def _tell(rounds: list[dict[str, float]], of: dict[str, int]) -> None:
    notes = {
        "ten_rules_ours": "ten rules of Part 2 in our engine, line to line, with citations, duties and sentences",
        "ten_rules_checked": "the same as the product answers: it looks at the line of each permit for a key that stands twice",
        "ten_rules_cedar": "the same in Cedar (cedarpy, in batches), with its determining policies",
        "ten_rules_opa": "the same in Rego (regorus), with its determining rules",
        "decisions": "the whole law on the same questions, line to line, with all reasons",
        "decisions_sample": "the whole law on the rows of ../shared, line to line, with all reasons",
    }
    for name, count in of.items():
        say(name=name, value=median([one[name] for one in rounds]), unit="per CPU second", n=len(rounds), note=f"{count} questions: {notes[name]}")
    say(name="ten_rules_ratio", value=_ratio(rounds, "ten_rules_ours"), unit="ratio", n=len(rounds), note="ours by the faster of the two; at least 4")
    note = "ours, with the look for keys that stand twice, by the faster of the two, which do not look; no limit"
    say(name="ten_rules_checked_ratio", value=_ratio(rounds, "ten_rules_checked"), unit="ratio", n=len(rounds), note=note)
    for name in [name for name in ("decisions", "decisions_sample") if name in of]:
        note = "the whole law by the ten rules of the faster of the two; at least 1"
        say(name=f"{name}_ratio", value=_ratio(rounds, name), unit="ratio", n=len(rounds), note=note)


def _ratio(rounds: list[dict[str, float]], name: str) -> float:
    return median([one[name] / max(one["ten_rules_cedar"], one["ten_rules_opa"]) for one in rounds])


def _answer(lines: list[str], decide: Callable[[disclosure.Scenario], disclosure.Decision]) -> None:
    decide_lines(lines=lines, out=io.StringIO(), decide=decide)


def _answer_ten(lines: list[str]) -> None:
    """Line to line by the ten rules, reading as the others read."""
    out = io.StringIO()
    for line in lines:
        found = quick_scenario(line=line)
        if found is None:
            raise ValueError("A question of the bench is not of the plain shape.")
        out.write(answer_line(name=found[0], decision=decide_ten(found[1])))


def _rate(turn: Turn, count: int) -> float:
    """How many in a CPU second of this process, over at least `SECONDS`."""
    turn()
    asked, began = 0, time.process_time()
    while time.process_time() - began < SECONDS:
        turn()
        asked += count
    return asked / (time.process_time() - began)


def _sample() -> list[str]:
    return [line for line in SAMPLE.read_text().splitlines() if line] if SAMPLE.is_file() else []


@contextmanager
def _one_core() -> Iterator[None]:
    """Stay on one core, where the system lets a process choose."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
