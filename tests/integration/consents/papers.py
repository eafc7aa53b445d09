"""Riverbend's papers on screen: a supervisor who keeps them, the county court and child welfare as readers, and a treatment record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import a_key
from tests.integration.consents.conftest import Screens

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.actions import PersonFacts, put_person
from careloom.people.models import PersonRecord

QSOA_HUB = {"categories": ["part2.attendance"], "purposes": ["qso_service"], "service": "Runs the data system", "terms": ["part2_undertaking"]}
FINDINGS = ["notice_given", "opportunity_to_respond", "finding_other_ways", "finding_balance", "protective_terms"]


@dataclass
class PaperScreens(Screens):
    """The screens' world with a treatment record of the mother at Riverbend, a court, child welfare and a data hub."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.keeper = self.world.supervisor
        self.officer = a_worker(Role.PRIVACY_OFFICER, agency=self.world.riverbend)
        self.judge = a_worker(Role.CARE_COORDINATOR, agency=an_agency(kind=AgencyKind.COURT, name="Pine County Juvenile Court"))
        self.lena = a_worker(Role.CPS_WORKER, agency=an_agency(kind=AgencyKind.CPS_AGENCY, name="Pine County Children and Families"))
        self.hub = a_worker(Role.SUPERVISOR, agency=an_agency(kind=AgencyKind.COORDINATION_HUB, name="Pine Care Hub"))
        Membership.objects.filter(pk__in=[m.pk for m in (self.officer, self.judge, self.lena, self.hub)]).update(
            starts_at=self.world.at - timedelta(days=1)
        )
        by = viewer(self.world.dana)
        with acting_as(by):
            put_person(
                by=by, at=self.world.at, facts=PersonFacts(role="MOTHER", given_name="Marisol"), category="part2.attendance", identity_id=self.mother
            )

    def order(self, **changes: Any) -> dict[str, Any]:
        """An order under 42 CFR 2.64 as posted: what it lists, to the court, with every finding."""
        asked = {
            "court": "Pine County Juvenile Court", "docket": "", "issued_on": clock.today().isoformat(), "subjects": [str(self.mother)],
            "recipients": [str(self.judge.agency_id)], "scope": ["part2.attendance"], "purposes": ["dependency_proceeding"], "said": FINDINGS,
            "request_key": a_key(),
        }  # fmt: skip
        return asked | changes

    def record(self, *, kind: str = "2.64", who: Membership | None = None, **changes: Any) -> HttpResponse:
        """Write a paper down on its screen."""
        where = f"/consents/of/{self.mother}/orders/new/?kind={kind}"
        return self.client(who or self.keeper).post(where, self.order(**changes))  # type: ignore[return-value]

    def clause(self, **changes: Any) -> dict[str, Any]:
        """A data-sharing schedule with Harbor as posted."""
        asked = {
            "title": "Sharing with home visits", "recipient": str(self.world.bea.agency_id), "categories": ["posc.plan_core", "posc.referral_status"],
            "purposes": ["care_coordination", "treatment"], "starts_on": clock.today().isoformat(),
            "review_due_on": (clock.today() + timedelta(days=365)).isoformat(), "request_key": a_key(), "go": "put",
        }  # fmt: skip
        return asked | changes

    def put(self, *, kind: str = "DATA_SHARING", who: Membership | None = None, **changes: Any) -> HttpResponse:
        """Put a clause in force on its screen."""
        return self.client(who or self.keeper).post(f"/consents/register/new/?kind={kind}", self.clause(**changes))  # type: ignore[return-value]

    def reads(self, who: Membership, *, reason: str = "") -> set[str]:
        """The kinds of Riverbend's record of her that this worker's agency reads for a reason (default: its usual one)."""
        by = viewer(who)
        by = by.for_purpose(reason) if reason else by
        with acting_as(by):
            rows = PersonRecord.objects.filter(identity_id=self.mother, holder_id=self.world.riverbend.pk)
            return set(rows.values_list("category", flat=True))


def text_of(answer: Any, *, status: int = 200) -> str:
    """The page of an answer as text."""
    assert answer.status_code == status, (answer.status_code, unescape(answer.content.decode())[:1500])
    return unescape(answer.content.decode())


def id_in(answer: Any) -> UUID:
    """The id of the paper that an answer leads to."""
    assert answer.status_code == 302, unescape(answer.content.decode())[:3000]
    return UUID(answer.headers["Location"].rstrip("/").rsplit("/", 1)[-1])
