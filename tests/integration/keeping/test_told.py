"""Who is told after an expunging, who is not, and how the worker and the start find what is to be done."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.integration.keeping.conftest import Known, owner

from careloom.agencies.roles import Role
from careloom.config import expunging
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.tombstones import COPY, Ledger, LedgerProblem, Tombstone, ids_of
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.actions import PersonFacts, put_person

SWEPT_TASK = "EXPUNGED_ELSEWHERE"


def knows(known: Known, agency: Any) -> None:
    """The agency has a record of its own about her."""
    member = a_worker(Role.SUPERVISOR, agency=agency)
    by = viewer(member)
    with transaction.atomic(), acting_as(by):
        facts = PersonFacts(role="MOTHER", given_name="Xanthippe", family_name="Quillfeather")
        put_person(by=by, at=clock.now(), facts=facts, category="posc.plan_core", source_id=uuid4().hex, identity_id=known.mother)


def read(known: Known, agency: UUID) -> None:
    """The agency read something of Riverbend's about her."""
    with owner() as connection:
        connection.execute(
            """INSERT INTO access_disclosure (id, hour, identity_id, holder_id, recipient_id, category, purpose, basis, obligations)
               VALUES (gen_random_uuid(), date_trunc('hour', now()), %s, %s, %s, 'posc.plan_core', 'treatment', '{x}', '{}')""",
            [known.mother, known.agency, agency],
        )


def tasks(agency: UUID) -> int:
    with owner() as connection:
        query = "SELECT count(*) FROM work_obligation WHERE kind = %s AND holder_id = %s"
        (found,) = connection.execute(query, [SWEPT_TASK, agency]).fetchone()
    return int(found)


@pytest.mark.slow
def test_a_reader_under_a_paper_in_force_with_a_record_of_its_own_is_told_and_nobody_else(known: Known, tmp_path: Path) -> None:
    harbor, stranger, past = known.world.harbor, an_agency(kind=AgencyKind.HOSPITAL), an_agency(kind=AgencyKind.HOSPITAL)
    for agency in (harbor, past):
        knows(known, agency)
        read(known, agency.pk)
    read(known, stranger.pk)  # it read, and keeps no record: there is no copy here to decide about
    place: Any = SimpleNamespace(home=tmp_path, backup_to=None, backup_keys_to=tmp_path / "vault")
    place.backup_keys_to.mkdir()
    assert not expunging.wanted()
    one = known.agreed()
    assert expunging.wanted()
    with owner() as connection:
        assert expunging.work(place, connection=connection) == 1
        assert expunging.work(place, connection=connection) == 0
        ((state, told),) = connection.execute("SELECT state, told FROM keeping_expunging WHERE id = %s", [one]).fetchall()
    assert not expunging.wanted()
    assert (state, told) == ("DONE", [str(harbor.pk)])
    assert [tasks(agency.pk) for agency in (harbor, past, stranger)] == [1, 0, 0]
    assert [stone.id for stone in Ledger(home=tmp_path).read()] == list(ids_of(tmp_path)) == [one]
    assert (place.backup_keys_to / COPY).read_bytes() == (tmp_path / "seals" / "expunged.jsonl").read_bytes()


def test_a_ledger_survives_a_cut_line_and_refuses_a_changed_one(tmp_path: Path) -> None:
    ledger, first, second = Ledger(home=tmp_path), uuid4(), uuid4()
    ledger.add(Tombstone(id=first, marks=frozenset({"a"})))
    with ledger.path.open("a") as file:
        file.write('{"id": "cut')
    ledger.add(Tombstone(id=second, marks=frozenset({"b"})))
    ledger.add(Tombstone(id=second, marks=frozenset({"b"})))
    assert [stone.id for stone in ledger.read()] == [first, second]
    assert ledger.path.stat().st_mode & 0o777 == 0o600
    one, other = (ledger.mark(holder_id=holder, identity_id=first) for holder in (first, second))
    assert one != other != Ledger(home=tmp_path / "elsewhere").mark(holder_id=second, identity_id=first)
    ledger.path.write_text(ledger.path.read_text().replace('"a"', '"c"'))
    with pytest.raises(LedgerProblem, match="does not belong"):
        Ledger(home=tmp_path).read()


def test_a_start_asks_for_what_is_missing_only_where_there_is_a_ledger(tmp_path: Path) -> None:
    # No database is named: without a ledger none may be asked.
    assert not expunging.missing(SimpleNamespace(home=tmp_path))  # type: ignore[arg-type]
