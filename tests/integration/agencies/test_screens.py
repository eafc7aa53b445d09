"""The pages of sign-in and of an agency's members, as browsers ask for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from tests.factories.agencies import PIN, a_worker, an_agency, viewer

from careloom.agencies.models import Membership, User
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.models import AccessLog
from careloom.infra.backups import shelf

START = datetime(2026, 3, 12, 14, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Membership:
    return a_worker(Role.AGENCY_ADMIN)


def entered(client: Client, member: Membership) -> Client:
    client.force_login(member.worker.user)
    return client


@pytest.mark.parametrize("path", ["/agency/", "/agency/members/", "/agency/members/invite/", "/me/", "/me/pin/"])
def test_an_administrators_pages_open(client: Client, admin: Membership, path: str) -> None:
    assert entered(client, admin).get(path).status_code == 200


def test_a_worker_with_two_agencies_chooses_one_and_then_acts_in_it(client: Client) -> None:
    first = a_worker(email="two@example.org")
    second = a_worker(email="two@example.org")
    assert first.worker_id == second.worker_id
    entered(client, first)
    assert client.get("/me/").headers["Location"] == "/agency/?next=%2Fme%2F"
    assert client.post("/agency/", {"agency": str(second.agency_id), "next": "/me/"}).headers["Location"] == "/me/"
    assert second.agency.name in client.get("/me/").content.decode()
    assert first.agency.name not in client.get("/me/").content.decode()


def test_nobody_chooses_an_agency_that_is_not_hers(client: Client) -> None:
    member, other = a_worker(email="two@example.org"), an_agency()
    a_worker(email="two@example.org")
    entered(client, member).post("/agency/", {"agency": str(other.pk)})
    assert "agency_id" not in client.session


def test_a_worker_without_an_agency_is_told_whom_to_ask(client: Client) -> None:
    boss = a_worker(Role.AGENCY_ADMIN, name="Pat Example", phone="555-0199")
    member = a_worker(agency=boss.agency)
    Membership.objects.filter(pk=member.pk).update(ends_at=clock.now())
    page = entered(client, member).get("/me/", follow=True)
    assert page.redirect_chain[-1][0] == "/agency/?next=%2Fme%2F"
    assert "Pat Example" in page.content.decode()


def test_an_administrator_invites_a_member_who_sets_her_own_password(client: Client, admin: Membership) -> None:
    sent = {"name": "New Person", "email": "new@example.org", "title": "Nurse", "roles": ["CLINICIAN"], "supervisor": ""}
    assert entered(client, admin).post("/agency/members/invite/", sent).status_code == 302
    made = Membership.objects.get(worker__user__email="new@example.org")
    assert (made.agency_id, made.roles, made.worker.user.has_usable_password()) == (admin.agency_id, ["CLINICIAN"], False)
    link = next(line for line in mail.outbox[0].body.splitlines() if "/account/password/reset/key/" in line)
    guest = Client()
    form = guest.get(link[link.index("/account") :], follow=True)
    answer = guest.post(form.redirect_chain[-1][0], {"password1": "correct horse 12 staple", "password2": "correct horse 12 staple"})
    assert answer.status_code == 302
    assert User.objects.get(pk=made.worker.user_id).check_password("correct horse 12 staple")


def test_a_member_without_the_role_cannot_invite(client: Client) -> None:
    sent = {"name": "New Person", "email": "new@example.org", "roles": ["CLINICIAN"]}
    assert entered(client, a_worker(Role.SUPERVISOR)).post("/agency/members/invite/", sent).status_code == 404
    assert not User.objects.filter(email="new@example.org").exists()


def test_roles_change_from_the_next_page_on(client: Client, admin: Membership) -> None:
    member, hers = a_worker(Role.CARE_COORDINATOR, agency=admin.agency), Client()
    hers.force_login(member.worker.user)
    assert hers.get("/agency/looks/").status_code == 404
    entered(client, admin).post(f"/agency/members/{member.pk}/", {"roles": ["PRIVACY_OFFICER"], "title": "", "supervisor": str(admin.worker_id)})
    assert hers.get("/agency/looks/").status_code == 200
    member.refresh_from_db()
    assert member.supervisor_id == admin.worker_id


def test_an_administrator_does_not_reach_a_member_of_another_agency(client: Client, admin: Membership) -> None:
    other = a_worker(Role.CARE_COORDINATOR)
    answer = entered(client, admin).post(f"/agency/members/{other.pk}/end/")
    other.refresh_from_db()
    assert (answer.status_code, other.ends_at.year) == (404, 9999)


def test_the_end_of_a_membership_ends_her_access_at_the_next_request(client: Client, admin: Membership) -> None:
    member, hers = a_worker(agency=admin.agency), Client()
    hers.force_login(member.worker.user)
    assert hers.get("/me/").status_code == 200
    assert entered(client, admin).post(f"/agency/members/{member.pk}/end/").status_code == 302
    assert hers.get("/me/").status_code == 302


def test_the_last_administrator_stays(client: Client, admin: Membership) -> None:
    entered(client, admin).post(f"/agency/members/{admin.pk}/end/")
    client.post(f"/agency/members/{admin.pk}/", {"roles": ["SUPERVISOR"], "title": "", "supervisor": ""})
    admin.refresh_from_db()
    assert (admin.roles, admin.ends_at.year) == (["AGENCY_ADMIN"], 9999)


def test_a_miss_is_in_the_privacy_officers_log(client: Client) -> None:
    officer = a_worker(Role.PRIVACY_OFFICER)
    nosy = a_worker(Role.DIRECTORY_STEWARD, agency=officer.agency, name="Curious Example")
    curious = Client()
    curious.force_login(nosy.worker.user)
    assert curious.get("/agency/looks/").status_code == 404
    with acting_as(viewer(officer)):
        assert AccessLog.objects.filter(worker_id=nosy.worker_id, found=False, place="agencies:looks").count() == 1
    page = entered(client, officer).get("/agency/looks/", {"missed": "on", "worker": str(nosy.worker_id)}).content.decode()
    assert "Nothing was shown" in page
    assert "Curious Example" in page


def test_another_agencys_log_stays_closed(client: Client) -> None:
    nosy = a_worker(Role.STATE_LEAD, name="Curious Example")
    curious = Client()
    curious.force_login(nosy.worker.user)
    curious.get("/agency/looks/")
    page = entered(client, a_worker(Role.PRIVACY_OFFICER)).get("/agency/looks/").content.decode()
    assert "Curious Example" not in page


def test_a_worker_changes_her_name_language_and_pin(client: Client) -> None:
    member = a_worker()
    entered(client, member)
    client.post("/me/", {"name": "Other Name", "phone": "555-0111", "language": "es"})
    assert client.get("/me/").headers["Content-Language"] == "es"
    client.post("/me/pin/", {"current": "000111", "pin": "528391", "again": "528391"})
    member.worker.refresh_from_db()
    kept = member.worker.pin_hash
    client.post("/me/pin/", {"current": PIN, "pin": "528391", "again": "528391"})
    member.worker.refresh_from_db()
    assert member.worker.name == "Other Name"
    assert member.worker.pin_hash != kept


@pytest.mark.parametrize("world", ["demo", "live"])
def test_the_practice_sign_in_is_there_in_a_practice_world_only(client: Client, settings: object, world: str) -> None:
    member = a_worker(Role.CPS_WORKER)
    settings.CARELOOM_WORLD = world  # type: ignore[attr-defined]
    page, entry = client.get("/demo/"), client.post("/demo/enter/", {"member": str(member.pk)})
    if world == "demo":
        assert member.worker.name in page.content.decode()
        assert client.session["agency_id"] == str(member.agency_id)
    else:
        assert (page.status_code, entry.status_code) == (404, 404)
        assert "_auth_user_id" not in client.session


def test_a_worker_made_in_a_live_world_is_not_offered_for_practice(client: Client, settings: object) -> None:
    settings.CARELOOM_WORLD = "live"  # type: ignore[attr-defined]
    member = a_worker()
    settings.CARELOOM_WORLD = "demo"  # type: ignore[attr-defined]
    assert member.worker.name not in client.get("/demo/").content.decode()
    assert client.post("/demo/enter/", {"member": str(member.pk)}).status_code == 404


def test_the_practice_sign_in_is_refused_on_an_address_that_others_reach(client: Client, settings: object) -> None:
    from dataclasses import replace

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, host="0.0.0.0")  # type: ignore[attr-defined]
    assert client.get("/demo/").status_code == 404


def test_in_a_live_world_a_second_factor_and_a_pin_come_first(client: Client, settings: object) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    settings.CARELOOM_WORLD = "live"  # type: ignore[attr-defined]
    member = a_worker(pin="")
    entered(client, member)
    assert client.get("/me/").headers["Location"] == "/account/2fa/totp/activate/"
    TOTP.activate(member.worker.user, generate_totp_secret())
    assert client.get("/me/").headers["Location"] == "/me/pin/"
    client.post("/me/pin/", {"pin": PIN, "again": PIN})
    assert client.get("/me/").status_code == 200


def test_a_session_ends_twelve_hours_after_it_began(client: Client) -> None:
    member = a_worker()
    Membership.objects.filter(pk=member.pk).update(starts_at=START - timedelta(days=1))
    entered(client, member)
    for minute in range(0, 12 * 60, 10):
        with clock.at(START + timedelta(minutes=minute)):
            assert client.get("/me/").status_code == 200
    with clock.at(START + timedelta(hours=12)):
        assert client.get("/me/").headers["Location"].startswith("/account/login/")


def test_an_administrator_reads_when_the_last_backup_was_made(client: Client, admin: Membership, tmp_path: Path, settings: Any) -> None:
    settings.CARELOOM_HOME = tmp_path
    page = entered(client, admin).get("/agency/members/").content.decode()
    assert "No backup of the records was made yet" in page
    made = shelf.Last(at="2026-03-04T06:10:00+00:00", file="/safe/a.backup", bytes=1, tables=1, rows=1, seconds=1.0, keys_at=None)
    shelf.remember(tmp_path, made)
    page = client.get("/agency/members/").content.decode()
    assert "The last backup of all records was made on March 4, 2026." in page
    assert "failed" not in page
    shelf.remember_failure(tmp_path, at=made.when, why="The disk was full.")
    assert "The last attempt at a backup failed." in client.get("/agency/members/").content.decode()
