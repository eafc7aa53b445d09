"""A county's child welfare with a worker and a supervisor, and a report that a hospital sent it; everything is done on the screens."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.factories.births import a_birth, sent
from tests.factories.plans import a_key, a_little_ago

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.events.outbox import deliver_pending
from careloom.kernel.agency_kinds import AgencyKind
from careloom.notifications.actions import deliver_identified
from careloom.notifications.models import ReceivedNotification
from careloom.safety.instruments import instrument_of
from careloom.safety.models import AssessedPerson, SafetyAssessment, SafetyPlan
from careloom.work.models import Obligation

REPORT = {"in_treatment": "NO", "safety_concern": "YES", "safety_words": "Nobody could be woken."}


@dataclass
class Safety:
    """Child welfare, its worker and supervisor, the hospital, and the mother whom a report is about."""

    agency: Agency
    worker: Membership
    supervisor: Membership
    hospital: Agency
    social_worker: Membership
    mother: UUID
    infants: list[UUID]

    def client(self, who: Membership | None = None) -> Client:
        """A browser in which `who` (default: the worker) is signed in."""
        client = Client()
        client.force_login((who or self.worker).worker.user)
        client.get("/me/")
        return client

    def received(self, kind: str = "REPORT") -> ReceivedNotification:
        """The report, or the notification with names, as child welfare holds it."""
        with acting_as(system(System.JOB, holder_id=self.agency.pk)):
            return ReceivedNotification.objects.get(holder_id=self.agency.pk, identity_id=self.mother, kind=kind)

    def screen_in(self) -> SafetyAssessment:
        """The supervisor gives the report to the worker, and the worker accepts it on its screen."""
        got = self.received()
        given = self.client(self.supervisor).post(f"/births/received/{got.pk}/give/", {"worker": str(self.worker.worker_id)})
        assert given.status_code == 302
        answered = self.client().post(f"/births/received/{got.pk}/", {"answer": "ACCEPTED_PATHWAY", "reason": "We will meet the family."})
        assert answered.status_code == 302
        deliver_pending()
        (row,) = self.assessments()
        return row

    def assessments(self) -> list[SafetyAssessment]:
        """Every assessment of the family, oldest first."""
        with acting_as(system(System.JOB, holder_id=self.agency.pk)):
            return list(SafetyAssessment.objects.filter(holder_id=self.agency.pk, identity_id=self.mother).order_by("started_at", "version"))

    def row(self, row: SafetyAssessment) -> SafetyAssessment:
        """An assessment as it stands now."""
        return next(one for one in self.assessments() if one.pk == row.pk)

    def people(self, row: SafetyAssessment, kind: str = "") -> list[AssessedPerson]:
        """Who is in an assessment."""
        with acting_as(system(System.JOB, holder_id=self.agency.pk)):
            found = AssessedPerson.objects.filter(assessment_id=row.pk).order_by("place", "pk")
            return [one for one in found if not kind or one.kind == kind]

    def plan(self, row: SafetyAssessment) -> SafetyPlan:
        """The safety plan of an assessment."""
        with acting_as(system(System.JOB, holder_id=self.agency.pk)):
            return SafetyPlan.objects.get(assessment_id=row.pk)

    def owed(self, kind: str) -> list[Obligation]:
        """What the agency still owes of one kind, oldest first."""
        with acting_as(system(System.JOB, holder_id=self.agency.pk)):
            return list(Obligation.objects.filter(holder_id=self.agency.pk, kind=kind, met_at=None).order_by("opened_at"))

    def see_everybody(self, row: SafetyAssessment) -> None:
        """Each person was seen today, as her or his screen says."""
        for person in self.people(row):
            form = {
                "name": person.name, "relation": person.relation, "cares": "on" if person.cares else "", "at_home": "on" if person.at_home else "",
                "seen_on": clock.today().isoformat(), "request_key": a_key(),
            }  # fmt: skip
            saved(self.client().post(f"/safety/{row.pk}/people/{person.pk}/", {k: v for k, v in form.items() if v}))

    def add_adult(self, row: SafetyAssessment, name: str, **facts: str) -> AssessedPerson:
        """Another adult, seen today."""
        form = {"name": name, "at_home": "on", "seen_on": clock.today().isoformat(), "request_key": a_key()} | facts
        saved(self.client().post(f"/safety/{row.pk}/people/new/adult/", form))
        return next(one for one in self.people(row) if one.name == name)

    def part(self, row: SafetyAssessment, person: AssessedPerson, **changed: Any) -> Any:
        """Fill in part A of a child or part B of an adult on its screen: all noted and present unless `changed` says otherwise."""
        client, path = self.client(), f"/safety/{row.pk}/part/{person.pk}/"
        told: dict[str, Any] = {"version": mark(client.get(path))}
        instrument = instrument_of(pack=row.pack, key=row.instrument)
        for item in instrument.domains if person.kind == "CHILD" else instrument.capacities:
            key = item.id.replace(".", "_")
            filled = {f"{key}_picked": [item.options[0][0]]} if person.kind == "CHILD" else {f"{key}_answer": "PRESENT"}
            told |= filled | {f"{key}_evidence": "Seen at the visit"}
        return client.post(path, told | changed)

    def factors(self, row: SafetyAssessment, *, yes: Iterable[str] = (), unable: Iterable[str] = (), **changed: Any) -> Any:
        """Fill in part C on its screen: no, each with a reason, but for those in `yes` and `unable`."""
        client, path = self.client(), f"/safety/{row.pk}/factors/"
        told: dict[str, Any] = {"version": mark(client.get(path))}
        children = [str(child.pk) for child in self.people(row, "CHILD")]
        for item in instrument_of(pack=row.pack, key=row.instrument).factors:
            key, answer = item.id.replace(".", "_"), "YES" if item.id in yes else "UNABLE" if item.id in unable else "NO"
            told |= {f"{key}_answer": answer, f"{key}_evidence": "What was seen there"}
            if answer != "NO":
                told |= {f"{key}_source": "Nurse", f"{key}_seen_on": clock.today().isoformat(), f"{key}_children": children}
        return client.post(path, told | changed)

    def fill(self, row: SafetyAssessment, *, yes: Iterable[str] = (), unable: Iterable[str] = (), **mother: str) -> SafetyAssessment:
        """Everything of an assessment, ready to be completed; `mother` changes what part B says of her."""
        self.see_everybody(row)
        for person in self.people(row):
            saved(self.part(row, person, **(mother if person.cares else {})))
        saved(self.factors(row, yes=yes, unable=unable))
        return self.row(row)

    def decide(self, row: SafetyAssessment, does: str, *, who: Membership | None = None, **told: str) -> Any:
        """Decide on the screen of an assessment."""
        return self.client(who).post(f"/safety/{row.pk}/{does}/", {"row_version": self.row(row).row_version, "request_key": a_key()} | told)

    def approved(self, row: SafetyAssessment, response: str, *, why: str = "") -> SafetyAssessment:
        """Complete as the worker and approve as the supervisor."""
        saved(self.decide(row, "complete", response=response, response_why=why))
        saved(self.decide(row, "approve", who=self.supervisor))
        return self.row(row)

    def unsafe(self, row: SafetyAssessment | None = None) -> SafetyAssessment:
        """An approved assessment that found a danger which another adult at home holds back."""
        row = row or self.screen_in()
        self.add_adult(row, "Aunt")
        self.fill(row, yes=["C.care"], B_copes_answer="DIMINISHED")
        return self.approved(row, "IN_HOME")

    def do_plan(self, plan: SafetyPlan, does: str, **told: Any) -> Any:
        """Do something with a safety plan on its screen."""
        with acting_as(system(System.JOB, holder_id=self.agency.pk)):
            version = SafetyPlan.objects.get(pk=plan.pk).row_version
        return self.client().post(f"/safety/plan/{plan.pk}/{does}/", {"row_version": version, "request_key": a_key()} | told)

    def agreed_plan(self, row: SafetyAssessment | None = None) -> SafetyPlan:
        """A safety plan with a step, to which the family said yes."""
        row = row or self.unsafe()
        saved(self.client().post(f"/safety/{row.pk}/plan/"))
        plan = self.plan(row)
        saved(self.do_plan(plan, "step", factor="C.care", what="Aunt sleeps in the same room", who="Aunt", when="Every night"))
        saved(self.do_plan(plan, "spoken", agreed_who="Mother and aunt", heard_by="Worker"))
        return self.plan(row)


def mark(answer: Any) -> str:
    """The mark of what stood in a part when its page was opened."""
    assert answer.status_code == 200, answer.status_code
    found = re.search(r'name="version" value="([0-9a-f]{12})"', answer.content.decode())
    assert found
    return found[1]


def saved(answer: Any) -> None:
    """A form that was sent was kept: it leads on to the next page."""
    assert answer.status_code == 302, words(answer)[:4000]


def words(answer: Any) -> str:
    """The text of a page, tags taken out."""
    text = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


@pytest.fixture
def safety(db: None) -> Safety:
    """A report that came in five minutes ago and waits for an answer."""
    subscriptions.join()
    county, at = uuid4().hex[:12], a_little_ago()
    agency = an_agency(kind=AgencyKind.CPS_AGENCY, county=county)
    hospital = an_agency(kind=AgencyKind.HOSPITAL, is_covered_entity=True, county=county)
    supervisor = a_worker(Role.SUPERVISOR, agency=agency)
    worker, social_worker = a_worker(Role.CPS_WORKER, agency=agency), a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=hospital)
    Membership.objects.update(starts_at=at - timedelta(days=1))
    Membership.objects.filter(pk=worker.pk).update(supervisor_id=supervisor.worker_id)
    for member in (worker, supervisor, social_worker):
        member.refresh_from_db()
    born = a_birth(social_worker, exposures=(("FENTANYL", "NO"),), county=county, at=at)
    done = sent(born, at=at, **REPORT)
    deliver_identified(notification_id=done.notification.pk, holder_id=hospital.pk, at=at)
    return Safety(
        agency=agency,
        worker=worker,
        supervisor=supervisor,
        hospital=hospital,
        social_worker=social_worker,
        mother=born.mother_id,
        infants=[birth.identity_id for birth in born.births],
    )
