"""A form for a class covers who belongs to it later too; the worker writes that down, and the form stays as she signed it."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import reverse
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import a_key
from tests.integration.consents.conftest import Screens

from careloom.agencies.roles import Role
from careloom.consents.members import note_member
from careloom.consents.models import Consent
from careloom.infra import clock
from careloom.infra.access import NotVisible, System, acting_as, system
from careloom.infra.access.models import Grant
from careloom.kernel.agency_kinds import AgencyKind
from careloom.plans import actions


def care(screens: Screens) -> str:
    """One yes for those who treat her, with the hospital known at signing; the address of the form."""
    done: HttpResponse = screens.sign(
        wish="CARE", recipients=[str(screens.world.maria.agency_id)], share=["ALL_TREATMENT", "TREATMENT"], purposes=["treatment"], until="none"
    )
    assert done.status_code == 302
    return done.headers["Location"]


def names_on(screens: Screens) -> list[object]:
    with acting_as(system(System.GRANTS)):
        return list(Consent.objects.get(identity_id=screens.mother).recipient_ids)


def grants_of(agency_id: object) -> int:
    with acting_as(system(System.GRANTS)):
        return Grant.objects.filter(recipient_id=agency_id, valid_to__gt=clock.now()).count()


@pytest.mark.requirement("R-106")
def test_a_clinic_that_treats_her_later_reads_by_the_form_she_signed(screens: Screens) -> None:
    clinic = an_agency(kind=AgencyKind.OB_CLINIC, is_covered_entity=True)
    by = viewer(screens.world.dana)
    with acting_as(by):
        actions.add_need(
            by=by, at=screens.world.at, plan_id=screens.plan.pk, code="MEDICINE_FOR_RECOVERY", title="Mondays", her_choice="YES", request_key=a_key()
        )
    address = care(screens)
    assert "Someone new treats her" in screens.client().get(address).content.decode()
    page = screens.client().get(address + "member/").content.decode()
    assert clinic.name in page
    assert screens.world.harbor.name not in page  # a home visitor does not treat
    assert grants_of(clinic.pk) == 0
    without = screens.client().post(address + "member/", {"agency": str(clinic.pk)})
    assert without.status_code == 422  # nobody said that it treats her
    for _again in range(2):
        screens.client().post(address + "member/", {"agency": str(clinic.pk), "belongs": "on"})
    assert names_on(screens) == [screens.world.st_agnes.pk, clinic.pk]
    hospital = grants_of(screens.world.st_agnes.pk)
    assert grants_of(clinic.pk) == hospital > 0
    screens.client().post(address + "stop/", {"how": "SPOKEN"})
    assert grants_of(clinic.pk) == 0


def test_only_who_can_belong_to_the_class_is_taken(screens: Screens) -> None:
    address = care(screens)
    cps = an_agency(kind=AgencyKind.CPS_AGENCY)
    for agency in (cps, screens.world.harbor, screens.world.riverbend):
        assert screens.client().post(address + "member/", {"agency": str(agency.pk), "belongs": "on"}).status_code == 422
    by, pk = viewer(screens.world.dana), address.split("/")[-2]
    with acting_as(by):
        assert not note_member(by=by, at=clock.now(), consent_id=pk, agency_id=cps.pk)  # type: ignore[arg-type]
    assert names_on(screens) == [screens.world.st_agnes.pk]


def test_a_form_that_names_each_one_takes_nobody_more(screens: Screens) -> None:
    done = screens.sign()
    address = done.headers["Location"] + "member/"
    assert screens.client().get(address).status_code == 302
    screens.client().post(address, {"agency": str(screens.world.st_agnes.pk), "belongs": "on"})
    assert names_on(screens) == [screens.world.harbor.pk]


def test_who_takes_no_consents_and_who_did_not_take_this_one_adds_nobody(screens: Screens) -> None:
    clinic = an_agency(kind=AgencyKind.OB_CLINIC)
    address = care(screens)
    clinician = a_worker(Role.CLINICIAN, agency=screens.world.riverbend)
    for who in (clinician, screens.world.maria):
        assert screens.client(who).post(address + "member/", {"agency": str(clinic.pk), "belongs": "on"}).status_code in {302, 404}
        by = viewer(who)
        with acting_as(by), pytest.raises(NotVisible):
            note_member(by=by, at=clock.now(), consent_id=address.split("/")[-2], agency_id=clinic.pk)  # type: ignore[arg-type]
    assert names_on(screens) == [screens.world.st_agnes.pk]
    assert screens.client().get(reverse("consents:member", args=[screens.mother])).status_code == 404
