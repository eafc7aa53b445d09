"""The logs are sealed in order, by one role, without anybody waiting; what is lawfully expunged leaves its hash (decision 0005)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from tests.integration.audit.conftest import Logs, connect

from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.audit import canon
from careloom.infra.audit.expunging import NotSealed, expunge
from careloom.infra.audit.verifying import Verified
from careloom.infra.keys import KeyProblem

LOGS = ("access_log", "access_disclosure", "audit_row")


def test_sealing_twice_seals_nothing_twice(sealed: Logs) -> None:
    assert (sealed.seal().blocks, sealed.verify().blocks) == (0, 6)


def test_nothing_is_sealed_upon_a_chain_that_lost_its_end(sealed: Logs) -> None:
    """Else the next seal would bear the lost one's number, and the loss would be forgotten."""
    sealed.run("DELETE FROM audit_seal WHERE number = 6")
    sealed.write(1)
    assert sealed.seal().broken
    assert ("END_MISSING", "audit_seal", 6, 1) in sealed.found()


@pytest.mark.parametrize("words", ["UPDATE audit_seal SET mac = hash", "DELETE FROM audit_seal", "DELETE FROM audit_expunged", "TRUNCATE audit_seal",
                                   "INSERT INTO audit_expunged SELECT * FROM audit_expunged",
                                   "INSERT INTO access_log (id, entry_no) VALUES (gen_random_uuid(), 7)",
                                   "SELECT setval('access_log_entry', 1)"])  # fmt: skip
def test_the_application_role_may_neither_unseal_nor_choose_a_number(sealed: Logs, words: str) -> None:
    with connect("app") as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(words)


def test_only_the_role_that_seals_reads_and_adds_seals(sealed: Logs) -> None:
    from careloom.infra.audit.models import Seal

    for other in (sealed.viewer, system(System.JOB), system(System.JOB, holder_id=sealed.agency), system(System.GRANTS)):
        with acting_as(other), transaction.atomic():
            assert not Seal.objects.exists()
    with acting_as(system(System.SEAL)), transaction.atomic():
        assert Seal.objects.count() == 6
    with acting_as(sealed.viewer), pytest.raises(DatabaseError), transaction.atomic():
        Seal(number=9, form=1, log="access_log", after=0, through=0, first_at=clock.now(), last_at=clock.now(), sealed_at=clock.now()).save()


def test_who_is_still_writing_is_waited_for(logs: Logs) -> None:
    """A page whose transaction began first and ends last: its number lies in the middle, and no block passes it by."""
    slow = connect("app")
    logs.write(1)
    with slow.transaction():
        slow.execute("SELECT set_config('careloom.principal', %s, true)", [str(logs.agency)])
        slow.execute(
            "INSERT INTO access_log (id, at, principal_id, purpose, place, categories, found) VALUES (%s, %s, %s, 'x', 'desk:family', '{}', true)",
            [uuid4(), clock.now(), logs.agency],
        )
        logs.write(1)
        began = time.monotonic()
        done = logs.seal(patience=0.2)
        assert (done.waiting, time.monotonic() - began < 5) == (("access_log",), True)
        assert logs.run("SELECT log, count(*) FROM audit_seal GROUP BY 1 ORDER BY 1") == [("access_disclosure", 1), ("audit_row", 1)]
        assert logs.found() == []
    slow.close()
    assert logs.seal().rows == 3
    assert logs.entries("access_log") == [1, 2, 3]
    assert logs.found() == []


def test_a_page_that_failed_leaves_a_number_that_nobody_waits_for(logs: Logs) -> None:
    with transaction.atomic():
        logs.write(1)
        transaction.set_rollback(True)
    logs.write(2)
    assert logs.seal().rows == 6
    assert logs.entries("audit_row") == [2, 3]
    assert logs.found() == []


