"""Scopes of SMART App Launch 2.x: `system/Type.rs`, where r is to read one resource and s to search."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from careloom.agencies.roles import PERMISSIONS, Permission, Role

NEEDS: dict[str, Permission] = {
    "Patient": Permission.FAMILY_READ,
    "RelatedPerson": Permission.FAMILY_READ,
    "CarePlan": Permission.FAMILY_READ,
    "CareTeam": Permission.FAMILY_READ,
    "Goal": Permission.FAMILY_READ,
    "ServiceRequest": Permission.FAMILY_READ,
    "Task": Permission.FAMILY_READ,
    "Consent": Permission.FAMILY_READ,
    "Condition": Permission.FAMILY_READ,
    "Observation": Permission.FAMILY_READ,
    "MedicationRequest": Permission.FAMILY_READ,
    "Encounter": Permission.FAMILY_READ,
    "QuestionnaireResponse": Permission.FAMILY_READ,
    "Provenance": Permission.FAMILY_READ,
    "Organization": Permission.DIRECTORY_READ,
    "HealthcareService": Permission.DIRECTORY_READ,
    "Location": Permission.DIRECTORY_READ,
}
"""Every type that is served, with the permission that a worker needs for the page of the same."""
TYPES = tuple(NEEDS)
_SCOPE = re.compile(r"system/(\*|[A-Za-z]{1,40})\.(rs|r|s)")


@dataclass(frozen=True, kw_only=True)
class Scope:
    """One type with what may be done with it."""

    kind: str
    may_read: bool
    may_search: bool

    def __str__(self) -> str:
        return f"system/{self.kind}.{'r' if self.may_read else ''}{'s' if self.may_search else ''}"


def every(role: Role) -> tuple[str, ...]:
    """All scopes that a system in `role` can have."""
    return tuple(f"system/{kind}.rs" for kind, permission in NEEDS.items() if permission in PERMISSIONS[role])


def given(*, asked: str, registered: Iterable[str]) -> tuple[str, ...]:
    """What of the scopes `asked` (words with spaces between) the registration allows, by type; `system/*` stands for all of them."""
    held = {scope.kind: scope for scope in _read(registered)}
    wanted: dict[str, set[str]] = {}
    for scope in _read(asked.split()):
        for kind in held if scope.kind == "*" else {scope.kind} & held.keys():
            rights = wanted.setdefault(kind, set())
            rights |= {"r"} if scope.may_read and held[kind].may_read else set()
            rights |= {"s"} if scope.may_search and held[kind].may_search else set()
    return tuple(f"system/{kind}.{''.join(sorted(wanted[kind]))}" for kind in TYPES if wanted.get(kind))


def allows(scopes: Iterable[str], *, kind: str, right: str) -> bool:
    """Whether `scopes` let their holder read (`r`) or search (`s`) resources of `kind`."""
    return any(scope.kind == kind and (scope.may_read if right == "r" else scope.may_search) for scope in _read(scopes))


def _read(scopes: Iterable[str]) -> list[Scope]:
    found = (_SCOPE.fullmatch(scope) for scope in scopes)
    return [Scope(kind=one[1], may_read="r" in one[2], may_search="s" in one[2]) for one in found if one]
