"""Reads and writes .po files and writes .mo files: only what our catalogs need (plurals and contexts, no obsolete entries)."""

from __future__ import annotations

import ast
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

HEADER = (
    "Project-Id-Version: careloom\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
    "Language: es\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
)


class CatalogError(ValueError):
    """A line of a .po file that cannot be read, with its number."""


@dataclass(frozen=True, kw_only=True, order=True)
class Key:
    """What makes two strings the same: context, text, and the plural text where there is one."""

    context: str = ""
    text: str = ""
    plural: str = ""


@dataclass(kw_only=True)
class Entry:
    """A string with its translations (one, or one for each plural form) and where it is used."""

    key: Key
    forms: list[str] = field(default_factory=list)
    places: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether every form is translated."""
        wanted = 2 if self.key.plural else 1
        return len(self.forms) == wanted and all(self.forms)


def read(path: Path) -> dict[Key, Entry]:
    """The entries of a .po file by key, without its header.

    Raises:
        CatalogError: a line is not understood.
    """
    entries: dict[Key, Entry] = {}
    for fields in _blocks(path):
        key = Key(context=fields.get("msgctxt", ""), text=fields.get("msgid", ""), plural=fields.get("msgid_plural", ""))
        forms = [fields["msgstr"]] if "msgstr" in fields else [fields.get("msgstr[0]", ""), fields.get("msgstr[1]", "")]
        if key.text:
            entries[key] = Entry(key=key, forms=forms)
    return entries


def _blocks(path: Path) -> Iterable[dict[str, str]]:
    fields: dict[str, str] = {}
    name = ""
    for number, raw in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], start=1):
        line = raw.strip()
        if not line:
            if fields:
                yield fields
            fields, name = {}, ""
        elif line.startswith('"'):
            fields[name] += _text(line, number)
        elif not line.startswith("#"):
            name, _, rest = line.partition(" ")
            fields[name] = _text(rest, number)


def _text(quoted: str, number: int) -> str:
    try:
        value = ast.literal_eval(quoted)
    except (SyntaxError, ValueError):
        raise CatalogError(f"Line {number} of the catalog is not a quoted text.") from None
    return str(value)


def write(path: Path, entries: Iterable[Entry]) -> None:
    """Write a .po file, in the order of the keys, so that two people's additions seldom meet."""
    blocks = [f'msgid ""\nmsgstr ""\n{_lines(HEADER)}']
    blocks += [_block(entry) for entry in sorted(entries, key=lambda e: e.key)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def _block(entry: Entry) -> str:
    key = entry.key
    lines = [f"#: {place}" for place in entry.places]
    lines += [f"msgctxt {_quoted(key.context)}"] if key.context else []
    lines += [f"msgid {_quoted(key.text)}"]
    if not key.plural:
        return "\n".join([*lines, f"msgstr {_quoted(entry.forms[0] if entry.forms else '')}"])
    forms = [*entry.forms, "", ""][:2]
    return "\n".join([*lines, f"msgid_plural {_quoted(key.plural)}", *(f"msgstr[{n}] {_quoted(form)}" for n, form in enumerate(forms))])


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def _lines(text: str) -> str:
    return "\n".join(_quoted(line + "\n") for line in text.splitlines())


def compiled(entries: Iterable[Entry]) -> bytes:
    """The .mo file of the complete entries; the same entries always give the same bytes. Source: GNU gettext manual, MO file format."""
    pairs = [(b"", HEADER.encode())] + [_pair(entry) for entry in entries if entry.is_complete]
    pairs.sort()
    start = 28 + 16 * len(pairs)
    originals, translations, body = [], [], b""
    for column, table in ((0, originals), (1, translations)):
        for pair in pairs:
            table += [len(pair[column]), start + len(body)]
            body += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + struct.pack(f"<{4 * len(pairs)}I", *originals, *translations) + body


def _pair(entry: Entry) -> tuple[bytes, bytes]:
    key = entry.key
    text = f"{key.context}\x04{key.text}" if key.context else key.text
    return (f"{text}\0{key.plural}" if key.plural else text).encode(), "\0".join(entry.forms).encode()
