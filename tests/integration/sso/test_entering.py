"""Somebody signs in by her agency's own provider: from the end of her e-mail to her day, once, in the roles of her groups; and nobody else does."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.fhir import an_administrator
from tests.factories.saml import MFA, Idp, sent

from careloom.agencies.models import Agency, Membership, User
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.answers import Done
from careloom.kernel.agency_kinds import AgencyKind
from careloom.sso import registering, views
from careloom.sso.models import Known, Provider

pytestmark = pytest.mark.django_db
SP, ACS = "http://testserver/account/sso/metadata/", "http://testserver/account/sso/back/"
DOMAIN = "st-agnes.test"


@dataclass
class Ward:
    """A hospital with its provider, and `renee` who works there."""

    hospital: Agency
    admin: Membership
    renee: Membership
    idp: Idp
    row: Provider

    @property
    def mail(self) -> str:
        return str(self.renee.worker.user.email)

    def out(self, browser: Client, *, email: str = "", next_path: str = "") -> tuple[str, str]:
        """Begin by e-mail: the id of the request and the word that goes along."""
        return asked_in(browser.post("/account/sso/", {"email": email or self.mail, "next": next_path}))

    def come_back(self, browser: Client, asked: str, relay: str, **changes: Any) -> HttpResponse:
        held = {"to": asked, "sp": SP, "acs": ACS, "email": self.mail} | changes
        return browser.post("/account/sso/back/", {"SAMLResponse": sent(self.idp.answer(**held)), "RelayState": relay})

    def enter(self, browser: Client, **changes: Any) -> HttpResponse:
        return self.come_back(browser, *self.out(browser), **changes)

    def map(self, *pairs: tuple[str, str]) -> None:
        by = viewer(self.admin)
        with acting_as(by):
            done = registering.map_groups(provider_id=self.row.pk, attribute="groups", pairs=pairs, by=by, at=clock.now())
        assert isinstance(done, Done), done

    @property
    def roles(self) -> set[str]:
        self.renee.refresh_from_db()
        return set(self.renee.roles)


def asked_in(page: HttpResponse) -> tuple[str, str]:
    """The request in the page that goes on by itself."""
    import base64
    import zlib

    url = html.unescape(re.search(r"content=\"0;URL='([^']+)'\"", page.content.decode())[1])  # type: ignore[index]
    query = parse_qs(urlsplit(url).query)
    request = zlib.decompress(base64.b64decode(query["SAMLRequest"][0]), -15).decode()
    return re.search(r'\bID="([^"]+)"', request)[1], query["RelayState"][0]  # type: ignore[index]


def who(browser: Client) -> str:
    """Whose session it is."""
    return str(browser.session.get("_auth_user_id", ""))


def registered(agency: Agency, admin: Membership, *, idp: Idp, domains: tuple[str, ...] = (DOMAIN,), confirmed: bool = True) -> Provider:
    by = viewer(admin)
    with acting_as(by):
        done = registering.register(name="Hospital sign-in", metadata=idp.metadata(), domains=domains, by=by, at=clock.now(), request_key=uuid4().hex)
    assert isinstance(done, Done), done
    if confirmed:
        registering.confirm(provider_id=done.row_id, at=clock.now())
    return Provider.objects.get(pk=done.row_id)


@pytest.fixture
def ward(db: None) -> Ward:
    hospital = an_agency(kind=AgencyKind.HOSPITAL, name="St. Agnes Hospital")
    admin, renee, idp = an_administrator(hospital), a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=hospital), Idp()
    User.objects.filter(pk=renee.worker.user_id).update(email=f"renee-{uuid4().hex[:8]}@{DOMAIN}")
    renee = Membership.objects.select_related("worker__user").get(pk=renee.pk)
    return Ward(hospital=hospital, admin=admin, renee=renee, idp=idp, row=registered(hospital, admin, idp=idp))


def test_she_comes_in_by_her_agency_s_sign_in(ward: Ward, client: Client) -> None:
    answer = ward.enter(client, context=MFA)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert who(client) == str(ward.renee.worker.user_id)
    assert Known.objects.filter(provider=ward.row).count() == 1
    again = Client()
    assert ward.enter(again, email="", name=f"n-{ward.mail}").status_code == 302, "known by her name there, she needs no e-mail"
    assert who(again) == who(client)


def test_a_second_step_is_ours_where_the_provider_asked_for_none(ward: Ward, client: Client, settings: Any) -> None:
    settings.CARELOOM_WORLD = "live"
    ward.enter(client)
    assert "/account/2fa/" in client.get("/today/").headers["Location"]
    two = Client()
    ward.enter(two, context=MFA)
    assert "/account/2fa/" not in two.get("/today/").headers.get("Location", "")


def test_many_who_fail_are_slowed_and_many_who_come_in_are_not(ward: Ward, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hospital's workers come from one address, all at the change of shift."""
    monkeypatch.setattr(views, "MOST_FAULTS", 3)
    for _ in range(4):
        assert ward.enter(Client()).status_code == 302
    for _ in range(3):
        assert ward.enter(Client(), signed="nothing").status_code == 403
    assert ward.enter(client).status_code == 429
    assert who(client) == ""


def test_an_answer_counts_once_and_for_one_browser(ward: Ward, client: Client) -> None:
    asked, relay = ward.out(client)
    stranger = Client()
    assert ward.come_back(stranger, asked, relay).status_code == 403
    assert who(stranger) == "", "another browser than the one that asked"
    same = ward.idp.answer(to=asked, sp=SP, acs=ACS, email=ward.mail)
    form = {"SAMLResponse": sent(same), "RelayState": relay}
    assert client.post("/account/sso/back/", form).status_code == 302
    client.logout()
    assert client.post("/account/sso/back/", form).status_code == 403
    assert who(client) == ""


