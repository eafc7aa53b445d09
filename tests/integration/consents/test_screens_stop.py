"""She stops sharing: in one step, said in any way, at once; who must hear of it hears of it, and nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.integration.consents.conftest import Screens
from tests.integration.consents.test_screens_pages import harbor_looks

from careloom.agencies.roles import Role
from careloom.consents.actions import event_happened
from careloom.consents.models import Consent
from careloom.consents.signing import stop_form
from careloom.consents.telling import tell_of_stop
from careloom.consents.terms import terms_of
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.models import Grant
from careloom.kernel.agency_kinds import AgencyKind
from careloom.work.actions import open_obligation
from careloom.work.models import Obligation

CRIMINAL = {
    "wish": "CRIMINAL", "recipients": None, "named": "Officer Lane", "share": ["ATTENDANCE"], "purposes": None, "until": "final_disposition",
    "matter": "Practice 7", "condition": "on",
}  # fmt: skip


def address_of(screens: Screens, consent: Consent, name: str = "stop") -> str:
    return reverse(f"consents:{name}", args=[consent.pk])


def again(consent: Consent) -> Consent:
    with acting_as(system(System.GRANTS)):
        return Consent.objects.get(pk=consent.pk)


@pytest.mark.requirement("R-106")
def test_an_open_page_of_the_other_agency_loses_it_at_its_next_request(screens: Screens) -> None:
    consent = screens.world.share(screens.plan, to=screens.world.bea).consent
    harbor, page = screens.client(screens.world.bea), f"/families/{screens.mother}/"
    assert harbor.get(page).status_code == 200
    done = screens.client().post(address_of(screens, consent), {"how": "SPOKEN", "heard_by": "Dana, on the phone"})
    assert done.status_code == 302
    assert harbor.get(page).status_code == 404
    row = again(consent)
    assert (row.revoked_how, terms_of(row).heard_by, terms_of(row).heard_on) == ("SPOKEN", "Dana, on the phone", clock.today().isoformat())
    one = screens.client().get(address_of(screens, consent, "one")).content.decode()
    assert "Heard by Dana, on the phone" in one


@pytest.mark.parametrize(
    ("wish", "more"),
    [
        ("CARE", {"share": ["ALL_TREATMENT"], "purposes": ["treatment"]}), ("NOTES", {"share": None, "purposes": ["treatment"]}),
        ("CRIMINAL", CRIMINAL), ("COURT", {"share": ["PLAN"], "purposes": ["dependency_proceeding"], "named": "Judge Lane", "matter": "M 2"}),
    ],
)  # fmt: skip
def test_what_she_says_aloud_stops_a_form_of_any_kind(screens: Screens, wish: str, more: dict[str, object]) -> None:
    usual = {"wish": wish, "until": "180"} if wish != "CRIMINAL" else {}
    to = {"recipients": None} if wish in {"CRIMINAL", "COURT"} else {"recipients": [str(screens.world.maria.agency_id)]}
    done = screens.sign(**(usual | to | more))
    assert done.status_code == 302
    assert screens.client().post(done.headers["Location"] + "stop/", {"how": "SPOKEN"}).status_code == 302
    with acting_as(system(System.GRANTS)):
        row = Consent.objects.get(identity_id=screens.mother)
        assert row.revoked_at is not None
        assert not Grant.objects.filter(instrument_id=row.pk, valid_to__gt=clock.now()).exists()
    assert terms_of(row).heard_by == screens.world.dana.worker.name


@pytest.mark.parametrize(("days", "said"), [(1, "This day lies ahead."), (-1, "She signed after that day.")])
def test_the_day_on_which_she_said_it_lies_between_her_signature_and_now(screens: Screens, days: int, said: str) -> None:
    consent = screens.world.share(screens.plan, to=screens.world.bea).consent
    day = clock.today() + timedelta(days=days)
    answer = screens.client().post(address_of(screens, consent), {"how": "SPOKEN", "heard_on": day.isoformat()})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert screens.seen(screens.world.bea)


def test_a_form_that_waits_for_the_final_disposition_keeps_her_wish_and_ends_with_it(screens: Screens) -> None:
    done = screens.sign(**(CRIMINAL | {"stops_when": "DISPOSITION"}))
    address = done.headers["Location"]
    page = screens.client().get(address + "stop/").content.decode()
    assert "It can be stopped when that matter is finally decided" in page
    assert "42 CFR 2.35(c)" in page
    for _again in range(2):
        screens.client().post(address + "stop/", {"how": "SPOKEN", "heard_by": "Dana"})
    with acting_as(viewer(screens.world.dana)):
        row = Consent.objects.get(identity_id=screens.mother)
    assert (row.revoked_at, terms_of(row).asked_to_stop_on, terms_of(row).heard_by) == (None, clock.today().isoformat(), "Dana")
    one = screens.client().get(address).content.decode()
    assert "She asked to stop it on" in one
    assert "stop/" not in one
    by = viewer(screens.world.dana)
    with acting_as(by):
        assert event_happened(by=by, at=clock.now(), identity_id=screens.mother, event="final_disposition", on=clock.today()) == 1
    assert "Ended" in screens.client().get(address).content.decode()


def test_who_may_not_take_a_consent_stops_none(screens: Screens) -> None:
    consent = screens.world.share(screens.plan, to=screens.world.bea).consent
    clinician = viewer(a_worker(Role.CLINICIAN, agency=screens.world.riverbend))
    from careloom.infra.access import NotVisible

    with acting_as(clinician), pytest.raises(NotVisible):
        stop_form(by=clinician, at=clock.now(), consent_id=consent.pk, how="SPOKEN")
    assert screens.seen(screens.world.bea)


def duties(screens: Screens, agency_id: object, kind: str) -> list[Obligation]:
    with acting_as(system(System.JOB, holder_id=agency_id)):  # type: ignore[arg-type]
        return list(Obligation.objects.filter(holder_id=agency_id, kind=kind))


def test_who_has_seen_it_hears_that_it_stopped_and_who_has_not_hears_nothing(screens: Screens) -> None:
    world = screens.world
    seen = world.share(screens.plan, to=world.bea).consent
    unseen = world.share(screens.plan, to=world.maria).consent
    harbor_looks(screens)
    for consent in (seen, unseen):
        screens.client().post(address_of(screens, consent), {"how": "SPOKEN"})
        for _again in range(2):
            tell_of_stop(consent_id=consent.pk, at=clock.now(), owe=open_obligation)
    (told,) = duties(screens, world.harbor.pk, "SHARING_STOPPED")
    assert told.link == reverse("consents:after_stop")
    assert duties(screens, world.st_agnes.pk, "SHARING_STOPPED") == []
    page = screens.client(world.bea).get(told.link)
    assert page.status_code == 200
    assert "Pass nothing on" in page.content.decode()
    assert str(screens.mother) not in page.content.decode()


def test_the_holder_hears_what_she_stopped_on_her_own_pages(screens: Screens) -> None:
    consent = screens.world.share(screens.plan, to=screens.world.bea).consent
    her = screens.world.her(screens.plan)
    with acting_as(her):
        assert stop_form(by=her, at=clock.now(), consent_id=consent.pk, how="PORTAL")
    tell_of_stop(consent_id=consent.pk, at=clock.now(), owe=open_obligation)
    (told,) = duties(screens, screens.world.riverbend.pk, "CONSENT_STOPPED")
    assert (told.worker_id, told.link) == (screens.world.dana.worker_id, address_of(screens, consent, "one"))


def test_a_consent_that_holds_tells_nobody(screens: Screens) -> None:
    consent = screens.world.share(screens.plan, to=screens.world.bea).consent
    harbor_looks(screens)
    assert tell_of_stop(consent_id=consent.pk, at=clock.now(), owe=open_obligation) == 0
    assert duties(screens, screens.world.harbor.pk, "SHARING_STOPPED") == []


def test_a_court_that_was_let_in_reads_it_until_she_stops(screens: Screens) -> None:
    court = an_agency(kind=AgencyKind.COURT)
    done = screens.sign(
        wish="COURT", recipients=[str(court.pk)], share=["PLAN"], purposes=["dependency_proceeding"], until="court_case_ended", matter="M 2"
    )  # fmt: skip
    with acting_as(system(System.GRANTS)):
        live = Grant.objects.filter(recipient_id=court.pk, identity_id=screens.mother)
        assert {tuple(grant.purposes) for grant in live} == {("dependency_proceeding",)}
    screens.client().post(done.headers["Location"] + "stop/", {"how": "PAPER"})
    with acting_as(system(System.GRANTS)):
        assert not Grant.objects.filter(recipient_id=court.pk, valid_to__gt=clock.now()).exists()
