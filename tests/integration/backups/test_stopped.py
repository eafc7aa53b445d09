"""What goes wrong: a killed backup or restore leaves nothing that looks whole; a wrong word, key, file or place is named, and nothing is written."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.integration.backups.conftest import Place, owner, rows_of

from careloom.infra.backups import entries, fingerprints, recovery, sealing, shelf
from careloom.infra.backups.taking import copy_keys
from careloom.infra.keys import Keyring
from careloom.infra.postgres import Supervisor

pytestmark = pytest.mark.slow


def until(true: Callable[[], bool], *, process: subprocess.Popen[str]) -> None:
    """Wait until it is true, as long as the process lives."""
    end = time.monotonic() + 120
    while not true():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.01)


def killed(process: subprocess.Popen[str]) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def test_a_killed_backup_leaves_nothing_that_looks_whole(county: Place) -> None:
    with Supervisor(county.home).start():
        with owner(county.home) as connection:
            connection.execute("INSERT INTO django_session SELECT g::text, md5(g::text) || md5((-g)::text), now() FROM generate_series(1, 150000) g")
        for wait in (0.0, 0.3, 1.0):
            process = county.start("backup", "--to", str(county.to), "--keys-to", str(county.keys_to))
            until(lambda: any(county.to.glob("*.part")), process=process)
            time.sleep(wait)
            killed(process)
            assert shelf.backups(county.to) == []
            assert not (county.home / "backups/last.json").exists()
        left = list(county.to.glob("*.part"))
        assert left
        refused = county.restore(left[0], county.root / "new", keys=left[0])
        assert refused.returncode == 1
        assert not (county.root / "new").exists()
        file = county.backup()
    assert list(county.to.glob("*.part")) == []
    assert [path for _, path in shelf.backups(county.to)] == [file]


def test_a_killed_restore_leaves_nothing_that_looks_whole_and_the_next_one_clears_it(county: Place) -> None:
    file, new = county.backup(), county.root / "new"
    draft = county.root / "new.restoring"
    for begun in (draft / "keys" / "django", draft / "postgres" / "ready", draft / "settings.env"):
        process = county.start(*county.restoring(file, new))
        until(begun.exists, process=process)
        killed(process)
        assert not new.exists()
    made = county.restore(file, new)
    assert made.returncode == 0, made.stderr
    assert not draft.exists()
    with Supervisor(county.home).start(), Supervisor(new).start():
        assert rows_of(new) == rows_of(county.home)


def broken(file: Path, place: Path, change: Callable[[bytearray], object]) -> Path:
    raw = bytearray(file.read_bytes())
    change(raw)
    made = place / "broken.backup"
    made.write_bytes(raw)
    return made


BREAKS: dict[str, Callable[[bytearray], object]] = {
    "a bit of the mark": lambda raw: raw.__setitem__(3, raw[3] ^ 1),
    "a bit of the sealed key": lambda raw: raw.__setitem__(220, raw[220] ^ 1),
    "a bit in the middle": lambda raw: raw.__setitem__(len(raw) // 2, raw[len(raw) // 2] ^ 1),
    "the last bit": lambda raw: raw.__setitem__(-1, raw[-1] ^ 1),
    "the end is missing": lambda raw: raw.__delitem__(slice(-1, None)),
    "half is missing": lambda raw: raw.__delitem__(slice(len(raw) // 2, None)),
    "something was added": lambda raw: raw.extend(b"more"),
    "nothing is left": lambda raw: raw.clear(),
}


@pytest.mark.parametrize("what", BREAKS)
def test_a_broken_file_is_refused_and_nothing_is_left(saved: tuple[Place, Path], what: str, tmp_path: Path) -> None:
    county, file = saved
    new = county.root / "broken"
    done = county.restore(broken(file, tmp_path, BREAKS[what]), new)
    assert done.returncode == 1
    assert any(words in done.stderr for words in ("is broken", "was not sealed by", "was changed")), done.stderr
    assert "Traceback" not in done.stderr
    assert not new.exists()
    assert not new.with_name("broken.restoring").exists()


def test_wrong_words_keys_and_places_are_named(saved: tuple[Place, Path], tmp_path: Path) -> None:
    county, file = saved
    new = county.root / "refused"
    wrong = tmp_path / "wrong"
    wrong.write_text("seven green umbrella\n")
    assert "passphrase does not open" in county.restore(file, new, words=wrong).stderr
    assert "already" in county.restore(file, county.home).stderr
    assert "There is no file" in county.restore(tmp_path / "none.backup", new).stderr
    assert "does not hold keys" in county.restore(file, new, keys=file).stderr
    assert "is not a backup" in county.restore(county.keys, new).stderr
    recovery.make(tmp_path / "other.key", passphrase="seven green umbrellas")
    words = county.restoring(file, new)
    words[words.index("--recovery-key") + 1] = str(tmp_path / "other.key")
    assert "was sealed for the recovery key" in county.run(*words).stderr
    assert not new.exists()


def test_keys_of_another_installation_are_refused_and_a_destroyed_key_is_told(county: Place, saved: tuple[Place, Path]) -> None:
    file = county.backup()
    Keyring(home=county.home).forget("log-seals")
    Keyring(home=county.home).secret("log-seals")
    recipient = shelf.recipient(county.home)
    assert recipient is not None
    copy_keys(home=county.home, to=county.keys_to, recipient=recipient)
    refused = county.restore(file, county.root / "new")
    assert refused.returncode == 1
    assert "do not belong to this backup (log-seals)" in refused.stderr
    assert not (county.root / "new").exists()
    other, theirs = saved
    Keyring(home=other.home).agency_key("to-be-destroyed")
    later = other.backup()
    Keyring(home=other.home).destroy_agency_key("to-be-destroyed", held=lambda: False)
    copy_keys(home=other.home, to=other.keys_to, recipient=recipient)
    made = other.restore(later, other.root / "destroyed", "--trial")
    assert made.returncode == 0, made.stderr
    assert "destroyed since: 1" in made.stdout
    assert theirs.exists()


def test_a_backup_of_a_newer_release_is_refused(county: Place) -> None:
    with Supervisor(county.home).start():
        with owner(county.home) as connection:
            connection.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('plans', '0999_of_tomorrow', now())")
        file = county.backup()
    done = county.restore(file, county.root / "new")
    assert done.returncode == 1
    assert "made by a newer release" in done.stderr
    assert not (county.root / "new").exists()


def test_where_backups_go(county: Place) -> None:
    to, keys = str(county.to), str(county.keys_to)
    assert "inside the data folder" in county.run("backup", "--to", str(county.home / "safe"), "--keys-to", keys).stderr
    assert "kept apart" in county.run("backup", "--to", to, "--keys-to", f"{to}/keys").stderr
    county.backup()
    # A copy of this installation that lives on beside it must not thin its backups.
    (county.home / "backups/installation").unlink()
    assert "another installation" in county.run("backup", "--to", to, "--keys-to", keys).stderr
    assert "another installation" in county.run("doctor").stdout


def test_a_full_disk_is_said_and_nothing_half_made_is_kept(county: Place) -> None:
    county.to.mkdir()
    if (
        os.geteuid() != 0
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", county.to], capture_output=True, check=False).returncode
    ):
        pytest.skip("this machine lets nobody make a small disk")
    try:
        done = county.run("backup", "--to", str(county.to), "--keys-to", str(county.keys_to))
        assert done.returncode == 1
        assert "disk was full while writing the backup" in done.stderr
        assert [path.name for path in county.to.iterdir()] == [shelf.OWNER]
        assert "The last backup failed less than an hour ago: The disk was full" in county.run("doctor").stdout
    finally:
        subprocess.run(["umount", county.to], check=True)


def test_the_night_takes_it_and_doctor_tells_its_age(county: Place) -> None:
    code = "from careloom.config.nightly import take_apart; raise SystemExit(take_apart())"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CARELOOM_", "PYTEST_"))}
    environment |= {"CARELOOM_HOME": str(county.home), "PYTHONPATH": str(ROOT / "src")}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False, timeout=120).returncode == 0
    assert len(shelf.backups(county.to)) == 1
    said = county.run("doctor")
    assert "The newest backup is less than an hour old" in said.stdout
    assert "The keys were not copied with it" in said.stdout
    assert said.returncode == 1
    # An old one is wrong, not a note.
    last = county.home / "backups/last.json"
    last.write_text(last.read_text().replace(json.loads(last.read_text())["at"], "2020-01-01T00:00:00+00:00"))
    assert "days old" in county.run("doctor").stdout
    shutil.rmtree(county.to)
    county.to.write_text("a file in the way")
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False, timeout=120, capture_output=True).returncode == 1


def test_rights_that_were_changed_are_found(county: Place) -> None:
    with Supervisor(county.home).start(), owner(county.home) as connection:
        fingerprints.plain(connection)
        was = fingerprints.law(connection)
        changes = {
            "ALTER TABLE plans_plan DISABLE ROW LEVEL SECURITY": "table public.plans_plan",
            "GRANT SELECT ON plans_plan TO PUBLIC": "grant table public.plans_plan",
            "DROP POLICY access_segment_own ON public.access_segment": "policy public.access_segment access_segment_own",
            "ALTER FUNCTION public.access_agency() SECURITY DEFINER": "function public.access_agency()",
            "GRANT UPDATE (id) ON audit_row TO careloom_app": "grant column public.audit_row.id",
        }
        for change in changes:
            connection.execute(f"SET search_path = public; {change}; SET search_path = pg_catalog")
        found = fingerprints.differences(was=was, now=fingerprints.law(connection), same_server=True)
        assert set(found) == set(changes.values())
        assert "Row security was turned off on plans_plan" in (said := county.run("doctor").stdout)
        assert "Everybody on the server may use plans_plan" in said


def test_jobs_that_stand_are_told(county: Place) -> None:
    with Supervisor(county.home).start(), owner(county.home) as connection:
        assert "No job stands." in county.run("doctor").stdout
        columns = "INSERT INTO procrastinate_jobs (queue_name, task_name, status, scheduled_at) VALUES"
        connection.execute(f"{columns} ('seals', 'seal_logs', 'failed', now()), ('seals', 'seal_logs', 'todo', now() - interval '1 hour')")
        connection.execute(f"{columns} ('outbox', 'deliver_outbox', 'doing', now() - interval '1 hour')")
        said = county.run("doctor").stdout
    assert "1 jobs failed (seal_logs)" in said
    assert "1 jobs wait for more than 15 minutes" in said
    assert "1 jobs were begun by a worker that is gone" in said


def test_what_was_saved_and_what_came_back_are_compared(county: Place, tmp_path: Path) -> None:
    """A manifest that tells of another row than the database holds: the restore finds it, and keeps nothing."""
    file, key = county.backup(), recovery.open_key(county.recovery, passphrase=county.words.read_text().strip())
    forged = tmp_path / "forged.backup"
    with file.open("rb") as source, forged.open("wb") as out:
        sealer = sealing.Sealer(out, recipient=key.recipient, head={"what": "backup"})
        writer = entries.Writer(sealer)
        for name, parts in entries.read(sealing.opened(source, key=key)):
            if name == "manifest.json":
                words = json.loads(b"".join(parts))
                next(one for one in words["tables"] if one["name"] == "public.agencies_agency")["hash"] = "0" * 64
                parts = iter([json.dumps(words).encode()])
            writer.add(name, parts)
        writer.end()
        sealer.close()
    done = county.restore(forged, county.root / "new")
    assert done.returncode == 1
    assert "1 tables are not as they were saved (public.agencies_agency)" in done.stderr
    assert not (county.root / "new").exists()
