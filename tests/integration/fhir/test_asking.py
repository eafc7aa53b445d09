"""An agency's own system asks a service for a family by FHIR, hears how it stands, and takes it back: the loop from the other side."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from tests.factories.agencies import viewer
from tests.factories.fhir import System, a_system
from tests.integration.fhir.loop import Loop
from tests.integration.referrals.conftest import World, a_world
from tests.shared_data import shared_data

from careloom.agencies.roles import Role
from careloom.fhir import canonicals
from careloom.infra.access import acting_as
from careloom.kernel.referral import Kind, State
from careloom.plans.models import Need, Referral
from careloom.work.models import Obligation

pytestmark = pytest.mark.django_db
SCOPE = "system/*.crus"
NUMBERS = "urn:example:orders"


class Asking:
    """Pine's own system, and what it asks."""

    def __init__(self) -> None:
        self.world: World = a_world()
        self.system = a_system(self.world.dana.agency, role=Role.CARE_COORDINATOR, scope=SCOPE)
        with acting_as(viewer(self.world.dana)):
            Need.objects.filter(pk=self.world.need.pk).update(owner_worker_id=self.world.dana.worker_id)

    def body(self, *, to: str = "", number: str = "", **changes: Any) -> Any:
        """A request for housing of Harbor, or of `to`."""
        asked = {"reference": to or f"Organization/{self.world.bea.agency_id}"}
        return {
            "resourceType": "ServiceRequest", "status": "active", "intent": "order",
            "identifier": [{"system": NUMBERS, "value": number or uuid4().hex}],
            "subject": {"reference": f"Patient/{self.world.mother}"}, "performer": [asked],
            "code": {"coding": [{"system": canonicals.NEED, "code": "HOUSING"}]}, "note": [{"text": "She prefers mornings."}],
        } | changes  # fmt: skip

    def ask(self, body: Any, *, by: System | None = None, **headers: str) -> HttpResponse:
        who = by or self.system
        data = body if isinstance(body, bytes) else json.dumps(body)
        return who.http.post("/fhir/ServiceRequest", data, content_type="application/fhir+json", headers=who.headers(**headers))

    @property
    def rows(self) -> list[Referral]:
        with acting_as(viewer(self.world.dana)):
            return list(Referral.objects.all())


@pytest.fixture
def asking(db: None) -> Asking:
    return Asking()


def words(answer: HttpResponse) -> str:
    return str(answer.json()["issue"][0]["diagnostics"])


def test_a_request_goes_out_and_its_answer_comes_back_by_task(asking: Asking) -> None:
    world = asking.world
    world.sign(recipient=world.bea)
    world.sign(recipient=world.dana, discloser=world.bea)
    made = asking.ask(asking.body())
    assert made.status_code == 201, made.content
    (row,) = asking.rows
    assert made.headers["Location"] == f"http://testserver/fhir/ServiceRequest/{row.pk}"
    assert made.json()["status"] == "active"
    assert (row.state, row.kind, row.owner_worker_id) == (State.REQUESTED, Kind.LIVE, world.dana.worker_id)
    assert "REFERRAL_ANSWER" in world.owed(world.bea)
    assert asking.system.read(f"Task/{row.pk}")["status"] == "requested"
    theirs = Loop(world=world, row=row, system=a_system(world.bea.agency, role=Role.HOME_VISITOR, scope="system/*.rus"))
    assert theirs.put(theirs.task(State.ACCEPTED)).status_code == 200
    assert asking.system.read(f"Task/{row.pk}")["status"] == "accepted"


def test_without_her_consent_it_stays_a_draft_and_a_worker_asks_her(asking: Asking) -> None:
    made = asking.ask(asking.body())
    assert (made.status_code, made.json()["status"]) == (201, "draft")
    assert "REFERRAL_CONSENT" in asking.world.owed(asking.world.dana)
    assert asking.world.owed(asking.world.bea) == []
    assert asking.world.seen(asking.world.bea, asking.rows[0]) is None
    with acting_as(viewer(asking.world.dana)):
        assert Obligation.objects.get(kind="REFERRAL_CONSENT").worker_id == asking.world.dana.worker_id


