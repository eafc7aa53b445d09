"""What the gallery shows: one of each component, with people who are made up (the practice county)."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from careloom.infra.ui.gallery import answers, family, rooms, work
from careloom.infra.ui.gallery.section import Section

INITIAL = {
    "name": "Dana",
    "prescribed": "yes",
    "answer": "wait",
    "her_choice": "yes",
    "share": ["treatment"],
    "born_on": dt.date(2026, 2, 18),
    "locked": "R-1041",
}
BROKEN = {
    "broken-name": "",
    "broken-email": "dana",
    "broken-born_on_month": "2",
    "broken-born_on_day": "31",
    "broken-born_on_year": "2026",
    "broken-weight": "heavy",
    "broken-answer": "",
}


def tokens() -> list[tuple[str, str]]:
    """Name and value of each custom property, read from the stylesheet so that the list cannot be wrong."""
    text = (Path(__file__).parent.parent / "static" / "ui" / "careloom.css").read_text(encoding="utf-8")
    return re.findall(r"(--[a-z0-9-]+):\s*([^;}]+)", text.split(":root{", 1)[1].split("\n}", 1)[0])


def sections() -> list[Section]:
    """Every component, grouped as in BRIEF.md section 3."""
    return [
        work.small(),
        work.today(),
        family.threads(),
        family.clocks(),
        family.words(),
        answers.decision(),
        family.people(),
        answers.numbers(),
        work.portal(),
        work.meeting(),
        rooms.table(),
        rooms.way(),
        rooms.counts(),
        rooms.change(),
    ]
