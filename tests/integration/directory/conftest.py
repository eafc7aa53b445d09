"""The coined directory in the database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from careloom.directory import actions
from careloom.directory.facts import DirectoryFacts
from careloom.directory.seed import seed_facts
from careloom.infra.access import System, acting_as, system


@pytest.fixture
def seeded(db: None) -> DirectoryFacts:
    """Columbia's directory, imported; its facts."""
    facts, by = seed_facts(), system(System.IMPORT)
    with acting_as(by):
        actions.import_directory(facts=facts, by=by, at=datetime(2026, 11, 20, 12, 0, tzinfo=UTC))
    return facts