def test_the_same_request_again_is_one_and_another_under_its_number_is_a_conflict(asking: Asking) -> None:
    body = asking.body(number="17")
    first, second = asking.ask(body), asking.ask(body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.headers["Location"] == second.headers["Location"]
    other = asking.ask(body | {"note": [{"text": "She prefers evenings."}]})
    assert (other.status_code, words(other)[:25]) == (409, "ServiceRequest.identifier")
    assert asking.ask(body | {"note": []}).status_code == 422
    same = asking.ask(asking.body(number="17"), **{"If-None-Exist": f"identifier={NUMBERS}|17"})
    assert (same.status_code, same.headers["Location"]) == (200, first.headers["Location"])
    assert asking.ask(asking.body(number="18"), **{"If-None-Exist": "identifier=17"}).status_code == 400
    assert len(asking.rows) == 1


def test_a_service_that_does_not_answer_here_is_written_down_and_followed_by_its_system(asking: Asking) -> None:
    made = asking.ask(asking.body(performer=[{"display": "Hope Street Family Housing"}]))
    assert made.status_code == 201, made.content
    (row,) = asking.rows
    assert (row.kind, row.organization) == (Kind.LOGGED, "Hope Street Family Housing")
    heard = Loop(world=asking.world, row=row, system=asking.system)
    assert heard.put(heard.task(State.ACCEPTED)).status_code == 200
    assert heard.state == State.ACCEPTED


def test_the_agency_that_asked_takes_it_back_with_a_reason_and_answers_for_nobody(asking: Asking) -> None:
    world = asking.world
    world.sign(recipient=world.bea)
    asking.ask(asking.body())
    ours = Loop(world=world, row=asking.rows[0], system=asking.system)
    assert ours.put(ours.task(State.ACCEPTED)).status_code == 403
    task = ours.task() | {"status": "cancelled"}
    task.pop("businessStatus", None)
    lacking = ours.put(task)
    assert lacking.status_code == 422
    assert "Task.statusReason: CONSENT_ENDED" in words(lacking)
    reason = {"coding": [{"system": canonicals.REFERRAL_REASON, "code": "GOT_IT_ELSEWHERE"}]}
    assert ours.put(task | {"statusReason": reason}).status_code == 200
    assert ours.state == State.CANCELLED
    assert ours.put(ours.task()).status_code == 200, "what was read and sent back changes nothing"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda a: {"status": "completed"}, "status"), (lambda a: {"intent": "plan"}, "status"), (lambda a: {"code": {"text": "a flat"}}, "code"),
        (lambda a: {"code": {"coding": [{"system": canonicals.NEED, "code": "FOOD"}]}}, "code"),
        (lambda a: {"subject": {"reference": f"Patient/{uuid4()}"}}, "code"),
        (lambda a: {"subject": {"reference": "Patient/x"}}, "subject.reference"),
        (lambda a: {"performer": [{"reference": f"Organization/{uuid4()}"}]}, "performer[0].reference"),
        (lambda a: {"performer": [{"reference": f"Patient/{a.world.mother}"}]}, "performer[0].reference"),
        (lambda a: {"performer": [{"reference": "Organization/" + str(a.world.bea.agency_id)}] * 2}, "performer"),
        (lambda a: {"performer": [{"display": " "}]}, "performer[0]"), (lambda a: {"note": [{"text": "x" * 501}]}, "note"),
        (lambda a: {"identifier": [{"system": NUMBERS}]}, "identifier[0]"), (lambda a: {"orderDetail": [{"text": "x" * 161}]}, "orderDetail[0].text"),
        (lambda a: {"basedOn": [{"reference": f"CarePlan/{uuid4()}"}]}, "code"),
        (lambda a: {"performer": [{"reference": f"Organization/{a.world.dana.agency_id}"}]}, ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_path(asking: Asking, change: Callable[[Asking], Any], path: str) -> None:
    answer = asking.ask(asking.body() | change(asking))
    assert answer.status_code == 422, answer.content
    assert words(answer).startswith(f"ServiceRequest.{path}: " if path else "ServiceRequest: "), words(answer)
    assert asking.rows == []


def test_she_said_no_and_nobody_is_asked(asking: Asking) -> None:
    with acting_as(viewer(asking.world.dana)):
        Need.objects.filter(pk=asking.world.need.pk).update(her_choice="NO")
    assert asking.ask(asking.body()).status_code == 422
    assert asking.rows == []


def test_a_need_that_nobody_answers_for_waits_for_a_worker(asking: Asking) -> None:
    with acting_as(viewer(asking.world.dana)):
        Need.objects.filter(pk=asking.world.need.pk).update(owner_worker_id=None)
    assert "A worker takes it first" in words(asking.ask(asking.body()))


def test_a_system_of_another_agency_learns_nothing_by_asking(asking: Asking) -> None:
    """Somebody hidden and somebody absent have the same words; nothing is written."""
    stranger = a_system(asking.world.out.agency, role=Role.HOME_VISITOR, scope=SCOPE)
    hidden = asking.ask(asking.body(), by=stranger)
    absent = asking.ask(asking.body(subject={"reference": f"Patient/{uuid4()}"}), by=stranger)
    assert hidden.status_code == absent.status_code
    assert hidden.content == absent.content
    reads = a_system(asking.world.dana.agency, role=Role.CARE_COORDINATOR)
    assert asking.ask(asking.body(), by=reads).status_code == 403
    assert asking.rows == []


def test_every_official_service_request_is_refused_with_its_path(asking: Asking) -> None:
    """None of them is about somebody here, so each says first what it lacks."""
    found = [path for path in sorted(shared_data("fhir_examples").rglob("*.json")) if path.stat().st_size < 200_000]
    kinds = {"ServiceRequest": 422}
    for path in found:
        answer = asking.ask(path.read_bytes())
        kind = json.loads(path.read_bytes()).get("resourceType")
        assert answer.status_code == kinds.get(kind, 400), (path.name, answer.status_code)
        assert words(answer).startswith("ServiceRequest."), path.name
    assert sum(path.name.startswith("ServiceRequest") for path in found) > 5
