"""How long until the first page: after installation, and after a restart, as `careloom up` does it."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from careloom.bench.figures import median, say
from careloom.bench.web import free_port

RESTARTS = 3


def measure_starts(home: Path) -> None:
    """Print the cold start (with the practice county) and the restart in seconds."""
    say(name="cold_start", value=_start(home), unit="s", n=1, note="fresh data folder to the first page, practice county included; at most 30")
    say(name="restart", value=median([_start(home) for _ in range(RESTARTS)]), unit="s", n=RESTARTS, note="at most 3")


def _start(home: Path) -> float:
    port = free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith("CARELOOM_")} | {"CARELOOM_HOME": str(home)}
    command = [sys.executable, "-m", "careloom.config.cli", "up", "--port", str(port)]
    began = time.perf_counter()
    with subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as child:
        try:
            while time.perf_counter() - began < 300 and child.poll() is None:
                with contextlib.suppress(OSError, http.client.HTTPException):
                    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                    connection.request("GET", "/account/login/")
                    if connection.getresponse().status == 200:
                        return time.perf_counter() - began
                time.sleep(0.05)
        finally:
            child.send_signal(signal.SIGINT)
            child.wait(30)
    raise TimeoutError("careloom up did not reach its first page. Run it by hand to see why.")
