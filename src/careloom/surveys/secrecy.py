"""Codes and the box of a round: how an answer comes in so that nobody can say whose it is (docs/decisions/0012).

A code is a random part and a seal made with the key of its round, so that none is kept before it is used. The answers of an open round lie in one
row, shuffled and encrypted under the same key, always filled up to a power of two of pages. When the round closes the key is destroyed. The keys lie
in a folder of their own, apart from those that are copied to a safe place: nobody keeps a copy of a key that is to be gone.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from careloom.infra.keys import Keyring, decrypt, encrypt

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another
RANDOM, SEALED, PART = 10, 10, 5
PAGE = 65_536  # larger than anybody's words, so that the size of a box tells of nobody who came in between
FOLDER, PREFIX = "round-keys", "survey-"
Sheet = dict[str, Any]


def a_code(round_id: UUID, *, press: str = "") -> str:
    """A code of a round, in four parts to read and type. It is kept nowhere.

    Each is new, but for the same `press` it is the same again: of who presses a button twice the second page is shown, and the first one is lost.
    """
    nonce = _letters(round_id, "press", press, RANDOM) if press else "".join(secrets.choice(LETTERS) for _each in range(RANDOM))
    return spaced(nonce + _letters(round_id, "code", nonce, SEALED))


def mark_of(round_id: UUID, press: str) -> str:
    """By what a press is known again. From it neither the press nor its code can be told, not with the key of the round either."""
    return hmac.new(_key(round_id, "mark"), press.encode(), hashlib.sha256).hexdigest()


def spaced(code: str) -> str:
    """A code in parts."""
    return "-".join(code[start : start + PART] for start in range(0, len(code), PART))


def plain(text: str) -> str:
    """A code as somebody typed it, without what she put between."""
    return "".join(letter for letter in text.upper() if letter in LETTERS)


def fits(round_id: UUID, code: str) -> bool:
    """Whether a code is one of this round."""
    typed = plain(code)
    return len(typed) == RANDOM + SEALED and hmac.compare_digest(_letters(round_id, "code", typed[:RANDOM], SEALED), typed[RANDOM:])


def hash_of(code: str) -> str:
    """What is kept of a used code."""
    return hashlib.sha256(f"careloom-survey:{plain(code)}".encode()).hexdigest()


def seal_box(round_id: UUID, sheets: list[Sheet]) -> bytes:
    """All sheets, shuffled, filled up to one, two, four, eight pages and so on, encrypted."""
    secrets.SystemRandom().shuffle(sheets)
    text, room = json.dumps(sheets, sort_keys=True, ensure_ascii=True).encode(), PAGE
    while room < len(text):
        room *= 2
    return encrypt(key=_key(round_id, "box"), plaintext=text.ljust(room), associated=round_id.bytes)


def open_box(round_id: UUID, sealed: bytes) -> list[Sheet]:
    """The sheets of a box, in no order. Raises KeyProblem where the key of the round is gone."""
    sheets: list[Sheet] = json.loads(decrypt(key=_key(round_id, "box"), ciphertext=bytes(sealed), associated=round_id.bytes))
    return sheets


def destroy_key(round_id: UUID) -> None:
    """Destroy the key of a round: old copies of its box cannot be opened again, and no code fits any more."""
    _ring().forget(_name(round_id))


def rounds_with_a_key() -> list[UUID]:
    """The rounds of which there is a key."""
    return [UUID(name.removeprefix(PREFIX)) for name in _ring().names() if name.startswith(PREFIX)]


def _letters(round_id: UUID, use: str, told: str, number: int) -> str:
    """So many letters that only the key of the round makes of what is told."""
    made = hmac.new(_key(round_id, use), told.encode(), hashlib.sha256).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in made[:number])


def _key(round_id: UUID, use: str) -> bytes:
    return hashlib.sha256(f"{use}:{_ring().secret(_name(round_id))}".encode()).digest()


def _name(round_id: UUID) -> str:
    return f"{PREFIX}{round_id.hex}"


def _ring() -> Keyring:
    return Keyring(home=settings.CARELOOM_HOME, folder=FOLDER)
