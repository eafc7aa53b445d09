"""Checks an auditor's file by itself: standard library only, no database and no key. The same few lines stand in docs/how-to/check-the-logs.md."""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import json
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from careloom.infra.audit import canon

MANIFEST: Final = "manifest.json"
FILES: Final = {"looks.csv": "access_log", "disclosures.csv": "access_disclosure", "changes.csv": "audit_row"}


class NotAFile(Exception):  # noqa: N818  (an answer, not a failure)
    """It is no such file, or only a part of one; the text says so."""


@dataclass(kw_only=True)
class Checked:
    """What was found: faults in words, how many rows each file has, the chain's end, and what the installation's key can confirm."""

    faults: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    head_number: int = 0
    head_hash: str = ""
    agency_id: str = ""
    since: str = ""
    until: str = ""
    signature: bytes = b""
    signed: bytes = b""

    def signed_with(self, key: bytes) -> bool:
        """Whether the manifest is signed with this installation's key."""
        return hmac.compare_digest(canon.sign(self.signed, key=key, what="file"), self.signature)


def signed_part(manifest: dict[str, Any]) -> bytes:
    """What the signature stands for: all of the manifest but itself."""
    words = {name: value for name, value in manifest.items() if name != "signature"}
    return hashlib.sha256(json.dumps(words, sort_keys=True, separators=(",", ":")).encode()).digest()


def check(path: Path) -> Checked:
    """Check hashes of files, rows against the trees, trees against the chain, and the chain's end.

    Raises:
        NotAFile: it cannot be read as such a file.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _check(archive, json.loads(archive.read(MANIFEST)))
    except OSError as error:
        raise NotAFile(f"{path} cannot be read: {error.strerror}.") from None
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, RecursionError):
        raise NotAFile(f"{path} is not an auditor's file, or only a part of one. Ask the agency for it again.") from None


def _check(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> Checked:
    head = manifest["head"]
    result = Checked(
        head_number=int(head["number"]), head_hash=str(head["hash"]), signature=bytes.fromhex(manifest["signature"]), signed=signed_part(manifest),
        agency_id=str(manifest["agency_id"]), since=str(manifest["since"]), until=str(manifest["until"]),
    )  # fmt: skip
    for name, digest in manifest["sha256"].items():
        with archive.open(name) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:  # type: ignore[arg-type]
                result.faults.append(f"{name} was changed after it was made.")
    hashed: dict[str, Counter[bytes]] = {}
    for name, table in manifest["logs"].items():
        with archive.open(name) as file:
            lines = csv.reader(io.TextIOWrapper(file, "utf-8", newline=""))
            if next(lines, None) != canon.header(table):
                result.faults.append(f"{name} does not have the columns of this form.")
            hashed[table] = Counter(canon.leaf(table, line) for line in lines)
        result.rows[name] = hashed[table].total()
    shown: dict[str, Counter[bytes]] = {table: Counter() for table in hashed}
    end = _walk(archive, bytes.fromhex(manifest["before"]), shown)
    for name, table in manifest["logs"].items():
        unsealed, left_out = (hashed[table] - shown[table]).total(), (shown[table] - hashed[table]).total()
        if unsealed:
            result.faults.append(f"{name}: {unsealed} rows are not as they were sealed.")
        if left_out:
            result.faults.append(f"{name}: {left_out} rows that belong to it were left out.")
    if end.hex() != result.head_hash:
        result.faults.append("The chain does not lead to the end that the manifest names.")
    return result


def _walk(archive: zipfile.ZipFile, before: bytes, shown: dict[str, Counter[bytes]]) -> bytes:
    end = before
    with archive.open("chain.jsonl") as file:
        for line in file:
            one = json.loads(line)
            if isinstance(one, dict):
                top = _top(one["tree"], shown[one["log"]], canon.DEPTH)
                words = [one["number"], one["form"], one["log"], one["sealed_at"], top.hex(), one["bounds"]]
                body = hashlib.sha256(json.dumps(words, separators=(",", ":")).encode()).digest()
            else:
                body = bytes.fromhex(one)
            end = canon.link(end, body)
    return end


def _top(node: Any, shown: Counter[bytes], level: int) -> bytes:
    """The hash of a tree's node; a row is shown at the bottom only."""
    if isinstance(node, list) and level:
        left, right = node
        return hashlib.sha256(b"\x01" + _top(left, shown, level - 1) + _top(right, shown, level - 1)).digest()
    if isinstance(node, dict) and level == 0:
        found = bytes.fromhex(node["row"])
        shown[found] += 1
        return found
    if not isinstance(node, str):
        raise ValueError("A tree of another depth.")
    return bytes.fromhex(node)
