"""What the steps of the walkthrough share: who acts, when, and what exists by now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction

from careloom.demo.load.family import mother_viewer
from careloom.demo.load.ground import Ground
from careloom.demo.walkthrough.report import Report
from careloom.exchange.importing import File
from careloom.infra import clock
from careloom.infra.access import Viewer, acting_as
from careloom.infra.events.outbox import delivered_inside

RENEE, DANA, LENA, BEA, SANDRA, RUTH, VERA = "castillo", "whitlock", "ortiz", "lindqvist", "lim", "adeyemi", "nettlesby"
PACK = "columbia"


@dataclass(kw_only=True)
class Walk:
    """One walk through the main job."""

    report: Report
    ground: Ground
    out: Path
    mother_file: File
    infant_files: tuple[File, ...]
    born_on: date
    """The birth day that the infant's bundle tells."""
    begins_at: datetime
    """From here the days of the walk count: the birth, or three weeks ago for a birth that is long past."""
    language: str = "es"
    given: str = ""
    family: str = ""
    mother_id: UUID | None = None
    hospital_mother_id: UUID | None = None
    infants: tuple[UUID, ...] = ()
    births: tuple[UUID, ...] = ()
    plan_id: UUID | None = None
    needs: dict[str, UUID] = field(default_factory=dict)
    consents: dict[str, UUID] = field(default_factory=dict)
    referrals: dict[str, UUID] = field(default_factory=dict)
    notification_id: UUID | None = None
    principal_id: UUID | None = None
    person_id: UUID | None = None

    @property
    def her(self) -> UUID:
        """The mother's identity in the plan."""
        if self.mother_id is None:
            raise LookupError("The prenatal plan comes first.")
        return self.mother_id

    @property
    def plan(self) -> UUID:
        """The plan."""
        if self.plan_id is None:
            raise LookupError("The prenatal plan comes first.")
        return self.plan_id

    def agency(self, worker_key: str) -> UUID:
        """The agency of a worker."""
        return self.ground.members[worker_key].agency_id

    def worker(self, worker_key: str) -> UUID:
        """The id of a worker."""
        return self.ground.members[worker_key].worker_id

    def viewer(self, worker_key: str) -> Viewer:
        """A worker as the viewer that she is when signed in."""
        return self.ground.viewer(worker_key)

    def day(self, days: int, *, hour: int = 0) -> datetime:
        """An instant some days after the birth, never ahead of the present."""
        return min(self.begins_at + timedelta(days=days, hours=hour), clock.now())

    @contextmanager
    def acting(self, worker_key: str, *, at: datetime) -> Iterator[Viewer]:
        """Act as a worker at an instant of the walk, in one transaction, as a request does."""
        viewer = self.viewer(worker_key)
        with clock.at(at), transaction.atomic(), delivered_inside(), acting_as(viewer):
            yield viewer

    @contextmanager
    def herself(self, *, at: datetime) -> Iterator[Viewer]:
        """Act as the mother on her own page."""
        if self.principal_id is None:
            raise LookupError("She was not let in yet.")
        viewer = mother_viewer(self.principal_id)
        with clock.at(at), transaction.atomic(), delivered_inside(), acting_as(viewer):
            yield viewer
