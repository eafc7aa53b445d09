"""What a provider says is believed when it answers our request, signed, in time and for us; every forgery that is known is not.

The wrappings are those of Somorovsky and others, "On Breaking SAML: Be Whoever You Want to Be" (USENIX Security 2012).
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import etree
from tests.factories.saml import MFA, SAML, SAMLP, Idp, a_certificate, copied, pem_of, sent, sign

from careloom.infra import clock
from careloom.sso.protocol import NotBelieved, Said, Side, ask, read_answer

pytestmark = pytest.mark.django_db
SP, ACS = "https://careloom.test/account/sso/metadata", "https://careloom.test/account/sso/back/"
ASKED = "ONELOGIN_1"
RENEE = "renee@st-agnes.test"
DS = "{http://www.w3.org/2000/09/xmldsig#}"
A = f"{{{SAML}}}Assertion"


def side(*certificates: Any) -> Side:
    idp = Idp()
    pem = tuple(pem_of(one) for one in (certificates or (a_certificate(),)))
    return Side(entity_id=SP, acs_url=ACS, provider=idp.entity_id, sso_url=idp.sso_url, certificates=pem)


def answer(idp: Idp | None = None, **changes: Any) -> etree._Element:
    return (idp or Idp()).answer(**{"to": ASKED, "sp": SP, "acs": ACS, "email": RENEE} | changes)


def read(root: etree._Element | str, **how: Any) -> Said:
    text = root if isinstance(root, str) else sent(root)
    return read_answer(side(), text, **{"asked": ASKED, "at": clock.now(), "groups": "groups"} | how)


def refused(root: etree._Element | str, **how: Any) -> str:
    with pytest.raises(NotBelieved) as caught:
        read(root, **how)
    return caught.value.code


def test_an_answer_to_our_request_is_believed() -> None:
    said = read(answer(groups=("Social work", "Night"), context=MFA))
    assert (said.emails, said.groups, said.two_steps, said.is_lasting) == ((RENEE,), ("Social work", "Night"), True, True)
    assert said.ends_at > clock.outside()
    assert read(answer(signed="both")).two_steps is False
    assert read(answer(email="RENEE@ST-AGNES.TEST")).emails == (RENEE,)


def test_a_request_names_us_and_goes_where_the_metadata_says() -> None:
    made = ask(side(), relay="word")
    parts = urlsplit(made.url)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == Idp().sso_url
    assert made.id
    assert parse_qs(parts.query)["RelayState"] == ["word"]
    assert "SAMLRequest" in parse_qs(parts.query)
    assert ask(side(), relay="word").id != made.id


def test_a_new_key_counts_beside_the_old_one() -> None:
    both = side(a_certificate("old"), a_certificate("idp"))
    assert read_answer(both, sent(answer()), asked=ASKED, at=clock.now()).emails == (RENEE,)
    assert read_answer(both, sent(answer(key="old")), asked=ASKED, at=clock.now()).emails == (RENEE,)


@pytest.mark.parametrize(
    "changes",
    [
        {"signed": "nothing"}, {"signed": "response"}, {"key": "another"}, {"sha": "1"}, {"audience": "https://other.test"},
        {"recipient": "https://other.test/"}, {"destination": "https://other.test/"}, {"destination": ACS + "more"}, {"in_response_to": "ONELOGIN_2"},
        {"in_response_to": ""}, {"confirms": ""}, {"confirms": "ONELOGIN_2"}, {"issuer": "https://evil.test"}, {"from_": 900, "to_": 1200},
        {"from_": -900, "to_": -600}, {"name": ""}, {"destination": ""},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_not_for_this_request_counts_for_nothing(changes: dict[str, Any]) -> None:
    assert refused(answer(**changes))


def test_nothing_of_whom_it_is_about_is_in_the_reason() -> None:
    assert RENEE not in refused(answer(key="another"))


@pytest.mark.parametrize("text", ["", "x", "%%%", "A" * 400_001, base64.b64encode(b"<a/>").decode(), base64.b64encode(b"\xff\xfe").decode()])
def test_what_is_no_answer_at_all(text: str) -> None:
    assert refused(text)


def test_a_document_type_and_entities_are_refused() -> None:
    plain = etree.tostring(answer()).decode()
    bomb = '<!DOCTYPE a [<!ENTITY x "renee"><!ENTITY y "&x;&x;">]>'
    assert refused(base64.b64encode((bomb + plain).encode()).decode())
    outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    assert refused(base64.b64encode((outside + plain.replace(RENEE, "&x;")).encode()).decode())


def test_a_comment_in_a_name_does_not_cut_it() -> None:
    """The signature holds, because comments are not signed: who is read is the whole name (CVE-2017-11427 and its kin)."""
    root = answer(name="renee@st-agnes.test.evil.test", email="renee@st-agnes.test.evil.test")
    text = etree.tostring(root).decode().replace("renee@st-agnes.test.evil.test", "renee@st-agnes.test<!-- -->.evil.test")
    try:
        said = read(base64.b64encode(text.encode()).decode())
    except NotBelieved:
        return
    assert said.subject == "renee@st-agnes.test.evil.test"
    assert said.emails == ("renee@st-agnes.test.evil.test",)


def forged(root: etree._Element) -> Any:
    """Somebody else's assertion beside the signed one."""
    evil = copied(root.find(A))
    signature = evil.find(f"{DS}Signature")
    if signature is not None:
        evil.remove(signature)
    evil.set("ID", "_evil")
    for value in evil.iter(f"{{{SAML}}}AttributeValue", f"{{{SAML}}}NameID"):
        value.text = "ada@st-agnes.test"
    return evil


