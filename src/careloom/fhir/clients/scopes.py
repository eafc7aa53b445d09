"""Scopes of SMART App Launch 2.x: `system/Type.crus`, where c is to create one, r to read one, u to update one and s to search."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
    "DocumentReference": Permission.FAMILY_READ,
    "AuditEvent": Permission.ACCESS_LOG_READ,
    "Provenance": Permission.FAMILY_READ,
    "Organization": Permission.DIRECTORY_READ,
    "HealthcareService": Permission.DIRECTORY_READ,
    "Location": Permission.DIRECTORY_READ,
}
"""Every type that is served, with the permission that a worker needs for the page of the same."""
TYPES = tuple(NEEDS)
USUAL = tuple(kind for kind, needs in NEEDS.items() if needs is not Permission.ACCESS_LOG_READ)
"""What every role that may have a system can read; the log of looks is a privacy officer's."""
UPDATES: dict[str, Permission] = {"Task": Permission.REFERRAL_ANSWER}
"""What a system may change, with the permission that a worker needs for the same. It is registered apart: reading never brings it along."""
CREATES: dict[str, tuple[Permission, ...]] = {
    "Bundle": (Permission.NOTIFY, Permission.IMPORT_RECORDS),
    "ServiceRequest": (Permission.FAMILY_READ, Permission.PLAN_WRITE),
}
"""What a system may send in, with the permissions that a worker needs for the same: a Bundle is a message that tells of a birth. Registered apart."""
RIGHTS = "cruds"
_SCOPE = re.compile(r"system/(\*|[A-Za-z]{1,40})\.(?=[cruds])(c?r?u?d?s?)")


def every(role: Role) -> tuple[str, ...]:
    """All scopes that a system in `role` can have."""
    reads = tuple(f"system/{kind}.rs" for kind, permission in NEEDS.items() if permission in PERMISSIONS[role])
    updates = tuple(f"system/{kind}.u" for kind, permission in UPDATES.items() if permission in PERMISSIONS[role])
    return reads + updates + tuple(f"system/{kind}.c" for kind, needed in CREATES.items() if PERMISSIONS[role].issuperset(needed))


def needed(*, kind: str, right: str) -> tuple[Permission, ...] | None:
    """The permissions that `right` on `kind` takes, or None where nobody has it."""
    if right == "c":
        return CREATES.get(kind)
    one = UPDATES.get(kind) if right == "u" else NEEDS.get(kind)
    return None if one is None else (one,)


def given(*, asked: str, registered: Iterable[str]) -> tuple[str, ...]:
    """What of the scopes `asked` (words with spaces between) the registration allows, by type; `system/*` stands for all of them."""
    held = _read(registered)
    wanted: dict[str, set[str]] = {}
    for kind, rights in _read(asked.split()).items():
        for one in held if kind == "*" else {kind} & held.keys():
            wanted.setdefault(one, set()).update(rights & held[one])
    known = dict.fromkeys((*TYPES, *CREATES))
    return tuple(f"system/{kind}.{''.join(r for r in RIGHTS if r in wanted[kind])}" for kind in known if wanted.get(kind))


def allows(scopes: Iterable[str], *, kind: str, right: str) -> bool:
    """Whether `scopes` let their holder create (`c`), read (`r`), update (`u`) or search (`s`) resources of `kind`."""
    return right in _read(scopes).get(kind, set())


def _read(scopes: Iterable[str]) -> dict[str, set[str]]:
    """The rights by type; a word that is no scope counts for nothing."""
    found: dict[str, set[str]] = {}
    for one in (_SCOPE.fullmatch(scope) for scope in scopes):
        if one:
            found.setdefault(one[1], set()).update(one[2])
    return found
