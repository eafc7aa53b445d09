"""Two identities turn out to be one person: everything moves, lists of people too, and grants follow."""

from __future__ import annotations

import pytest
from tests.factories import births
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld

from careloom.consents.materialise import materialise
from careloom.consents.models import Consent
from careloom.infra.access import acting_as
from careloom.people.actions import join
from careloom.people.models import PersonRecord


@pytest.fixture
def world(db: None) -> PlanWorld:
    return PlanWorld()


def test_the_hospitals_record_and_its_consents_move_to_the_person_she_is(world: PlanWorld) -> None:
    born = births.a_birth(world.maria, at=world.at)
    plan = world.a_plan(agreed=True)
    maria, dana = viewer(world.maria), viewer(world.dana)
    signed = world.share(plan, to=world.bea)
    with acting_as(maria):
        moved = join(by=maria, at=world.at, keep=born.mother_id, gone=plan.identity_id, because="HER_CODE")
        materialise([born.mother_id])
    assert moved > 0
    with acting_as(dana):
        assert Consent.objects.get(pk=signed.consent.pk).subject_ids == [born.mother_id]
    bea = viewer(world.bea)
    with acting_as(bea):
        assert PersonRecord.objects.filter(identity_id=born.mother_id, holder_id=plan.holder_id).exists()
        assert not PersonRecord.objects.filter(identity_id=born.mother_id, holder_id=world.st_agnes.pk).exists()
