"""Clients of others beside a running server: where they are installed, and what they are asked to read.

Python clients live in `.venv/clients` (requirements-clients.txt), Node's in `tests/clients/node_modules` (its package-lock.json). `bin/test` makes
both; where one is absent, its tests are skipped and say so.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django.live_server_helper import LiveServer
from tests.databases import own_database
from tests.factories.fhir import FhirWorld, System, a_system

from careloom.agencies.roles import Role

HERE = Path(__file__).resolve().parent
PROGRAMS = HERE / "programs"
PYTHON = HERE.parents[1] / ".venv" / "clients" / "bin" / "python"
PATIENCE = 120


def python_client() -> str:
    """The interpreter of the Python clients, or a skip."""
    if not (HERE.parents[1] / ".venv" / "clients" / "stamp").exists():
        pytest.skip("The Python clients are not installed. bin/test makes .venv/clients from requirements-clients.txt.")
    return str(PYTHON)


def node() -> str:
    """Node, or a skip where it or the packages are absent."""
    found = shutil.which("node")
    if found is None or not (HERE / "node_modules" / "stamp").exists():
        pytest.skip("Node or tests/clients/node_modules is absent. Where node is there, bin/test runs npm ci in tests/clients.")
    return found


def run(*command: str, stdin: str = "") -> Any:
    """The JSON that a program printed last."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, cwd=HERE, input=stdin, check=False)
    assert done.returncode == 0, (done.stdout[-2000:], done.stderr[-4000:])
    return json.loads(done.stdout.splitlines()[-1])


@dataclass
class Running:
    """A server on a socket with a family in it, and a system of the agency that keeps the plan."""

    base: str
    made: FhirWorld
    system: System


@pytest.fixture(scope="module")
def running(django_db_setup: None, django_db_blocker: Any) -> Iterator[Running]:
    with own_database(django_db_blocker):
        with transaction.atomic():
            made = FhirWorld()
            for _ in range(2):
                made.world.a_mother(given_name="Another")
            system = a_system(made.world.riverbend, role=Role.CARE_COORDINATOR)
        server = LiveServer("localhost")
        try:
            yield Running(base=f"{server.url}/fhir", made=made, system=system)
        finally:
            server.stop()
