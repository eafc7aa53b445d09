"""What a preview of a consent, a release and her own copy show of treatment. Registered with `consents.preview` in config."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from careloom.agencies.queries import agencies_by_id
from careloom.consents.preview import PreviewRow
from careloom.infra import clock
from careloom.infra.access import Viewer
from careloom.treatment import words
from careloom.treatment.codes import Sort
from careloom.treatment.presenters.lines import EntryLine, line_of
from careloom.treatment.queries import Shown
from careloom.treatment.sorts import RULES

A_SORT = 200


def preview_rows(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> list[PreviewRow]:
    """Every entry of these people that `viewer` sees, sort by sort, the newest first. A query for each table."""
    ids, found = list(identity_ids), []
    for sort, rule in RULES.items():
        for part in rule.parts:
            rows = part.model.objects.seen_by(viewer).filter(identity_id__in=ids, taken_back_at=None)
            found += [Shown(sort=sort, rows=(row,)) for row in rows.order_by("-happened_on", "-recorded_at", "pk")[:A_SORT]]
    agencies, today = agencies_by_id(ids={entry.first.holder_id for entry in found}), clock.today()
    return [
        PreviewRow(
            record=entry.first, heap="TREATMENT", hers=False,
            text=_text(entry.sort, line_of(entry, own=agencies[entry.first.holder_id], agencies=agencies, today=today)),
        )
        for entry in found
    ]  # fmt: skip


def _text(sort: Sort, line: EntryLine) -> str:
    told = [f"{label}: {value}" for label, value in line.facts]
    return ". ".join(text for text in (words.code(sort, among=words.SORTS), line.head, *told, line.said) if text)
