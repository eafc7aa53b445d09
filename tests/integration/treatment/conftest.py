"""Riverbend, a Part 2 program, treats a mother; a child welfare agency and a hospital know her family too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.infra.access import acting_as
from careloom.kernel.agency_kinds import AgencyKind
from careloom.plans.models import PlanOfSafeCare
from careloom.treatment import actions
from careloom.treatment.codes import Sort


def values(today: date) -> dict[Sort, dict[str, Any]]:
    """What each sort says in these tests. Every text begins with SECRET, so that a page that shows one is known."""
    return {
        Sort.EPISODE: {"program": "SECRET place", "elsewhere": True, "ends_on": today, "level": "2.1", "ended_how": "COMPLETED"},
        Sort.COMPONENTS: {
            "medication": "IN_PLACE", "counseling": "STARTING", "support": "NOT_YET", "services": "WAITING", "testing": "SHE_SAID_NO",
            "words": "SECRET parts",
        },
        Sort.PROGRESS: {"goals": "SECRET goals", "schedule": "SECRET schedule", "going": "SECRET going", "supports": "SECRET ride"},
        Sort.ATTENDANCE: {"from_on": today - timedelta(days=30), "band": "MOST"},
        Sort.MEDICINE: {"code": "METHADONE", "dose": "SECRET dose", "prescriber": "", "pregnant": False, "ends_on": None},
        Sort.DIAGNOSIS: {"text": "SECRET diagnosis", "code": "F11.21"},
        Sort.MEETING: {
            "present": "SECRET people", "she_took_part": True, "going": "SECRET meeting", "supports": "SECRET crib", "her_words": "SECRET words",
            "next_on": None, "copy_given_on": None, "copy_how": "",
        },
        Sort.TEST: {"specimen": "URINE", "result": "UNCLEAR", "found": "SECRET found", "reviewer": "", "reviewed_on": None, "meaning": ""},
        Sort.RETURN: {"told_by": "HERSELF", "words": "SECRET event", "helps_now": ""},
        Sort.SUPPORT: {"triggers": "SECRET nights", "skills": ["SECRET walk"], "people": [], "caregivers": [], "naloxone": "AT_HOME"},
        Sort.EDUCATION: {"topics": ["WHAT_HELPS"], "how": "TALKED", "language": "en", "given_by": "SECRET nurse", "her_questions": ""},
        Sort.CHECK_IN: {"born_on": today, "held_on": today, "stresses": ["SLEEP"], "words": "SECRET tired", "helps": ""},
        Sort.GOAL_CHECK: {"goal_kind": "CASE", "goal_id": None, "goal": "SECRET goal", "answer": "REALISTIC", "words": "SECRET reason"},
    }  # fmt: skip


@dataclass
class Treated(PlanWorld):
    """The plan world with a child welfare worker, and a mother with an agreed plan at Riverbend."""

    plan: PlanOfSafeCare = field(init=False)

    def __post_init__(self) -> None:
        """Add who reads and who may not."""
        super().__post_init__()
        self.pine = an_agency(kind=AgencyKind.CPS_AGENCY)
        self.lena = a_worker(Role.CPS_WORKER, agency=self.pine)
        self.prescriber = a_worker(Role.CLINICIAN, agency=self.riverbend)
        self.officer = a_worker(Role.PRIVACY_OFFICER, agency=self.riverbend)
        Membership.objects.update(starts_at=self.at - timedelta(days=1))
        self.plan = self.a_plan(agreed=True)

    @property
    def mother(self) -> UUID:
        """Her identity."""
        return self.plan.identity_id

    def client(self, who: Membership) -> Client:
        """A browser in which `who` is signed in."""
        client = Client()
        client.force_login(who.worker.user)
        client.get("/me/")
        return client

    def write(self, sort: Sort, *, who: Membership | None = None, on: date | None = None, key: str = "", **facts: Any) -> UUID:
        """An entry written by the action that the screens use."""
        by = viewer(who or self.dana)
        told = values(self.today)[sort] | ({"goal_id": self.plan.pk} if sort is Sort.GOAL_CHECK else {}) | facts
        with acting_as(by):
            done = actions.add_entry(
                by=by, at=self.at, identity_id=self.mother, sort=sort, on=on or self.today, values=told, request_key=key or a_key()
            )  # fmt: skip
        assert isinstance(done, actions.Done), done
        return done.row_id

    def open_to(self, who: Membership, information: Iterable[str]) -> Any:
        """Her consent opens the plan and these parts of Riverbend's record to the agency of `who`."""
        return self.share(self.plan, to=who, information=("posc.plan_core", *information))

    def page(self, who: Membership, path: str = "") -> Any:
        """The treatment page, or one beneath it, as `who` reads it."""
        return self.client(who).get(f"/treatment/of/{self.mother}/{path}")


@pytest.fixture
def treated(db: None) -> Treated:
    """The world."""
    subscriptions.join()
    return Treated()
