"""Addresses that may be called from here: public ones, over TLS. Whoever names an address must not reach this network through us (SSRF)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from careloom.infra.outgoing import NotPublic, number_of


class NotCalled(Exception):  # noqa: N818  (an answer, not a failure)
    """An address that is not called, with the code of why: SCHEME, FORM, UNKNOWN, INSIDE."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, kw_only=True)
class Target:
    """A checked address. `number` is the IP that was checked: the call goes there, so another answer of the name server changes nothing."""

    secure: bool
    host: str
    port: int
    path: str
    number: str


def checked(url: str) -> Target:
    """The address `url` with the number that it stands for now (`infra.outgoing`). Raises `NotCalled`."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotCalled("FORM") from None
    if not parts.hostname or parts.username or parts.password or parts.fragment or not url.isascii() or any(sign <= " " for sign in url):
        raise NotCalled("FORM")
    if parts.scheme != "https" and not (parts.scheme == "http" and practice()):
        raise NotCalled("SCHEME")
    secure = parts.scheme == "https"
    port = port or (443 if secure else 80)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(secure=secure, host=parts.hostname, port=port, path=path, number=_number(parts.hostname, port))


def practice() -> bool:
    """Whether this is a county for practice, where nobody is real."""
    return bool(settings.CARELOOM_WORLD == "demo")


def _number(host: str, port: int) -> str:
    try:
        return number_of(host, port, practice=practice())
    except NotPublic:
        raise NotCalled("INSIDE") from None
    except (OSError, UnicodeError):
        raise NotCalled("UNKNOWN") from None
