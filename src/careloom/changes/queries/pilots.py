"""A pilot with its sites, months, cycles and feedback. Source: R-011."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careloom.changes.models import Cycle, Feedback, Observation, Pilot, PilotSite
from careloom.infra.access import NotVisible, Viewer
from careloom.partnership.standing import Standing, standing_of


@dataclass(frozen=True, kw_only=True)
class PilotPage:
    """A pilot as a whole: where it is tried before where it is compared; months in order."""

    pilot: Pilot
    standing: Standing
    sites: tuple[PilotSite, ...]
    months: tuple[date, ...]
    seen: dict[tuple[UUID, date], Observation]  # by site and month
    cycles: tuple[Cycle, ...]  # newest first
    feedback: tuple[Feedback, ...]


def pilot_of(*, viewer: Viewer, collaborative_id: UUID, pilot_id: UUID) -> PilotPage:
    """One pilot. Eight queries. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    pilot = Pilot.objects.filter(pk=pilot_id, collaborative_id=collaborative_id).select_related("body").first()
    if pilot is None:
        raise NotVisible
    seen = {(one.site_id, one.month): one for one in Observation.objects.filter(site__pilot=pilot)[:2000]}
    return PilotPage(
        pilot=pilot, standing=standing, sites=tuple(pilot.sites.order_by("compares", "name")), seen=seen,
        months=tuple(sorted({month for _site, month in seen})), cycles=tuple(pilot.cycles.order_by("-number")[:200]),
        feedback=tuple(pilot.feedback.order_by("-sent_on", "-made_at")[:200]),
    )  # fmt: skip
