"""The family's consents, one of them, stopping it, who looked, and the reminders before an end."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import reverse
from tests.factories.agencies import a_worker, viewer
from tests.integration.consents.conftest import Screens

from careloom.agencies.roles import Role
from careloom.agencies.words import CATEGORIES
from careloom.consents import tasks
from careloom.consents.models import Consent
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.accounting import account
from careloom.plans.models import PlanOfSafeCare
from careloom.work.actions import meet_obligation, open_obligation
from careloom.work.models import Obligation

OF_MOTHER = ("family", "looked", "history", "wishes", "new", "sign", "paper")
OF_CONSENT = ("one", "stop", "copy")
MASK = re.compile(r'(csrfmiddlewaretoken" value|data-csrf)="[^"]+"')


def harbor_looks(screens: Screens) -> None:
    """Harbor opens the plan, which is accounted."""
    by = viewer(screens.world.bea)
    with acting_as(by):
        account(viewer=by, place="desk:family", rows=PlanOfSafeCare.objects.filter(pk=screens.plan.pk), at=clock.now())


def masked(answer: HttpResponse, secret: object) -> tuple[int, str]:
    return answer.status_code, MASK.sub("", answer.content.decode().replace(str(secret), "ID"))


@pytest.mark.parametrize("method", ["get", "post"])
def test_hidden_is_answered_as_absent_on_each_address(screens: Screens, method: str) -> None:
    consent = screens.world.share(screens.plan, to=screens.world.bea).consent
    out = screens.client(screens.world.maria)
    for names, hidden in ((OF_MOTHER, screens.mother), (OF_CONSENT, consent.pk)):
        for name in names:
            nowhere = uuid4()
            there = getattr(out, method)(reverse(f"consents:{name}", args=[hidden]), screens.form())
            absent = getattr(out, method)(reverse(f"consents:{name}", args=[nowhere]), screens.form())
            assert masked(there, hidden) == masked(absent, nowhere), name
            assert there.status_code in {404, 405}, name
            assert screens.client().get(reverse(f"consents:{name}", args=[hidden])).status_code in {200, 302}, name


def test_the_family_s_page_says_who_may_see_what_until_when(screens: Screens) -> None:
    live = screens.world.share(screens.plan, to=screens.world.bea).consent
    text = screens.client().get(reverse("consents:family", args=[screens.mother])).content.decode()
    for shown in (screens.world.harbor.name, "Plan and visits", "In force", "Who sees what now", reverse("consents:one", args=[live.pk])):
        assert shown in text
    theirs = screens.client(screens.world.bea).get(reverse("consents:family", args=[screens.mother]))
    assert theirs.status_code == 200


def test_a_recipient_does_not_read_the_program_s_own_name(screens: Screens) -> None:
    world = screens.world
    world.riverbend.outward_name = "Pine Care Hub"
    world.riverbend.name = "Riverbend Recovery"
    world.riverbend.save()
    consent = world.share(screens.plan, to=world.bea).consent
    theirs = screens.client(world.bea).get(reverse("consents:one", args=[consent.pk])).content.decode()
    ours = screens.client().get(reverse("consents:one", args=[consent.pk])).content.decode()
    assert "Pine Care Hub" in theirs
    assert "Riverbend" not in theirs
    assert "Riverbend Recovery" in ours


def test_one_consent_says_what_was_seen_under_it(screens: Screens) -> None:
    consent = screens.world.share(screens.plan, to=screens.world.bea).consent
    address = reverse("consents:one", args=[consent.pk])
    assert "Nobody has looked yet" in screens.client().get(address).content.decode()
    harbor_looks(screens)
    text = screens.client().get(address).content.decode()
    assert "Nobody has looked yet" not in text
    assert screens.world.harbor.name in text
    copy = screens.client().get(reverse("consents:copy", args=[consent.pk]))
    assert copy.content.startswith(b"%PDF")


def test_stopping_ends_sight_at_once_and_says_what_stays(screens: Screens) -> None:
    consent = screens.world.share(screens.plan, to=screens.world.bea).consent
    harbor_looks(screens)
    address = reverse("consents:stop", args=[consent.pk])
    calm = screens.client().get(address).content.decode()
    assert "What cannot be called back" in calm
    assert "This was seen already" in calm
    assert screens.seen(screens.world.bea)
    done = screens.client().post(address, {"how": "SPOKEN"}, follow=True)
    assert "She stopped it" in done.content.decode()
    assert not screens.seen(screens.world.bea)
    again = screens.client().post(address, {"how": "SPOKEN"}, follow=True)
    assert "It had stopped already." in again.content.decode()


def test_a_recipient_whose_own_sight_ends_is_led_away(screens: Screens) -> None:
    consent = screens.world.share(screens.plan, to=screens.world.bea).consent
    done = screens.client(screens.world.bea).post(reverse("consents:stop", args=[consent.pk]), {"how": "SPOKEN"})
    assert done.status_code == 302
    assert done.headers["Location"] == "/families/"
    assert not screens.seen(screens.world.bea)


def test_a_role_that_takes_no_consents_does_not_stop_one(screens: Screens) -> None:
    consent = screens.world.share(screens.plan, to=screens.world.bea).consent
    officer = a_worker(Role.PRIVACY_OFFICER, agency=screens.world.riverbend)
    assert screens.client(officer).get(reverse("consents:one", args=[consent.pk])).status_code == 200
    assert screens.client(officer).post(reverse("consents:stop", args=[consent.pk]), {"how": "SPOKEN"}).status_code == 404
    assert screens.seen(screens.world.bea)


def test_a_renewal_begins_as_the_old_one_and_takes_its_place(screens: Screens) -> None:
    old = screens.world.share(screens.plan, to=screens.world.bea).consent
    page = screens.client().get(reverse("consents:new", args=[screens.mother]), {"renews": str(old.pk)})
    clean = page.context["form"].cleaned_data
    assert (clean["share"], clean["recipients"], clean["renews"]) == (["PLAN"], [screens.world.bea.agency_id], old.pk)
    screens.sign(renews=str(old.pk))
    text = screens.client().get(reverse("consents:one", args=[old.pk])).content.decode()
    assert "A newer one took its place" in text
    assert screens.seen(screens.world.bea)


def test_who_looked_names_agencies_and_own_workers_only(screens: Screens) -> None:
    consent = screens.world.share(screens.plan, to=screens.world.bea).consent
    harbor_looks(screens)
    client, address = screens.client(), reverse("consents:looked", args=[screens.mother])
    client.get(address)
    text = client.get(address).content.decode()
    for shown in (screens.world.harbor.name, screens.world.dana.worker.name, "42 CFR 2.", reverse("consents:one", args=[consent.pk])):
        assert shown in text
    assert screens.world.bea.worker.name not in text
    assert str(CATEGORIES["posc.plan_core"]) in text


def test_the_table_is_for_who_reads_the_access_log(screens: Screens) -> None:
    screens.world.share(screens.plan, to=screens.world.bea)
    harbor_looks(screens)
    officer = a_worker(Role.PRIVACY_OFFICER, agency=screens.world.riverbend)
    address = reverse("consents:looked", args=[screens.mother]) + "?format=csv"
    table = screens.client(officer).get(address)
    assert table.headers["Content-Type"].startswith("text/csv")
    assert "disclosure" in table.content.decode()
    assert screens.client().get(address).headers["Content-Type"].startswith("text/html")


def _ask(screens: Screens, at: Any) -> list[Obligation]:
    with clock.at(at):
        tasks.run(at=at, owe=open_obligation, meet=meet_obligation)
    with acting_as(viewer(screens.world.supervisor)):
        return list(Obligation.objects.filter(kind="CONSENT_ENDING", met_at=None))


def test_the_lead_is_asked_thirty_and_seven_days_before_an_end(screens: Screens) -> None:
    consent = screens.world.share(screens.plan, to=screens.world.bea).consent
    end = clock.now() + timedelta(days=180)
    assert _ask(screens, end - timedelta(days=40)) == []
    first = _ask(screens, end - timedelta(days=30))
    assert [(row.worker_id, row.about_id, row.link) for row in first] == [
        (screens.world.dana.worker_id, consent.pk, reverse("consents:one", args=[consent.pk]))
    ]
    assert [row.pk for row in _ask(screens, end - timedelta(days=29))] == [first[0].pk]
    second = _ask(screens, end - timedelta(days=7))
    assert len(second) == 1
    assert second[0].pk != first[0].pk


def test_nobody_is_asked_about_a_consent_that_she_stopped(screens: Screens) -> None:
    consent = screens.world.share(screens.plan, to=screens.world.bea).consent
    at = clock.now() + timedelta(days=155)
    assert len(_ask(screens, at)) == 1
    screens.client().post(reverse("consents:stop", args=[consent.pk]), {"how": "SPOKEN"})
    assert _ask(screens, at) == []
    with acting_as(viewer(screens.world.dana)):
        assert Consent.objects.get(pk=consent.pk).revoked_how == "SPOKEN"
