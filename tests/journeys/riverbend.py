"""What the sittings of J2 share: Riverbend and those around it, a year that the demo clock moves, and short hands for a form on a screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from playwright.sync_api import Page
from pypdf import PdfReader
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import PlanWorld
from tests.journeys.conftest import Visitor, assert_accessible
from tests.several.stories import Post

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.clock.actions import advance
from careloom.infra.events.outbox import deliver_pending
from careloom.kernel.agency_kinds import AgencyKind
from careloom.messages import tasks as message_tasks
from careloom.plans import tasks
from careloom.plans.referrals import tasks as referral_tasks
from careloom.work import escalating
from careloom.work.models import Obligation

HIS = "Garrick Tolliver"  # whom she lets nobody contact: his name is on no page that anybody else reads
HER: dict[str, Any] = {"given_name": "Marisol", "family_name": "Valdeluna", "language": "es", "phone": "555-0164", "county": "Pine"}
FORM = "main form:has(button:visible)"


@dataclass
class Riverbend(PlanWorld):
    """Riverbend leads; Pine County, Harbor, St. Agnes and MapleCare are around it, and the partnership hears what stands in the way.

    Where she is not `met` yet, no record names her, and the story begins with it.
    """

    met: bool = True

    def __post_init__(self) -> None:
        """Make the agencies by the names of the story, with a worker in each that has one in it."""
        subscriptions.join()
        with transaction.atomic():
            super().__post_init__()
            for agency, name in ((self.riverbend, "Riverbend"), (self.harbor, "Harbor Home Visiting"), (self.st_agnes, "St. Agnes Hospital")):
                agency.name, agency.short_name = name, name
                agency.outward_name = "The Willow Street care team" if agency == self.riverbend else ""
                agency.save(update_fields=["name", "short_name", "outward_name"])
            self.county = an_agency(kind=AgencyKind.CPS_AGENCY, name="Pine County Children Services")
            self.maple = an_agency(kind=AgencyKind.HEALTH_PLAN, name="MapleCare")
            self.clinic = an_agency(kind=AgencyKind.OB_CLINIC, is_covered_entity=True, name="Pine Women’s Clinic")
            self.state = an_agency(kind=AgencyKind.STATE_OVERSIGHT, name="Department of Families")
            self.vera = a_worker(Role.CPS_WORKER, agency=self.county)
            self.hub = a_worker(Role.PARTNERSHIP_COORDINATOR, agency=an_agency(kind=AgencyKind.COORDINATION_HUB, name="Pine workgroup"))
            self.officer = a_worker(Role.PRIVACY_OFFICER, agency=self.riverbend)
            self.lead_of_state = a_worker(Role.STATE_LEAD, agency=self.state)
            for member, name in ((self.dana, "Dana Whitlock"), (self.bea, "Bea Novak"), (self.maria, "Maria Sandoval"), (self.vera, "Vera Lund")):
                member.worker.name = name
                member.worker.save(update_fields=["name"])
            self.mother = self.a_mother(**HER) if self.met else uuid4()

    def owed(self, member: Membership | Agency) -> list[str]:
        """The kinds of what an agency owes this family now, oldest first."""
        worker = member if isinstance(member, Membership) else Membership.objects.filter(agency=member).order_by("pk")[0]
        with transaction.atomic(), acting_as(viewer(worker)):
            rows = Obligation.objects.filter(holder_id=worker.agency_id, family_id=self.mother, met_at=None)
            return list(rows.order_by("opened_at", "id").values_list("kind", flat=True))


def texts_that_leave(monkeypatch: pytest.MonkeyPatch) -> Post:
    """The text messages that leave from now on."""
    return Post(monkeypatch)


def later(*, days: int = 0, hours: int = 0) -> date:
    """Move the demo clock ahead and do what the workers do by themselves. Returns the day that it is then."""
    advance(by=timedelta(days=days, hours=hours))
    at = clock.now()
    deliver_pending()
    tasks.run(at=at)
    referral_tasks.run(at=at)
    message_tasks.run(at=at)
    escalating.run(at=at)
    return clock.today()


def fill(page: Page, values: dict[str, Any], *, form: str = FORM) -> None:
    """Fill fields of the last form of the page (or of `form`) by name: a choice by its code, a day in its three boxes."""
    scope = page.locator(form).last
    for name, value in values.items():
        field = scope.locator(f"[name='{name}']")
        if isinstance(value, date):
            for part in ("month", "day", "year"):
                scope.locator(f"[name='{name}_{part}']").fill(str(getattr(value, part)))
            continue
        kind = field.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
        if kind == "select":
            field.select_option(str(value))
        elif kind in {"radio", "checkbox"}:
            for one in value if isinstance(value, (list, tuple)) else [value]:
                box = field if one is True else scope.locator(f"[name='{name}'][value='{one}']")
                box.first.check(force=True)
        else:
            field.fill(str(value))


def send(page: Page, *, form: str = FORM) -> None:
    """Press the form's own button and wait for the page that follows."""
    with page.expect_navigation():
        page.locator(form).last.locator("button:not([type=button]):visible").last.click()


def write(visitor: Visitor, path: str, values: dict[str, Any], *, form: str = FORM, shot: str = "") -> Page:
    """Open a form, look at it where it has a `shot`, fill it and send it."""
    page = visitor.go(path)
    if shot:
        assert_accessible(page, name=shot)
    fill(page, values, form=form)
    send(page, form=form)
    return page


def refused(visitor: Visitor) -> None:
    """The form was shown again with what to do (422), which a browser writes into its console; nothing else may stand there."""
    assert len(visitor.said) == 1, visitor.said
    assert "422" in visitor.said[0]
    visitor.said.clear()


def look(visitor: Visitor, *paths: str) -> None:
    """Each page is there, sound for axe and nowhere sideways."""
    for path in paths:
        answer = visitor.page.goto(f"{visitor.site}{path}")
        assert answer is not None
        assert answer.status == 200, path
        assert_accessible(visitor.page, name=f"j2-{path.strip('/').replace('/', '-')[-40:]}")


def paper_of(visitor: Visitor, path: str) -> str:
    """The words of a PDF as its reader gets it."""
    content = visitor.context.request.get(f"{visitor.site}{path}").body()
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def status_of(visitor: Visitor, path: str) -> int:
    """What the product answers to this address, followed to where it leads."""
    return visitor.context.request.get(f"{visitor.site}{path}").status
