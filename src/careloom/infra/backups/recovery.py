"""The recovery key: backups are sealed for its public half, which stays on the machine; only the private half, kept elsewhere, opens them.

So a backup runs at night without a secret at hand, and who takes the machine or the backup disk, or both, opens no backup. Sealing for a
public key is HPKE (RFC 9180) of the `cryptography` library with X25519, HKDF-SHA256 and AES-256-GCM. The private half lies in a file under a
passphrase: scrypt (RFC 7914) makes the key that seals it.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from careloom.infra.backups.problems import BackupProblem
from careloom.infra.keys import KeyProblem, decrypt, encrypt

SHORTEST_PASSPHRASE: Final = 12
_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_INFO: Final = b"careloom backup 1"
_COST: Final = {"n": 2**16, "r": 8, "p": 1}  # 64 MB of memory for each guess
_DEAREST: Final = 2**20
_ASSOCIATED: Final = b"careloom recovery key 1"


@dataclass(frozen=True)
class Recipient:
    """The public half: seals, and opens nothing."""

    public: bytes

    @property
    def name(self) -> str:
        """Sixteen letters that tell this key from others."""
        return hashlib.sha256(self.public).hexdigest()[:16]

    def wrap(self, secret: bytes) -> bytes:
        """Seal a small secret so that only the private half opens it."""
        return bytes(_SUITE.encrypt(secret, X25519PublicKey.from_public_bytes(self.public), _INFO))


@dataclass(frozen=True, repr=False)
class RecoveryKey:
    """The private half."""

    private: X25519PrivateKey

    @property
    def recipient(self) -> Recipient:
        return Recipient(self.private.public_key().public_bytes_raw())

    def unwrap(self, wrapped: bytes) -> bytes:
        """Open what :meth:`Recipient.wrap` sealed. Raises :class:`BackupProblem` when it does not fit."""
        try:
            return bytes(_SUITE.decrypt(wrapped, self.private, _INFO))
        except (InvalidTag, ValueError):
            raise BackupProblem("The beginning of this file was changed. Take another copy of it.") from None


def make(file: Path, *, passphrase: str) -> Recipient:
    """Make a recovery key and write its private half, sealed under `passphrase`, to the new file; returns the public half."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BackupProblem(f"The passphrase needs at least {SHORTEST_PASSPHRASE} letters. Four or five words that nobody guesses are good.")
    key = RecoveryKey(X25519PrivateKey.generate())
    salt = secrets.token_bytes(16)
    sealed = encrypt(key=_stretched(passphrase, salt=salt, cost=_COST), plaintext=key.private.private_bytes_raw(), associated=_ASSOCIATED)
    words = {"careloom": "recovery key 1", "key": key.recipient.name, "scrypt": {**_COST, "salt": salt.hex()}, "sealed": sealed.hex()}
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BackupProblem(f"{file} is there already. Name a new file: a recovery key that is lost takes its backups with it.") from None
    with os.fdopen(handle, "w") as out:
        json.dump(words, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    return key.recipient


def open_key(file: Path, *, passphrase: str) -> RecoveryKey:
    """Read a recovery key. Raises :class:`BackupProblem`: no such file, another kind of file, or a wrong passphrase."""
    try:
        words: dict[str, Any] = json.loads(file.read_text())
        cost = {name: int(words["scrypt"][name]) for name in _COST}
        salt, sealed, name = bytes.fromhex(words["scrypt"]["salt"]), bytes.fromhex(words["sealed"]), str(words["key"])
        # A file from elsewhere may not ask for more memory than there is.
        known = words["careloom"] == "recovery key 1" and cost["n"] <= _DEAREST and cost["r"] <= 16 and cost["p"] <= 4
    except OSError as error:
        raise BackupProblem(
            f"The recovery key {file} cannot be read: {error.strerror}. Name the file that careloom backup --make-key wrote."
        ) from None
    except (ValueError, KeyError, TypeError):
        known = False
    if not known:
        raise BackupProblem(f"{file} is not a recovery key. Name the file that careloom backup --make-key wrote.")
    try:
        raw = decrypt(key=_stretched(passphrase, salt=salt, cost=cost), ciphertext=sealed, associated=_ASSOCIATED)
    except KeyProblem:
        raise BackupProblem(f"The passphrase does not open the recovery key {name}. Try again; nothing was changed.") from None
    return RecoveryKey(X25519PrivateKey.from_private_bytes(raw))


def _stretched(passphrase: str, *, salt: bytes, cost: dict[str, int]) -> bytes:
    try:
        return Scrypt(salt=salt, length=32, **cost).derive(passphrase.encode())
    except (ValueError, MemoryError):
        raise BackupProblem("This recovery key cannot be worked out on this machine: it asks for too much memory, or was changed.") from None
