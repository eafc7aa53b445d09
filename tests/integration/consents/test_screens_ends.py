"""How a consent ends: on a day or with an event, never both; the worker who hears of the event ends it, and is asked once a year (2.31(a)(7))."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from tests.factories.agencies import a_worker, viewer
from tests.integration.consents.conftest import Screens

from careloom.agencies.roles import Role
from careloom.config.subscriptions import questions_answered
from careloom.consents import tasks
from careloom.consents.models import Consent
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.models import Grant
from careloom.infra.audit.models import AuditRow
from careloom.kernel.events import ConsentChanged
from careloom.work.actions import meet_obligation, open_obligation
from careloom.work.models import Obligation

CASE, PLAN = "cps_case_closed", "plan_closed"
CLOSING = {"reason": "GOALS_MET", "override": "She moved away and asked us to end it"}


def signed(screens: Screens, **changes: object) -> Consent:
    """A consent that she signed at the screen for Harbor."""
    answer = screens.sign(**changes)
    assert answer.status_code == 302, answer.content.decode()
    with acting_as(system(System.GRANTS)):
        return Consent.objects.get(pk=answer.headers["Location"].rstrip("/").split("/")[-1])


def happened(consent: Consent) -> str:
    return reverse("consents:happened", args=[consent.pk])


@pytest.mark.parametrize("event", [CASE, PLAN])
def test_an_event_stands_in_place_of_a_day(screens: Screens, event: str) -> None:
    sentence = {CASE: "the case closes", PLAN: "the plan closes"}[event]
    assert sentence in screens.post("new", screens.form(until=event)).content.decode()
    consent = signed(screens, until=event)
    assert (consent.expiry_event, consent.expires_on) == (event, None)
    page = screens.client().get(reverse("consents:one", args=[consent.pk])).content.decode()
    assert sentence.removeprefix("the ") in page
    assert screens.client().get(reverse("consents:copy", args=[consent.pk])).content.startswith(b"%PDF")


def test_a_day_beside_another_end_is_refused_and_says_why(screens: Screens) -> None:
    answer = screens.sign(until=CASE, until_on=(clock.today() + timedelta(days=9)).isoformat())
    assert answer.status_code == 422
    assert "It can end in one way only." in answer.content.decode()


def test_a_renewal_begins_with_the_event_of_the_old_one(screens: Screens) -> None:
    old = signed(screens, until=PLAN)
    page = screens.client().get(reverse("consents:new", args=[screens.mother]), {"renews": str(old.pk)})
    assert page.context["form"].expiry_event == PLAN


def test_what_has_happened_ends_every_consent_that_ends_with_it_and_its_grants_once(screens: Screens) -> None:
    first, second = signed(screens, until=CASE), signed(screens, until=CASE, recipients=[str(screens.world.maria.agency_id)], purposes=["treatment"])
    other = signed(screens, recipients=[str(screens.world.maria.agency_id)], purposes=["treatment"])
    assert screens.seen(screens.world.bea)
    calm = screens.client().get(happened(first)).content.decode()
    for agency in (screens.world.harbor, screens.world.st_agnes):
        assert f"{agency.name} no longer sees" in calm
    done = screens.client().post(happened(first), {"on": clock.today().isoformat()}, follow=True).content.decode()
    assert "Written down." in done
    assert "It happened on" in done
    assert not screens.seen(screens.world.bea)
    again = screens.client().post(happened(second), {"on": clock.today().isoformat()}, follow=True).content.decode()
    assert "It was written down already." in again
    with acting_as(system(System.GRANTS)):
        live = set(Grant.objects.filter(valid_to__gt=clock.now(), instrument_id__isnull=False).values_list("instrument_id", flat=True))
    assert live == {other.pk}
    with acting_as(viewer(screens.world.dana)):
        assert set(AuditRow.objects.filter(action="consents.event").values_list("object_id", flat=True)) == {first.pk, second.pk}
        assert AuditRow.objects.filter(action="consents.event").count() == 2


@pytest.mark.parametrize(("on", "said"), [(1, "This day lies ahead."), (-1, "She signed after that day.")])
def test_only_what_has_happened_since_she_signed_ends_it(screens: Screens, on: int, said: str) -> None:
    consent = signed(screens, until=CASE)
    answer = screens.client().post(happened(consent), {"on": (clock.today() + timedelta(days=on)).isoformat()})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert screens.seen(screens.world.bea)


def test_a_role_that_takes_no_consents_and_a_stranger_end_nothing(screens: Screens) -> None:
    consent = signed(screens, until=CASE)
    officer = a_worker(Role.PRIVACY_OFFICER, agency=screens.world.riverbend)
    for who in (officer, screens.world.maria):
        assert screens.client(who).post(happened(consent), {"on": clock.today().isoformat()}).status_code == 404
        assert screens.client(who).post(reverse("consents:holds", args=[consent.pk])).status_code == 404
    assert screens.seen(screens.world.bea)


def test_a_form_that_the_worker_does_not_read_ends_too_and_leaves_no_trace_with_her_agency(screens: Screens) -> None:
    """Harbor hears that the case closed. Riverbend's form for St. Agnes ends with it; Harbor learns of it neither by number nor by audit."""
    read, hidden = signed(screens, until=CASE), signed(screens, until=CASE, recipients=[str(screens.world.maria.agency_id)], purposes=["treatment"])
    harbor = screens.client(screens.world.bea)
    assert screens.world.st_agnes.name not in harbor.get(happened(read)).content.decode()
    assert harbor.post(happened(read), {"on": clock.today().isoformat()}).status_code == 302
    with acting_as(system(System.GRANTS)):
        assert Consent.objects.filter(pk=hidden.pk, event_on=clock.today()).exists()
    with acting_as(viewer(screens.world.bea)):
        assert list(AuditRow.objects.filter(action="consents.event").values_list("object_id", flat=True)) == [read.pk]
    with acting_as(viewer(screens.world.dana)):
        assert list(AuditRow.objects.filter(action="consents.event").values_list("object_id", flat=True)) == [hidden.pk]


