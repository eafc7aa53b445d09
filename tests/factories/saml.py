"""An identity provider for tests: its key, its metadata, and answers that it signs (or that somebody forges in its name)."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import uuid4

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from lxml import etree

from careloom.infra import clock

SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol"
PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
MFA = "https://refeds.org/profile/mfa"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"


def a_key(name: str = "idp", size: int = 2048) -> rsa.RSAPrivateKey:
    """One key for each name and size."""
    return _key(name, size)


@cache
def _key(name: str, size: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=size)


def a_certificate(name: str = "idp", *, size: int = 2048, days: int = 365) -> x509.Certificate:
    """A certificate of that key, which ends in `days`."""
    key, who = a_key(name, size), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = clock.outside() - timedelta(days=400)
    made = x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key()).serial_number(7)
    return made.not_valid_before(start).not_valid_after(clock.outside() + timedelta(days=days)).sign(key, hashes.SHA256())


def pem_of(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


@dataclass
class Idp:
    """A provider that signs with the key of its name."""

    entity_id: str = "https://idp.st-agnes.test/saml"
    sso_url: str = "https://idp.st-agnes.test/sso"
    key: str = "idp"
    facts: dict[str, Any] = field(default_factory=dict)

    def metadata(self, *, certificates: Iterable[x509.Certificate] = (), **changes: str) -> bytes:
        """Its metadata."""
        keys = "".join(
            f'<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{_bare(pem_of(one))}</ds:X509Certificate>'
            "</ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
            for one in (tuple(certificates) or (a_certificate(self.key),))
        )
        text = (
            '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" '
            'entityID="{entity}"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">{keys}'
            '<md:SingleSignOnService Binding="{binding}" Location="{url}"/></md:IDPSSODescriptor></md:EntityDescriptor>'
        )
        redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
        held = {"entity": self.entity_id, "url": self.sso_url, "binding": redirect, "keys": keys} | changes
        return text.format(**held).encode()

    def answer(self, *, to: str, sp: str, acs: str, email: str = "", signed: str = "assertion", **changes: Any) -> etree._Element:
        """A response to the request `to`; `signed` is what is signed: assertion, response, both or nothing."""
        held = {
            "issuer": self.entity_id, "audience": sp, "recipient": acs, "destination": acs, "in_response_to": to, "confirms": to,
            "name": f"n-{email}", "format": PERSISTENT, "context": PASSWORD, "groups": (), "from_": -60, "to_": 300, "key": self.key,
            "id": f"_{uuid4().hex}",
        } | self.facts | changes  # fmt: skip
        root = etree.fromstring(_text(held, email=email))
        if signed in ("assertion", "both"):
            sign(root.find(f"{{{SAML}}}Assertion"), key=held["key"], sha=held.get("sha", "256"))
        if signed in ("response", "both"):
            sign(root, key=held["key"], sha=held.get("sha", "256"))
        return root


def sent(root: etree._Element) -> str:
    """As a browser brings it."""
    return base64.b64encode(etree.tostring(root)).decode()


def sign(element: Any, *, key: str = "idp", sha: str = "256") -> None:
    """Sign an element by its ID, after its issuer."""
    method = xmlsec.constants.TransformRsaSha256 if sha == "256" else xmlsec.constants.TransformRsaSha1
    digest = xmlsec.constants.TransformSha256 if sha == "256" else xmlsec.constants.TransformSha1
    node = xmlsec.template.create(element, xmlsec.constants.TransformExclC14N, method, ns="ds")
    element.insert(1, node)
    reference = xmlsec.template.add_reference(node, digest, uri=f"#{element.get('ID')}")
    xmlsec.template.add_transform(reference, xmlsec.constants.TransformEnveloped)
    xmlsec.template.add_transform(reference, xmlsec.constants.TransformExclC14N)
    context = xmlsec.SignatureContext()
    private = a_key(key).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    context.key = xmlsec.Key.from_memory(private, xmlsec.constants.KeyDataFormatPem)
    xmlsec.tree.add_ids(element, ["ID"])
    context.sign(node)
    ns = "{http://www.w3.org/2000/09/xmldsig#}"
    data = etree.SubElement(etree.SubElement(node, f"{ns}KeyInfo"), f"{ns}X509Data")
    etree.SubElement(data, f"{ns}X509Certificate").text = _bare(pem_of(a_certificate(key)))


def copied(element: Any) -> Any:
    """The same element anew, of no document."""
    return deepcopy(element)


def _bare(pem: str) -> str:
    return "".join(line for line in pem.splitlines() if "CERTIFICATE" not in line)


def _text(held: dict[str, Any], *, email: str) -> str:
    now = clock.outside()

    def moment(seconds: float) -> str:
        return (now + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")

    groups = "".join(f"<saml:AttributeValue>{one}</saml:AttributeValue>" for one in held["groups"])
    given = f'<saml:Attribute Name="groups">{groups}</saml:Attribute>' if groups else ""
    mail = f'<saml:Attribute Name="email"><saml:AttributeValue>{email}</saml:AttributeValue></saml:Attribute>' if email else ""
    stated = f"<saml:AttributeStatement>{mail}{given}</saml:AttributeStatement>" if mail or given else ""
    asked = f' InResponseTo="{held["in_response_to"]}"' if held["in_response_to"] else ""
    confirms = f' InResponseTo="{held["confirms"]}"' if held["confirms"] else ""
    return (
        f'<samlp:Response xmlns:samlp="{SAMLP}" xmlns:saml="{SAML}" ID="_{uuid4().hex}" Version="2.0" IssueInstant="{moment(0)}" '
        f'Destination="{held["destination"]}"{asked}><saml:Issuer>{held["issuer"]}</saml:Issuer>'
        f'<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>'
        f'<saml:Assertion ID="{held["id"]}" Version="2.0" IssueInstant="{moment(0)}"><saml:Issuer>{held["issuer"]}</saml:Issuer>'
        f'<saml:Subject><saml:NameID Format="{held["format"]}">{held["name"]}</saml:NameID>'
        f'<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData '
        f'NotOnOrAfter="{moment(held["to_"])}" Recipient="{held["recipient"]}"{confirms}/></saml:SubjectConfirmation></saml:Subject>'
        f'<saml:Conditions NotBefore="{moment(held["from_"])}" NotOnOrAfter="{moment(held["to_"])}"><saml:AudienceRestriction>'
        f"<saml:Audience>{held['audience']}</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
        f'<saml:AuthnStatement AuthnInstant="{moment(0)}"><saml:AuthnContext><saml:AuthnContextClassRef>{held["context"]}'
        f"</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>{stated}</saml:Assertion></samlp:Response>"
    )
