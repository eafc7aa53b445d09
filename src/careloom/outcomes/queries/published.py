"""What was made ready, published and taken back, and which nations gave leave: for who keeps the exact figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from careloom.agencies.models import Worker
from careloom.agencies.roles import Permission
from careloom.infra.access import NotVisible, Viewer
from careloom.outcomes.models import Leave, Publication


@dataclass(frozen=True, kw_only=True)
class Published:
    """The newest publications, the leaves that were not taken back, and the names of the workers in them by id."""

    rows: Sequence[Publication]
    leaves: Sequence[Leave]
    names: Mapping[UUID, str]

    @property
    def waiting(self) -> Publication | None:
        """What was made ready and waits for a second person."""
        return next((row for row in self.rows if row.approved_at is None and row.withdrawn_at is None), None)


def published(*, viewer: Viewer, most: int = 50) -> Published:
    """The newest `most` publications, and all leaves that hold or may yet. Three queries.

    :raises NotVisible: the viewer does not keep the exact figures.
    """
    if not viewer.can(Permission.COUNTS_EXACT):
        raise NotVisible
    rows = list(Publication.objects.select_related("snapshot").order_by("-prepared_at")[:most])
    leaves = list(Leave.objects.filter(ended_at=None).order_by("nation", "-starts_on"))
    ids = {who for row in rows for who in (row.prepared_by, row.approved_by, row.withdrawn_by) if who}
    return Published(rows=rows, leaves=leaves, names=dict(Worker.objects.filter(pk__in=ids).values_list("pk", "name")))
