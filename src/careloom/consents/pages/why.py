"""Why the reader sees what another holder has of a family: each live grant that it reads now, by holder, with the paper that opened it.

The reader of a court's order sees that an order opened it and how far, never the paper: who keeps it is its holder (42 CFR 2.13(c)).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.consents.models import Consent
from careloom.consents.pages.subject import Subject, subject_of
from careloom.infra.access import Viewer
from careloom.infra.access.models import Grant


@dataclass(frozen=True, kw_only=True)
class Why:
    """The grants that open this family to the reader for the reason that she looks for now. `consents` are the forms that she may read."""

    subject: Subject
    grants: tuple[Grant, ...]
    agencies: dict[UUID, Agency]
    consents: frozenset[UUID]
    purpose: str


def why_page(*, viewer: Viewer, identity_id: UUID, at: datetime) -> Why:
    """What opens this family to `viewer`. Raises NotVisible as `subject_of` does. Four queries."""
    subject = subject_of(viewer=viewer, identity_id=identity_id, place="consents:why", at=at)
    live = Grant.objects.seen_by(viewer).filter(
        recipient_id=viewer.principal_id, identity_id__in=subject.identity_ids, valid_from__lte=at, valid_to__gt=at,
        purposes__contains=[viewer.purpose],
    )  # fmt: skip
    grants = tuple(live.order_by("holder_id", "category"))
    papers = {grant.instrument_id for grant in grants if grant.instrument_id}
    forms = Consent.objects.seen_by(viewer).filter(pk__in=papers).values_list("pk", flat=True) if papers else ()
    return Why(
        subject=subject, grants=grants, agencies=agencies_by_id(ids={grant.holder_id for grant in grants}), consents=frozenset(forms),
        purpose=viewer.purpose,
    )  # fmt: skip
