"""Rules of the house about files, names and imports."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(p for p in (ROOT / "src").rglob("*.py") if "migrations" not in p.parts)
FORBIDDEN = {"core", "common", "utils", "helpers", "base", "services"}
NAMED_BY_DJANGO = {"src/careloom/infra/access/engine/base.py"}  # a database engine's module must have this name
LONGER_THAN_300: frozenset[str] = frozenset()
BANNED = ("datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today", "django.utils.timezone.now")


def test_nothing_has_a_name_that_says_nothing() -> None:
    named = [str(p.relative_to(ROOT)) for p in SOURCES if FORBIDDEN & ({p.stem} | set(p.relative_to(ROOT / "src").parent.parts))]
    assert set(named) - NAMED_BY_DJANGO == set()


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    files = [*SOURCES, *sorted((ROOT / "tests").rglob("*.py"))]
    long = {str(p.relative_to(ROOT)): n for p in files if (n := len(p.read_text().splitlines())) > 300}
    assert {name: n for name, n in long.items() if name not in LONGER_THAN_300} == {}


@pytest.mark.parametrize("name", BANNED)
def test_only_the_clock_reads_the_time(name: str, tmp_path: Path) -> None:
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]
    assert name in configured["flake8-tidy-imports"]["banned-api"]
    module, _, attribute = name.rpartition(".")
    package, _, last = module.rpartition(".")
    taste = tmp_path / "taste.py"
    taste.write_text(f"from {package or module} import {last}\n\nprint({last}.{attribute}())\n")
    words = [sys.executable, "-m", "ruff", "check", "--no-cache", "--config", str(ROOT / "pyproject.toml"), "--output-format", "concise", str(taste)]
    found = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert "TID251" in found.stdout


def test_no_source_reads_the_time_itself() -> None:
    words = [sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "TID251,DTZ", "--output-format", "concise", "src"]
    found = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert found.returncode == 0, found.stdout


def test_imports_go_down_the_floors() -> None:
    script = Path(sys.executable).parent / "lint-imports"
    found = subprocess.run([str(script), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert found.returncode == 0, found.stdout[-3000:]
    assert "Imports go down the floors" in found.stdout


def test_the_kernel_reads_no_framework() -> None:
    """Import-linter proves it for every import; this shows that the contract still names what matters."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    pure = next(c for c in contracts if c["id"] == "pure-kernel")
    assert {"django", "psycopg", "random", "time", "os", "socket"} <= set(pure["forbidden_modules"])
    floors = next(c for c in contracts if c["id"] == "floors")
    assert floors["exhaustive"]
    assert "ignore_imports" not in floors
