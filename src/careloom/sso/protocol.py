"""Asks an identity provider who somebody is, and checks its answer (SAML 2.0 Web Browser SSO, HTTP-Redirect out and HTTP-POST back).

The signatures and the schema are checked by python3-saml; what it leaves open is checked here. INVARIANT: an answer counts only for the one
request that it answers, at our address, for our name, within its time, from the provider that was asked, with a signature over the assertion.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from careloom.sso.metadata import MetadataRefused, parse

if TYPE_CHECKING:
    # Eight megabytes that most web processes never need: loaded with the first sign-in of this kind.
    from onelogin.saml2.response import OneLogin_Saml2_Response
    from onelogin.saml2.settings import OneLogin_Saml2_Settings

POST: Final = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
REDIRECT: Final = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
PERSISTENT: Final = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
TRANSIENT: Final = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
MOST_TEXT: Final = 400_000
MOST_GROUPS: Final = 500
TWO_STEPS: Final = frozenset({
    "https://refeds.org/profile/mfa", "http://schemas.microsoft.com/claims/multipleauthn",
    "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract", "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard",
    "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI",
})  # fmt: skip
"""Authentication contexts that say that the provider asked for two steps. For every other, ours follows."""
MAIL: Final = (
    "urn:oid:0.9.2342.19200300.100.1.3", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", "email", "mail", "emailAddress",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request as it goes out: where the browser is sent, and the id that the answer must name."""

    url: str
    id: str


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a provider said of somebody, believed."""

    subject: str
    is_lasting: bool  # whether the subject's name is the same at the next sign-in
    emails: tuple[str, ...]
    groups: tuple[str, ...]
    two_steps: bool
    assertion_id: str
    ends_at: datetime


class NotBelieved(Exception):  # noqa: N818  (an answer, not a failure)
    """The answer counts for nothing. The code is for the log and tells nothing of anybody."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Side:
    """Who asks whom: our name and the address of the answer, the provider's name, address and certificates (PEM)."""

    entity_id: str
    acs_url: str
    provider: str
    sso_url: str
    certificates: tuple[str, ...]

    def settings(self) -> OneLogin_Saml2_Settings:
        """The library's settings, as strict as they go."""
        from onelogin.saml2.settings import OneLogin_Saml2_Settings

        certificates = [_bare(one) for one in self.certificates]
        return OneLogin_Saml2_Settings(
            {
                "strict": True,
                "debug": False,
                "sp": {"entityId": self.entity_id, "assertionConsumerService": {"url": self.acs_url, "binding": POST}, "NameIDFormat": PERSISTENT},
                "idp": {
                    "entityId": self.provider, "singleSignOnService": {"url": self.sso_url, "binding": REDIRECT},
                    "x509certMulti": {"signing": certificates}, "x509cert": certificates[0],
                },
                "security": {
                    "wantAssertionsSigned": True, "wantMessagesSigned": False, "wantNameId": True, "wantAttributeStatement": False,
                    "rejectDeprecatedAlgorithm": True, "rejectUnsolicitedResponsesWithInResponseTo": True, "requestedAuthnContext": False,
                    "allowRepeatAttributeName": True, "failOnAuthnContextMismatch": False, "allowSingleLabelDomains": True,
                },
            }
        )  # fmt: skip


def ask(side: Side, *, relay: str) -> Asked:
    """A request for a sign-in. `relay` comes back beside the answer; it is a word that only we understand, and no address."""
    from onelogin.saml2.auth import OneLogin_Saml2_Auth

    auth = OneLogin_Saml2_Auth(_request(side, {}), old_settings=side.settings())
    url = auth.login(return_to=relay, set_nameid_policy=False)
    return Asked(url=str(url), id=str(auth.get_last_request_id()))


