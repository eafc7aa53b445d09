"""Locks between processes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from careloom.infra.postgres.errors import PostgresProblem
from careloom.infra.postgres.locks import exclusive, holder, shared, try_exclusive


def test_a_second_holder_is_told_who_has_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with exclusive(path, doing="starting"), pytest.raises(PostgresProblem, match=f"process {os.getpid()}"), exclusive(path, doing="", patience=0.1):
        pytest.fail("both hold the lock")


def test_a_lock_is_free_again_after_its_holder(tmp_path: Path) -> None:
    with exclusive(tmp_path / "lock", doing="starting"):
        pass
    hold = try_exclusive(tmp_path / "lock")
    assert hold is not None
    assert try_exclusive(tmp_path / "lock") is None
    hold.close()


def test_users_share_and_the_last_one_can_tell(tmp_path: Path) -> None:
    one, other = shared(tmp_path / "users"), shared(tmp_path / "users")
    one.close()
    assert try_exclusive(tmp_path / "users") is None
    other.close()
    last = try_exclusive(tmp_path / "users")
    assert last is not None
    last.close()


def test_no_holder_is_unknown(tmp_path: Path) -> None:
    assert holder(tmp_path / "absent") == "unknown"
