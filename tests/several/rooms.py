"""A server room on loopback: PostgreSQL apart with the roles of deploy/roles.sql, two web machines with a pooler each, one job worker, a balancer.

Django of the test process is the third user of that database: what a story sets up and looks at behind the screens goes to the server directly.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from django.conf import settings
from django.db import connections
from tests.conftest import TEST_HOME
from tests.several.balancer import Balancer
from tests.several.bouncer import Bouncer
from tests.several.machines import SHARED, Machine
from tests.several.ports import free_port
from tests.several.servers import Server, address

from careloom.infra import clock
from careloom.infra.clock.reading import forget
from careloom.infra.keys import Keyring
from careloom.infra.postgres import APP, EXTRACT, OWNER, Supervisor
from careloom.infra.postgres.binaries import bin_folder
from careloom.infra.postgres.roles import DATABASE, ensure_database

ALIASES: Final = ("default", "owner")
_OF_THE_TESTS: Final = ("keys", "round-keys", "files")


@dataclass
class Room:
    """What stands in it."""

    folder: Path
    servers: list[Server] = field(default_factory=list)
    machines: list[Machine] = field(default_factory=list)
    bouncers: list[Bouncer] = field(default_factory=list)
    balancer: Balancer | None = None
    database: str = DATABASE

    @property
    def url(self) -> str:
        """The address that people open."""
        assert self.balancer is not None
        return self.balancer.url

    @property
    def shared(self) -> Path:
        """What all machines mount: keys and files are the tests' own, so that what a story seals can be opened on a machine."""
        found = self.folder / "shared"
        if not found.exists():
            found.mkdir(mode=0o700)
            for name in SHARED:
                if name in _OF_THE_TESTS:
                    (TEST_HOME / name).mkdir(mode=0o700, exist_ok=True)
                    (found / name).symlink_to(TEST_HOME / name)
                else:
                    (found / name).mkdir(mode=0o700)
        return found

    def password(self, role: str) -> str:
        """The password of one of our roles."""
        return Keyring(home=self.shared).secret(f"postgres-{role}")

    def server(self, name: str, *, durable: bool) -> Server:
        """The first server, with roles and the tables of this release, started."""
        made = Server(folder=self.folder / name)
        made.make(durable=durable)
        self.servers.append(made)
        made.start()
        made.make_roles({"owner": self.password(OWNER), "app": self.password(APP), "extract": self.password(EXTRACT)})
        made.load(_template(), password=self.password(OWNER))
        return made

    def another_database(self, name: str) -> None:
        """A copy of the first database, which the machines that are opened next work in."""
        with self.servers[0].admin() as admin:
            ensure_database(admin, name=name, template=DATABASE)
        self.database = name
        # The notes of the seals are of one database.
        shutil.rmtree(self.shared / "seals")
        (self.shared / "seals").mkdir(mode=0o700)

    def open(self, *, number: int = 2, jobs: bool = True) -> None:
        """Start the machines before `database` and the balancer before them."""
        url = address(self.servers, user=OWNER, password=self.password(OWNER), database=self.database)
        ports: list[int] = []
        while len(ports) < number:  # Each is taken only when its machine listens.
            ports += [port for port in [free_port()] if port not in ports]
        self.balancer = Balancer(ports)
        for place, port in enumerate(ports, 1):
            bouncer = Bouncer(folder=self.folder / f"pooler{place}", password=self.password(APP))
            self.bouncers.append(bouncer)
            bouncer.start(server=self.servers[0].port, database=self.database)
            machine = Machine(home=self.folder / f"web{place}", shared=self.shared, port=port)
            self.machines.append(machine)
            machine.set_up(
                {
                    "CARELOOM_DATABASE_URL": url,
                    "CARELOOM_POOL_URL": f"postgresql://127.0.0.1:{bouncer.port}/{quote(self.database)}",
                    "CARELOOM_PUBLIC_URL": self.balancer.url,
                }
            )
        with ThreadPoolExecutor(number) as both:
            list(both.map(_prepared, self.machines))
        for machine in self.machines:
            machine.serve()
        if jobs:
            self.machines[0].work()
        for machine in self.machines:
            machine.ready()

    def close(self) -> None:
        """End the machines, the poolers and the balancer; the servers stay."""
        for part in (*self.machines, *self.bouncers):
            part.stop()
        if self.balancer is not None:
            self.balancer.stop()
        self.machines, self.bouncers, self.balancer = [], [], None

    @contextmanager
    def seen_by_django(self, blocker: Any) -> Iterator[None]:
        """Let Django of this process work in `database` on the server that takes writes, and commit."""
        before = {alias: dict(connections[alias].settings_dict) for alias in ALIASES}
        name = settings.DATABASES["default"]["NAME"]
        url = {"HOST": ",".join("127.0.0.1" for _ in self.servers), "PORT": ",".join(str(server.port) for server in self.servers)}
        _use({alias: url | {"NAME": self.database} for alias in ALIASES}, options={"target_session_attrs": "read-write"})
        settings.DATABASES["default"]["NAME"] = self.database
        try:
            with blocker.unblock():
                forget()
                clock.now()
                yield
        finally:
            settings.DATABASES["default"]["NAME"] = name
            with blocker.unblock():
                _use(before)
            forget()


@contextmanager
def room() -> Iterator[Room]:
    """An empty room, cleared afterwards."""
    with ExitStack() as after:
        folder = Path(tempfile.mkdtemp(prefix="clsv-"))
        after.callback(shutil.rmtree, folder, ignore_errors=True)
        # PostgreSQL and pgbouncer run as another user, who must be able to pass.
        folder.chmod(0o711)
        made = Room(folder=folder)
        try:
            yield made
        finally:
            made.close()
            for server in made.servers:
                server.stop()


def _prepared(machine: Machine) -> None:
    if (machine.home / "prepared.json").exists():
        return
    done = machine.run("careloom.config.preparation")
    if done.returncode:
        raise RuntimeError(f"{done.stdout}{done.stderr}"[-2000:])


def _template() -> Path:
    """A dump of the tests' migrated template, written once for these migrations."""
    name = os.environ["PYTEST_CARELOOM_TEMPLATE"]
    file = TEST_HOME / f"{name}.dump"
    if not file.exists():
        server, draft = Supervisor(TEST_HOME, durable=False), file.with_suffix(f".{os.getpid()}")
        where = {"PGHOST": server.address.host, "PGPORT": str(server.address.port), "PGUSER": OWNER, "PGPASSWORD": server.password(OWNER)}
        words = [bin_folder() / "pg_dump", "--format=custom", "--compress=0", f"--file={draft}", name]
        subprocess.run(words, env=os.environ | where, check=True)
        draft.replace(file)
    return file


def _use(entries: dict[str, dict[str, Any]], *, options: dict[str, str] | None = None) -> None:
    for alias, entry in entries.items():
        connections[alias].close()
        found = connections[alias].settings_dict
        found.update(entry)
        if options:
            found["OPTIONS"] = found["OPTIONS"] | options
