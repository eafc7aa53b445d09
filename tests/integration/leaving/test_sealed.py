"""What was asked for on a page is written sealed, may be killed and stopped anywhere, and comes in elsewhere with the receiver's key alone."""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import transaction
from tests.databases import own_database
from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import PlanWorld
from tests.integration.leaving.conftest import bring, owner

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.config.leaving import asked, form, opening, taking
from careloom.config.leaving.form import LeaveProblem
from careloom.departing import actions
from careloom.departing.models import FAILED, READY, STOPPED, WRITING, Departure, Piece
from careloom.departing.queries import pieces_of
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.answers import Done
from careloom.infra.backups import recovery
from careloom.infra.backups.sealing import Sealer
from careloom.infra.clock.reading import forget

PASSPHRASE = "four practice words together"


@dataclass(frozen=True, kw_only=True)
class Riverbend:
    """An agency with a family, its two who may export, and the receiver's key."""

    admin: Membership
    officer: Membership
    key: recovery.RecoveryKey


@pytest.fixture(scope="module")
def riverbend(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Riverbend]:
    file = tmp_path_factory.mktemp("key") / "receiver.key"
    recovery.make(file, passphrase=PASSPHRASE)
    with own_database(django_db_blocker):
        subscriptions.join()
        with transaction.atomic():
            world = PlanWorld()
            world.a_plan(agreed=True)
            admin, officer = a_worker(Role.AGENCY_ADMIN, agency=world.riverbend), a_worker(Role.PRIVACY_OFFICER, agency=world.riverbend)
        yield Riverbend(admin=admin, officer=officer, key=recovery.open_key(file, passphrase=PASSPHRASE))
    forget()


@contextmanager
def moment() -> Iterator[tuple[Any, str]]:
    with owner() as connection, connection.transaction():
        yield connection, ""


def confirmed(riverbend: Riverbend) -> UUID:
    by = viewer(riverbend.admin)
    with acting_as(by):
        done = actions.ask(
            by=by, at=clock.now(), receiver="Elsewhere", recipient=riverbend.key.recipient.public.hex(), request_key=uuid4().hex
        )  # fmt: skip
    assert isinstance(done, Done)
    other = viewer(riverbend.officer)
    with acting_as(other):
        actions.answer(by=other, at=clock.now(), departure_id=done.row_id, confirms=True)
    return done.row_id


def work(home: Path) -> int:
    return asked.work(moment=moment, home=home, now=clock.now, release="0.1.0")


def row(departure_id: UUID) -> Departure:
    with acting_as(system(System.JOB)), transaction.atomic():
        return Departure.objects.get(pk=departure_id)


