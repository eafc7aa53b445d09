"""How an export stands, and its manifest when it is done (FHIR Bulk Data Access 2.0.0)."""

from __future__ import annotations

from careloom.fhir.bulk.work import steps_of
from careloom.fhir.models import Export, ExportFile
from careloom.fhir.resources.shape import Json, instant


def address_of(export: Export) -> str:
    """Where the system asks how far it is."""
    return f"{export.base}/export/{export.pk}"


def progress(export: Export) -> str:
    """How far it is, in types: numbers of families are nobody's to read in a header."""
    steps = steps_of(export.kinds)
    done = len({kind for kind, _ in steps[: export.step]} - {kind for kind, _ in steps[export.step :]})
    return f"{done} of {len(export.kinds)} types written" if export.started_at else "waiting to begin"


def manifest(export: Export) -> Json:
    """The files of a finished export, in the order of its types."""
    files = ExportFile.objects.filter(export=export).order_by("place").values_list("pk", "kind", "lines")
    return {
        "transactionTime": instant(export.started_at or export.asked_at),
        "request": export.request,
        "requiresAccessToken": True,
        "output": [{"type": kind, "url": f"{address_of(export)}/{pk}", "count": lines} for pk, kind, lines in files],
        "error": [],
    }
