"""What a preview of a consent shows of appointments. Registered with `consents.preview` in config."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.formats import date_format

from careloom.consents.preview import PreviewRow
from careloom.infra import clock
from careloom.infra.access import Viewer
from careloom.messages.queries import appointments_of

# Enough that what somebody else sees earlier pushes no row out of the comparison.
MOST = 500


def preview_rows(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> list[PreviewRow]:
    """Appointments to come of these identities that `viewer` sees, soonest first. One query."""
    rows = appointments_of(viewer=viewer, identity_ids=identity_ids, since=clock.now(), most=MOST)
    return [
        PreviewRow(record=row, heap="APPOINTMENTS", text=f"{row.title}, {date_format(row.starts_at.astimezone(clock.zone()), 'M j')}") for row in rows
    ]
