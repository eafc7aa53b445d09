"""Every type that is served, by name."""

from __future__ import annotations

from careloom.fhir.resources.provenance import ABOUT
from careloom.fhir.serving.audit_kind import AUDIT_EVENT
from careloom.fhir.serving.chart_kinds import CHART_KINDS
from careloom.fhir.serving.family_kinds import FAMILY_KINDS
from careloom.fhir.serving.kinds import Kind, at_path
from careloom.fhir.serving.matching import Ref
from careloom.fhir.serving.place_kinds import PLACE_KINDS

PROVENANCE = Kind(
    name="Provenance",
    profile="us-core-provenance",
    words="Who wrote a resource. It is searched by target or _id, or included with _revinclude=Provenance:target.",
    sources=(),
    includes={"target": (ABOUT, at_path("target"))},
)
KINDS: dict[str, Kind] = {kind.name: kind for kind in (*FAMILY_KINDS, *CHART_KINDS, AUDIT_EVENT, PROVENANCE, *PLACE_KINDS)}


def revincludes_of(name: str) -> tuple[str, ...]:
    """What may be asked for with `_revinclude` beside resources of a type: other types that point at it."""
    pointing = (
        f"{kind.name}:{param}"
        for kind in KINDS.values()
        for source in kind.sources
        for param, column in source.columns.items()
        if isinstance(column, Ref) and column.kind == name
    )
    return (*dict.fromkeys(pointing), *(("Provenance:target",) if name in ABOUT else ()))


def includes_of(kind: Kind) -> tuple[str, ...]:
    """What may be asked for with `_include`."""
    return tuple(f"{kind.name}:{param}" for param in kind.includes)
