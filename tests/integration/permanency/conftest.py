"""A mother and her baby whom child welfare of Pine works with, a Part 2 program that treats her, and a Tribe; each with workers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import a_key

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.consents.actions import Draft, Signature, Signed, sign_consent
from careloom.health.models import Medication
from careloom.infra import clock
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.infra.access.caseload import assign
from careloom.infra.answers import Done
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.actions import PersonFacts, put_person
from careloom.permanency import actions, models, ports
from careloom.work.models import Obligation

ENOUGH = "A plan at home was tried with her sister and did not hold over the weekend."


@dataclass
class World:
    """Who works with the family. `unsafe` is what the safety assessments say: child and day."""

    cps: Agency
    riverbend: Agency
    tribe: Agency
    lena: Membership
    marcus: Membership
    other: Membership
    dana: Membership
    nora: Membership
    mother: UUID
    baby: UUID
    unsafe: dict[UUID, date]
    assessment_id: UUID

    @property
    def today(self) -> date:
        return clock.today(self.cps.zone)

    def days(self, number: int) -> date:
        return self.today + timedelta(days=number)

    def client(self, who: Membership) -> Client:
        """A browser in which `who` is signed in."""
        client = Client()
        client.force_login(who.worker.user)
        client.get("/me/")
        return client

    def page(self, who: Membership | None = None) -> str:
        """The case as somebody reads it, in one line."""
        return text(self.client(who or self.lena).get(f"/cases/of/{self.mother}/"))

    def send(self, deed: str, *, worker: Membership | None = None, key: str = "", **facts: Any) -> Any:
        """Send one form about the family."""
        return self.client(worker or self.lena).post(f"/cases/of/{self.mother}/{deed}/", {"request_key": key or a_key()} | plain(facts))

    def on(self, row: Any, deed: str, *, worker: Membership | None = None, key: str = "", version: int | None = None, **facts: Any) -> Any:
        """Send one form about a row."""
        form = {"request_key": key or a_key(), "row_version": str(version or self.fresh(row).row_version)} | plain(facts)
        return self.client(worker or self.lena).post(f"/cases/row/{row.pk}/{deed}/", form)

    def fresh(self, row: Any) -> Any:
        """The row as its holder's job reads it now."""
        with acting_as(system(System.JOB, holder_id=row.holder_id)):
            return type(row).objects.get(pk=row.pk)

    def rows(self, model: Any, *, agency: Agency | None = None) -> list[Any]:
        """Every row of a table that an agency holds about the family."""
        holder = (agency or self.cps).pk
        with acting_as(system(System.JOB, holder_id=holder)):
            return list(model.objects.filter(holder_id=holder, identity_id=self.mother).order_by("pk"))

    def only(self, model: Any) -> Any:
        """The one row."""
        (row,) = self.rows(model)
        return row

    def owed(self, agency: Agency, kind: str) -> list[Obligation]:
        """What an agency owes of a kind and has not done."""
        with acting_as(system(System.JOB, holder_id=agency.pk)):
            return list(Obligation.objects.filter(holder_id=agency.pk, kind=kind, met_at=None).order_by("opened_at"))

    def opened(self, kind: str = "VOLUNTARY_IN_HOME") -> models.Case:
        """An open case."""
        done = self.send("open", kind=kind, reason="She asked for help with the first weeks at home.", decided_on=self.days(-3))
        assert done.status_code == 302, text_of(done)
        found: models.Case = self.only(models.Case)
        return found

    def removed(self, *, days: int = 30, found: int | None = None) -> models.Removal:
        """A removal so many days ago, with the finding so many days ago."""
        self.opened("REMOVAL")
        self.unsafe[self.baby] = self.days(-days)
        done = self.send(
            "remove", child=str(self.baby), insufficient=ENOUGH, authority="COURT_ORDER", removed_on=self.days(-days),
            found_on=self.days(-found) if found is not None else "",
        )  # fmt: skip
        assert done.status_code == 302, text_of(done)
        row: models.Removal = self.only(models.Removal)
        return row

    def consent(
        self, *, giver: Membership, to: Agency, information: tuple[str, ...], purposes: tuple[str, ...], kind: str = "specific"
    ) -> Signed:  # fmt: skip
        """A consent of hers that the agency of `giver` took."""
        by = viewer(giver)
        draft = Draft(
            identity_id=self.mother, subject_ids=(self.mother,), kind=kind, discloser_ids=(giver.agency_id,), recipient_ids=(to.pk,),
            information=information, purposes=purposes, expires_on=clock.today() + timedelta(days=180),
        )  # fmt: skip
        with acting_as(by):
            signed = sign_consent(
                by=by, at=now(), draft=draft, signature=Signature(method="SCREEN", name="Practice Mother", explained_at=now()), request_key=a_key()
            )
        assert isinstance(signed, Signed), signed
        return signed

    def by(self, who: Membership) -> Viewer:
        return viewer(who)


