"""The notice that goes with what is disclosed under 42 CFR part 2. Source: 42 CFR 2.32; law.md 1.5; data in packs/base/notices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from careloom.infra.packs import packs_folder
from careloom.infra.packs.strict_yaml import read_yaml


@dataclass(frozen=True, kw_only=True)
class Notice:
    """The notice in one language. `review_needed` when nobody has compared the text with the published rule."""

    title: str
    text: str
    short: str
    version: str
    review_needed: bool


@cache
def notice(language: str) -> Notice:
    """The notice of 42 CFR 2.32 in English or Spanish; another language gets the English one."""
    data: Any = read_yaml((packs_folder() / "base" / "notices" / "part2.yaml").read_text(encoding="utf-8"))
    spoken = language[:2] if language[:2] in data["statement_1"] else "en"
    return Notice(
        title=data["titles"][spoken],
        text=data["statement_1"][spoken],
        short=data["statement_2"][spoken],
        version=data["version"],
        review_needed=data["reviewed_by"] is None,
    )
