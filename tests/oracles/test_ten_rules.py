"""Ten rules of Part 2 are answered alike, down to the rules that decide, by our engine and by two engines that know nothing of it.

ORACLE_REQUESTS says how many questions are asked: 20,000 in `bin/test`, a million at night (docs/how-to/measure.md).
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from tests.oracles.compare import compare

from careloom.bench.ten.judges import HERE, Cedar, Opa
from careloom.bench.ten.requests import questions
from careloom.bench.ten.rules import RULES, TEN
from careloom.kernel.disclosure import Decision, Scenario, decide
from careloom.kernel.disclosure.rule import Rule

REQUESTS = int(os.environ.get("ORACLE_REQUESTS", "20000"))
SEED = int(os.environ.get("ORACLE_SEED", "20260915"))
NAMES = [rule.name for rule in RULES]


@pytest.fixture(scope="module")
def cedar() -> Cedar:
    return Cedar(whole=True)


@pytest.fixture(scope="module")
def opa() -> Opa:
    return Opa(whole=True)


@pytest.mark.slow
def test_three_engines_answer_alike(cedar: Cedar, opa: Opa) -> None:
    found = compare(questions(seed=SEED, count=REQUESTS, odd=True), cedar=cedar, opa=opa)
    assert found.different == []
    assert found.asked == REQUESTS
    # The questions are worth asking: every rule decides some of them, alone and beside others, and both readers are used.
    assert {name for _, names in found.answers for name in names} == set(NAMES)
    assert {outcome for outcome, _ in found.answers} == {"permit", "deny"}
    assert any(len(names) > 1 for _, names in found.answers)
    assert REQUESTS * 0.5 < found.quick < REQUESTS


def test_the_measured_questions_are_answered_alike_too() -> None:
    """The bench asks without the guard for questions that are not whole: there are none among its own."""
    found = compare(questions(seed=5, count=2000, odd=False), cedar=Cedar(), opa=Opa())
    assert (found.different, found.asked, found.quick) == ([], 2000, 2000)


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_left_out_of_our_engine_is_seen(name: str, cedar: Cedar, opa: Opa) -> None:
    without = replace(TEN, rules=tuple(rule for rule in RULES if rule.name != name))
    found = compare(questions(seed=1, count=20000, odd=True), cedar=cedar, opa=opa, decide=lambda s: decide(s, regime=without), at_most=1)
    _, ours, from_cedar, from_opa = found.different[0]
    assert from_cedar == from_opa
    assert from_cedar[1] - ours[1] == {name}


def test_a_rule_that_forgets_its_words_is_seen(cedar: Cedar, opa: Opa) -> None:
    """The words that a rule concerns are part of the law: without them it speaks where it has no say."""

    def forgetful(rule: Rule) -> Rule:
        return replace(rule, purposes=frozenset()) if rule.name == "within_program" else rule

    def decided(scenario: Scenario) -> Decision:
        return decide(scenario, regime=changed)

    changed = replace(TEN, rules=tuple(forgetful(rule) for rule in RULES))
    assert compare(questions(seed=1, count=20000, odd=True), cedar=cedar, opa=opa, decide=decided, at_most=1).different


@pytest.mark.parametrize(
    ("policy", "written", "instead"),
    [
        ("part2.cedar", "context.request.date <= context.consent.expires", "context.request.date < context.consent.expires"),
        ("part2.cedar", "context.consent.revoked <= context.request.date", "context.consent.revoked < context.request.date"),
        ("part2.rego", "day < input.request.date", "day <= input.request.date"),
        ("part2.rego", 'order.type == "2.64"', 'order.type != ""'),
    ],
)
def test_a_day_or_a_word_moved_on_one_side_is_seen(policy: str, written: str, instead: str, tmp_path: Path, cedar: Cedar, opa: Opa) -> None:
    text = (HERE / policy).read_text()
    assert written in text
    changed = tmp_path / policy
    changed.write_text(text.replace(written, instead))
    if policy.endswith("cedar"):
        cedar = Cedar(policy=changed.read_text(), whole=True)
    else:
        opa = Opa(policy=changed, whole=True)
    assert compare(questions(seed=1, count=20000, odd=True), cedar=cedar, opa=opa, at_most=1).different


def test_every_rule_is_named_alike_in_all_three() -> None:
    for name in NAMES:
        assert f'@id("{name}")' in (HERE / "part2.cedar").read_text()
        assert f'contains "{name}" if' in (HERE / "part2.rego").read_text()
