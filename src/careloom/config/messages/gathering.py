"""Finds every translatable string of the product: in Python by its syntax tree, in templates by Django's own reading of them."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from django.utils.translation.template import templatize

from careloom.config.messages.catalog import Key

PACKAGE = Path(__file__).resolve().parents[2]
SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
_CALL = re.compile(r"\b(gettext|ngettext|pgettext|npgettext|_)\(")


def gather(package: Path = PACKAGE) -> dict[Key, tuple[str, ...]]:
    """Every string with the files that use it, relative to the package."""
    found: dict[Key, list[str]] = defaultdict(list)
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.html")]):
        place = path.relative_to(package).as_posix()
        if "/migrations/" in place or place.startswith("config/messages/"):
            continue
        for key in dict.fromkeys(_in_python(path) if path.suffix == ".py" else _in_template(path)):
            found[key].append(place)
    return {key: tuple(places) for key, places in found.items()}


def _in_python(path: Path) -> Iterator[Key]:
    text = path.read_text(encoding="utf-8")
    if "gettext" in text:
        tree = ast.parse(text)
        yield from _calls(tree, called=_called(tree))


def _called(tree: ast.Module) -> dict[str, str]:
    """Under which other names a module calls gettext, such as ``gettext_lazy as later``."""
    brought = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation")
    return {name.asname: name.name for node in brought for name in node.names if name.asname}


def _calls(tree: ast.AST, called: Mapping[str, str] = MappingProxyType({})) -> Iterator[Key]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            key = _key(called.get(node.func.id, node.func.id), node.args)
            if key is not None:
                yield key


def _key(name: str, args: list[ast.expr]) -> Key | None:
    words = [arg.value for arg in args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if name in SINGLE and len(words) >= 1:
        return Key(text=words[0])
    if name in PLURAL and len(words) >= 2:
        return Key(text=words[0], plural=words[1])
    if name in CONTEXT and len(words) >= 2:
        return Key(context=words[0], text=words[1])
    if name == "npgettext" and len(words) >= 3:
        return Key(context=words[0], text=words[1], plural=words[2])
    return None


def _in_template(path: Path) -> Iterator[Key]:
    """Templates become the calls that xgettext would read; each call is cut out and read as Python."""
    source = templatize(path.read_text(encoding="utf-8"), origin=path.name)
    for start in _CALL.finditer(source):
        for end in (m.end() for m in re.finditer(r"\)", source[start.end() :])):
            try:
                tree = ast.parse(source[start.start() : start.end() + end].strip(), mode="eval")
            except SyntaxError:
                continue
            yield from _calls(tree)
            break
