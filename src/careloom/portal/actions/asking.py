"""What she asks for and keeps on her own pages: a ride, another time, her list of skills, that she read what to expect."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import NotVisible, System, Viewer, acting_as, require, system
from careloom.infra.audit.actions import record
from careloom.messages.models import Appointment
from careloom.portal.models import PortalPerson
from careloom.work.actions import open_obligation

KINDS = {"RIDE": "RIDE_ASKED", "MOVE": "VISIT_MOVE_ASKED"}
SKILLS = (
    "SLEEP_ON_BACK", "CAR_SEAT", "FEEDING_SIGNS", "SOOTHING", "FEVER_CALL", "BATH", "REST", "MEALS", "ASK_FOR_HELP", "CRISIS_NUMBER",
)  # fmt: skip
"""Her own list of self and baby care (R-161). Codes; the words are in `words`."""


@transaction.atomic
def ask_about_visit(*, by: Viewer, at: datetime, appointment_id: UUID, asks: str) -> Appointment:
    """Have whoever planned a visit owe her a ride (RIDE) or another time (MOVE). Asking twice is one request.

    Raises NotVisible for a visit that she does not see.
    """
    require(by)
    row = Appointment.objects.seen_by(by).filter(pk=appointment_id, state="PLANNED").first()
    if row is None:
        raise NotVisible
    kind = KINDS[asks]
    holder = system(System.JOB, holder_id=row.holder_id)
    with acting_as(holder):
        if asks == "RIDE":
            Appointment.objects.filter(pk=row.pk).update(ride_wanted=True)
        open_obligation(
            by=holder, at=at, holder_id=row.holder_id, kind=kind, family_id=row.identity_id, identity_id=row.identity_id,
            link=f"/plans/{row.plan_id}/" if row.plan_id else f"/families/{row.identity_id}/", due_at=row.starts_at, promised=True,
            about_id=row.pk, about_kind="APPOINTMENT", request_key=f"{kind.lower()}:{row.pk}", category=row.category,
        )  # fmt: skip
    record(by=by, at=at, action=f"portal.{kind.lower()}", identity_id=row.identity_id, object_id=row.pk)
    return row


@transaction.atomic
def keep_skills(*, by: Viewer, at: datetime, person_id: UUID, skills: list[str]) -> None:
    """Keep what she ticked on her own list. No score is made of it."""
    require(by)
    PortalPerson.objects.filter(pk=person_id).update(skills=[code for code in SKILLS if code in skills])
    record(by=by, at=at, action="portal.skills_kept", object_id=person_id)


@transaction.atomic
def read_what_to_expect(*, by: Viewer, at: datetime, person_id: UUID) -> None:
    """She says that she read what to expect at a child-welfare meeting; the first time counts (R-157)."""
    require(by)
    if PortalPerson.objects.filter(pk=person_id, expect_read_at=None).update(expect_read_at=at):
        record(by=by, at=at, action="portal.expect_read", object_id=person_id)
