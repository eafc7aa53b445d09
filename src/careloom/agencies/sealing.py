"""Seals small secrets of sign-in under keys of this installation that are never in the database."""

from __future__ import annotations

import hashlib

from django.conf import settings

from careloom.infra.keys import Keyring, decrypt, encrypt


def seal(plain: bytes, *, use: str, of: str) -> bytes:
    """Seal `plain` for one use (a key of its own) and one owner (`of` is checked when it is opened)."""
    return encrypt(key=_key(use), plaintext=plain, associated=of.encode())


def unseal(sealed: bytes, *, use: str, of: str) -> bytes:
    """Open what `seal` sealed. Raises `infra.keys.KeyProblem` when use, owner or bytes differ."""
    return decrypt(key=_key(use), ciphertext=sealed, associated=of.encode())


def _key(use: str) -> bytes:
    secret = Keyring(home=settings.CARELOOM_HOME).secret(use)
    return hashlib.sha256(f"careloom:{use}:{secret}".encode()).digest()
