"""Two persons have a family's records of their agency expunged: all of it goes, nothing of anybody else, and a hold stops it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from tests.factories.agencies import a_worker, viewer
from tests.integration.keeping.conftest import Known, owner

from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.answers import Done, Refused
from careloom.infra.tombstones import Tombstone
from careloom.keeping import actions, sweeping, words
from careloom.keeping.carrying_out import apply_again

LOGS = {"access_log", "access_disclosure", "audit_row", "audit_expunged", "audit_seal"}


def held_rows(connection: Any, *, agency: UUID, people: list[UUID]) -> dict[str, int]:
    """In every table that has both columns, how many rows of the agency are about these people. Asked of the catalog, not of the product."""
    tables = connection.execute(
        """SELECT c.table_name FROM information_schema.columns c JOIN information_schema.columns d USING (table_schema, table_name)
           WHERE c.table_schema = 'public' AND c.column_name = 'holder_id' AND d.column_name = 'identity_id'"""
    ).fetchall()
    found = {}
    for (table,) in tables:
        query = f"SELECT count(*) FROM {table} WHERE holder_id = %s AND identity_id = ANY (%s)"
        found[table] = connection.execute(query, [agency, people]).fetchone()[0]
    assert len(found) > 80
    return {table: number for table, number in found.items() if number and table not in LOGS}


def others(connection: Any, *, agency: UUID) -> dict[str, str]:
    """A mark of what every other holder has."""
    found = {}
    for model in sweeping.family_tables():
        t = model._meta.db_table
        query = f"SELECT md5(coalesce(string_agg(x::text, '|' ORDER BY x.id), '')) FROM {t} x WHERE holder_id <> %s"
        found[t] = connection.execute(query, [agency]).fetchone()[0]
    return found


def state(one: UUID) -> tuple[Any, ...]:
    with owner() as connection:
        row: tuple[Any, ...] = connection.execute(
            "SELECT state, identity_id, reason, gone, told FROM keeping_expunging WHERE id = %s", [one]
        ).fetchone()
    return row


@pytest.mark.slow
def test_everything_of_the_agency_goes_and_nothing_of_anybody_else(known: Known) -> None:
    with owner() as connection:
        people = sweeping.family(connection.cursor(), holder_id=known.agency, identity_ids=[known.mother])
        before = held_rows(connection, agency=known.agency, people=people)
        theirs, logs = others(connection, agency=known.agency), connection.execute("SELECT count(*) FROM access_log").fetchone()
        assert {"plans_plan", "people_record", "consents_consent", "rights_request", "access_grant"} <= before.keys(), sorted(before)
    one = known.agreed()
    assert known.carry_out(one)
    assert not known.carry_out(one)
    with owner() as connection:
        assert set(held_rows(connection, agency=known.agency, people=people)) == {"keeping_expunging"}
        assert others(connection, agency=known.agency) == theirs
        assert connection.execute("SELECT count(*) FROM access_log").fetchone() >= logs
        assert connection.execute("SELECT count(*) FROM people_search('quillfeather', NULL, 9, 0)").fetchone() == (0,)
    swept, identity, _, gone, _ = state(one)
    assert (swept, identity, gone["plans"] > 3, gone["papers"] > 0) == ("SWEPT", known.mother, True, True)
    assert actions.tell(expunging_id=one, at=clock.now()) == len(state(one)[4])
    assert state(one)[:3] == ("DONE", one, "")
    with owner() as connection:
        assert held_rows(connection, agency=known.agency, people=[*people, one]) == {"keeping_expunging": 1}
        naming = [row for (row,) in connection.execute("SELECT x::text FROM keeping_expunging x").fetchall() if "uillfeather" in row]
    assert naming == []
    assert not known.carry_out(one)
    assert [stone.id for stone in known.ledger.read()] == [one]
    assert "uillfeather" not in known.ledger.path.read_text()
    assert str(known.mother) not in known.ledger.path.read_text()


@pytest.mark.slow
def test_after_an_older_database_it_goes_again_and_what_came_later_stays(known: Known) -> None:
    people = [known.mother]
    stone = Tombstone(id=uuid4(), marks=frozenset({known.ledger.mark(holder_id=known.agency, identity_id=known.mother), "f" * 64}))
    known.ledger.add(stone)
    with owner() as connection:
        people = sweeping.family(connection.cursor(), holder_id=known.agency, identity_ids=people)[:1]
        assert apply_again(connection=connection, ledger=known.ledger, at=clock.now()) == 1
        assert held_rows(connection, agency=known.agency, people=people) == {}
        connection.execute(
            """INSERT INTO access_caseload (id, holder_id, worker_id, identity_id, starts_at, ends_at)
               VALUES (gen_random_uuid(), %s, gen_random_uuid(), %s, now(), 'infinity')""", [known.agency, known.mother],
        )  # fmt: skip
        assert apply_again(connection=connection, ledger=known.ledger, at=clock.now()) == 0
        assert held_rows(connection, agency=known.agency, people=people) == {"access_caseload": 1}


@pytest.mark.slow
def test_two_persons_and_never_the_same_and_a_hold_wins_to_the_last(known: Known) -> None:
    with owner() as connection:
        connection.execute("UPDATE keeping_expunging SET state = 'WITHDRAWN'")  # the family's own, of the sweep of addresses
    assert known.propose() == Refused(codes=("HELD",))  # the family has a hold
    known.lift_holds()
    assert known.propose(by=a_worker(Role.SUPERVISOR, agency=known.world.riverbend)) == Refused(codes=("NOT_ALLOWED",))
    assert known.propose(reason=" ", authority="") == Refused(codes=("NO_REASON", "NO_GROUND"))
    assert known.propose(family=uuid4()) == Refused(codes=("NO_FAMILY",))
    made = known.propose(request_key="same")
    assert isinstance(made, Done)
    assert known.propose(request_key="same") == made
    assert known.propose() == Refused(codes=("THERE",))
    admin = a_worker(Role.AGENCY_ADMIN, agency=known.world.riverbend)
    assert known.confirm(made.row_id, by=known.first) == Refused(codes=("SAME_PERSON",))
    assert known.confirm(made.row_id, by=admin) == Refused(codes=("NOT_ALLOWED",))
    assert known.confirm(made.row_id) == known.confirm(made.row_id) == made
    with acting_as(viewer(known.first)):
        assert actions.take_back(by=viewer(known.first), at=clock.now(), expunging_id=made.row_id) == Refused(codes=("LATE",))
        hold = actions.place(
            by=viewer(known.first), at=clock.now(), family=None, reason="Case", last_on=None, today=clock.today(), zone="UTC", request_key="h"
        )  # fmt: skip
    assert isinstance(hold, Done)
    assert not known.carry_out(made.row_id)
    assert (state(made.row_id)[0], known.ledger.read()) == ("CONFIRMED", [])
    # A start finds the line of one that was stopped half way, and the hold keeps it still; without it the start goes on, and partners are told.
    marks = frozenset({known.ledger.mark(holder_id=known.agency, identity_id=known.mother)})
    known.ledger.add(Tombstone(id=made.row_id, marks=marks))
    with owner() as connection:
        assert apply_again(connection=connection, ledger=known.ledger, at=clock.now()) == 0
        assert state(made.row_id)[0] == "CONFIRMED"
        known.lift_holds()
        assert apply_again(connection=connection, ledger=known.ledger, at=clock.now()) == 1
        assert apply_again(connection=connection, ledger=known.ledger, at=clock.now()) == 0
    assert state(made.row_id)[0] == "SWEPT"


def test_each_kind_has_words() -> None:
    labels = {model._meta.app_label for model in sweeping.family_tables()}
    assert labels <= words.KINDS.keys(), sorted(labels - words.KINDS.keys())
    assert {model._meta.db_table for model in apps.get_models()} >= sweeping.BESIDE.keys()
