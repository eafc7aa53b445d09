"""How much the engine keeps follows the size of the extracts: never very little, and never all of the machine."""

from __future__ import annotations

import os
from pathlib import Path

from careloom.outcomes.measures.engines import engine, room

MIB = 2**20


def sized(folder: Path, mib: int) -> Path:
    """An extract whose files are so large; nothing is written, for only their size is asked."""
    (folder / "visits").mkdir(parents=True)
    with (folder / "visits" / "part-000.parquet").open("wb") as file:
        file.truncate(mib * MIB)
    return folder


def test_room_is_twice_the_extracts_within_its_bounds(tmp_path: Path) -> None:
    small, large, vast = sized(tmp_path / "small", 3), sized(tmp_path / "large", 300), sized(tmp_path / "vast", 1_000_000)
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    assert room([]) == room([small]) == "256MiB"
    assert room([small, large]) == "606MiB"
    assert room([vast]) == f"{whole * 4 // 5 // MIB}MiB"


def test_the_engine_keeps_what_it_is_told(tmp_path: Path) -> None:
    with engine("duckdb", scratch=tmp_path, memory=room([sized(tmp_path / "extract", 300)])) as backend:
        assert backend.raw_sql("SELECT current_setting('memory_limit')").fetchall() == [("600.0 MiB",)]
