"""The second half of an opening: the code becomes a token, and the proof of who signed in is checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import jwt

from careloom.exchange.smart.launching import Pending
from careloom.exchange.smart.wire import EhrFailed, Wire

ALGORITHMS = ("RS256", "RS384", "ES256", "ES384")
LEEWAY = 60
FHIR_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")


@dataclass(frozen=True, kw_only=True)
class Granted:
    """A token for this one opening, and whose record is open in the EHR. The token is in no text of this value."""

    patient_id: str
    token: str = field(repr=False)


def redeem(*, wire: Wire, pending: Pending, client_id: str, code: str) -> Granted:
    """Trade the code for a token, once. Raises `EhrFailed` also where the EHR does not say whose record is open."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": pending.back, "client_id": client_id, "code_verifier": pending.verifier}
    told = wire.post(pending.token_url, form)
    if not isinstance(told, dict) or str(told.get("token_type", "")).lower() != "bearer":
        raise EhrFailed("NOT_SMART")
    token, proof, patient = (told.get(name) for name in ("access_token", "id_token", "patient"))
    if not isinstance(token, str) or not re.fullmatch(r"[\x21-\x7e]{1,8000}", token):
        raise EhrFailed("NOT_SMART")
    _prove(proof, keys=wire.get(pending.jwks_url), pending=pending, client_id=client_id)
    if not isinstance(patient, str) or not FHIR_ID.fullmatch(patient):
        raise EhrFailed("NO_PATIENT")
    return Granted(token=token, patient_id=patient)


def _prove(proof: Any, *, keys: Any, pending: Pending, client_id: str) -> None:
    """That this EHR made the answer for this opening, now: signature, issuer, audience, end and nonce (OpenID Connect Core 3.1.3.7)."""
    try:
        header = jwt.get_unverified_header(proof)
        known = {key.key_id: key for key in jwt.PyJWKSet.from_dict(keys).keys}
        key = known[header.get("kid")]
        claims = jwt.decode(
            proof, key, algorithms=list(ALGORITHMS), audience=client_id, issuer=pending.issuer, leeway=LEEWAY,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )  # fmt: skip
    except (jwt.PyJWTError, KeyError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        raise EhrFailed("NOT_PROVEN") from None
    if claims.get("nonce") != pending.nonce:
        raise EhrFailed("NOT_PROVEN")