def test_closing_the_plan_ends_what_ends_with_it_and_offers_what_ends_with_the_case(screens: Screens) -> None:
    with_plan, with_case = signed(screens, until=PLAN), signed(screens, until=CASE)
    address, client = f"/plans/{screens.plan.pk}/close/", screens.client()
    page = client.get(address).content.decode()
    assert "She let one consent end with the plan." in page
    assert "The child welfare case is closed too" in page
    assert client.post(address, CLOSING).status_code == 302
    with acting_as(viewer(screens.world.dana)):
        assert Consent.objects.get(pk=with_plan.pk).event_on == clock.today()
        assert Consent.objects.get(pk=with_case.pk).event_on is None
    assert screens.seen(screens.world.bea)


def test_the_case_closes_with_the_plan_where_the_worker_says_so(screens: Screens) -> None:
    consent = signed(screens, until=CASE)
    page = screens.client().get(f"/plans/{screens.plan.pk}/close/").content.decode()
    assert "end with the plan" not in page
    assert screens.client().post(f"/plans/{screens.plan.pk}/close/", CLOSING | {"case_closed": "on"}).status_code == 302
    with acting_as(viewer(screens.world.dana)):
        assert Consent.objects.get(pk=consent.pk).event_on == clock.today()
    assert not screens.seen(screens.world.bea)


def test_a_closing_without_such_a_consent_asks_nothing(screens: Screens) -> None:
    signed(screens)
    page = screens.client().get(f"/plans/{screens.plan.pk}/close/").content.decode()
    assert "The child welfare case is closed too" not in page


def asked(screens: Screens, at: datetime) -> list[Obligation]:
    with clock.at(at):
        tasks.run(at=at, owe=open_obligation, meet=meet_obligation)
    with acting_as(viewer(screens.world.supervisor)):
        return list(Obligation.objects.filter(kind=tasks.HOLDS, met_at=None))


def answered(consent: Consent) -> None:
    """What the outbox delivers after the commit."""
    questions_answered(ConsentChanged(consent_id=consent.pk, holder_id=consent.holder_id, identity_id=consent.identity_id))


def test_somebody_is_asked_once_a_year_whether_it_still_holds(screens: Screens) -> None:
    consent, now = signed(screens, until=CASE), clock.now()
    assert asked(screens, now + timedelta(days=364)) == []
    year = now + timedelta(days=365)
    owed = asked(screens, year)
    assert [(row.worker_id, row.link) for row in owed] == [(screens.world.dana.worker_id, reverse("consents:one", args=[consent.pk]))]
    assert [row.pk for row in asked(screens, year + timedelta(days=3))] == [owed[0].pk]
    with clock.at(year):
        assert "whether a consent still holds" in screens.client().get("/today/").content.decode()
        done = screens.client().post(reverse("consents:holds", args=[consent.pk]), follow=True).content.decode()
        assert "Noted: it still holds." in done
        answered(consent)
        again = screens.client().post(reverse("consents:holds", args=[consent.pk]), follow=True).content.decode()
        assert "There was nothing to note." in again
    assert asked(screens, year + timedelta(days=1)) == []
    with acting_as(viewer(screens.world.dana)):
        assert AuditRow.objects.filter(action="consents.still_holds", object_id=consent.pk).count() == 1
    assert len(asked(screens, year + timedelta(days=365))) == 1
    assert screens.seen(screens.world.bea)


@pytest.mark.parametrize("way", ["happened", "stop"])
def test_nobody_is_asked_about_one_that_is_over(screens: Screens, way: str) -> None:
    consent, year = signed(screens, until=CASE), clock.now() + timedelta(days=365)
    assert len(asked(screens, year)) == 1
    facts: dict[str, str] = {"how": "SPOKEN"} if way == "stop" else {"on": date.isoformat(clock.today())}
    assert screens.client().post(reverse(f"consents:{way}", args=[consent.pk]), facts).status_code == 302
    answered(consent)
    assert asked(screens, year + timedelta(days=1)) == []
