"""One need on its own page: every step that was said, and its referrals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.infra.access import Viewer
from careloom.kernel.referral import State
from careloom.plans.models import NeedStep, Referral
from careloom.plans.presenters.words import CHOICES, RESULTS, UNMET
from careloom.plans.queries import steps_of_need
from careloom.plans.referrals.words import STATES


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """A step: the day, what was said, by whom, and the words."""

    day: str
    head: str
    quote: str
    text: str
    by: str


@dataclass(frozen=True, kw_only=True)
class ReferralLine:
    """A referral of the need and where it stands."""

    id: UUID
    name: str
    state: str


def need_context(*, viewer: Viewer, need_id: UUID, plan_id: UUID, zone: ZoneInfo) -> dict[str, Any]:
    """The steps and the referrals of a need for its page."""
    steps, referrals = steps_of_need(viewer=viewer, need_id=need_id, plan_id=plan_id)
    return {"steps": [_step(row, zone) for row in steps], "referrals": [_referral(row) for row in referrals], "need_id": need_id}


def _step(row: NeedStep, zone: ZoneInfo) -> StepLine:
    chose = row.step == "CHOICE"
    head = _("Her choice: %(said)s") % {"said": CHOICES.get(row.value, row.value)} if chose else str(RESULTS.get(row.value, row.value))
    return StepLine(
        day=date_format(row.at.astimezone(zone), "M j, Y"), head=head, quote=row.words if chose else "",
        text=". ".join(str(part) for part in (UNMET.get(row.reason, row.reason), "" if chose else row.words) if part),
        by=_("Said by herself") if row.hers else "",
    )  # fmt: skip


def _referral(row: Referral) -> ReferralLine:
    return ReferralLine(id=row.pk, name=row.organization, state=str(STATES[State(row.state)]))
