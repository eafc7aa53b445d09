"""Two years of changes of the practice county: every screen has something true and varied, and doing it again changes nothing."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import transaction

from careloom.barriers.models import Barrier
from careloom.changes.models import Addressee, GuidanceVersion, Observation, Pilot, Proposal
from careloom.demo.county import generate_county
from careloom.demo.load.county import first_morning
from careloom.demo.load.ground import lay_ground
from careloom.demo.rooms import barriers, changes, structure
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
    barriers.play(house, at=now)
    changes.play(house, at=now)
    first = counted()
    assert [name for name, rows in first.items() if not rows] == []  # every table has something to show
    assert set(Pilot.objects.values_list("state", flat=True)) == {
        "PROPOSED", "APPROVED", "RUNNING", "EVALUATED", "ADOPT", "ADAPT", "ABANDON",
    }  # fmt: skip
    assert set(Proposal.objects.values_list("state", flat=True)) == {"IN_EFFECT", "PROPOSED"}
    versions = GuidanceVersion.objects.select_related("guidance")
    assert set(versions.values_list("state", flat=True)) == {"DRAFT", "CONSULT", "ISSUED", "REPLACED", "RETIRED"}
    ask = versions.get(guidance__title="Ask before you test", number=2)
    assert ask.addressees.filter(acknowledged_on=None, due_on__lt=clock.today()).count() == 1  # one is late
    assert ask.addressees.exclude(applied_since=None).count() == 2
    used = versions.get(guidance__title="Call before the first visit at home")
    assert not used.addressees.filter(applied_since=None).exists()
    heard = Addressee.objects.exclude(acknowledged_on=None).exclude(guidance_version=versions.get(guidance=ask.guidance, number=1))
    assert not heard.filter(acknowledged_by__contains="Harrowmere").exists()  # members of the agencies answer for them
    assert not heard.exclude(noted_by="").exists()
    for pilot in Pilot.objects.exclude(barrier_id=None):
        row = Barrier.objects.get(pk=pilot.barrier_id)
        assert row.steps.filter(deed="OUTCOME", words=pilot.title).exists()  # both name each other
    assert Observation.objects.filter(value=None).count() == 1  # a month with too few families
    changes.play(house, at=now)
    assert counted() == first
