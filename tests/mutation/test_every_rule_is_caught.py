"""Mutation of any single rule is caught by a row of the law that stands in this repository (issue: the disclosure kernel)."""

from __future__ import annotations

import pytest
from tests.mutation.judge import Judge, judge
from tests.mutation.rules import BREAKS, every_rule, find_of
from tests.mutation.swap import calls

from careloom.kernel.disclosure.rule import Effect

RULES = every_rule()


@pytest.fixture(scope="module")
def rows() -> Judge:
    return judge()


def test_an_unbroken_kernel_is_not_caught(rows: Judge) -> None:
    assert len(rows.rows) >= 230
    assert rows.catches() is None


@pytest.mark.parametrize("how", BREAKS)
@pytest.mark.parametrize("name", RULES)
def test_a_broken_rule_is_caught(name: str, how: str, rows: Judge) -> None:
    rule = RULES[name]
    said = [finding for row in rows.rows for finding in find_of(rule)(row.scenario)]
    assert said, "No row reaches this rule."
    # A rule that only explains or prohibits has no permission to lose, and one that owes nothing has no duty to forget; their removal is caught.
    may_survive = {
        "removed": False,
        "always refusing": not any(finding.effect is Effect.PERMIT for finding in said),
        "without duties": not any(finding.obligations for finding in said),
    }
    with calls(find_of(rule), BREAKS[how]):
        caught = rows.catches()
    assert (caught is None) == may_survive[how], f"{name} can be broken ({how}) and no row sees it."
