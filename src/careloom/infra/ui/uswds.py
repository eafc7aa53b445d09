"""Cuts USWDS down to what Careloom uses: some CSS rules, and the icon drawings as plain data."""

from __future__ import annotations

import re

# BRIEF.md section 3: these parts of USWDS are used as they are; everything else is our own class.
PARTS = (
    "skipnav", "button", "button-group", "fieldset", "legend", "legend--large", "label", "hint", "input", "select",
    "textarea", "table", "table-container", "form", "form-group", "error-message", "checkbox", "radio",
    "file-input", "memorable-date", "sr-only", "input-group", "input-prefix", "input-suffix", "character-count",
    "list", "link", "prose", "intro", "dark-background", "focus", "input-error", "search",
)  # fmt: skip
_PART = re.compile(r"\.usa-(" + "|".join(sorted(map(re.escape, PARTS), key=len, reverse=True)) + r")(?![a-z])")
_ANY_CLASS = re.compile(r"\.[A-Za-z_]")
_FOREIGN = re.compile(r"[a-z-]+:[^;{}]*url\([^)]*\)[^;{}]*;?|font-family:[^;{}]+;?")


def subset_css(css: str) -> str:
    """The rules for ``PARTS`` and bare elements, without fonts, images and utilities.

    Input and output are minified CSS. Rules lose what would fetch another file and the font family (ours is inherited), so the
    result stands alone and the manifest storage of static files has nothing to miss.
    """
    return '@charset "UTF-8";' + "".join(_kept(css))


def _kept(css: str) -> list[str]:
    out: list[str] = []
    for head, body in _blocks(css):
        if head.startswith(("@media", "@supports")):
            inner = "".join(_kept(body))
            if inner:
                out.append(f"{head}{{{inner}}}")
        elif not head.startswith("@") and (selectors := _selectors(head)):
            declarations = _FOREIGN.sub("", body)
            if declarations:
                out.append(f"{selectors}{{{declarations}}}")
    return out


def _blocks(css: str) -> list[tuple[str, str]]:
    """Top-level ``head{body}`` pairs; statements that end with a semicolon (charset, import) are dropped."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    found: list[tuple[str, str]] = []
    start = depth = open_at = 0
    for at, char in enumerate(css):
        if char == "{":
            if depth == 0:
                open_at = at
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0:
                found.append((css[start:open_at].strip(), css[open_at + 1 : at]))
                start = at + 1
        elif char == ";" and depth == 0:
            start = at + 1
    return found


def _selectors(head: str) -> str:
    keep = [s for s in _split(head) if (_PART.search(s) and _only_parts(s)) or not _ANY_CLASS.search(s)]
    return ",".join(keep)


def _only_parts(selector: str) -> bool:
    """True when every USWDS class in the selector is one of ours (no banner, header or card context)."""
    return all(_PART.match(c) for c in re.findall(r"\.usa-[a-z-]+", selector)) and ".grid" not in selector


def _split(head: str) -> list[str]:
    parts, depth, last = [], 0, 0
    for at, char in enumerate(head):
        depth += (char in "([") - (char in ")]")
        if char == "," and depth == 0:
            parts.append(head[last:at].strip())
            last = at + 1
    return [*parts, head[last:].strip()]


def icon_paths(sprite: str) -> dict[str, list[str]]:
    """Each icon of the sprite as ``name -> [viewBox, inner markup]``; refuses anything but drawing elements."""
    found: dict[str, list[str]] = {}
    for symbol in re.findall(r"<symbol.*?</symbol>", sprite, re.DOTALL):
        box, name = (
            re.search(r'viewBox="([^"]+)"', symbol),
            re.search(r'id="([^"]+)"', symbol),
        )
        inner = re.sub(r"^<symbol[^>]*>|</symbol>$", "", symbol).strip()
        if box and name and not re.search(r"<(script|style|foreignObject|a)\b|\son\w+=|style=", inner):
            found[name[1]] = [box[1], inner]
    return found
