"""The administrator's pages on her agency's own sign-in: what is refused and why, groups, new keys, the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.factories.fhir import an_administrator
from tests.factories.saml import Idp, a_certificate
from tests.integration.sso.test_entering import registered

from careloom.agencies.models import Agency
from careloom.agencies.roles import Role
from careloom.kernel.agency_kinds import AgencyKind
from careloom.sso.models import Provider

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]
NEW = "/agency/sign-in/register/"


def a_file(data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("metadata.xml", Idp().metadata() if data is None else data)


def a_form(**changes: Any) -> dict[str, Any]:
    return {"name": "Hospital sign-in", "metadata": a_file(), "domains": "st-agnes.test\nclinic.st-agnes.test", "request_key": uuid4().hex} | changes


@pytest.fixture
def hospital(db: None) -> Agency:
    return an_agency(kind=AgencyKind.HOSPITAL, name="St. Agnes Hospital")


def test_from_the_file_to_the_list_and_nothing_opens_before_the_operator(hospital: Agency, sign_in: SignIn) -> None:
    browser = sign_in(an_administrator(hospital))
    assert "/agency/sign-in/" in browser.get("/me/").content.decode()
    form = a_form()
    page = browser.post(NEW, form, follow=True).content.decode()
    row = Provider.objects.get(agency=hospital)
    assert f"careloom sign-in confirm {row.pk}" in page
    assert (row.domains, row.confirmed_at) == (["st-agnes.test", "clinic.st-agnes.test"], None)
    assert "Waits for your operator" in browser.get("/agency/sign-in/").content.decode()
    assert browser.post(NEW, form | {"metadata": a_file()}).status_code == 302
    assert Provider.objects.filter(agency=hospital).count() == 1
    assert Client().post("/account/sso/", {"email": "x@st-agnes.test"}).status_code == 422


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"metadata": a_file(b"no xml")}, "no XML that can be read"), ({"metadata": a_file(b"<a/>")}, "does not describe an identity provider"),
        ({"metadata": a_file(b"<a>" + b" " * 200_001 + b"</a>")}, "too large for metadata"),
        ({"metadata": a_file(b'<!DOCTYPE a [<!ENTITY x "y">]>' + Idp().metadata())}, "no XML that can be read"),
        ({"metadata": a_file(Idp(sso_url="http://idp.test/sso").metadata())}, "no https address"),
        ({"metadata": a_file(Idp(sso_url="https://a:b@idp.test/sso").metadata())}, "no https address"),
        ({"metadata": a_file(Idp().metadata(binding="urn:oasis:names:tc:SAML:2.0:bindings:SOAP"))}, "by redirect"),
        ({"metadata": a_file(Idp().metadata(keys=""))}, "no certificate"), ({"domains": "not a domain"}, "ends of work e-mails"),
        ({"domains": "localhost"}, "ends of work e-mails"), ({"domains": " ".join(f"d{n}.test" for n in range(6))}, "ends of work e-mails"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said(hospital: Agency, sign_in: SignIn, changes: dict[str, Any], words: str) -> None:
    answer = sign_in(an_administrator(hospital)).post(NEW, a_form(**changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Provider.objects.exists()


def test_weak_and_ended_keys_are_refused_and_an_ended_one_beside_a_living_is_left_out(hospital: Agency, sign_in: SignIn) -> None:
    browser = sign_in(an_administrator(hospital))
    weak = a_file(Idp().metadata(certificates=[a_certificate("weak", size=1024)]))
    assert "too weak" in browser.post(NEW, a_form(metadata=weak)).content.decode()
    ended = a_certificate("gone", days=-1)
    assert "has ended" in browser.post(NEW, a_form(metadata=a_file(Idp().metadata(certificates=[ended])))).content.decode()
    both = a_file(Idp().metadata(certificates=[ended, a_certificate()]))
    assert browser.post(NEW, a_form(metadata=both)).status_code == 302
    assert len(Provider.objects.get(agency=hospital).certificates) == 1


def test_one_provider_signs_in_one_agency(hospital: Agency, sign_in: SignIn) -> None:
    registered(hospital, an_administrator(hospital), idp=Idp())
    other = an_agency(kind=AgencyKind.HOSPITAL)
    assert "Another agency signs in by this provider" in sign_in(an_administrator(other)).post(NEW, a_form()).content.decode()


def test_groups_new_keys_and_the_end(hospital: Agency, sign_in: SignIn) -> None:
    admin = an_administrator(hospital)
    row, browser = registered(hospital, admin, idp=Idp()), sign_in(admin)
    page = f"/agency/sign-in/{row.pk}/"
    shown = browser.get(page).content.decode()
    assert "AGENCY_ADMIN" not in shown
    assert "HOSPITAL_SOCIAL_WORKER" in shown
    lines = {"attribute": "groups", "group_0": "Social work", "role_0": "HOSPITAL_SOCIAL_WORKER", "group_1": "", "role_1": ""}
    assert browser.post(page, lines).status_code == 302
    assert [(one.group, one.role) for one in row.groups.all()] == [("Social work", "HOSPITAL_SOCIAL_WORKER")]
    assert browser.post(page, lines | {"attribute": ""}).status_code == 422
    assert browser.post(page, lines | {"role_0": ""}).status_code == 422
    assert browser.post(page, lines | {"role_0": "AGENCY_ADMIN"}).status_code == 422
    new = a_file(Idp().metadata(certificates=[a_certificate("idp2")]))
    assert browser.post(page, {"renew": "1", "metadata": new}).status_code == 302
    before = row.certificates
    row.refresh_from_db()
    assert row.certificates != before
    theirs = a_file(Idp(entity_id="https://another.test").metadata())
    assert "metadata of another provider" in browser.post(page, {"renew": "1", "metadata": theirs}).content.decode()
    assert "Nobody comes in by this provider" in browser.get(f"{page}end/").content.decode()
    assert "Ended" in browser.post(f"{page}end/", follow=True).content.decode()


def test_nobody_but_an_administrator_of_the_agency_has_these_pages(hospital: Agency, sign_in: SignIn) -> None:
    row = registered(hospital, an_administrator(hospital), idp=Idp())
    worker, other = sign_in(a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=hospital)), sign_in(an_administrator(an_agency()))
    for path in ("/agency/sign-in/", NEW, f"/agency/sign-in/{row.pk}/", f"/agency/sign-in/{row.pk}/end/"):
        assert worker.get(path).status_code == 404
    for path in (f"/agency/sign-in/{row.pk}/", f"/agency/sign-in/{row.pk}/end/"):
        assert other.get(path).status_code == 404
        assert other.post(path).status_code == 404
