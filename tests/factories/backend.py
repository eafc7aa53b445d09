"""A partner's record system that machines read (SMART Backend Services): our stand-in EHR, which believes only the keys that our address shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import jwt
from tests.factories.ehr import Answer, Json, StandIn, as_json

CLIENT = "careloom-at-pine"


@dataclass
class Backend(StandIn):
    """`keys` gives the JWKS as it is shown; `scope` is what it grants, None for all that was asked."""

    keys: Callable[[], Json] = field(default=lambda: {"keys": []})
    scope: str | None = None
    token_told: Json = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def answer(self, method: str, path: str, body: str, bearer: str) -> Answer:
        if urlsplit(path).path == "/token" and method == "POST":
            self.asked.append(path)
            return self.instead["/token"]() if "/token" in self.instead else self._machine({k: v[0] for k, v in parse_qs(body).items()})
        return super().answer(method, path, body, bearer)

    def _machine(self, form: dict[str, str]) -> Answer:
        if form.get("grant_type") != "client_credentials" or not form.get("client_assertion_type", "").endswith(":jwt-bearer"):
            return as_json({"error": "invalid_request"}, 400)
        proof = form["client_assertion"]
        named = jwt.get_unverified_header(proof).get("kid")
        key = next((one for one in self.keys()["keys"] if one["kid"] == named), None)
        if key is None:
            return as_json({"error": "invalid_client"}, 401)
        claims = jwt.decode(proof, jwt.PyJWK(key).key, algorithms=["ES384"], audience=f"{self.base}/token", issuer=CLIENT)
        assert claims["sub"] == CLIENT
        assert claims["exp"] - claims["iat"] <= 300
        if claims["jti"] in self.used:
            return as_json({"error": "invalid_client"}, 401)
        self.used.add(claims["jti"])
        told = {"access_token": self.token, "token_type": "bearer", "expires_in": 300, "scope": self.scope or form["scope"]}
        return as_json(told | self.token_told)

    def _fhir(self, path: str, asks: dict[str, list[str]], bearer: str) -> Answer:
        """Searches people by name and birth date too."""
        if path == "Patient" and "family" in asks:
            own = [one for one in self.resources if one["resourceType"] == "Patient" and one.get("birthDate") == asks["birthdate"][0]]
            own = [one for one in own if any(name["family"].lower() == asks["family"][0].lower() for name in one["name"])]
            kept, self.resources = self.resources, own
            try:
                return super()._fhir(path, {}, bearer)
            finally:
                self.resources = kept
        return super()._fhir(path, asks, bearer)
