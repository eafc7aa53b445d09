"""Addresses that may be called from here: public ones, over TLS. Whoever names an address must not reach this network through us (SSRF)."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

NAT64 = ipaddress.ip_network("64:ff9b::/96")


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
    """The address `url` with the number that it stands for now. Raises `NotCalled`.

    Every number that the name stands for must be public. A practice county may also call this very machine, for its own trials.
    """
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
    numbers = _numbers(parts.hostname, port)
    if not all(_public(one) for one in numbers):
        raise NotCalled("INSIDE")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(secure=secure, host=parts.hostname, port=port, path=path, number=numbers[0])


def practice() -> bool:
    """Whether this is a county for practice, where nobody is real."""
    return bool(settings.CARELOOM_WORLD == "demo")


def _numbers(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotCalled("UNKNOWN") from None
    return [str(one[4][0]) for one in found]


def _public(number: str) -> bool:
    address = ipaddress.ip_address(number.partition("%")[0])
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    if address in NAT64:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if practice() and inner.is_loopback:
        return True
    return bool(address.is_global and inner.is_global and not inner.is_multicast)
