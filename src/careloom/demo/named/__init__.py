"""The ten families that tests, the demo and the training know by name. The first is the family of the pictures."""

from __future__ import annotations

from careloom.demo.ground import Ground, Script
from careloom.demo.named.marisol import MARISOL, finish_marisol
from careloom.demo.named.others import FINISHERS, OTHERS
from careloom.demo.story import FamilyStory

SCRIPTS: tuple[Script, ...] = (MARISOL, *OTHERS)
WORLDS: tuple[str, ...] = tuple(script.world for script in SCRIPTS)


def script_for(*, number: int) -> Script | None:
    """What family ``number`` is fixed to, or None for a family of chance."""
    return SCRIPTS[number - 1] if number <= len(SCRIPTS) else None


def finish(*, ground: Ground, story: FamilyStory) -> FamilyStory:
    """The drawn story with what its world must hold laid over it."""
    if story.world == MARISOL.world:
        return finish_marisol(ground=ground, story=story)
    return FINISHERS[story.world or ""](ground, story)
