"""Receipts and outgoing rows, sealed under the hospital's own key, which the database does not have."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.conf import settings

from careloom.infra.keys import Keyring, decrypt_with, encrypt
from careloom.notifications.models import SealedOutgoing

RECEIPTS = b"notification receipts"
OUTGOING = b"outgoing de-identified notification"
# Every sealed row has one length, so that its size tells nothing about what it says.
PADDED_TO = 2048


def seal(*, holder_id: UUID, body: dict[str, Any], purpose: bytes) -> bytes:
    """Seal `body` under the data key of `holder_id`, padded to one length."""
    text = json.dumps(body, sort_keys=True).encode()
    if len(text) > PADDED_TO:
        raise ValueError("A sealed notification is longer than it may be. Shorten the coded answers of the pack.")
    return encrypt(key=_ring().agency_key(holder_id), plaintext=text.ljust(PADDED_TO), associated=purpose)


def unseal(*, holder_id: UUID, sealed: bytes, purpose: bytes) -> dict[str, Any]:
    """Open what `seal` made. Raises careloom.infra.keys.KeyProblem when the key is gone or the text was changed."""
    opened: dict[str, Any] = json.loads(decrypt_with(keys=_ring().agency_keys(holder_id), ciphertext=bytes(sealed), associated=purpose))
    return opened


def put_outgoing(*, holder_id: UUID, bodies: list[dict[str, Any]]) -> None:
    """Put sealed rows out for the nightly batch, in the caller's transaction."""
    SealedOutgoing.objects.bulk_create(
        SealedOutgoing(holder_id=holder_id, sealed=seal(holder_id=holder_id, body=body, purpose=OUTGOING)) for body in bodies
    )


def _ring() -> Keyring:
    return Keyring(home=settings.CARELOOM_HOME)
