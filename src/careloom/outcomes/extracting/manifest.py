"""What an extract says of itself: its tables with rows and hashes, how far the data reaches, and which code made it.

A table is one Parquet file, or a folder of parts. The hash of a folder is that of its parts' names and hashes in order, so that each part can be
compared by itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

FORMAT: Final = 1
FILE: Final = "manifest.json"
# Days, counties and sites are in it, and no name, no text and no id: a limited data set, which goes to others under an agreement on its use only.
STANDARD: Final = "45 CFR 164.514(e): days and counties, no direct identifier"


class NotAManifest(ValueError):
    """The file is no manifest of an extract; the text says what is wrong."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One Parquet file: its rows and its SHA-256."""

    rows: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Content:
    """One table: all its rows, its hash, and its parts by name where it is a folder."""

    rows: int
    sha256: str
    parts: dict[str, Part] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What stands in `manifest.json`. `realm` is the state's FIPS number; `data_until` the last day that the data knows.

    `data_from` is the first day from which it knows everything, where it does not reach back as far as its oldest row.
    """

    realm: int
    made_at: datetime
    data_until: date
    code_version: str
    tables: dict[str, Content]
    place: str = ""
    synthetic: bool = False
    data_from: date | None = None


def code_version() -> str:
    """A hash of the code that takes the extract, with the functions of the database that give it: two that agree give the same rows."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for path in sorted([*(package / "extracting").glob("*.py"), *(package / "migrations").glob("*_extract*.py")]):
        digest.update(path.name.encode() + path.read_bytes())
    return f"extract {digest.hexdigest()[:16]}"


def whole(parts: dict[str, Part]) -> Content:
    """A folder of parts as one table."""
    text = "".join(f"{name} {parts[name].sha256}\n" for name in sorted(parts))
    return Content(rows=sum(part.rows for part in parts.values()), sha256=hashlib.sha256(text.encode()).hexdigest(), parts=parts)


def hash_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_of(folder: Path, table: str) -> Iterator[tuple[str, Path]]:
    """The files of a table: one named "", or its parts by name. Nothing where there is no such table."""
    one = folder / f"{table}.parquet"
    if one.is_file():
        yield "", one
    elif (folder / table).is_dir():
        yield from ((path.stem, path) for path in sorted((folder / table).glob("*.parquet")))


def write(folder: Path, manifest: Manifest) -> None:
    """Write `manifest.json` into `folder`."""
    tables = {
        name: {"rows": one.rows, "sha256": one.sha256, "parts": {part: vars(fact) for part, fact in sorted(one.parts.items())}}
        for name, one in sorted(manifest.tables.items())
    }
    told: dict[str, Any] = {
        "format": FORMAT, "standard": STANDARD, "realm": manifest.realm, "place": manifest.place, "made_at": manifest.made_at.isoformat(),
        "data_until": manifest.data_until.isoformat(), "code_version": manifest.code_version, "synthetic": manifest.synthetic, "tables": tables,
    }  # fmt: skip
    if manifest.data_from is not None:
        told["data_from"] = manifest.data_from.isoformat()
    (folder / FILE).write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """Read `manifest.json` of `folder`.

    :raises NotAManifest: there is none, it is of another format, or something that it must say is missing.
    """
    try:
        raw: dict[str, Any] = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if raw["format"] != FORMAT:
            raise NotAManifest(f"The extract is of format {raw['format']!r}; this release reads format {FORMAT}. Ask for one from the same release.")
        tables = {
            str(name): Content(
                rows=int(one["rows"]), sha256=str(one["sha256"]),
                parts={str(part): Part(rows=int(fact["rows"]), sha256=str(fact["sha256"])) for part, fact in one.get("parts", {}).items()},
            )
            for name, one in raw["tables"].items()
        }  # fmt: skip
        return Manifest(
            realm=int(raw["realm"]), made_at=datetime.fromisoformat(raw["made_at"]), data_until=date.fromisoformat(raw["data_until"]),
            code_version=str(raw["code_version"]), tables=tables, place=str(raw.get("place", "")), synthetic=bool(raw.get("synthetic", False)),
            data_from=date.fromisoformat(raw["data_from"]) if raw.get("data_from") else None,
        )  # fmt: skip
    except FileNotFoundError:
        raise NotAManifest("There is no manifest.json in the folder. Name the folder of an extract.") from None
    except NotAManifest:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as problem:
        raise NotAManifest(f"manifest.json cannot be read as that of an extract ({type(problem).__name__}). Ask for the extract again.") from None
