"""What a restore says when a check fails after the loading: a server keeps what was loaded, and is refused next time as not empty."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from careloom.config.environment import load
from careloom.infra.backups import bringing
from careloom.infra.backups.problems import BackupProblem


@pytest.mark.parametrize(("url", "told"), [("postgresql://db.example/careloom", True), (None, False)])
def test_a_server_that_holds_what_was_loaded_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str | None, told: bool) -> None:
    def differs(*_given: Any) -> None:
        raise BackupProblem("Two tables are not as they were saved.")

    monkeypatch.setattr(bringing, "_same", differs)
    environment = replace(load({"CARELOOM_HOME": str(tmp_path)}), database_url=url)
    with pytest.raises(BackupProblem, match="Two tables") as caught:
        bringing._compare(environment, {}, None)  # type: ignore[arg-type]
    assert ("drop it" in str(caught.value)) is told
