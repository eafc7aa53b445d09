"""Disputes between partners, by plain SQL as the role of the application: whoever is not named in one reads, writes, changes and removes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from tests.factories.agencies import a_worker, viewer

from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import ScopeError, System, Viewer, acting_as, system
from careloom.infra.answers import Done
from careloom.knowledge import actions
from careloom.knowledge.models import Dispute, DisputeStep
from careloom.partnership.actions import CollaborativeFacts, PartnerFacts, begin, put_partner

pytestmark = pytest.mark.django_db
TABLES = ("knowledge_dispute", "knowledge_dispute_step")


@dataclass(frozen=True, kw_only=True)
class Told:
    """A dispute with one step, who opened it, and its collaborative."""

    opener: Viewer
    collaborative_id: UUID
    dispute_id: UUID


def key() -> str:
    return uuid4().hex


def kept(answer: object) -> UUID:
    assert isinstance(answer, Done), answer
    return answer.row_id


@pytest.fixture
def told(db: None) -> Told:
    opener, at, today = viewer(a_worker(Role.PARTNERSHIP_COORDINATOR)), clock.now(), clock.today()
    with acting_as(opener):
        facts = CollaborativeFacts(name=f"Told {uuid4()}", reach="COUNTY", places=("Pine",), new=True, starts_on=today)
        pk = kept(begin(by=opener, at=at, facts=facts, request_key=key()))
        partners = []
        for name in ("One", "Other"):
            made = PartnerFacts(name=f"{name} {uuid4()}", sectors=("HOSPITALS",), joined_on=today)
            partners.append(kept(put_partner(by=opener, at=at, collaborative_id=pk, facts=made, request_key=key())))
        kept(
            actions.adopt_process(
                by=opener, at=at, collaborative_id=pk, steps="Talk: 10", neutral="The ombudsman", decider="Oversight", adopted_on=today, after=0,
                request_key=key(),
            )
        )  # fmt: skip
        row = kept(
            actions.open_dispute(
                by=opener, at=at, collaborative_id=pk, subject="Who pays", words="We do not agree.", partners=tuple(partners), hands=(),
                opened_on=today, request_key=key(),
            )
        )  # fmt: skip
        kept(actions.take_step(by=opener, at=at, dispute_id=row, step=1, on=today, words="We met.", request_key=key()))
    return Told(opener=opener, collaborative_id=pk, dispute_id=row)


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def others(told: Told) -> list[Viewer]:
    """A colleague who runs the collaborative too, the state lead, an administrator, and the systems that read much."""
    people = [a_worker(Role.STATE_LEAD), a_worker(Role.AGENCY_ADMIN), a_worker(Role.SUPERVISOR)]
    systems = [system(System.JOB, holder_id=told.opener.holder_id), system(System.EXTRACT), system(System.MATCHING), system(System.GRANTS)]
    return [*map(viewer, people), *systems]


def test_who_is_named_reads_it_and_nobody_else_does(told: Told) -> None:
    with acting_as(told.opener):
        assert [count(table) for table in TABLES] == [1, 1]
    for by in others(told):
        with acting_as(by):
            assert [count(table) for table in TABLES] == [0, 0]
    assert [count(table) for table in TABLES] == [0, 0]  # and with nobody signed in


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE knowledge_dispute SET hands = ARRAY[gen_random_uuid()]",
        "UPDATE knowledge_dispute SET words = 'x'",
        "UPDATE knowledge_dispute_step SET words = 'x'",
        "DELETE FROM knowledge_dispute",
        "DELETE FROM knowledge_dispute_step",
    ],
)
def test_what_was_said_is_not_changed_or_removed_by_anybody(told: Told, sql: str) -> None:
    for by in (told.opener, *others(told)):
        with acting_as(by), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_only_its_hands_say_how_it_ended(told: Told) -> None:
    for by, touched in [(told.opener, 1), *((one, 0) for one in others(told))]:
        with acting_as(by), connection.cursor() as cursor:
            cursor.execute("UPDATE knowledge_dispute SET outcome = 'We share it.'")
            assert cursor.rowcount == touched


def test_a_dispute_is_written_only_by_who_is_in_its_hands(told: Told) -> None:
    stranger = viewer(a_worker(Role.STATE_LEAD))
    with acting_as(told.opener):
        row = Dispute.objects.get()
    row.pk, row.request_key, row._state.adding = uuid4(), key(), True
    with acting_as(stranger), pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)
    step = DisputeStep(dispute_id=told.dispute_id, collaborative_id=told.collaborative_id, step=1, on=clock.today(), words="x", made_at=clock.now())
    with acting_as(stranger), pytest.raises(DatabaseError), transaction.atomic():
        step.save(force_insert=True)


def test_the_managers_refuse_to_work_for_nobody() -> None:
    for model in (Dispute, DisputeStep):
        with pytest.raises(ScopeError):
            model.objects.count()
