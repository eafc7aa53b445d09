"""Turns her pages into a file that she keeps: each page as plain HTML, all of them as JSON, and her papers.

What is in it is read off the pages themselves, so that a thing that her pages hide is not in her file either: a private message stays
closed, a name that tells too much is not named. Forms, buttons and links are left out. The same pages give the same bytes.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from io import BytesIO
from typing import Final

_BLOCKS: Final = frozenset({"h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "th", "td", "caption", "small", "blockquote", "figcaption", "legend"})
_KEPT: Final = _BLOCKS | {"ul", "ol", "dl", "table", "thead", "tbody", "tr", "b", "strong", "em"}
_LEFT_OUT: Final = frozenset({"form", "script", "style", "button", "nav", "svg", "template", "select", "noscript", "dialog"})
_EMPTY: Final = frozenset({"br", "img", "input", "link", "meta", "hr", "source", "use", "path", "wbr"})
_WHEN: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can say: the same pages are the same file


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page: its file's name without ending, its title, its HTML without what acts, and its lines with the tag that each stood in."""

    name: str
    title: str
    body: str
    lines: tuple[tuple[str, str], ...]


@dataclass(kw_only=True)
class Found:
    """What was read of a page, and the addresses that it leads to."""

    page: Page
    links: list[str] = field(default_factory=list)


def read(html: str, *, name: str) -> Found:
    """The part of a page between <main> and </main>, as she reads it, and where its links lead."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = tuple(reader.lines)
    title = next((text for tag, text in lines if tag == "h1"), name)
    return Found(page=Page(name=name, title=title, body="".join(reader.parts), lines=lines), links=reader.links)


def packed(pages: Iterable[Page], *, papers: dict[str, bytes], language: str, title: str, first: str) -> bytes:
    """The ZIP: `index.html` that leads to each page and says `first`, the pages, `everything.json`, and the papers by their names."""
    several, out = list(pages), BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        links = [(f"pages/{page.name}.html", page.title) for page in several] + [(f"papers/{name}", name) for name in sorted(papers)]
        listed = "".join(f'<li><a href="{escape(href)}">{escape(words)}</a></li>' for href, words in links)
        _put(file, "index.html", _document(title, f"<h1>{escape(title)}</h1><p>{escape(first)}</p><ul>{listed}</ul>", language=language))
        for page in several:
            _put(file, f"pages/{page.name}.html", _document(page.title, page.body, language=language))
        told = [{"page": p.name, "title": p.title, "lines": [{"tag": tag, "text": text} for tag, text in p.lines]} for p in several]
        _put(
            file,
            "everything.json",
            json.dumps({"form": "careloom-her-pages", "version": 1, "language": language, "pages": told}, ensure_ascii=False, indent=1),
        )
        for name in sorted(papers):
            _put(file, f"papers/{name}", papers[name])
    return out.getvalue()


def _put(file: zipfile.ZipFile, name: str, content: str | bytes) -> None:
    told = zipfile.ZipInfo(name, date_time=_WHEN)
    told.compress_type = zipfile.ZIP_DEFLATED
    told.external_attr = 0o600 << 16
    file.writestr(told, content)


def _document(title: str, body: str, *, language: str) -> str:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    return f'<!doctype html>\n<html lang="{escape(language)}"><head>{head}</head><body><main>{body}</main></body></html>\n'


class _Reader(HTMLParser):
    """Walks a page once: what is inside <main>, without what acts, as tags of a short list and as lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lines: list[tuple[str, str]] = []
        self.links: list[str] = []
        self._main = self._out = 0
        self._open: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "main":
            self._main += 1
        if not self._main or tag in _EMPTY:
            return
        if self._out or tag in _LEFT_OUT:
            self._out += tag in _LEFT_OUT
            return
        if tag == "a":
            self.links += [value for name, value in attrs if name == "href" and value]
        if tag in _KEPT:
            self.parts.append(f"<{tag}>")
        if tag in _BLOCKS:
            self._open.append((tag, []))

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._main -= 1
        if not self._main or tag in _EMPTY:
            return
        if self._out:
            self._out -= tag in _LEFT_OUT
            return
        if tag in _KEPT:
            self.parts.append(f"</{tag}>")
        if tag in _BLOCKS and self._open and self._open[-1][0] == tag:
            kept = " ".join("".join(self._open.pop()[1]).split())
            if kept:
                self.lines.append((tag, kept))

    def handle_data(self, data: str) -> None:
        if not self._main or self._out or not data.strip():
            return
        self.parts.append(escape(data))
        if self._open:
            self._open[-1][1].append(data)
        else:
            self.lines.append(("p", " ".join(data.split())))
