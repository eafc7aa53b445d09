"""Asks an EHR over HTTPS: only hosts that were registered, no redirects, a limit on size and on time.

INVARIANT: what fails is told by a code alone; no address, id or token of a request is in an error or a log.
"""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

from careloom.infra.outgoing import NotPublic, connected, ended_after, number_of

SECONDS = 20.0
MOST_BYTES = 25 * 1024 * 1024
PORTS = {"https": 443, "http": 80}
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class EhrFailed(Exception):
    """The EHR cannot be asked, or what it answers cannot be used; `code` is one of `words.FAILURES`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def host_of(url: str) -> str:
    """The host of an address as it is registered: with its port only where that is not the usual one; empty where there is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").lower()
    return f"{host}:{port}" if host and port and port != PORTS.get(parts.scheme) else host


def is_safe_address(url: str, *, practice: bool) -> bool:
    """Whether an address may be registered or asked at all: https without user and fragment; in a practice world also http on this machine."""
    try:
        parts = urlsplit(url)
        port_is_read = parts.port is None or parts.port > 0
    except ValueError:
        return False
    if not (parts.hostname and port_is_read) or "@" in parts.netloc or parts.fragment or any(sign <= " " for sign in url) or "\\" in url:
        return False
    return parts.scheme == "https" or (practice and parts.scheme == "http" and parts.hostname in _LOOPBACK)


@dataclass
class Wire:
    """One opening: every request in it shares the time (seconds) and the bytes that are left."""

    hosts: frozenset[str]
    practice: bool
    seconds: float = SECONDS
    _ends: float = field(init=False)
    _left: int = field(init=False, default=MOST_BYTES)

    def __post_init__(self) -> None:
        self._ends = time.monotonic() + self.seconds

    def get(self, url: str, *, token: str = "") -> Any:
        """The JSON at an address. Raises `EhrFailed`."""
        return self._json("GET", url, headers={"Authorization": f"Bearer {token}"} if token else {})

    def post(self, url: str, form: Mapping[str, str]) -> Any:
        """The JSON that answers a form. Raises `EhrFailed`."""
        return self._json("POST", url, headers={"Content-Type": "application/x-www-form-urlencoded"}, body=urlencode(form))

    def _json(self, method: str, url: str, *, headers: dict[str, str], body: str | None = None) -> Any:
        if not is_safe_address(url, practice=self.practice) or host_of(url) not in self.hosts:
            raise EhrFailed("ELSEWHERE")
        status, kind, data = self._ask(method, urlsplit(url), headers, body)
        if 300 <= status < 400:
            raise EhrFailed("ELSEWHERE")
        if status in (400, 401, 403, 404):
            raise EhrFailed("MISSING" if status == 404 else "REFUSED")
        if status != 200:
            raise EhrFailed("DOWN")
        try:
            if "json" not in kind.lower():
                raise EhrFailed("NOT_JSON")
            return json.loads(data)
        except (ValueError, RecursionError):
            raise EhrFailed("NOT_JSON") from None

    def _ask(self, method: str, url: SplitResult, headers: dict[str, str], body: str | None) -> tuple[int, str, bytes]:
        try:
            sock = self._connected(url)
            with ended_after(sock, seconds=self._time_left()):
                connection = http.client.HTTPConnection(url.hostname or "")
                connection.sock = sock
                path = (url.path or "/") + (f"?{url.query}" if url.query else "")
                asks = {"Host": url.netloc, "Accept": "application/fhir+json, application/json", "Connection": "close", **headers}
                connection.request(method, path, body=body, headers=asks)
                answer = connection.getresponse()
                data = answer.read(self._left + 1)
                self._time_left()
        except (OSError, http.client.HTTPException, ValueError):
            self._time_left()
            raise EhrFailed("DOWN") from None
        if len(data) > self._left:
            raise EhrFailed("TOO_BIG")
        self._left -= len(data)
        return answer.status, answer.headers.get("Content-Type", ""), data

    def _connected(self, url: SplitResult) -> socket.socket:
        """A socket to an address that was looked at first (`infra.outgoing`)."""
        host, port = url.hostname or "", url.port or PORTS[url.scheme]
        try:
            number = number_of(host, port, practice=self.practice)
        except NotPublic:
            raise EhrFailed("ELSEWHERE") from None
        return connected(number, port, host=host, secure=url.scheme == "https", seconds=self._time_left())

    def _time_left(self) -> float:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise EhrFailed("SLOW")
        return left
