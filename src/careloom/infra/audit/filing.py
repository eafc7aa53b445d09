"""Writes an agency's part of the logs, for a period, as a file that an auditor can check without this system.

A zip of three CSV files (looks, disclosures, changes), the names behind workers' and agencies' ids, the chain of seals from the first block that
holds one of these rows to the newest, and a signed manifest. Of other agencies' rows it shows hashes that tell neither what nor how many.
Families stand in it by mark and salted digest, as on the page. Authority: 45 CFR 164.312(b), 164.528; 42 CFR 2.25; R-206.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from careloom.infra.access import System, Viewer, acting_as, system
from careloom.infra.audit import canon
from careloom.infra.audit.checking import FILES, MANIFEST, signed_part
from careloom.infra.audit.heads import Heads

_BLOCKS_AT_ONCE: Final = 10
_LINKS_AT_ONCE: Final = 2_000
_PEOPLE: Final = ("worker_id",)
_AGENCIES: Final = ("agency_id", "holder_id", "recipient_id")
Names = Callable[[set[UUID], set[UUID]], Iterable[tuple[str, UUID, str]]]

README = """How to check this file without the system that made it: run the few lines of docs/how-to/check-the-logs.md (Python alone, no network).
Each line of a CSV file is hashed; the hashes stand in the trees of chain.jsonl; the trees' tops make the chain; its end is in manifest.json.
Compare that end with what the agency's installation prints (careloom doctor) and with the files of earlier months.
A family is shown by the first eight signs of its number and a digest that tells the same family only within one line.
"""


@dataclass(kw_only=True)
class _Written:
    """What has gone into the zip so far."""

    digests: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    own: dict[int, list[int]] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    agencies: set[str] = field(default_factory=set)


class _Sink:
    """What the zip writes into; taken out piece by piece, so that no file is ever whole in memory."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def write(*, viewer: Viewer, agency: str, since: datetime, until: datetime, at: datetime, names: Names) -> Iterator[bytes]:
    """The zip in pieces: what `viewer`'s agency may read of the logs from `since` to before `until`, as far as it is sealed.

    Each page is read in a transaction of its own in the viewer's scope, so row security answers here as on every page; nobody is in scope
    between two pieces. `names` gives (kind, id, name) for workers' and agencies' ids.
    """
    sink, done = _Sink(), _Written()
    head = _head()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, table in FILES.items():
            lines = _rows(table, viewer=viewer, since=since, until=until, head=head[0], done=done)
            for _ in _entry(archive, name, _csv(canon.header(table), lines), done=done, at=at):
                yield sink.taken()
        found = sorted(names(_ids(done.people), _ids(done.agencies)), key=str)
        for _ in _entry(archive, "names.csv", _csv(["kind", "id", "name"], [[[k, str(i), _plain(n)] for k, i, n in found]]), done=done, at=at):
            yield sink.taken()
        before = _before(min(done.own, default=head[0] + 1))
        for _ in _entry(archive, "chain.jsonl", _chain(done.own, head=head[0]), done=done, at=at):
            yield sink.taken()
        for _ in _entry(archive, "README.txt", iter([README.encode()]), done=done, at=at):
            yield sink.taken()
        manifest: dict[str, Any] = {
            "form": canon.FORM, "agency": agency, "agency_id": str(viewer.holder_id), "since": since.isoformat(), "until": until.isoformat(),
            "made_at": canon.instant(at), "before": before, "head": {"number": head[0], "hash": head[1]}, "logs": FILES, "rows": done.rows,
            "sha256": done.digests,
        }  # fmt: skip
        manifest["signature"] = canon.sign(signed_part(manifest), key=Heads(home=settings.CARELOOM_HOME).key(), what="file").hex()
        for _ in _entry(archive, MANIFEST, iter([json.dumps(manifest, indent=1).encode()]), done=done, at=at):
            yield sink.taken()
    yield sink.taken()


def _entry(archive: zipfile.ZipFile, name: str, pieces: Iterator[bytes], *, done: _Written, at: datetime) -> Iterator[int]:
    digest = hashlib.sha256()
    about = zipfile.ZipInfo(name, date_time=at.timetuple()[:6])
    about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    with archive.open(about, "w", force_zip64=True) as file:
        for piece in pieces:
            digest.update(piece)
            file.write(piece)
            yield len(piece)
    done.digests[name] = digest.hexdigest()


