"""What the server and the system say becomes one sentence with a next step."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from careloom.infra.postgres.errors import explain, from_os_error

HOME = Path("/srv/careloom")


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("PANIC:  could not write to file: No space left on device", "full"),
        ('FATAL:  could not create lock file "postmaster.pid": Read-only file system', "read-only"),
        ("FATAL:  could not map anonymous shared memory: Cannot allocate memory", "memory"),
        ("FATAL:  pre-existing shared memory block (key 1) is still in use", "Wait ten seconds"),
    ],
)
def test_a_known_sign_is_explained(said: str, word: str) -> None:
    sentence = explain(said, home=HOME)
    assert sentence is not None
    assert word in sentence
    assert "start again" in sentence


def test_an_unknown_sign_is_not_explained_away() -> None:
    assert explain("FATAL:  something new", home=HOME) is None


@pytest.mark.parametrize(
    ("number", "word"), [(errno.ENOSPC, "full"), (errno.EROFS, "read-only"), (errno.EACCES, "cannot be written"), (errno.EIO, "another folder")]
)
def test_an_error_of_the_system_is_explained(number: int, word: str) -> None:
    error = OSError(number, "said by the system")
    assert word in str(from_os_error(error, home=HOME))
