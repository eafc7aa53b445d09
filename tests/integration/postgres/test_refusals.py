"""Where the database cannot be made or used: one sentence, with the next step."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from careloom.infra.postgres import PostgresProblem, Supervisor, account, cluster
from careloom.infra.postgres.binaries import bin_folder

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to mount or to lend another account")


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[Path]:
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, check=False)
    if made.returncode != 0:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        yield folder
    finally:
        Supervisor(folder / "home").stop()
        subprocess.run(["umount", folder], check=True)


def fill(file: Path) -> None:
    """Write until the disk is full."""
    with suppress(OSError), file.open("wb", buffering=0) as out:
        while out.write(b"\0" * 2**16):
            pass


@as_root
def test_a_read_only_disk(place: Path) -> None:
    with mounted(place / "disk", "ro,mode=755") as disk, pytest.raises(PostgresProblem, match=r"read-only disk.*Set CARELOOM_HOME"):
        Supervisor(disk / "home").start()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write where the mode says read-only; the read-only disk stands for it")
def test_a_read_only_folder(place: Path) -> None:
    place.chmod(0o555)
    try:
        with pytest.raises(PostgresProblem, match=r"cannot be written.*Set CARELOOM_HOME"):
            Supervisor(place / "home").start()
    finally:
        place.chmod(0o755)


def test_a_file_where_the_folder_should_be(place: Path) -> None:
    (place / "home").write_text("")
    with pytest.raises(PostgresProblem, match="Set CARELOOM_HOME"):
        Supervisor(place / "home").start()


@as_root
def test_a_disk_too_small_to_begin_with(place: Path) -> None:
    with mounted(place / "disk", "size=32m,mode=755") as disk:
        with pytest.raises(PostgresProblem, match=r"MB free.*start again"):
            Supervisor(disk / "home").start()
        assert not (disk / "home" / "postgres" / "data").exists()


@as_root
def test_a_disk_that_fills_up_while_the_database_is_made(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "ROOM_FOR_FIRST_START", 0)
    with mounted(place / "disk", "size=24m,mode=755") as disk:
        with pytest.raises(PostgresProblem, match=r"full.*start again"):
            Supervisor(disk / "home", durable=False).start()
        assert [path.name for path in (disk / "home" / "postgres").iterdir() if path.name.startswith("data")] == []


@as_root
def test_a_disk_that_is_full_at_a_restart(place: Path) -> None:
    with mounted(place / "disk", "size=200m,mode=755") as disk:
        Supervisor(disk / "home", durable=False).start().release()
        filler = disk / "filler"
        fill(filler)
        with pytest.raises(PostgresProblem, match=r"full.*start again"):
            Supervisor(disk / "home", durable=False).start()
        filler.unlink()
        with Supervisor(disk / "home", durable=False).start() as running:
            assert not running.joined


@as_root
def test_root_lends_an_account_and_changes_no_mode_above(place: Path) -> None:
    before = [(path, stat.S_IMODE(path.stat().st_mode)) for path in (place, *place.parents)]
    accounts = {entry.pw_name for entry in pwd.getpwall()}
    with Supervisor(place / "home", durable=False).start() as running:
        assert os.stat(f"/proc/{running.pid}").st_uid != 0
    assert [(path, stat.S_IMODE(path.stat().st_mode)) for path in (place, *place.parents)] == before
    assert {entry.pw_name for entry in pwd.getpwall()} == accounts


@as_root
def test_root_in_a_folder_that_no_other_user_may_enter(place: Path) -> None:
    place.chmod(0o700)
    home = place / "home"
    if subprocess.run([*account._NAMESPACE, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine has no user namespaces; the next test shows what is said then")
    assert account.choose(home=home, programs=bin_folder()).prefix
    for _ in range(2):
        with Supervisor(home, durable=False).start() as running:
            assert not running.joined
    assert (home / "postgres").stat().st_uid == 0
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


@as_root
def test_root_without_user_namespaces_is_told_what_to_do(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place.chmod(0o700)
    monkeypatch.setattr(account, "_NAMESPACE", ("false",))
    with pytest.raises(PostgresProblem, match="Run Careloom as an ordinary user"):
        Supervisor(place / "home").start()


def test_the_data_of_another_user_is_refused_by_name(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "home" / "postgres").mkdir(parents=True)
    owner = (place / "home" / "postgres").stat().st_uid
    monkeypatch.setattr(account.os, "geteuid", lambda: owner + 4242)
    with pytest.raises(PostgresProblem, match=pwd.getpwuid(owner).pw_name):
        account.choose(home=place / "home", programs=bin_folder())


def test_data_of_another_major_version_is_refused(home: Path) -> None:
    Supervisor(home, durable=False).start().release()
    (home / "postgres" / "data" / "PG_VERSION").write_text("16\n")
    with pytest.raises(PostgresProblem, match=r"written by PostgreSQL 16.*docs/how-to"):
        Supervisor(home, durable=False).start()


def test_programs_that_are_not_there_are_named(home: Path, monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    monkeypatch.setenv("CARELOOM_PG_BIN", str(place))
    with pytest.raises(PostgresProblem, match="CARELOOM_PG_BIN"):
        Supervisor(home).start()


@pytest.mark.skipif(shutil.which("ln") is None, reason="needs links")
def test_a_socket_folder_that_somebody_laid_as_a_link_is_refused(place: Path) -> None:
    supervisor = Supervisor(place / ("deep" * 25) / "home", durable=False)
    supervisor.home.parent.mkdir()
    (place / "elsewhere").mkdir()
    Path(supervisor.address.host).symlink_to(place / "elsewhere")
    try:
        with pytest.raises(PostgresProblem, match="somebody else"):
            supervisor.start()
    finally:
        Path(supervisor.address.host).unlink()