def _csv(head: list[str], pages: Iterable[list[list[str]]]) -> Iterator[bytes]:
    yield _lines([head])
    for page in pages:
        yield _lines(page)


def _lines(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _rows(table: str, *, viewer: Viewer, since: datetime, until: datetime, head: int, done: _Written) -> Iterator[list[list[str]]]:
    header, last = canon.header(table), 0
    count = 0
    words = f"{canon.BLOCKS} WHERE log = %s AND number > %s AND number <= %s AND last_at >= %s AND first_at < %s ORDER BY number LIMIT %s"
    when = canon.WHEN[table]
    rows_words = f"{canon.select(table)} WHERE t.entry_no > %s AND t.entry_no <= %s AND t.{when} >= %s AND t.{when} < %s ORDER BY t.entry_no"
    while True:
        blocks = [canon.block_of(row)[0] for row in _asked(system(System.SEAL), words, table, last, head, since, until, _BLOCKS_AT_ONCE)]
        if not blocks:
            break
        last = blocks[-1].number
        page: list[list[str]] = []
        found = _asked(viewer, rows_words, blocks[0].after, blocks[-1].through, since, until)
        for block in blocks:
            mine = {row[0] for row in found if block.after < row[0] <= block.through}
            if mine:
                done.own[block.number] = [index for index, (entry, _) in enumerate(block.rows()) if entry in mine]
        for row in found:
            values = list(row[1:])
            page.append(values)
            told = dict(zip(header, values, strict=True))
            done.people.update(told[name] for name in _PEOPLE if told.get(name))
            done.agencies.update(told[name] for name in _AGENCIES if told.get(name))
        count += len(page)
        if page:
            yield page
    done.rows[table] = count


def _chain(own: dict[int, list[int]], *, head: int) -> Iterator[bytes]:
    """Each block from the first with a row of ours: ours with its tree, the others by the hash of their body."""
    number = min(own, default=head + 1) - 1
    while number < head:
        words = "SELECT number, body FROM audit_seal WHERE number > %s AND number <= %s ORDER BY number LIMIT %s"
        links = _asked(system(System.SEAL), words, number, head, _LINKS_AT_ONCE)
        if not links:
            return
        number = links[-1][0]
        for start in range(0, len(links), _BLOCKS_AT_ONCE):
            some = links[start : start + _BLOCKS_AT_ONCE]
            trees = _trees([one for one, _ in some if one in own], own)
            yield "".join(f"{json.dumps(trees.get(one, bytes(body).hex()))}\n" for one, body in some).encode()


def _trees(numbers: list[int], own: dict[int, list[int]]) -> dict[int, Any]:
    if not numbers:
        return {}
    found = {}
    for row in _asked(system(System.SEAL), f"{canon.BLOCKS} WHERE number = ANY (%s)", numbers):
        block, _ = canon.block_of(row)
        tree = canon.shown(block.tree(), own=own[block.number], salt=block.salt)
        words = {"number": block.number, "form": block.form, "log": block.table, "sealed_at": block.sealed_at, "bounds": block.bounds().hex()}
        found[block.number] = words | {"tree": tree}
    return found


def _head() -> tuple[int, str]:
    found = _asked(system(System.SEAL), "SELECT number, encode(hash, 'hex') FROM audit_seal ORDER BY number DESC LIMIT 1")
    return found[0] if found else (0, canon.START.hex())


def _before(number: int) -> str:
    found = _asked(system(System.SEAL), "SELECT encode(hash, 'hex') FROM audit_seal WHERE number = %s", number - 1)
    return str(found[0][0]) if found else canon.START.hex()


def _asked(viewer: Viewer, words: str, *parameters: object) -> list[tuple[Any, ...]]:
    with transaction.atomic(), acting_as(viewer), connection.cursor() as cursor:
        cursor.execute(words, parameters)
        return list(cursor.fetchall())


def _ids(found: set[str]) -> set[UUID]:
    return {UUID(one) for one in found}


def _plain(words: str) -> str:
    """A name that a spreadsheet does not take for a formula."""
    return f"'{words}" if words[:1] in "=+-@\t\r" and words else words
