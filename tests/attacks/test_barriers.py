"""What comes from a family becomes a barrier, and nothing leads back: text, count, time, order, id, key of a form, audit (workflows 6.9)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from tests.factories.barriers import House, SignIn
from tests.integration.portal.conftest import World
from tests.integration.portal.conftest import world as her_world  # noqa: F401  (a fixture)
from tests.requirements.conftest import text_of

from careloom.barriers import actions
from careloom.barriers.models import Barrier, Given, Step
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.audit.models import AuditRow

pytestmark = pytest.mark.django_db
A_MONTH = timedelta(days=31)


@pytest.fixture
def house(sign_in: SignIn) -> House:
    return House(sign_in)


def test_what_families_hand_over_becomes_one_barrier_with_a_hidden_count(house: House) -> None:
    now = clock.now()
    group = house.chair(house.group)
    month = clock.today().replace(day=1) - timedelta(days=1)
    for _family in range(10):
        actions.take_in(month=month, county=house.county, cause="TOO_FAR", service="RECOVERY")
    actions.take_in(month=month, county=house.county, cause="TOO_FAR", service="RECOVERY", words="There is no bus.", hers=True)
    for _family in range(3):
        actions.take_in(month=clock.today(), county=house.county, cause="TOO_FAR", service="RECOVERY")  # this month does not count yet
    assert actions.gather(at=now) == 1
    assert actions.gather(at=now) == 0
    row = Barrier.objects.get(county=house.county)
    page = text_of(group.get(house.url(row)))
    assert "About 10 families" in page
    assert "There is no bus." in text_of(group.get(house.url(row, "triage/")))
    assert "There is no bus." not in text_of(house.renee.get(house.url(row)))
    house.act(group, row, "triage", does="TRIAGE", body_id=house.group.pk, title="No bus", quote="No bus comes to us.")
    assert not Given.objects.filter(barrier=row).exclude(words="").exists()
    page = text_of(house.renee.get(house.url(row)))
    assert "No bus comes to us." in page
    actions.take_in(month=month, county=house.county, cause="COST", service="RECOVERY")
    actions.gather(at=now)
    few = Barrier.objects.get(county=house.county, cause="COST")
    assert "Fewer than 11 families" in text_of(group.get(house.url(few)))
    house.act(group, row, "resolve", words="A bus runs.")
    assert "in English and in Spanish" in house.refused(group, row, "tell", words="It runs.")
    house.act(group, row, "tell", words="It runs.", plain="A bus runs now.", plain_es="Ahora hay un autobús.")
    lived, _member = house.member(house.core, lived=["TREATMENT"])
    assert house.renee.get(house.url(row, "gone/")).status_code == 404
    assert house.act(lived, row, "gone", words="").state == "CLOSED"  # a member with lived experience answers for families


def audit_rows() -> int:
    with acting_as(system(System.SEAL)):
        return AuditRow.objects.count()


def test_nothing_that_came_from_a_family_leads_back(house: House) -> None:
    month = clock.today().replace(day=1) - timedelta(days=1)
    before = audit_rows()
    for number in range(5):
        actions.take_in(month=month, county=house.county, cause="COST", service="RECOVERY", words=f"call 555-016{number}", hers=True)
    assert audit_rows() == before
    fields = {field.name for field in Given._meta.concrete_fields}
    assert fields == {"id", "month", "county", "cause", "service", "hers", "words", "barrier"}
    rows = list(Given.objects.filter(county=house.county))
    assert {row.words for row in rows} == {""}  # a telephone number is not kept
    assert {row.month.day for row in rows} == {1}
    actions.gather(at=clock.now())
    assert audit_rows() == before
    row = Barrier.objects.get(county=house.county)
    assert (row.made_by, row.raised_by, row.partner_id, row.owner_id) == (None, None, None, None)
    assert row.raised_on.day == 1
    assert (row.made_at.day, row.made_at.hour, row.made_at.minute, row.made_at.second, row.made_at.microsecond) == (1, 0, 0, 0, 0)
    assert row.due_on is not None
    assert row.due_on >= (month + timedelta(days=1))  # its clock begins when the month is over, whatever the day
    assert not Step.objects.filter(barrier=row).exists()


def test_neither_place_nor_transaction_tells_which_row_came_with_what(house: House) -> None:
    """A reader of the whole database: each arrival writes all rows of its month anew, in an order drawn at random, in one transaction."""
    services = [f"S{number:02}" for number in range(14)]
    for service in services:
        actions.take_in(month=clock.today(), county=house.county, cause="COST", service=service)
        with connection.cursor() as cursor:
            sql = "SELECT count(DISTINCT xmin::text), string_agg(service, ',' ORDER BY ctid) FROM barriers_given WHERE county = %s"
            cursor.execute(sql, [house.county])
            transactions, order = cursor.fetchone()
        assert transactions == 1
    assert sorted(order.split(",")) == services
    assert order.split(",") != services  # by chance once in 87 billion times


def test_a_number_does_not_move_on_the_day_on_which_somebody_came(house: House) -> None:
    group = house.chair(house.group)
    past = clock.today().replace(day=1) - timedelta(days=1)
    for _family in range(22):
        actions.take_in(month=past, county=house.county, cause="COST", service="RECOVERY")
    actions.gather(at=clock.now())
    row = Barrier.objects.get(county=house.county)
    before = text_of(group.get(house.url(row)))
    assert "About 20 families" in before
    for _family in range(5):
        actions.take_in(month=clock.today(), county=house.county, cause="COST", service="RECOVERY")
        actions.gather(at=clock.now())
        assert "About 20 families" in text_of(group.get(house.url(row)))
    assert Barrier.objects.filter(county=house.county).count() == 1


def test_she_says_it_on_her_page_and_nothing_of_her_stays(her_world: World, house: House) -> None:  # noqa: F811
    """Her page in Spanish too: words only with her leave, one row for a form that is sent twice, no audit row, nothing but a month."""
    client = her_world.signed_in()
    page = text_of(client.get("/my/way/"))
    assert "Is something in your way?" in page
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key is not None
    before, rows = audit_rows(), Given.objects.count()
    told = {"key": key[1], "cause": "TOO_FAR", "service": "RECOVERY", "county": "", "words": "No bus comes here."}
    for _again in range(2):
        assert client.post("/my/way/", told).status_code == 302
    assert Given.objects.count() == rows + 1
    row = Given.objects.get(cause="TOO_FAR", county="", hers=True)
    assert (row.words, row.month.day) == ("", 1)  # she did not allow her words
    key = re.search(r'name="key" value="([^"]+)"', text_of(client.get("/my/way/")))
    assert key is not None
    assert client.post("/my/way/", told | {"key": key[1], "cause": "COST", "may_use": "YES"}).status_code == 302
    assert Given.objects.get(cause="COST", county="", hers=True).words == "No bus comes here."
    assert audit_rows() == before
    group = house.chair(house.group)
    actions.take_in(month=clock.today(), county=house.county, cause="COST", service="RECOVERY")
    actions.gather(at=clock.now())
    assert not Barrier.objects.filter(county=house.county).exists()  # who looks each morning learns the month and not the day
    actions.gather(at=clock.now() + A_MONTH)
    barrier = Barrier.objects.get(county=house.county)
    house.act(group, barrier, "triage", does="TRIAGE", body_id=house.group.pk)
    house.act(group, barrier, "tell", words="It is paid.", plain="The ride is paid now.", plain_es="Ahora se paga el viaje.")
    assert "The ride is paid now." in text_of(client.get("/my/way/"))
    client.cookies["django_language"] = "es"
    spanish = text_of(client.get("/my/way/"))
    assert "Ahora se paga el viaje." in spanish
    assert "¿Hay algo que le impide seguir?" in spanish
