"""An attacker with every table of the database, and not the hospitals' keys, tries to say whose a de-identified row is.

Everything here is committed for real, in a database of its own, and read as PostgreSQL's superuser: rows, places on disk, transactions.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.conftest import TEST_HOME
from tests.databases import own_database
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.births import a_birth, sent

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.postgres import Supervisor
from careloom.kernel.agency_kinds import AgencyKind
from careloom.notifications import actions
from careloom.notifications.facts import changed, from_json
from careloom.notifications.models import DeidentifiedNotification

NIGHTS, HOSPITALS = 8, 3
KINDS: tuple[tuple[tuple[str, str], ...], ...] = ((("BUPRENORPHINE", "YES"),), (("CANNABIS", "NO"),), (("FENTANYL", "NO"),))
DEIDENTIFIED = "notifications_deidentified"


@dataclass(frozen=True, kw_only=True)
class Loot:
    """What the attacker reads, and, kept apart, the truth: which notification each receipt is of."""

    tables: dict[str, list[dict[str, Any]]]
    truth: dict[UUID, UUID]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The de-identified rows in their order on disk."""
        return sorted(self.tables[DEIDENTIFIED], key=lambda r: r["ctid_"])


@pytest.fixture(scope="module")
def loot(django_db_setup: None, django_db_blocker: Any) -> Iterator[Loot]:
    with own_database(django_db_blocker) as name:
        truth = _months()
        with Supervisor(TEST_HOME, durable=False).admin(name) as admin:
            names = [r[0] for r in admin.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()]
            tables = {table: _read(admin, table) for table in names}
        yield Loot(tables=tables, truth=truth)


def _months() -> dict[UUID, UUID]:
    """Nights with many births, with one, and with a single correction or withdrawal: the nights that would tell most."""
    an_agency(kind=AgencyKind.CPS_AGENCY, county="Pine")
    workers = [a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=an_agency(county="Pine", is_covered_entity=True)) for _ in range(HOSPITALS)]
    truth: dict[UUID, UUID] = {}
    done: list[actions.Sent] = []
    start = clock.now() - timedelta(days=NIGHTS)
    for night in range(NIGHTS):
        for number in range(14 if night % 2 == 0 else 1):
            kind = KINDS[0] if number % 3 else KINDS[(night + number) % 3]
            member = workers[(night + number) % HOSPITALS]
            one = sent(a_birth(member, exposures=kind, babies=2 if number == 4 else 1), at=start + timedelta(days=night, minutes=number))
            truth |= dict.fromkeys(one.receipts, one.notification.pk)
            done.append(one)
        if night in (3, 4):
            _amend(done[night], withdraws=night == 4)
        actions.run_batch()
    return truth


def _amend(one: actions.Sent, *, withdraws: bool) -> None:
    with acting_as(system(System.JOB, holder_id=one.notification.holder_id)):
        by = viewer(Membership.objects.select_related("agency", "worker").get(agency_id=one.notification.holder_id))
    with acting_as(by):
        if withdraws:
            assert actions.withdraw(by=by, at=clock.now(), notification_id=one.notification.pk, reason="WRONG_PERSON")
        else:
            facts = changed(from_json(one.notification.facts), withdrawal="OBSERVED")
            answer = actions.correct(by=by, at=clock.now(), notification_id=one.notification.pk, facts=facts, reason="WRONG_FACT")
            assert isinstance(answer, actions.Sent)


