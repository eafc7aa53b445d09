"""Standards of quality for each delivery system, and whether they were met (R-013)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.inventory.facts import CheckFacts, StandardFacts
from careloom.inventory.models import Check, Standard
from careloom.inventory.rights import works
from careloom.kernel.partnership import Sector
from careloom.kernel.partnership.array import Found
from careloom.partnership.actions.keeping import put, row_of, today, values_of, wrong
from careloom.partnership.models import Partner
from careloom.partnership.standing import standing_of
from careloom.partnership.turns import take_turn


@transaction.atomic
def put_standard(
    *,
    by: Viewer,
    at: datetime,
    collaborative_id: UUID,
    facts: StandardFacts,
    request_key: str = "",
    standard_id: UUID | None = None,
    version: int = 0,
) -> Done | Refused | Stale:
    """Set a standard for a delivery system, or change it as it stood at `version`.

    Refused codes: NOT_ALLOWED, SYSTEM, NAME, MONTHS. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    row = row_of(Standard, standing, standard_id)
    if not works(standing) or (standard_id is not None and row is None):
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong(
        {"SYSTEM": facts.system not in set(Sector), "NAME": not facts.name.strip(), "MONTHS": not 1 <= facts.every_months <= 60},
    )
    values = {
        **values_of(facts), "name": said(facts.name, most=160), "source": said(facts.source, most=200), "how": said(facts.how, most=300),
    }  # fmt: skip
    return put(Standard, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def check_standard(*, by: Viewer, at: datetime, standard_id: UUID, facts: CheckFacts, request_key: str) -> Done | Refused | Stale:
    """Say what a check of a standard found at one partner, by a work group or by the partner itself.

    Refused codes: NOT_ALLOWED, PARTNER, FOUND, EVIDENCE, CHECKED_BY, LATER_DAY. Raises NotVisible.
    """
    standard = Standard.objects.filter(pk=standard_id, ends_on=None).first()
    standing = standing_of(viewer=by, collaborative_id=standard.collaborative_id if standard else standard_id)
    partner = row_of(Partner, standing, facts.partner_id)
    if standard is None or not (works(standing) or (partner is not None and standing.speaks_for(partner.pk))):
        return Refused(codes=("NOT_ALLOWED",))
    take_turn(standard_id)
    codes = wrong(
        {
            "PARTNER": partner is None or standard.system not in partner.sectors,
            "FOUND": facts.found not in set(Found),
            "EVIDENCE": not facts.evidence.strip(),
            "CHECKED_BY": not facts.checked_by.strip(),
            "LATER_DAY": facts.on > today(at),
        }
    )
    values = {
        **values_of(facts), "standard_id": standard.pk, "evidence": said(facts.evidence, most=400), "checked_by": said(facts.checked_by, most=120),
    }  # fmt: skip
    return put(Check, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)