def now() -> datetime:
    """The database answers for the instant at which its transaction began."""
    return clock.now() - timedelta(minutes=1)


def plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Days as ISO texts, as a form carries them."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}


def text_of(answer: Any) -> str:
    """A page as text in one line."""
    main = answer.content.decode().split("<main")[-1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def text(answer: Any) -> str:
    """The same; the page must be there."""
    assert answer.status_code == 200, answer.status_code
    return text_of(answer)


def a_person(by: Viewer, *, role: str, identity_id: UUID | None = None, mother: UUID | None = None, **facts: Any) -> UUID:
    """The own record of a person, on the caseload of the worker."""
    with acting_as(by):
        known = PersonFacts(role=role, mother_identity_id=mother, **facts)
        row = put_person(by=by, at=now(), facts=known, category="posc.plan_core", identity_id=identity_id)
        assert by.worker_id is not None
        assign(by=by, worker_id=by.worker_id, identity_ids=[row.identity_id], at=now())
    return row.identity_id


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """The world; its safety assessments are those in `unsafe`, through the same port that the product joins."""
    subscriptions.join()
    with clock.at(now() - timedelta(minutes=1)):
        cps = an_agency(kind=AgencyKind.CPS_AGENCY, name="Pine County Children", county="Pine")
        riverbend = an_agency(kind=AgencyKind.PART2_PROGRAM, name="Riverbend Clinic", is_part2_program=True, is_covered_entity=True)
        tribe = an_agency(kind=AgencyKind.TRIBAL_ICWA, name="Eagle Nation Wellness", is_tribe=True)
        lena = a_worker(Role.CPS_WORKER, agency=cps, name="Lena Ortiz")
        marcus = a_worker(Role.SUPERVISOR, agency=cps, name="Marcus Reed")
        other = a_worker(Role.CPS_WORKER, agency=cps)
        dana = a_worker(Role.CARE_COORDINATOR, agency=riverbend, name="Dana Whitlock")
        nora = a_worker(Role.TRIBAL_WORKER, agency=tribe, name="Nora Eagle")
    mother = a_person(viewer(lena), role="MOTHER", given_name="Marisol", family_name="Valdeluna")
    a_person(viewer(dana), role="MOTHER", identity_id=mother, given_name="Marisol", family_name="Valdeluna")
    baby = a_person(
        viewer(lena), role="INFANT", mother=mother, given_name="Mateo", family_name="Valdeluna", birth_date=clock.today() - timedelta(days=200)
    )
    unsafe: dict[UUID, date] = {}
    assessment = uuid4()

    def read(*, viewer: Viewer, identity_id: UUID) -> list[ports.Assessed]:
        if identity_id != mother or not unsafe:
            return []
        return [ports.Assessed(id=assessment, completed_on=max(unsafe.values()), unsafe_child_ids=frozenset(unsafe))]

    monkeypatch.setattr(ports, "_assessments", [read])
    return World(
        cps=cps, riverbend=riverbend, tribe=tribe, lena=lena, marcus=marcus, other=other, dana=dana, nora=nora, mother=mother, baby=baby,
        unsafe=unsafe, assessment_id=assessment,
    )  # fmt: skip


def a_medicine(world: World) -> None:
    """What the program holds of her treatment."""
    with acting_as(viewer(world.dana)):
        Medication(
            holder_id=world.riverbend.pk, identity_id=world.mother, category="part2.medication", system="x", code="1",
            display="Buprenorphine 8 mg", source_id="m1", recorded_at=clock.now(), starts_on=world.days(-150), is_moud=True,
        ).save()  # fmt: skip


__all__ = ["ENOUGH", "Done", "World", "a_medicine", "a_person", "actions", "text", "text_of", "world"]
