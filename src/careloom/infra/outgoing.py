"""Calls from here to addresses that somebody named: only to public numbers, decided once, and never longer than is said (SSRF, DNS rebinding).

Whoever names an address must not reach our own network through us. A name is looked up once, every number that it stands for must be public, and the
call goes to the number that was looked at; TLS still proves the name.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotPublic(Exception):  # noqa: N818  (an answer, not a failure)
    """A number inside some private network."""


def number_of(host: str, port: int, *, practice: bool) -> str:
    """The IP number to call for `host`. `practice` lets this very machine be called too, for trials in a world where nobody is real.

    :raises NotPublic: one of its numbers is not public. :raises OSError: it stands for no number. :raises UnicodeError: it is no name.
    """
    found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(is_public(one, practice=practice) for one in found):
        raise NotPublic
    return found[0]


def is_public(number: str, *, practice: bool) -> bool:
    """Whether an IP number is one of the open internet; a number that carries an IPv4 number within counts as that one too."""
    address = ipaddress.ip_address(number.partition("%")[0])
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    if address in NAT64:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if practice and inner.is_loopback:
        return True
    # An IPv4 number that is written as an IPv6 one is judged by itself: some of these forms count as private for that reason alone.
    return bool(inner.is_global and not inner.is_multicast and (address.is_global or inner is not address))


def connected(number: str, port: int, *, host: str, secure: bool, seconds: float) -> socket.socket:
    """A socket to that number; `secure` proves by TLS that it is `host`.

    :raises ssl.SSLError: it does not prove it. :raises OSError: nobody answers there within `seconds`.
    """
    plain = socket.create_connection((number, port), timeout=seconds)
    if not secure:
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except (OSError, ValueError):
        plain.close()
        raise


@contextmanager
def ended_after(sock: socket.socket, *, seconds: float) -> Iterator[None]:
    """Shut `sock` after so many seconds, whatever is going on: an answer that drips would never end by itself."""
    alarm = threading.Timer(seconds, _shut, [sock])
    alarm.daemon = True
    alarm.start()
    try:
        yield
    finally:
        alarm.cancel()
        sock.close()


def _shut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
