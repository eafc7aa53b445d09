"""A partner's system answers a referral by a Task: the step is the one that a worker of its agency would take, once, and only where it was asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from tests.factories.fhir import a_system
from tests.integration.fhir.loop import BUSINESS, Loop
from tests.integration.referrals.conftest import a_world

from careloom.agencies.roles import Role
from careloom.fhir.writing.bodies import MOST_BYTES
from careloom.infra import clock
from careloom.kernel.referral import State

pytestmark = pytest.mark.django_db
FULL = {"coding": [{"system": "urn:careloom:referral-reason", "code": "FULL"}]}
SCHEDULED = {"coding": [{"system": BUSINESS, "code": "5.1.1"}]}
RESULT = {
    "system": "http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes",
    "code": "resulting-activity",
}


def said(answer: HttpResponse) -> str:
    return str(answer.json()["issue"][0]["diagnostics"])


def test_a_referral_goes_its_whole_way_by_task(loop: Loop) -> None:
    when = (clock.now() + timedelta(days=3)).replace(microsecond=0)
    answer = loop.put(loop.task(State.ACCEPTED, note=[{"text": "We call her tomorrow"}]))
    assert (answer.status_code, answer.json()["status"]) == (200, "accepted"), answer.content
    assert answer.headers["ETag"] == f'W/"{answer.json()["meta"]["versionId"]}"'
    assert loop.state == State.ACCEPTED
    assert loop.put(loop.task(State.SCHEDULED, executionPeriod={"start": when.isoformat()})).status_code == 200
    assert loop.world.seen(loop.world.dana, loop.row).scheduled_for == when  # type: ignore[union-attr]
    assert loop.put(loop.task(State.NO_SHOW)).status_code == 200
    assert loop.put(loop.task(State.ATTENDED)).status_code == 200
    done = loop.put(loop.task(State.COMPLETED, output=[{"type": {"coding": [RESULT]}, "valueReference": {"reference": "Procedure/1"}}]))
    assert done.status_code == 200, done.content
    assert (loop.state, loop.world.seen(loop.world.dana, loop.row).outcome) == (State.COMPLETED, "SERVICE_DELIVERED")  # type: ignore[union-attr]
    assert done.json()["output"][0]["valueCodeableConcept"]["coding"][0]["code"] == "SERVICE_DELIVERED"
    # What was read and is sent back unchanged changes nothing.
    before = loop.steps
    assert loop.put(loop.task()).status_code == 200
    assert loop.steps == before == 5


def test_the_same_answer_sent_again_is_one_step(loop: Loop) -> None:
    body = loop.task(State.ACCEPTED)
    match = {"If-Match": f'W/"{body["meta"]["versionId"]}"'}
    first, again = loop.put(body, **match), loop.put(body, **match)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["meta"]["versionId"] == again.json()["meta"]["versionId"]
    assert loop.put(body).status_code == 200
    assert loop.steps == 1


def test_an_answer_to_an_older_version_is_a_conflict_and_changes_nothing(loop: Loop) -> None:
    old = loop.task()["meta"]["versionId"]
    loop.world.say(loop.world.bea, loop.row, State.ACCEPTED)
    stale = loop.put(loop.task(State.WAITLISTED), **{"If-Match": f'W/"{old}"'})
    assert stale.status_code == 412
    assert loop.state == State.ACCEPTED


def test_a_waiting_list_a_refusal_and_nobody_reached(loop: Loop) -> None:
    assert loop.put(loop.task(State.WAITLISTED)).status_code == 200
    assert loop.state == State.WAITLISTED
    failed = loop.put(loop.task(State.FAILED))
    assert (failed.status_code, failed.json()["status"]) == (200, "on-hold")  # the place asks for more tries first, and the answer says how it stands
    bare = loop.put(loop.task(State.DECLINED))
    assert bare.status_code == 422
    assert "Task.statusReason" in said(bare)
    assert loop.put(loop.task(State.DECLINED, statusReason=FULL)).status_code == 200
    assert loop.state == State.DECLINED


Change = Callable[[Any], Any]


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        (lambda t: t | {"status": "completed", "businessStatus": {"coding": [{"system": BUSINESS, "code": "7.0"}]}}, 422, "Task.output"),
        (lambda t: t | {"status": "in-progress", "businessStatus": {"coding": [{"system": BUSINESS, "code": "5.1.4"}]}}, 422, "accepted (3.0)"),
        (lambda t: t | {"status": "cancelled", "businessStatus": {"text": "by us"}}, 422, "Open from here"),
        (lambda t: t | {"status": "accepted", "businessStatus": {"coding": [{"system": BUSINESS, "code": "4.0"}]}}, 422, "it is rejected"),
        (lambda t: t | {"businessStatus": {"coding": [{"system": BUSINESS, "code": "5.1.3"}]}}, 422, "Task.businessStatus"),
        (lambda t: t | {"status": "entered-in-error", "businessStatus": {"text": "x"}}, 422, "Task.status"),
        (lambda t: t | {"owner": {"reference": "Organization/elsewhere"}}, 422, "Task.owner.reference"),
        (lambda t: t | {"for": {"reference": "Patient/somebody-else"}}, 422, "Task.for.reference"),
        (lambda t: t | {"status": "accepted", "businessStatus": {"text": "x"}, "note": [{"text": "x" * 501}]}, 422, "Task.note"),
        (lambda t: t | {"status": ["accepted"]}, 422, "Task.status: it is text"),
        (lambda t: t | {"note": {"text": "x"}}, 422, "Task.note: it is a list"),
        (lambda t: t | {"output": []}, 422, "Task.output"),
        (lambda t: t | {"businessStatus": {"coding": [7]}}, 422, "Task.businessStatus.coding[0]"),
        (lambda t: {k: v for k, v in t.items() if k != "status"}, 422, "Task.status: it is needed"),
        (lambda t: t | {"resourceType": "Patient"}, 400, "Task.resourceType"),
        (lambda t: t | {"id": "another"}, 400, "Task.id"),
        (lambda t: [t], 400, "Task.resourceType"),
        (lambda t: "{", 400, "no JSON"),
        (lambda t: "[" * 200_000, 400, "no JSON"),
        (lambda t: '{"resourceType":"Task","resourceType":"Task"}', 400, "no JSON"),
        (lambda t: '{"resourceType":"Task","priority":NaN}', 400, "no JSON"),
        (lambda t: b"\xff\xfe", 400, "no JSON"),
        (lambda t: t | {"description": "x" * MOST_BYTES}, 413, "at most"),
        (
            lambda t: t | {"status": "in-progress", "businessStatus": SCHEDULED, "executionPeriod": {"start": "2027-03-31"}},
            422, "Task.executionPeriod.start",
        ),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else None,
)  # fmt: skip
def test_what_is_wrong_is_said_by_its_path_and_nothing_changes(loop: Loop, change: Change, status: int, words: str) -> None:
    answer = loop.put(change(loop.task()))
    assert answer.status_code == status, answer.content
    assert words in said(answer)
    assert (loop.state, loop.steps) == (State.REQUESTED, 0)


def test_another_media_type_is_refused(loop: Loop) -> None:
    answer = loop.system.http.put(f"/fhir/{loop.path}", "<Task/>", content_type="application/fhir+xml", headers=loop.system.headers())
    assert answer.status_code == 415


def test_reading_alone_and_a_role_that_answers_no_referral_change_nothing(loop: Loop) -> None:
    body = loop.task(State.ACCEPTED)
    reads = a_system(loop.world.bea.agency, role=Role.HOME_VISITOR, scopes=["system/Task.rs"], scope="system/*.cruds")
    assert loop.put(body, system=reads).status_code == 403
    assert loop.put(body, system=a_system(loop.world.bea.agency, role=Role.HOME_VISITOR)).status_code == 403  # it asked for reading only
    assert loop.state == State.REQUESTED


def test_the_agency_that_asked_does_not_answer_for_the_one_it_asked(loop: Loop) -> None:
    asker = a_system(loop.world.dana.agency, role=Role.CARE_COORDINATOR, scope="system/*.rus")
    body = asker.read(loop.path) | {"status": "accepted", "businessStatus": {"coding": [{"system": BUSINESS, "code": "3.0"}]}}
    answer = loop.put(body, system=asker)
    assert answer.status_code == 403
    assert loop.state == State.REQUESTED


def test_when_her_consent_has_ended_there_is_nothing_to_answer(loop: Loop) -> None:
    body = loop.task(State.ACCEPTED)
    loop.end_consents()
    gone = loop.put(body)
    assert gone.status_code == 404
    assert gone.content == loop.put(body | {"id": body["id"]}).content
    assert loop.state == State.REQUESTED


def test_an_answer_that_the_asking_agency_may_not_read_waits_for_her(db: None) -> None:
    """A treatment program's answer tells that she is a patient there: it leaves only with her consent (42 CFR 2.13)."""
    world = a_world()
    world.sign(recipient=world.rio)
    row = world.sent(to=world.rio)
    loop = Loop(world=world, row=row, system=a_system(world.rio.agency, role=Role.CARE_COORDINATOR, scope="system/*.rus"))
    answer = loop.put(loop.task(State.ACCEPTED))
    assert answer.status_code == 422
    assert "has not allowed" in said(answer)
    assert loop.state == State.REQUESTED


def test_the_statement_says_that_a_task_is_updated_and_nothing_else_is(loop: Loop) -> None:
    told = {one["type"]: [i["code"] for i in one.get("interaction", [])] for one in loop.system.read("metadata")["rest"][0]["resource"]}
    assert "update" in told["Task"]
    assert not any("update" in codes for kind, codes in told.items() if kind != "Task")
    refused = loop.system.http.put(f"/fhir/CarePlan/{loop.world.plan.pk}", "{}", content_type="application/fhir+json", headers=loop.system.headers())
    assert refused.status_code == 405
