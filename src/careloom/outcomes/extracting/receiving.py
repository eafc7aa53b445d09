"""Takes in the extract of another place: checked whole, then put beside our own; refused as a whole else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from careloom.infra.postgres.locks import exclusive
from careloom.outcomes.extracting import codes, shelves
from careloom.outcomes.extracting import manifest as manifests
from careloom.outcomes.extracting.manifest import Content, Manifest, NotAManifest

if TYPE_CHECKING:
    import pyarrow as pa

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_EARLIEST: Final = date(1990, 1, 1)
_MOST_TOLD: Final = 12
_MOST_BYTES: Final = 200 * 2**30


class NotReceived(ValueError):
    """The folder is not taken in; each line of the text says why. Nothing was changed."""


@dataclass(frozen=True, kw_only=True)
class Received:
    """Under which name it lies here, where, and what it says of itself."""

    name: str
    folder: Path
    manifest: Manifest


def receive(*, home: Path, folder: Path, name: str = "", realm: int, say: Callable[[str], None] = print) -> Received:
    """Check the extract in `folder` and put a copy of it beside our own, in place of the one before of the same `name`.

    Without a name it takes the folder's.

    `realm` is our own state's number: one snapshot is of one state.

    :raises NotReceived: with every reason that was found.
    """
    chosen = (name or folder.resolve().name).lower().replace("_", "-").replace(" ", "-")
    if not _NAME.fullmatch(chosen) or chosen == "own":
        raise NotReceived("Give the place a name of small letters, digits and hyphens: careloom outcomes receive FOLDER --as NAME")
    shelf = shelves.received(home, chosen)
    shelf.folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with exclusive(shelf.folder.parent / "lock", doing="receiving an extract", patience=600.0):
        new = not shelf.folder.exists()
        try:
            with shelf.draft() as draft:
                # What is checked is our copy: nobody can change it between the check and its use.
                _copy(folder, draft / shelves.EXTRACT)
                made = _checked(draft / shelves.EXTRACT, realm=realm, say=say)
        except BaseException:
            if new:
                shutil.rmtree(shelf.folder, ignore_errors=True)
            raise
    current = shelf.current()
    assert current is not None
    return Received(name=chosen, folder=current / shelves.EXTRACT, manifest=made)


def _copy(source: Path, to: Path) -> None:
    from careloom.outcomes.measures.layout import TABLES

    if not source.is_dir():
        raise NotReceived(f"There is no folder {source}. Name the folder of an extract.")
    expected = {manifests.FILE, *TABLES, *(f"{name}.parquet" for name in TABLES)}
    strange = sorted(path.name for path in source.iterdir() if path.name not in expected)
    links = [path for path in source.rglob("*") if path.is_symlink()]
    odd = [
        path for name in TABLES if (source / name).is_dir() for path in (source / name).iterdir() if not path.is_file() or path.suffix != ".parquet"
    ]
    if strange or links or odd:
        raise NotReceived("The folder holds files that belong to no extract. Send the extract's own folder, with nothing else in it.")
    files = [path for path in source.rglob("*") if path.is_file()]
    if sum(path.stat().st_size for path in files) > _MOST_BYTES:
        raise NotReceived("The extract is larger than 200 GB. Ask for one of fewer years.")
    shutil.copytree(source, to)


def _checked(folder: Path, *, realm: int, say: Callable[[str], None]) -> Manifest:
    from careloom.outcomes.measures.layout import TABLES

    try:
        made = manifests.read(folder)
    except NotAManifest as problem:
        raise NotReceived(str(problem)) from None
    problems: list[str] = []
    if made.realm != realm:
        problems.append(f"The extract is of state {made.realm}; ours is {realm}. One snapshot is of one state.")
    for name in TABLES:
        found = list(_faults_of(folder, name, made))
        problems += found
        say(f"{name}: {'not in order' if found else 'in order'}")
        if len(problems) >= _MOST_TOLD:
            break
    if problems:
        raise NotReceived("\n".join(problems[:_MOST_TOLD]))
    return made


def _faults_of(folder: Path, name: str, made: Manifest) -> Iterator[str]:
    """What is wrong with one table: that it is there, is what the manifest says, has our columns and holds codes, numbers and days only."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from careloom.outcomes.measures.layout import schema_of

    files = dict(manifests.files_of(folder, name))
    told = made.tables.get(name)
    if not files or told is None:
        yield f"{name}: the table or its line in the manifest is missing."
        return
    if not _as_told(files, told):
        yield f"{name}: the files are not those that the manifest names (their hashes differ). Ask for the extract again."
        return
    schema = schema_of(name)
    tables = []
    for path in files.values():
        try:
            file = pq.ParquetFile(path)
            table, beside = file.read(), set(file.metadata.metadata or {}) - {b"ARROW:schema"}
        except (pa.ArrowInvalid, OSError):
            yield f"{name}: a file is no Parquet file."
            return
        if {field.name: field.type for field in table.schema} != {field.name: field.type for field in schema}:
            yield f"{name}: the columns are not those of this release, which are {', '.join(schema.names)}."
            return
        if beside or table.schema.metadata:
            yield f"{name}: a file carries words beside its rows. Write it with the columns alone."
            return
        tables.append(table.select(schema.names))
    rows = pa.concat_tables(tables)
    if rows.num_rows != told.rows:
        yield f"{name}: the manifest names {told.rows} rows and there are {rows.num_rows}."
    yield from codes.faults(name, rows)
    yield from _numbers(name, rows, made)


def _as_told(files: dict[str, Path], told: Content) -> bool:
    if "" in files:
        return not told.parts and manifests.hash_of(files[""]) == told.sha256
    parts = {part: manifests.Part(rows=told.parts[part].rows, sha256=manifests.hash_of(path)) for part, path in files.items() if part in told.parts}
    return set(files) == set(told.parts) and manifests.whole(parts).sha256 == told.sha256


def _numbers(name: str, rows: pa.Table, made: Manifest) -> Iterator[str]:
    """Keys are there, one state, days that can be."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not rows.num_rows:
        return
    if rows["subject"].null_count or rows["realm"].null_count or pc.min(rows["subject"]).as_py() < 0:
        yield f"{name}: a row has no number for whom it is about."
    if pc.unique(rows["realm"]).to_pylist() != [made.realm]:
        yield f"{name}: the rows are not all of state {made.realm}."
    latest = made.data_until + timedelta(days=366)
    for field in rows.schema:
        if not pa.types.is_date32(field.type) or rows[field.name].null_count == rows.num_rows:
            continue
        low, high = pc.min(rows[field.name]).as_py(), pc.max(rows[field.name]).as_py()
        if low < _EARLIEST or high > latest:
            yield f"{name}.{field.name} has days before {_EARLIEST.year} or long after the data ends."
