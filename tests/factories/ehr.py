"""A small EHR of our own on a loopback socket: SMART configuration, authorize, token, keys and FHIR reads, each of which can be made to misbehave."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

Json = dict[str, Any]
Answer = tuple[int, str, bytes]
CLIENT = "careloom-at-st-agnes"
FHIR = "application/fhir+json"


@cache
def _key(which: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def as_json(data: Any, status: int = 200) -> Answer:
    return status, FHIR, json.dumps(data).encode()


@dataclass
class StandIn:
    """The EHR. `patient` is whose record is open; `claims` change the id token; `instead` answers a path by itself; `headers` go with it."""

    resources: list[Json] = field(default_factory=list)
    patient: str = ""
    claims: Json = field(default_factory=dict)
    token_extra: Json = field(default_factory=dict)
    config: Json = field(default_factory=dict)
    signed_by: str = "ours"
    refuses: set[str] = field(default_factory=set)
    instead: dict[str, Callable[[], Answer]] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    token: str = "opaque-token-of-one-opening"
    base: str = ""
    a_page: int = 3

    @property
    def iss(self) -> str:
        return f"{self.base}/fhir"

    def authorize(self, url: str) -> str:
        """What a browser does at the EHR's sign-in: the address at which it comes back, relative to Careloom."""
        asks = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert asks["response_type"] == "code"
        assert asks["client_id"] == CLIENT
        assert asks["aud"] == self.iss
        assert asks["code_challenge_method"] == "S256"
        assert len(asks["code_challenge"]) == 43
        code = f"code-{len(self.codes)}"
        self.codes[code] = asks
        back = urlsplit(asks["redirect_uri"])
        assert (back.netloc, back.path) == ("testserver", "/ehr/back/")
        return f"{back.path}?{urlencode({'code': code, 'state': asks['state']})}"

    def answer(self, method: str, path: str, body: str, bearer: str) -> Answer:
        parts = urlsplit(path)
        self.asked.append(path)
        if parts.path in self.instead:
            return self.instead[parts.path]()
        if parts.path == "/fhir/.well-known/smart-configuration":
            told = {
                "issuer": self.base, "jwks_uri": f"{self.base}/keys", "authorization_endpoint": f"{self.base}/authorize",
                "token_endpoint": f"{self.base}/token", "code_challenge_methods_supported": ["S256"],
            }  # fmt: skip
            return as_json(told | self.config)
        if parts.path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_key("ours").public_key()))
            return as_json({"keys": [public | {"kid": "e1", "alg": "RS256", "use": "sig"}]})
        if parts.path == "/token" and method == "POST":
            return self._token({name: values[0] for name, values in parse_qs(body).items()})
        return self._fhir(parts.path.removeprefix("/fhir/"), parse_qs(parts.query), bearer)

    def _token(self, form: dict[str, str]) -> Answer:
        asks = self.codes.pop(form.get("code", ""), None)
        if asks is None or form.get("redirect_uri") != asks["redirect_uri"] or form.get("client_id") != CLIENT:
            return as_json({"error": "invalid_grant"}, 400)
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if proof != asks["code_challenge"]:
            return as_json({"error": "invalid_grant"}, 400)
        import time

        now = int(time.time())
        claims = {"iss": self.base, "sub": "renee", "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asks["nonce"]} | self.claims
        signed = jwt.encode(claims, _key(self.signed_by), algorithm="RS256", headers={"kid": "e1"})
        told = {"access_token": self.token, "token_type": "Bearer", "expires_in": 300, "scope": asks["scope"], "id_token": signed}
        return as_json({k: v for k, v in (told | {"patient": self.patient} | self.token_extra).items() if v is not None})

    def _fhir(self, path: str, asks: dict[str, list[str]], bearer: str) -> Answer:
        if bearer != f"Bearer {self.token}":
            return as_json({"resourceType": "OperationOutcome"}, 401)
        kind, _, ident = path.partition("/")
        if kind in self.refuses:
            return as_json({"resourceType": "OperationOutcome"}, 403)
        own = [one for one in self.resources if one["resourceType"] == kind]
        if ident:
            found = next((one for one in own if one["id"] == ident), None)
            return as_json(found) if found else as_json({"resourceType": "OperationOutcome"}, 404)
        if "patient" in asks:
            wanted = f"Patient/{asks['patient'][0]}"
            own = [one for one in own if (one.get("subject") or one.get("patient") or {}).get("reference") == wanted]
        if "link" in asks:
            own = [one for one in own if any(link["other"]["reference"] == asks["link"][0] for link in one.get("link", []))]
        start, size = int(asks.get("page", ["0"])[0]), self.a_page
        links = [{"relation": "next", "url": f"{self.iss}/{kind}?{urlencode({k: v[0] for k, v in asks.items()} | {'page': start + size})}"}]
        bundle = {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": one} for one in own[start : start + size]]}
        return as_json(bundle | ({"link": links} if start + size < len(own) else {}))


@contextmanager
def a_stand_in(ehr: StandIn | None = None) -> Iterator[StandIn]:
    """The EHR, answering on a port of its own until the block ends."""
    ehr = ehr or StandIn()

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            status, kind, data = ehr.answer(self.command, self.path, body, self.headers.get("Authorization", ""))
            try:
                self.send_response(status)
                for name, value in (ehr.headers | {"Content-Type": kind, "Content-Length": str(len(data))}).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)
            except OSError:
                return

        do_GET = do_POST = _do

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    ehr.base = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield ehr
    finally:
        server.shutdown()
        server.server_close()
