"""Her own page of dates: plain days and what helps, in English and Spanish, with what is shared with her and nothing of the agency's record."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import a_key
from tests.integration.permanency.conftest import ENOUGH, a_person, text
from tests.integration.portal.conftest import World as HerWorld
from tests.integration.portal.conftest import world as her_world  # noqa: F401  (a fixture)

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import Viewer, acting_as
from careloom.infra.answers import Done
from careloom.kernel.agency_kinds import AgencyKind
from careloom.permanency import actions, models, ports


@pytest.fixture
def lena(her_world: HerWorld) -> Membership:  # noqa: F811
    """A worker of child welfare who opened a case with her, with a goal and a visit to come."""
    with clock.at(clock.now() - timedelta(minutes=2)):
        worker = a_worker(Role.CPS_WORKER, agency=an_agency(kind=AgencyKind.CPS_AGENCY, phone="555-0109"))
    by = viewer(worker)
    a_person(by, role="MOTHER", identity_id=her_world.mother, given_name="Marisol")
    of = {"by": by, "at": clock.now()}
    with acting_as(by):
        done = actions.open_case(
            **of,
            identity_id=her_world.mother,
            kind="VOLUNTARY_IN_HOME",
            reason="She asked for help at home.",
            decided_on=clock.today(),
            request_key=a_key(),
        )
        assert isinstance(done, Done)
        of |= {"case_id": done.row_id}
        when = clock.now() + timedelta(days=3)
        actions.add_item(**of, kind="GOAL", words="Sleeps apart, safely", who="PARENT", criterion="Crib", by_on=clock.today(), request_key=a_key())
        actions.plan_hearing(**of, kind="REVIEW", starts_at=when, court="Practice Court", child_id=None, request_key=a_key())
    return worker


def dates(client: Client, language: str = "en") -> str:
    client.cookies["django_language"] = language
    return text(client.get("/my/timeline/"))


def test_at_home_she_reads_that_she_keeps_custody_and_what_comes(her_world: HerWorld, lena: Membership) -> None:  # noqa: F811
    page = dates(her_world.signed_in())
    for said in ("You keep custody.", "You see the judge at", "Sleeps apart, safely", "555-0109", "What helps"):
        assert said in page


def test_with_a_child_in_care_she_reads_plain_days_and_nothing_of_the_record(
    her_world: HerWorld,  # noqa: F811
    lena: Membership,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    by, today = viewer(lena), clock.today()
    child = a_person(by, role="INFANT", mother=her_world.mother, given_name="Mateo")

    def read(*, viewer: Viewer, identity_id: UUID) -> list[ports.Assessed]:
        return [ports.Assessed(id=child, completed_on=today, unsafe_child_ids=frozenset({child}))]

    monkeypatch.setattr(ports, "_assessments", [read])
    with acting_as(by):
        case = models.Case.objects.get(identity_id=her_world.mother)
        removed = actions.remove_child(
            by=by, at=clock.now(), case_id=case.pk, child_id=child, children=[child], insufficient=ENOUGH, authority="COURT_ORDER", removed_on=today,
            found_on=today, request_key=a_key(),
        )  # fmt: skip
        assert isinstance(removed, Done)
    phone = her_world.signed_in()
    page = dates(phone)
    for said in ("went into care", "By this day the judge must look at where", "You can let the judge see how your care goes. You choose."):
        assert said in page
    assert ENOUGH not in page
    assert "You keep custody" not in page
    her = her_world.her().viewer
    with acting_as(her):
        assert models.Case.objects.filter(pk=case.pk).exists()
        assert not models.Removal.objects.exists()
        assert not models.Custody.objects.exists()


def test_her_page_is_whole_in_spanish(her_world: HerWorld, lena: Membership) -> None:  # noqa: F811
    page = dates(her_world.signed_in(), "es")
    for said in ("Mis fechas", "Lo que ayuda", "Usted conserva la custodia", "Verá al juez a las"):
        assert said in page


def test_without_a_case_the_page_says_that_a_plan_opens_none(her_world: HerWorld) -> None:  # noqa: F811
    assert "Your plan does not open one." in dates(her_world.signed_in())
