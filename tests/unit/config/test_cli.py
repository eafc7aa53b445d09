"""The command: an error is one sentence and the next step."""

from __future__ import annotations

import argparse
from pathlib import Path
from types import SimpleNamespace

import pytest

from careloom.config import cli


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = cli.main(words)
    said = capsys.readouterr()
    return status, said.out, said.err


def command(monkeypatch: pytest.MonkeyPatch, body: object) -> None:
    module = SimpleNamespace(__doc__="A trial.", add_arguments=lambda parser: None, run=body)
    monkeypatch.setattr(cli, "_offered", lambda: {"trial": "trial"})
    monkeypatch.setattr(cli.importlib, "import_module", lambda name: module)


def test_help_lists_only_what_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--help")
    assert status == 0
    folder = Path(cli.__file__).parent / "commands"
    for name, module, _ in cli.COMMANDS:
        assert (f"\n  {name} " in out) is (folder / f"{module}.py").exists()


def test_an_unknown_command_suggests_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "migarte")
    assert status == 1
    assert "careloom migrate" in err


def test_the_version_is_that_of_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    text = (Path(__file__).parents[3] / "pyproject.toml").read_text()
    version = run(capsys, "--version")[1].split()[1]
    assert f'version = "{version}"' in text


def test_an_expected_problem_is_its_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def body(args: argparse.Namespace) -> int:
        raise cli.CommandProblem("The door is closed. Open it.")

    command(monkeypatch, body)
    assert run(capsys, "trial") == (1, "", "careloom trial: The door is closed. Open it.\n")


def test_an_unexpected_error_shows_its_kind_and_not_its_text(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def body(args: argparse.Namespace) -> int:
        raise ValueError("Key (name)=(Somebody) already exists")

    command(monkeypatch, body)
    status, _, err = run(capsys, "trial")
    assert status == 1
    assert "ValueError" in err
    assert "--debug" in err
    assert "Somebody" not in err
    assert "Traceback" in run(capsys, "trial", "--debug")[2]


def test_a_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    command(monkeypatch, lambda args: (tmp_path / "absent").read_text())
    assert str(tmp_path / "absent") in run(capsys, "trial")[2]


def test_ctrl_c_is_no_error(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def body(args: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    command(monkeypatch, body)
    assert run(capsys, "trial") == (130, "", "")


@pytest.mark.parametrize(("text", "hours"), [("30d", 720), ("2w", 336), ("12h", 12)])
def test_a_span_of_the_clock(text: str, hours: int) -> None:
    from careloom.config.commands.clock import parse_span

    assert parse_span(text).total_seconds() == hours * 3600


@pytest.mark.parametrize("text", ["", "30", "-3d", "0d", "3m", "1d2h"])
def test_what_is_no_span_is_refused(text: str) -> None:
    from careloom.config.commands.clock import parse_span

    with pytest.raises(cli.CommandProblem, match="30d"):
        parse_span(text)
