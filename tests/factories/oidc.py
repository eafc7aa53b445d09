"""A made-up OpenID Connect provider of the installation: discovery, token and user info, as allauth asks for them."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse
from django.test import Client

PROVIDER = "https://idp.example.org"
APP = {"provider_id": "agency", "name": "Agency sign-in", "client_id": "careloom", "secret": "s"}
APPS = [APP | {"settings": {"server_url": PROVIDER, "oauth_pkce_enabled": True}}]


class Answer:
    """What a provider's server answers."""

    def __init__(self, body: dict[str, object]) -> None:
        self.body, self.status_code, self.headers, self.text, self.content = body, 200, {"content-type": "application/json"}, "", b"x"

    def json(self) -> dict[str, object]:
        return self.body

    def raise_for_status(self) -> None:
        """Nothing is wrong."""


class Provider:
    """The provider as a session of `requests` sees it."""

    def __init__(self) -> None:
        self.claims: dict[str, object] = {}

    def __enter__(self) -> Provider:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    def get(self, url: str, **_: object) -> Answer:
        if url.endswith("/userinfo"):
            return Answer(self.claims)
        assert url == f"{PROVIDER}/.well-known/openid-configuration"
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
        return Answer({"issuer": PROVIDER} | {key: f"{PROVIDER}/{path}" for key, path in names.items()})

    def request(self, method: str, url: str, **_: object) -> Answer:
        assert (method, url) == ("POST", f"{PROVIDER}/token")
        return Answer({"access_token": "opaque", "token_type": "Bearer"})

    def post(self, url: str, **facts: object) -> Answer:
        return self.request("POST", url, **facts)

    def brings(self, client: Client, **claims: object) -> HttpResponse:
        """Somebody goes to the provider and comes back with these claims."""
        self.claims = {"sub": "subject-1", "email_verified": True, **claims}
        sent = client.post("/account/oidc/agency/login/")
        asked = urlsplit(sent.headers["Location"])
        query = parse_qs(asked.query)
        assert f"{asked.scheme}://{asked.netloc}{asked.path}" == f"{PROVIDER}/authorize"
        assert query["code_challenge_method"] == ["S256"]
        return client.get("/account/oidc/agency/login/callback/", {"code": "one-time", "state": query["state"][0]})
