"""The difference between two versions of an agreement, clause by clause. Source: R-104, R-186."""

from __future__ import annotations

from typing import Any

from careloom.agreements.queries import Whole
from careloom.infra.access import NotVisible
from careloom.kernel.partnership.agreements import difference
from careloom.partnership.queries import Rooms


def version_context(rooms: Rooms, whole: Whole, *, number: str) -> dict[str, Any]:
    """A version against the one before it; "now" is what is written against what is in force. Raises NotVisible for no such version."""
    kept = {str(one.number): one for one in whole.versions}
    if number != "now" and number not in kept:
        raise NotVisible
    new: dict[str, str] = whole.written.said() if number == "now" else kept[number].words
    before = str(whole.row.number) if number == "now" else str(int(number) - 1)
    old: dict[str, str] = kept[before].words if before in kept else {}
    clauses = []
    for code in dict.fromkeys([*(one.rule.code for one in whole.written.checklist.clauses), *new, *old]):
        if new.get(code) or old.get(code):
            clause = whole.written.checklist.clause(code)
            same = new.get(code, "") == old.get(code, "")
            parts = difference(old=old.get(code, ""), new=new.get(code, "")) if old else ()
            clauses.append({"label": clause.label if clause else code, "same": same or not old, "text": new.get(code, ""), "parts": parts})
    return {
        "rooms": rooms, "collaborative": rooms.standing.collaborative, "row": whole.row, "clauses": clauses, "version": kept.get(number),
        "changed": [one for one in clauses if not one["same"]], "before": before if old else "",
    }  # fmt: skip
