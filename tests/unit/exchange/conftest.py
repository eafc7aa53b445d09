"""The structure check in this process, for tests that read many small bundles: the same code without a start for each."""

from __future__ import annotations

import json

import pytest

from careloom.exchange.fhir import check, reader
from careloom.exchange.fhir.problems import Problem


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Call the child's own function directly; tests of the child itself do not use this."""

    def checked(*, data: bytes) -> tuple[list[Problem], dict[str, int]]:
        found = check.problems_of(json.loads(data))
        return [Problem(path=p["path"], what=p["what"], next_step="Mend it.") for p in found["problems"]], found["unknown"]

    monkeypatch.setattr(reader, "check_structure", checked)
