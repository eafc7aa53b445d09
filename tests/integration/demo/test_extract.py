"""The practice county's extract: counted once more through the ORM, silent about everybody in the county, and computed from on the engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from tests.integration.demo.conftest import Loaded

from careloom.barriers.models import Barrier
from careloom.health.models import Birth, Condition
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.records import FamilyRecord
from careloom.infra.audit.models import AuditRow
from careloom.meetings.models import Attendance, Meeting
from careloom.notifications.models import Notification
from careloom.outcomes.extracting import codes, running
from careloom.outcomes.extracting.taking import Taken
from careloom.outcomes.measures.layout import TABLES
from careloom.outcomes.measures.vocabulary import CODES
from careloom.plans.models import Need, PlanInfant, PlanOfSafeCare, Referral
from careloom.position.models import Episode as Position
from careloom.safety.models import ReportOnChild
from careloom.treatment.models import Diagnosis, Episode, Medicine

HELD = ("HELD", "MINUTES_DRAFT", "MINUTES_APPROVED")


@pytest.fixture(scope="module")
def taken(loaded: Loaded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Taken]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "_home", lambda: tmp_path_factory.mktemp("extract"))
        yield running.take_ours(at=clock.now(), say=lambda _: None)


@pytest.fixture
def everything() -> Iterator[None]:
    """Read as the owner of the tables, whom row security does not bind."""
    with transaction.atomic(using="owner"), acting_as(system(System.IMPORT)):
        yield


def count(taken: Taken, table: str, where: str = "true", what: str = "count(*)") -> Any:
    (found,) = duckdb.sql(f"SELECT {what} FROM '{taken.folder / table}/*.parquet' WHERE {where}").fetchall()
    return found[0]


def every(model: Any, **where: Any) -> Any:
    return model._base_manager.using("owner").filter(**where)


def test_each_table_counts_what_the_orm_counts(taken: Taken, everything: None) -> None:
    agreed = [p for p in every(PlanOfSafeCare, agreed_at__isnull=False) if p.status not in ("VOID", "DISCARDED", "MERGED")]
    infants = {(row.plan_id, row.identity_id) for row in every(PlanInfant, noted_only=False, plan_id__in=[p.pk for p in agreed])}
    assert count(taken, "plans") == len(agreed) + len(infants)
    assert count(taken, "plans", what="count(DISTINCT plan)") == len(agreed)
    sent = [row for row in every(Notification, status="SENT") if row.answer.get("notify", "NONE") != "NONE"]
    assert count(taken, "notifications") == sum(len(row.infant_ids) for row in sent) > 0
    assert count(taken, "births") == every(Birth).values("identity_id").distinct().count() > 0
    assert count(taken, "supplies") == every(Medicine, taken_back_at=None, source="OWN").count() > 0
    found = every(Diagnosis, taken_back_at=None, source="OWN", code__regex="^F1[0-9]").count()
    found += every(Condition, starts_on__isnull=False, reveals_substance_use=True, code__regex="^F1[0-9]").count()
    assert count(taken, "diagnoses") == found > 0
    own = every(Episode, taken_back_at=None, source="OWN", elsewhere=False).count()
    assert count(taken, "enrolments", "kind = 'treatment'") == count(taken, "systems", "system = 'behavioral_health'") == own > 0
    assert count(taken, "enrolments", "kind = 'integration'") == every(Position).count()
    assert count(taken, "reports") >= every(ReportOnChild, taken_back_at=None, replaced_by_id=None).count()
    barriers = [row for row in every(Barrier) if row.state not in ("DUPLICATE", "NOT_A_BARRIER")]
    assert count(taken, "barriers") == len(barriers) > 0
    held = every(Meeting, state__in=HELD)
    assert count(taken, "meetings") == held.count() > 0
    there = every(Attendance, meeting__in=held)
    assert count(taken, "meetings", what="sum(expected)") == there.count()
    assert count(taken, "meetings", what="sum(present)") == there.exclude(mode="ABSENT").count()
    # One way for each person and need of an agreed plan; a referral's first day is the way's.
    counted = every(Need, plan_id__in=[p.pk for p in agreed]).exclude(code__in=["SAFETY_ADVOCATE", "SAFETY_PLANNING"])
    asked = {(row.identity_id, row.code) for row in counted}
    assert 0 < count(taken, "steps", what="count(DISTINCT (subject, need))") <= len(asked)
    needs = {row.pk: row for row in every(Need, plan_id__in=[p.pk for p in agreed])}
    first: dict[tuple[Any, str], Any] = {}
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT id FROM agencies_agency WHERE kind = 'DV_PROGRAM'")
        shelters = {row[0] for row in cursor.fetchall()}
    for row in every(Referral, requested_at__isnull=False, need_id__in=list(needs)):
        need = needs[row.need_id]
        if (need.identity_id, need.code) in asked and row.receiver_id not in shelters:
            day = row.requested_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
            first[need.identity_id, need.code] = min(day, first.get((need.identity_id, need.code), day))
    assert count(taken, "steps", "step = 'referred'") == len(first) > 0
    found = duckdb.sql(f"SELECT on_date FROM '{taken.folder}/steps/*.parquet' WHERE step = 'referred' ORDER BY 1").fetchall()
    assert [row[0] for row in found] == sorted(first.values())


def test_steps_follow_one_another(taken: Taken) -> None:
    """A way that started was accepted and was asked for; only its last step says why it ended."""
    files = f"'{taken.folder}/steps/*.parquet'"
    ways = f"SELECT subject, need, list(step ORDER BY seq), list(lost_because ORDER BY seq) FROM {files} GROUP BY 1, 2"
    order = ["referred", "accepted", "started", "kept_90"]
    for _, _, steps, lost in duckdb.sql(ways).fetchall():
        reached = [step for step in steps if step in order]
        assert reached == order[: len(reached)]
        assert not any(lost[:-1])
        assert steps == ["planned"] or "planned" not in steps


def words_of(taken: Taken) -> set[str]:
    """Every word in the files."""
    found: set[str] = set()
    for name, columns in TABLES.items():
        for column in [column for column, kind in columns.items() if str(kind) == "string"]:
            rows = duckdb.sql(f"SELECT DISTINCT {column} FROM '{taken.folder / name}/*.parquet' WHERE {column} IS NOT NULL").fetchall()
            found |= {row[0] for row in rows}
    return found


def said_in_the_database() -> tuple[set[str], set[str]]:
    """Every text of every table of a family and every worker, and every id of the database."""
    words, ids = set(), set()
    tables = {model._meta.db_table for model in apps.get_models() if issubclass(model, FamilyRecord)} | {"agencies_worker", "agencies_user"}
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'")
        for table, column, kind in cursor.fetchall():
            if kind == "uuid":
                cursor.execute(f'SELECT DISTINCT "{column}"::text FROM "{table}" WHERE "{column}" IS NOT NULL')
                ids |= {row[0] for row in cursor.fetchall()}
            elif table in tables and kind in ("character varying", "text", "jsonb", "ARRAY"):
                of = f'unnest("{column}")::text' if kind == "ARRAY" else f'"{column}"::text'
                cursor.execute(f'SELECT DISTINCT {of} FROM "{table}"')
                words |= {row[0] for row in cursor.fetchall() if row[0]}
    return words, ids


def test_nothing_in_it_is_a_name_a_word_or_an_id_of_anybody(taken: Taken) -> None:
    said, ids = said_in_the_database()
    assert len(said) > 1000
    assert len(ids) > 1000
    found = words_of(taken)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT county FROM agencies_agency UNION SELECT code FROM plans_need UNION SELECT language FROM people_record")
        shared = {row[0] for row in cursor.fetchall()}
    known = {code for table, columns in TABLES.items() for column in columns if (table, column) in CODES for code in CODES[table, column]}
    known |= {*codes.RACES, *codes.ETHNICITIES, *codes.PAYERS, *codes.EXPOSURES, *codes.BASES, *shared}
    known |= codes.codes_of("steps", "service") or set()
    assert {word for word in found & said if word not in known and not word.isdigit() and len(word) > 2} == set()
    names = {word for word in said - known if len(word) > 3}
    sites = {row[0] for row in duckdb.sql(f"SELECT DISTINCT site FROM '{taken.folder}/subjects/*.parquet' WHERE site IS NOT NULL").fetchall()}
    assert {name for name in names for word in found - known - sites if name in word} == set()
    # Nor in the bytes around the rows: the manifest, and what a Parquet file says of itself.
    text = (taken.folder / "manifest.json").read_text()
    assert not any(name in text for name in names if " " in name)
    raw = b"".join(path.read_bytes() for path in sorted(taken.folder.rglob("*.parquet")))
    assert not any(one.encode() in raw or bytes.fromhex(one.replace("-", "")) in raw for one in ids)
    people = f"'{taken.folder}/subjects/*.parquet'"
    numbers = {row[0] for row in duckdb.sql(f"SELECT subject FROM {people} UNION SELECT family FROM {people}").fetchall()}
    halves = {int(one.replace("-", "")[place : place + 16], 16) & (2**63 - 1) for one in ids for place in (0, 16)}
    assert numbers.isdisjoint(halves)


def test_who_took_it_stands_in_the_audit(taken: Taken, everything: None) -> None:
    (row,) = every(AuditRow, action="outcomes.extract_taken")
    assert str(row.principal_id) == System.EXTRACT.value
    assert row.detail == {
        "rows": sum(one.rows for one in taken.manifest.tables.values()), "parts": 16, "until": (clock.today() - timedelta(days=1)).isoformat(),
    }  # fmt: skip


def test_the_night_takes_it_in_a_process_of_its_own(loaded: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    from careloom.outcomes.extracting import night

    ran: list[list[str]] = []

    class Done:
        returncode = 3

    monkeypatch.setattr(night.subprocess, "run", lambda command, **_: ran.append(command) or Done())
    assert night.take_apart() == 3
    assert ran[0][1:] == ["-m", "careloom.outcomes.extracting.night"]


def test_indicators_are_computed_from_it(taken: Taken) -> None:
    from careloom.outcomes.measures.engines import engine, read_extracts
    from careloom.outcomes.measures.figures import totals
    from careloom.outcomes.measures.recipes import rows_of, shipped
    from careloom.outcomes.measures.windows import Window

    window = Window(name="all", starts_on=clock.today() - timedelta(days=400), ends_on=clock.today(), cutoff_on=taken.manifest.data_until)
    with engine() as backend:
        extract = read_extracts(backend, [Path(taken.folder)])
        (row,) = backend.to_pyarrow(totals(rows_of(shipped()["POSC"], extract=extract, windows=[window]))).to_pylist()
    infants = count(taken, "notifications", f"on_date <= DATE '{taken.manifest.data_until}'", "count(DISTINCT subject)")
    assert (row["realm"], row["counted"]) == (98, infants)
    assert 0 < row["met"] <= infants
