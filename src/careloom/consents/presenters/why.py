"""Why the reader sees what another holder has, in words: one line for each holder, ground and last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careloom.consents.pages.why import Why
from careloom.consents.presenters import basis, words
from careloom.consents.presenters.orders import record
from careloom.consents.presenters.sees import last_day
from careloom.infra import clock
from careloom.infra.access.models import Grant
from careloom.kernel.disclosure import Obligation

# What the reader must keep to, of the duties that a grant carries.
DUTIES = {
    Obligation.ORDER_SCOPE_ONLY: gettext_lazy("Only what the order lists"),
    Obligation.SEAL: gettext_lazy("Keep it from others, as the order says"),
    Obligation.NO_REDISCLOSURE: gettext_lazy("Do not pass it on"),
    Obligation.PROCEEDINGS_BAR: gettext_lazy("Never in a case against her"),
    Obligation.LIMIT_PURPOSE: gettext_lazy("Only for the reason it was given"),
    Obligation.RETURN_OR_DESTROY: gettext_lazy("Give it back or destroy it afterwards"),
    Obligation.AGGREGATE_ONLY: gettext_lazy("Report numbers only"),
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One reason why something is seen."""

    holder: str
    what: str
    ground: str
    citation: str
    until: str
    duties: tuple[str, ...]
    url: str


def rows(page: Why) -> list[Row]:
    """Every ground, by holder."""
    heaps: dict[tuple[UUID, str, date | None, str], list[Grant]] = {}
    for grant in page.grants:
        said = basis.said(basis=grant.basis, review_needed=grant.review_needed)
        until = last_day(grant.valid_to, zone=clock.zone(settings.TIME_ZONE))
        url = reverse("consents:one", args=[grant.instrument_id]) if grant.instrument_id in page.consents else ""
        heaps.setdefault((grant.holder_id, said, until, url), []).append(grant)
    return [
        Row(
            holder=words.agency_name(page.agencies[holder], own_id=None) if holder in page.agencies else _("She herself"),
            what=words.listed(record(grant.category) for grant in grants), ground=said, citation=grants[0].basis[0] if grants[0].basis else "",
            until=words.day(until) or _("While it holds"), url=url,
            duties=_duties({duty for grant in grants for duty in grant.obligations}),
        )
        for (holder, said, until, url), grants in heaps.items()
    ]  # fmt: skip


def _duties(owed: set[str]) -> tuple[str, ...]:
    """What the reader must keep to. An order says itself how far its case may use the record, so the bar on proceedings is not said beside it."""
    left = owed - {Obligation.PROCEEDINGS_BAR.value} if Obligation.ORDER_SCOPE_ONLY.value in owed else owed
    return tuple(str(DUTIES[duty]) for duty in DUTIES if duty.value in left)
