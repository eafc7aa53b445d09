"""When a consent opens and when it ends, to the instant, also for a reader whose connection was open before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from tests.databases import own_database
from tests.integration.consents.test_materialise import World

from careloom.config import subscriptions
from careloom.consents.actions import NotSigned, Signature, Signed, revoke_consent, sign_consent
from careloom.consents.queries import who_sees_what
from careloom.infra import clock
from careloom.infra.access import Viewer, acting_as
from careloom.infra.clock.actions import advance
from careloom.infra.clock.reading import forget
from careloom.kernel.clocks import next_midnight
from careloom.people.actions import PersonFacts, put_person

COUNT = "SELECT count(*) FROM people_record WHERE identity_id = %s"


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The world on a database of its own, where writes are committed."""
    with own_database(django_db_blocker):
        subscriptions.join()
        with transaction.atomic():
            made = World()
        yield made
    forget()  # the next test reads the clock of its own database


class Elsewhere:
    """A second connection of the application role, as another web process has one."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer, self.raw = viewer, connection.copy()

    def begin(self) -> None:
        """Open a transaction in the viewer's scope, and keep it open."""
        self.raw.set_autocommit(False)
        with acting_as(self.viewer), self.raw.cursor() as cursor:
            cursor.execute("SELECT 1")

    def reads(self, world: World) -> int:
        """How many records of her the open transaction reads now."""
        with acting_as(self.viewer), self.raw.cursor() as cursor:
            cursor.execute(COUNT, [world.mother])
            return int(cursor.fetchone()[0])

    def close(self) -> None:
        self.raw.rollback()
        self.raw.close()


@pytest.mark.requirement("R-106")
def test_a_stop_reaches_a_reader_whose_transaction_is_already_open(committed: World) -> None:
    signed = committed.sign()
    assert isinstance(signed, Signed)
    bea, lena = Elsewhere(committed.bea), Elsewhere(committed.lena)
    try:
        bea.begin()
        lena.begin()
        assert (bea.reads(committed), lena.reads(committed)) == (1, 0)
        with transaction.atomic(), acting_as(committed.dana):
            assert revoke_consent(by=committed.dana, at=clock.now(), consent_id=signed.consent.pk, how="SPOKEN")
            assert bea.reads(committed) == 1  # not committed yet
        bea.raw.rollback()
        bea.begin()
        assert (bea.reads(committed), lena.reads(committed)) == (0, 0)
    finally:
        bea.close()
        lena.close()


@pytest.mark.requirement("R-106")
def test_a_consent_ends_with_the_midnight_of_its_last_day_where_she_lives(committed: World) -> None:
    """The database's own clock decides; no job runs. The owner moves the clock of this practice world."""
    today = clock.today()
    assert isinstance(committed.sign(expires_on=today), Signed)
    midnight = next_midnight(day=today, zone=settings.TIME_ZONE)

    def seen() -> int:
        with transaction.atomic():
            return committed.seen_by(committed.bea)

    assert seen() == 1
    left = midnight - clock.now()
    if left > timedelta(minutes=2):
        advance(by=left - timedelta(minutes=1))
        assert seen() == 1
    advance(by=midnight - clock.now() + timedelta(seconds=1))
    assert seen() == 0


@pytest.mark.parametrize(("purposes", "seen"), [(("posc_monitoring",), 1), (("care_coordination",), 0)], ids=["her reason", "another reason"])
def test_child_welfare_reads_a_program_only_under_a_form_that_names_it_and_its_reason(db: None, purposes: tuple[str, ...], seen: int) -> None:
    world = World()
    assert isinstance(world.sign("for Harbor"), Signed)
    assert world.seen_by(world.lena) == 0
    assert isinstance(world.sign("for Pine", recipient_ids=(world.pine.pk,), purposes=purposes), Signed)
    assert world.seen_by(world.lena) == seen


@pytest.mark.parametrize(("kind", "accepted"), [("plan_agreement", True), ("hipaa_authorization", False), ("specific", False)])
def test_her_word_alone_carries_a_plan_agreement_and_nothing_else(db: None, kind: str, accepted: bool) -> None:
    world = World()
    with acting_as(world.bea):
        facts = PersonFacts(role="MOTHER", given_name="Practice")
        put_person(by=world.bea, at=clock.now(), facts=facts, category="posc.plan_core", identity_id=world.mother)
        draft = world.draft(kind=kind, discloser_ids=(world.harbor.pk,), recipient_ids=(world.pine.pk,))
        answer = sign_consent(by=world.bea, at=clock.now(), draft=draft, signature=Signature(method="SPOKEN"), request_key="spoken")
    assert isinstance(answer, Signed) is accepted
    assert world.seen_by(world.lena) == int(accepted)
    if isinstance(answer, NotSigned):
        assert [item.citation for item in answer.missing] == ["42 CFR 2.31(a)(8)"]


def test_a_renewal_ends_what_the_older_form_opened_of_somebody_whom_it_leaves_out(db: None) -> None:
    world = World()
    with acting_as(world.dana):
        facts = PersonFacts(role="INFANT", given_name="Practice", mother_identity_id=world.mother)
        infant = put_person(by=world.dana, at=clock.now(), facts=facts, category="posc.plan_core").identity_id
    older = world.sign("older", subject_ids=(world.mother, infant))
    assert isinstance(older, Signed)

    def sees() -> frozenset[Any]:
        with acting_as(world.dana):
            rows = who_sees_what(viewer=world.dana, identity_ids=[world.mother, infant], at=clock.now() + timedelta(seconds=1))
        return frozenset().union(*(row.identity_ids for row in rows if row.recipient_id == world.harbor.pk))

    assert sees() == {world.mother, infant}
    with acting_as(world.dana):
        draft, signature = world.draft(subject_ids=(world.mother,)), Signature(method="SCREEN", name="Practice Mother")
        newer = sign_consent(by=world.dana, at=clock.now(), draft=draft, signature=signature, request_key="newer", renews=older.consent.pk)
    assert isinstance(newer, Signed)
    assert sees() == {world.mother}
