"""What every page of an assessment or a plan loads: the row, the family and the agency, and whether the reader may write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from careloom.agencies.models import Agency
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.access.accounting import account
from careloom.kernel.agency_kinds import AgencyKind
from careloom.safety import queries
from careloom.safety.instruments import Instrument, instrument_of


@dataclass(frozen=True, kw_only=True)
class Page:
    """An assessment as a page shows it."""

    whole: queries.Whole
    about: queries.About
    instrument: Instrument
    may_write: bool
    may_approve: bool


def is_own(own: Agency, holder_id: UUID) -> bool:
    """Whether the reader's agency is child welfare and holds the row."""
    return own.kind == AgencyKind.CPS_AGENCY and own.pk == holder_id


def may(viewer: Viewer, own: Agency, permission: Permission) -> bool:
    """Whether the reader may do this as child welfare."""
    return own.kind == AgencyKind.CPS_AGENCY and viewer.can(permission)


def load(request: HttpRequest, assessment_id: UUID, *, place: str, writing: bool = False) -> Page:
    """An assessment with its family, accounted for. Raises NotVisible; with `writing` also for whoever may not write in it now."""
    viewer, own = viewer_of(request), agency_of(request)
    whole = queries.get_assessment(viewer=viewer, assessment_id=assessment_id)
    row, ours = whole.row, is_own(own, whole.row.holder_id)
    if writing and not (ours and viewer.can(Permission.SAFETY_WRITE)):
        raise NotVisible
    about = queries.about(viewer=viewer, identity_id=row.identity_id)
    rows: list[Any] = [row, *whole.people, *whole.findings, *about.rows]
    account(viewer=viewer, place=place, rows=rows, at=clock.now())
    return Page(
        whole=whole, about=about, instrument=instrument_of(pack=row.pack, key=row.instrument),
        may_write=ours and row.is_open and viewer.can(Permission.SAFETY_WRITE), may_approve=ours and viewer.can(Permission.SAFETY_APPROVE),
    )  # fmt: skip
