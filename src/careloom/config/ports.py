"""Whether a port is free, and who has it when it is not."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path


def is_free(*, host: str, port: int) -> bool:
    """Whether a server could listen there now. Raises OSError when the address is not this machine's or the port needs more rights."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise
    return True


def next_free(*, host: str, port: int) -> int | None:
    """The next free port above ``port``, looked for among twenty."""
    return next((number for number in range(port + 1, min(port + 21, 65536)) if is_free(host=host, port=number)), None)


def user(*, port: int) -> str | None:
    """The program that listens on ``port``, as "name (process N)"; None where the system does not say."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            rows = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for row in rows:
            parts = row.split()
            if parts[3] == "0A" and int(parts[1].rpartition(":")[2], 16) == port:
                inodes.add(f"socket:[{parts[9]}]")
    for entry in Path("/proc").glob("[0-9]*") if inodes else ():
        try:
            if any(os.readlink(handle) in inodes for handle in (entry / "fd").iterdir()):
                return f"{(entry / 'comm').read_text().strip()} (process {entry.name})"
        except OSError:
            continue
    return None
