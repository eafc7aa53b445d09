"""The address of the embedded server follows from the data folder alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from careloom.infra.postgres import address


def test_the_socket_lies_in_the_data_folder() -> None:
    assert address(Path("/srv/careloom")).host == "/srv/careloom/postgres/run"


def test_the_address_is_the_same_each_time_and_however_the_folder_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert address(Path("home")) == address(tmp_path / "home") == address(tmp_path / "x" / ".." / "home")


def test_a_path_too_long_for_a_socket_is_hashed_into_a_short_one() -> None:
    one, other = Path("/srv") / ("a" * 120), Path("/srv") / ("b" * 120)
    assert len(os.fsencode(address(one).socket)) <= 107
    assert address(one) != address(other)


def test_length_is_counted_in_bytes_and_not_in_letters() -> None:
    assert len(os.fsencode(address(Path("/srv") / ("ñ" * 60)).socket)) <= 107
