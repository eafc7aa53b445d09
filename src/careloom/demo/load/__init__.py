"""The practice county in the database: stories played through the same actions and permissions that screens use."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["ensure_world"]


def ensure_world(*, say: Callable[[str], None], families: int = 40, months: int = 6, seed: int | None = None, alone: bool = False) -> list[str]:
    """Make what is missing of the practice county and return the lines that tell who may sign in. Safe to repeat and to interrupt.

    Where the machine has cores for it several processes share the work; ``alone`` keeps it in this one.
    """
    from careloom.demo.load.county import SEED, load_county
    from careloom.demo.load.hands import as_many_as_help
    from careloom.demo.load.sign_ins import lines
    from careloom.demo.load.state import receive_state
    from careloom.infra import clock

    county, ground = load_county(
        families=families, months=months, seed=SEED if seed is None else seed, say=say, hands=1 if alone else as_many_as_help()
    )
    receive_state(at=clock.now(), say=say)
    return lines(county=county, ground=ground)
