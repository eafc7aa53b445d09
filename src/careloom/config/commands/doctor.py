"""Check this installation, its logs against their seals, or a file that was made for an auditor; or show each setting with its source.

Exit status 0 when nothing is wrong, 1 when something is. A line that begins with "note" is worth knowing and not wrong.
"""

from __future__ import annotations

import argparse
import os
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from careloom.config import ports, preparation, sharing
from careloom.config.commands import chain, environment, key_ages, standing
from careloom.config.environment import Environment, describe
from careloom.infra.postgres import PostgresProblem, Supervisor, prepare_external
from careloom.infra.postgres.binaries import bin_folder, major_version

Finding = tuple[Literal["ok", "note", "wrong"], str]
_LOW_DISK = 1024**3  # bytes
_MAPPER = "/dev/mapper/"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--settings", action="store_true", help="show each setting with its source")
    what.add_argument("--chain", action="store_true", help="check every row of the logs against its seal; Ctrl-C stops, the next call goes on")
    what.add_argument("--file", type=Path, metavar="ZIP", help="check a file that was made for an auditor")
    what.add_argument("--accept-restored", metavar="WHY", help="go on sealing after an older copy of the database was brought back on purpose")
    parser.add_argument("--anew", action="store_true", help="with --chain: begin with the first block")


def run(args: argparse.Namespace) -> int:
    settings = environment()
    if args.chain:
        return chain.whole(settings, anew=args.anew)
    if args.file is not None:
        return chain.file(settings, path=args.file)
    if args.accept_restored is not None:
        return chain.accept(settings, because=args.accept_restored)
    if args.settings:
        rows = describe(settings)
        width = max(len(name) for name, *_ in rows)
        for name, value, source, words in rows:
            print(f"{name:<{width}}  {value or '(none)'}  [{source}]  {words}")
        return 0
    findings = [*_machine(), *_folder(settings), *_database(settings), *_backups(settings), *_serving(settings)]
    for kind, words in findings:
        print(f"{kind:<5}  {words}")
    return 1 if any(kind == "wrong" for kind, _ in findings) else 0


def _machine() -> Iterator[Finding]:
    yield "ok", f"Python {sys.version.split()[0]}"
    try:
        programs = bin_folder()
        yield "ok", f"PostgreSQL {major_version(programs)} programs in {programs}"
    except PostgresProblem as problem:
        yield "wrong", str(problem)
    yield from standing.clock()


def _backups(settings: Environment) -> Iterator[Finding]:
    if settings.home.exists():
        yield from standing.backups(settings)


def _folder(settings: Environment) -> Iterator[Finding]:
    home = settings.home
    if not home.exists():
        yield "note", f"{home} is not made yet; bin/up makes it."
        return
    if not os.access(home, os.W_OK):
        yield "wrong", f"{home} cannot be written by this user. Set CARELOOM_HOME to a folder of your own."
        return
    free = shutil.disk_usage(home).free
    yield (
        ("ok" if free > _LOW_DISK else "wrong"),
        f"{free // 2**20:,} MB free for {home}{'' if free > _LOW_DISK else '. Free some: PostgreSQL stops on a full disk.'}",
    )
    open_files = [path.name for path in sorted(home.glob("*keys/**/*")) if path.is_file() and stat.S_IMODE(path.stat().st_mode) & 0o077]
    yield (
        ("wrong", f"Others may read keys: {', '.join(open_files)}. Run: chmod 600 on them.")
        if open_files
        else ("ok", "The keys are closed to others.")
    )
    yield from key_ages.findings(settings, now=datetime.fromtimestamp(time.time(), tz=UTC))
    yield from standing.settings_file(settings)
    yield _encryption(home)


def _encryption(home: Path) -> Finding:
    """Whether the disk is encrypted, as far as the system tells (DESIGN section 8, "At rest")."""
    device = _device(home)
    if device is None:
        return "note", "This system does not tell whether the disk is encrypted. Make sure that it is before real data enters."
    for uuid in Path("/sys/block").glob("dm-*/dm/uuid"):
        name = (uuid.parent / "name").read_text().strip()
        if device in (f"{_MAPPER}{name}", f"/dev/{uuid.parents[1].name}") and uuid.read_text().startswith("CRYPT-"):
            return "ok", f"The disk {device} is encrypted."
    return "note", f"The disk {device} is not encrypted by this machine. Encrypt it, or see that its host does, before real data enters."


def _device(home: Path) -> str | None:
    """The device that holds ``home``, by the longest mount point above it."""
    try:
        rows = [line.split() for line in Path("/proc/self/mounts").read_text().splitlines()]
    except OSError:
        return None
    above = [row for row in rows if home.resolve().is_relative_to(row[1])]
    return max(above, key=lambda row: len(row[1]))[0] if above else None


def _database(settings: Environment) -> Iterator[Finding]:
    if settings.database_url:
        try:
            prepare_external(settings)
            yield "ok", "The named PostgreSQL server answers and has its roles and extensions."
            yield from standing.database(settings)
            yield from chain.findings(settings)
            yield from sharing.findings(settings)
        except PostgresProblem as problem:
            yield "wrong", str(problem)
        return
    status = Supervisor(settings.home).status()
    if status.pid is None:
        yield "note", "The database is stopped; bin/up starts it." if status.initialised else "There is no database yet; bin/up makes it."
        return
    yield "ok", f"The database runs as process {status.pid}."
    current = preparation.is_prepared(settings, seed=False)
    yield (
        ("ok", "The database is at this version.")
        if current
        else ("note", "The database is not at this version; bin/up or careloom migrate brings it.")
    )
    yield from standing.database(settings)
    yield from chain.findings(settings)


def _serving(settings: Environment) -> Iterator[Finding]:
    if settings.is_demo and not settings.is_local:
        yield "wrong", "This is a demo world on an address that others reach. Set CARELOOM_HOST to 127.0.0.1."
    if settings.debug and not settings.is_demo:
        yield "wrong", "CARELOOM_DEBUG is on in a live world, where errors would show records. Unset it."
    if not settings.is_local and not settings.behind_https:
        yield (
            "wrong",
            "Others reach this address without https. Put a proxy with a certificate before it and set CARELOOM_PUBLIC_URL to its https address.",
        )
    if not settings.is_demo and settings.is_local:
        yield "note", "Only this machine reaches the pages. For others: a proxy with a certificate, and CARELOOM_PUBLIC_URL (docs/how-to/run.md)."
    if any("*" in name or name.startswith(".") for name in settings.extra_hosts):
        yield "wrong", "CARELOOM_EXTRA_HOSTS lets requests carry any name, so links in mails may lead elsewhere. Name each host."
    yield from standing.certificate(settings)
    try:
        free = ports.is_free(host=settings.host, port=settings.port)
    except OSError as error:
        yield "wrong", f"Nothing can listen on {settings.host} port {settings.port}: {error.strerror}. Change CARELOOM_HOST or CARELOOM_PORT."
        return
    who = None if free else ports.user(port=settings.port)
    yield ("ok", f"Port {settings.port} is free.") if free else ("note", f"Port {settings.port} is in use{f' by {who}' if who else ''}.")
