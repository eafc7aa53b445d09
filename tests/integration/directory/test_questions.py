"""What child welfare and court staff ask a provider before a referral is kept on its profile and read when a service is chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.directory.asking import questions
from careloom.directory.models import Organization, ProviderAnswer, Service
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.kernel.agency_kinds import AgencyKind
from careloom.plans import actions
from careloom.plans.models import Need

SignIn = Callable[[Membership], Client]
ANSWER = "Yes, from the day of the call. While they wait a peer calls each day."


@pytest.fixture
def service(db: None) -> Service:
    """A treatment service of nobody on Careloom."""
    subscriptions.join()
    where = Organization.objects.create(source="test", source_id="o1", name="Hope Street")
    return Service.objects.create(organization=where, source="test", source_id="s1", name="Residential care", needs=["RESIDENTIAL"], statewide=True)


def shown(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def told(**answers: str) -> dict[str, str]:
    """The form with some answers."""
    return {"spoke_with": "Intake", "on": clock.today().isoformat(), "seen": "0"} | {f"q_{code}": text for code, text in answers.items()}


@pytest.mark.requirement("R-130")
def test_child_welfare_asks_once_and_whoever_chooses_a_service_reads_the_answers(service: Service, sign_in: SignIn) -> None:
    world, path = PlanWorld(), f"/directory/{service.pk}/questions/"
    cps = sign_in(a_worker(Role.CPS_WORKER, agency=an_agency(kind=AgencyKind.CPS_AGENCY)))
    page = shown(cps.get(path))
    assert [one.code for one in questions() if one.label("en") not in page] == []
    assert cps.post(path, told(PREGNANT=ANSWER, CHILDREN="Two children up to age 5.")).status_code == 302
    profile = shown(cps.get(f"/directory/{service.pk}/"))
    assert ANSWER in profile
    assert "Intake, " in profile
    by = viewer(world.dana)
    plan = world.a_plan()
    with acting_as(by):
        need = actions.add_need(by=by, at=world.at, plan_id=plan.pk, code="RESIDENTIAL", her_choice="YES", request_key=a_key())
    assert isinstance(need, Need)
    choosing = shown(sign_in(world.dana).get(f"/plans/referrals/new/{need.pk}/"))
    assert "What these providers answered before" in choosing
    assert ANSWER in choosing


def test_a_later_answer_stands_and_the_earlier_one_is_kept(service: Service, sign_in: SignIn) -> None:
    dana, path = sign_in(PlanWorld().dana), f"/directory/{service.pk}/questions/"
    dana.post(path, told(WAIT="Two weeks"))
    assert dana.post(path, told(WAIT="Two days")).status_code == 422, "somebody wrote meanwhile, so both stand on the page"
    assert dana.post(path, told(WAIT="Two days") | {"seen": "1"}).status_code == 302
    assert dana.post(path, told(WAIT="Two days") | {"seen": "1"}).status_code == 302, "the same again is no new row"
    assert list(ProviderAnswer.objects.order_by("made_at").values_list("text", flat=True)) == ["Two weeks", "Two days"]
    profile = shown(dana.get(f"/directory/{service.pk}/"))
    assert "Two days" in profile
    assert "Two weeks" not in profile
    assert dana.post(path, told(WAIT="") | {"seen": "2"}).status_code == 302
    assert "Nobody has asked this provider yet." in shown(dana.get(f"/directory/{service.pk}/"))


def test_who_refers_nobody_asks_nothing_and_a_day_to_come_is_refused(service: Service, sign_in: SignIn) -> None:
    path = f"/directory/{service.pk}/questions/"
    admin = sign_in(a_worker(Role.AGENCY_ADMIN))
    assert admin.get(path).status_code == admin.post(path, told(WAIT="Long")).status_code == 404
    assert "Ask the provider" not in shown(admin.get(f"/directory/{service.pk}/"))
    dana = sign_in(PlanWorld().dana)
    late = told(WAIT="Long") | {"on": (clock.today() + timedelta(days=2)).isoformat()}
    assert dana.post(path, late).status_code == dana.post(path, told(WAIT="Long") | {"spoke_with": ""}).status_code == 422
    assert not ProviderAnswer.objects.exists()
