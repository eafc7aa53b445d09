"""Two years of the partnership of the practice county, played through the same actions that the rooms use.

Each chapter is one room: `play(house, at=now)` does what happened there at moments of the past, and doing it again changes nothing. A moment is
`with house.then(weeks_ago=30, who="harrowmere") as (by, at):`, and what an action refuses stops the load with its codes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careloom.demo.load.ground import Ground
from careloom.demo.rooms import agreements, aims, barriers, changes, inventory, knowledge, meetings, structure, surveys
from careloom.demo.rooms.house import House

CHAPTERS: tuple[Any, ...] = (barriers, knowledge, inventory, meetings, changes, surveys, agreements, aims)

__all__ = ["CHAPTERS", "House", "rooms"]


def rooms(ground: Ground, *, at: datetime) -> House:
    """Play every chapter up to the moment `at`; return who and what there is in the rooms."""
    house = structure.play(ground, at=at)
    for chapter in CHAPTERS:
        chapter.play(house, at=at)
    return house
