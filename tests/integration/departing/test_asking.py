"""An export needs two people: who asks and who confirms. Others of the agency read that it was asked for, and nobody elsewhere learns anything."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import IntegrityError, transaction
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.integration.usage.conftest import entered

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.departing import actions
from careloom.departing.models import ASKED, DECLINED, OVER, READY, STOPPED, WAITING, WRITING, Departure, Piece
from careloom.infra import clock
from careloom.infra.access import NotVisible, System, acting_as, system
from careloom.infra.access.models import AccessLog
from careloom.infra.answers import Done, Refused
from careloom.infra.audit.models import AuditRow

pytestmark = pytest.mark.django_db
PUBLIC = X25519PrivateKey.generate().public_key().public_bytes_raw().hex()
HOME = "/agency/leaving/"


@pytest.fixture
def people() -> tuple[Membership, Membership, Membership]:
    """Two administrators of an agency and its privacy officer."""
    first = a_worker(Role.AGENCY_ADMIN)
    return first, a_worker(Role.AGENCY_ADMIN, agency=first.agency), a_worker(Role.PRIVACY_OFFICER, agency=first.agency)


def asked(member: Membership, key: str = "") -> UUID:
    with acting_as(viewer(member)):
        done = actions.ask(
            by=viewer(member), at=clock.now(), receiver="Pine's new system", recipient=PUBLIC, request_key=key or uuid4().hex
        )  # fmt: skip
    assert isinstance(done, Done)
    return done.row_id


def answered(member: Membership, departure_id: UUID, *, confirms: bool = True) -> Done | Refused:
    with acting_as(viewer(member)):
        return actions.answer(by=viewer(member), at=clock.now(), departure_id=departure_id, confirms=confirms)


def row(departure_id: UUID) -> Departure:
    with acting_as(system(System.JOB)):
        return Departure.objects.get(pk=departure_id)


def ready(departure_id: UUID, *, content: bytes = b"sealed bytes") -> None:
    """As if the job had written it."""
    with acting_as(system(System.JOB)):
        Departure.objects.filter(pk=departure_id).update(
            state=READY, finished_at=clock.now(), ends_at=clock.now() + timedelta(days=7), sealed=len(content)
        )
        Piece.objects.create(departure_id=departure_id, place=0, content=content[:4])
        Piece.objects.create(departure_id=departure_id, place=1, content=content[4:])


def test_an_administrator_asks_on_the_page_once_however_often_it_is_sent(people: tuple[Membership, ...]) -> None:
    browser = entered(people[0])
    sent = {"receiver": "Pine's new system", "recipient": f" {PUBLIC.upper()} ", "request_key": uuid4().hex}
    first, again = browser.post(HOME, sent), browser.post(HOME, sent)
    assert (first.status_code, first["Location"]) == (302, again["Location"])
    assert row(UUID(first["Location"].rstrip("/").rsplit("/", 1)[1])).recipient == PUBLIC
    other = browser.post(HOME, sent | {"request_key": uuid4().hex})
    assert other.status_code == 422
    assert "under way" in other.content.decode()


@pytest.mark.parametrize("text", ["", "abc", "00" * 32, "g" * 64, "01" + "00" * 31])
def test_a_text_that_is_no_key_is_refused_with_what_to_do(people: tuple[Membership, ...], text: str) -> None:
    answer = entered(people[0]).post(HOME, {"receiver": "Pine", "recipient": text, "request_key": uuid4().hex})
    assert answer.status_code == 422
    with acting_as(system(System.JOB)):
        assert not Departure.objects.exists()


def test_who_asked_cannot_confirm_and_another_person_can(people: tuple[Membership, ...]) -> None:
    first, second, officer = people
    departure_id = asked(first)
    assert answered(first, departure_id) == Refused(codes=("SAME",))
    assert row(departure_id).state == ASKED
    assert isinstance(answered(officer, departure_id), Done)
    assert isinstance(answered(officer, departure_id), Done)
    assert (row(departure_id).state, row(departure_id).answered_by) == (WAITING, officer.worker_id)
    assert answered(second, departure_id, confirms=False) == Refused(codes=("MOVED",))
    with acting_as(viewer(first)):
        actions_done = list(AuditRow.objects.filter(object_id=departure_id).values_list("action", flat=True))
    assert actions_done == ["departing.asked", "departing.confirmed"]


def test_the_database_too_refuses_one_person_for_both(people: tuple[Membership, ...]) -> None:
    departure_id = asked(people[0])
    with acting_as(system(System.JOB)), pytest.raises(IntegrityError), transaction.atomic():
        Departure.objects.filter(pk=departure_id).update(answered_by=people[0].worker_id)


def test_who_asked_may_take_it_back_and_a_request_that_waits_too_long_is_over(people: tuple[Membership, ...]) -> None:
    first, second, _officer = people
    withdrawn = asked(first)
    answered(first, withdrawn, confirms=False)
    assert row(withdrawn).state == DECLINED
    late = asked(first)
    with acting_as(system(System.JOB)):
        Departure.objects.filter(pk=late).update(ends_at=clock.now())
    assert answered(second, late) == Refused(codes=("MOVED",))
    assert "Over" in entered(second).get(f"{HOME}{late}/").content.decode()
    asked(first)
    assert row(late).state == OVER


def test_stop_and_go_on_are_for_those_two(people: tuple[Membership, ...]) -> None:
    first, second, officer = people
    departure_id = asked(first)
    answered(second, departure_id)
    with acting_as(viewer(officer)), pytest.raises(NotVisible):
        actions.stop(by=viewer(officer), at=clock.now(), departure_id=departure_id)
    for does, state in (("stop", STOPPED), ("stop", STOPPED), ("go_on", WAITING), ("go_on", WAITING)):
        assert entered(first).post(f"{HOME}{departure_id}/decide/", {"does": does}).status_code == 302
        assert row(departure_id).state == state
    assert entered(first).post(f"{HOME}{departure_id}/decide/", {"does": "burn"}).status_code == 404


def test_only_those_two_download_it_until_its_end_and_each_time_is_on_record(people: tuple[Membership, ...]) -> None:
    first, second, officer = people
    departure_id = asked(first)
    answered(officer, departure_id)
    address = f"{HOME}{departure_id}/download/"
    assert entered(first).get(address).status_code == 404
    ready(departure_id)
    for member in (first, officer):
        answer = entered(member).get(address)
        assert b"".join(answer.streaming_content) == b"sealed bytes"  # type: ignore[attr-defined]
        assert answer["Content-Length"] == "12"
        assert member.agency.name not in answer["Content-Disposition"]
    assert entered(second).get(address).status_code == 404
    with acting_as(viewer(first)):
        assert AuditRow.objects.filter(object_id=departure_id, action="departing.taken").count() == 2
    with acting_as(viewer(officer)):
        assert AccessLog.objects.filter(place="departing:download", found=True).count() == 2
    with acting_as(system(System.JOB)):
        Departure.objects.filter(pk=departure_id).update(ends_at=clock.now())
        assert actions.sweep(at=clock.now()) == 2
        assert not Piece.objects.exists()
    assert row(departure_id).state == OVER
    assert entered(first).get(address).status_code == 404


def test_another_agency_and_other_roles_learn_nothing(people: tuple[Membership, ...]) -> None:
    departure_id = asked(people[0])
    stranger = a_worker(Role.AGENCY_ADMIN, agency=an_agency())
    browser = entered(stranger)
    for address in ("", "download/"):
        hidden, absent = browser.get(f"{HOME}{departure_id}/{address}"), browser.get(f"{HOME}{uuid4()}/{address}")
        assert hidden.status_code == absent.status_code == 404
    assert browser.post(f"{HOME}{departure_id}/decide/", {"does": "confirm"}).status_code == 404
    assert not browser.get(HOME).context["lines"]
    with acting_as(viewer(stranger)):
        assert Departure.objects.filter(pk=departure_id).update(state=WRITING) == 0
    for role in (Role.SUPERVISOR, Role.CLINICIAN, Role.HOSPITAL_SOCIAL_WORKER):
        assert entered(a_worker(role, agency=people[0].agency)).get(HOME).status_code == 404
    officer = entered(people[2])
    assert officer.post(HOME, {"receiver": "Pine", "recipient": PUBLIC, "request_key": uuid4().hex}).status_code == 404
