"""What can be wrong with a pack, said so that its author can put it right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error stops the pack from loading; a warning is shown and it loads."""

    ERROR = "ERROR"
    WARNING = "WARNING"


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One problem: the file, the place in it, what is wrong and what to do."""

    file: str
    where: str
    what: str
    fix: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Give the problem in one line."""
        return f"{self.file}, {self.where}: {self.what} {self.fix}"
