"""What this release is made of: what is new in it, and the licences of what it stands on (DESIGN section 8, "Licence"; features A16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import PackageMetadata, distributions
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("releases.yaml")
AUDIENCES = ("everybody", "workers", "partnership", "operators")
LONG = 60  # a licence field longer than that is the text of the licence


@dataclass(frozen=True, kw_only=True)
class New:
    """One thing that is new, and who notices it (one of `AUDIENCES`)."""

    audience: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Release:
    """One release with what is new in it."""

    version: str
    on: date
    new: tuple[New, ...]


@dataclass(frozen=True, kw_only=True, order=True)
class Notice:
    """A package that Careloom stands on, its version and its licence as its makers name it."""

    name: str
    version: str
    licence: str


@cache
def releases() -> tuple[Release, ...]:
    """Every release, the newest first. Raises ValueError for an audience that is not known."""
    found = []
    for row in yaml.safe_load(FILE.read_text(encoding="utf-8")):
        new = tuple(New(audience=one["for"], words=one["words"]) for one in row["new"])
        strange = {one.audience for one in new} - set(AUDIENCES)
        if strange:
            raise ValueError(f"{FILE.name}, {row['version']}: nobody is {', '.join(sorted(strange))}. There are: {', '.join(AUDIENCES)}.")
        found.append(Release(version=row["version"], on=row["day"], new=new))
    return tuple(found)


@cache
def notices() -> tuple[Notice, ...]:
    """What is installed beside Careloom, by name."""
    found = {}
    for one in distributions():
        name = one.metadata["Name"]
        if name and name.lower() != "careloom":
            found[name.lower()] = Notice(name=name, version=one.version, licence=_licence(one.metadata))
    return tuple(sorted(found.values(), key=lambda one: one.name.lower()))


def _licence(told: PackageMetadata) -> str:
    """As SPDX says it, else by the classifiers, else by the old field when that is a name; "" where the package does not say."""
    if told.get("License-Expression"):
        return str(told["License-Expression"])
    named = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or [] if line.startswith("License ::")]
    if named:
        return ", ".join(dict.fromkeys(named))
    old = str(told.get("License") or "").strip()
    return old if 0 < len(old) <= LONG and "\n" not in old else ""