def _read(admin: Any, table: str) -> list[dict[str, Any]]:
    cursor = admin.execute(f'SELECT *, xmin::text AS xmin_, ctid::text AS ctid_ FROM "{table}"')
    names = [column.name for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        page, place = row["ctid_"].strip("()").split(",")
        row["ctid_"] = (int(page), int(place))
    return rows


def _text(value: Any) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else json.dumps(value, default=str)


def _answers(row: dict[str, Any]) -> str:
    return json.dumps([row["answers"], row["year"], row["state"], row["has_plan"], row["has_referral"], row["withdrawn"]], sort_keys=True)


def test_there_is_something_to_attack(loot: Loot) -> None:
    assert len(loot.rows) == len(loot.truth) > 30
    assert len({_answers(row) for row in loot.rows}) >= 4
    assert max(Counter(_answers(row) for row in loot.rows).values()) >= 10


def test_no_receipt_stands_anywhere_else_in_any_form(loot: Loot) -> None:
    receipts = {str(row["receipt"]) for row in loot.rows}
    needles = receipts | {r.replace("-", "") for r in receipts}
    for table, rows in loot.tables.items():
        if table == DEIDENTIFIED:
            continue
        hay = "\n".join(_text(value).lower() for row in rows for value in row.values())
        assert not [n for n in needles if n in hay], table


def test_no_value_of_a_row_joins_it_to_a_family_a_worker_or_a_time(loot: Loot) -> None:
    ours = {"receipt", "year", "state", "answers", "has_plan", "has_referral", "withdrawn", "xmin_", "ctid_"}
    for row in loot.rows:
        assert set(row) == ours
        assert set(row["answers"]) <= {"substances", "prescribed", "signs", "fasd", "treatment", "level"}


def test_all_rows_have_one_transaction_so_no_night_tells_its_births(loot: Loot) -> None:
    assert len({row["xmin_"] for row in loot.rows}) == 1
    elsewhere = {row["xmin_"] for table, rows in loot.tables.items() if table != DEIDENTIFIED for row in rows}
    assert not elsewhere & {row["xmin_"] for row in loot.rows}


def test_the_place_on_disk_follows_the_random_receipt_and_nothing_else(loot: Loot) -> None:
    assert [row["receipt"] for row in loot.rows] == sorted(row["receipt"] for row in loot.rows)


def test_what_is_sealed_has_one_length_and_nothing_waits_behind(loot: Loot) -> None:
    assert loot.tables["notifications_outgoing"] == []
    lengths = {len(bytes(row["sealed_receipts"])) for row in loot.tables["notifications_notification"] if row["sealed_receipts"]}
    assert len(lengths) == 1
    assert {len(row["infant_ids"]) for row in loot.tables["notifications_notification"]} == {1, 2}


def test_what_is_sealed_does_not_open_without_the_key(loot: Loot) -> None:
    sealed = [bytes(row["sealed_receipts"]) for row in loot.tables["notifications_notification"] if row["sealed_receipts"]]
    assert len({s[1:13] for s in sealed}) == len(sealed)  # a nonce of its own each
    receipts = [row["receipt"].bytes for row in loot.rows] + [str(row["receipt"]).encode() for row in loot.rows]
    assert not any(r in s for s in sealed for r in receipts)


def test_jobs_and_outbox_carry_no_receipt_and_no_answer(loot: Loot) -> None:
    events = loot.tables["events_outbox"]
    assert {tuple(sorted(row["body"])) for row in events} == {("holder_id", "identity_id", "notification_id")}
    assert all(row["args"] in ({}, {"timestamp": row["args"].get("timestamp")}) for row in loot.tables.get("procrastinate_jobs", []))
    audits = [row["detail"] for row in loot.tables["audit_row"] if row["action"].startswith("notifications.")]
    assert audits
    assert all(set(detail) <= {"notify", "report", "rule", "infants", "reason", "kind", "to", "answer"} for detail in audits)


def _guesses(loot: Loot, answers_of: dict[UUID, str]) -> dict[str, int]:
    """For each way to order the notifications: how many are right when they are paired in that order with the rows on disk of equal answers."""
    answers = {notification: answers_of[receipt] for receipt, notification in loot.truth.items()}
    infants = Counter(loot.truth.values())
    sent_ones = [row for row in loot.tables["notifications_notification"] if row["id"] in answers]
    orders: dict[str, Callable[[dict[str, Any]], Any]] = {
        "time sent": lambda n: (str(n["sent_at"]), str(n["id"])),
        "place on disk": lambda n: n["ctid_"],
        "transaction": lambda n: (int(n["xmin_"]), str(n["id"])),
        "own id": lambda n: str(n["id"]),
        "sealed text": lambda n: bytes(n["sealed_receipts"] or b""),
        "identity": lambda n: str(n["identity_id"]),
    }
    results = {}
    for label, order in orders.items():
        waiting: dict[str, list[UUID]] = defaultdict(list)
        for row in loot.rows:
            waiting[answers_of[row["receipt"]]].append(row["receipt"])
        taken = [(n["id"], waiting[answers[n["id"]]].pop(0)) for n in sorted(sent_ones, key=order) for _ in range(infants[n["id"]])]
        results[label] = sum(loot.truth[receipt] == notification for notification, receipt in taken)
    return results


def test_guesses_are_no_better_than_chance_among_equal_answers(loot: Loot) -> None:
    # A row whose answers nobody shares is told by them alone; so the measure is what blind guesses among equal answers reach.
    draw = random.Random(7)
    answers_of = {row["receipt"]: _answers(row) for row in loot.rows}
    groups: dict[str, list[UUID]] = defaultdict(list)
    for receipt, notification in loot.truth.items():
        groups[answers_of[receipt]].append(notification)
    blind = max(_blind(groups, draw) for _ in range(3000))
    assert blind + 2 < len(loot.truth) * 0.6, "the world is too small for this test to mean anything"
    for label, hits in _guesses(loot, answers_of).items():
        assert hits <= blind + 2, (label, hits, blind)


def _blind(groups: dict[str, list[UUID]], draw: random.Random) -> int:
    return sum(a == b for group in groups.values() for a, b in zip(group, draw.sample(group, len(group)), strict=True))


def test_the_state_reads_counts_and_no_more(loot: Loot) -> None:
    fields = {f.name for f in DeidentifiedNotification._meta.get_fields()}
    assert fields == {"receipt", "year", "state", "answers", "has_plan", "has_referral", "withdrawn"}
