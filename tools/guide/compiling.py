"""Compiles `guide/` by SUSHI without the network.

SUSHI looks for FHIR packages in `~/.fhir/packages`, and asks a registry for the rest and npm for its own newest version. Here it gets a home of its
own with the packages that are on this machine, and a registry on the loopback that knows nothing more.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CORE, US_CORE = "hl7.fhir.r4.core#4.0.1", "hl7.fhir.us.core#6.1.0"
# SUSHI takes these along by itself. Nothing of the guide comes from them, so they are empty here.
ALONG = ("hl7.fhir.uv.tools.r4#0.0.1", "hl7.terminology.r4#0.0.1", "hl7.fhir.uv.extensions.r4#0.0.1")
DEFINITIONS = ("profiles-types", "profiles-resources", "profiles-others", "extension-definitions", "valuesets", "v3-codesystems", "v2-tables")
TOTAL = re.compile(r"(\d+) Errors?\s.*?(\d+) Warnings?", re.DOTALL)
PATIENCE = 300


@dataclass(frozen=True, kw_only=True)
class Compiled:
    """What SUSHI made: its report, its errors and warnings, and the folder of resources."""

    report: str
    errors: int
    warnings: int
    folder: Path

    def resources(self) -> list[dict[str, Any]]:
        """Every resource that came out."""
        return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(self.folder.glob("*.json"))]


def compiled(*, guide: Path, node: str, modules: Path, us_core: Path, scratch: Path) -> Compiled:
    """Compile a copy of `guide` in the new folder `scratch`, with the Node packages in `modules` and the US Core package `us_core` (.tgz).

    Raises `RuntimeError` with what SUSHI said where it gave no count of errors and warnings.
    """
    home = scratch / "home"
    _packages(home / ".fhir" / "packages", modules / "@medplum" / "definitions" / "dist" / "fhir" / "r4", us_core)
    copy = scratch / "guide"
    shutil.copytree(guide, copy)
    version = json.loads((modules / "fsh-sushi" / "package.json").read_text())["version"]
    with _registry(version) as address:
        env = {
            "PATH": os.environ.get("PATH", ""), "HOME": str(home), "FPL_REGISTRY": address, "npm_config_registry": address,
            "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1", "TMPDIR": str(scratch), "npm_config_update_notifier": "false",
        }  # fmt: skip
        command = [node, str(modules / "fsh-sushi" / "dist" / "app.js"), "build", str(copy), "--snapshot"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, env=env, check=False)
    report = done.stdout + done.stderr
    found = TOTAL.search(report)
    if found is None:
        raise RuntimeError(f"SUSHI gave no result:\n{report[-4000:]}")
    return Compiled(report=report, errors=int(found[1]), warnings=int(found[2]), folder=copy / "fsh-generated" / "resources")


def _packages(cache: Path, definitions: Path, us_core: Path) -> None:
    core = _package(cache, CORE)
    for name in DEFINITIONS:
        bundle = json.loads((definitions / f"{name}.json").read_text(encoding="utf-8"))
        for entry in bundle["entry"]:
            resource = entry["resource"]
            (core / f"{resource['resourceType']}-{resource['id']}.json").write_text(json.dumps(resource), encoding="utf-8")
    for label in ALONG:
        _package(cache, label)
    with tarfile.open(us_core) as package:
        package.extractall(cache / US_CORE, filter="data")


def _package(cache: Path, label: str) -> Path:
    name, _, version = label.partition("#")
    folder = cache / label / "package"
    folder.mkdir(parents=True)
    (folder / "package.json").write_text(json.dumps({"name": name, "version": version, "fhirVersions": ["4.0.1"]}), encoding="utf-8")
    return folder


@contextmanager
def _registry(sushi: str) -> Iterator[str]:
    """A registry that tells the versions of what lies here already, and has nothing to give."""
    newest = {**dict(label.split("#") for label in ALONG), "fsh-sushi": sushi}

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.strip("/")
            known = newest.get(name)
            versions = {known: {"name": name, "version": known}} if known else {}
            body = json.dumps({"name": name, "dist-tags": {"latest": known}, "versions": versions}).encode() if known else b"{}"
            self.send_response(200 if known else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is logged: what SUSHI asked for stands in its own report."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
