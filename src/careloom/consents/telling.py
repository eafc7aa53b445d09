"""Who must hear that she stopped sharing: those who hold what she had let go, and those who have seen it. Source: law.md 6.2; workflows 6.5.

What is shared through the product stops by itself, at once. This is for what people do beside it: a telephone call, a fax, a paper in a folder.

Obligations are above consents, so `config/subscriptions.py` hands in how one is opened.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from careloom.agencies.queries import agencies_by_id
from careloom.consents.models import Consent
from careloom.consents.tasks import Owe, leads
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.models import Disclosure

HOLDER, RECIPIENT = "CONSENT_STOPPED", "SHARING_STOPPED"


@transaction.atomic
def tell_of_stop(*, consent_id: UUID, at: datetime, owe: Owe) -> int:
    """Tell the holders and the recipients of a stopped consent; returns how many agencies were told. Again it changes nothing.

    A holder is told where she stopped it on her own pages: else the agency heard it itself. INVARIANT: a recipient is told only where the
    accounting says that it saw something under this very consent. To tell another would disclose what it never learned (42 CFR 2.13(c)).
    """
    with acting_as(system(System.GRANTS)):
        row = Consent.objects.filter(pk=consent_id, revoked_at__isnull=False).first()
    if row is None:
        return 0
    by_herself = row.revoked_how == "PORTAL"
    holders = [pk for pk in row.discloser_ids if by_herself]
    seen = {recipient for holder in row.discloser_ids for recipient in _seen_under(row, holder_id=holder)} - set(row.discloser_ids)
    agencies = agencies_by_id(ids={*holders, *seen})
    for pk in holders:
        if pk in agencies:
            _tell(row, agency_id=pk, kind=HOLDER, link=reverse("consents:one", args=[row.pk]), at=at, owe=owe)
    told = [pk for pk in sorted(seen, key=str) if pk in agencies]
    for pk in told:
        _tell(row, agency_id=pk, kind=RECIPIENT, link=reverse("consents:after_stop"), at=at, owe=owe)
    return len([pk for pk in holders if pk in agencies]) + len(told)


def _seen_under(row: Consent, *, holder_id: UUID) -> set[UUID]:
    with acting_as(system(System.JOB, holder_id=holder_id)):
        return set(Disclosure.objects.filter(instrument_id=row.pk, holder_id=holder_id).values_list("recipient_id", flat=True))


def _tell(row: Consent, *, agency_id: UUID, kind: str, link: str, at: datetime, owe: Owe) -> None:
    job = system(System.JOB, holder_id=agency_id)
    with acting_as(job):
        worker = leads(identity_id=row.identity_id, agency_id=agency_id) if kind == HOLDER else None
        owe(
            by=job, at=at, holder_id=agency_id, kind=kind, family_id=row.identity_id, identity_id=row.identity_id, link=link,
            request_key=f"{kind.lower()}:{row.pk}", worker_id=worker, due_at=None, about_id=row.pk, about_kind="CONSENT",
        )  # fmt: skip
