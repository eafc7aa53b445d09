"""Where the embedded server listens: a Unix socket folder that follows from the data folder alone."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PORT: Final = 5432
_LONGEST_SOCKET_PATH: Final = 107  # bytes, sun_path of Linux without its closing zero; macOS has 103 and is asked for less below.
_LONGEST: Final = min(_LONGEST_SOCKET_PATH, 103)


@dataclass(frozen=True, kw_only=True)
class Address:
    """``host`` is the folder of the socket (what libpq calls host), ``port`` names the socket in it."""

    host: str
    port: int

    @property
    def socket(self) -> Path:
        return Path(self.host) / f".s.PGSQL.{self.port}"


def address(home: Path) -> Address:
    """The address of the server of ``home``: pure, the same in each process. A path too long for a socket is hashed under the temp folder."""
    resolved = Path(os.path.abspath(home))
    near = Address(host=str(resolved / "postgres" / "run"), port=PORT)
    if len(os.fsencode(near.socket)) <= _LONGEST:
        return near
    digest = hashlib.sha256(os.fsencode(resolved)).hexdigest()[:20]
    return Address(host=str(Path(tempfile.gettempdir()) / f"careloom-{digest}"), port=PORT)
