"""The call itself: one POST to a checked number, nothing followed, little read."""

from __future__ import annotations

import http.client
import socket
import ssl

from careloom.fhir.hooks.guard import NotCalled, Target, checked

SECONDS = 5
MOST_READ = 1000


class _Pinned(http.client.HTTPConnection):
    """A connection to the number that was checked; TLS still proves the name."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS)
        self._target = target

    def connect(self) -> None:
        """Open it."""
        made = socket.create_connection((self._target.number, self._target.port), timeout=SECONDS)
        self.sock = ssl.create_default_context().wrap_socket(made, server_hostname=self._target.host) if self._target.secure else made


def call(url: str, *, body: bytes, headers: dict[str, str]) -> str:
    """POST `body` to `url`; its status as text, or a word for why there is none: the code of `NotCalled`, TLS, TIME or NETWORK.

    A redirect is an answer like any other: it is not followed.
    """
    try:
        target = checked(url)
        connection = _Pinned(target)
        try:
            connection.request("POST", target.path, body=body, headers=headers)
            answer = connection.getresponse()
            answer.read(MOST_READ)
            return str(answer.status)
        finally:
            connection.close()
    except NotCalled as refused:
        return refused.code
    except ssl.SSLError:
        return "TLS"
    except TimeoutError:
        return "TIME"
    except (OSError, http.client.HTTPException, ValueError):
        return "NETWORK"
