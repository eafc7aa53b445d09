"""A sealed file: a stream in pieces of a megabyte, each under AES-256-GCM with its number and whether it is the last one.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizar 2015) as age and Tink use it: no piece can be changed, left out, put elsewhere or
cut off unseen. The key of a file is random, used for that file alone, and lies in its head sealed for the recovery key.

Form: the line `careloom sealed 1`, the length of the head (4 bytes), the head (JSON: what it is, when, for which recovery key, the sealed key),
then the pieces. The key of the pieces is HKDF-SHA256 of the file's key with the hash of all before them, so a changed head opens nothing.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import struct
from collections.abc import Iterator
from typing import IO, Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from careloom.infra.backups.problems import BackupProblem
from careloom.infra.backups.recovery import Recipient, RecoveryKey

PIECE: Final = 1024 * 1024  # bytes of what is sealed
_MARK: Final = b"careloom sealed 1\n"
_TAG: Final = 16
_LONGEST_HEAD: Final = 64 * 1024
_BROKEN: Final = "This file is broken: a part of it was changed or is missing. Take another copy of it, or the backup before."


class Sealer:
    """Writes a sealed file. What was written is whole only after :meth:`close`; leaving it out leaves a file that nobody opens."""

    def __init__(self, out: IO[bytes], *, recipient: Recipient, head: dict[str, Any]) -> None:
        secret = secrets.token_bytes(32)
        text = json.dumps(head | {"key": recipient.name, "sealed_key": recipient.wrap(secret).hex()}).encode()
        before = _MARK + struct.pack(">I", len(text)) + text
        out.write(before)
        self.secret = secret
        self._out, self._number, self._waiting = out, 0, bytearray()
        self._cipher = _cipher(secret, before=before)

    def write(self, data: bytes) -> None:
        """Take more bytes. The last piece is held back until it is known to be the last."""
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._piece(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]

    def close(self) -> None:
        """Write the last piece."""
        self._piece(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _piece(self, data: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._number, last=last), data, None))
        self._number += 1


def head_of(source: IO[bytes]) -> dict[str, Any]:
    """The head of a sealed file, which anybody may read. Raises :class:`BackupProblem` for another kind of file."""
    return _head(source)[0]


def opened(source: IO[bytes], *, key: RecoveryKey | bytes) -> Iterator[bytes]:
    """The pieces of a sealed file, each given only after it was found true; `key` is the recovery key, or the file's own secret.

    Raises :class:`BackupProblem`: another kind of file, another recovery key, a changed, missing or added part.
    """
    head, before = _head(source)
    if isinstance(key, bytes):
        secret = key
    else:
        if head.get("key") != key.recipient.name:
            raise BackupProblem(f"This file was sealed for the recovery key {head.get('key')}, and this one is {key.recipient.name}. Name the other.")
        try:
            secret = key.unwrap(bytes.fromhex(head["sealed_key"]))
        except (KeyError, ValueError, TypeError):
            raise BackupProblem(_BROKEN) from None
    return _pieces(source, _cipher(secret, before=before))


def _pieces(source: IO[bytes], cipher: AESGCM) -> Iterator[bytes]:
    number, piece = 0, source.read(PIECE + _TAG)
    while True:
        following = source.read(PIECE + _TAG)
        try:
            plain = cipher.decrypt(_nonce(number, last=not following), piece, None)
        except (InvalidTag, ValueError):
            raise BackupProblem(_BROKEN) from None
        yield plain
        if not following:
            return
        number, piece = number + 1, following


def _head(source: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    mark = source.read(len(_MARK))
    size = source.read(4)
    if mark != _MARK or len(size) != 4 or (length := struct.unpack(">I", size)[0]) > _LONGEST_HEAD:
        raise BackupProblem("This file was not sealed by this version of Careloom. Name a file that careloom backup wrote.")
    text = source.read(length)
    try:
        head = json.loads(text)
    except ValueError:
        raise BackupProblem(_BROKEN) from None
    if not isinstance(head, dict):
        raise BackupProblem(_BROKEN)
    return head, mark + size + text


def _cipher(secret: bytes, *, before: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=hashlib.sha256(before).digest(), info=b"careloom sealed pieces 1").derive(secret))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
