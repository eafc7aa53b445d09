"""Who changes, takes away or puts in a row of a log behind the application's back is found, by log and block (decision 0005)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from tests.integration.audit.conftest import Logs

from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.audit import canon
from careloom.infra.audit.verifying import lines

LOGS = ("access_log", "access_disclosure", "audit_row")


def test_an_unharmed_log_passes(sealed: Logs) -> None:
    done = sealed.verify()
    assert (done.findings, done.finished, done.blocks, done.rows, done.waiting) == ([], True, 6, 18, 0)
    assert done.head == sealed.heads.newest()


def test_what_is_not_sealed_yet_is_told_and_is_no_finding(sealed: Logs) -> None:
    sealed.write(2)
    done = sealed.verify()
    assert (done.findings, done.waiting) == ([], 6)
    assert done.waiting_since is not None


CHANGES = {
    "access_log": "UPDATE access_log SET worker_id = gen_random_uuid() WHERE id = %s",
    "access_disclosure": "UPDATE access_disclosure SET basis = ARRAY['42 CFR 2.51'] WHERE id = %s",
    "audit_row": 'UPDATE audit_row SET detail = \'{"code": "TWO"}\' WHERE id = %s',
}


@pytest.mark.parametrize("table", LOGS)
def test_a_changed_row_is_found(sealed: Logs, table: str) -> None:
    sealed.run(CHANGES[table], sealed.ids(table)[4])
    assert sealed.found() == [("ROW_CHANGED", table, 4 + LOGS.index(table), 1)]


@pytest.mark.parametrize("table", LOGS)
def test_each_column_of_a_log_is_under_the_seal(sealed: Logs, table: str) -> None:
    """Whatever column is changed, the check finds it: none was forgotten when the log was given its form."""
    columns = sealed.run(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped", table
    )
    other = {
        "uuid": "gen_random_uuid()", "timestamp with time zone": "{c} - interval '1 second'", "boolean": "NOT {c}", "jsonb": "'[1]'::jsonb",
        "character varying": "'other'", "character varying[]": "{c} || 'other'::varchar", "bigint": "{c} + 1000000",
    }  # fmt: skip
    row = sealed.ids(table)[4]
    assert len(columns) > 8
    for name, kind in columns:
        with sealed.owner.transaction(force_rollback=True):
            sealed.run(f"UPDATE {table} SET {name} = {other[kind].format(c=name)} WHERE id = %s", row)
            assert sealed.found(), f"{table}.{name} can be changed unseen"


@pytest.mark.parametrize("table", LOGS)
def test_a_row_that_was_taken_away_is_found(sealed: Logs, table: str) -> None:
    sealed.run(f"DELETE FROM {table} WHERE id = %s", sealed.ids(table)[0])
    assert sealed.found() == [("ROW_MISSING", table, 1 + LOGS.index(table), 1)]


@pytest.mark.parametrize("live", [True, False])
def test_a_row_put_in_among_sealed_ones_is_found(sealed: Logs, live: bool) -> None:
    """With a number that a rolled back page left free, or with one that is taken."""
    sealed.run("ALTER SEQUENCE access_log_entry RESTART WITH 100")
    sealed.write(1)
    sealed.seal()
    copy = "INSERT INTO access_log (id, at, principal_id, purpose, place, categories, found, entry_no) SELECT gen_random_uuid(), at, principal_id,"
    sealed.run(f"{copy} purpose, place, categories, found, 50 FROM access_log WHERE entry_no = 1")
    assert [(f.what.value, f.log, f.entries) for f in sealed.verify(live=live).findings] == [("ROW_ADDED", "access_log", (50,))]
    sealed.run("DELETE FROM access_log WHERE entry_no = 50")
    sealed.run("DROP INDEX access_log_entry_no")
    try:
        sealed.run(f"{copy} purpose, place, categories, found, 2 FROM access_log WHERE entry_no = 1")
        assert "ROW_ADDED" in {f.what.value for f in sealed.verify(live=live).findings}
    finally:
        sealed.run("TRUNCATE access_log")
        sealed.run("CREATE UNIQUE INDEX access_log_entry_no ON access_log (entry_no)")


def test_a_back_dated_row_at_the_end_is_found_once_it_is_sealed(sealed: Logs) -> None:
    with acting_as(sealed.viewer), transaction.atomic():
        sealed.disclose(hour=clock.now() - timedelta(days=40))
    sealed.seal()
    assert sealed.found() == [("ROW_BACKDATED", "access_disclosure", 7, 1)]
    assert sealed.verify(live=False, anew=True).findings == []  # the story of a practice county has its own times


def test_two_rows_that_changed_places_are_found(sealed: Logs) -> None:
    one, two = sealed.entries("audit_row")[:2]
    sealed.run("UPDATE audit_row SET entry_no = CASE entry_no WHEN %s THEN -1 ELSE %s END WHERE entry_no IN (%s, %s)", one, one, one, two)
    sealed.run("UPDATE audit_row SET entry_no = %s WHERE entry_no = -1", two)
    assert sealed.found() == [("ROW_MOVED", "audit_row", 3, 2)]


def test_the_end_of_the_chain_cannot_be_cut_off(sealed: Logs) -> None:
    """Rows and their seals together: the folder outside the database remembers how far it went."""
    sealed.run("DELETE FROM audit_seal WHERE number > 3")
    for table in LOGS:
        sealed.run(f"DELETE FROM {table} WHERE entry_no > 3")
    assert sealed.found() == [("END_MISSING", "audit_seal", 6, 3)]


def test_nor_can_all_of_it(sealed: Logs) -> None:
    sealed.run("TRUNCATE access_log, access_disclosure, audit_row, audit_seal")
    assert sealed.found() == [("END_MISSING", "audit_seal", 6, 6)]


def test_a_seal_in_the_middle_cannot_be_taken_away_or_changed(sealed: Logs) -> None:
    with sealed.owner.transaction(force_rollback=True):
        sealed.run("DELETE FROM audit_seal WHERE number = 2")
        assert sealed.found()[0][:1] == ("BLOCK_MISSING",)
    changes = (
        "after = after + 1", "through = through + 1", "sealed_at = sealed_at - interval '1 day'", "salt = salt || 'x'::bytea", "form = 2",
        "first_at = first_at - interval '1 day'", "last_at = last_at + interval '1 day'", "log = 'audit_row'", "previous = hash", "body = hash",
        "hash = previous", "mac = hash", "entries = substr(entries, 1, 40)",
    )  # fmt: skip
    for change in changes:
        with sealed.owner.transaction(force_rollback=True):
            sealed.run(f"UPDATE audit_seal SET {change} WHERE number = 2")
            assert {what for what, *_ in sealed.found()} & {"BLOCK_CHANGED", "BLOCK_UNSIGNED", "ROW_MISSING", "ROW_ADDED"}, change


def test_who_has_the_database_alone_cannot_make_a_chain_of_his_own(sealed: Logs) -> None:
    """He changes a row, and computes its block and every later one anew. He lacks the key, and the folder has another end."""
    sealed.run(CHANGES["access_log"], sealed.ids("access_log")[4])
    previous = canon.START
    for row in sealed.run(f"{canon.BLOCKS} ORDER BY number"):
        block, _ = canon.block_of(row)
        rows = sealed.run(f"{canon.select(block.table)} WHERE t.entry_no > %s AND t.entry_no <= %s ORDER BY 1", block.after, block.through)
        facts = block.__dict__ | {"previous": previous, "entries": canon.pack((r[0], canon.leaf(block.table, r[1:])) for r in rows)}
        forged = canon.Block(**facts)
        words = "UPDATE audit_seal SET entries = %s, previous = %s, body = %s, hash = %s, mac = %s WHERE number = %s"
        sealed.run(words, forged.entries, previous, forged.body(), forged.hash(), canon.sign(forged.hash(), key=b"guess"), block.number)
        previous = forged.hash()
    found = sealed.found()
    assert {what for what, *_ in found} == {"BLOCK_UNSIGNED", "END_MISSING"}
    assert ("BLOCK_UNSIGNED", "access_log", 4, 1) in found


def test_a_finding_names_log_and_block_and_nobody(sealed: Logs) -> None:
    sealed.run(CHANGES["access_log"], sealed.ids("access_log")[4])
    told = list(lines(sealed.verify()))
    assert told == ["access_log, block 4: 1 row(s) were changed after they were sealed (entry 5)"]


def test_a_check_that_was_stopped_goes_on_where_it_was(logs: Logs, monkeypatch: pytest.MonkeyPatch) -> None:
    from careloom.infra.audit import verifying

    monkeypatch.setattr(verifying, "_PAGE", 2)
    for _ in range(2):
        logs.write(1)
        logs.seal()
    first = logs.verify(go_on=lambda _so_far, _last: False)
    assert (first.blocks, first.finished, logs.heads.checked()) == (2, False, first.head)
    rest = logs.verify()
    assert (rest.blocks, rest.finished, rest.findings, logs.heads.checked()) == (4, True, [], None)
    assert logs.verify().blocks == 6  # a finished check begins anew: what was checked yesterday may have been changed since


def test_a_check_is_not_resumed_upon_a_block_that_is_another_now(sealed: Logs) -> None:
    from careloom.infra.audit.heads import Head

    sealed.heads.note_checked(Head(number=4, hash="00" * 32))
    assert sealed.verify().blocks == 6
