"""A court's paper about the hidden family, kept by the agency that leads its plan and opening nothing to the readers of the sweep."""

from __future__ import annotations

from uuid import UUID

from tests.factories.agencies import an_agency, viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.consents.actions import OrderDraft, Recorded, record_order
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.kernel.agency_kinds import AgencyKind

FINDINGS = ("notice_given", "opportunity_to_respond", "finding_other_ways", "finding_balance", "protective_terms")


def court_paper(world: PlanWorld, *, mother: UUID) -> dict[str, list[UUID]]:
    """An order that opens her plan to a court; by the name that addresses give it."""
    court, by = an_agency(kind=AgencyKind.COURT), viewer(world.supervisor)
    draft = OrderDraft(
        identity_id=mother, subject_ids=(mother,), kind="2.64", court="Practice Court", issued_on=clock.today(), scope=("posc.plan_core",),
        purposes=("dependency_proceeding",), recipient_ids=(court.pk,), findings=FINDINGS,
    )  # fmt: skip
    with acting_as(by):
        kept = record_order(by=by, at=world.at, draft=draft, request_key=a_key())
    assert isinstance(kept, Recorded)
    return {"order_id": [kept.order.pk]}
