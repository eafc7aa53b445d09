"""Who is reading or writing, for what purpose: the one place where the database scope is set.

Owns `Viewer` and `acting_as`. Does not decide what a viewer may see: row security and grants do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from uuid import UUID


class PrincipalKind(StrEnum):
    """The four kinds of reader, in one id space (DESIGN section 2)."""

    AGENCY = "AGENCY"
    PERSON = "PERSON"
    LINK = "LINK"
    SYSTEM = "SYSTEM"


class System(StrEnum):
    """Named system roles. No job runs without one; each can read only what its policies name."""

    GRANTS = "00000000-0000-4000-8000-000000000001"
    MATCHING = "00000000-0000-4000-8000-000000000002"
    JOB = "00000000-0000-4000-8000-000000000003"
    IMPORT = "00000000-0000-4000-8000-000000000004"
    EXTRACT = "00000000-0000-4000-8000-000000000005"
    SIGN_IN = "00000000-0000-4000-8000-000000000006"
    SEAL = "00000000-0000-4000-8000-000000000007"


class ScopeError(RuntimeError):
    """A family table was used with no viewer, or with another viewer than the one in scope."""


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """A principal that reads or writes, with the purpose it does so for.

    `holder_id` is whose own records these are: the agency of a worker, or the person herself.
    `whole_agency` is true for roles that look beyond their caseload (supervisor, privacy officer, jobs).
    `categories` are those that the roles may open inside the agency; None is every one (a person, a job). The database refuses the rest too.
    """

    principal_id: UUID
    kind: PrincipalKind
    purpose: str
    holder_id: UUID | None = None
    worker_id: UUID | None = None
    whole_agency: bool = False
    roles: frozenset[str] = field(default_factory=frozenset)
    permissions: frozenset[str] = field(default_factory=frozenset)
    categories: frozenset[str] | None = None

    def can(self, permission: str) -> bool:
        """Whether the role of this viewer allows `permission` (see agencies.roles)."""
        return permission in self.permissions

    def for_purpose(self, purpose: str) -> Viewer:
        """This viewer, reading for another purpose."""
        return replace(self, purpose=purpose)

    def may_open(self, category: str) -> bool:
        """Whether the role inside the agency may look at `category` (45 CFR 164.514(d))."""
        return self.categories is None or category in self.categories


def system(role: System, *, holder_id: UUID | None = None, purpose: str = "system_operation") -> Viewer:
    """The viewer of a named system role, with one agency as holder where the job works for an agency."""
    return Viewer(
        principal_id=UUID(role.value),
        kind=PrincipalKind.SYSTEM,
        purpose=purpose,
        holder_id=holder_id,
        whole_agency=True,
    )


_current: ContextVar[Viewer | None] = ContextVar("careloom_viewer", default=None)

SETTINGS = ("principal", "agency", "worker", "purpose", "whole_agency", "categories")
EVERY_CATEGORY = "*"
SET_SCOPE = "SELECT " + ", ".join(f"set_config('careloom.{name}', %s, true)" for name in SETTINGS)


@lru_cache(maxsize=1024)
def _listed(categories: frozenset[str]) -> str:
    return ",".join(sorted(categories))


def scope_parameters() -> tuple[str, str, str, str, str, str]:
    """The values that the database scope takes for the current viewer; all empty with no viewer."""
    viewer = _current.get()
    if viewer is None:
        return ("", "", "", "", "", "")
    return (
        str(viewer.principal_id),
        str(viewer.holder_id or ""),
        str(viewer.worker_id or ""),
        viewer.purpose,
        "1" if viewer.whole_agency else "",
        EVERY_CATEGORY if viewer.categories is None else _listed(viewer.categories),
    )


def current_viewer() -> Viewer | None:
    """The viewer in scope, or None."""
    return _current.get()


def require(viewer: Viewer) -> Viewer:
    """Check that `viewer` is the one in scope.

    Raises:
        ScopeError: no scope is set, or it is another viewer's. INVARIANT: a query never answers for one while the database answers for another.
    """
    if _current.get() != viewer:
        raise ScopeError("This query ran outside `with access.acting_as(viewer)` of its own viewer.")
    return viewer


@contextmanager
def acting_as(viewer: Viewer | None) -> Iterator[None]:
    """Set the scope for the block: the only way to do so.

    The database hears of it with the next statement of a transaction, whoever sends it (`engine.cursors`): a block that asks nothing costs nothing.
    """
    token = _current.set(viewer)
    try:
        yield
    finally:
        _current.reset(token)
