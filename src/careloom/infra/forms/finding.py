"""Finds the forms of a pack: in `packs/<name>/forms`, in the packs that it extends, and among those that this place brought in itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from careloom.infra.forms.definitions import SHIPPED, Definition
from careloom.infra.forms.reading import read
from careloom.infra.packs import packs_folder
from careloom.infra.packs.strict_yaml import read_yaml
from careloom.kernel.packs import Problem

FOLDER = "forms"


class FormNotFound(LookupError):
    """No form of this address is in use on that day, or not in this version."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a folder holds: the forms that can be asked, and what is wrong with the others."""

    forms: tuple[Definition, ...]
    problems: tuple[Problem, ...]


def definition(*, pack: str, url: str, on: date | None = None, version: str = "", of: str = "") -> Definition:
    """One form: the version named, or the newest that is in use on a day. Raises FormNotFound.

    A named version is found whether or not it is still in use: what was answered once stays readable. `of` names who brought in forms of its own.
    """
    versions = [form for form in found(pack=pack, of=of).forms if form.url == url]
    if version:
        versions = [form for form in versions if form.version == version]
    elif on is not None:
        versions = [form for form in versions if form.holds(on=on)]
    if not versions:
        raise FormNotFound(f"There is no form {url} {version} in the pack {pack}. See docs/how-to/forms.md.")
    return max(versions, key=_age)


def definitions(*, pack: str, on: date, of: str = "") -> tuple[Definition, ...]:
    """The forms in use on a day, one version each, by title."""
    newest: dict[str, Definition] = {}
    for form in sorted((f for f in found(pack=pack, of=of).forms if f.holds(on=on)), key=_age):
        newest[form.url] = form
    return tuple(sorted(newest.values(), key=lambda form: form.title.plain))


def found(*, pack: str, of: str = "") -> Found:
    """All versions of all forms of a pack, and of one who brought in forms of its own; read again only when a file was added or taken away."""
    return _found(pack, of, _stamp(pack, of))


def own_folder(*, pack: str, of: str = "") -> Path | None:
    """Where this place keeps the forms that it brought in itself: in the data folder, never in the packs that ship.

    A licence belongs to whoever it was given to: what one agency brought in (`of`, its id) is no other's to use.
    """
    from django.conf import settings

    home = getattr(settings, "CARELOOM_HOME", None)
    folder = None if home is None else Path(home) / "packs" / pack / FOLDER
    return folder / f"of-{of}" if folder is not None and of else folder


def may_be_used(form: Definition, *, shipped: bool) -> str:
    """Why a form may not be used as it came, or nothing. Source: safety-and-screening.md 3.4.

    INVARIANT: wording under a licence never ships. A form that only keeps a result holds no such wording.
    """
    if form.licence in SHIPPED or form.score_only:
        return ""
    if shipped:
        return f"Its licence is {form.licence}, so it may not ship."
    return "" if form.licence_note else f"Its licence is {form.licence} and nobody says who allowed its use."


def _age(form: Definition) -> tuple[date, tuple[tuple[int, str], ...]]:
    """By first day, then by version, where 1.10 comes after 1.9."""
    parts = tuple((int(part), "") if part.isdecimal() else (0, part) for part in form.version.split("."))
    return form.effective_from or date.min, parts


def _folders(pack: str, of: str) -> Iterator[tuple[Path, bool]]:
    """The folders of a pack and of those that it extends, the farthest first, and whether each ships."""
    chain: list[str] = []
    name: str | None = pack
    while name and name not in chain:
        chain.append(name)
        name = _extends(name)
    for each in reversed(chain):
        yield packs_folder() / each / FOLDER, True
        for own in (own_folder(pack=each), own_folder(pack=each, of=of) if of else None):
            if own is not None:
                yield own, False


@lru_cache(maxsize=32)
def _extends(pack: str) -> str | None:
    path = packs_folder() / pack / "manifest.yaml"
    data = read_yaml(path.read_text(encoding="utf-8")) if path.is_file() else {}
    parent = data.get("extends") if isinstance(data, dict) else None
    return str(parent) if parent else None


def _stamp(pack: str, of: str) -> tuple[tuple[str, int], ...]:
    return tuple((str(folder), folder.stat().st_mtime_ns) for folder, _ in _folders(pack, of) if folder.is_dir())


@lru_cache(maxsize=64)
def _found(pack: str, of: str, stamp: tuple[tuple[str, int], ...]) -> Found:
    forms: dict[tuple[str, str], Definition] = {}
    problems: list[Problem] = []
    for folder, shipped in _folders(pack, of):
        for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
            form, wrong = read(text=path.read_text(encoding="utf-8", errors="replace"), file=path.name)
            problems += wrong
            if form is None:
                continue
            why = may_be_used(form, shipped=shipped)
            if why:
                problems.append(Problem(file=path.name, where="licence", what=why, fix="See docs/how-to/forms.md."))
            else:
                forms[(form.url, form.version)] = form
    return Found(forms=tuple(forms.values()), problems=tuple(problems))
