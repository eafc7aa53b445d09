"""The auditor's file: it checks by itself, shows an agency's own lines only, and tells no more of others than hashes of the same shape."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from tests.integration.audit.conftest import Logs

from careloom.config.commands import chain
from careloom.infra import clock
from careloom.infra.access import PrincipalKind, Viewer, acting_as
from careloom.infra.access.accounting import account_miss
from careloom.infra.audit import canon, checking, filing
from careloom.infra.audit.actions import record
from careloom.infra.audit.checking import NotAFile, check

ROOT = Path(__file__).resolve().parents[3]
GUIDE = ROOT / "docs" / "how-to" / "check-the-logs.md"


def others(logs: Logs, rows: int = 2) -> None:
    """Another agency works at the same time."""
    agency = uuid4()
    viewer = Viewer(principal_id=agency, kind=PrincipalKind.AGENCY, purpose="treatment", holder_id=agency, worker_id=uuid4())
    for _ in range(rows):
        with transaction.atomic(), acting_as(viewer):
            account_miss(viewer=viewer, place="desk:search", at=clock.now())
            record(by=viewer, at=clock.now(), action="tests.elsewhere", identity_id=uuid4())


@pytest.fixture
def busy(logs: Logs) -> Logs:
    """Four sealings of an agency and another; in the third only the other works."""
    for mine, theirs in ((2, 2), (1, 0), (0, 3), (2, 1)):
        logs.write(mine)
        others(logs, theirs)
        logs.seal()
    return logs


def written(logs: Logs, path: Path, *, since: datetime | None = None, until: datetime | None = None) -> Path:
    """A file of the agency's last two days, unless another period is given."""
    at = clock.now()
    pieces = filing.write(
        viewer=logs.viewer, agency="Agency", since=since or at - timedelta(days=1), until=until or at + timedelta(days=1), at=at, names=_names
    )
    path.write_bytes(b"".join(pieces))
    return path


def _names(workers: set[Any], agencies: set[Any]) -> Iterator[tuple[str, Any, str]]:
    yield from (("worker", one, "=Worker") for one in workers)
    yield from (("agency", one, "Agency") for one in agencies)


def table(path: Path, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(path) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline="")))


def chain_of(path: Path) -> list[Any]:
    with zipfile.ZipFile(path) as archive:
        return [json.loads(line) for line in archive.read("chain.jsonl").splitlines()]


