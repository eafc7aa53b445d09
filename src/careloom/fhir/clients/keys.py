"""A client's public keys (JWKS, RFC 7517) and the signed request that they prove (RFC 7523; SMART Backend Services).

Keys are registered by value and never fetched: the server calls no address that somebody names.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt

ALGORITHMS = ("ES384", "RS384")
LONGEST = timedelta(minutes=5)
LEEWAY = timedelta(seconds=10)
MOST_TEXT = 20_000
MOST_KEYS = 10
RSA_BITS = 2048
_PRIVATE = ("d", "p", "q", "dp", "dq", "qi", "k", "oth")


class KeysRefused(ValueError):
    """These are not public keys that can be registered; `code` is NOT_JSON, NO_KEYS, PRIVATE, KIND, WEAK or NO_KID."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_keys(text: str) -> dict[str, Any]:
    """The JWKS in `text` as it is kept: each key public, of a kind that is used here, and with an id of its own. Raises `KeysRefused`."""
    try:
        data: Any = json.loads(text) if len(text) <= MOST_TEXT else None
    except (ValueError, RecursionError):
        raise KeysRefused("NOT_JSON") from None
    keys = data.get("keys") if isinstance(data, dict) else None
    if not isinstance(keys, list) or not 0 < len(keys) <= MOST_KEYS or not all(isinstance(key, dict) for key in keys):
        raise KeysRefused("NO_KEYS")
    for key in keys:
        _check(key)
    if len({key["kid"] for key in keys}) != len(keys):
        raise KeysRefused("NO_KID")
    return {"keys": [{name: key[name] for name in ("kty", "kid", "crv", "x", "y", "n", "e") if name in key} for key in keys]}


def _check(key: dict[str, Any]) -> None:
    if any(name in key for name in _PRIVATE):
        raise KeysRefused("PRIVATE")
    if not isinstance(key.get("kid"), str) or not 0 < len(key["kid"]) <= 128:
        raise KeysRefused("NO_KID")
    if (key.get("kty"), key.get("crv")) not in {("EC", "P-384"), ("RSA", None)}:
        raise KeysRefused("KIND")
    try:
        made = jwt.PyJWK(key, algorithm=_algorithm(key)).key
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        raise KeysRefused("KIND") from None
    if key["kty"] == "RSA" and made.key_size < RSA_BITS:
        raise KeysRefused("WEAK")


def _algorithm(key: dict[str, Any]) -> str:
    return "ES384" if key["kty"] == "EC" else "RS384"


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A signed request that holds: its own id, and when it ends (seconds since 1970)."""

    jti: str
    ends: float


def issuer_of(assertion: str) -> str:
    """Who the signed request says it is from, unproven; empty where it says nothing."""
    try:
        claims = jwt.decode(assertion, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError):
        return ""
    return claims["iss"] if isinstance(claims.get("iss"), str) else ""


def prove(*, assertion: str, jwks: dict[str, Any], client_id: str, audience: str, now: datetime) -> Signed | None:
    """What the signed request says where a key of the client signed it for this address and these minutes, else None.

    `now` is the world's own time: it was signed by another machine.
    """
    try:
        header = jwt.get_unverified_header(assertion)
        key = next(one for one in jwks["keys"] if one["kid"] == header.get("kid"))
        claims = jwt.decode(
            assertion, jwt.PyJWK(key, algorithm=_algorithm(key)), algorithms=[_algorithm(key)], audience=audience, issuer=client_id,
            leeway=LEEWAY, options={"require": ["iss", "sub", "aud", "exp", "jti"], "verify_iat": False},
        )  # fmt: skip
    except (jwt.PyJWTError, StopIteration, ValueError, TypeError, OverflowError, RecursionError):
        return None
    jti, ends = claims["jti"], float(claims["exp"])
    if claims["sub"] != client_id or not isinstance(jti, str) or not 0 < len(jti) <= 200:
        return None
    return Signed(jti=jti, ends=ends) if ends - now.timestamp() <= (LONGEST + LEEWAY).total_seconds() else None
