"""Her card: a one-time code that says as much as she ticked, and what a worker's use of it does.

The code joins the records of one human being only because she brought it (R-160, J1.5). A code that is wrong, used or late is one answer.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from careloom.consents.materialise import materialise
from careloom.infra.access import NotVisible, System, Viewer, acting_as, require, system
from careloom.infra.access.caseload import assign
from careloom.infra.audit.actions import record
from careloom.people.actions import join
from careloom.people.queries import records_of
from careloom.portal.actions.papers import sign_for
from careloom.portal.door import digest, her_of
from careloom.portal.models import CardCode, CardTry

CODE_LIVES = timedelta(minutes=10)
MOST_TRIES = 10
TRIES_WITHIN = timedelta(hours=1)
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is read as another
LENGTH = 8


@dataclass(frozen=True, kw_only=True)
class Card:
    """A new code, shown to her once, and when it stops working."""

    code: str
    until: datetime


@dataclass(frozen=True, kw_only=True)
class CardUsed:
    """Her card was used: whose records these are now, and what she ticked."""

    identity_id: UUID
    shares_program: bool
    shares_plan: bool


@dataclass(frozen=True, kw_only=True)
class NoCard:
    """The code opened nothing: wrong, used, late, or too many tries. One answer."""


@transaction.atomic
def make_card(*, by: Viewer, at: datetime, person_id: UUID, shares_program: bool, shares_plan: bool) -> Card:
    """Make a code of ten minutes with what she ticked; an older code stops working."""
    require(by)
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    with acting_as(system(System.SIGN_IN)):
        CardCode.objects.filter(person_id=person_id, used_at=None, expires_at__gt=at).update(expires_at=at)
    card = CardCode(person_id=person_id, code_hash=digest(code), shares_program=shares_program, shares_plan=shares_plan, expires_at=at + CODE_LIVES)
    CardCode.objects.bulk_create([card])
    record(by=by, at=at, action="portal.card_made", object_id=card.pk, detail={"program": shares_program, "plan": shares_plan})
    return Card(code=code, until=card.expires_at)


@transaction.atomic
def use_card(*, by: Viewer, at: datetime, identity_id: UUID, code: str) -> CardUsed | NoCard:
    """Use her code for the agency's own record of her: the two identities are one from now on, and what she ticked becomes her consent.

    Raises NotVisible when the agency has no record of a mother under `identity_id`.
    """
    require(by)
    own = [r for r in records_of(viewer=by, identity_ids=[identity_id]) if r.holder_id == by.holder_id and r.role == "MOTHER"]
    if not own or by.worker_id is None or by.holder_id is None:
        raise NotVisible
    tries = CardTry.objects.filter(agency_id=by.holder_id, worker_id=by.worker_id, at__gt=at - TRIES_WITHIN).count()
    card = _take(code=code, at=at, agency_id=by.holder_id) if tries < MOST_TRIES else None
    her = her_of(person_id=card.person_id) if card else None
    if card is None or her is None or her.is_supporter:
        CardTry.objects.bulk_create([CardTry(agency_id=by.holder_id, worker_id=by.worker_id, at=at)])
        return NoCard()
    if identity_id != her.identity_id:
        join(by=by, at=at, keep=her.identity_id, gone=identity_id, because="HER_CODE")
        assign(by=by, worker_id=by.worker_id, identity_ids=[her.identity_id], at=at)
    ticked = {"shares_program": card.shares_program, "shares_plan": card.shares_plan}
    sign_for(
        her=her,
        at=at,
        recipient_id=by.principal_id,
        purposes=frozenset({by.purpose, "care_coordination"}),
        request_key=f"card:{card.pk.hex}",
        **ticked,
    )
    materialise(her.subject_ids, at=at)
    record(by=by, at=at, action="portal.card_used", identity_id=her.identity_id, object_id=card.pk, detail=dict(ticked))
    return CardUsed(identity_id=her.identity_id, **ticked)


def _take(*, code: str, at: datetime, agency_id: UUID) -> CardCode | None:
    typed = "".join(c for c in code.upper() if c.isalnum())
    with acting_as(system(System.SIGN_IN)):
        same = CardCode.objects.filter(code_hash=digest(typed))
        if not same.filter(used_at=None, expires_at__gt=at).update(used_at=at, used_by_agency_id=agency_id):
            return None
        return same.first()
