"""The one error of this package: a sentence that says what is wrong and what to do next."""

from __future__ import annotations

import errno
from pathlib import Path


class PostgresProblem(Exception):
    """The database cannot be used now. The text is one or two sentences for the person at the keyboard and holds no secret."""


_SIGNS: tuple[tuple[str, str], ...] = (
    (
        "No space left on device",
        "The disk that holds {home} is full. Free at least 200 MB there, or set CARELOOM_HOME to another disk, and start again.",
    ),
    ("Disk quota exceeded", "Your disk quota is used up at {home}. Free at least 200 MB, or set CARELOOM_HOME elsewhere, and start again."),
    ("Read-only file system", "{home} is on a read-only disk. Set CARELOOM_HOME to a folder that can be written, and start again."),
    ("Permission denied", "{home} cannot be written or entered by this user. Set CARELOOM_HOME to a folder of your own, and start again."),
    ("Cannot allocate memory", "This machine has too little free memory for PostgreSQL (about 150 MB). Close something, and start again."),
    (
        "could not map anonymous shared memory",
        "This machine has too little free memory for PostgreSQL (about 150 MB). Close something, and start again.",
    ),
    ("pre-existing shared memory block", "Parts of an earlier PostgreSQL of {home} are still running. Wait ten seconds, and start again."),
)


def explain(text: str, *, home: Path) -> str | None:
    """The sentence for what the server or the system said, or None when no sign is known."""
    for sign, sentence in _SIGNS:
        if sign in text:
            return sentence.format(home=home)
    return None


def from_os_error(error: OSError, *, home: Path) -> PostgresProblem:
    """Turn an error of the operating system into a sentence."""
    words = {errno.ENOSPC: "No space left on device", errno.EDQUOT: "Disk quota exceeded", errno.EROFS: "Read-only file system"}
    text = words.get(error.errno or 0) or ("Permission denied" if isinstance(error, PermissionError) else str(error.strerror))
    sentence = explain(text, home=home)
    return PostgresProblem(sentence or f"{home} cannot be used: {text}. Set CARELOOM_HOME to another folder, and start again.")
