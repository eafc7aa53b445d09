"""The agreements of the practice county stand at six places of their way by the checklists that hold now, and playing them again changes nothing."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import transaction

from careloom.agreements.models import Agreement, Version
from careloom.demo.county import generate_county
from careloom.demo.load.county import first_morning
from careloom.demo.load.ground import lay_ground
from careloom.demo.rooms import agreements, structure
from careloom.infra import clock

pytestmark = pytest.mark.django_db


def counted() -> dict[str, int]:
    """How many rows each table of agreements has."""
    return {model.__name__: model._default_manager.count() for model in apps.get_app_config("agreements").get_models()}


def test_the_agreements_are_played_once_and_the_working_one_says_what_episodes_are_counted_by() -> None:
    now = clock.now()
    county = generate_county(families=1, months=6, seed=20260401, ends_on=clock.today())
    with clock.at(first_morning(county)) as at, transaction.atomic():
        ground = lay_ground(county, at=at)
    house = structure.play(ground, at=now)
    agreements.play(house, at=now)
    first = counted()
    assert [name for name, rows in first.items() if not rows] == []
    assert set(Agreement.objects.values_list("state", flat=True)) == {"EXECUTED", "PARTNER_REVIEW", "SIGNING", "NEEDED"}
    version = Version.objects.get(agreement__kind="WORKING", number=2)
    assert version.ends_on is not None
    assert "HOME_VISIT" in version.codes["position_admits"]
    agreements.play(house, at=now)
    assert counted() == first
