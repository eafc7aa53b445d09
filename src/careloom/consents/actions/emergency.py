"""Opens and closes what others hold of a patient in a medical emergency. Source: 42 CFR 2.51; workflows 6.16."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from careloom.consents.actions.outcomes import require_papers
from careloom.consents.materialise import materialise
from careloom.consents.models import EmergencyOpening
from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, System, Viewer, acting_as, system
from careloom.infra.access.models import Grant
from careloom.infra.answers import Refused
from careloom.infra.audit.actions import record
from careloom.infra.events.outbox import publish
from careloom.kernel.events import EmergencyOpened

#: No rule names a number of hours; four is our own choice, long enough to treat and short enough to be looked at.
HOURS = 4
CATEGORY = "hipaa.ob_record"
LEAST_LETTERS = 12  # of a reason that says something


@dataclass(frozen=True, kw_only=True)
class EmergencyDraft:
    """What 2.51(c) wants written down: the nature of the emergency, the facility, and why her consent cannot be had."""

    identity_id: UUID
    facility: str
    nature: str
    why_no_consent: str


@dataclass(frozen=True, kw_only=True)
class Opened:
    """The opening runs until `closes_at`. It says nothing about whether anybody holds anything."""

    opening: EmergencyOpening


@transaction.atomic
def open_emergency(*, by: Viewer, at: datetime, draft: EmergencyDraft, request_key: str) -> Opened | Refused:
    """Open what others hold of this patient to `by`'s facility for `HOURS`, as far as the kernel permits in an emergency.

    The row is written before anything is shown; each discloser is told at once (`EmergencyOpened`) and reviews it. The answer is the same whether
    somebody holds something or not. Only a patient whom `by` already has in her own records. Idempotent on `request_key`.
    Raises NotVisible for a role that is not medical personnel, or a patient that `by` does not see.
    """
    require_papers(by, permission="EMERGENCY_OPEN")
    if by.worker_id is None:
        raise NotVisible
    take_turn([f"{by.holder_id}:{request_key}"])
    known = EmergencyOpening.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Opened(opening=known)
    short = tuple(name.upper() for name in ("facility", "nature", "why_no_consent") if len(getattr(draft, name).strip()) < _least(name))
    if short:
        return Refused(codes=short)
    opening = EmergencyOpening(
        holder_id=by.holder_id, identity_id=draft.identity_id, category=CATEGORY, worker_id=by.worker_id, facility=draft.facility.strip(),
        nature=draft.nature.strip(), why_no_consent=draft.why_no_consent.strip(), opened_at=at, closes_at=at + timedelta(hours=HOURS),
        request_key=request_key,
    )  # fmt: skip
    opening.save()
    materialise([opening.identity_id], at=at)
    with acting_as(system(System.GRANTS)):
        disclosers = sorted(set(Grant.objects.filter(instrument_id=opening.pk).values_list("holder_id", flat=True)), key=str)
        EmergencyOpening.objects.filter(pk=opening.pk).update(discloser_ids=disclosers)
    record(by=by, at=at, action="consents.emergency_opened", identity_id=opening.identity_id, object_id=opening.pk)
    publish(EmergencyOpened(opening_id=opening.pk, holder_id=opening.holder_id, identity_id=opening.identity_id), at=at)
    return Opened(opening=opening)


@transaction.atomic
def close_emergency(*, by: Viewer, at: datetime, opening_id: UUID) -> bool:
    """Close an opening before its time; what it showed ends in this transaction. False when it was over. Raises NotVisible for another agency's."""
    require_papers(by, permission="EMERGENCY_OPEN")
    opening = EmergencyOpening.objects.filter(pk=opening_id, holder_id=by.holder_id).first()
    if opening is None:
        raise NotVisible
    if not EmergencyOpening.objects.filter(pk=opening.pk, closed_at=None, closes_at__gt=at).update(closed_at=at):
        return False
    materialise([opening.identity_id], at=at)
    record(by=by, at=at, action="consents.emergency_closed", identity_id=opening.identity_id, object_id=opening.pk)
    return True


def _least(name: str) -> int:
    return 2 if name == "facility" else LEAST_LETTERS
