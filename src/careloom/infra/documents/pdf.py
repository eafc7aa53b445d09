"""Renders a typst template to PDF/UA-1.

Text never becomes template source: it travels as JSON in one input, so nothing that a person typed can be read as a command.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from fontTools.ttLib import TTFont

from careloom.infra import ui

WEB_FONTS = Path(ui.__file__).parent / "static" / "vendor" / "fonts"
STANDARD = ["ua-1"]


class PdfRefusedError(RuntimeError):
    """The document would not be accessible, so it was not made; the text says which rule it breaks."""


def render_pdf(*, template: Path, data: dict[str, Any]) -> bytes:
    """Render `template` (a .typ file) with `data` as accessible PDF bytes.

    Raises:
        PdfRefusedError: when typst refuses PDF/UA-1 (a skipped heading level, a missing title or alternative text).
    """
    import typst

    try:
        made: bytes = typst.compile(
            str(template),
            format="pdf",
            font_paths=[str(_fonts())],
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=STANDARD,
        )
    except typst.TypstError as error:
        # The message of typst names the rule and the line of the template, never the text of the document.
        raise PdfRefusedError(str(error).splitlines()[0]) from None
    return made


@cache
def _fonts() -> Path:
    """The page fonts as TrueType, made once per data folder from the web fonts (typst reads no woff2)."""
    folder = Path(settings.CARELOOM_HOME) / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted(WEB_FONTS.glob("*.woff2")):
        target = folder / f"{source.stem}.ttf"
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        font = TTFont(source)
        font.flavor = None
        draft = target.with_suffix(f".{os.getpid()}.new")
        font.save(draft)
        os.replace(draft, target)
    return folder
