"""A system that is told of changes: a receiver on a loopback socket, which keeps what came and answers as it is told."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

DOC = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "webhooks.md"


@dataclass
class Receiver:
    """What came: headers and body of each call. `answers` are the statuses that it gives in turn, then 200."""

    port: int = 0
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/told"


@contextmanager
def a_receiver() -> Iterator[Receiver]:
    """A receiver that runs until the end of the block."""
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.came.append(({name.lower(): value for name, value in self.headers.items()}, body))
            status = kept.answers.pop(0) if kept.answers else 200
            self.send_response(status)
            self.send_header("Location", f"http://127.0.0.1:{kept.port}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    kept.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()


def documented_check() -> Any:
    """The function that the how-to gives to receivers, as it stands there."""
    (code,) = re.findall(r"```python\n(.*?)```", DOC.read_text(encoding="utf-8"), re.S)
    names: dict[str, Any] = {}
    exec(code, names)
    return names["is_from_careloom"]
