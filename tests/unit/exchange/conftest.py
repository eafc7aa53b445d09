"""The structure check in this process, for tests that read many small bundles: the same code without a start for each."""

from __future__ import annotations

import pytest
from tests.factories.hostile import checks_in_this_process


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Call the child's own function directly; tests of the child itself do not use this."""
    checks_in_this_process(monkeypatch)
