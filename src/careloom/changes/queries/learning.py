"""The exchange of stories between collaboratives, and what oversight decided about indicators. Source: R-089, R-090, R-222."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from careloom.changes.models import Adoption, Lesson, Priority
from careloom.infra.access import Viewer
from careloom.infra.ui.paging import Some, some
from careloom.partnership.standing import Standing, collaboratives_of, standing_of

MOST = 500


@dataclass(frozen=True, kw_only=True)
class Told:
    """A page of stories with who took each up: own ones, and those that others share."""

    standing: Standing
    page: Some
    taken: dict[UUID, tuple[Adoption, ...]]
    tags: tuple[str, ...]


def exchange(*, viewer: Viewer, collaborative_id: UUID, tag: str = "", worked: bool | None = None, page: int = 1) -> Told:
    """Stories of this collaborative and those that others share, newest first, by a tag or by whether it worked. Six queries. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    readable = Lesson.objects.filter(Q(collaborative_id=collaborative_id) | Q(shared_on__isnull=False))
    tags = sorted({one for tags in readable.order_by("-made_at").values_list("tags", flat=True)[:500] for one in tags})
    found = readable.filter(tags__contains=[tag]) if tag else readable
    found = found if worked is None else found.filter(worked=worked)
    shown = some(found.select_related("collaborative").order_by("-made_at", "pk"), page=page)
    taken: dict[UUID, tuple[Adoption, ...]] = {}
    for one in Adoption.objects.filter(lesson__in=[row.pk for row in shown.rows]).select_related("collaborative").order_by("on"):  # type: ignore[attr-defined]
        taken[one.lesson_id] = (*taken.get(one.lesson_id, ()), one)
    return Told(standing=standing, page=shown, taken=taken, tags=tuple(tags))


def courses_by_indicator(*, viewer: Viewer) -> dict[str, tuple[Priority, ...]]:
    """What oversight decided about each indicator in every collaborative in which the reader has a part, the newest first. For the dashboards."""
    ids = [row.pk for row in collaboratives_of(viewer=viewer)]
    rows = Priority.objects.select_related("collaborative", "body", "owner").filter(collaborative_id__in=ids)
    found: dict[str, list[Priority]] = {}
    for row in rows.order_by("-decided_on", "-made_at", "pk")[:MOST]:
        found.setdefault(row.indicator, []).append(row)
    return {code: tuple(some_rows) for code, some_rows in found.items()}
