"""Start everything and stay: the look, PostgreSQL, the database at this version, the practice county, the web server and the jobs.

Ctrl-C stops all of it. Without --empty a fresh data folder becomes a practice county with synthetic people.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import FrameType
from typing import Final

from careloom.config import children, ports, preparation, sharing, upgrading
from careloom.config.commands import CommandProblem, environment
from careloom.config.environment import SETTINGS_FILE, Environment, read_settings_file
from careloom.infra.postgres import PostgresProblem, Running, Supervisor, database
from careloom.infra.postgres.locks import Hold, holder, try_exclusive

_FIRST_PAGE_SECONDS: Final = 60.0
_STOPPING: Final = {"asked": False}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--empty", action="store_true", help="make a live world without the synthetic county")
    parser.add_argument("--port", type=int, help="the port to listen on (default 8000)")
    parser.add_argument("--host", help="the address to listen on (default 127.0.0.1)")


def run(args: argparse.Namespace) -> int:
    began = time.monotonic()
    for name in ("port", "host"):
        if getattr(args, name) is not None:
            os.environ[f"CARELOOM_{name.upper()}"] = str(getattr(args, name))
    settings = _settle_world(environment(), empty=args.empty)
    settings.home.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    lock = _only_one(settings)
    try:
        _listen(stop=False)
        _refuse_unsafe_demo(settings)
        _need_port(settings)
        _remember_world(settings)
        upgrading.clear_old(settings.home)
        with database(settings) as supervisor, _Server(supervisor) as server:
            sharing.begin(settings)
            return _serve(settings, server=server, seed=settings.is_demo and not args.empty, began=began)
    finally:
        (settings.home / "up.address").unlink(missing_ok=True)
        lock.close()


class _Server:
    """The embedded PostgreSQL as one of the watched; a server of its own (CARELOOM_DATABASE_URL) is left alone."""

    name = "PostgreSQL"

    def __init__(self, supervisor: Supervisor | None) -> None:
        self._supervisor = supervisor
        self._restarts: list[Running] = []
        self.dependents: list[children.Child] = []

    def __enter__(self) -> _Server:
        return self

    def __exit__(self, *_: object) -> None:
        for running in self._restarts:
            running.release()

    def start(self) -> None:
        """Start it again. One that does not come up is a death more, which the watch counts: what killed it may have struck twice."""
        if self._supervisor is not None:
            try:
                self._restarts.append(self._supervisor.start())
            except PostgresProblem as problem:
                _say(str(problem))
                return
            for child in self.dependents:  # The job worker's listener does not come back by itself.
                child.stop()
                child.start()

    def died(self) -> int | None:
        return 1 if self._supervisor is not None and self._supervisor.status().pid is None else None


def _serve(settings: Environment, *, server: _Server, seed: bool, began: float) -> int:
    if not _prepare(settings, seed=seed):
        return 1
    python = [sys.executable, "-m"]
    web = children.Child(
        name="The web server", command=[*python, "gunicorn", "-c", "python:careloom.config.gunicorn", "careloom.config.wsgi:application"]
    )
    jobs = children.Child(name="The job worker", command=[*python, "careloom.config.cli", "worker"])
    numbers = children.Child(name="The numbers", command=[*python, "careloom.outcomes.snapshots.night"])
    try:
        web.start()
        if _first_page(settings, web):
            (settings.home / "up.address").write_text(settings.address)
            if settings.jobs:
                jobs.start()
                server.dependents.append(jobs)
            _tell(settings, seconds=time.monotonic() - began)
            if seed:
                # The first numbers of a practice county: about a minute beside the pages, and nothing when they are there.
                numbers.start()
        elif not _STOPPING["asked"]:
            _say("The web server did not answer. See the lines above for the cause, or run: careloom doctor")
            return 1
        return 0 if children.watch([server, web, jobs], stopping=lambda: _STOPPING["asked"], say=_say) else 1
    finally:
        _say("Stopping.")
        for child in (numbers, jobs, web):
            child.stop()


def _settle_world(settings: Environment, *, empty: bool) -> Environment:
    """Which kind of world this folder holds, or will hold when it is fresh.

    INVARIANT: a folder that holds one kind of world never becomes the other; practice sign-ins must not stand beside real people.
    """
    kept = read_settings_file(settings.home / SETTINGS_FILE).get("CARELOOM_WORLD")
    named = settings.world if settings.sources["CARELOOM_WORLD"] == "environment" else None
    if kept and named and kept != named:
        raise CommandProblem(f"{settings.home} holds a {kept} world. Unset CARELOOM_WORLD, or set CARELOOM_HOME to another folder.")
    if empty and "demo" in (kept, named):
        raise CommandProblem(f"{settings.home} is for a practice county. Set CARELOOM_HOME to another folder to begin an empty one.")
    os.environ["CARELOOM_WORLD"] = kept or named or ("live" if empty else "demo")
    return environment()


def _remember_world(settings: Environment) -> None:
    path = settings.home / SETTINGS_FILE
    if "CARELOOM_WORLD" not in read_settings_file(path):
        with path.open("a") as file:
            file.write(f"# Set at the first start. What kind of world this folder holds does not change.\nCARELOOM_WORLD={settings.world}\n")


def _refuse_unsafe_demo(settings: Environment) -> None:
    if settings.is_demo and not settings.is_local:
        raise CommandProblem("A practice county with its printed sign-ins is served on this machine only. Use --host 127.0.0.1, or --empty.")


def _only_one(settings: Environment) -> Hold:
    path = settings.home / "up.lock"
    lock = try_exclusive(path)
    if lock is None:
        told = settings.home / "up.address"
        where = f"Open {told.read_text()}" if told.exists() else "It is starting"
        raise CommandProblem(f"Careloom already runs from {settings.home} ({holder(path)}). {where}, or stop it there with Ctrl-C.")
    return lock


def _need_port(settings: Environment) -> None:
    if ports.is_free(host=settings.host, port=settings.port):
        return
    who, free = ports.user(port=settings.port), ports.next_free(host=settings.host, port=settings.port)
    hint = f"Try: bin/up --port {free}" if free else "Choose another with --port."
    raise CommandProblem(f"Port {settings.port} is in use{f' by {who}' if who else ''}. {hint}")


def _prepare(settings: Environment, *, seed: bool) -> bool:
    if preparation.is_prepared(settings, seed=seed):
        return True
    words = [sys.executable, "-m", "careloom.config.preparation", *(["--seed"] if seed else []), *(["--debug"] if "--debug" in sys.argv else [])]
    with subprocess.Popen(words, stdin=subprocess.DEVNULL) as child:
        while child.poll() is None:
            if _STOPPING["asked"]:
                child.terminate()
            time.sleep(0.05)
    return child.returncode == 0 and not _STOPPING["asked"]


def _first_page(settings: Environment, web: children.Child) -> bool:
    """Wait until the sign-in page answers."""
    host = "127.0.0.1" if settings.host in {"0.0.0.0", "::", ""} else settings.host
    address = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + _FIRST_PAGE_SECONDS
    while time.monotonic() < until and not _STOPPING["asked"] and web.died() is None:
        try:
            opener.open(address, timeout=5).close()
            return True
        except urllib.error.HTTPError as error:
            return error.code < 500
        except OSError:
            time.sleep(0.05)
    return False


def _tell(settings: Environment, *, seconds: float) -> None:
    _say(f"Careloom is ready after {seconds:.1f} seconds: {settings.address}")
    lines = preparation.sign_ins(settings)
    if lines:
        _say("\n".join(["Practice sign-ins (synthetic people only):", *(f"  {line}" for line in lines)]))
    _say(f"The data is in {settings.home}. Ctrl-C stops everything.")


def _listen(*, stop: bool) -> None:
    _STOPPING["asked"] = stop

    def ask(number: int, frame: FrameType | None) -> None:
        _STOPPING["asked"] = True

    for sign in (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])):
        signal.signal(sign, ask)


def _say(words: str) -> None:
    print(words, flush=True)