def test_a_lawful_removal_leaves_a_tombstone_and_the_chain_holds(sealed: Logs) -> None:
    gone = sealed.ids("access_log")[1:3]
    for expected in (2, 0):  # safe to repeat
        took = expunge(connection=sealed.owner, heads=sealed.heads, log="access_log", ids=gone, because="Order 12-345", by=uuid4(), at=clock.now())
        assert took == expected
    sealed.seal()
    done = sealed.verify(anew=True)
    assert (done.findings, done.expunged) == ([], 2)
    sealed.run("UPDATE audit_expunged SET because = 'nothing' WHERE log_entry = 2")
    assert {what for what, *_ in sealed.found()} == {"TOMBSTONE_UNSIGNED", "ROW_MISSING", "ROW_CHANGED"}


def test_a_tombstone_of_his_own_hides_nothing(sealed: Logs) -> None:
    leaf = dict(canon.block_of(sealed.run(f"{canon.BLOCKS} WHERE number = 1")[0])[0].rows())[1]
    sealed.run("DELETE FROM access_log WHERE entry_no = 1")
    sealed.run(
        "INSERT INTO audit_expunged (id, at, principal_id, log, log_entry, leaf, because, mac) VALUES (gen_random_uuid(), now(), gen_random_uuid(),"
        " 'access_log', 1, %s, 'Order 1', %s)", leaf, canon.sign(b"guess", key=b"guess"),
    )  # fmt: skip
    assert sealed.found() == [("TOMBSTONE_UNSIGNED", "access_log", 1, 1), ("ROW_MISSING", "access_log", 1, 1)]


def test_what_was_never_sealed_is_not_expunged(sealed: Logs) -> None:
    sealed.write(1)
    with pytest.raises(NotSealed):
        expunge(connection=sealed.owner, heads=sealed.heads, log="audit_row", ids=sealed.ids("audit_row"), because="x", by=uuid4(), at=clock.now())
    assert len(sealed.ids("audit_row")) == 7


def test_the_job_of_each_minute_and_the_end_of_the_worker_seal(logs: Logs) -> None:
    from careloom.config import jobs
    from careloom.config.commands import worker

    declared: dict[str, tuple[str, Callable[..., int]]] = {}

    class App:
        """Takes down what is declared on it."""

        def periodic(self, *, cron: str) -> Any:
            return lambda body: declared.setdefault(body.__name__, (cron, body)) and body

        def task(self, **_: object) -> Any:
            return lambda body: body

    jobs.declare(App())
    cron, body = declared["seal_logs"]
    logs.write(2)
    assert (cron, body(timestamp=0)) == ("* * * * *", 6)
    logs.write(1)
    worker._seal()
    assert (logs.verify().rows, logs.verify().waiting) == (9, 0)


def test_a_note_of_the_newest_seal_that_cannot_be_read_is_not_taken_for_none(sealed: Logs) -> None:
    """Else a spoiled file would let the end be cut off unseen."""
    (settings.CARELOOM_HOME / "seals" / "newest.json").write_text("{")
    with pytest.raises(KeyProblem, match=r"newest\.json cannot be read"):
        sealed.seal()


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_sealed_and_checked_in_seconds(logs: Logs) -> None:
    logs.run(
        "INSERT INTO access_log (id, at, principal_id, agency_id, worker_id, purpose, place, identity_id, holder_id, categories, found)"
        " SELECT gen_random_uuid(), now(), %s, %s, gen_random_uuid(), 'care_coordination', 'desk:family', gen_random_uuid(), %s,"
        " ARRAY['posc.plan_core', 'posc.referral_status'], true FROM generate_series(1, 100000)", logs.agency, logs.agency, logs.agency,
    )  # fmt: skip
    began = time.process_time()
    assert logs.seal().rows == 100_000
    seals = time.process_time() - began
    began = time.process_time()
    pages: list[int] = []

    def told(so_far: Verified, _last: int) -> bool:
        pages.append(so_far.rows)
        return True

    done = logs.verify(go_on=told)
    checks = time.process_time() - began
    print(f"100,000 rows: sealed in {seals:.1f} s, checked in {checks:.1f} s of this process")
    assert (done.findings, done.rows) == ([], 100_000)
    assert pages[0] < 30_000
    assert seals < 20
    assert checks < 10
