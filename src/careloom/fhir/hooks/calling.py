"""The call itself: one POST to a checked number, nothing followed, little read, five seconds in all."""

from __future__ import annotations

import http.client
import ssl

from careloom.fhir.hooks.guard import NotCalled, checked
from careloom.infra.outgoing import connected, ended_after

SECONDS = 5.0
MOST_READ = 1000


def call(url: str, *, body: bytes, headers: dict[str, str]) -> str:
    """POST `body` to `url`; its status as text, or a word for why there is none: the code of `NotCalled`, TLS, TIME or NETWORK.

    A redirect is an answer like any other: it is not followed.
    """
    try:
        target = checked(url)
        sock = connected(target.number, target.port, host=target.host, secure=target.secure, seconds=SECONDS)
        with ended_after(sock, seconds=SECONDS):
            connection = (
                http.client.HTTPSConnection(target.host, target.port) if target.secure else http.client.HTTPConnection(target.host, target.port)
            )
            connection.sock = sock
            connection.request("POST", target.path, body=body, headers={"Connection": "close", **headers})
            answer = connection.getresponse()
            answer.read(MOST_READ)
            return str(answer.status)
    except NotCalled as refused:
        return refused.code
    except ssl.SSLError:
        return "TLS"
    except TimeoutError:
        return "TIME"
    except (OSError, http.client.HTTPException, ValueError):
        return "NETWORK"
