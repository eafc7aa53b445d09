"""The name that a worker looks for, on its way from one page to the next.

# INVARIANT: a name stands in no address: addresses are kept by proxies, logs, histories and bookmarks. It is posted, and the page of what it
found carries it sealed, for this sign-in only, so that the page can be turned and loaded again.
"""

from __future__ import annotations

import base64
import binascii

from django.http import HttpRequest

from careloom.agencies import sealing
from careloom.infra.keys import KeyProblem

MOST = 120
# A sealed name has one of few lengths, so that its size does not tell whose it is.
STEP = 128
USE = "family-search"


def seal_name(request: HttpRequest, *, text: str) -> str:
    """`text` for an address: sealed, and opened again by the same sign-in only."""
    plain = text[:MOST].encode()
    return base64.urlsafe_b64encode(sealing.seal(plain.ljust(-(-len(plain) // STEP) * STEP), use=USE, of=_owner(request))).decode()


def open_name(request: HttpRequest) -> str:
    """The name that the address carries; empty where it carries none, or another sign-in's."""
    try:
        sealed = base64.urlsafe_b64decode(request.GET.get("s", "")[:2000])
        return sealing.unseal(sealed, use=USE, of=_owner(request)).decode().strip() if sealed else ""
    except (binascii.Error, KeyProblem, ValueError):
        return ""


def _owner(request: HttpRequest) -> str:
    return f"{request.session.session_key}:{request.viewer.principal_id}"  # type: ignore[attr-defined]
