"""The reason for looking: offered only where a live grant names it, kept in the session, shown while unusual, and logged with each look."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.agencies import a_worker, viewer
from tests.integration.consents.papers import QSOA_HUB, PaperScreens, id_in, text_of

from careloom.agencies import reasons
from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.infra.access import acting_as
from careloom.infra.access.models import AccessLog
from careloom.infra.audit.models import AuditRow

COURT_CASE, SERVICE = "A child welfare case in court", "A service to the program"


@pytest.fixture
def screens(db: None) -> PaperScreens:
    subscriptions.join()
    return PaperScreens()


def choose(client: Client, reason: str) -> int:
    return client.post("/reason/", {"reason": reason}).status_code


def test_only_the_usual_reason_is_offered_where_nothing_names_another(screens: PaperScreens) -> None:
    page = text_of(screens.client(screens.lena).get("/reason/"))
    assert "Following how the plan goes" in page
    assert COURT_CASE not in page
    assert "No court order and no agreement gives your agency another reason today." in page


def test_what_an_order_opened_is_read_for_its_reason_and_only_for_it(screens: PaperScreens) -> None:
    screens.record(recipients=[str(screens.lena.agency_id)], scope=["part2.attendance", "posc.plan_core"])
    lena, family = screens.client(screens.lena), f"/families/{screens.mother}/"
    assert lena.get(family).status_code == 404  # her usual reason opens nothing
    assert COURT_CASE in text_of(lena.get("/reason/"))
    assert choose(lena, "dependency_proceeding") == 302
    assert "Marisol" in text_of(lena.get(family))
    assert f"Reason for looking: {COURT_CASE}." in text_of(lena.get("/families/"))
    assert choose(lena, "posc_monitoring") == 302
    assert lena.get(family).status_code == 404
    assert 'usa-alert__text">Reason for looking' not in text_of(lena.get("/families/"))


def test_the_look_is_logged_with_its_reason_and_the_choice_is_audited(screens: PaperScreens) -> None:
    screens.record(recipients=[str(screens.lena.agency_id)], scope=["posc.plan_core"])
    lena = screens.client(screens.lena)
    choose(lena, "dependency_proceeding")
    text_of(lena.get(f"/families/{screens.mother}/"))
    by = viewer(screens.officer)
    with acting_as(by):
        looks = AccessLog.objects.filter(identity_id=screens.mother, agency_id=screens.lena.agency_id)
        assert set(looks.values_list("purpose", flat=True)) == {"dependency_proceeding"}
    with acting_as(viewer(screens.lena)):
        (chosen,) = AuditRow.objects.filter(action="agencies.reason_chosen")
    assert chosen.detail == {"purpose": "dependency_proceeding"}


@pytest.mark.parametrize("wanted", ["dependency_proceeding", "patient_access", "emergency_treatment", "system_operation", "", "nothing"])
def test_a_reason_that_is_not_offered_changes_nothing(screens: PaperScreens, wanted: str) -> None:
    lena = screens.client(screens.lena)
    choose(lena, wanted)
    assert reasons.KEY not in lena.session


def test_her_own_access_and_an_emergency_are_never_a_reason_to_pick() -> None:
    assert not {"patient_access", "emergency_treatment", "public_disclosure", "employment", "insurance_underwriting"} & set(reasons.WORDS)


def test_a_reason_does_not_follow_her_into_another_agency(screens: PaperScreens) -> None:
    by = viewer(screens.world.bea)
    session = {reasons.KEY: {"agency": str(screens.lena.agency_id), "purpose": "dependency_proceeding"}}
    read, reason = reasons.reading(by, session=session)
    assert (read, reason.is_usual) == (by, True)


def test_an_agreement_gives_its_service_a_reason_and_its_end_takes_it_away(screens: PaperScreens) -> None:
    clause = id_in(screens.put(kind="QSOA", recipient=str(screens.hub.agency_id), **QSOA_HUB))
    hub = screens.client(screens.hub)
    assert SERVICE in text_of(hub.get("/reason/"))
    screens.client(screens.keeper).post(f"/consents/register/{clause}/end/", {"because": "ENDED_EARLY", "row_version": 1})
    assert SERVICE not in text_of(hub.get("/reason/"))


def test_who_opens_no_family_has_no_reason_to_choose(screens: PaperScreens) -> None:
    admin = a_worker(Role.AGENCY_ADMIN, agency=screens.world.harbor)
    assert screens.client(admin).get("/reason/").status_code == 404


def test_it_costs_no_statement_on_a_page(screens: PaperScreens) -> None:
    """The reason travels with the session that the request reads anyway: the same list costs the same for either reason."""
    screens.sign()
    screens.record(recipients=[str(screens.world.bea.agency_id)], scope=["posc.plan_core"])
    bea = screens.client(screens.world.bea)
    counts = []
    for reason in ("care_coordination", "dependency_proceeding"):
        choose(bea, reason)
        text_of(bea.get("/families/"))
        with CaptureQueriesContext(connection) as asked:
            assert "Marisol" in text_of(bea.get("/families/"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
