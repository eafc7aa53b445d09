"""A look in an emergency: one clinician, one patient, a few hours, told at once and reviewed. Source: 42 CFR 2.51."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from tests.factories.agencies import a_worker
from tests.factories.plans import a_key
from tests.integration.disclosures.conftest import MEDICINE, Disclosing

from careloom.agencies.roles import Role
from careloom.consents.models import EmergencyOpening
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


@pytest.fixture
def opened(told: Disclosing, django_capture_on_commit_callbacks: Any) -> Any:
    """Opens, with what runs after the commit."""

    def run(**changes: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            client, answer = told.emergency(**changes)
        assert answer.status_code == 302, unescape(answer.content.decode())[-2000:]
        return client, answer.headers["Location"]

    return run


def test_the_doctor_reads_what_others_hold_and_closes_it(told: Disclosing, opened: Any) -> None:
    client, address = opened()
    page = text_of(client.get(address))
    assert MEDICINE in page
    assert "3 hours 59 minutes more" in page
    assert "She asks for help early" not in page  # a strength of her plan treats nobody
    assert "There may be more; ask the care team line." in page
    assert "Closed. Nothing of it is open now." in text_of(client.post(f"{address}close/", follow=True))
    closed = text_of(client.get(address))
    assert MEDICINE not in closed
    assert "This look is closed" in closed


def test_it_opens_for_this_worker_and_this_session_only(told: Disclosing, opened: Any) -> None:
    client, address = opened()
    colleague = a_worker(Role.CLINICIAN, agency=told.world.st_agnes)
    assert told.client(colleague).get(address).status_code == 404
    again = told.client(told.doctor)  # the same worker at another screen
    assert again.get(address).status_code == 404
    assert again.post(f"{address}go-on/").status_code == 302
    assert MEDICINE in text_of(again.get(address))
    assert told.client(colleague).post(f"{address}go-on/").status_code == 404
    assert told.client(told.world.maria).get(address).status_code == 404  # no medical personnel
    assert MEDICINE not in client.get(f"/families/{told.mother}/").content.decode()  # nowhere else


def test_after_its_hours_it_is_closed_without_anybody(told: Disclosing, opened: Any) -> None:
    client, address = opened()
    with acting_as(system(System.JOB, holder_id=told.world.st_agnes.pk)):
        EmergencyOpening.objects.update(opened_at=clock.now() - timedelta(hours=4), closes_at=clock.now())
    assert "This look is closed" in text_of(client.get(address))
    left = client.get(f"{address}left/")
    assert left.headers["HX-Refresh"] == "true"


def test_a_patient_is_found_by_whole_facts_only_and_an_address_alone_opens_nothing(told: Disclosing) -> None:
    client = told.client(told.doctor)
    assert client.get(f"/disclosures/emergency/of/{told.mother}/").status_code == 404
    assert "Type the number, or both names" in unescape(client.post("/disclosures/emergency/", {"given_name": "Marisol"}).content.decode())
    found = client.post("/disclosures/emergency/", {"number": "MRN-7"})
    assert "Nobody is registered here with exactly this" in text_of(found)
    assert "Marisol" in text_of(client.post("/disclosures/emergency/", {"number": "MRN-77"}))
    assert client.get(f"/disclosures/emergency/of/{told.mother}/").status_code == 200


def test_a_reason_that_says_nothing_opens_nothing(told: Disclosing) -> None:
    _, answer = told.emergency(nature="help")
    assert answer.status_code == 422
    with acting_as(system(System.JOB, holder_id=told.world.st_agnes.pk)):
        assert not EmergencyOpening.objects.exists()


def test_a_double_click_opens_once(told: Disclosing, opened: Any) -> None:
    first, second = opened(request_key="same")[1], opened(request_key="same")[1]
    assert first == second


def test_the_program_is_told_at_once_and_finds_it_justified(told: Disclosing, opened: Any) -> None:
    client, address = opened()
    client.get(address)
    (duty,) = told.owed(told.world.riverbend.pk, "EMERGENCY_REVIEW")
    assert duty.worker_id == told.officer.worker_id
    assert duty.due_at is not None
    officer = told.client(told.officer)
    page = text_of(officer.get(duty.link))
    for words in ("Dr. Emer Gency", "St. Agnes emergency department", "Unconscious after a fall", "treatment medication", "She cannot speak"):
        assert words in page
    assert "Emergency look: review within 1 business day" in text_of(officer.get("/today/"))
    assert officer.post(duty.link, {"outcome": "JUSTIFIED", "note": ""}).status_code == 302
    assert "It was justified." in text_of(officer.get(duty.link))
    assert told.owed(told.world.riverbend.pk, "EMERGENCY_REVIEW") == []
    assert told.owed(told.world.st_agnes.pk, "EMERGENCY_NOT_JUSTIFIED") == []
    for stranger in (told.their_officer, a_worker(Role.PRIVACY_OFFICER, agency=told.world.harbor)):
        assert told.client(stranger).get(duty.link).status_code == 404


def test_one_that_was_not_justified_is_told_to_their_own_officer(told: Disclosing, opened: Any) -> None:
    opened()
    (duty,) = told.owed(told.world.riverbend.pk, "EMERGENCY_REVIEW")
    officer = told.client(told.officer)
    assert officer.post(duty.link, {"outcome": "NOT_JUSTIFIED", "note": ""}).status_code == 422
    assert officer.post(duty.link, {"outcome": "NOT_JUSTIFIED", "note": "She was awake and could be asked"}).status_code == 302
    (told_of,) = told.owed(told.world.st_agnes.pk, "EMERGENCY_NOT_JUSTIFIED")
    assert told_of.worker_id == told.their_officer.worker_id
    theirs = told.client(told.their_officer)
    page = text_of(theirs.get(told_of.link))
    assert "Dr. Emer Gency" in page
    assert "She was awake and could be asked" in page
    theirs.post(told_of.link)
    assert told.owed(told.world.st_agnes.pk, "EMERGENCY_NOT_JUSTIFIED") == []
    assert told.client(told.doctor).get(told_of.link).status_code == 404


def test_who_opens_often_is_brought_to_her_own_officer(told: Disclosing, opened: Any) -> None:
    for _ in range(3):
        opened(request_key=a_key())
    assert told.owed(told.world.st_agnes.pk, "EMERGENCY_MANY") == []
    opened(request_key=a_key())
    (duty,) = told.owed(told.world.st_agnes.pk, "EMERGENCY_MANY")
    assert "Unconscious after a fall" in text_of(told.client(told.their_officer).get(duty.link))


def test_a_patient_of_whom_nobody_holds_anything_looks_alike(told: Disclosing, django_capture_on_commit_callbacks: Any) -> None:
    told.register_at_hospital(told.world.maria, None, given_name="Alone", family_name="Here", number="MRN-1")
    client = told.client(told.doctor)
    page = text_of(client.post("/disclosures/emergency/", {"number": "MRN-1"}))
    start = page.split('href="/disclosures/emergency/of/')[1].split('"')[0]
    form = {"facility": "St. Agnes", "nature": "Unconscious after a fall", "why_no_consent": "She cannot speak", "request_key": a_key()}
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(f"/disclosures/emergency/of/{start}", form)
    shown = text_of(client.get(done.headers["Location"]))
    assert "There may be more; ask the care team line." in shown
    assert "Open for 3 hours" in shown
