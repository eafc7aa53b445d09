"""Riverbend (a Part 2 program), St. Agnes (a hospital) and child welfare, with workers who fill forms about one family."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import PlanWorld

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.infra.access import System, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind
from careloom.screening.models import FormDraft, FormResponse
from careloom.work.models import Obligation

PHQ, SOCIAL, SAFE, EPDS = (f"urn:careloom:form:{name}" for name in ("phq-9", "social-needs", "safe-at-home", "epds-result"))
NEVER = {f"phq-{number}": "not-at-all" for number in range(1, 10)}


@dataclass
class Forms:
    """The world of forms: who fills, about whom."""

    world: PlanWorld
    mother: UUID
    county: Agency
    caseworker: Membership

    def client(self, member: Membership) -> Client:
        """A browser in which a worker is signed in."""
        client = Client()
        client.force_login(member.worker.user)
        return client

    def begun(self, member: Membership, url: str = PHQ, *, about: UUID | None = None, language: str = "en") -> FormDraft:
        """A draft that a worker begins on the family's page."""
        form = {"url": url, "about": str(about or self.mother), "language": language}
        answer = self.client(member).post(f"/forms/{self.mother}/start/", form)
        assert answer.status_code == 302, answer.content.decode()[:2000]
        return self.draft(UUID(answer["Location"].split("/")[-2]))

    def draft(self, pk: UUID) -> FormDraft:
        """A draft as it stands."""
        with acting_as(system(System.MATCHING)):
            return FormDraft.objects.get(pk=pk)

    def response(self, pk: Any) -> FormResponse:
        """What was handed in, as it stands."""
        with acting_as(system(System.MATCHING)):
            return FormResponse.objects.get(pk=pk)

    def sent(self, draft: FormDraft, answers: dict[str, Any], **more: Any) -> dict[str, Any]:
        """What a page posts: the answers, what stood on it, its version and its tab."""
        return {"asked": list(answers), "version": draft.row_version, "tab": "tab-one", **answers, **more}

    def hand_in(self, member: Membership, draft: FormDraft, answers: dict[str, Any], **more: Any) -> Any:
        """A worker hands a draft in on its page, having shown her beforehand what is asked."""
        form = self.sent(draft, answers, hand_in="1", how="SPOKEN", shown="1", **more)
        return self.client(member).post(f"/forms/fill/{draft.pk}/", form)

    def filled(self, member: Membership, answers: dict[str, Any], url: str = PHQ, **facts: Any) -> FormResponse:
        """A form that was handed in."""
        done = self.hand_in(member, self.begun(member, url, **facts), answers)
        assert done.status_code == 302, words(done)
        return self.response(done["Location"].split("/")[-2])

    def owed(self, agency: Agency, kind: str = "FORM_ALERT") -> list[Obligation]:
        """What an agency owes and has not done."""
        with acting_as(system(System.JOB, holder_id=agency.pk)):
            return list(Obligation.objects.filter(holder_id=agency.pk, kind=kind, met_at=None))


def words(answer: Any) -> str:
    """The page as text in one line."""
    main = answer.content.decode().split("<main")[-1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def made(db: None) -> Forms:
    """The world; Riverbend works with the mother, whose record the hospital and the county keep as well."""
    subscriptions.join()
    world = PlanWorld()
    county = an_agency(kind=AgencyKind.CPS_AGENCY)
    caseworker = a_worker(Role.CPS_WORKER, agency=county)
    return Forms(world=world, mother=world.a_mother(given_name="Practice", family_name="Mother"), county=county, caseworker=caseworker)


__all__ = ["EPDS", "NEVER", "PHQ", "SAFE", "SOCIAL", "Forms", "made", "viewer", "words"]
