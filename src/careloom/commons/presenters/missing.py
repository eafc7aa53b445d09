"""Who is missing, as tables for a wall and for a list."""

from __future__ import annotations

from typing import Any

from careloom.commons.presenters.rooms import gaps_of, wheel_of
from careloom.kernel.partnership import Level, Tier
from careloom.kernel.partnership.missing import BEYOND, WHOLE
from careloom.partnership.queries import Rooms
from careloom.partnership.words import KINDS, LEVELS, SECTORS, TIERS


def tables(rooms: Rooms) -> dict[str, Any]:
    """Kinds of partner by tier and beyond the sixteen, partners by level inside, and every gap with what to do."""
    sectors = [{"name": SECTORS[sector], "cells": list(row.values())} for sector, row in rooms.wheel.items()]
    levels = [
        {"name": partner.name, "cells": [level not in lacking for level in Level]} for partner, lacking in rooms.levels_missing.items()
    ]  # fmt: skip
    beyond = [
        {"name": KINDS[kind], "who": ", ".join(row.name for row in rooms.partners if kind in row.kinds)} for kind in BEYOND
    ]  # fmt: skip
    return {
        "beyond": beyond,
        "rooms": rooms, "row": rooms.standing.collaborative, "wheel": wheel_of(rooms), "gaps": list(gaps_of(rooms)), "sectors": sectors,
        "levels": levels, "undecided": [row.name for row in rooms.undecided],
        "tiers": [TIERS[tier] for tier in WHOLE if tier in Tier], "level_names": [LEVELS[level] for level in Level],
    }  # fmt: skip
