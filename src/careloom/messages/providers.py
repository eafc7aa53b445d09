"""How a message leaves: to the console, into a file, or nowhere in tests. SMTP and HTTP kinds join here with operations."""

from __future__ import annotations

import sys
from typing import Protocol

from django.conf import settings


class Provider(Protocol):
    """Something that can carry a message."""

    def send(self, *, channel: str, address: str, text: str) -> None:
        """Hand over one message. The text is on the list of neutral sentences; the address is never logged."""


class FileProvider:
    """Appends to CARELOOM_HOME/outbox.txt, where a practice county's messages can be read."""

    def send(self, *, channel: str, address: str, text: str) -> None:
        with (settings.CARELOOM_HOME / "outbox.txt").open("a", encoding="utf-8") as file:
            file.write(f"{channel}\t{address}\t{text}\n")


class ConsoleProvider:
    """Writes to standard error that a message is ready, without its address or words."""

    def send(self, *, channel: str, address: str, text: str) -> None:
        sys.stderr.write(f"{channel} message ready, {len(text)} characters\n")


def provider() -> Provider:
    """The provider of this installation: the file in a practice county, else the console."""
    return FileProvider() if settings.CARELOOM_WORLD == "demo" else ConsoleProvider()