def rewritten(path: Path, name: str, change: Any) -> Path:
    """The same file with one part changed, and the manifest's digest of it made right again, as who forges one would."""
    made = path.with_name("forged.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        parts = {one: old.read(one) for one in old.namelist()}
        parts[name] = change(parts[name])
        manifest = json.loads(parts[checking.MANIFEST])
        if name != checking.MANIFEST:
            import hashlib

            manifest["sha256"][name] = hashlib.sha256(parts[name]).hexdigest()
            parts[checking.MANIFEST] = json.dumps(manifest).encode()
        for one, data in parts.items():
            new.writestr(one, data)
    return made


def by_the_guide(path: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """What the lines of the how-to say, run as an auditor would: Python alone, nothing of ours."""
    script = tmp_path / "auditor.py"
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.S)
    script.write_text(code)
    return subprocess.run([sys.executable, "-I", str(script), str(path)], capture_output=True, text=True, check=False, cwd=tmp_path)


def test_it_checks_by_itself_and_by_the_lines_of_the_guide(busy: Logs, tmp_path: Path) -> None:
    path = written(busy, tmp_path / "file.zip")
    result = check(path)
    assert (result.faults, result.rows) == ([], {"looks.csv": 5, "disclosures.csv": 5, "changes.csv": 5})
    newest = busy.heads.newest()
    assert newest is not None
    assert (result.head_number, result.head_hash) == (newest.number, newest.hash)
    assert result.signed_with(busy.heads.key())
    assert not result.signed_with(b"another installation's key......")
    done = by_the_guide(path, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("good: {'access_log': 5")


def test_the_guides_lines_are_few(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.S)
    assert len(code.splitlines()) < 30


def test_only_lines_of_the_agency_and_of_the_period_are_in_it(busy: Logs, tmp_path: Path) -> None:
    path = written(busy, tmp_path / "file.zip")
    assert {row["agency_id"] for row in table(path, "looks.csv")} == {str(busy.agency)}
    assert {row["action"] for row in table(path, "changes.csv")} == {"tests.changed"}
    assert {row["recipient_id"] for row in table(path, "disclosures.csv")} == {str(busy.agency)}
    before = written(busy, tmp_path / "before.zip", until=clock.now() - timedelta(days=1), since=clock.now() - timedelta(days=9))
    assert (check(before).faults, set(check(before).rows.values())) == ([], {0})
    assert by_the_guide(before, tmp_path).returncode == 0


def test_what_others_did_has_no_place_number_count_or_hash_that_tells(busy: Logs, tmp_path: Path) -> None:
    """Each tree has the same depth wherever rows are, entry numbers are not shown, and a block without our rows is one hash."""
    links = chain_of(written(busy, tmp_path / "file.zip"))
    assert {type(one) for one in links} == {dict, str}
    assert {len(one) for one in links if isinstance(one, str)} == {64}

    def depths(node: Any, level: int) -> set[int]:
        if isinstance(node, list):
            return depths(node[0], level + 1) | depths(node[1], level + 1)
        return {level} if isinstance(node, dict) else set()

    for one in links:
        if isinstance(one, dict):
            assert set(one) == {"number", "form", "log", "sealed_at", "bounds", "tree"}
            assert depths(one["tree"], 0) == {canon.DEPTH}
    text = json.dumps(links)
    for (leaf,) in busy.run("SELECT encode(sha256(entries), 'hex') FROM audit_seal"):
        assert leaf not in text


def test_no_identity_is_in_it(busy: Logs, tmp_path: Path) -> None:
    path = written(busy, tmp_path / "file.zip")
    known = {str(row[0]) for row in busy.run("SELECT identity_id FROM audit_row UNION SELECT identity_id FROM access_disclosure")}
    with zipfile.ZipFile(path) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    assert known
    assert not [one for one in known if one in text]
    marks = {row["identity_mark"] for row in table(path, "changes.csv")}
    assert marks <= {one[:8] for one in known}


def test_a_name_is_no_formula(busy: Logs, tmp_path: Path) -> None:
    assert {row["name"] for row in table(written(busy, tmp_path / "file.zip"), "names.csv")} == {"'=Worker", "Agency"}


FORGERIES = {
    "a word of a line": ("looks.csv", lambda data: data.replace(b"desk:family", b"desk:search", 1)),
    "a line left out": ("disclosures.csv", lambda data: b"\r\n".join(data.split(b"\r\n")[:1] + data.split(b"\r\n")[2:])),
    "a line twice": ("changes.csv", lambda data: data + data.split(b"\r\n")[1] + b"\r\n"),
    "a link left out": ("chain.jsonl", lambda data: b"\n".join(data.split(b"\n")[:1] + data.split(b"\n")[2:])),
    "another time of sealing": ("chain.jsonl", lambda data: data.replace(b'"sealed_at": "2', b'"sealed_at": "1', 1)),
    "another end": ("manifest.json", lambda data: re.sub(rb'"hash": "[0-9a-f]{8}', b'"hash": "00000000', data)),
    "another beginning": ("manifest.json", lambda data: data.replace(b'"before": "00', b'"before": "01')),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_found_by_us_and_by_the_guide(busy: Logs, tmp_path: Path, name: str) -> None:
    path = written(busy, tmp_path / "file.zip")
    forged = rewritten(path, *FORGERIES[name])
    assert forged.read_bytes() != path.read_bytes()
    assert check(forged).faults
    assert by_the_guide(forged, tmp_path).returncode != 0


def test_a_part_changed_without_its_digest_is_found(busy: Logs, tmp_path: Path) -> None:
    path = written(busy, tmp_path / "file.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "forged.zip", "w") as new:
        for one in old.namelist():
            new.writestr(one, old.read(one) + (b"worker,x,Other\r\n" if one == "names.csv" else b""))
    assert check(tmp_path / "forged.zip").faults == ["names.csv was changed after it was made."]


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04" + bytes(30)])
def test_what_is_no_such_file_is_said_to_be_none(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file.zip"
    path.write_bytes(data)
    with pytest.raises(NotAFile):
        check(path)


def test_a_file_that_was_cut_off_on_the_way_is_no_file(busy: Logs, tmp_path: Path) -> None:
    path = written(busy, tmp_path / "file.zip")
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(NotAFile):
        check(path)


def test_a_row_that_was_changed_behind_our_back_shows_in_the_file(busy: Logs, tmp_path: Path) -> None:
    busy.run("UPDATE access_log SET place = 'desk:story' WHERE agency_id = %s AND entry_no = (SELECT min(entry_no) FROM access_log)", busy.agency)
    assert check(written(busy, tmp_path / "file.zip")).faults == [
        "looks.csv: 1 rows are not as they were sealed.", "looks.csv: 1 rows that belong to it were left out.",
    ]  # fmt: skip


def test_it_comes_in_pieces_and_each_is_read_in_its_own_transaction(logs: Logs) -> None:
    """Ten blocks at a time: the whole is never in memory, and nobody is in scope between two pieces."""
    logs.run(
        "INSERT INTO access_log (id, at, principal_id, agency_id, worker_id, purpose, place, categories, found)"
        " SELECT gen_random_uuid(), now(), %s, %s, %s, 'care_coordination', 'desk:family', '{}', true FROM generate_series(1, 25000)",
        logs.agency, logs.agency, logs.viewer.worker_id,
    )  # fmt: skip
    logs.seal()
    at, sizes = clock.now(), []
    for piece in filing.write(
        viewer=logs.viewer, agency="A", since=at - timedelta(days=1), until=at + timedelta(days=1), at=at, names=lambda _w, _a: []
    ):
        from careloom.infra.access import current_viewer

        assert current_viewer() is None
        sizes.append(len(piece))
    assert len([size for size in sizes if size > 100_000]) >= 3
    assert max(sizes) < sum(sizes) * 0.8


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
    assert "It is signed by this installation, and its last block is in this chain." in told
    forged = rewritten(path, "manifest.json", lambda data: data.replace(b'"agency": "Agency"', b'"agency": "Other"'))
    assert chain.file(here, path=forged) == 1
    assert "not signed with this installation's key" in capsys.readouterr().out
    elsewhere = SimpleNamespace(home=tmp_path / "elsewhere", is_demo=False, database_url=None)
    assert chain.file(elsewhere, path=path) == 0
    assert "no seals of its own" in capsys.readouterr().out


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
