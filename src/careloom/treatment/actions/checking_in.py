"""Check-ins after a birth: planned by the pack's days, because the stress of caring for a newborn makes recovery harder (R-152, S2)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from careloom.agencies.days import day_of, today_of
from careloom.agencies.models import Agency
from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, PrincipalKind, Viewer, require
from careloom.infra.answers import Done, Refused
from careloom.infra.audit.actions import record
from careloom.treatment.actions.following import owe_check_in
from careloom.treatment.codes import Sort
from careloom.treatment.days import CHECK_INS
from careloom.treatment.models import CheckIn, Episode, Medicine
from careloom.treatment.sorts import RULES, category_of, may_write


@transaction.atomic
def plan_check_ins(*, by: Viewer, at: datetime, identity_id: UUID, born_on: date) -> Done | Refused:
    """Plan the check-ins that follow a birth and still lie ahead, or today's; each is owed by its day. Twice is once.

    `by` is a worker who may write them, or the job of her agency. Refused for a day in the future or a birth too long ago.
    Raises NotVisible.
    """
    require(by)
    agency = Agency.objects.filter(pk=by.holder_id).first()
    if agency is None or not (by.kind is PrincipalKind.SYSTEM or may_write(Sort.CHECK_IN, by=by, agency=agency)):
        raise NotVisible
    today = today_of(agency, at=at)
    ahead = [day for day in (day_of(name, agency=agency, start=born_on) for name in CHECK_INS) if day >= today]
    if born_on > today or not ahead:
        return Refused(codes=("BORN_ON",))
    take_turn([f"{by.holder_id}:check-ins:{identity_id}"])
    planned = CheckIn.objects.filter(holder_id=by.holder_id, identity_id=identity_id, born_on=born_on)
    known = set(planned.values_list("request_key", flat=True))
    for number, day in enumerate(ahead):
        key = f"birth:{identity_id}:{born_on:%Y%m%d}:{len(CHECK_INS) - len(ahead) + number}"[:64]
        if key in known:
            continue
        row = CheckIn(
            id=uuid4(), holder_id=agency.pk, identity_id=identity_id, category=category_of(RULES[Sort.CHECK_IN].parts[0], agency=agency),
            happened_on=day, born_on=born_on, recorded_at=at, recorded_by=by.worker_id, request_key=key,
        )  # fmt: skip
        row.save()
        owe_check_in(row, held=False, by=by, at=at, agency=agency, new=True)
    if not known:
        record(by=by, at=at, action="treatment.check_ins_planned", identity_id=identity_id, detail={"planned": len(ahead)})
    return Done(row_id=identity_id)


def cares_for(*, by: Viewer, identity_id: UUID) -> bool:
    """Whether the agency of `by` keeps a time in treatment or a medicine of hers that lasts: then a birth has check-ins planned."""
    require(by)
    own = {"holder_id": by.holder_id, "identity_id": identity_id, "taken_back_at": None, "ends_on": None}
    return Episode.objects.filter(**own).exists() or Medicine.objects.filter(**own).exists()
