"""``careloom disclosure decide FILE|-``: one line out for each line in, exit status 1 when one could not be read (DESIGN section 2)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "careloom.config.cli", "disclosure", "decide"]
UNREADABLE = b'{"id": "S-1"}\n\xff\xfe\nnot json\n'


@pytest.mark.parametrize("way", ["file", "standard input"])
def test_unreadable_lines_get_an_error_each_and_the_rest_go_on(tmp_path: Path, way: str) -> None:
    path = tmp_path / "scenarios.jsonl"
    path.write_bytes(UNREADABLE)
    words = [str(path)] if way == "file" else ["-"]
    done = subprocess.run([*COMMAND, *words], input=None if way == "file" else UNREADABLE, capture_output=True, check=False, timeout=60)
    assert done.returncode == 1, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == 3
    assert ["error" in line for line in lines] == [False, True, True]


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run([*COMMAND, str(tmp_path / "absent")], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "There is no file" in done.stderr
    assert "Traceback" not in done.stderr
