"""Each pair's citation and duties, beside its outcome."""

from __future__ import annotations

import pytest
from tests.spec.disclosure.every_row import Row, pair_rows, unanswered

from careloom.kernel.disclosure import decide

ROWS = list(pair_rows())


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_the_answer_names_the_citation_and_the_duties(row: Row) -> None:
    decision = decide(row.scenario)
    assert row.agrees(decision), (row.outcome, row.citation, row.duties - set(decision.obligations), decision)


def test_every_pair_says_its_citation_and_duties() -> None:
    missing = list(unanswered())
    assert not missing, "Read each of these against the law and append it to pair_answers.txt:\n" + "\n".join(missing)
