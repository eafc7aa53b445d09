"""Where a notification begins: the chart, a record number, or the least that is typed."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.factories.births import a_birth, a_draft, sent

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra.access import System, acting_as, system
from careloom.notifications.models import Notification

pytestmark = pytest.mark.django_db


def hidden(html: str) -> dict[str, str]:
    return dict(re.findall(r'name="(mother|births|request_key)" value="([^"]*)"', html))


def notifications(member: Membership) -> list[Notification]:
    with acting_as(system(System.JOB, holder_id=member.agency_id)):
        return list(Notification.objects.filter(holder_id=member.agency_id))


def test_births_of_the_own_chart_wait_here_until_they_are_begun(night: Client, worker: Membership) -> None:
    born = a_birth(worker, babies=2, given_name="Nia")
    html = night.get("/births/new/").content.decode()
    assert "Nia Example" in html
    assert html.count(">Begin<") == 1
    first, second = (night.post("/births/new/", hidden(html)) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    (row,) = notifications(worker)
    assert set(row.infant_ids) == {b.identity_id for b in born.births}
    assert "Nia Example" not in night.get("/births/new/").content.decode()


def test_two_pages_that_begin_the_same_birth_make_one_notification(night: Client, worker: Membership) -> None:
    a_birth(worker)
    one, other = (hidden(night.get("/births/new/").content.decode()) for _ in range(2))
    assert one["request_key"] != other["request_key"]
    assert len({night.post("/births/new/", page).headers["Location"] for page in (one, other)}) == 1
    assert len(notifications(worker)) == 1


def test_a_record_number_finds_an_own_record_and_says_the_same_of_a_hidden_one(night: Client, worker: Membership) -> None:
    own = a_birth(worker, given_name="Nia")
    other = a_birth(a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=an_agency()), given_name="Bea")
    assert "Nia Example" in night.post("/births/new/", {"record": own.mother.source_id}).content.decode()
    answers = [night.post("/births/new/", {"record": n}).content.decode() for n in (other.mother.source_id, "MRN-none")]
    assert all("No birth that waits for you has this number." in a for a in answers)
    assert all("Bea" not in a for a in answers)


def test_a_birth_of_another_hospital_cannot_be_begun(night: Client) -> None:
    other = a_birth(a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=an_agency()))
    fields = {"mother": str(other.mother_id), "births": str(other.births[0].pk), "request_key": "k"}
    assert night.post("/births/new/", fields).status_code == 404
    assert night.post("/births/new/", {"mother": "x", "births": "y"}).status_code == 404


def test_the_least_is_typed_once_and_twins_make_one_notification(night: Client, worker: Membership) -> None:
    html = night.get("/births/new/typed/").content.decode()
    fields = hidden(html) | {
        "given_name": "Nia", "family_name": "Example", "language": "es", "babies": "2",
        "born_on_month": "2", "born_on_day": "18", "born_on_year": "2026",
    }  # fmt: skip
    places = {night.post("/births/new/typed/", fields).headers["Location"] for _ in range(2)}
    assert len(places) == 1
    (row,) = notifications(worker)
    assert len(row.infant_ids) == 2
    assert "New birth: Nia’s babies" in night.get(places.pop()).content.decode()
    assert night.post("/births/new/typed/", {"given_name": ""}).status_code == 422


def test_the_list_shows_drafts_first_and_pages(night: Client, worker: Membership) -> None:
    done = a_birth(worker, given_name="Done")
    a_draft(a_birth(worker, given_name="Open"))
    sent(done)
    html = night.get("/births/").content.decode()
    assert html.index("Open Example") < html.index("Done Example")
    assert "Done Example" not in night.get("/births/?status=DRAFT").content.decode()
    assert night.get("/births/?page=9&status=nonsense").status_code == 200


def test_the_chart_of_mother_and_baby_is_mended_from_the_screen(night: Client, worker: Membership) -> None:
    row = a_draft(a_birth(worker))
    night.post(f"/births/{row.pk}/mother/", {"given_name": "Nia", "family_name": "Example", "language": "en"})
    baby = {"b1-given_name": "Lu", "b1-sex": "FEMALE", "b1-born_on": "2026-02-18", "b1-weight_g": "2900"}
    assert night.post(f"/births/{row.pk}/babies/", baby).status_code == 302
    html = night.get(f"/births/{row.pk}/").content.decode()
    assert "New birth: Nia’s baby girl" in html
    assert "2,900 g" in html
    assert night.post(f"/births/{row.pk}/babies/", baby | {"b1-weight_g": "9"}).status_code == 422


@pytest.mark.parametrize("path", ["", "new/", "new/typed/"])
def test_these_pages_are_not_there_for_who_may_not_notify(client: Client, path: str) -> None:
    client.force_login(a_worker(Role.CARE_COORDINATOR).worker.user)
    assert client.get(f"/births/{path}").status_code == 404
