"""Lists of one kind of thing, newest first, page by page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from careloom.infra.access import NotVisible, Viewer
from careloom.infra.ui.paging import Some, some
from careloom.partnership.standing import Standing, standing_of


def rows(
    model: type[Any], *, viewer: Viewer, collaborative_id: UUID, page: int = 1, order: tuple[str, ...] = ("-made_at", "pk"), where: Any = None
) -> tuple[Some, Standing]:
    """A page of the rows of `model` in a collaborative. Four queries. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    found = model.objects.filter(collaborative_id=collaborative_id, **(where or {})).order_by(*order)
    joined = [one.name for one in model._meta.get_fields() if one.name in ("owner", "body", "known")]
    return some(found.select_related(*joined) if joined else found, page=page), standing


def one_row(model: type[Any], *, viewer: Viewer, collaborative_id: UUID, row_id: UUID) -> tuple[Any, Standing]:
    """One row of `model`. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    row = model.objects.filter(pk=row_id, collaborative_id=collaborative_id).first()
    if row is None:
        raise NotVisible
    return row, standing
