"""The walkthrough holds on our own bundles and on bundles that others made; what is cut or swapped is refused with the next step."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from tests.shared_data import shared_data

from careloom.demo.walkthrough.main import walk_through
from careloom.demo.walkthrough.report import Report, WalkthroughStopped
from careloom.demo.walkthrough.scratch import scratch_database

PAPERS = {"plan-en.pdf", "plan-es.pdf", "plan-restricted.pdf", "disclosures.json", "notification.json", "counts.json"}


@pytest.fixture
def empty(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    with django_db_blocker.unblock(), scratch_database(home=Path(settings.CARELOOM_HOME)):  # type: ignore[attr-defined]
        yield


def walk(out: Path, mother: Path | None = None, *infants: Path) -> tuple[Report, list[str]]:
    lines: list[str] = []
    return walk_through(mother=mother, infants=infants, out=out, say=lines.append), lines


@pytest.mark.requirement("R-208")
def test_it_holds_on_our_own_bundles(empty: None, tmp_path: Path) -> None:
    report, lines = walk(tmp_path)
    assert report.failed == []
    assert report.held > 100
    assert {path.name for path in tmp_path.iterdir()} == PAPERS
    assert sum(line.lstrip().startswith("refused:") for line in lines) > 40
    assert all((tmp_path / name).read_bytes().startswith(b"%PDF") for name in PAPERS if name.endswith(".pdf"))
    left = json.loads((tmp_path / "notification.json").read_text())["what_left_the_hospital"]
    assert {key for row in left for key in row} == {"receipt", "year", "state", "answers", "has_plan", "has_referral"}


def test_it_holds_on_bundles_that_others_made(empty: None, tmp_path: Path) -> None:
    folder = shared_data("synthea_r4")
    mother, infant = next(folder.glob("Francine_*.json")), next(folder.glob("Luigi_*.json"))
    report, _ = walk(tmp_path, mother, infant)
    assert report.failed == []


def test_a_file_that_was_cut_ends_it_with_a_clear_refusal(empty: None, tmp_path: Path) -> None:
    folder = Path(__file__).resolve().parents[2] / "worlds" / "bundles"
    cut = tmp_path / "cut.json"
    cut.write_bytes((folder / "infant.json").read_bytes()[:900])
    lines: list[str] = []
    with pytest.raises(WalkthroughStopped, match="Mend what is named above"):
        walk_through(mother=folder / "mother.json", infants=(cut,), out=tmp_path, say=lines.append)
    assert any("cut off" in line for line in lines)


def test_swapped_files_end_it_with_a_clear_refusal(empty: None, tmp_path: Path) -> None:
    folder = Path(__file__).resolve().parents[2] / "worlds" / "bundles"
    lines: list[str] = []
    with pytest.raises(WalkthroughStopped):
        walk_through(mother=folder / "infant.json", infants=(folder / "mother.json",), out=tmp_path, say=lines.append)
    assert any("swapped" in line for line in lines)
