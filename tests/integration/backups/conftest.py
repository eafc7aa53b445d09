"""An installation of its own with an agency, sealed logs and a sealed scan: saved, broken and brought back by the commands of an operator."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.conftest import ROOT, TEST_HOME

from careloom.infra.keys import Keyring, encrypt
from careloom.infra.postgres import Supervisor, roles
from careloom.infra.postgres.binaries import bin_folder

PASSPHRASE = "seven green umbrellas"
AGENCY = "11111111-1111-4111-8111-111111111111"


@dataclass(frozen=True, kw_only=True)
class Place:
    """A data folder and what lies around it."""

    root: Path

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def to(self) -> Path:
        return self.root / "safe"

    @property
    def keys_to(self) -> Path:
        return self.root / "vault"

    @property
    def keys(self) -> Path:
        return self.keys_to / "careloom-keys.sealed"

    @property
    def recovery(self) -> Path:
        return self.root / "recovery.key"

    @property
    def words(self) -> Path:
        return self.root / "passphrase"

    def start(self, *words: str, home: Path | None = None, **more: str) -> subprocess.Popen[str]:
        """Begin a careloom command on this installation."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("CARELOOM_", "DJANGO_", "PYTEST_"))}
        environment |= {"CARELOOM_HOME": str(home or self.home), "PYTHONPATH": str(ROOT / "src"), **more}
        command = [sys.executable, "-m", "careloom.config.cli", *words]
        return subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)

    def run(self, *words: str, home: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
        """Run it to its end."""
        process = self.start(*words, home=home, **more)
        out, err = process.communicate(timeout=300)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def backup(self, *more: str) -> Path:
        """Take a backup with its keys, which must work; answers its file."""
        done = self.run("backup", "--to", str(self.to), "--keys-to", str(self.keys_to), *more)
        assert done.returncode == 0, done.stderr
        return Path(json.loads((self.home / "backups/last.json").read_text())["file"])

    def restoring(self, file: Path, into: Path, *more: str, keys: Path | None = None, words: Path | None = None) -> list[str]:
        """The words of a restore."""
        told = ["restore", str(file), "--into", str(into), "--recovery-key", str(self.recovery), "--passphrase-file", str(words or self.words)]
        return [*told, "--keys", str(keys or self.keys), *more]

    def restore(self, file: Path, into: Path, *more: str, **named: Path) -> subprocess.CompletedProcess[str]:
        """Restore it."""
        return self.run(*self.restoring(file, into, *more, **named))


def rows_of(home: Path) -> dict[str, str]:
    """Every table's rows as one mark. The server must run."""
    with owner(home) as connection:
        return marks(connection)


def marks(connection: psycopg.Connection[Any]) -> dict[str, str]:
    """Every table's rows as one mark, worked out here in another way than the product does: one text, ordered, by MD5."""
    names = connection.execute(
        "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    ).fetchall()
    found = {}
    for (name,) in names:
        row = connection.execute(f"SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {name} t").fetchone()
        found[name] = row[0]
    return found


def owner(home: Path, **more: Any) -> psycopg.Connection[Any]:
    """A connection of the role that owns the tables. The server must run."""
    where, password = Supervisor(home).address, Supervisor(home).password(roles.OWNER)
    return psycopg.connect(
        host=where.host, port=where.port, dbname=roles.DATABASE, user=roles.OWNER, password=password, autocommit=True, **more
    )  # fmt: skip


@pytest.fixture(scope="session")
def made(django_db_setup: None) -> Iterator[Path]:
    """An installation that is made once: the migrated template of the tests, an agency with its administrator, sealed logs, settings, files."""
    root = Path(tempfile.mkdtemp(prefix="clbk-"))
    root.chmod(0o755)
    place = Place(root=root)
    dump, test = root / "template.dump", Supervisor(TEST_HOME, durable=False)
    variables = {
        "PGHOST": test.address.host, "PGPORT": str(test.address.port), "PGUSER": roles.OWNER, "PGPASSWORD": test.password(roles.OWNER),
        "PGDATABASE": os.environ["PYTEST_CARELOOM_TEMPLATE"],
    }  # fmt: skip
    subprocess.run([bin_folder() / "pg_dump", "--format=custom", f"--file={dump}"], env=os.environ | variables, check=True)
    for words in (
        ("db", "load", str(dump)),
        ("agency", "--name", "Pine Family Center", "--kind", "OTHER", "--admin-name", "Ada Nolan", "--admin-email", "ada@pine.example"),
        ("worker", "--once"),
    ):
        done = place.run(*words)
        assert done.returncode == 0, done.stderr
    sealed = encrypt(key=Keyring(home=place.home).agency_key(AGENCY), plaintext=b"a scan", associated=b"1")
    (place.home / "files").mkdir()
    (place.home / "files" / "scan").write_bytes(sealed)
    (place.home / "settings.env").write_text(f"CARELOOM_CARE_LINE=555-0199\nCARELOOM_BACKUP_TO={place.to}\nCARELOOM_WORLD=live\n")
    Keyring(home=place.home, folder="round-keys").secret("survey-1")
    place.words.write_text(f"{PASSPHRASE}\n")
    done = place.run("backup", "--make-key", str(place.recovery), "--passphrase-file", str(place.words))
    assert done.returncode == 0, done.stderr
    yield root
    _clear(root)


@pytest.fixture
def county(made: Path) -> Iterator[Place]:
    """A copy of that installation, to be changed and killed."""
    root = Path(tempfile.mkdtemp(prefix="clbk-"))
    root.chmod(0o755)
    subprocess.run(["cp", "-a", *(str(made / name) for name in ("home", "recovery.key", "passphrase")), str(root)], check=True)
    for left in ("last.json", "failed.json", "installation"):
        (root / "home/backups" / left).unlink(missing_ok=True)
    (root / "home/settings.env").write_text((root / "home/settings.env").read_text().replace(str(made), str(root)))
    yield Place(root=root)
    _clear(root)


@pytest.fixture(scope="session")
def saved(made: Path) -> tuple[Place, Path]:
    """A backup of the installation that is only read by tests."""
    place = Place(root=made)
    return place, place.backup()


def _clear(root: Path) -> None:
    for data in root.glob("*/postgres/data"):
        Supervisor(data.parents[1]).stop()
    shutil.rmtree(root, ignore_errors=True)
