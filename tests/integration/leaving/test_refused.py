"""What is wrong with an export is told by its line, and nothing of it is brought in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.integration.leaving.conftest import Left, bring, counted, owner, write

from careloom.agencies.models import Agency
from careloom.config.leaving import form

Tamper = Callable[[str, Callable[[dict[str, Any]], Any]], Path]

OTHER = "22222222-2222-4222-8222-222222222222"
LINES: dict[str, tuple[str, Callable[[dict[str, Any]], Any], str]] = {
    "of another holder": ("plans_plan", lambda row: row | {"holder_id": OTHER}, "another holder"),
    "received from others": ("plans_plan", lambda row: row | {"provenance": "part2_via_tpo"}, "another holder"),
    "a category that nobody knows": ("plans_plan", lambda row: row | {"category": "open.to_all"}, "no such category"),
    "a column that nobody knows": ("plans_plan", lambda row: row | {"more": 1}, "knows no column"),
    "a column that is missing": ("plans_plan", lambda row: {k: v for k, v in row.items() if k != "pack"}, "is missing"),
    "no id": ("plans_plan", lambda row: row | {"id": "1; DROP TABLE plans_plan"}, "not a UUID"),
    "a value of another form": ("people_record", lambda row: row | {"birth_date": "the third of May"}, "not the form"),
    "a rule that is broken": ("people_record", lambda row: row | {"made_at": None}, "breaks a rule"),
    "no JSON": ("people_record", lambda _: b'{"id": \n', "not a JSON object"),
    "no row": ("people_record", lambda _: b"[1]\n", "not a JSON object"),
    "a row that comes twice": ("people_record", lambda row: form.line(row) * 2, "earlier line"),
    "a paper elsewhere": ("consents_scan", lambda row: row | {"sealed": row["sealed"] | {"file": "../../etc/passwd"}}, "its paper"),
    "a paper that was changed": ("consents_scan", lambda row: row | {"sealed": row["sealed"] | {"sha256": "0" * 64}}, "its paper"),
}


@pytest.mark.parametrize("what", LINES)
def test_a_bad_line_is_told_by_its_number_and_nothing_is_kept(what: str, untouched: None, tampered: Tamper, tmp_path: Path) -> None:
    table, how, words = LINES[what]
    folder = tampered(table, how)
    last = len((folder / form.lines_of(table)).read_bytes().splitlines())
    before = counted()
    done = bring(folder, tmp_path / "home")
    assert done.refused
    (wrong,) = done.wrong
    assert words in str(wrong)
    assert (wrong.table, wrong.number) == (table, last)
    assert counted() == before


def test_a_file_that_was_cut_off_is_refused_before_any_row(left: Left, untouched: None, tampered: Tamper, tmp_path: Path) -> None:
    folder = tampered("plans_plan", lambda row: row)
    (folder / form.lines_of("plans_plan")).write_bytes(b"")
    with pytest.raises(form.LeaveProblem, match="cut off"):
        bring(folder, tmp_path / "home")
    (folder / form.lines_of("plans_plan")).unlink()
    with pytest.raises(form.LeaveProblem, match="missing"):
        bring(folder, tmp_path / "home")


@pytest.mark.parametrize(
    ("text", "words"),
    [("{", "cannot be read"), ("[]", "not an agency's export"), ('{"format": "careloom-agency", "version": 9}', "version 9"),
     ('{"format": "careloom-agency", "version": 1, "kinds": {"../x": {}}}', "lists no kinds")],
    ids=["torn", "other", "newer", "outside"],
)  # fmt: skip
def test_a_manifest_that_is_none_is_told(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / form.MANIFEST).write_text(text)
    with pytest.raises(form.LeaveProblem, match=words):
        form.read_manifest(tmp_path)


def test_a_kind_of_another_release_is_told(left: Left, untouched: None, tampered: Tamper, tmp_path: Path) -> None:
    folder = tampered("plans_plan", lambda row: row)
    told = json.loads((folder / form.MANIFEST).read_bytes())
    told["kinds"]["plans_newer"] = told["kinds"]["plans_plan"]
    (folder / form.MANIFEST).write_text(json.dumps(told))
    (folder / form.lines_of("plans_newer")).write_bytes((folder / form.lines_of("plans_plan")).read_bytes())
    with pytest.raises(form.LeaveProblem, match="no kind plans_newer"):
        bring(folder, tmp_path / "home")


def test_nothing_is_written_over_on_disk(left: Left, untouched: None) -> None:
    with pytest.raises(form.LeaveProblem, match="never writes over"):
        write(left.riverbend, left.folder)


def test_a_dry_run_counts_and_keeps_nothing(left: Left, untouched: None, tmp_path: Path) -> None:
    before = counted()
    dry = bring(left.folder, tmp_path / "home", dry_run=True)
    assert sum(dry.new.values()) > 5
    assert counted() == before
    assert not Agency.objects.exists()


def test_what_was_changed_here_stays_and_is_told(left: Left, elsewhere: None, tmp_path: Path) -> None:
    bring(left.folder, tmp_path / "home")
    with owner() as connection:
        connection.execute("UPDATE people_family_member SET relation = 'cousin'")
    refused = bring(left.folder, tmp_path / "home")
    assert [(w.table, w.number) for w in refused.wrong] == [("people_family_member", 1)]
    kept = bring(left.folder, tmp_path / "home", keep_here=True)
    assert not kept.refused
    assert len(kept.kept) == 1
    with owner() as connection:
        assert connection.execute("SELECT relation FROM people_family_member").fetchall() == [("cousin",)]
