"""Make the data folder (initdb) and write its settings, lean enough for a small machine."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from careloom.infra.postgres.account import Account
from careloom.infra.postgres.address import Address
from careloom.infra.postgres.binaries import major_version
from careloom.infra.postgres.errors import PostgresProblem, explain

ROOM_FOR_FIRST_START: Final = 150 * 1024 * 1024  # bytes: catalogs of three databases, two log segments and air to breathe

_SETTINGS: Final = {
    "shared_buffers": "64MB",
    "effective_cache_size": "512MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_connections": "40",
    "max_worker_processes": "4",
    "max_parallel_workers_per_gather": "0",
    "autovacuum_max_workers": "2",
    "jit": "off",
    "huge_pages": "off",
    "random_page_cost": "1.1",
    "wal_level": "replica",
    "max_wal_senders": "2",
    "max_logical_replication_workers": "0",
    "min_wal_size": "32MB",
    "max_wal_size": "256MB",
    "wal_compression": "on",
    "checkpoint_timeout": "10min",
    "synchronous_commit": "on",  # INVARIANT: a write that was acknowledged is on disk.
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "logging_collector": "off",
    # No personal data in the log: neither statements, parameters nor the DETAIL line that quotes a row.
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    "idle_in_transaction_session_timeout": "5min",
}
_SINCE_18: Final = {"io_method": "sync"}  # Three waiting I/O processes help big machines only.
_TEST_SETTINGS: Final = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "100", "checkpoint_timeout": "1h"}
_HBA: Final = "# Written by Careloom. The Unix socket only, by password; no network.\nlocal all all scram-sha-256\n"


def create(*, folder: Path, programs: Path, account: Account, password: str, durable: bool, home: Path) -> None:
    """Make ``folder/data``. It appears whole or not at all: the work is done beside it and renamed."""
    free = shutil.disk_usage(folder).free
    if free < ROOM_FOR_FIRST_START:
        raise PostgresProblem(
            f"The disk that holds {home} has {free // 2**20} MB free; a first start needs {ROOM_FOR_FIRST_START // 2**20} MB. "
            "Free some, or set CARELOOM_HOME to another disk, and start again."
        )
    draft, secret = folder / "data.new", folder / "first-password"
    shutil.rmtree(draft, ignore_errors=True)
    write(secret, password, account=account)
    options = ["--username=postgres", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--data-checksums"]
    options += [f"--pwfile={secret}", "--auth=scram-sha-256", "--wal-segsize=16", *([] if durable else ["--no-sync"])]
    try:
        made = subprocess.run(
            [*account.prefix, programs / "initdb", "-D", draft, *options],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
            env=environment(),
            **account.spawn(),
        )
    finally:
        secret.unlink(missing_ok=True)
    if made.returncode != 0:
        shutil.rmtree(draft, ignore_errors=True)
        said = made.stderr.strip() or made.stdout.strip()
        last = said.splitlines()[-1] if said else "initdb said nothing"
        raise PostgresProblem(explain(said, home=home) or f"The database in {home} could not be made: {last}")
    os.replace(draft, folder / "data")


def check_version(*, data: Path, programs: Path, home: Path) -> None:
    """Refuse programs of another major version than the one that wrote the data."""
    wrote, have = (data / "PG_VERSION").read_text().strip(), major_version(programs)
    if wrote != str(have):
        raise PostgresProblem(
            f"The data in {home} was written by PostgreSQL {wrote} and the installed one is {have}. "
            "Follow docs/how-to/data-folder.md, section 'A new major version of PostgreSQL'."
        )


def configure(*, data: Path, where: Address, account: Account, durable: bool, major: int) -> None:
    """Write ``postgresql.conf`` and ``pg_hba.conf`` anew. ``local.conf`` beside the data folder may change any setting."""
    values = _SETTINGS | (_SINCE_18 if major >= 18 else {}) | ({} if durable else _TEST_SETTINGS)
    values |= {"listen_addresses": "", "port": str(where.port), "unix_socket_directories": where.host, "unix_socket_permissions": "0700"}
    lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in values.items()]
    text = "# Written by Careloom at each start. Put your own settings into local.conf in the folder above.\n" + "\n".join(lines)
    write(data / "postgresql.conf", f"{text}\ninclude_if_exists = '../local.conf'\n", account=account)
    write(data / "pg_hba.conf", _HBA, account=account)


def write(path: Path, text: str, *, account: Account) -> None:
    """Write a private file of the server's account, whole or not at all."""
    draft = path.with_name(f"{path.name}.draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    account.own(draft)
    os.replace(draft, path)


def environment() -> dict[str, str]:
    """The environment of the server: nothing of ours but the path, so that no PG* variable or secret leaks into it."""
    return {name: value for name, value in os.environ.items() if name in ("PATH", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")} | {"LC_ALL": "C"}
