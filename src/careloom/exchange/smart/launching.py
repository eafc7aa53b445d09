"""The first half of an opening: where the EHR lets people sign in, and the address to send her to. Pure but for what `Wire` asks."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from careloom.exchange.models import Ehr, Source
from careloom.exchange.smart.wire import SECONDS, EhrFailed, Wire, host_of, is_safe_address

LASTS = timedelta(minutes=10)
MOST_LAUNCH = 2000
READS = ("Patient", "RelatedPerson", "Condition", "Observation", "MedicationRequest", "Medication", "Encounter", "Procedure", "Organization")
# `user/`, because a token bound to one patient may not read the other half of the pair.
SCOPES = ("openid", "fhirUser", *(f"user/{kind}.rs" for kind in READS))


@dataclass(frozen=True, kw_only=True)
class Pending:
    """What is remembered between the way out and the way back, in her own session on the server. `until` is seconds since 1970."""

    ehr_id: str
    agency_id: str
    verifier: str
    nonce: str
    token_url: str
    issuer: str
    jwks_url: str
    back: str
    until: float

    def as_stored(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class WayOut:
    """Where to send her, and what to remember under which state."""

    url: str
    state: str
    pending: Pending


def wire_to(ehr: Ehr | Source, *, practice: bool, seconds: float = SECONDS) -> Wire:
    """The line to one record system: its own host and those that were registered with it."""
    return Wire(hosts=frozenset((host_of(ehr.iss), *ehr.hosts)), practice=practice, seconds=seconds)


def way_out(*, ehr: Ehr, agency_id: UUID, launch: str, back: str, now: datetime, practice: bool) -> WayOut:
    """Begin an opening; `launch` is the EHR's own word for what is open there, empty for a standalone one. Raises `EhrFailed`."""
    told = wire_to(ehr, practice=practice).get(f"{ehr.iss}/.well-known/smart-configuration")
    if not isinstance(told, dict):
        raise EhrFailed("NOT_SMART")
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri", "issuer")
    authorize, token_url, jwks_url, issuer = (told.get(name) for name in names)
    if not all(isinstance(one, str) and one for one in (authorize, token_url, jwks_url, issuer)):
        raise EhrFailed("NOT_SMART")
    methods = told.get("code_challenge_methods_supported")
    if not isinstance(methods, list) or "S256" not in methods:
        raise EhrFailed("NOT_SMART")
    allowed = {host_of(ehr.iss), *ehr.hosts}
    if any(not is_safe_address(str(one), practice=practice) or host_of(str(one)) not in allowed for one in (authorize, token_url, jwks_url)):
        raise EhrFailed("ELSEWHERE")
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asks = {
        "response_type": "code", "client_id": ehr.client_id, "redirect_uri": back, "state": state, "nonce": nonce, "aud": ehr.iss,
        "scope": " ".join((("launch",) if launch else ("launch/patient",)) + SCOPES),
        "code_challenge": challenge, "code_challenge_method": "S256", **({"launch": launch} if launch else {}),
    }  # fmt: skip
    pending = Pending(
        ehr_id=str(ehr.pk), agency_id=str(agency_id), verifier=verifier, nonce=nonce, token_url=str(token_url), issuer=str(issuer),
        jwks_url=str(jwks_url), back=back, until=(now + LASTS).timestamp(),
    )  # fmt: skip
    joined = "&" if urlsplit(str(authorize)).query else "?"
    return WayOut(url=f"{authorize}{joined}{urlencode(asks)}", state=state, pending=pending)
