"""Opens a sealed export for the import: a folder that is there as long as the block, readable by nobody else, and gone after it."""

from __future__ import annotations

import io
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from careloom.config.leaving.form import LeaveProblem
from careloom.infra.backups.problems import BackupProblem
from careloom.infra.backups.recovery import RecoveryKey
from careloom.infra.backups.sealing import PIECE, head_of, opened


@contextmanager
def folder_of(file: Path, *, key: RecoveryKey, beside: Path) -> Iterator[Path]:
    """The folder that was sealed into `file`, made in `beside`. Raises :class:`LeaveProblem`: another kind of file, another key, a changed part."""
    folder = Path(tempfile.mkdtemp(prefix=".leaving-", dir=beside))
    try:
        _unpack(file, key=key, folder=folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unpack(file: Path, *, key: RecoveryKey, folder: Path) -> None:
    try:
        with file.open("rb") as source:
            if head_of(source).get("what") != "agency":
                raise LeaveProblem("This sealed file is not an agency's export. Name the file that was downloaded from the page of exports.")
            source.seek(0)
            stream = _Stream(opened(source, key=key))
            with tarfile.open(fileobj=stream, mode="r|") as tar:  # type: ignore[call-overload]
                # No link, no device, no path outside the folder: whoever sealed the file may be anybody.
                tar.extractall(folder, filter="data")
            # What lies behind the last entry is read too: only the end says that nothing was cut off.
            while stream.read(PIECE):
                pass
    except BackupProblem as problem:
        raise LeaveProblem(str(problem)) from None
    except (tarfile.TarError, OSError) as error:
        raise LeaveProblem(
            f"The sealed file cannot be unpacked ({type(error).__name__}). Download it again; see whether the disk has room."
        ) from None


class _Stream(io.RawIOBase):
    """Pieces as one stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._waiting = pieces, b""

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1) -> bytes:
        """As many bytes as were asked for, fewer at the end only. The stream is read to its end, so that a cut is found."""
        while len(self._waiting) < size and (piece := next(self._pieces, None)) is not None:
            self._waiting += piece
        found, self._waiting = self._waiting[:size], self._waiting[size:]
        return found
