"""A data folder of the oldest release comes up with today's: every row of every table is there, with a copy of what was before."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.attacks.crashes.product import clean

from careloom.config.release import own_steps
from careloom.config.upgrading import OLDEST, clear_old, refusal
from careloom.infra.postgres import Supervisor

pytestmark = pytest.mark.slow
#: A small practice county, written by the code of commit 7894d43 (`tools/oldest_county.sh`).
COUNTY = Path(__file__).with_name("oldest.dump")
#: What is no row of anybody: which steps ran, and what Django and the queue make anew by themselves.
MACHINERY = ("django_migrations", "django_content_type", "auth_permission", "procrastinate_")
#: Columns that a step of an upgrade writes anew, each proved below by content.
REWRITTEN = {
    "access_grant": frozenset({"valid_to"}),
    "health_condition": frozenset({"category"}),
    "health_exposure": frozenset({"category"}),
    "health_medication": frozenset({"category"}),
}
TELLS = "hipaa.toxicology"
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, kw_only=True)
class Upgraded:
    """The rows before and after, the folder, and what was said."""

    before: Rows
    after: Rows
    home: Path
    refused: str
    said: str


def careloom(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    told = clean() | {"CARELOOM_HOME": str(home), "CARELOOM_WORLD": "demo"}
    command = [sys.executable, "-m", "careloom.config.cli", *words]
    return subprocess.run(command, env=told, capture_output=True, text=True, check=False, timeout=900)


def rows_of(admin: Any) -> Rows:
    """Every row of every table of ours, as the database writes it."""
    names = [n for (n,) in admin.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")]
    return {name: [row for (row,) in admin.execute(f'SELECT to_jsonb(t) FROM "{name}" t')] for name in names if not name.startswith(MACHINERY)}


@pytest.fixture(scope="module")
def upgraded() -> Iterator[Upgraded]:
    """The county of the oldest release is loaded, refused once as too old, and brought to this release as `careloom up` does it."""
    root = Path(tempfile.mkdtemp(prefix="clug-"))
    root.chmod(0o755)
    home = root / "home"
    loaded = careloom(home, "db", "load", str(COUNTY))
    assert loaded.returncode == 0, loaded.stderr
    with Supervisor(home).start(), Supervisor(home).admin("careloom") as admin:
        before = rows_of(admin)
        step = "app = 'plans' AND name = '0003_referral_link_page'"
        admin.execute(f"DELETE FROM django_migrations WHERE {step}")
        refused = careloom(home, "migrate")
        assert refused.returncode == 1
        assert rows_of(admin) == before
        admin.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('plans', '0003_referral_link_page', now())")
        done = careloom(home, "migrate")
        assert done.returncode == 0, done.stderr
        yield Upgraded(before=before, after=rows_of(admin), home=home, refused=refused.stderr, said=done.stdout)
    shutil.rmtree(root, ignore_errors=True)


def test_the_county_is_one_of_the_oldest_release(upgraded: Upgraded) -> None:
    assert len(upgraded.before["plans_plan"]) >= 3
    assert len(upgraded.before["people_record"]) >= 10
    assert len({name for name, rows in upgraded.before.items() if rows}) >= 30


def test_every_row_of_every_table_is_there(upgraded: Upgraded) -> None:
    lost = {}
    for name, rows in upgraded.before.items():
        now = upgraded.after.get(name, [])
        kept = (set(rows[0]) & set(now[0]) if rows and now else set()) - REWRITTEN.get(name, frozenset())
        was, has = (Counter(json.dumps({key: row[key] for key in kept}, sort_keys=True) for row in some) for some in (rows, now))
        missing = was - has
        if missing or (rows and not kept):
            lost[name] = [len(rows), len(now), sorted(set(rows[0]) - kept), *list(missing)[:1]]
    assert lost == {}


def test_facts_that_tell_moved_and_no_other_did(upgraded: Upgraded) -> None:
    moved = []
    for name in ("health_condition", "health_exposure", "health_medication"):
        now = {row["id"]: row["category"] for row in upgraded.after[name]}
        moved += [(name, row["category"], now[row["id"]]) for row in upgraded.before[name] if now[row["id"]] != row["category"]]
    assert {after for _, _, after in moved} == {TELLS}
    assert {before for _, before, _ in moved} <= {"hipaa.ob_record", "hipaa.newborn_record"}
    assert {row["category"] for row in upgraded.after["health_exposure"]} == {TELLS}
    open_now = {(row["identity_id"], row["holder_id"], row["category"]) for row in upgraded.after["access_segment"]}
    assert {(row["identity_id"], row["holder_id"], TELLS) for row in upgraded.after["health_exposure"]} <= open_now


def test_no_grant_reaches_further_than_before(upgraded: Upgraded) -> None:
    """The rules of this release were asked anew: a grant ended, or stays as it was; what a paper still opens has a grant of its own."""
    now = {row["id"]: row["valid_to"] for row in upgraded.after["access_grant"]}
    assert all(now[row["id"]] <= row["valid_to"] for row in upgraded.before["access_grant"])
    known = {row["id"] for row in upgraded.before["access_grant"]}
    lasted = {(row["identity_id"], row["recipient_id"]) for row in upgraded.before["access_grant"]}
    papers = {row["id"] for row in upgraded.after["consents_consent"]}
    for row in upgraded.after["access_grant"]:
        # Whoever reads now could read something of her before, or a paper of hers says so, or she is the reader.
        assert row["id"] in known or (row["identity_id"], row["recipient_id"]) in lasted or row["instrument_id"] in papers, row["basis"]


def test_a_copy_of_what_was_before_lies_in_the_folder(upgraded: Upgraded) -> None:
    (copy,) = (upgraded.home / "before-upgrade").glob("*.dump")
    assert str(copy) in upgraded.said
    assert copy.stat().st_mode & 0o777 == 0o600
    other = upgraded.home.parent / "other"
    assert careloom(other, "db", "load", str(copy)).returncode == 0
    with Supervisor(other).start(), Supervisor(other).admin("careloom") as admin:
        assert rows_of(admin) == upgraded.before
    assert clear_old(upgraded.home) == 0
    os.utime(copy, (0, 0))
    assert clear_old(upgraded.home) == 1


def test_a_second_upgrade_does_nothing(upgraded: Upgraded) -> None:
    again = careloom(upgraded.home, "migrate")
    assert (again.returncode, again.stdout) == (0, "The database is at this version.\n")


def test_an_older_one_is_refused_and_not_touched(upgraded: Upgraded) -> None:
    assert "older than the oldest release" in upgraded.refused
    assert "Nothing was changed" in upgraded.refused


def test_what_is_refused() -> None:
    ours = own_steps()
    assert ours >= OLDEST
    assert refusal(ours, lived_in=True) is None
    assert refusal({*OLDEST, "auth.0001_initial"}, lived_in=True) is None
    assert "newer release" in str(refusal({*ours, "plans.9999_tomorrow"}, lived_in=False))
    assert "older than" in str(refusal(OLDEST - {"work.0002_row_security"}, lived_in=True))
    # A first start that was broken off goes on.
    assert refusal({"agencies.0001_initial"}, lived_in=False) is None
    assert refusal(set(), lived_in=False) is None
