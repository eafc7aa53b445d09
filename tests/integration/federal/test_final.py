"""When a file is final: the layout is confirmed by who sends it, no record has an error, the period is over, and the state is a real one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.factories.plans import a_key
from tests.integration.federal.conftest import State
from tests.integration.safety.conftest import words

from careloom.federal import layouts, tasks
from careloom.infra import clock
from careloom.infra.packs.reading import packs_folder

CHILD = "ncands-child-2024"
CONFIRMED = f"layout: {CHILD}\nconfirmed_by: Data office\nsource: Layout of 2025\nall_confirmed: true\n"


@pytest.fixture
def delaware(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Path]:
    """A real state whose office may write overlays of its own."""
    shutil.copytree(packs_folder() / "base" / "federal", tmp_path / "base" / "federal")
    (tmp_path / "delaware" / "federal").mkdir(parents=True)
    monkeypatch.setattr(layouts, "packs_folder", lambda: tmp_path)
    settings.CARELOOM_PACK = "delaware"
    yield tmp_path / "delaware" / "federal"
    layouts._layouts.cache_clear()


def test_a_confirmed_layout_makes_a_file_final_and_an_error_keeps_it_a_draft(state: State, delaware: Path) -> None:
    (delaware / f"{CHILD}.yaml").write_text(CONFIRMED, encoding="utf-8")
    state.county.county = "Kent"
    state.county.save()
    state.a_report()
    page = state.written("CHILD", "FFY2025")
    assert "Can be sent" in words(state.client().get(page))
    assert state.client().get(f"{page}download/")["Content-Disposition"] == 'attachment; filename="ncands-child-FFY2025.txt"'
    record = state.text(page)
    assert (record[4:6], record[30:33]) == ("DE", "001")
    assert "Confirmed by Data office: Layout of 2025" in words(state.client().get(f"/numbers/federal/layouts/{CHILD}/"))
    state.a_report(state.a_child(born=None))
    again = state.written("CHILD", "FFY2025")
    assert state.file(again).draft_because == ["ERRORS"]
    running = clock.today()
    ahead = state.written("CHILD", f"FFY{running.year + (running.month >= 10)}")
    assert state.file(ahead).draft_because == ["PERIOD_OPEN"]


def test_a_layout_that_changes_meanwhile_stops_the_file(state: State, delaware: Path) -> None:
    state.a_report()
    page = state.written("CHILD", "FFY2025", all_of_it=False)
    (delaware / f"{CHILD}.yaml").write_text(CONFIRMED, encoding="utf-8")
    layouts._layouts.cache_clear()
    tasks.work(at=clock.now())
    assert "The layout changed while the file was written. Ask for it again." in words(state.client().get(page))
    assert state.client().get(f"{page}download/").status_code == 404


def test_the_overlay_gives_the_agency_file_what_no_record_holds(state: State, delaware: Path) -> None:
    told = "layout: ncands-agency-2024\nconfirmed_by: Data office\nsource: Guide of 2025\nvalues: {FFY2025: {PREVENTION_CHILDREN: 1200}}\n"
    (delaware / "ncands-agency-2024.yaml").write_text(told, encoding="utf-8")
    assert 'PREVENTION_CHILDREN,"Children served by prevention, by source of funding",1200' in state.text(state.written("AGENCY", "FFY2025"))


def test_asking_twice_is_once_and_a_period_must_fit_its_file(state: State) -> None:
    form = {"kind": "CHILD", "period": "FFY2025", "request_key": a_key()}
    first, second = (state.client().post("/numbers/federal/", form) for _twice in range(2))
    assert first["Location"] == second["Location"]
    wrong = state.client().post("/numbers/federal/", {"kind": "AFCARS", "period": "FFY2025", "request_key": a_key()})
    assert wrong.status_code == 422
    assert "Choose a period of that file" in words(wrong)
