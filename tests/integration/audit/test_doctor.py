"""What `careloom doctor` says of the chain and of an auditor's file, on the installation that made it and elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.integration.audit.conftest import Logs, rewritten, written

from careloom.config.commands import chain
from careloom.infra.audit import filing
from careloom.infra.audit.checking import check


class AnInstallation:
    """The settings of an installation whose database is the test's."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch, logs: Logs) -> None:
        from contextlib import nullcontext

        self.settings: Any = SimpleNamespace(home=home, is_demo=False, database_url=None)
        monkeypatch.setattr(chain, "database", lambda _settings: nullcontext())
        monkeypatch.setattr(chain, "_owner", lambda _settings: nullcontext(logs.owner.cursor()))


@pytest.fixture
def here(busy: Logs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    return AnInstallation(tmp_path, monkeypatch, busy).settings


def test_doctor_tells_whether_this_installation_made_it(here: Any, busy: Logs, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(busy, tmp_path / "file.zip")
    assert chain.file(here, path=path) == 0
    told = capsys.readouterr().out
    assert "signed by this installation, its last block is in this chain, and no row of the agency is missing" in told
    forged = rewritten(path, "manifest.json", lambda data: data.replace(b'"agency": "Agency"', b'"agency": "Other"'))
    assert chain.file(here, path=forged) == 1
    assert "not signed with this installation's key" in capsys.readouterr().out
    elsewhere = SimpleNamespace(home=tmp_path / "elsewhere", is_demo=False, database_url=None)
    assert chain.file(elsewhere, path=path) == 0
    assert "no seals of its own" in capsys.readouterr().out


def test_doctor_tells_of_a_row_that_the_file_lacks(here: Any, busy: Logs, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Left out by who made the file, before it was signed: its own seals are right, and only the installation knows better."""
    whole = filing._rows

    def fewer(table: str, **facts: Any) -> Any:
        for page in whole(table, **facts):
            first = facts["done"].own
            if table == "audit_row":
                number = min(n for n in first if n not in seen)
                first[number] = first[number][1:]
                page = page[1:]
            else:
                seen.update(first)
            yield page

    seen: set[int] = set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(filing, "_rows", fewer)
        path = written(busy, tmp_path / "file.zip")
    assert check(path).faults == []
    assert chain.file(here, path=path) == 1
    assert "changes.csv has 4 rows, and this installation has 5" in capsys.readouterr().out


def test_doctor_checks_the_chain_and_names_block_and_log(here: Any, busy: Logs, capsys: pytest.CaptureFixture[str]) -> None:
    assert chain.whole(here, anew=True) == 0
    newest = busy.heads.newest()
    assert newest is not None
    assert f"Newest block {newest.number}, {newest.hash}." in capsys.readouterr().out
    assert [kind for kind, _ in chain.findings(here)] == ["ok"]
    busy.run("DELETE FROM audit_row WHERE entry_no = 1")
    assert chain.whole(here, anew=True) == 1
    assert "wrong  Audit_row, block 3: 1 row(s) were taken away without a record of it (entry 1)." in capsys.readouterr().out


def test_an_older_copy_is_taken_up_again_only_when_a_person_says_so(here: Any, busy: Logs, capsys: pytest.CaptureFixture[str]) -> None:
    lost = busy.heads.newest()
    busy.run("DELETE FROM audit_seal WHERE number > 3")
    for name in ("access_log", "access_disclosure", "audit_row"):
        busy.run(f"DELETE FROM {name} WHERE entry_no > 2")
    assert (busy.seal().broken, chain.whole(here, anew=True)) == (True, 1)
    assert chain.accept(here, because="copy of March 3 after a disk failure") == 0
    kept = json.loads((here.home / "seals" / "accepted.jsonl").read_text())
    assert lost is not None
    assert (kept["was"]["number"], kept["because"]) == (lost.number, "copy of March 3 after a disk failure")
    busy.write(1)
    assert not busy.seal().broken
    capsys.readouterr()
    assert chain.whole(here, anew=True) == 1  # two rows of the other agency's were sealed in block 1, and are gone
    assert "taken away" in capsys.readouterr().out
