"""The installation's one provider (OpenID Connect): its groups give roles in the agencies that said so, and in no other."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.fhir import an_administrator
from tests.factories.oidc import APPS, Provider

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.answers import Done
from careloom.infra.audit.models import AuditRow
from careloom.kernel.agency_kinds import AgencyKind
from careloom.sso.models import SharedGroup
from careloom.sso.shared import groups_told, map_shared

pytestmark = pytest.mark.django_db
PAGE = "/agency/sign-in/groups/"
SignIn = Callable[[Any], Client]


@pytest.fixture
def provider(settings: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> Provider:
    made = Provider()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": APPS}}
    monkeypatch.setattr("careloom.agencies.sign_in.SocialAccountAdapter.get_requests_session", lambda self: made)
    return made


@pytest.fixture
def hospital(db: None) -> Agency:
    return an_agency(kind=AgencyKind.HOSPITAL, name="St. Agnes Hospital")


def mapped(agency: Agency, *pairs: tuple[str, str]) -> None:
    by = viewer(an_administrator(agency))
    with acting_as(by):
        assert isinstance(map_shared(pairs=pairs, by=by, at=clock.now()), Done)


def enter(provider: Provider, member: Membership, **claims: object) -> tuple[int, str]:
    """Her way in: the status of the answer, and whose session it is then."""
    browser = Client()
    answer = provider.brings(browser, email=member.worker.user.email, **claims)
    return answer.status_code, str(browser.session.get("_auth_user_id", ""))


def roles(member: Membership) -> set[str]:
    member.refresh_from_db()
    return set(member.roles)


def test_her_groups_give_and_take_roles(hospital: Agency, provider: Provider) -> None:
    renee = a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=hospital)
    mapped(hospital, ("Social work", "HOSPITAL_SOCIAL_WORKER"), ("Coordination", "CARE_COORDINATOR"), ("Care", "CARE_COORDINATOR"))
    who = str(renee.worker.user_id)
    assert enter(provider, renee, groups=["Social work", "Coordination", "Cooks"]) == (302, who)
    assert roles(renee) == {"HOSPITAL_SOCIAL_WORKER", "CARE_COORDINATOR"}
    assert enter(provider, renee, groups=["Care"]) == (302, who)
    assert roles(renee) == {"CARE_COORDINATOR"}
    assert enter(provider, renee, groups="Social work") == (302, who), "some providers send one group as text"
    assert roles(renee) == {"HOSPITAL_SOCIAL_WORKER"}


@pytest.mark.parametrize("claims", [{}, {"groups": []}, {"groups": ["Cooks"]}, {"groups": {"Social work": 1}}, {"roles": ["Social work"]}], ids=str)
def test_without_a_group_nobody_comes_in_and_nothing_changes(hospital: Agency, provider: Provider, claims: dict[str, object]) -> None:
    renee = a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=hospital)
    mapped(hospital, ("Social work", "HOSPITAL_SOCIAL_WORKER"))
    assert enter(provider, renee, **claims) == (403, "")
    assert roles(renee) == {"HOSPITAL_SOCIAL_WORKER"}
    with acting_as(system(System.JOB, holder_id=hospital.pk)):
        assert AuditRow.objects.filter(action="sso.no_group", object_id=renee.pk).count() == 1


def test_groups_that_were_left_out_are_told_apart_from_none(hospital: Agency, provider: Provider) -> None:
    renee = a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=hospital)
    mapped(hospital, ("Social work", "HOSPITAL_SOCIAL_WORKER"))
    page = provider.brings(Client(), email=renee.worker.user.email, _claim_names={"groups": "src1"})
    assert page.status_code == 403
    assert "left out your groups" in page.content.decode()
    assert renee.worker.user.email not in page.content.decode()


def test_roles_that_a_person_gives_stay_and_no_group_gives_them(hospital: Agency, provider: Provider) -> None:
    admin = a_worker(Role.AGENCY_ADMIN, Role.CARE_COORDINATOR, agency=hospital)
    mapped(hospital, ("Social work", "HOSPITAL_SOCIAL_WORKER"))
    assert enter(provider, admin, groups=["Social work"])[0] == 302
    assert roles(admin) == {"AGENCY_ADMIN", "HOSPITAL_SOCIAL_WORKER"}
    by = viewer(an_administrator(hospital))
    with acting_as(by):
        assert not isinstance(map_shared(pairs=[("Chiefs", "AGENCY_ADMIN")], by=by, at=clock.now()), Done)


def test_an_agency_that_said_nothing_is_not_touched(hospital: Agency, provider: Provider) -> None:
    mapped(hospital, ("Social work", "HOSPITAL_SOCIAL_WORKER"))
    dana = a_worker(Role.CARE_COORDINATOR, agency=an_agency())
    assert enter(provider, dana, groups=["Social work"]) == (302, str(dana.worker.user_id))
    assert roles(dana) == {"CARE_COORDINATOR"}


def test_who_works_in_two_agencies_needs_a_group_in_each_that_asks_for_one(hospital: Agency, provider: Provider) -> None:
    clinic = an_agency()
    first = a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=hospital)
    second = Membership.objects.create(
        worker=first.worker, agency=clinic, roles=["SUPERVISOR"], starts_at=first.starts_at, ends_at=first.ends_at
    )  # fmt: skip
    mapped(hospital, ("Social work", "CARE_COORDINATOR"))
    mapped(clinic, ("Clinic", "CARE_COORDINATOR"))
    assert enter(provider, first, groups=["Social work"]) == (403, "")
    assert (roles(first), roles(second)) == ({"HOSPITAL_SOCIAL_WORKER"}, {"SUPERVISOR"}), "nothing of it was changed"
    assert enter(provider, first, groups=["Social work", "Clinic"])[0] == 302
    assert roles(first) == roles(second) == {"CARE_COORDINATOR"}


def test_groups_may_stand_in_the_id_token_or_in_the_user_info() -> None:
    assert groups_told({"userinfo": {"sub": "x"}, "id_token": {"groups": ["a"]}}, claim="groups") == {"a"}
    assert groups_told({"userinfo": {"https://x/groups": ["b"]}}, claim="https://x/groups") == {"b"}
    assert groups_told({"userinfo": {"groups": [1, None, "c"], "_claim_names": {"groups": "s"}}}, claim="groups") == {"c"}
    assert groups_told({"id_token": {"_claim_names": {"groups": "s"}}}, claim="groups") is None


def test_an_administrator_says_what_the_groups_mean_here(hospital: Agency, provider: Provider, sign_in: SignIn) -> None:
    browser = sign_in(an_administrator(hospital))
    assert PAGE in browser.get("/agency/sign-in/").content.decode()
    lines = {"group_0": "Social work", "role_0": "HOSPITAL_SOCIAL_WORKER", "group_1": "", "role_1": ""}
    assert browser.post(PAGE, lines).status_code == 302
    assert browser.post(PAGE, lines).status_code == 302, "again changes nothing"
    assert 'value="Social work"' in browser.get(PAGE).content.decode()
    assert browser.post(PAGE, lines | {"role_0": ""}).status_code == 422
    assert browser.post(PAGE, lines | {"role_0": "AGENCY_ADMIN"}).status_code == 422
    assert list(SharedGroup.objects.values_list("agency_id", "group", "role")) == [(hospital.pk, "Social work", "HOSPITAL_SOCIAL_WORKER")]
    assert browser.post(PAGE, {"group_0": "", "role_0": ""}).status_code == 302
    assert not SharedGroup.objects.exists()
    assert sign_in(a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=hospital)).get(PAGE).status_code == 404


def test_without_such_a_provider_there_is_no_such_page(hospital: Agency, settings: SimpleNamespace, sign_in: SignIn) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    browser = sign_in(an_administrator(hospital))
    assert PAGE not in browser.get("/agency/sign-in/").content.decode()
    assert browser.get(PAGE).status_code == 404