def file_of(riverbend: Riverbend, departure_id: UUID, to: Path) -> Path:
    by = viewer(riverbend.admin)
    to.write_bytes(b"".join(pieces_of(viewer=by, departure=row(departure_id))))
    return to


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder with the keys of this installation."""
    made = tmp_path / "home"
    made.mkdir()
    (made / "keys").symlink_to(Path(settings.CARELOOM_HOME) / "keys")
    return made


def test_it_is_sealed_whole_and_leaves_nothing_open_on_the_disk(riverbend: Riverbend, home: Path, tmp_path: Path) -> None:
    departure_id = confirmed(riverbend)
    assert asked.waits(home=home, at=clock.now())
    assert (work(home), work(home)) == (1, 0)
    done, file = row(departure_id), file_of(riverbend, departure_id, tmp_path / "out.sealed")
    assert (done.state, done.kinds, done.sealed, done.digest) == (READY, done.of_kinds, file.stat().st_size, form.digest_of(file))
    assert not (home / "leaving").exists()
    assert not asked.waits(home=home, at=clock.now())
    assert b"manifest" not in file.read_bytes()
    with opening.folder_of(file, key=riverbend.key, beside=tmp_path) as folder:
        manifest = form.read_manifest(folder)
        assert manifest["agency"]["id"] == str(riverbend.admin.agency_id)
        assert sum(kind["rows"] for kind in manifest["kinds"].values()) == done.rows > 0
    assert not folder.exists()


def test_one_that_was_killed_is_cleared_and_written_anew(riverbend: Riverbend, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    departure_id = confirmed(riverbend)

    class Killed(BaseException):
        pass

    def half(**facts: Any) -> Any:
        (facts["folder"].parent / "half").write_text("left behind")
        facts["say"]("one kind")
        with acting_as(system(System.JOB)), transaction.atomic():
            Piece.objects.create(departure_id=departure_id, place=0, content=b"half")
        monkeypatch.setattr(asked.shutil, "rmtree", lambda *_a, **_k: None)
        raise Killed

    monkeypatch.setattr(asked.taking, "take", half)
    with pytest.raises(Killed):
        work(home)
    monkeypatch.undo()
    assert (row(departure_id).state, row(departure_id).kinds) == (WRITING, 1)
    assert (home / "leaving" / "half").exists()
    assert asked.waits(home=home, at=clock.now())
    assert work(home) == 1
    assert not (home / "leaving" / "half").exists()
    assert row(departure_id).tries == 2
    with opening.folder_of(file_of(riverbend, departure_id, tmp_path / "f"), key=riverbend.key, beside=tmp_path) as folder:
        assert form.read_manifest(folder)


def test_one_that_is_stopped_while_it_is_written_goes_no_further(riverbend: Riverbend, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    departure_id, take, by = confirmed(riverbend), taking.take, viewer(riverbend.officer)

    def stopped_meanwhile(**facts: Any) -> Any:
        with acting_as(by):
            actions.stop(by=by, at=clock.now(), departure_id=departure_id)
        return take(**facts)

    with monkeypatch.context() as there:
        there.setattr(asked.taking, "take", stopped_meanwhile)
        assert work(home) == 0
    assert row(departure_id).state == STOPPED
    with acting_as(system(System.JOB)), transaction.atomic():
        assert not Piece.objects.filter(departure_id=departure_id).exists()
    with acting_as(by):
        actions.go_on(by=by, at=clock.now(), departure_id=departure_id)
    assert work(home) == 1
    assert row(departure_id).state == READY


def test_one_that_cannot_be_written_is_given_up_and_two_never_write_at_once(riverbend: Riverbend, home: Path) -> None:
    departure_id = confirmed(riverbend)
    with acting_as(system(System.JOB)), transaction.atomic():
        Departure.objects.filter(pk=departure_id).update(tries=asked.MOST_TRIES)
    with owner() as other:
        other.execute("SELECT pg_advisory_lock(%s)", [asked._LOCK])
        assert work(home) == 0
        assert row(departure_id).state == "WAITING"
    assert work(home) == 0
    assert row(departure_id).state == FAILED


def test_another_key_a_changed_and_a_cut_file_open_nothing(riverbend: Riverbend, home: Path, tmp_path: Path) -> None:
    departure_id = confirmed(riverbend)
    work(home)
    whole = file_of(riverbend, departure_id, tmp_path / "whole").read_bytes()
    recovery.make(tmp_path / "other.key", passphrase=PASSPHRASE)
    other = recovery.open_key(tmp_path / "other.key", passphrase=PASSPHRASE)
    middle = len(whole) // 2
    changed = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    for content, key in ((whole, other), (changed, riverbend.key), (whole[:-40], riverbend.key), (b"not sealed", riverbend.key)):
        (tmp_path / "tried").write_bytes(content)
        with pytest.raises(LeaveProblem), opening.folder_of(tmp_path / "tried", key=key, beside=tmp_path):
            pass
    assert not list(tmp_path.glob(".leaving-*"))


@pytest.mark.parametrize("name", ["../outside", "/tmp/usage-outside"])
def test_a_file_that_points_outside_its_folder_is_refused(riverbend: Riverbend, tmp_path: Path, name: str) -> None:
    with (tmp_path / "evil").open("wb") as out:
        sealer = Sealer(out, recipient=riverbend.key.recipient, head={"what": "agency"})
        with tarfile.open(fileobj=sealer, mode="w|") as tar:  # type: ignore[call-overload]
            member = tarfile.TarInfo(name)
            member.size = 1
            tar.addfile(member, io.BytesIO(b"x"))
        sealer.close()
    inside = tmp_path / "inside"
    inside.mkdir()
    try:
        with opening.folder_of(tmp_path / "evil", key=riverbend.key, beside=inside) as folder:
            assert all(path.is_relative_to(folder) for path in folder.rglob("*"))
    except LeaveProblem:
        pass
    assert not (inside / "outside").exists()
    assert not Path("/tmp/usage-outside").exists()


def test_it_comes_in_elsewhere(riverbend: Riverbend, home: Path, tmp_path: Path, django_db_blocker: Any) -> None:
    departure_id = confirmed(riverbend)
    work(home)
    file, rows = file_of(riverbend, departure_id, tmp_path / "out.sealed"), row(departure_id).rows
    with own_database(django_db_blocker):
        subscriptions.join()
        with opening.folder_of(file, key=riverbend.key, beside=tmp_path) as folder:
            done = bring(folder, home)
        assert not done.refused
        assert 0 < sum(done.new.values()) <= rows
    forget()


def test_the_process_that_writes_begins_before_django_is_loaded() -> None:
    """It sets Django up itself: a table that is loaded with the module would end it at once."""
    said = "import careloom.config.leaving.apart, sys; sys.exit('careloom.departing.models' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", said], env={"PATH": "/usr/bin:/bin"}, check=False).returncode == 0
