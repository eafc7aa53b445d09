"""Clients of others beside a running server: where they are installed, and what they are asked to read.

Python clients live in `.venv/clients` (requirements-clients.txt), Node's in `tests/clients/node_modules` (its package-lock.json). `bin/test` makes
both; where one is absent, its tests are skipped and say so.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django.live_server_helper import LiveServer
from tests.databases import own_database
from tests.factories.fhir import FhirWorld, System, a_system
from tests.shared_data import shared_data
from tools.guide.compiling import Compiled, compiled

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


@pytest.fixture(scope="session")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    """Our own guide, compiled by SUSHI, or a skip where SUSHI or the US Core package is absent."""
    us_core = shared_data("fhir_packages", "hl7.fhir.us.core-6.1.0.tgz")
    scratch = tmp_path_factory.mktemp("guide")
    return compiled(guide=HERE.parents[1] / "guide", node=node(), modules=HERE / "node_modules", us_core=us_core, scratch=scratch)


@pytest.fixture(scope="session")
def us_core(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the official US Core package."""
    folder = tmp_path_factory.mktemp("us-core")
    with tarfile.open(shared_data("fhir_packages", "hl7.fhir.us.core-6.1.0.tgz")) as package:
        package.extractall(folder, filter="data")
    return folder / "package"


# @medplum/core does not read the two slices of the profile of Provenance, which share a name with one of their elements.
MEDPLUM_BUG = (("Provenance", "Invalid slice start before discriminator: ProvenanceTransmitter"),)


def validated(resources: list[dict[str, Any]], *folders: Path) -> list[dict[str, str]]:
    """The faults that @medplum/core (R4, and the profiles in `folders`) and npm's fhir found, without the one that is known to be theirs."""
    text = "\n".join(json.dumps(one) for one in resources)
    found: list[dict[str, str]] = run(node(), str(PROGRAMS / "validate.mjs"), *map(str, folders), stdin=text)
    return [one for one in found if not any(one["type"] == kind and words in one["words"] for kind, words in MEDPLUM_BUG)]


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
