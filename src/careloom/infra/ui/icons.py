"""Icons as inlined drawings, so that a page needs no sprite request and works under the strict policy."""

from __future__ import annotations

import json
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from careloom.infra.ui.setup import VENDOR

_kept: dict[str, list[str]] = {}


def drawings() -> dict[str, list[str]]:
    """Every icon as ``name -> [viewBox, markup]``; empty while the look is not set up (words still stand), which is looked at again each time."""
    path = VENDOR / "icons.json"
    if not _kept and path.is_file():
        _kept.update(json.loads(path.read_text(encoding="utf-8")))
    return _kept


def icon_svg(name: str, *, label: str = "", css: str = "") -> SafeString:
    """One icon. Hidden from readers unless ``label`` is given; an unknown name is a mistake and raises KeyError."""
    if not drawings():
        return mark_safe(f'<span class="cl-vh">{escape(label)}</span>' if label else "")
    return _drawn(name, label, css)


@lru_cache(maxsize=512)
def _drawn(name: str, label: str, css: str) -> SafeString:
    box, inner = drawings()[name]
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true" focusable="false"'
    return mark_safe(f'<svg class="cl-icon{" " + escape(css) if css else ""}" viewBox="{box}" {said}>{inner}</svg>')
