"""What comes before the first family: asked by an administrator, done by each worker, and kept by the gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import a_key

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.conduct.models import Demand, Met
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.audit.models import AuditRow
from careloom.kernel.agency_kinds import AgencyKind

pytestmark = pytest.mark.django_db
MINE, ASKED = "/first/", "/first/agency/"


@dataclass
class House:
    """One agency: Ida runs it, Dana works with families there."""

    ida: Membership
    dana: Membership

    @property
    def today(self) -> date:
        return clock.today(self.ida.agency.zone)

    def page(self, member: Membership) -> Client:
        client = Client()
        client.force_login(member.worker.user)
        return client

    def asks(self, kind: str, *, starts_on: date | None = None, months: str = "", path: str = ASKED + "new/", **more: str) -> int:
        form = {"kind": kind, "title": "How we work", "words": "We look only at our own families.", "months": months, "request_key": a_key()}
        form |= {"starts_on": (starts_on or self.today).isoformat()} | more
        return self.page(self.ida).post(path, form).status_code

    @property
    def demand(self) -> Demand:
        return Demand.objects.filter(agency=self.ida.agency, ended_at=None).get()

    def notes(self, member: Membership, day: date) -> int:
        form = {"membership": str(member.pk), "done_on": day.isoformat()}
        return self.page(self.ida).post(f"{ASKED}{self.demand.pk}/", form).status_code

    def opens(self, member: Membership, path: str = "/families/") -> bool:
        answer = self.page(member).get(path)
        assert answer.status_code == 200 or answer.headers["Location"].startswith(f"{MINE}?next=")
        return answer.status_code == 200


@pytest.fixture
def house() -> House:
    agency = an_agency(kind=AgencyKind.PART2_PROGRAM, is_part2_program=True)
    return House(ida=a_worker(Role.AGENCY_ADMIN, agency=agency), dana=a_worker(Role.CARE_COORDINATOR, agency=agency))


def test_a_worker_reads_and_accepts_the_code_and_then_meets_families(house: House) -> None:
    assert house.opens(house.dana)
    assert house.asks("CODE") == 302
    assert not house.opens(house.dana)
    page = house.page(house.dana)
    assert "We look only at our own families." in page.get(MINE).content.decode()
    refused = page.post(MINE, {"demand": str(house.demand.pk), "next": "/families/"})
    assert refused.status_code == 422
    assert "Tick the box when you have read it." in refused.content.decode()
    accepted = {"demand": str(house.demand.pk), "next": "/families/", "accepted": "on"}
    assert page.post(MINE, accepted).headers["Location"] == "/families/"
    page.post(MINE, accepted)
    assert house.opens(house.dana)
    assert Met.objects.filter(membership=house.dana).count() == 1
    with acting_as(viewer(house.ida)):
        assert AuditRow.objects.filter(action="conduct.met").count() == 1


def test_a_training_counts_until_its_months_are_over(house: House) -> None:
    assert house.asks("TRAINING", months="12") == 302
    assert not house.opens(house.dana)
    assert house.notes(house.dana, house.today + timedelta(days=1)) == 422
    assert house.notes(house.dana, house.today - timedelta(days=500)) == 302
    assert not house.opens(house.dana)
    assert "It counted until" in house.page(house.ida).get(f"{ASKED}{house.demand.pk}/").content.decode()
    assert house.notes(house.dana, house.today - timedelta(days=5)) == 302
    assert house.opens(house.dana)
    # An older day that is noted late takes nothing away.
    assert house.notes(house.dana, house.today - timedelta(days=900)) == 302
    assert house.opens(house.dana)
    assert "1 of 2 have done it" in house.page(house.ida).get(ASKED).content.decode()


def test_what_is_asked_from_a_later_day_keeps_nobody_out_before_it(house: House) -> None:
    assert house.asks("CODE", starts_on=house.today + timedelta(days=14)) == 302
    assert house.opens(house.dana)
    assert house.page(house.dana).get(MINE).status_code == 200
    with clock.at(clock.now() + timedelta(days=15)):
        assert not house.opens(house.dana)


def test_a_form_that_was_open_when_the_day_began_is_taken(house: House) -> None:
    late = datetime.combine(house.today + timedelta(days=1), time(23, 58), tzinfo=clock.zone(house.ida.agency.zone))
    shared, page, stranger = {"shared": "yes"}, house.page(house.dana), house.page(house.dana)
    with clock.at(late):
        house.asks("CODE", starts_on=clock.today() + timedelta(days=1))
        assert page.get("/families/").status_code == 200
    with clock.at(late + timedelta(minutes=4)):
        assert page.get("/families/").headers["Location"].startswith(MINE)
        assert page.post("/me/workstation/", shared).headers["Location"] == "/me/"
        assert stranger.post("/me/workstation/", shared).headers["Location"].startswith(MINE)


def test_ending_it_and_writing_it_anew(house: House) -> None:
    house.asks("CODE")
    house.page(house.dana).post(MINE, {"demand": str(house.demand.pk), "accepted": "on"})
    first = house.demand
    assert house.asks("CODE", path=f"{ASKED}{first.pk}/anew/", title="How we work now") == 302
    assert house.demand.title == "How we work now"
    assert not house.opens(house.dana)
    assert house.page(house.ida).post(f"{ASKED}{house.demand.pk}/end/").headers["Location"] == ASKED
    assert house.opens(house.dana)
    assert Met.objects.filter(demand=first).count() == 1
    # The older one cannot be written anew any more, and says so.
    assert house.asks("CODE", path=f"{ASKED}{first.pk}/anew/") == 422


def test_what_is_wrong_is_said_and_nothing_is_asked(house: House) -> None:
    assert house.asks("CODE", starts_on=house.today - timedelta(days=1)) == 422
    assert house.asks("CODE", months="0") == 422
    assert house.asks("CODE", words="  ") == 422
    assert Demand.objects.count() == 0
    assert house.asks("CODE") == 302
    assert house.asks("CODE") == 422
    key = a_key()
    assert house.asks("TRAINING", request_key=key) == house.asks("TRAINING", request_key=key) == 302
    assert Demand.objects.filter(kind="TRAINING").count() == 1


def test_only_its_administrator_asks_and_nobody_accepts_for_another(house: House) -> None:
    house.asks("CODE")
    stranger = a_worker(Role.AGENCY_ADMIN)
    for path in (ASKED, ASKED + "new/", f"{ASKED}{house.demand.pk}/", f"{ASKED}{house.demand.pk}/anew/", f"{ASKED}{house.demand.pk}/end/"):
        assert house.page(house.dana).get(path).status_code == 404
    for path in (f"{ASKED}{house.demand.pk}/", f"{ASKED}{house.demand.pk}/anew/", f"{ASKED}{house.demand.pk}/end/"):
        assert house.page(stranger).get(path).status_code == 404
        assert house.page(stranger).post(path, {}).status_code == 404
    house.page(stranger).post(MINE, {"demand": str(house.demand.pk), "accepted": "on"})
    house.page(house.ida).post(MINE, {"demand": str(house.demand.pk), "accepted": "on"})
    assert set(Met.objects.values_list("membership_id", flat=True)) == {house.ida.pk}
    assert house.notes(house.dana, house.today) == 422  # a code is accepted, not noted
    assert not house.opens(house.dana)


def test_the_administrator_can_put_it_right_when_she_is_kept_out_herself(house: House) -> None:
    house.asks("TRAINING")
    assert not house.opens(house.ida, "/agency/members/")
    assert house.page(house.ida).get(ASKED).status_code == 200
    # The form there asks for better words while she writes.
    assert house.page(house.ida).post("/words/", {"words": "a clean test"}).status_code == 200
    assert house.notes(house.ida, house.today) == 302
    assert house.opens(house.ida, "/agency/members/")
