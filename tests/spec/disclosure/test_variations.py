"""Rows with one thing changed: each answer that the law gives once the change is made."""

from __future__ import annotations

import pytest
from tests.spec.disclosure.every_row import Row
from tests.spec.disclosure.variations import varied_rows

from careloom.kernel.disclosure import decide

ROWS = list(varied_rows())


@pytest.mark.parametrize("row", ROWS, ids=[row.id[:90] for row in ROWS])
def test_the_changed_row_has_its_own_answer(row: Row) -> None:
    decision = decide(row.scenario)
    assert row.agrees(decision), (row.outcome, row.citation, row.duties - set(decision.obligations), row.ends, decision)
