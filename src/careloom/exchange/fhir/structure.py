"""Starts the structure check in a child process and turns its answer into problems."""

from __future__ import annotations

import json
import subprocess
import sys

from careloom.exchange.fhir.problems import Problem, refuse

SECONDS = 20
SECONDS_PER_MB = 2
COMMAND: tuple[str, ...] = (sys.executable, "-m", "careloom.exchange.fhir.check")


def check_structure(*, data: bytes, command: tuple[str, ...] = COMMAND) -> tuple[list[Problem], dict[str, int]]:
    """Problems of structure and the count of unknown resource types.

    Raises `BundleRefused` when the child dies or takes too long: what was not checked is not imported.
    """
    limit = SECONDS + SECONDS_PER_MB * (len(data) // 1_000_000)
    try:
        done = subprocess.run(command, input=data.removeprefix(b"\xef\xbb\xbf"), capture_output=True, timeout=limit)
    except subprocess.TimeoutExpired:
        raise _not_checked(f"did not end within {limit} seconds") from None
    except OSError:
        raise _not_checked("could not be started") from None
    if done.returncode < 0:
        raise _not_checked(f"was ended by signal {-done.returncode}, often for want of memory")
    if done.returncode != 0:
        raise _not_checked(f"ended with code {done.returncode}")
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise _not_checked("gave no readable answer") from None
    step = "Ask the sender to mend this element, then send the file again."
    return [Problem(path=p["path"], what=p["what"], next_step=step) for p in answer["problems"]], answer["unknown"]


def _not_checked(why: str) -> Exception:
    step = "Try again; if it happens again, give the file name to the person who runs this system."
    return refuse("Bundle", f"The file was not imported, because the structure check {why}.", step)
