"""A mother with pages of her own, a Part 2 program that keeps her plan, home visiting that reads it, a hospital; each with a privacy officer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import a_key
from tests.integration.portal.conftest import World
from tests.integration.portal.conftest import world as her_world  # noqa: F401  (a fixture)

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.consents.materialise import materialise
from careloom.health.models import Medication
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.rights import actions
from careloom.rights.models import RightsRequest, RightsStep
from careloom.work.models import Obligation

MEDICINE = "Buprenorphine 8 mg"
REASON = "The old papers are kept in another house."
ANSWER = "We looked at it with care and cannot do it this way."


@dataclass
class Rights:
    """Who asks and who answers."""

    world: World
    officer: Membership
    their_officer: Membership
    hospital_officer: Membership

    @property
    def riverbend(self) -> Agency:
        return self.world.riverbend

    @property
    def mother(self) -> UUID:
        return self.world.mother

    def client(self, who: Membership) -> Client:
        """A browser in which `who` is signed in."""
        client = Client()
        client.force_login(who.worker.user)
        client.get("/me/")
        return client

    def ask(self, phone: Client, right: str, *, holder: Agency | None = None, key: str = "", **facts: Any) -> Any:
        """She asks on her page."""
        form = {"holder": str((holder or self.riverbend).pk), "about": str(self.mother), "request_key": key or a_key()}
        return phone.post(f"/my/rights/ask/{right}/", form | facts)

    def note(self, right: str, *, holder: Agency | None = None, who: Membership | None = None, key: str = "", **facts: Any) -> Any:
        """A worker writes down what she says at the desk."""
        form = {
            "holder": str((holder or self.riverbend).pk), "came_by": "SPOKEN", "received_on": clock.today().isoformat(),
            "verified": "She is here with me", "request_key": key or a_key(),
        } | facts  # fmt: skip
        return self.client(who or self.world.dana).post(f"/rights/of/{self.mother}/ask/{right}/", form)

    def asked(self, right: str, *, at: Any = None, **facts: Any) -> RightsRequest:
        """A request in Riverbend's book that a worker wrote down."""
        by, at = viewer(self.world.dana), at or clock.now()
        plain = {"ACCESS": {"wants_how": "PAPER"}, "AMENDMENT": {"words": "I kept each visit."}, "CONFIDENTIAL": {"use_phone": "555-0199"}}
        told = {
            "right": right, "holder_id": self.riverbend.pk, "identity_id": self.mother, "about_name": "Marisol Valdeluna", "came_by": "WRITTEN",
            "verified": "She is here with me", "received_at": at,
        } | plain.get(right, {}) | facts  # fmt: skip
        with acting_as(by):
            done = actions.note_right(by=by, at=clock.now(), asked=actions.Asked(**told), request_key=a_key())
        assert isinstance(done, actions.Done), done
        return self.row(done.row_id)

    def row(self, pk: UUID, *, agency: Agency | None = None) -> RightsRequest:
        """A request as its holder's job reads it."""
        with acting_as(system(System.JOB, holder_id=(agency or self.riverbend).pk)):
            return RightsRequest.objects.get(pk=pk)

    def rows(self, agency: Agency) -> list[RightsRequest]:
        """Every request in the book of an agency."""
        with acting_as(system(System.JOB, holder_id=agency.pk)):
            return list(RightsRequest.objects.filter(holder_id=agency.pk).order_by("received_at"))

    def owed(self, agency: Agency, kind: str) -> list[Obligation]:
        """What an agency owes of a kind and has not done."""
        with acting_as(system(System.JOB, holder_id=agency.pk)):
            return list(Obligation.objects.filter(holder_id=agency.pk, kind=kind, met_at=None))

    def steps(self, row: RightsRequest) -> list[RightsStep]:
        """The steps of a request."""
        with acting_as(system(System.JOB, holder_id=row.holder_id)):
            return list(RightsStep.objects.filter(request_id=row.pk).order_by("at"))

    def answer(self, row: RightsRequest, does: str, *, who: Membership | None = None, version: int | None = None, **facts: Any) -> Any:
        """The privacy officer answers on the screen."""
        form = {"row_version": str(version or self.row(row.pk).row_version)} | facts
        return self.client(who or self.officer).post(f"/rights/{row.pk}/{does}/", form)

    def page(self, row: RightsRequest) -> str:
        """The request's page as the privacy officer reads it."""
        return words(self.client(self.officer).get(f"/rights/{row.pk}/"))


def words(answer: Any) -> str:
    """A page as text in one line; it must be there."""
    assert answer.status_code == 200, answer.status_code
    main = answer.content.decode().split("<main")[-1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def rights(her_world: World) -> Rights:  # noqa: F811
    """The world of rights; Riverbend holds a medicine of hers, and Harbor has looked at her plan."""
    subscriptions.join()
    found = Rights(
        world=her_world, officer=a_worker(Role.PRIVACY_OFFICER, agency=her_world.riverbend, name="Olive Keeper"),
        their_officer=a_worker(Role.PRIVACY_OFFICER, agency=her_world.harbor, name="Hanna Keeper"),
        hospital_officer=a_worker(Role.PRIVACY_OFFICER, agency=her_world.hospital, name="Henry Keeper"),
    )  # fmt: skip
    with acting_as(viewer(her_world.dana)):
        Medication(
            holder_id=her_world.riverbend.pk, identity_id=her_world.mother, category="part2.medication", system="x", code="1", display=MEDICINE,
            source_id="m1", recorded_at=clock.now(),
        ).save()  # fmt: skip
    materialise([her_world.mother])
    return found
