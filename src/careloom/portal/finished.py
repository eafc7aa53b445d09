"""When her plan is closed: it stays hers to read and print, and she is asked once how it was. Nobody scores it (J2.13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from careloom.infra.access.accounting import account
from careloom.plans.models import PlanOfSafeCare
from careloom.portal.door import Her
from careloom.portal.models import ServiceRating

#: Reasons after which nobody asks her how it was: a loss, a child who grows up elsewhere, a plan that goes on under another id.
QUIET = frozenset({"INFANT_DEATH", "PREGNANCY_LOSS", "ADOPTION_OR_GUARDIANSHIP", "MERGED_DUPLICATE"})


@dataclass(frozen=True, kw_only=True)
class Finished:
    """Her closed plan. `asks`: she may say how it was; `row` is what she said before."""

    plan_id: UUID
    asks: bool
    row: ServiceRating | None


def finished_of(*, her: Her, plan: PlanOfSafeCare | None, at: datetime) -> Finished | None:
    """Her newest plan where it is closed, accounted; None while it goes on, without a plan, and for a supporter."""
    if plan is None or plan.status != "CLOSED" or her.is_supporter:
        return None
    row = ServiceRating.objects.seen_by(her.viewer).filter(holder_id=her.principal.pk, plan_id=plan.pk).first()
    account(viewer=her.viewer, place="my:finished", rows=[row] if row else [], at=at)
    return Finished(plan_id=plan.pk, asks=plan.closed_because not in QUIET, row=row)


def heard_words(row: ServiceRating) -> str:
    """Whether her team listened, as she said it."""
    said = {"YES": _("They listened."), "SOMETIMES": _("They listened sometimes."), "NO": _("They did not listen.")}
    return said.get(row.heard, "")
