"""The practice county in the database: stories played through the same actions and permissions that screens use."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["ensure_world"]


def ensure_world(*, say: Callable[[str], None], families: int = 40, months: int = 6, seed: int | None = None) -> list[str]:
    """Make what is missing of the practice county and return the lines that tell who may sign in. Safe to repeat and to interrupt."""
    from careloom.demo.load.county import SEED, load_county
    from careloom.demo.load.sign_ins import lines

    county, ground = load_county(families=families, months=months, seed=SEED if seed is None else seed, say=say)
    return lines(county=county, ground=ground)
