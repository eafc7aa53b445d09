"""The web processes of a measured world, and a client that asks them over one kept-open connection."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from careloom.config.children import lean

PYTHON = [sys.executable, "-m"]


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(*, with_worker: bool = False) -> Iterator[tuple[int, list[int]]]:
    """Two web processes (and the job worker) of the present CARELOOM_HOME: their port and process ids."""
    port = free_port()
    env = lean() | {"CARELOOM_PORT": str(port), "CARELOOM_WEB_WORKERS": "2"}
    commands = [[*PYTHON, "gunicorn", "-c", "python:careloom.config.gunicorn", "careloom.config.wsgi:application"]]
    if with_worker:
        commands.append([*PYTHON, "careloom.config.cli", "worker"])
    children = [subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) for command in commands]
    try:
        _await(port)
        yield port, [child.pid for child in children]
    finally:
        for child in children:
            child.terminate()
        for child in children:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(15)
            child.kill()


def _await(port: int, patience: float = 60.0) -> None:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            client = Client(port=port)
            if client.get("/account/login/").status == 200:
                return
        time.sleep(0.05)
    raise TimeoutError("The web processes did not answer within a minute. Run bin/careloom doctor.")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back: status, the bytes on the wire, and the text."""

    status: int
    wire_bytes: int
    text: str
    location: str


@dataclass(kw_only=True)
class Client:
    """A signed-in browser of the plainest kind."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        """GET a page."""
        return self._ask("GET", path, b"", {})

    def post(self, path: str, **fields: str) -> Answer:
        """POST a form, with the CSRF token of the cookie."""
        body = urlencode({"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **fields}).encode()
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Accept-Encoding": "gzip", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **headers}
        try:
            self._connection.request(method, path, body or None, headers)
            got = self._connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            self._connection.request(method, path, body or None, headers)
            got = self._connection.getresponse()
        raw = got.read()
        for line in got.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        wire = len(raw) + sum(len(k) + len(v) + 4 for k, v in got.headers.items())
        text = gzip.decompress(raw) if got.headers.get("Content-Encoding") == "gzip" else raw
        return Answer(status=got.status, wire_bytes=wire, text=text.decode("utf-8", "replace"), location=got.headers.get("Location", ""))


def assets_of(page: str) -> list[str]:
    """The addresses that a browser fetches with this page: styles, scripts, and the fonts that its styles name."""
    return re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
