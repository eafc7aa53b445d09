"""Secrets and data keys of one installation: files under ``CARELOOM_HOME/keys``, never in the database, a log or an error.

Each agency's scans, signatures and receipts are sealed with AES-256-GCM under that agency's own data key; the data key lies on disk wrapped
by the master key (DESIGN section 8, "At rest"). Destroying an agency's key makes what it sealed unreadable for good.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_FORMAT: Final = b"\x01"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,80}")


class KeyProblem(Exception):
    """A key is missing, destroyed or does not fit; the text says what to do and holds no secret."""


def encrypt(*, key: bytes, plaintext: bytes, associated: bytes) -> bytes:
    """Seal ``plaintext``; ``associated`` (what the bytes belong to) is checked, not hidden. Returns format, nonce and ciphertext."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _FORMAT + nonce + AESGCM(key).encrypt(nonce, plaintext, associated)


def decrypt(*, key: bytes, ciphertext: bytes, associated: bytes) -> bytes:
    """Open what :func:`encrypt` sealed. Raises :class:`KeyProblem` when key, association or bytes are not the same."""
    if len(ciphertext) < 1 + _NONCE_BYTES + 16 or ciphertext[:1] != _FORMAT:
        raise KeyProblem("These bytes were not sealed by Careloom, or only a part of them is here. Restore the file from a backup.")
    nonce, sealed = ciphertext[1 : 1 + _NONCE_BYTES], ciphertext[1 + _NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, sealed, associated)
    except InvalidTag:
        raise KeyProblem("The key does not fit these bytes. Restore the keys folder that belongs to this data.") from None


def decrypt_with(*, keys: Iterable[bytes], ciphertext: bytes, associated: bytes) -> bytes:
    """As :func:`decrypt`, with the first of ``keys`` that fits: while papers are sealed anew, some lie under the former key."""
    problem: KeyProblem | None = None
    for key in keys:
        try:
            return decrypt(key=key, ciphertext=ciphertext, associated=associated)
        except KeyProblem as refused:
            problem = problem or refused
    raise problem or KeyProblem("There is no key for these bytes. Restore the keys folder that belongs to this data.")


