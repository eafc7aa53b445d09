"""Signing in: password, authenticator app, passkeys offered, recovery codes sealed, and the agency's own OpenID Connect provider."""

from __future__ import annotations

from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from tests.factories.agencies import a_worker
from tests.factories.oidc import APPS, Provider

from careloom.agencies.models import Membership, User

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse 12 staple"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def member() -> Membership:
    return a_worker(password=PASSWORD)


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def enter(client: Client, member: Membership, password: str = PASSWORD) -> str:
    answer = client.post("/account/login/", {"login": member.worker.user.email, "password": password})
    return str(answer.headers.get("Location", ""))


def test_a_password_opens_a_session(client: Client, member: Membership) -> None:
    assert enter(client, member) == "/"
    assert client.get("/me/").status_code == 200


def test_a_wrong_password_opens_none_and_says_the_same_for_a_stranger(client: Client, member: Membership) -> None:
    wrong = client.post("/account/login/", {"login": member.worker.user.email, "password": "not the password"})
    stranger = client.post("/account/login/", {"login": "nobody@example.org", "password": "not the password"})
    assert (wrong.status_code, "_auth_user_id" in client.session) == (stranger.status_code, False)
    assert [str(e) for e in wrong.context["form"].non_field_errors()] == [str(e) for e in stranger.context["form"].non_field_errors()]


def test_with_an_authenticator_app_the_password_is_only_the_first_step(client: Client, member: Membership) -> None:
    secret = generate_totp_secret()
    TOTP.activate(member.worker.user, secret)
    assert enter(client, member) == "/account/2fa/authenticate/"
    assert client.get("/me/").headers["Location"].startswith("/account/login/")
    assert client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.post("/account/2fa/authenticate/", {"code": code_of(secret)}).status_code == 302
    assert client.get("/me/").status_code == 200


def test_a_new_worker_of_a_live_world_sets_up_all_three_and_is_let_in(client: Client, settings: SimpleNamespace) -> None:
    settings.CARELOOM_WORLD = "live"
    member = a_worker(password=PASSWORD, pin="")
    enter(client, member)
    asked = client.get("/me/", follow=True)
    assert asked.redirect_chain[-1][0].startswith("/account/reauthenticate/")
    page = client.post(asked.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    done = client.post("/account/2fa/totp/activate/", {"code": code_of(page.context["form"].secret)})
    assert done.headers["Location"] == "/account/2fa/recovery-codes/"
    assert client.get("/me/").headers["Location"] == "/me/pin/"
    client.post("/me/pin/", {"pin": "274913", "again": "274913"})
    assert client.get("/me/").status_code == 200


def test_a_recovery_code_opens_once(client: Client, member: Membership) -> None:
    TOTP.activate(member.worker.user, generate_totp_secret())
    code = RecoveryCodes.activate(member.worker.user).get_unused_codes()[0]
    enter(client, member)
    client.post("/account/2fa/authenticate/", {"code": code})
    assert client.get("/me/").status_code == 200
    again = Client()
    enter(again, member)
    again.post("/account/2fa/authenticate/", {"code": code})
    assert again.get("/me/").status_code == 302


def test_the_database_alone_opens_no_second_factor(member: Membership) -> None:
    secret = generate_totp_secret()
    TOTP.activate(member.worker.user, secret)
    RecoveryCodes.activate(member.worker.user)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    row = Authenticator.objects.get(user=member.worker.user, type=Authenticator.Type.TOTP)
    assert TOTP(row).validate_code(code_of(secret))


def test_passkeys_and_sessions_have_their_pages(client: Client, member: Membership) -> None:
    enter(client, member)
    assert client.get("/account/2fa/").status_code == 200
    assert client.get("/account/2fa/webauthn/add/").headers["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert client.get("/account/2fa/webauthn/add/").status_code == 200
    assert member.worker.user.email not in client.get("/account/sessions/").content.decode()
    asked = Client().get("/account/2fa/webauthn/login/", headers={"Accept": "application/json"})
    assert "challenge" in asked.json()["request_options"]["publicKey"]


def test_nobody_signs_up_by_herself(client: Client) -> None:
    sent = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/account/signup/", sent)
    assert not User.objects.filter(email="new@example.org").exists()


def test_nobody_changes_the_address_that_the_provider_knows_her_by(client: Client, member: Membership) -> None:
    enter(client, member)
    assert client.post("/account/email/", {"email": "other@example.org", "action_add": ""}).status_code == 404


@pytest.fixture
def provider(settings: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> Provider:
    made = Provider()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": APPS}}
    monkeypatch.setattr("careloom.agencies.sign_in.SocialAccountAdapter.get_requests_session", lambda self: made)
    return made


def come_back(client: Client, provider: Provider, **claims: object) -> str:
    return str(provider.brings(client, **claims).headers.get("Location", ""))


def test_the_provider_opens_the_sign_in_of_the_worker_it_knows(client: Client, member: Membership, provider: Provider) -> None:
    assert come_back(client, provider, email=member.worker.user.email.upper(), email_verified=True) == "/"
    assert client.get("/me/").status_code == 200
    assert SocialAccount.objects.get().user_id == member.worker.user_id
    again = Client()
    assert come_back(again, provider, email="changed@example.org", email_verified=True) == "/"


@pytest.mark.parametrize("verified", [False, "false", None])
def test_an_address_that_the_provider_did_not_check_opens_nothing(client: Client, member: Membership, provider: Provider, verified: object) -> None:
    assert come_back(client, provider, email=member.worker.user.email, email_verified=verified) == "/no-account/"
    assert "_auth_user_id" not in client.session


def test_the_provider_makes_no_new_worker(client: Client, provider: Provider) -> None:
    assert come_back(client, provider, email="stranger@example.org", email_verified=True) == "/no-account/"
    assert client.get("/no-account/").status_code == 200
    assert not User.objects.filter(email="stranger@example.org").exists()


def test_a_closed_sign_in_stays_closed_for_the_provider(client: Client, member: Membership, provider: Provider) -> None:
    User.objects.filter(pk=member.worker.user_id).update(is_active=False)
    assert come_back(client, provider, email=member.worker.user.email, email_verified=True) == "/no-account/"


def test_the_providers_second_factor_counts(client: Client, member: Membership, provider: Provider, settings: SimpleNamespace) -> None:
    settings.CARELOOM_WORLD = "live"
    come_back(client, provider, email=member.worker.user.email, email_verified=True)
    assert client.get("/me/").status_code == 200


def test_connecting_a_provider_joins_it_to_the_worker_who_is_signed_in(client: Client, member: Membership, provider: Provider) -> None:
    other = a_worker(password=PASSWORD)
    enter(client, member)
    provider.claims = {"sub": "subject-1", "email": other.worker.user.email, "email_verified": True}
    sent = client.post("/account/oidc/agency/login/?process=connect")
    state = parse_qs(urlsplit(sent.headers["Location"]).query)["state"][0]
    client.get("/account/oidc/agency/login/callback/", {"code": "one-time", "state": state})
    assert list(SocialAccount.objects.values_list("user_id", flat=True)) == [member.worker.user_id]