def _xsw1(root: Any) -> Any:
    """The signed response lies in the signature of a forged one."""
    whole = answer(signed="response")
    evil = copied(whole)
    signature = evil.find(f"{DS}Signature")
    original = copied(whole)
    original.remove(original.find(f"{DS}Signature"))
    signature.append(original)
    evil.set("ID", "_evil")
    evil.replace(evil.find(A), forged(evil))
    return evil


def _xsw2(root: Any) -> Any:
    """The same, the signature detached before the original."""
    whole = answer(signed="response")
    evil = copied(whole)
    original = copied(whole)
    original.remove(original.find(f"{DS}Signature"))
    evil.insert(1, original)
    evil.set("ID", "_evil")
    evil.replace(evil.find(A), forged(evil))
    return evil


def _xsw3(root: Any) -> Any:
    root.insert(1, forged(root))
    return root


def _xsw4(root: Any) -> Any:
    evil, signed = forged(root), root.find(A)
    root.replace(signed, evil)
    evil.append(signed)
    return root


def _xsw5(root: Any) -> Any:
    signed = root.find(A)
    evil = forged(root)
    evil.insert(1, signed.find(f"{DS}Signature"))
    root.replace(signed, evil)
    root.append(signed)
    return root


def _xsw6(root: Any) -> Any:
    signed = root.find(A)
    evil = forged(root)
    signature = signed.find(f"{DS}Signature")
    evil.insert(1, signature)
    root.replace(signed, evil)
    signature.append(signed)
    return root


def _xsw7(root: Any) -> Any:
    extensions = etree.SubElement(root, f"{{{SAMLP}}}Extensions")
    root.insert(1, extensions)
    extensions.append(forged(root))
    return root


def _xsw8(root: Any) -> Any:
    signed = root.find(A)
    evil = forged(root)
    signature = signed.find(f"{DS}Signature")
    evil.insert(1, signature)
    root.replace(signed, evil)
    etree.SubElement(signature, f"{DS}Object").append(signed)
    return root


def _same_id(root: Any) -> Any:
    evil = forged(root)
    evil.set("ID", root.find(A).get("ID"))
    root.insert(1, evil)
    return root


def _changed(root: Any) -> Any:
    next(root.iter(f"{{{SAML}}}AttributeValue")).text = "ada@st-agnes.test"
    return root


def _own_key(root: Any) -> Any:
    """Signed by the forger, whose certificate stands in the signature itself."""
    evil = forged(root)
    root.replace(root.find(A), evil)
    sign(evil, key="forger")
    return root


@pytest.mark.parametrize("wrap", [_xsw1, _xsw2, _xsw3, _xsw4, _xsw5, _xsw6, _xsw7, _xsw8, _same_id, _changed, _own_key])
def test_a_wrapped_or_changed_answer_is_not_believed(wrap: Callable[[Any], Any]) -> None:
    assert refused(wrap(answer()))
