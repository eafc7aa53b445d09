"""The auditor's file: it checks by itself, shows an agency's own lines only, and tells no more of others than hashes of the same shape."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.integration.audit.conftest import Logs, rewritten, written

from careloom.infra import clock
from careloom.infra.audit import canon, filing
from careloom.infra.audit.checking import NotAFile, check

ROOT = Path(__file__).resolve().parents[3]
GUIDE = ROOT / "docs" / "how-to" / "check-the-logs.md"


def table(path: Path, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(path) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline="")))


def chain_of(path: Path) -> list[Any]:
    with zipfile.ZipFile(path) as archive:
        return [json.loads(line) for line in archive.read("chain.jsonl").splitlines()]


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
