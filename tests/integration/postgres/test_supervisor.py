"""The embedded PostgreSQL: first start, restart, joining, kill -9, long paths, root."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from careloom.infra.postgres import APP, DATABASE, EXTRACT, OWNER, PostgresProblem, Supervisor
from careloom.infra.postgres.connection import database_config

START = """
import sys, time
from pathlib import Path
from careloom.infra.postgres import Supervisor
running = Supervisor(Path(sys.argv[1]), durable=False).start()
print("joined" if running.joined else "started", running.pid, flush=True)
sys.stdin.readline()
print("stopped" if running.release() else "left", flush=True)
"""


def starter(home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", START, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def connect(supervisor: Supervisor, role: str) -> psycopg.Connection[tuple[object, ...]]:
    where = supervisor.address
    return psycopg.connect(host=where.host, port=where.port, dbname=DATABASE, user=role, password=supervisor.password(role), autocommit=True)


def test_a_first_start_makes_roles_database_and_extensions(home: Path) -> None:
    supervisor = Supervisor(home, durable=False)
    with supervisor.start() as running:
        assert not running.joined
        with supervisor.admin(DATABASE) as admin:
            roles = admin.execute("SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname LIKE 'careloom%'")
            assert sorted(roles) == [(name, False, False, False, False) for name in (APP, EXTRACT, OWNER)]
            extensions = {row[0] for row in admin.execute("SELECT extname FROM pg_extension")}
            assert {"pg_trgm", "unaccent", "btree_gist"} <= extensions
            assert admin.execute("SELECT upper('ñandú'), current_setting('data_checksums'), current_setting('listen_addresses')").fetchone() == (
                "ÑANDÚ",
                "on",
                "",
            )
    assert supervisor.status().pid is None


def test_the_role_of_the_web_owns_nothing_and_makes_nothing(home: Path) -> None:
    supervisor = Supervisor(home, durable=False)
    with supervisor.start():
        with connect(supervisor, OWNER) as owner, connect(supervisor, APP) as app:
            owner.execute("CREATE TABLE kept (id int)")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute("SELECT * FROM kept")
            owner.execute(f"GRANT SELECT, INSERT ON kept TO {APP}")
            app.execute("INSERT INTO kept VALUES (1)")
            assert app.execute("SELECT count(*) FROM kept").fetchone() == (1,)
            for refused in (
                "DELETE FROM kept",
                "CREATE TABLE mine (id int)",
                "TRUNCATE kept",
                "DROP TABLE kept",
                "ALTER TABLE kept ENABLE ROW LEVEL SECURITY",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    app.execute(refused)
        where = supervisor.address
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(host=where.host, port=where.port, dbname=DATABASE, user=APP, password="guessed")


def test_a_restart_keeps_the_data_and_the_settings_are_durable(home: Path) -> None:
    with Supervisor(home).start(), connect(Supervisor(home), OWNER) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 7 AS id")
        durable = owner.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes')")
        assert durable.fetchone() == ("on", "on", "on")
    with Supervisor(home).start() as running, connect(Supervisor(home), OWNER) as owner:
        assert not running.joined
        assert owner.execute("SELECT id FROM kept").fetchone() == (7,)


def test_two_first_starts_at_once_become_one_server_and_the_last_user_stops_it(home: Path) -> None:
    one, other = starter(home), starter(home)
    assert one.stdout is not None
    assert other.stdout is not None
    said = [one.stdout.readline().split(), other.stdout.readline().split()]
    assert {words[0] for words in said} == {"started", "joined"}
    assert said[0][1] == said[1][1]
    assert one.communicate("\n", timeout=30)[0] == "left\n"
    assert Supervisor(home).status().pid is not None
    assert other.communicate("\n", timeout=30)[0] == "stopped\n"
    assert Supervisor(home).status().pid is None


def test_a_server_whose_starter_was_killed_is_joined(home: Path) -> None:
    process = starter(home)
    assert process.stdout is not None
    pid = int(process.stdout.readline().split()[1])
    process.kill()
    process.communicate(timeout=30)
    with Supervisor(home).start() as running:
        assert (running.joined, running.pid) == (True, pid)


def test_after_kill_nine_what_was_committed_is_there(home: Path) -> None:
    supervisor = Supervisor(home)
    first = supervisor.start()
    with connect(supervisor, OWNER) as owner:
        owner.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id")
    os.kill(first.pid, signal.SIGKILL)
    with Supervisor(home).start() as second, connect(supervisor, OWNER) as owner:
        assert second.pid != first.pid
        assert owner.execute("SELECT count(*) FROM kept").fetchone() == (1000,)
        first.release()


def test_a_process_number_that_somebody_else_has_now_is_stale(home: Path) -> None:
    Supervisor(home, durable=False).start().release()
    stranger = subprocess.Popen(["sleep", "60"])
    recorded = home / "postgres" / "data" / "postmaster.pid"
    recorded.write_text(f"{stranger.pid}\n{recorded.parent}\n1\n5432\n")
    os.chown(recorded, (home / "postgres").stat().st_uid, (home / "postgres").stat().st_gid)
    assert Supervisor(home).status().pid is None
    assert Supervisor(home).stop() is False
    with Supervisor(home, durable=False).start() as running:
        assert running.pid != stranger.pid
        assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_an_interrupted_first_start_is_begun_again(home: Path) -> None:
    Supervisor(home, durable=False).start().release()
    (home / "postgres" / "data").rename(home / "postgres" / "data.new")
    (home / "postgres" / "ready").unlink()
    with Supervisor(home, durable=False).start(), connect(Supervisor(home), APP) as app:
        assert app.execute("SELECT current_user").fetchone() == (APP,)


def test_a_path_too_long_for_a_socket(place: Path) -> None:
    home = place / ("deep" * 25) / "home"
    home.parent.mkdir()
    supervisor = Supervisor(home, durable=False)
    with supervisor.start(), connect(supervisor, APP) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)
        assert stat.S_IMODE(Path(supervisor.address.host).stat().st_mode) == 0o700
    Path(supervisor.address.host).rmdir()


def test_what_belongs_to_the_server_is_closed_to_others(home: Path) -> None:
    with Supervisor(home, durable=False).start():
        for path in (home / "postgres", home / "postgres" / "data", home / "postgres" / "run", home / "keys"):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_stop_ends_it_for_all_and_says_whether_it_ran(home: Path) -> None:
    running = Supervisor(home, durable=False).start()
    assert Supervisor(home).stop() is True
    assert Supervisor(home).stop() is False
    assert running.release() is False


def test_databases_for_tests_are_copied_from_a_template(home: Path) -> None:
    supervisor = Supervisor(home, durable=False)
    with supervisor.start():
        supervisor.create_database("template_one")
        with supervisor.admin("template_one") as admin:
            admin.execute("CREATE TABLE kept (id int)")
        supervisor.create_database("copy_one", template="template_one")
        with supervisor.admin("copy_one") as admin:
            assert admin.execute("SELECT count(*) FROM kept").fetchone() == (0,)
        supervisor.drop_database("copy_one")
        supervisor.drop_database("copy_one")
        with pytest.raises(psycopg.OperationalError), supervisor.admin("copy_one"):
            pytest.fail("the database is still there")


def test_the_server_is_not_told_our_environment(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPORT", "9")
    monkeypatch.setenv("PGDATABASE", "elsewhere")
    with Supervisor(home, durable=False).start() as running:
        environment = Path(f"/proc/{running.pid}/environ")
        if not environment.exists():
            pytest.skip("this system does not show a process's environment")
        names = {entry.partition(b"=")[0].decode() for entry in environment.read_bytes().split(b"\0") if entry}
    assert not {name for name in names if name.startswith("CARELOOM") or name == "PGDATABASE"}


def test_an_error_in_sql_leaves_no_row_in_the_log(home: Path) -> None:
    supervisor = Supervisor(home, durable=False)
    with supervisor.start(), connect(supervisor, OWNER) as owner:
        owner.execute("CREATE TABLE kept (name text PRIMARY KEY)")
        owner.execute("INSERT INTO kept VALUES ('Somebody')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            owner.execute("INSERT INTO kept VALUES ('Somebody')")
    assert "Somebody" not in (home / "postgres" / "log").read_text(errors="replace")


def test_django_is_told_two_roles(home: Path) -> None:
    class Told:
        database_url = None

    told = Told()
    told.home = home  # type: ignore[attr-defined]
    app, owner = database_config(told, "app"), database_config(told, "owner")  # type: ignore[arg-type]
    assert (app["USER"], owner["USER"]) == (APP, OWNER)
    assert app["PASSWORD"] != owner["PASSWORD"]
    assert (app["HOST"], app["NAME"]) == (owner["HOST"], owner["NAME"])


def test_a_server_that_cannot_start_says_so_and_how_to_see_more(home: Path) -> None:
    Supervisor(home, durable=False).start().release()
    (home / "postgres" / "local.conf").write_text("shared_buffers = 'a lot'\n")
    os.chown(home / "postgres" / "local.conf", (home / "postgres").stat().st_uid, -1)
    began = time.monotonic()
    with pytest.raises(PostgresProblem, match="shared_buffers"):
        Supervisor(home, durable=False).start()
    assert time.monotonic() - began < 30
