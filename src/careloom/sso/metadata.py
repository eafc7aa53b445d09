"""Reads the metadata of an identity provider (SAML 2.0 Metadata): its name, where to ask it, and the certificates of its keys.

It is uploaded by an administrator and never fetched. Nothing in it is believed but what is read here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

MOST_BYTES: Final = 200_000
MOST_KEYS: Final = 6
LEAST_RSA: Final = 2048
CURVES: Final = frozenset({"secp256r1", "secp384r1", "secp521r1"})
MD: Final = "{urn:oasis:names:tc:SAML:2.0:metadata}"
DS: Final = "{http://www.w3.org/2000/09/xmldsig#}"
REDIRECT: Final = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"


class MetadataRefused(Exception):  # noqa: N818  (an answer, not a failure)
    """Why it is not taken, as a code: TOO_LARGE, NOT_XML, NOT_METADATA, SEVERAL, NO_REDIRECT, ADDRESS, NO_KEY, WEAK_KEY, ENDED_KEY."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Described:
    """An identity provider as its metadata describes it. `certificates` are PEM; `ends_at` is when the last of them ends."""

    entity_id: str
    sso_url: str
    certificates: tuple[str, ...]
    ends_at: datetime


def read_metadata(data: bytes, *, at: datetime) -> Described:
    """What the file says. Raises `MetadataRefused`. Keys that have ended by `at` are left out, and refused where none is left."""
    if len(data) > MOST_BYTES:
        raise MetadataRefused("TOO_LARGE")
    root = parse(data)
    found = [root] if root.tag == f"{MD}EntityDescriptor" else root.findall(f"{MD}EntityDescriptor")
    providers = [(one, idp) for one in found if (idp := one.find(f"{MD}IDPSSODescriptor")) is not None]
    if not providers:
        raise MetadataRefused("NOT_METADATA")
    if len(providers) > 1:
        raise MetadataRefused("SEVERAL")
    entity, idp = providers[0]
    entity_id = (entity.get("entityID") or "").strip()
    if not 0 < len(entity_id) <= 300 or not entity_id.isprintable():
        raise MetadataRefused("NOT_METADATA")
    kept = _certificates(idp, at=at)
    pem = tuple(one.public_bytes(Encoding.PEM).decode() for one in kept)
    return Described(entity_id=entity_id, sso_url=_address(idp), certificates=pem, ends_at=max(one.not_valid_after_utc for one in kept))


def parse(data: bytes) -> Any:
    """The root of an XML text without a document type, entities or the network. Raises `MetadataRefused` (NOT_XML)."""
    from lxml import etree

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
        root = etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        raise MetadataRefused("NOT_XML") from None
    if root.getroottree().docinfo.doctype:
        raise MetadataRefused("NOT_XML")
    return root


def _address(idp: Any) -> str:
    places = [one.get("Location") or "" for one in idp.findall(f"{MD}SingleSignOnService") if one.get("Binding") == REDIRECT]
    if not places:
        raise MetadataRefused("NO_REDIRECT")
    parts = urlsplit(places[0])
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.fragment or len(places[0]) > 500 or not places[0].isprintable():
        raise MetadataRefused("ADDRESS")
    return str(places[0])


def _certificates(idp: Any, *, at: datetime) -> list[x509.Certificate]:
    texts = [
        (one.text or "")
        for key in idp.findall(f"{MD}KeyDescriptor")
        if key.get("use") in (None, "signing")
        for one in key.iter(f"{DS}X509Certificate")
    ]
    if not 0 < len(texts) <= MOST_KEYS:
        raise MetadataRefused("NO_KEY")
    try:
        made = [x509.load_pem_x509_certificate(_pem(text)) for text in dict.fromkeys("".join(text.split()) for text in texts)]
    except ValueError:
        raise MetadataRefused("NO_KEY") from None
    if any(_is_weak(one) for one in made):
        raise MetadataRefused("WEAK_KEY")
    living = [one for one in made if one.not_valid_after_utc > at]
    if not living:
        raise MetadataRefused("ENDED_KEY")
    return living


def _pem(text: str) -> bytes:
    lines = "\n".join(text[start : start + 64] for start in range(0, len(text), 64))
    return f"-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n".encode()


def _is_weak(certificate: x509.Certificate) -> bool:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size < LEAST_RSA
    return not (isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in CURVES)
