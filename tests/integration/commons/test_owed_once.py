"""What the rooms bring to a day asks once how a reader stands to each collaborative, and never remembers it beyond that reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.agencies import viewer
from tests.requirements.changing import House

from careloom.commons.owed import bring
from careloom.infra import clock
from careloom.infra.access import NotVisible, acting_as
from careloom.partnership.models import Seat
from careloom.partnership.standing import reading_once, standing_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: None, sign_in: Callable[[Any], Client]) -> House:
    return House(sign_in)


def test_a_day_asks_once_for_each_collaborative(house: House) -> None:
    by = viewer(house.workers[1])
    with acting_as(by), CaptureQueriesContext(connection) as asked:
        bring(by, clock.now())
    seats = [one for one in asked.captured_queries if 'FROM "partnership_partner"' in one["sql"] and "agency_id" in one["sql"].partition("WHERE")[2]]
    assert len([one for one in seats if "LIMIT" not in one["sql"] and "IN (SELECT" not in one["sql"]]) == 1


def test_what_was_asked_is_forgotten_with_the_reading_and_is_nobody_else_s(house: House) -> None:
    by, stranger, pk = viewer(house.workers[1]), viewer(house.workers[4]), house.collaborative.pk
    with acting_as(by):
        with reading_once():
            assert standing_of(viewer=by, collaborative_id=pk) is standing_of(viewer=by, collaborative_id=pk)
        Seat.objects.filter(worker_id=by.worker_id).update(left_on=clock.today())
        assert not standing_of(viewer=by, collaborative_id=pk).sits_in
    with acting_as(stranger), reading_once(), pytest.raises(NotVisible):
        standing_of(viewer=stranger, collaborative_id=pk)
