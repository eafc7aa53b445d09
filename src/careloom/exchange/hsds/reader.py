"""`read_directory`: files in, one `DirectoryFacts` out, or the whole refused."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from careloom.directory.facts import DirectoryFacts, DirectoryRefused, FileProblem
from careloom.exchange.hsds.build import build
from careloom.exchange.hsds.checking import DESCRIPTOR, package_problems
from careloom.exchange.hsds.csvs import read_csvs
from careloom.exchange.hsds.jsons import read_json
from careloom.exchange.hsds.ohana import is_ohana, read_ohana
from careloom.exchange.hsds.samhsa import is_samhsa, read_samhsa
from careloom.exchange.hsds.tables import Tables

MOST_BYTES = 25 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_FILES = 200


def read_directory(*, name: str, files: dict[str, bytes], source: str) -> DirectoryFacts:
    """Read a directory from files by name: a zip of CSVs, the CSVs themselves, or one JSON document.

    `source` names who keeps the directory; with the sender's ids it makes a repeated import update in place.
    Raises `DirectoryRefused` with file and line when the structure is broken. Files over 25 MB are refused.
    """
    if sum(len(d) for d in files.values()) > MOST_BYTES:
        raise _refused(name, "The files have more than 25 MB. Send them in parts.")
    if len(files) == 1:
        only, data = next(iter(files.items()))
        if zipfile.is_zipfile(io.BytesIO(data)):
            files = _unzipped(only, data)
    tables = _tables(name, files)
    if not tables.of("organization") and not tables.of("service"):
        raise _refused(name, "There is no table of organizations or services.")
    return build(tables, source=source)


def read_path(*, path: Path, source: str) -> DirectoryFacts:
    """Read a folder, a zip or a JSON file from disk."""
    if path.is_dir():
        files = {p.name: p.read_bytes() for p in sorted(path.iterdir()) if p.suffix.lower() == ".csv" or p.name.lower() == DESCRIPTOR}
        return read_directory(name=path.name, files=files, source=source)
    return read_directory(name=path.name, files={path.name: path.read_bytes()}, source=source)


def _tables(name: str, files: dict[str, bytes]) -> Tables:
    if any(n.lower().endswith(".csv") for n in files):
        return read_ohana(files) if is_ohana(files) else _package(files)
    if len(files) != 1:
        raise _refused(name, "Send a zip of CSV files or one JSON file.")
    only, data = next(iter(files.items()))
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        what = f"The JSON is broken or cut off at line {error.lineno}, column {error.colno}."
        raise DirectoryRefused([FileProblem(file=only, line=error.lineno, what=what, blocks=True)]) from None
    except (ValueError, RecursionError):  # no text, a number of thousands of digits, or nested without end
        raise _refused(only, "The file is neither CSV, zip nor JSON text.") from None
    return read_samhsa(only, document) if is_samhsa(document) else read_json(only, document)


def _package(files: dict[str, bytes]) -> Tables:
    """Tables with or without a description of them; with one, every row is held to it."""
    described = next((name for name in files if name.rsplit("/", 1)[-1].lower() == DESCRIPTOR), None)
    tables = read_csvs({name: data for name, data in files.items() if name != described})
    if described is not None:
        tables.layout = "hsds_datapackage"
        problems = package_problems(file=described, data=files[described], tables=tables)
        if any(problem.blocks for problem in problems):
            raise DirectoryRefused(problems)
        tables.problems += problems
    return tables


def _unzipped(name: str, data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [m for m in archive.infolist() if not m.is_dir() and m.filename.lower().endswith((".csv", ".json"))]
            if len(members) > MOST_FILES or sum(m.file_size for m in members) > MOST_UNPACKED:
                raise _refused(name, "The zip unpacks to more than 200 MB or 200 files.")
            csvs = [m for m in members if m.filename.lower().endswith(".csv")]
            described = [m for m in members if m.filename.rsplit("/", 1)[-1].lower() == DESCRIPTOR]
            return {m.filename: archive.read(m) for m in [*csvs, *described[: bool(csvs)]] or members[:1]}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        raise _refused(name, "The zip cannot be opened; it may be cut off or locked.") from None


def _refused(name: str, what: str) -> DirectoryRefused:
    return DirectoryRefused([FileProblem(file=name, line=0, what=what, blocks=True)])
