"""An opening in a medical emergency shows what others hold for its few hours, and tells them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from tests.integration.consents.test_other_papers import Papers

from careloom.consents.actions import EmergencyDraft, Opened, Refused, close_emergency, open_emergency
from careloom.consents.models import EmergencyOpening
from careloom.infra import clock
from careloom.infra.access import NotVisible, acting_as
from careloom.infra.access.models import Grant


@pytest.fixture
def world(db: None) -> Papers:
    return Papers()


def emergency(world: Papers, *, identity_id: UUID | None = None, key: str = "e1", at: datetime | None = None, **words: str) -> Opened | Refused:
    said = {"facility": "Harbor Hospital", "nature": "Unconscious, no history known", "why_no_consent": "She cannot speak"} | words
    with acting_as(world.doctor):
        draft = EmergencyDraft(identity_id=identity_id or world.mother, **said)
        return open_emergency(by=world.doctor, at=at or clock.now(), draft=draft, request_key=key)


def test_an_emergency_an_hour_before_midnight_stays_open_for_its_hours(world: Papers) -> None:
    late = clock.now().astimezone(clock.zone()).replace(hour=23, minute=0, second=0, microsecond=0)
    assert isinstance(emergency(world, at=late), Opened)
    with acting_as(world.keeper):
        ends = set(Grant.objects.filter(recipient_id=world.hospital.pk, category="part2.attendance").values_list("valid_to", flat=True))
    assert ends == {late + timedelta(hours=4)}


def test_an_emergency_opens_the_treatment_record_for_hours_and_tells_the_program(world: Papers) -> None:
    answer = emergency(world)
    assert isinstance(answer, Opened)
    assert "part2.attendance" in world.kinds_seen_by(world.doctor)
    assert world.kinds_seen_by(replace(world.doctor, purpose="treatment")) == set()
    with acting_as(world.keeper):
        (told,) = EmergencyOpening.objects.all()
        assert told.discloser_ids == [world.riverbend.pk]
        (grant,) = Grant.objects.filter(recipient_id=world.hospital.pk, category="part2.attendance")
    assert grant.valid_to == answer.opening.closes_at
    assert "EMERGENCY_DOC_2_51" in grant.obligations
    with acting_as(world.lena):
        assert not EmergencyOpening.objects.exists()
    with acting_as(world.doctor):
        assert close_emergency(by=world.doctor, at=clock.now(), opening_id=answer.opening.pk)
        assert not close_emergency(by=world.doctor, at=clock.now(), opening_id=answer.opening.pk)
    assert world.kinds_seen_by(world.doctor) == set()


def test_nothing_is_opened_for_a_reason_that_says_nothing_or_by_who_treats_nobody(world: Papers) -> None:
    assert emergency(world, nature="help") == Refused(codes=("NATURE",))
    assert world.kinds_seen_by(world.doctor) == set()
    with acting_as(world.bea), pytest.raises(NotVisible):
        open_emergency(
            by=world.bea, at=clock.now(), request_key="n",
            draft=EmergencyDraft(identity_id=world.mother, facility="Harbor", nature="Unconscious at home", why_no_consent="She cannot speak"),
        )  # fmt: skip


def test_one_of_whom_nobody_holds_anything_is_opened_alike(world: Papers) -> None:
    answer = emergency(world, identity_id=uuid4(), key="e2")
    assert isinstance(answer, Opened)
    assert answer.opening.discloser_ids == []
