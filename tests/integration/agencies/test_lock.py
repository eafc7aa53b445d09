"""The screen lock: when it comes, what opens it, and that what was being sent is not lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from tests.factories.agencies import PIN, a_worker

from careloom.agencies.models import Membership
from careloom.infra import clock

START = datetime(2026, 3, 12, 14, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db
PROFILE = {"name": "Name she was typing", "phone": "555-0111", "language": "en"}


@pytest.fixture
def member() -> Membership:
    made = a_worker()
    Membership.objects.filter(pk=made.pk).update(starts_at=START - timedelta(days=1))
    return made


@pytest.fixture
def hers(member: Membership) -> Client:
    client = Client()
    client.force_login(member.worker.user)
    with clock.at(START):
        assert client.get("/me/").status_code == 200
    return client


def after(minutes: float) -> object:
    return clock.at(START + timedelta(minutes=minutes))


@pytest.mark.parametrize(("minutes", "locked"), [(14.9, False), (15, True)])
def test_a_screen_locks_after_fifteen_minutes(hers: Client, minutes: float, locked: bool) -> None:
    with after(minutes):
        answer = hers.get("/me/")
    assert (answer.headers.get("Location") == "/unlock/?next=%2Fme%2F") is locked


@pytest.mark.parametrize(("minutes", "locked"), [(4.9, False), (5, True)])
def test_a_shared_workstation_locks_after_five(hers: Client, minutes: float, locked: bool) -> None:
    with clock.at(START):
        hers.post("/me/workstation/", {"shared": "yes"})
    with after(minutes):
        assert (hers.get("/me/").status_code == 302) is locked


def test_only_an_administrator_makes_a_shared_workstation_private_again(hers: Client) -> None:
    with clock.at(START):
        hers.post("/me/workstation/", {"shared": "yes"})
        hers.post("/me/workstation/", {"shared": "no"})
    with after(6):
        assert hers.get("/me/").status_code == 302


def test_use_keeps_the_screen_open(hers: Client) -> None:
    for minutes in range(5, 60, 5):
        with after(minutes):
            assert hers.get("/me/").status_code == 200


def test_the_pin_opens_the_screen_where_it_was(hers: Client) -> None:
    with after(20):
        hers.get("/me/")
        answer = hers.post("/unlock/", {"pin": PIN, "next": "/me/"})
        assert answer.headers["Location"] == "/me/"
        assert hers.get("/me/").status_code == 200


def test_the_lock_leads_to_no_other_site(hers: Client) -> None:
    with after(20):
        hers.get("/me/")
        assert hers.post("/unlock/", {"pin": PIN, "next": "https://elsewhere.example/"}).headers["Location"] == "/"


def test_the_fifth_wrong_pin_signs_out(hers: Client) -> None:
    with after(20):
        hers.get("/me/")
        for left in (4, 3, 2, 1):
            assert f"You have {left} more" in hers.post("/unlock/", {"pin": "000000"}).content.decode()
        hers.post("/unlock/", {"pin": "000000"})
        assert "_auth_user_id" not in hers.session
        assert hers.post("/unlock/", {"pin": PIN}).headers["Location"].startswith("/account/login/")


def test_the_screen_locks_at_once_when_she_asks(hers: Client) -> None:
    with after(1):
        hers.get("/lock/")
        assert hers.get("/me/").headers["Location"].startswith("/unlock/")


def test_a_form_that_arrives_under_the_lock_is_shown_again_and_can_be_sent(hers: Client, member: Membership) -> None:
    with after(20):
        assert hers.post("/me/", PROFILE).headers["Location"].startswith("/unlock/")
        member.worker.refresh_from_db()
        assert member.worker.name != PROFILE["name"]
        assert hers.post("/unlock/", {"pin": PIN}).headers["Location"] == "/unlock/kept/"
        page = hers.get("/unlock/kept/").content.decode()
        assert 'action="/me/"' in page
        assert 'name="name" value="Name she was typing"' in page
        hers.post("/me/", PROFILE)
        member.worker.refresh_from_db()
        assert member.worker.name == PROFILE["name"]
        assert hers.get("/unlock/kept/").status_code == 302


def test_what_is_kept_is_not_readable_in_the_database(hers: Client) -> None:
    with after(20):
        hers.post("/me/", PROFILE)
    stored = Session.objects.get(pk=hers.session.session_key)
    assert "Name she was typing" not in str(stored.get_decoded())
    assert "kept_form" in stored.get_decoded()


def test_a_form_from_another_site_is_not_kept(member: Membership) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member.worker.user)
    with clock.at(START):
        strict.get("/me/")
    with after(20):
        assert strict.post("/me/", PROFILE).status_code == 403
        assert "kept_form" not in strict.session


def test_a_draft_that_saves_itself_is_told_that_the_screen_is_locked(hers: Client) -> None:
    with after(20):
        assert hers.post("/me/", PROFILE, headers={"X-Autosave": "1"}).status_code == 423


def test_a_part_of_a_page_asked_for_under_the_lock_leads_the_whole_page_away(hers: Client) -> None:
    with after(20):
        answer = hers.get("/me/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/unlock/")


def test_without_a_pin_an_idle_session_ends() -> None:
    member, client = a_worker(pin=""), Client()
    Membership.objects.filter(pk=member.pk).update(starts_at=START - timedelta(days=1))
    client.force_login(member.worker.user)
    with clock.at(START):
        client.get("/me/")
    with after(15):
        assert client.get("/me/").headers["Location"].startswith("/account/login/")
        assert "_auth_user_id" not in client.session
