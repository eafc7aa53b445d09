"""What was counted, for an agency's administrator, and the sums for the state's lead. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from careloom.agencies.roles import Permission
from careloom.infra.access import NotVisible, Viewer, require
from careloom.usage.models import Counted, FieldUse, ScreenUse


def fields_of(*, viewer: Viewer, whole: bool) -> list[FieldUse]:
    """Every counted field of the viewer's agency, or of the sum. One query. Raises NotVisible."""
    return list(FieldUse.objects.filter(agency_id=_whose(viewer, whole=whole)))


def screens_of(*, viewer: Viewer, whole: bool, months: Iterable[date]) -> list[ScreenUse]:
    """Every counted screen of the viewer's agency, or of the sum, in some months. One query. Raises NotVisible."""
    return list(ScreenUse.objects.filter(agency_id=_whose(viewer, whole=whole), month__in=list(months)))


def counted(*, viewer: Viewer, whole: bool) -> Counted | None:
    """When the count was made, or None where there is none yet. One query. Raises NotVisible."""
    return Counted.objects.filter(agency_id=_whose(viewer, whole=whole)).first()


def _whose(viewer: Viewer, *, whole: bool) -> UUID | None:
    require(viewer)
    if viewer.holder_id is None or not viewer.can(Permission.COUNTS_EXACT if whole else Permission.AGENCY_ADMIN):
        raise NotVisible
    return None if whole else viewer.holder_id
