"""Attacks on counts: a reader who does not keep the rows behind a number, or who looks at the moment when it moves. Each was open once."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import births
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import PlanWorld

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.infra.answers import Done
from careloom.inventory.actions import put_reach
from careloom.inventory.facts import ReachFacts
from careloom.inventory.models import Reach
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.partnership import next_month
from careloom.notifications.actions import run_batch
from careloom.notifications.models import DeidentifiedNotification
from careloom.partnership.actions import CollaborativeFacts, begin

pytestmark = pytest.mark.django_db


def counted(*, with_plan: int, without: int, withdrawn: int = 0) -> None:
    with acting_as(system(System.JOB)):
        for number in range(with_plan + without + withdrawn):
            DeidentifiedNotification.objects.create(
                year=clock.today().year, state="ZZ", answers={}, has_plan=number < with_plan, has_referral=number < with_plan,
                withdrawn=number >= with_plan + without,
            )  # fmt: skip


def numbers_of(member: Membership) -> set[str]:
    """Every number that the page of counts says to this member, the year apart."""
    return set(re.findall(r"\d+", re.sub(r"<[^>]*>", " ", words_of(member)))) - {str(clock.today().year)}


def words_of(member: Membership) -> str:
    client = Client()
    client.force_login(member.worker.user)
    page = client.get("/numbers/federal-three/")
    assert page.status_code == 200
    return page.content.decode().split("<main", 1)[1].split("</main>", 1)[0]


def a_state_lead() -> Membership:
    return a_worker(Role.STATE_LEAD, agency=an_agency(kind=AgencyKind.STATE_OVERSIGHT, is_state=True))


def a_coordinator() -> Membership:
    return a_worker(Role.PARTNERSHIP_COORDINATOR, agency=an_agency(kind=AgencyKind.PUBLIC_HEALTH))


def test_who_does_not_keep_the_rows_reads_no_small_count_and_none_that_gives_it_away() -> None:
    counted(with_plan=20, without=3, withdrawn=4)
    assert {"20", "3", "4", "87", "13"} & numbers_of(a_coordinator()) == set()
    assert "23" in numbers_of(a_coordinator())
    assert {"20", "23", "4"} <= numbers_of(a_state_lead())


def test_large_counts_are_read_by_both() -> None:
    counted(with_plan=40, without=20, withdrawn=15)
    assert {"60", "40", "15"} <= numbers_of(a_coordinator())


def test_the_page_of_counts_does_not_move_when_a_birth_is_notified() -> None:
    """Before the night's batch nobody outside the hospital can tell that one was sent, not even the state."""
    world, readers = PlanWorld(), (a_state_lead(), a_coordinator())
    before = [words_of(reader) for reader in readers]
    births.sent(births.a_birth(world.maria, at=world.at), at=world.at)
    assert [words_of(reader) for reader in readers] == before
    run_batch()
    told = "1 infants were identified"
    assert [told in words_of(reader) for reader in readers] == [True, False]


@pytest.fixture
def a_room(db: None) -> tuple[Viewer, UUID]:
    """A collaborative and who runs it."""
    by = viewer(a_worker(Role.PARTNERSHIP_COORDINATOR, agency=an_agency(kind=AgencyKind.COORDINATION_HUB, name=f"Hub {uuid4()}")))
    facts = CollaborativeFacts(name=f"Counted {uuid4()}", reach="COUNTY", places=("Pine",), new=True, starts_on=clock.today())
    with acting_as(by):
        done = begin(by=by, at=clock.now(), facts=facts, request_key=uuid4().hex)
    assert isinstance(done, Done)
    return by, done.row_id


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(families=st.integers(0, 40), eligible=st.integers(0, 60))
def test_no_number_of_a_month_of_reach_nor_its_difference_is_small(a_room: tuple[Viewer, UUID], families: int, eligible: int) -> None:
    """What is kept of how many families were served of how many (R-065): nothing from 1 to 10, and nothing from which one such follows."""
    by, collaborative_id = a_room
    month = next_month(clock.today(), by=-1)
    facts = ReachFacts(month=month, kinds=1, services=1, families=families, few=False, eligible=eligible, source="Counted")
    with transaction.atomic(), acting_as(by):
        done = put_reach(by=by, at=clock.now(), collaborative_id=collaborative_id, facts=facts, request_key=uuid4().hex)
        if isinstance(done, Done):
            row = Reach.objects.get(pk=done.row_id)
            shown = [number for number in (row.families, row.eligible) if number is not None]
            assert not any(1 <= number <= 10 for number in (*shown, *(abs(a - b) for a in shown for b in shown)))
            assert row.few == (1 <= families <= 10)
        else:
            assert families > eligible
        transaction.set_rollback(True)
