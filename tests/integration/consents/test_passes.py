"""The grants of everybody are brought in line in batches that commit: stopped and continued, after an upgrade, and with a family that waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from tests.databases import own_database
from tests.integration.consents.test_materialise import NOW, World

from careloom.config import subscriptions
from careloom.consents import passes, turns
from careloom.consents.actions import Draft, Signature, Signed, sign_consent
from careloom.consents.materialise import materialise
from careloom.consents.models import GrantsPass
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.models import Grant
from careloom.infra.clock.reading import forget
from careloom.people.actions import PersonFacts, put_person

FAMILIES = 7


class County(World):
    """Some families of Riverbend: each mother lets Harbor read of her and of her infant."""

    def __init__(self) -> None:
        super().__init__()
        self.families = [self._family() for _ in range(FAMILIES)]

    def _family(self) -> tuple[UUID, UUID]:
        with acting_as(self.dana):
            mother = put_person(by=self.dana, at=NOW, facts=PersonFacts(role="MOTHER", given_name="Practice"), category="posc.plan_core").identity_id
            facts = PersonFacts(role="INFANT", given_name="Baby", mother_identity_id=mother)
            infant = put_person(by=self.dana, at=NOW, facts=facts, category="posc.plan_core").identity_id
            draft = Draft(
                identity_id=mother, subject_ids=(mother, infant), kind="specific", discloser_ids=(self.riverbend.pk,),
                recipient_ids=(self.harbor.pk,), information=("posc.plan_core",), purposes=("care_coordination",),
                expires_on=clock.today() + timedelta(days=180),
            )  # fmt: skip
            signed = sign_consent(by=self.dana, at=NOW, draft=draft, signature=Signature(method="SCREEN", name="Practice"), request_key=uuid4().hex)
        assert isinstance(signed, Signed)
        return mother, infant


@pytest.fixture
def county(django_db_setup: None, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[County]:
    monkeypatch.setattr(passes, "A_BATCH", 3)
    with own_database(django_db_blocker):
        subscriptions.join()
        with transaction.atomic():
            made = County()
        yield made
    forget()


def grants() -> set[tuple[Any, ...]]:
    with transaction.atomic(), acting_as(system(System.GRANTS)):
        live = Grant.objects.filter(valid_to__gt=clock.now())
        return set(live.values_list("identity_id", "category", "holder_id", "recipient_id", "instrument_id"))


def spoil() -> None:
    """All grants end, and one appears that nothing carries."""
    with transaction.atomic(), acting_as(system(System.GRANTS)):
        stray = Grant.objects.first()
        Grant.objects.update(valid_to=clock.now())
        stray.pk, stray.instrument_id, stray.valid_to = uuid4(), uuid4(), clock.now() + timedelta(days=9)
        stray.save(force_insert=True)


def the_pass() -> GrantsPass:
    with transaction.atomic(), acting_as(system(System.GRANTS)):
        return GrantsPass.objects.get()


def test_a_pass_makes_what_the_papers_made_and_ends_what_nothing_carries(county: County) -> None:
    before = grants()
    assert len(before) == 2 * FAMILIES
    spoil()
    done = passes.run()
    assert grants() == before
    assert (done.finished, done.people, done.changed) == (True, 2 * FAMILIES + 1, 2 * FAMILIES + 1)
    assert passes.run().changed == 0


def test_a_pass_that_is_stopped_goes_on_where_it_was(county: County) -> None:
    before = grants()
    spoil()
    # The first batch may hold children alone, who are done with their mothers.
    first = passes.run(go_on=lambda done: done.changed == 0)
    assert not first.finished
    assert 0 < len(grants() & before) < len(before)
    second = passes.run()
    assert grants() == before
    assert second.people == 2 * FAMILIES + 1, "nobody was done twice"


def test_other_rules_begin_a_pass_and_the_same_rules_none(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    done = passes.follow()
    assert done is not None
    assert done.finished
    assert passes.follow() is None
    monkeypatch.setattr(passes, "rules_digest", lambda: "another release")
    spoil()
    again = passes.follow()
    assert again is not None
    assert again.changed == 2 * FAMILIES + 1
    with transaction.atomic(), acting_as(system(System.GRANTS)):
        assert set(GrantsPass.objects.values_list("rules", flat=True)) > {"another release"}


def test_rules_that_change_on_the_way_hold_for_everybody(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    passes.run(go_on=lambda _: False)
    through = the_pass().through
    assert through is not None
    monkeypatch.setattr(passes, "rules_digest", lambda: "another release")
    done = passes.follow()
    assert done is not None
    assert (done.finished, done.people) == (True, 2 * FAMILIES + 1)


def test_the_application_learns_nothing_of_a_pass(county: County) -> None:
    passes.run()
    with transaction.atomic(), acting_as(county.dana):
        assert not GrantsPass.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM consents_about(%s)", [[mother for mother, _ in county.families]])
            assert cursor.fetchone() == (0,), "the index of papers answers the role that makes grants only"
    with transaction.atomic(), acting_as(system(System.GRANTS)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM consents_about(%s)", [[mother for mother, _ in county.families]])
        assert cursor.fetchone() == (FAMILIES,)


def test_very_many_take_one_turn_for_all(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server has room for some thousand locks: a whole agency takes one."""
    monkeypatch.setattr(turns, "EVERYBODY_FROM", 4)
    locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
    with transaction.atomic(), connection.cursor() as cursor:
        materialise([pk for family in county.families for pk in family])
        cursor.execute(locks)
        assert cursor.fetchone() == (1,)
    with transaction.atomic(), connection.cursor() as cursor:
        materialise(county.families[0])
        cursor.execute(locks)
        assert cursor.fetchone() == (3,), "the family's two, and the shared one that whoever works on all waits for"
