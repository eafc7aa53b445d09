"""Web machines and the job worker, as docs/operations/deploy.md sets them up: a data folder each, keys and files that all of them share."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.conftest import ROOT
from tests.several.ports import free_port

from careloom.config.children import lean

#: What docs/operations/deploy.md says that all machines share.
SHARED: Final = ("keys", "round-keys", "files", "outcomes", "seals")
_PATIENCE: Final = 300.0


@dataclass
class Machine:
    """One machine's data folder with its `settings.env`; `shared` holds the folders that are mounted on all of them."""

    home: Path
    shared: Path
    port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def set_up(self, settings: dict[str, str]) -> None:
        """Make the folder, mount what is shared, write the settings. A folder that is there already gets the new settings."""
        self.home.mkdir(mode=0o755, exist_ok=True)
        for name in SHARED:
            if not (self.home / name).is_symlink():
                (self.home / name).symlink_to(self.shared / name)
        own = {"CARELOOM_PORT": str(self.port), "CARELOOM_WEB_WORKERS": "1", "CARELOOM_WORLD": "demo"}
        lines = [f"{name}={value}\n" for name, value in (own | settings).items()]
        with os.fdopen(os.open(self.home / "settings.env", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.writelines(lines)

    def environment(self) -> dict[str, str]:
        """The environment of its processes: nothing of the tests' own settings."""
        kept = {name: value for name, value in lean().items() if not name.startswith(("CARELOOM_", "DJANGO_", "PYTEST_"))}
        return kept | {"CARELOOM_HOME": str(self.home), "PYTHONPATH": str(ROOT / "src")}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m …` on this machine to its end."""
        return subprocess.run([sys.executable, "-m", *words], env=self.environment(), capture_output=True, text=True, check=False, timeout=300)

    def serve(self) -> None:
        """Start the web server as `careloom up` does."""
        self._start("web", "gunicorn", "-c", "python:careloom.config.gunicorn", "careloom.config.wsgi:application")

    def work(self) -> None:
        """Start the job worker as `careloom up` does."""
        self._start("worker", "careloom.config.cli", "worker")

    def _start(self, part: str, *words: str) -> None:
        with (self.home / f"{part}.log").open("ab") as log:
            command = [sys.executable, "-m", *words]
            self.running[part] = subprocess.Popen(command, env=self.environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def ready(self) -> None:
        """Wait until it answers a page and says that it is ready."""
        until, opener = time.monotonic() + _PATIENCE, urllib.request.build_opener(urllib.request.ProxyHandler({}))
        while time.monotonic() < until and self.running["web"].poll() is None:
            try:
                opener.open(f"http://127.0.0.1:{self.port}/health/live", timeout=20).close()
                return
            except urllib.error.HTTPError as error:
                raise RuntimeError(f"{error.code}: {self.said('web')}") from None
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(self.said("web"))

    def said(self, part: str) -> str:
        """The end of what a part printed."""
        return (self.home / f"{part}.log").read_text()[-3000:]

    def stop(self) -> None:
        """End its parts, the worker first."""
        for part in ("worker", "web"):
            if (child := self.running.pop(part, None)) is not None:
                child.terminate()
                try:
                    child.wait(20)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
