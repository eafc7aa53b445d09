"""What this app adds to the page of the accounting. Registered with `consents.given` in config."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from careloom.consents.given import GivenRow
from careloom.disclosures import words
from careloom.disclosures.models import Given
from careloom.infra.access import Viewer


def given_reader(*, viewer: Viewer, identity_ids: Iterable[UUID], start: int, most: int) -> list[GivenRow]:
    """What was given by hand or on paper about some people, as far as `viewer` may know, newest first. One query."""
    rows = Given.objects.seen_by(viewer).filter(identity_id__in=list(identity_ids)).defer("sealed").order_by("-given_at", "pk")
    return [
        GivenRow(
            at=row.given_at, to=row.to_name, categories=tuple(row.categories), how=words.code(row.how, among=words.HOW), basis=tuple(row.basis),
            permitted=row.permitted, url=reverse("disclosures:given", args=[row.pk]) if row.holder_id == viewer.holder_id else "",
            holder_id=row.holder_id, to_agency_id=row.to_agency_id, to_kind=row.to_kind, address=row.to_address, what=row.what, purpose=row.purpose,
            duties=tuple(row.obligations), waits_until=row.waits_until, review_needed=row.review_needed,
        )
        for row in rows[start : start + most]
    ]  # fmt: skip
