"""While a legal hold stands, no line of a log that it covers is expunged, not even by the owner of the tables; afterwards it may be."""

from __future__ import annotations

from uuid import UUID, uuid4

import psycopg
import pytest
from tests.integration.audit.conftest import Logs

from careloom.infra import clock
from careloom.infra.audit.expunging import Held, expunge

PLACE = """INSERT INTO keeping_hold
  (id, holder_id, identity_id, category, provenance, whole, reason, placed_at, placed_by, ends_at, lifted_because, request_key)
VALUES (%s, %s, %s, 'posc.plan_core', 'originating', %s, 'Case', now(), gen_random_uuid(), %s, '', %s)"""


def placed(logs: Logs, *, identity: UUID | None = None, ended: bool = False, holder: UUID | None = None) -> UUID:
    hold, whose = uuid4(), holder or logs.agency
    logs.owner.execute(PLACE, [hold, whose, identity or whose, identity is None, clock.now() if ended else None, hold.hex])
    return hold


def gone(logs: Logs, log: str, ids: list[UUID]) -> int:
    return expunge(connection=logs.owner, heads=logs.heads, log=log, ids=ids, because="Order 1", by=uuid4(), at=clock.now())


@pytest.fixture(autouse=True)
def _no_hold_stays(sealed: Logs) -> None:
    sealed.owner.execute("DELETE FROM keeping_hold")


@pytest.mark.parametrize("log", ["access_log", "access_disclosure", "audit_row"])
def test_a_hold_on_everything_keeps_every_log(sealed: Logs, log: str) -> None:
    ids, before = sealed.ids(log), sealed.ids(log)
    facts = dict.fromkeys(sealed.owner.execute("SELECT holder_id FROM access_disclosure").fetchall()) if log == "access_disclosure" else {}
    hold = placed(sealed, holder=next(iter(facts))[0] if facts else None)
    with pytest.raises(Held):
        gone(sealed, log, ids[:2])
    with pytest.raises(psycopg.Error, match="legal hold"):
        sealed.owner.execute(f"DELETE FROM {log} WHERE id = %s", [ids[0]])
    assert (sealed.ids(log), sealed.owner.execute("SELECT count(*) FROM audit_expunged").fetchone()[0]) == (before, 0)
    sealed.owner.execute("UPDATE keeping_hold SET lifted_at = now() WHERE id = %s", [hold])
    assert gone(sealed, log, ids[:1]) == 1


def test_a_hold_on_a_family_keeps_the_lines_about_her_and_about_her_child_and_no_others(sealed: Logs) -> None:
    (first, her), (second, child), (third, _) = sealed.owner.execute("SELECT id, identity_id FROM audit_row ORDER BY entry_no LIMIT 3").fetchall()
    placed(sealed, identity=her, holder=uuid4())
    sealed.owner.execute(
        """INSERT INTO people_record (id, holder_id, identity_id, category, provenance, role, given_name, family_name, preferred_name, pronouns, sex,
             race_ethnicity, tribe, language, wants_interpreter, phone, address, county, payer, record_number, source_system, source_id, search_key,
             made_at, changed_at, mother_identity_id)
           VALUES (gen_random_uuid(), gen_random_uuid(), %s, 'posc.plan_core', 'originating', 'INFANT', '', '', '', '', '', '{}', '', 'en', false, '',
             '', '', '', '', 'test', %s, '', now(), now(), %s)""",
        [child, uuid4().hex, her],
    )
    for held in (first, second):
        with pytest.raises(Held):
            gone(sealed, "audit_row", [held, third])
    assert gone(sealed, "audit_row", [third]) == 1
    sealed.owner.execute("DELETE FROM people_record WHERE identity_id = %s", [child])


def test_a_hold_that_is_over_keeps_nothing(sealed: Logs) -> None:
    placed(sealed, ended=True)
    assert gone(sealed, "access_log", sealed.ids("access_log")[:1]) == 1
