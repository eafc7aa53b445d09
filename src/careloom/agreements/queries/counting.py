"""By which definitions the working agreement of an agency counts admission and discharge. Source: Department Guidance 19, section 3; R-203."""

from __future__ import annotations

from dataclasses import dataclass

from careloom.agreements.models import Agreement, Version
from careloom.infra.access import Viewer, require
from careloom.kernel.partnership.agreements import State
from careloom.partnership.models import Partner

ADMITS, DISCHARGES = "position_admits", "position_discharges"


@dataclass(frozen=True, kw_only=True)
class Counting:
    """What the parties agreed: the kinds of contact that admit, the reasons that discharge, and the version of the agreement that says so."""

    number: int
    admits_on: tuple[str, ...]
    discharges: tuple[str, ...]


def counted_by(*, viewer: Viewer) -> Counting | None:
    """What counts for the agency of `viewer`: its partners' working agreement that was executed last and is in force. None where there is none.

    As it was signed: what is written for the next version counts nothing. Two queries.
    """
    require(viewer)
    if viewer.holder_id is None:
        return None
    rooms = Partner.objects.filter(agency_id=viewer.holder_id, left_on=None).values("collaborative_id")
    live = Agreement.objects.filter(collaborative_id__in=rooms, kind="WORKING", number__gt=0, ended_at=None).exclude(state=State.EXPIRED)
    row = live.order_by("-executed_at", "pk").first()
    version = Version.objects.filter(agreement=row, number=row.number).first() if row else None
    if version is None or not (version.codes.get(ADMITS) and version.codes.get(DISCHARGES)):
        return None
    return Counting(number=version.number, admits_on=tuple(version.codes[ADMITS]), discharges=tuple(version.codes[DISCHARGES]))
