"""Who belongs to the class that she signed for, when that becomes known later: a new clinic that treats her, the health plan that pays.

A form with a class ("my treating providers ...", 42 CFR 2.31(a)(4)(i), (ii)(B)) covers whoever belongs to it, also later. The form stays as she
signed it; what is added is the fact that an agency belongs to its class, with who wrote that down.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from careloom.agencies.models import Agency
from careloom.consents.forms.wishes import CLINICAL, PAYERS, TPO_CLASS
from careloom.consents.materialise import materialise
from careloom.consents.models import Consent
from careloom.consents.queries import Status, status_of
from careloom.consents.turns import take_family_turn
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.audit.actions import record
from careloom.infra.events.outbox import publish
from careloom.kernel.clocks import local_day
from careloom.kernel.events import ConsentChanged

LIVE = frozenset({Status.ACTIVE, Status.EXPIRES_SOON})


def may_belong(consent: Consent) -> list[Agency]:
    """The agencies that may belong to the class of `consent` and are not on it yet: those that treat, and for the one yes payers. One query."""
    kinds = CLINICAL + (PAYERS if consent.recipient_class == TPO_CLASS else ()) if consent.recipient_class else ()
    known = {*consent.recipient_ids, *consent.discloser_ids}
    found = Agency.objects.filter(active=True, kind__in=kinds) if kinds else Agency.objects.none()
    return sorted((agency for agency in found if agency.pk not in known), key=lambda agency: agency.name_outside)


@transaction.atomic
def note_member(*, by: Viewer, at: datetime, consent_id: UUID, agency_id: UUID) -> bool:
    """Write down that an agency belongs to the class of a form in force of `by`'s agency; its grants follow in this transaction.

    False when there is nothing to write down: no class, no agency that may belong to it, or it stands there already.
    Raises NotVisible for a worker whose role takes no consents, and for a form that is not her agency's.
    """
    require(by)
    row = Consent.objects.filter(pk=consent_id, holder_id=by.holder_id).first()
    if row is None or not by.can("CONSENT_WRITE"):
        raise NotVisible
    take_family_turn([row.identity_id])
    row.refresh_from_db()
    in_force = status_of(row, on=local_day(at=at, zone=settings.TIME_ZONE)) in LIVE
    if not in_force or agency_id not in {agency.pk for agency in may_belong(row)}:
        return False
    Consent.objects.filter(pk=row.pk).update(recipient_ids=[*row.recipient_ids, agency_id])
    materialise(row.subject_ids, at=at)
    record(by=by, at=at, action="consents.member_noted", identity_id=row.identity_id, object_id=row.pk, detail={"agency": str(agency_id)})
    publish(ConsentChanged(consent_id=row.pk, holder_id=row.holder_id, identity_id=row.identity_id), at=at)
    return True
