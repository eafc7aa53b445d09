"""Finds packs on disk, follows `extends`, and lets the kernel read and check them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import yaml

from careloom.infra.packs.fingerprints import drop_lapsed
from careloom.infra.packs.strict_yaml import read_yaml
from careloom.kernel.packs import DOCUMENTS, Pack, ParsedPack, Problem, merge_documents, parse_pack

BUNDLED = Path(__file__).resolve().parent / "data"
CHECKOUT = Path(__file__).resolve().parents[4] / "packs"


class PackNotFound(LookupError):
    """There is no pack of this name."""


class PackNotUsable(ValueError):
    """A pack has errors; `problems` lists them."""

    def __init__(self, *, name: str, problems: Iterable[Problem]) -> None:
        """Say which pack and every problem in it."""
        self.problems = tuple(problems)
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"The pack {name} cannot be used. Correct this and try again:\n{lines}")


def packs_folder() -> Path:
    """Return the folder of packs: beside the source in a checkout, inside the package when installed."""
    return CHECKOUT if CHECKOUT.is_dir() else BUNDLED


def list_packs(*, folder: Path | None = None) -> tuple[str, ...]:
    """Return the names of the packs in a folder, in order."""
    home = folder or packs_folder()
    return tuple(sorted(path.parent.name for path in home.glob("*/manifest.yaml")))


def load_pack(*, name: str, folder: Path | None = None) -> Pack:
    """Return a checked pack, read once per process.

    Raises PackNotFound for a name that is not there and PackNotUsable for one with errors.
    """
    return _load(name, folder or packs_folder())


def current_pack() -> Pack:
    """Return the pack that the settings name (CARELOOM_PACK)."""
    from django.conf import settings

    return load_pack(name=settings.CARELOOM_PACK)


def validate_pack(*, path: Path) -> tuple[Problem, ...]:
    """Return every problem and warning of the pack in a folder (`careloom pack check`)."""
    folder = path.resolve()
    return _read(folder.name, folder.parent).problems


@lru_cache(maxsize=32)
def _load(name: str, folder: Path) -> Pack:
    if name not in list_packs(folder=folder):
        known = ", ".join(list_packs(folder=folder)) or "none"
        raise PackNotFound(f"There is no pack named {name}. Packs here: {known}. Set CARELOOM_PACK to one of them.")
    parsed = _read(name, folder)
    if parsed.pack is None:
        raise PackNotUsable(name=name, problems=parsed.problems)
    return parsed.pack


def _read(name: str, folder: Path) -> ParsedPack:
    problems: list[Problem] = []
    documents = _chain(name, folder, problems, seen=())
    if problems:
        return ParsedPack(pack=None, problems=tuple(problems))
    return drop_lapsed(parse_pack(documents=documents))


def _chain(name: str, folder: Path, problems: list[Problem], *, seen: tuple[str, ...]) -> dict[str, dict[str, object]]:
    """Read a pack and, under it, the packs that it extends: from its own folder, else from those that ship."""
    own = _documents(folder / name, problems)
    parent = own.get("manifest", {}).get("extends")
    if parent is None:
        return own
    home = next((home for home in (folder, packs_folder()) if (home / str(parent) / "manifest.yaml").is_file()), None)
    if home is None or parent in (*seen, name):
        known = sorted({*list_packs(folder=folder), *list_packs()} - {name, *seen})
        problems.append(
            Problem(
                file="manifest.yaml",
                where="manifest.extends",
                what=f"{parent} is not a pack that this one can extend.",
                fix=f"Use one of {', '.join(known)}, or leave it out.",
            )
        )
        return own
    return merge_documents(base=_chain(str(parent), home, problems, seen=(*seen, name)), child=own)


def _documents(path: Path, problems: list[Problem]) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for file in sorted(path.glob("*.yaml")):
        try:
            data = read_yaml(file.read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            problems.append(_unreadable(file, error))
            continue
        if not isinstance(data, dict):
            problems.append(_unreadable(file, "the file holds no keys"))
            continue
        found[file.stem] = data
    if "manifest" not in found and not problems:
        problems.append(
            Problem(file="manifest.yaml", where="file", what="The manifest is missing.", fix=f"Write one. A pack has: {', '.join(DOCUMENTS)}.")
        )
    return found


def _unreadable(file: Path, error: object) -> Problem:
    line = " ".join(str(error).split())
    return Problem(file=file.name, where="file", what=f"It cannot be read: {line}.", fix="Correct the YAML at that line.")
