"""The form on disk: lines, papers, the manifest and what it says of labels and of what stayed. Pure but for reading and writing files."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from careloom.kernel.disclosure.vocabulary import Category, Subject
from careloom.kernel.labels import Fact, Kind, fhir_codings, label

FORMAT: Final = "careloom-agency"
VERSION: Final = 1
MANIFEST, NOTICE = "manifest.json", "NOTICE.txt"
_ENDINGS: Final = ((b"%PDF-", "pdf"), (b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"PK\x03\x04", "docx"))
_TABLE: Final = re.compile(r"[a-z][a-z0-9_]{2,62}")


class LeaveProblem(Exception):
    """An export or import cannot go on; the text is a sentence with the next step and names nobody."""

    tells_next_step = True


def line(row: dict[str, Any]) -> bytes:
    """One row as one line, always written in the same way: two rows are the same when their lines are."""
    return json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def digest(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def lines_of(table: str) -> str:
    """The name of the file with the rows of a kind."""
    return f"rows/{table}.jsonl"


def paper_name(table: str, row_id: str, column: str, content: bytes) -> str:
    """Where a paper lies in the folder, with the ending that its content tells."""
    ending = next((name for start, name in _ENDINGS if content.startswith(start)), "bin")
    return f"papers/{table}/{row_id}-{column}.{ending}"


def is_table(name: object) -> bool:
    """Whether this may be the name of a kind, so that no file outside the folder is ever opened by it."""
    return isinstance(name, str) and bool(_TABLE.fullmatch(name))


def labels(categories: Iterable[str]) -> dict[str, list[dict[str, object]]]:
    """The security labels of each category as FHIR codings; those of Part 2 carry the mark with the notice (42 CFR 2.32)."""
    facts = {word: Fact(kind=Kind.CONDITION, subject=Subject.MOTHER, category=Category(word)) for word in sorted(set(categories))}
    return {word: fhir_codings(label(fact)) for word, fact in facts.items()}


def write(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads, and its folders."""
    for folder in reversed([parent for parent in path.parents if not parent.exists()]):
        folder.mkdir(mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of an export, checked against its files. Raises :class:`LeaveProblem` before any row is read."""
    try:
        manifest: Any = json.loads((folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        raise LeaveProblem(f"There is no {MANIFEST} in {folder}. Name the folder that careloom agency export wrote.") from None
    except (ValueError, UnicodeDecodeError):
        raise LeaveProblem(f"{MANIFEST} cannot be read. Copy the folder again from where it was made.") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise LeaveProblem(f"This folder is not an agency's export ({FORMAT}).")
    if manifest.get("version") != VERSION:
        raise LeaveProblem(
            f"The export has version {manifest.get('version')!s:.20} of the form, and this release reads {VERSION}. Use the release that made it."
        )
    kinds = manifest.get("kinds")
    if not isinstance(kinds, dict) or not all(is_table(name) and isinstance(told, dict) for name, told in kinds.items()):
        raise LeaveProblem(f"{MANIFEST} lists no kinds. Copy the folder again from where it was made.")
    for name, told in kinds.items():
        path = folder / lines_of(name)
        if path.is_symlink() or not path.is_file():
            raise LeaveProblem(f"{lines_of(name)} is missing. Copy the folder again from where it was made.")
        if digest_of(path) != told.get("sha256"):
            raise LeaveProblem(f"{lines_of(name)} is not as it was written: it was changed or cut off. Copy the folder again from where it was made.")
    return manifest
