"""Our key pairs for record systems: made here, shown by their public half, changed without a moment in which neither counts.

Every instant here is the one that others know (`clock.outside`), because they keep what is shown and compare it. The private half is sealed
under the agency's data key and never leaves this machine. Source: SMART Backend Services (asymmetric authentication:
ES384); RFC 7517, RFC 7523.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from jwt.algorithms import ECAlgorithm

from careloom.agencies.models import Agency
from careloom.agencies.roles import Permission
from careloom.exchange.models import SourceKey
from careloom.infra import clock
from careloom.infra.access import Viewer, require
from careloom.infra.answers import Done, Refused
from careloom.infra.audit.actions import record
from careloom.infra.keys import KeyProblem, Keyring, decrypt_with, encrypt

SHOWN_BEFORE = timedelta(hours=24)
SHOWN_AFTER = timedelta(hours=24)
"""How long the older key is still shown, and counts, once the new one signs."""
PROOF_LASTS = timedelta(minutes=4)


def keys_of(agency_id: UUID, *, at: datetime) -> QuerySet[SourceKey]:
    """The keys of an agency that are shown now, the newest first."""
    return SourceKey.objects.filter(agency_id=agency_id).filter(Q(ends_at=None) | Q(ends_at__gt=at)).order_by("-signs_from", "-made_at")


def public_keys(agency_id: UUID, *, at: datetime) -> dict[str, Any]:
    """The JWKS that record systems read. Empty alike for an agency that has no key and for none at all."""
    return {"keys": [dict(key.public) for key in keys_of(agency_id, at=at)]}


@transaction.atomic
def ensure_key(*, agency: Agency, at: datetime) -> SourceKey:
    """The agency's key; made now where there is none, to sign at once, because nobody has read an older one."""
    Agency.objects.select_for_update().get(pk=agency.pk)
    return keys_of(agency.pk, at=at).first() or _make(agency.pk, at=at, signs_from=at)


@transaction.atomic
def change_key(*, by: Viewer, at: datetime) -> Done | Refused:
    """Make a new key, which signs after a day; the older ones end a day later. Refused: NOT_ALLOWED, WAIT (one is on its way already)."""
    require(by)
    if not by.can(Permission.AGENCY_ADMIN) or by.holder_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    Agency.objects.select_for_update().get(pk=by.holder_id)
    older = keys_of(by.holder_id, at=at)
    if older.filter(signs_from__gt=at).exists():
        return Refused(codes=("WAIT",))
    known = [key.pk for key in older]
    made = _make(by.holder_id, at=at, signs_from=at + SHOWN_BEFORE if known else at)
    SourceKey.objects.filter(pk__in=known, ends_at=None).update(ends_at=made.signs_from + SHOWN_AFTER)
    record(by=by, at=clock.now(), action="exchange.source_key_changed", object_id=made.pk)
    return Done(row_id=made.pk)


def proof(*, agency_id: UUID, client_id: str, audience: str, at: datetime) -> str:
    """A signed request for a token of `audience` (its token address), good for four minutes, once. Raises `infra.keys.KeyProblem`."""
    key = keys_of(agency_id, at=at).filter(signs_from__lte=at).first()
    if key is None:
        raise KeyProblem("This agency has no key for record systems. Its administrator makes one.")
    private = decrypt_with(keys=_ring().agency_keys(agency_id), ciphertext=bytes(key.sealed), associated=key.pk.bytes)
    seconds = int(at.timestamp())
    claims: Mapping[str, Any] = {
        "iss": client_id, "sub": client_id, "aud": audience, "jti": uuid4().hex, "iat": seconds, "exp": seconds + int(PROOF_LASTS.total_seconds())
    }  # fmt: skip
    return jwt.encode(dict(claims), private.decode(), algorithm="ES384", headers={"kid": key.public["kid"]})


def _make(agency_id: UUID, *, at: datetime, signs_from: datetime) -> SourceKey:
    pair, row = ec.generate_private_key(ec.SECP384R1()), SourceKey(agency_id=agency_id, made_at=at, signs_from=signs_from)
    pem = pair.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    public = json.loads(ECAlgorithm.to_jwk(pair.public_key()))
    row.public = public | {"kid": row.pk.hex, "alg": "ES384", "use": "sig", "key_ops": ["verify"]}
    row.sealed = encrypt(key=_ring().agency_key(agency_id), plaintext=pem, associated=row.pk.bytes)
    row.save(force_insert=True)
    return row


def _ring() -> Keyring:
    return Keyring(home=settings.CARELOOM_HOME)
