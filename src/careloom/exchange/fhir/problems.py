"""What is wrong with a bundle, said so that the sender can mend it.

A problem names the FHIR path, what is wrong and the next step. It never repeats a value of the file,
because a message ends up in logs and on screens where personal data has no place.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST_PROBLEMS = 50
"""A refusal lists at most this many problems, so that a hopeless file still gives a readable page."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong: where (FHIR path), what, and what to do next.

    `blocks` is False where a person may look and say that all is well (see `pairs.check_pair`).
    """

    path: str
    what: str
    next_step: str
    blocks: bool = True

    def __str__(self) -> str:
        return f"{self.path}: {self.what} {self.next_step}"


class BundleRefused(Exception):
    """A bundle is taken whole or refused whole; `problems` is never empty, `left_off` counts the unlisted."""

    def __init__(self, problems: tuple[Problem, ...] | list[Problem]) -> None:
        self.problems = tuple(problems[:MOST_PROBLEMS])
        self.left_off = max(0, len(problems) - MOST_PROBLEMS)
        super().__init__("; ".join(str(p) for p in self.problems[:3]))


def refuse(path: str, what: str, next_step: str) -> BundleRefused:
    """A refusal with a single problem."""
    return BundleRefused([Problem(path=path, what=what, next_step=next_step)])
