"""Machines before one server share their keys and files, or do not start; and pages may be served where no jobs are done."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from psycopg import sql
from tests.attacks.crashes.product import Product
from tests.several.ports import free_port
from tests.several.rooms import Room, room
from tests.several.servers import address

from careloom.config import sharing
from careloom.config.commands import CommandProblem
from careloom.config.environment import Environment, load
from careloom.infra.postgres import OWNER

pytestmark = pytest.mark.slow


@dataclass(frozen=True, kw_only=True)
class Place:
    """A server, and where machines begin."""

    room: Room

    @property
    def url(self) -> str:
        return address(self.room.servers, user=OWNER, password=self.room.password(OWNER))

    def machine(self, name: str) -> Environment:
        """The settings of a machine with a data folder of its own, where nothing is mounted yet."""
        home = self.room.folder / name
        home.mkdir(mode=0o755, exist_ok=True)
        (home / "settings.env").write_text(f"CARELOOM_DATABASE_URL={self.url}\nCARELOOM_WORLD=live\nCARELOOM_JOBS=no\n")
        return load({"CARELOOM_HOME": str(home)})

    def mount(self, settings: Environment) -> None:
        """Let it have the shared folders."""
        for name in sharing.FOLDERS:
            (settings.home / name).symlink_to(self.room.shared / name)

    def comment(self) -> str | None:
        """What the database knows of the folders."""
        with psycopg.connect(self.url) as connection:
            row = connection.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = 'careloom'").fetchone()
        return row[0] if row else None

    def says(self, comment: str | None) -> None:
        """Let the database say something else."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.SQL("COMMENT ON DATABASE careloom IS {}").format(sql.Literal(comment)))


@pytest.fixture(scope="module")
def stands(django_db_setup: None) -> Iterator[Place]:
    with room() as made:
        made.server("db1", durable=False)
        yield Place(room=made)


@pytest.fixture
def place(stands: Place) -> Iterator[Place]:
    """The same server, of which no machine has begun."""
    stands.says(None)
    yield stands
    for path in stands.room.folder.glob("web*"):
        shutil.rmtree(path)
    for name in sharing.FOLDERS:
        (stands.room.shared / name / ".shared").unlink(missing_ok=True)


def test_machines_that_share_their_folders_begin_in_any_order(place: Place) -> None:
    machines = [place.machine(name) for name in ("web1", "web2", "web3")]
    for one in machines:
        place.mount(one)
    for one in (*machines, *reversed(machines)):
        sharing.begin(one)
    assert [kind for one in machines for kind, _ in sharing.findings(one)] == ["ok"] * 3
    assert (place.room.shared / "keys" / ".shared").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("forgotten", sharing.FOLDERS)
def test_a_folder_that_was_not_mounted_is_named_and_nothing_begins(place: Place, forgotten: str) -> None:
    first, second = place.machine("web1"), place.machine("web2")
    for one in (first, second):
        place.mount(one)
    sharing.begin(first)
    (second.home / forgotten).unlink()
    before = place.comment()
    with pytest.raises(CommandProblem, match=f"web2/{forgotten} is not the one"):
        sharing.begin(second)
    assert place.comment() == before
    assert not (second.home / forgotten).exists()
    assert [words.split(" is not")[0] for kind, words in sharing.findings(second) if kind == "wrong"] == [f"The folder {second.home / forgotten}"]


def test_a_copy_is_found_at_the_next_start_of_either(place: Place) -> None:
    first, second = place.machine("web1"), place.machine("web2")
    place.mount(first)
    place.mount(second)
    sharing.begin(first)
    (second.home / "keys").unlink()
    (second.home / "keys").mkdir()
    shutil.copy(first.home / "keys" / ".shared", second.home / "keys" / ".shared")
    sharing.begin(second)  # a copy of this moment cannot be told from the folder itself
    with pytest.raises(CommandProblem, match="web1/keys is not the one"):
        sharing.begin(first)
    assert [kind for kind, _ in sharing.findings(first)] == ["wrong"]


def test_a_database_that_was_brought_back_begins_anew(place: Place) -> None:
    first = place.machine("web1")
    place.mount(first)
    sharing.begin(first)
    place.says(None)
    other = place.machine("web2")
    sharing.begin(other)
    assert json.loads((place.comment() or "").partition(" shares ")[2]).keys() == set(sharing.FOLDERS)


def test_a_comment_of_the_administrator_is_left_alone(place: Place) -> None:
    place.says("Ask Maria before you touch it")
    first = place.machine("web1")
    sharing.begin(first)
    assert place.comment() == "Ask Maria before you touch it"
    assert [kind for kind, _ in sharing.findings(first)] == ["note"]


def test_a_machine_serves_pages_without_jobs_and_another_one_with_other_keys_does_not_start(place: Place) -> None:
    first, second = place.machine("web1"), place.machine("web2")
    place.mount(first)
    place.mount(second)
    (second.home / "files").unlink()
    product = Product(first.home, port=free_port())
    try:
        product.ready(patience=300)
        assert product.pids("web")
        assert product.pids("worker") == []
        refused = Product(second.home, port=free_port())
        assert refused.process.wait(120) == 1
        until = time.monotonic() + 20
        while not any("web2/files is not the one" in line for line in refused.lines):  # another thread reads what it said
            assert time.monotonic() < until, refused.lines
            time.sleep(0.05)
    finally:
        assert product.stop() == 0, product.lines
