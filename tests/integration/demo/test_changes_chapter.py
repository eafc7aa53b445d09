"""Two years of changes of the practice county: every screen has something true and varied, and doing it again changes nothing."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import transaction

from careloom.changes.models import GuidanceVersion, Observation, Pilot, Proposal
from careloom.demo.county import generate_county
from careloom.demo.load.county import first_morning
from careloom.demo.load.ground import lay_ground
from careloom.demo.rooms import changes, structure
from careloom.infra import clock

pytestmark = pytest.mark.django_db


def counted() -> dict[str, int]:
    """How many rows each table of changes has."""
    return {model.__name__: model._default_manager.count() for model in apps.get_app_config("changes").get_models()}


def test_two_years_of_changes_are_played_once() -> None:
    now = clock.now()
    county = generate_county(families=1, months=6, seed=20260401, ends_on=clock.today())
    with clock.at(first_morning(county)) as at, transaction.atomic():
        ground = lay_ground(county, at=at)
    house = structure.play(ground, at=now)
    changes.play(house, at=now)
    first = counted()
    assert [name for name, rows in first.items() if not rows] == []  # every table has something to show
    assert set(Pilot.objects.values_list("state", flat=True)) == {"RUNNING", "ABANDON"}
    assert set(Proposal.objects.values_list("state", flat=True)) == {"IN_EFFECT", "PROPOSED"}
    assert GuidanceVersion.objects.get().addressees.filter(acknowledged_on=None).count() == 3
    assert Observation.objects.filter(value=None).count() == 1  # a month with too few families
    changes.play(house, at=now)
    assert counted() == first