def test_an_assertion_that_was_used_is_not_used_for_another_request(ward: Ward, client: Client) -> None:
    """Even if a provider were to answer a second request with the same assertion."""
    ward.enter(client, id="_same")
    again = Client()
    assert ward.enter(again, id="_same").status_code == 403
    assert who(again) == ""


def test_nobody_comes_in_unasked(ward: Ward, client: Client) -> None:
    form = {"SAMLResponse": sent(ward.idp.answer(to="", sp=SP, acs=ACS, email=ward.mail)), "RelayState": "/"}
    assert client.post("/account/sso/back/", form).status_code == 403
    assert client.post("/account/sso/back/", {}).status_code == 403
    assert client.get("/account/sso/back/").status_code == 405
    assert who(client) == ""


@pytest.mark.parametrize(
    "changes", [{"key": "another"}, {"signed": "nothing"}, {"to_": -100, "from_": -200}, {"sha": "1"}, {"audience": "https://x"}], ids=str
)
def test_what_is_not_believed_lets_nobody_in(ward: Ward, client: Client, changes: dict[str, Any]) -> None:
    answer = ward.enter(client, **changes)
    assert answer.status_code == 403
    assert who(client) == ""
    assert ward.mail not in answer.content.decode()


def test_a_provider_knows_its_own_agency_s_members_only(ward: Ward, client: Client) -> None:
    other = a_worker(Role.HOME_VISITOR)
    User.objects.filter(pk=other.worker.user_id).update(email=f"ada-{uuid4().hex[:8]}@{DOMAIN}")
    there = User.objects.get(pk=other.worker.user_id).email
    for mail in (there, f"nobody@{DOMAIN}", "renee@elsewhere.test"):
        answer = ward.enter(client, email=mail, name=uuid4().hex)
        assert "nobody here is known under it" in answer.content.decode()
        assert who(client) == ""


def test_who_works_in_two_agencies_uses_her_own_sign_in(ward: Ward, client: Client) -> None:
    second = an_agency()
    Membership.objects.create(
        worker=ward.renee.worker, agency=second, roles=["CARE_COORDINATOR"], starts_at=ward.renee.starts_at, ends_at=ward.renee.ends_at
    )
    assert "more than one agency" in ward.enter(client).content.decode()
    assert who(client) == ""


def test_the_domains_count_when_the_operator_has_confirmed_them(ward: Ward, client: Client) -> None:
    other = an_agency(kind=AgencyKind.HOSPITAL)
    idp = Idp(entity_id="https://idp.evil.test", sso_url="https://idp.evil.test/sso", key="evil")
    waits = registered(other, an_administrator(other), idp=idp, confirmed=False)
    assert client.get(f"/account/sso/{waits.pk}/").status_code == 404
    assert client.post("/account/sso/", {"email": "x@nowhere.test"}).status_code == 422


def test_another_provider_s_answer_to_our_request_counts_for_nothing(ward: Ward, client: Client) -> None:
    asked, relay = ward.out(client)
    evil = Idp(entity_id=ward.idp.entity_id, key="evil")
    form = {"SAMLResponse": sent(evil.answer(to=asked, sp=SP, acs=ACS, email=ward.mail)), "RelayState": relay}
    assert client.post("/account/sso/back/", form).status_code == 403
    assert who(client) == ""


def test_where_she_wanted_to_go_is_on_this_site(ward: Ward, client: Client) -> None:
    asked, relay = ward.out(client, next_path="/families/")
    assert ward.come_back(client, asked, relay).headers["Location"] == "/families/"
    for evil in ("https://evil.test/", "//evil.test/", "/\\evil.test", "javascript:alert(1)"):
        browser = Client()
        asked, relay = ward.out(browser, next_path=evil)
        assert ward.come_back(browser, asked, relay).headers["Location"] == "/"


def test_groups_give_and_take_roles_and_never_an_administrator_s(ward: Ward, client: Client) -> None:
    ward.map(("Social work", "HOSPITAL_SOCIAL_WORKER"), ("Leads", "SUPERVISOR"))
    ward.enter(client, groups=("Leads", "Night shift"))
    assert ward.roles == {"SUPERVISOR"}
    Membership.objects.filter(pk=ward.renee.pk).update(roles=["SUPERVISOR", "PRIVACY_OFFICER"])
    ward.enter(Client(), groups=("Social work",))
    assert ward.roles == {"HOSPITAL_SOCIAL_WORKER", "PRIVACY_OFFICER"}
    Membership.objects.filter(pk=ward.renee.pk).update(roles=["HOSPITAL_SOCIAL_WORKER"])
    out = Client()
    assert "None of your groups" in ward.enter(out, groups=("Night shift",)).content.decode()
    assert who(out) == ""
    by = viewer(ward.admin)
    with acting_as(by):
        refused = registering.map_groups(provider_id=ward.row.pk, attribute="groups", pairs=[("X", "AGENCY_ADMIN")], by=by, at=clock.now())
    assert not isinstance(refused, Done)


def test_an_ended_provider_lets_nobody_in(ward: Ward, client: Client) -> None:
    asked, relay = ward.out(client)
    by = viewer(ward.admin)
    with acting_as(by):
        registering.end(provider_id=ward.row.pk, by=by, at=clock.now())
    assert ward.come_back(client, asked, relay).status_code == 403
    assert client.post("/account/sso/", {"email": ward.mail}).status_code == 422


def test_our_metadata_says_who_we_are(client: Client) -> None:
    text = client.get("/account/sso/metadata/").content.decode()
    assert f'entityID="{SP}"' in text
    assert f'Location="{ACS}"' in text
    assert 'WantAssertionsSigned="true"' in text