def read_answer(side: Side, text: str, *, asked: str, at: datetime, mail: str = "", groups: str = "") -> Said:
    """What the answer in `text` (base64, as the browser brought it) says to the request with the id `asked`.

    `mail` and `groups` are names of attributes; without the first the usual ones are read. Raises `NotBelieved`.
    """
    from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
    from onelogin.saml2.response import OneLogin_Saml2_Response

    if not 0 < len(text) <= MOST_TEXT:
        raise NotBelieved("SIZE")
    try:
        response = OneLogin_Saml2_Response(side.settings(), text)
        _plain(response)
        response.is_valid(_request(side, {"SAMLResponse": text}), request_id=asked, raise_exceptions=True)
        _answers(response, side, asked=asked)
        return _said(response, mail=mail, groups=groups, at=at)
    except NotBelieved:
        raise
    except (OneLogin_Saml2_ValidationError, OneLogin_Saml2_Error) as error:
        raise NotBelieved(f"SAML_{error.code}") from None
    except Exception as error:  # whatever a hostile text does to a parser is one answer
        raise NotBelieved(type(error).__name__) from None


def _plain(response: OneLogin_Saml2_Response) -> None:
    """No document type, and no second assertion hidden anywhere: what is signed is what is read."""
    try:
        root = parse(response.response if isinstance(response.response, bytes) else response.response.encode())
    except MetadataRefused:
        raise NotBelieved("NOT_XML") from None
    if root.getroottree().docinfo.doctype or len(list(root.iter("{urn:oasis:names:tc:SAML:2.0:assertion}Assertion"))) != 1:
        raise NotBelieved("ASSERTIONS")
    if list(root.iter("{urn:oasis:names:tc:SAML:2.0:assertion}EncryptedAssertion")):
        raise NotBelieved("ENCRYPTED")
    ids = [one.get("ID") for one in root.iter() if isinstance(one.tag, str) and one.get("ID")]
    if len(ids) != len(set(ids)):
        raise NotBelieved("TWICE")


def _answers(response: OneLogin_Saml2_Response, side: Side, *, asked: str) -> None:
    """What the library lets pass: an answer without a request, without its address, or from a name that only looks right."""
    if response.get_in_response_to() != asked:
        raise NotBelieved("UNASKED")
    if response.document.get("Destination") != side.acs_url:
        raise NotBelieved("DESTINATION")
    if set(response.get_issuers()) != {side.provider}:
        raise NotBelieved("ISSUER")
    if response.get_audiences() != [side.entity_id]:
        raise NotBelieved("AUDIENCE")
    named = [one.get("InResponseTo") for one in response.document.iter("{urn:oasis:names:tc:SAML:2.0:assertion}SubjectConfirmationData")]
    if named != [asked]:
        raise NotBelieved("CONFIRMATION")


def _said(response: OneLogin_Saml2_Response, *, mail: str, groups: str, at: datetime) -> Said:
    attributes: dict[str, Sequence[Any]] = response.get_attributes()
    subject, form = str(response.get_nameid() or ""), str(response.get_nameid_format() or "")
    if not 0 < len(subject) <= 500:
        raise NotBelieved("SUBJECT")
    names = (mail,) if mail else MAIL
    emails = next((attributes[name] for name in names if attributes.get(name)), ())
    ends = response.get_assertion_not_on_or_after()
    ends_at = datetime.fromtimestamp(int(ends), tz=UTC) if ends else at
    return Said(
        subject=subject, is_lasting=form != TRANSIENT,
        emails=tuple(dict.fromkeys(str(one).strip().lower() for one in emails if isinstance(one, str) and "@" in one)),
        groups=tuple(dict.fromkeys(str(one) for one in attributes.get(groups, ())[:MOST_GROUPS])) if groups else (),
        two_steps=bool(TWO_STEPS & set(response.get_authn_contexts())), assertion_id=str(response.get_assertion_id()), ends_at=ends_at,
    )  # fmt: skip


def _request(side: Side, form: dict[str, str]) -> dict[str, Any]:
    """The request as the library wants it: made from our own address and not from what a browser says."""
    scheme, _, rest = side.acs_url.partition("://")
    host, _, path = rest.partition("/")
    return {"https": "on" if scheme == "https" else "off", "http_host": host, "script_name": f"/{path}", "get_data": {}, "post_data": form}


def _bare(pem: str) -> str:
    return "".join(line for line in pem.splitlines() if line and "CERTIFICATE" not in line)
