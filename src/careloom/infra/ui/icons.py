"""Icons as inlined drawings, so that a page needs no sprite request and works under the strict policy."""

from __future__ import annotations

import json
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from careloom.infra.ui.setup import VENDOR


@lru_cache(maxsize=1)
def drawings() -> dict[str, list[str]]:
    """Every icon as ``name -> [viewBox, markup]``; empty while the look is not set up (words still stand)."""
    path = VENDOR / "icons.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


@lru_cache(maxsize=512)
def icon_svg(name: str, *, label: str = "", css: str = "") -> SafeString:
    """One icon, drawn once and kept. Hidden from readers unless ``label`` is given; an unknown name is a mistake and raises KeyError."""
    known = drawings()
    if not known:
        return mark_safe(f'<span class="cl-vh">{escape(label)}</span>' if label else "")
    box, inner = known[name]
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true" focusable="false"'
    return mark_safe(f'<svg class="cl-icon{" " + escape(css) if css else ""}" viewBox="{box}" {said}>{inner}</svg>')
