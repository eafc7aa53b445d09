"""Row security, principals, grants, caseload, the access log and the accounting. Domain-blind: it knows holders and identities, not plans.

Import from here; models come from `careloom.infra.access.models`.
"""

from careloom.infra.access.scope import PrincipalKind, ScopeError, System, Viewer, acting_as, current_viewer, require, system


class NotVisible(Exception):  # noqa: N818  (an answer, not a failure)
    """What was asked for is hidden or absent; the two are one answer. The middleware turns it into the one 404 page."""


__all__ = [
    "NotVisible",
    "PrincipalKind",
    "ScopeError",
    "System",
    "Viewer",
    "acting_as",
    "current_viewer",
    "require",
    "system",
]
