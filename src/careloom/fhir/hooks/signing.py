"""Secrets and signatures in the form of Standard Webhooks 1.0 (standardwebhooks.com): HMAC-SHA256 over id, timestamp and body."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from careloom.agencies.sealing import seal, unseal

USE = "fhir-hook"
PREFIX = "whsec_"
OVERLAP = timedelta(days=1)
"""How long the older of two secrets still signs beside the newer one."""


def new_secret() -> str:
    """A secret of 256 bits, as its receiver writes it down."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def keep(held: Iterable[tuple[str, datetime | None]], *, hook_id: UUID) -> bytes:
    """Secrets, each with when it ends (None: never), sealed for one hook."""
    told = [[secret, until.isoformat() if until else None] for secret, until in held]
    return seal(json.dumps(told).encode(), use=USE, of=str(hook_id))


def held(sealed: bytes, *, hook_id: UUID, at: datetime) -> list[str]:
    """The secrets that sign at an instant, the newest first."""
    told = json.loads(unseal(bytes(sealed), use=USE, of=str(hook_id)))
    return [secret for secret, until in told if until is None or datetime.fromisoformat(until) > at]


def rotated(sealed: bytes, *, hook_id: UUID, at: datetime, secret: str) -> bytes:
    """A new secret before the one that was newest, which signs for a day more."""
    newest = held(sealed, hook_id=hook_id, at=at)[0]
    return keep([(secret, None), (newest, at + OVERLAP)], hook_id=hook_id)


def signatures(*, secrets_held: Iterable[str], id_: str, timestamp: int, body: bytes) -> str:
    """The header `webhook-signature`: one signature for each secret."""
    signed = f"{id_}.{timestamp}.".encode() + body
    return " ".join(f"v1,{_sign(secret, signed)}" for secret in secrets_held)


def _sign(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
