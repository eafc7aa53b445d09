"""A state's office with its lead, and counties' child welfare whose reports and stays in care its federal files are written from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import a_key
from tests.integration.safety.conftest import safety

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.federal import tasks
from careloom.federal.models import FederalFile
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.models import PersonRecord
from careloom.permanency.models import Placement, Removal
from careloom.safety.models import ReportOnChild
from careloom.safety.models.report import REPORT

__all__ = ["State", "safety", "state"]
YEAR = 2025  # a federal year that is over
FIRST = date(YEAR - 1, 10, 1)


@dataclass
class State:
    """The office, a county's child welfare with its supervisor, and what was made of them."""

    office: Agency
    lead: Membership
    county: Agency
    supervisor: Membership
    children: list[UUID] = field(default_factory=list)

    def client(self, who: Membership | None = None) -> Client:
        """A browser in which the state's lead (or `who`) is signed in."""
        client = Client()
        client.force_login((who or self.lead).worker.user)
        client.get("/me/")
        return client

    def a_child(
        self, *, born: date | None = date(YEAR, 1, 10), mother: UUID | None = None, child: UUID | None = None, **facts: Any
    ) -> tuple[UUID, UUID]:
        """A mother's identity and her infant's, as the county's child welfare knows the infant."""
        mother, child = mother or uuid4(), child or uuid4()
        known = {"sex": "FEMALE", "race_ethnicity": ["White", "Not Hispanic or Latino"], "county": self.county.county} | facts
        with acting_as(system(System.JOB, holder_id=self.county.pk)):
            PersonRecord(
                holder_id=self.county.pk, identity_id=child, category="posc.plan_core", role="INFANT", birth_date=born, mother_identity_id=mother,
                source_id=str(child), made_at=clock.now(), changed_at=clock.now(), **known,
            ).save()  # fmt: skip
        self.children.append(child)
        return mother, child

    def a_report(self, family: tuple[UUID, UUID] | None = None, **changed: Any) -> ReportOnChild:
        """A report by a hospital about an infant with a drug factor, screened in and decided in the year."""
        mother, child = family or self.a_child()
        got = changed.get("received_on", date(YEAR, 1, 12))
        facts = {
            "child_id": child, "number": f"R-{uuid4().hex[:8]}", "received_on": got, "source": "MEDICAL", "screened": "IN", "screened_on": got,
            "response": "INVESTIGATION", "started_on": got, "disposition": "SUBSTANTIATED", "disposed_on": got + timedelta(days=30),
            "maltreatments": [{"kind": "NEGLECT", "level": "SUBSTANTIATED"}], "child_factors": {"DRUG": "YES", "ALCOHOL": "NO"},
            "caretaker_factors": {"DRUG": "YES"}, "safe_care_plan": "YES", "safe_care_referral": "NO",
        } | changed  # fmt: skip
        with acting_as(system(System.JOB, holder_id=self.county.pk)):
            row = ReportOnChild(
                id=uuid4(), holder_id=self.county.pk, identity_id=mother, category=REPORT, at=clock.now(), request_key=a_key(), **facts
            )
            row.save()
        return row

    def a_stay(self, family: tuple[UUID, UUID] | None = None, *, removed: date, ended: date | None = None, exit_: str = "", **more: Any) -> Removal:
        """A stay in care with one placement."""
        mother, child = family or self.a_child()
        frame = {"holder_id": self.county.pk, "identity_id": mother, "case_id": uuid4(), "child_id": child, "at": clock.now()}
        with acting_as(system(System.JOB, holder_id=self.county.pk)):
            row = Removal(
                **frame, category="cw.case_record", assessment_id=uuid4(), insufficient="Kin could not be found.", authority="COURT_ORDER",
                removed_on=removed, ended_on=ended, exit=exit_, request_key=a_key(), **more,
            )  # fmt: skip
            row.save()
            Placement(
                **frame, category="cw.case_record", removal_id=row.pk, setting="RELATIVE", with_whom="Aunt", starts_on=removed, ends_on=ended,
                request_key=a_key(),
            ).save()  # fmt: skip
        return row

    def written(self, kind: str, period: str, *, all_of_it: bool = True) -> str:
        """Ask for a file on the screen and have the job write it; the address of its page."""
        asked = self.client().post("/numbers/federal/", {"kind": kind, "period": period, "request_key": a_key()})
        assert asked.status_code == 302, asked.content.decode()
        if all_of_it:
            tasks.work(at=clock.now())
        return str(asked.url)

    def file(self, page: str) -> FederalFile:
        """The row of a file's page."""
        by = viewer(self.lead)
        with acting_as(by):
            return FederalFile.objects.get(pk=page.rstrip("/").rsplit("/", 1)[-1])

    def text(self, page: str) -> str:
        """A file as it is downloaded."""
        answer = self.client().get(f"{page}download/")
        assert answer.status_code == 200
        return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


@pytest.fixture
def state(db: None) -> State:
    """A state with one county."""
    office, county = an_agency(kind=AgencyKind.STATE_OVERSIGHT), an_agency(kind=AgencyKind.CPS_AGENCY, county=f"County {uuid4().hex[:6]}")
    return State(
        office=office, lead=a_worker(Role.STATE_LEAD, agency=office), county=county, supervisor=a_worker(Role.SUPERVISOR, agency=county)
    )  # fmt: skip