class Keyring:
    """The keys of one installation.

    ``home`` is ``CARELOOM_HOME``. ``master_file`` names a master key kept elsewhere (a mounted secret); it must exist and hold 32 bytes as
    64 hexadecimal digits. Without it the master key is made at first use. ``folder`` is where they lie: secrets that nobody may copy to a safe
    place, because they are to be destroyed for good, lie in a folder of their own.
    """

    def __init__(self, *, home: Path, master_file: Path | None = None, folder: str = "keys") -> None:
        self._folder = home / folder
        self._master_file = master_file

    def __repr__(self) -> str:
        return "Keyring()"

    @property
    def folder(self) -> Path:
        return self._folder

    def secret(self, name: str) -> str:
        """The secret called ``name`` (URL-safe text, 256 bits), made at first use with mode 0600."""
        return self._read_or_make(self._path(name), secrets.token_urlsafe(KEY_BYTES)).strip()

    def names(self) -> list[str]:
        """The names of the secrets that there are."""
        return sorted(path.name for path in self._folder.glob("*") if path.is_file() and _NAME.fullmatch(path.name))

    def forget(self, name: str) -> None:
        """Destroy the secret called ``name`` for good: what only it opened cannot be opened again. Safe to repeat."""
        path = self._path(name)
        if path.exists():
            _destroy(path)

    def django_secret_key(self) -> str:
        """The key that signs sessions, links and forms."""
        return self.secret("django")

    def master_since(self) -> datetime | None:
        """When the master key's file was written here, or None before its first use. A restore writes it anew."""
        path = self._master_file or self._path("master")
        return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC) if path.exists() else None

    def agency_key(self, agency_id: object) -> bytes:
        """The 256-bit data key of one agency, made at first use. Raises :class:`KeyProblem` when it was destroyed."""
        path = self._agency_path(agency_id)
        if path.with_suffix(".destroyed").exists():
            raise KeyProblem("The data key of this agency was destroyed. What it sealed can no longer be read.")
        master = self._master()
        made = encrypt(key=master, plaintext=secrets.token_bytes(KEY_BYTES), associated=path.stem.encode()).hex()
        wrapped = bytes.fromhex(self._read_or_make(path, made))
        try:
            return decrypt(key=master, ciphertext=wrapped, associated=path.stem.encode())
        except KeyProblem:
            if not self._path("master.next").exists():
                raise
            # A rotation of the master key is under way or was interrupted: this key may already be under the next one.
            return decrypt(key=bytes.fromhex(self._path("master.next").read_text()), ciphertext=wrapped, associated=path.stem.encode())

    def agency_keys(self, agency_id: object) -> tuple[bytes, ...]:
        """What opens an agency's papers: its data key, and the former one while papers are sealed anew. Raises :class:`KeyProblem`."""
        former = self._agency_path(_former(agency_id))
        return (self.agency_key(agency_id), *((self.agency_key(former.stem),) if former.exists() else ()))

    def new_agency_key(self, agency_id: object) -> float:
        """Begin to seal under a new data key and keep the former beside it; returns when the new one began (seconds since 1970).

        Begun already: changes nothing. Killed anywhere, the next call goes on: until the new key lies there, both files hold the same key.
        """
        path, former = self._agency_path(agency_id), self._agency_path(_former(agency_id))
        master, key = self._master(), self.agency_key(agency_id)
        if not former.exists():
            self._read_or_make(former, encrypt(key=master, plaintext=key, associated=former.stem.encode()).hex())
        if self.agency_key(former.stem) == key:
            made = encrypt(key=master, plaintext=secrets.token_bytes(KEY_BYTES), associated=path.stem.encode())
            _write_private(path, made.hex())
        return path.stat().st_mtime

    def end_former_key(self, agency_id: object) -> None:
        """Destroy the former data key, once nothing lies under it. Safe to repeat."""
        former = self._agency_path(_former(agency_id))
        if former.exists():
            _destroy(former)

    def destroy_agency_key(self, agency_id: object, *, held: Callable[[], bool]) -> None:
        """Destroy the data key of one agency for good: what it sealed cannot be read again. Safe to repeat.

        `held` answers whether a legal hold stands on anything of the agency; then this raises :class:`KeyProblem` and the key stays.
        """
        if held():
            raise KeyProblem("A legal hold stands on records of this agency, so its data key stays. Ask its privacy officer.")
        path = self._agency_path(agency_id)
        self._read_or_make(path.with_suffix(".destroyed"), "destroyed")
        if path.exists():
            _destroy(path)
        self.end_former_key(agency_id)

    def rotate_master(self) -> int:
        """Wrap each agency's data key under a new master key; returns how many. Refused when the master key is kept elsewhere.

        Both masters are on disk until the last key is wrapped, so an interrupted rotation is finished by the next one.
        """
        if self._master_file is not None:
            raise KeyProblem("The master key is kept outside CARELOOM_HOME. Rotate it where it is kept, with both files at hand.")
        old, new_path = self._master(), self._path("master.next")
        new = bytes.fromhex(self._read_or_make(new_path, secrets.token_hex(KEY_BYTES)))
        count = 0
        for path in self._agency_files():
            name, wrapped = path.stem.encode(), bytes.fromhex(path.read_text())
            with suppress(KeyProblem):
                decrypt(key=new, ciphertext=wrapped, associated=name)
                count += 1
                continue
            plain = decrypt(key=old, ciphertext=wrapped, associated=name)
            _write_private(path, encrypt(key=new, plaintext=plain, associated=name).hex())
            count += 1
        os.replace(new_path, self._path("master"))
        _sync_folder(self._folder)
        return count

    def _agency_files(self) -> Iterator[Path]:
        yield from sorted((self._folder / "agencies").glob("*.key"))

    def _master(self) -> bytes:
        if self._master_file is None:
            text = self._read_or_make(self._path("master"), secrets.token_hex(KEY_BYTES))
        else:
            try:
                text = self._master_file.read_text()
            except OSError:
                raise KeyProblem("The master key file cannot be read. Check CARELOOM_MASTER_KEY_FILE and who may read that file.") from None
        try:
            key = bytes.fromhex(text.strip())
        except ValueError:
            key = b""
        if len(key) != KEY_BYTES:
            raise KeyProblem("The master key file must hold 64 hexadecimal digits. Restore it from where you keep it.")
        return key

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise KeyProblem("A key's name may hold letters, digits, dot, dash and underscore only.")
        return self._folder / name

    def _agency_path(self, agency_id: object) -> Path:
        name = str(agency_id)
        self._path(name)
        return self._folder / "agencies" / f"{name}.key"

    def _read_or_make(self, path: Path, text: str) -> str:
        """Read the file, or make it with ``text``. Two processes at once agree on one of the two texts."""
        try:
            return path.read_text()
        except FileNotFoundError:
            pass
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
        _write_private(draft, text)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        _sync_folder(path.parent)
        return path.read_text()


def _former(agency_id: object) -> str:
    return f"{agency_id}.former"


def django_secret_key(home: Path) -> str:
    """The key that signs sessions, links and forms of the installation in ``home``."""
    return Keyring(home=home).django_secret_key()


def _destroy(path: Path) -> None:
    with path.open("r+b", buffering=0) as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        os.fsync(file.fileno())
    path.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _write_private(path: Path, text: str) -> None:
    draft = path.with_name(f"{path.name}.new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
