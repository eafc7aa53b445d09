"""What lies in a sealed file: named entries one after the other, of sizes that need not be known before they are written.

Form: frames of a letter, a length (4 bytes) and bytes. `N` begins an entry (its name), `D` is a part of it, `E` ends it (SHA-256 of its bytes),
`Z` ends them all (how many there were).
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from careloom.infra.backups.problems import BackupProblem

_HEAD: Final = struct.Struct(">cI")
_BROKEN: Final = "What lies in this backup does not have the form of one. Take another copy of it, or the backup before."


class Out(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> object: ...


class Writer:
    """Writes entries to `out`."""

    def __init__(self, out: Out) -> None:
        self._out, self._count = out, 0

    def add(self, name: str, parts: Iterable[bytes]) -> int:
        """Write one entry; returns its size in bytes."""
        digest, size = hashlib.sha256(), 0
        self._frame(b"N", name.encode())
        for part in parts:
            digest.update(part)
            size += len(part)
            self._frame(b"D", part)
        self._frame(b"E", digest.digest())
        self._count += 1
        return size

    def end(self) -> None:
        """Say that all entries were written."""
        self._frame(b"Z", str(self._count).encode())

    def _frame(self, kind: bytes, data: bytes) -> None:
        self._out.write(_HEAD.pack(kind, len(data)))
        self._out.write(data)


def read(pieces: Iterable[bytes]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each entry as its name and its parts, in order; an entry whose parts were not asked for is read over.

    Raises :class:`BackupProblem` when the form, a hash or the number of entries is wrong. Only when the last entry was passed is the file whole.
    """
    source = _Source(pieces)
    count = 0
    while True:
        kind, data = source.frame()
        if kind == b"Z":
            if data != str(count).encode() or not source.is_over():
                raise BackupProblem(_BROKEN)
            return
        if kind != b"N":
            raise BackupProblem(_BROKEN)
        parts = _parts(source)
        yield data.decode(), parts
        for _ in parts:
            pass
        count += 1


def _parts(source: _Source) -> Iterator[bytes]:
    digest = hashlib.sha256()
    while True:
        kind, data = source.frame()
        if kind == b"D":
            digest.update(data)
            yield data
        elif kind == b"E" and data == digest.digest():
            return
        else:
            raise BackupProblem(_BROKEN)


class _Source:
    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self._have = iter(pieces), bytearray()

    def frame(self) -> tuple[bytes, bytes]:
        kind, length = _HEAD.unpack(self._take(_HEAD.size))
        return kind, self._take(length)

    def is_over(self) -> bool:
        """Whether nothing follows; this also asks for the last piece, which proves that nothing was cut off."""
        return not self._have and next((piece for piece in self._pieces if piece), None) is None

    def _take(self, size: int) -> bytes:
        while len(self._have) < size:
            piece = next(self._pieces, None)
            if piece is None:
                raise BackupProblem(_BROKEN)
            self._have += piece
        taken = bytes(self._have[:size])
        del self._have[:size]
        return taken
