"""A balancer before two web machines that sends every request to the other machine than the one before: nothing sticks."""

from __future__ import annotations

import http.client
import threading
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

_SECONDS: Final = 120.0
#: Of one connection, not of the message.
_OF_THE_WAY: Final = frozenset({"connection", "keep-alive", "transfer-encoding", "te", "upgrade", "proxy-connection", "content-length"})


class Balancer:
    """Listens on loopback. `served` counts the answers of each machine, and `pages` keeps which machine answered which request for a page."""

    def __init__(self, machines: Sequence[int]) -> None:
        self.machines, self.served = tuple(machines), Counter[int]()
        self.pages: list[tuple[int, str]] = []
        self._turn, self._lock = 0, threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Door", (_Door,), {"balancer": self}))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """The address that people open."""
        return f"http://localhost:{self.port}"

    def stop(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def in_turn(self) -> tuple[int, ...]:
        """The machines in the order in which this request may try them: whose turn it is, then the others."""
        with self._lock:
            self._turn += 1
            first = self._turn % len(self.machines)
        return self.machines[first:] + self.machines[:first]

    def answered(self, machine: int, *, method: str, path: str, page: bool) -> None:
        """Note who answered."""
        with self._lock:
            self.served[machine] += 1
            if page:
                self.pages.append((machine, f"{method} {path.split('?')[0]}"))


class _Door(BaseHTTPRequestHandler):
    balancer: Balancer
    protocol_version = "HTTP/1.1"

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        sent = {name: value for name, value in self.headers.items() if name.lower() not in _OF_THE_WAY}
        for machine in self.balancer.in_turn():
            try:
                status, headers, text = self._ask(machine, sent, body)
            except ConnectionRefusedError:
                continue  # This machine is off: nothing was sent, so another one may be asked.
            except (OSError, http.client.HTTPException):
                break  # It may have been done. Whether to send it again is the sender's to decide.
            kind = next((value for name, value in headers if name.lower() == "content-type"), "")
            self.balancer.answered(machine, method=self.command, path=self.path, page=kind.startswith("text/html") or status in (302, 303))
            self._answer(status, headers, text)
            return
        self._answer(502, [("Content-Type", "text/plain")], b"No machine answered.")

    def _ask(self, machine: int, headers: dict[str, str], body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", machine, timeout=_SECONDS)
        try:
            connection.request(self.command, self.path, body or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()

    def _answer(self, status: int, headers: list[tuple[str, str]], text: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in _OF_THE_WAY:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            with suppress(OSError):
                self.wfile.write(text)
        self.close_connection = True

    do_GET = do_POST = do_HEAD = do_PUT = do_DELETE = do_OPTIONS = _pass_on

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: an address of a page names a family."""
