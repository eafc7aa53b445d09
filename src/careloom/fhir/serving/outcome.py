"""OperationOutcome: what was wrong, in plain words, without repeating what was asked."""

from __future__ import annotations

from dataclasses import dataclass, field

from careloom.fhir.resources.shape import Json


@dataclass
class Problem(Exception):  # noqa: N818  (an answer, not a failure)
    """A request that is not answered: HTTP status, an R4 issue code, and words that say what to do."""

    status: int
    code: str
    words: str
    headers: dict[str, str] = field(default_factory=dict)


def issue(*, code: str, words: str, severity: str = "error") -> Json:
    """One issue."""
    return {"severity": severity, "code": code, "diagnostics": words}


def outcome(*issues: Json) -> Json:
    """An OperationOutcome."""
    return {"resourceType": "OperationOutcome", "issue": list(issues)}


def not_found() -> Problem:
    """The one answer for what is hidden and for what is absent."""
    return Problem(404, "not-found", "There is nothing here that this system may read.")


def invalid(words: str) -> Problem:
    """A request that cannot be read."""
    return Problem(400, "invalid", words)


def not_supported(words: str) -> Problem:
    """A request for something that the CapabilityStatement does not name."""
    return Problem(400, "not-supported", words)
