"""What an action on a paper answers. A refusal is a value with its reasons, not an exception."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from careloom.infra.access import NotVisible, PrincipalKind, Viewer, require


@dataclass(frozen=True, kw_only=True)
class Changed:
    """It was done; `grants` is how many flows began or ended because of it."""

    paper_id: UUID
    grants: int


def require_papers(by: Viewer, *, permission: str = "PAPERS_KEEP") -> None:
    """Check that `by` is in scope and that its role keeps papers; a job may too. Raises NotVisible where the role does not."""
    require(by)
    if by.kind is PrincipalKind.AGENCY and not by.can(permission):
        raise NotVisible


def require_keeper(by: Viewer) -> None:
    """Check that `by` is in scope and keeps papers, which no job does. Raises NotVisible."""
    require(by)
    if not by.can("PAPERS_KEEP"):
        raise NotVisible
