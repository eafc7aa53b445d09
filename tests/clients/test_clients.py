"""Six FHIR clients of others, unchanged, read the same family over a socket as the test's own client does."""

from __future__ import annotations

import gzip
import json
import subprocess
import time
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.db import transaction
from tests.clients.conftest import PATIENCE, PROGRAMS, Running, node, python_client, run
from tests.factories.agencies import viewer
from tests.factories.fhir import an_administrator
from tests.factories.plans import a_key

from careloom.agencies.roles import Role
from careloom.fhir.bulk.work import work
from careloom.fhir.clients.actions import register
from careloom.fhir.clients.scopes import every
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.answers import Done

READERS = ("read_fhirpy.py", "read_fhirclient.py", "read_kit.mjs", "read_smart.cjs", "read_medplum.mjs")


def truth(running: Running) -> dict[str, Any]:
    plan = running.system.found("CarePlan")[0]
    return {
        "patients": sorted(one["id"] for one in running.system.found("Patient")),
        "plan": plan["id"],
        "of": plan["subject"]["reference"].partition("/")[2],
        "goals": running.system.read("Goal?_summary=count")["total"],
    }


@pytest.mark.parametrize("program", READERS)
def test_a_client_of_others_reads_what_is_there(running: Running, program: str) -> None:
    with_what = python_client() if program.endswith(".py") else node()
    seen, there = run(with_what, str(PROGRAMS / program), running.base, running.system.token), truth(running)
    assert len(there["patients"]) >= 3
    assert seen["patients"] == there["patients"]
    assert seen.get("asynchronous", there["patients"]) == there["patients"]
    assert seen.get("goals", there["goals"]) == there["goals"]
    assert (seen["plan"], seen["of"]) == (there["plan"], there["of"])
    assert seen.get("version", "4.0.1") == "4.0.1"
    assert seen.get("absent", "not-found") == "not-found"


def registered(running: Running, algorithm: str, folder: Path) -> tuple[str, Path]:
    """A system with a fresh pair of keys: its client id, and the file with both halves as smart-fetch reads it."""
    if algorithm == "ES384":
        held = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP384R1())))
    else:
        held = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(rsa.generate_private_key(public_exponent=65537, key_size=2048)))
    held |= {"kid": "k", "alg": algorithm, "key_ops": ["sign"]}
    file = folder / "pair.jwks"
    file.write_text(json.dumps({"keys": [held]}))
    public = {name: value for name, value in held.items() if name in ("kty", "crv", "x", "y", "n", "e", "kid", "alg")}
    with transaction.atomic():
        by = viewer(an_administrator(running.made.world.riverbend))
    with acting_as(by):
        done = register(
            name="Warehouse", role=Role.CARE_COORDINATOR, purpose="", scopes=every(Role.CARE_COORDINATOR), jwks=json.dumps({"keys": [public]}),
            by=by, at=clock.now(), request_key=a_key(),
        )  # fmt: skip
    assert isinstance(done, Done)
    return str(done.row_id), file


@pytest.mark.parametrize("algorithm", ["ES384", "RS384"])
def test_a_bulk_client_of_others_signs_asks_waits_and_takes_the_files(running: Running, algorithm: str, tmp_path: Path) -> None:
    program = Path(python_client()).with_name("smart-fetch")
    client_id, keys = registered(running, algorithm, tmp_path)
    taken = tmp_path / "taken"
    command = [
        str(program), "bulk", "--fhir-url", running.base, "--group", str(running.made.world.riverbend.pk), "--smart-client-id", client_id,
        "--smart-key", str(keys), "--type", "Patient,ServiceRequest", str(taken),
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        ends = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < ends:
            work(now=clock.now)
            time.sleep(0.3)
        process.kill()
        said = process.stdout.read() if process.stdout else ""
    assert process.returncode == 0, said[-3000:]
    for kind in ("Patient", "ServiceRequest"):
        lines = [line for file in taken.glob(f"{kind}*.ndjson.gz") for line in gzip.decompress(file.read_bytes()).splitlines()]
        assert sorted(json.loads(line)["id"] for line in lines) == sorted(one["id"] for one in running.system.found(kind)), said[-3000:]
